//! The warning signs that are listed on a case.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::fact::{Facts, Inputs};
use assessment::instrument::Instrument;
use assessment::proposal::{self, warnings};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::route::{Route, Routes, SAFETY};
use assessment::ruleset::Urgency;
use jiff::civil::Date;
use record::body::{AnswerState, AnswerValue};
use record::entry::Reason;
use record::id::{ItemId, StaffId};
use record::moment::Moment;

use crate::assess::state_words;
use crate::case::Case;
use crate::facts::Judged;
use crate::words;

/// A warning sign that is listed until a decision is signed.
pub(crate) struct Sign {
    /// Its words.
    words: String,
    /// The route of its group.
    pub(crate) route: String,
    /// The urgency the rules give it, else its route's.
    pub(crate) urgency: Urgency,
    /// The screen leads through the route at once.
    pub(crate) at_once: bool,
    /// It was present: what the newest answer says instead, by whom and when.
    changed: Option<Changed>,
}

/// The answer that took the place of "present".
struct Changed {
    /// In words; none when it is still "present" and too old to count.
    to: Option<String>,
    by: StaffId,
    at: Moment,
    why: Option<Reason>,
}

impl Changed {
    fn because(&self) -> String {
        let why = self.why.as_ref();
        why.map_or_else(String::new, |why| format!(": {}", why.as_str()))
    }
}

impl Sign {
    /// The sign in words, with who changed it when somebody did.
    pub(crate) fn said(&self, names: &BTreeMap<StaffId, String>) -> String {
        let Some(changed) = &self.changed else {
            return self.words.clone();
        };
        let when = words::staff_moment(changed.at);
        let who = names
            .get(&changed.by)
            .map(|name| format!(" by {}", words::short_name(name)))
            .unwrap_or_default();
        match &changed.to {
            Some(to) => format!(
                "{} (was present, changed to {to} {when}{who}{})",
                self.words,
                changed.because()
            ),
            None => format!("{} (was present {when}{who}, ask again)", self.words),
        }
    }
}

/// The signs in few words and once each: what they may mean, and what was present before.
pub(crate) fn in_short(signs: &[Sign], names: &BTreeMap<StaffId, String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sign in signs {
        let route = Routes::shipped().route(&sign.route);
        let short = match route.filter(|_| sign.changed.is_none()) {
            Some(route) => route.title.clone(),
            None => sign.said(names),
        };
        if !all.contains(&short) {
            all.push(short);
        }
    }
    all
}

/// The warning signs of the newest assessment that has no signed decision, or of a letter that
/// nobody has assessed yet: the most urgent first.
pub(crate) fn open_signs(case: &Case, today: Date) -> Vec<Sign> {
    let newest = case.assessments().first();
    let judged = match newest {
        Some(assessment) if case.decision(assessment.id).one().is_some() => return Vec::new(),
        Some(assessment) => case.judged(assessment.id, assessment.day(today)),
        None => Arc::new(Judged::by(&case.in_use().rules, letter_facts(case, today))),
    };
    let mut signs = present(&judged);
    if let Some(assessment) = newest {
        if item9_asks(case, assessment.id) && signs.iter().all(|sign| sign.route != SAFETY) {
            signs.push(item9());
        }
        signs.extend(standing(case, assessment.id, &judged));
    }
    signs.sort_by_key(|sign| sign.urgency);
    signs.dedup_by(|a, b| a.words == b.words);
    signs
}

/// What the rules say of the signs that are present.
fn present(judged: &Judged) -> Vec<Sign> {
    // Not from the proposal: every list asks for the signs, and the rest of it costs more than all
    // else that a row of the worklist is made of.
    warnings(&judged.rules, &judged.facts)
        .into_iter()
        .filter_map(|rule| {
            let group = rule.warning.as_ref()?;
            let route = Routes::shipped().route(group)?;
            Some(Sign {
                words: rule.words.clone(),
                route: group.clone(),
                urgency: rule.then.urgency.unwrap_or(route.urgency),
                at_once: route.at_once,
                changed: None,
            })
        })
        .collect()
}

fn item9() -> Sign {
    Sign {
        words: "PHQ-9 item 9 is above 0, declined or not answered".into(),
        route: SAFETY.into(),
        urgency: Urgency::CrisisOrSafeguardingNow,
        at_once: true,
        changed: None,
    }
}

/// The signs that were present in this assessment and are answered otherwise now, or too old.
fn standing(case: &Case, assessment: ItemId, judged: &Judged) -> Vec<Sign> {
    let answers = case.answers(assessment);
    let signs = proposal::standing(&judged.facts)
        .into_iter()
        .map(|standing| {
            let question = Catalogue::shipped().question(&standing.question);
            let newest = answers
                .get(&standing.question)
                .and_then(|all| all.iter().max_by_key(|now| now.placed.entry.lamport));
            let changed = question.zip(newest).map(|(question, now)| Changed {
                to: (!raises(question, now.state))
                    .then(|| state_words(&question.kind, now.state).to_lowercase()),
                by: now.placed.entry.author,
                at: now.placed.entry.claimed,
                why: now.placed.entry.reason.clone(),
            });
            let words = match question.map(|question| &question.kind) {
                Some(QuestionKind::InstrumentItem { item, .. }) => format!("PHQ-9 item {item}"),
                _ => standing.text,
            };
            Sign {
                words,
                route: question
                    .and_then(route_of)
                    .map(|route| route.id.clone())
                    .unwrap_or_default(),
                urgency: Urgency::Urgent,
                at_once: false,
                changed,
            }
        });
    signs.collect()
}

fn letter_facts(case: &Case, today: Date) -> Facts {
    let referrals = case.referrals();
    let answers = referrals
        .first()
        .map(|found| {
            found
                .body
                .warning_signs
                .iter()
                .map(|sign| {
                    let answer =
                        assessment::answer::Answer::Given(assessment::answer::Value::Bool(true));
                    // A letter's sign does not go stale before somebody has asked the person.
                    (
                        sign.clone(),
                        vec![assessment::fact::Dated {
                            answer,
                            on: today,
                            origin: assessment::fact::Origin::Paper,
                        }],
                    )
                })
                .collect()
        })
        .unwrap_or_default();
    let inputs = Inputs {
        answers,
        age: case.identity().age(today).map(i64::from),
        ..Inputs::default()
    };
    Facts::gather(&inputs, today)
}

/// Item 9 above 0, or asked and left without an answer: talk about safety now.
fn item9_asks(case: &Case, assessment: ItemId) -> bool {
    let catalogue = Catalogue::shipped();
    let safety_item = Instrument::by_id("phq-9").and_then(|form| form.safety_item);
    let question = safety_item.and_then(|item| catalogue.question(&format!("phq-9-{item}")));
    question.is_some_and(|question| {
        case.answers(assessment)
            .get(&question.id)
            .is_some_and(|all| all.iter().any(|now| raises(question, now.state)))
    })
}

/// Whether a question belongs to a route: a sign of its group, or item 9.
pub(crate) fn route_of(question: &Question) -> Option<&'static Route> {
    match &question.kind {
        QuestionKind::Feature => question
            .group
            .as_deref()
            .and_then(|group| Routes::shipped().route(group)),
        QuestionKind::InstrumentItem {
            instrument, item, ..
        } => {
            let form = Instrument::by_id(instrument)?;
            (form.safety_item == Some(*item))
                .then(|| Routes::shipped().route(SAFETY))
                .flatten()
        }
        _ => None,
    }
}

/// Whether an answer raises its sign: present, or item 9 above 0, or item 9 left without an answer.
pub(crate) fn raises(question: &Question, state: &AnswerState) -> bool {
    match (&question.kind, state) {
        (
            QuestionKind::Feature,
            AnswerState::Given {
                value: AnswerValue::Bool(present),
            },
        ) => *present,
        (
            QuestionKind::InstrumentItem { .. },
            AnswerState::Given {
                value: AnswerValue::Number(number),
            },
        ) => *number > 0,
        (QuestionKind::InstrumentItem { .. }, state) => *state != AnswerState::NotAsked,
        _ => false,
    }
}
