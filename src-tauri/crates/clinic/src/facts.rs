//! From the record to what the rules read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use assessment::fact::{Dated, Facts, Inputs, ListAnswer, Origin, Row, RowVersion};
use assessment::instrument::Instrument;
use assessment::proposal::{Proposal, evaluate};
use assessment::question::{Catalogue, Question};
use assessment::ruleset::Ruleset;
use jiff::civil::Date;
use record::body::{AnswerState, Answered};
use record::id::ItemId;

use crate::assess::{to_engine, value_to_engine};
use crate::case::{Case, may_count};
use crate::route::{raises, route_of};

/// The facts of an assessment as of a day.
pub(crate) fn of(case: &Case, assessment: ItemId, on: Date) -> Facts {
    Facts::gather(&inputs(case, assessment, on), on)
}

/// The facts of an assessment as of a day, and what the rules propose for them.
pub(crate) struct Judged {
    pub(crate) facts: Facts,
    /// The rules it is judged by.
    pub(crate) rules: Arc<Ruleset>,
    proposal: OnceLock<Proposal>,
}

impl Judged {
    /// Gathers the facts. Ask [`Case::judged`], which does so once.
    pub(crate) fn of(case: &Case, assessment: ItemId, on: Date) -> Self {
        Self::by(&case.in_use().rules, of(case, assessment, on))
    }

    /// Facts and the rules to judge them by.
    pub(crate) fn by(rules: &Arc<Ruleset>, facts: Facts) -> Self {
        Self {
            facts,
            rules: Arc::clone(rules),
            proposal: OnceLock::new(),
        }
    }

    /// What the rules propose.
    pub(crate) fn proposal(&self) -> &Proposal {
        self.proposal
            .get_or_init(|| evaluate(&self.rules, &self.facts, self.facts.on))
    }
}

fn inputs(case: &Case, assessment: ItemId, on: Date) -> Inputs {
    let answers = case
        .answers(assessment)
        .into_iter()
        .map(|(question, all)| {
            let dated = all
                .into_iter()
                .map(|now| Dated {
                    answer: to_engine(now.state),
                    on: now.placed.entry.claimed.local().date(),
                    origin: origin(now.source),
                })
                .collect();
            (question, dated)
        })
        .collect();
    Inputs {
        answers,
        lists: lists(case, assessment, on),
        age: case.identity().age(on).map(i64::from),
        once_present: once_present(case, assessment),
        forms: forms(case, assessment),
    }
}

/// The questionnaires that were added and count.
fn forms(case: &Case, assessment: ItemId) -> BTreeSet<String> {
    let used = case.forms(assessment);
    used.into_iter()
        .filter(|(id, used)| Instrument::by_id(id).is_some_and(|form| may_count(form, used)))
        .map(|(id, _)| id)
        .collect()
}

fn origin(source: &str) -> Origin {
    match source {
        "letter" => Origin::Paper,
        "patient" => Origin::Patient,
        _ => Origin::Clinician,
    }
}

/// Rows count from the assessment they were recorded or confirmed in; one that is only offered
/// from last time counts for nothing, save allergies and implanted devices, which never lapse.
fn lists(case: &Case, assessment: ItemId, on: Date) -> BTreeMap<String, ListAnswer> {
    let mut lists: BTreeMap<String, ListAnswer> = BTreeMap::new();
    for item in case.items(assessment) {
        if item.assessment != assessment && !matches!(item.list.as_str(), "allergy" | "device") {
            continue;
        }
        let version = RowVersion {
            fields: item
                .fields
                .iter()
                .map(|(name, value)| {
                    (
                        name.clone(),
                        assessment::answer::Answer::Given(value_to_engine(value)),
                    )
                })
                .collect(),
            on: item.claimed.local().date(),
        };
        let rows = &mut lists.entry(item.list).or_default().rows;
        let id = item.item.to_string();
        match rows.iter_mut().find(|row| row.id == id) {
            Some(row) => row.versions.push(version),
            None => rows.push(Row {
                id,
                versions: vec![version],
            }),
        }
    }
    for (list, state) in case.list_states(assessment) {
        lists.entry(list).or_default().none = Some(Dated::asked(to_engine(&state), on));
    }
    lists
}

/// Warning signs that were present, or item 9 above 0, at any time in this assessment. They stay listed, whoever
/// changed them, until a decision is signed.
fn once_present(case: &Case, assessment: ItemId) -> BTreeSet<String> {
    if case.decision(assessment).one().is_some() {
        return BTreeSet::new();
    }
    case.record
        .timeline()
        .into_iter()
        .filter(|placed| case.record.in_error(&placed.id).is_none())
        .filter_map(|placed| case.read::<Answered>(placed))
        .filter(|found| found.body.assessment == assessment)
        .filter(|found| {
            Catalogue::shipped()
                .question(&found.body.question)
                .is_some_and(|question| is_raised(question, &found.body.answer))
        })
        .map(|found| found.body.question.clone())
        .collect()
}

/// Present, or item 9 above 0.
fn is_raised(question: &Question, answer: &AnswerState) -> bool {
    let given = matches!(answer, AnswerState::Given { .. });
    given && route_of(question).is_some() && raises(question, answer)
}
