//! An assessment as the screen shows it: the catalogue with a case's answers in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use assessment::instrument::{Instrument, Item9Prompt};
use assessment::question::{
    Catalogue, Condition, Field, ListSpec, Question, QuestionKind, Section,
};
use jiff::civil::Date;
use record::body::{AnswerState, AnswerValue};
use record::fold::Placed;
use record::id::{ItemId, StaffId};

use super::convert::{in_words, to_engine, to_screen, unanswered_words, value_to_screen};
use super::medicines::{self, Medicines};
use crate::case::{AnswerNow, Case, ItemNow};
use crate::facts::Judged;
use crate::view;
use crate::view::{
    AnswerShown, AnswerView, Choice, ItemView, ListView, QuestionView, RegionView, ScoreView,
    SectionView,
};
use crate::words;

/// What is needed to show an assessment: the case, which one, the day and who is who.
pub(crate) struct Shown<'a> {
    pub(crate) case: &'a Case,
    pub(crate) assessment: ItemId,
    pub(crate) today: Date,
    pub(crate) names: &'a BTreeMap<StaffId, String>,
    pub(crate) answers: BTreeMap<String, Vec<AnswerNow<'a>>>,
    pub(crate) items: Vec<ItemNow>,
    pub(crate) judged: Arc<Judged>,
    finished: bool,
    previous: Option<Previous<'a>>,
    lists: BTreeMap<String, AnswerState>,
}

/// The last finished assessment, whose stable facts are offered.
struct Previous<'a> {
    answers: BTreeMap<String, Vec<AnswerNow<'a>>>,
}

impl<'a> Shown<'a> {
    /// Gathers an assessment.
    pub(crate) fn new(
        case: &'a Case,
        assessment: ItemId,
        today: Date,
        names: &'a BTreeMap<StaffId, String>,
    ) -> Self {
        let previous = case
            .assessments()
            .iter()
            .find(|facts| facts.id != assessment && facts.finished.is_some())
            .map(|facts| Previous {
                answers: case.answers(facts.id),
            });
        Self {
            case,
            assessment,
            today,
            names,
            answers: case.answers(assessment),
            items: case.items(assessment),
            judged: case.judged(assessment, today),
            finished: case
                .assessment(assessment)
                .is_some_and(|facts| facts.finished.is_some()),
            previous,
            lists: case.list_states(assessment),
        }
    }

    /// The medicines, worked out together.
    pub(crate) fn medicines(&self) -> Medicines<'_> {
        Medicines::of(&self.items, &self.judged.facts)
    }

    /// The state of a question: what stands, or not asked. Of several that are in conflict, the
    /// first; the screen shows that there are more.
    pub(crate) fn state(&self, question: &str) -> AnswerState {
        self.answers
            .get(question)
            .and_then(|all| all.first())
            .map_or(AnswerState::NotAsked, |now| now.state.clone())
    }

    /// Whether a question is shown, given the answer it depends on.
    pub(crate) fn is_shown(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| {
            let state = self.state(&condition.question);
            condition.met_by(Some(&to_engine(&state))) == Some(true)
        })
    }

    /// Every section.
    pub(crate) fn sections(&self) -> Vec<SectionView> {
        Catalogue::shipped()
            .sections
            .iter()
            .map(|section| self.section(section))
            .collect()
    }

    fn section(&self, section: &Section) -> SectionView {
        let questions: Vec<QuestionView> = section
            .questions
            .iter()
            .map(|question| {
                let group = section
                    .groups
                    .iter()
                    .find(|group| Some(&group.id) == question.group.as_ref());
                self.question(
                    question,
                    group.map(|group| group.title.clone()).unwrap_or_default(),
                )
            })
            .collect();
        let lists: Vec<ListView> = section.lists.iter().map(|list| self.list(list)).collect();
        let shown: Vec<&QuestionView> =
            questions.iter().filter(|question| question.shown).collect();
        let open =
            |question: &QuestionView| matches!(self.state(&question.id), AnswerState::NotAsked);
        let answered = shown.iter().filter(|question| !open(question)).count()
            + lists.iter().filter(|list| list_is_settled(list)).count();
        let of = shown.len() + lists.len();
        let must_open = shown
            .iter()
            .filter(|question| question.must && open(question))
            .count()
            + section
                .lists
                .iter()
                .zip(&lists)
                .filter(|(spec, list)| spec.must && !list_is_settled(list))
                .count();
        SectionView {
            id: section.id.clone(),
            title: section.title.clone(),
            hint: section.hint.clone(),
            state: match (answered, must_open) {
                (0, _) => "none",
                (_, 0) if answered == of || must_open == 0 => "done",
                _ => "part",
            }
            .into(),
            answered: small(answered),
            of: small(of),
            must_open: small(must_open),
            lists_first: matches!(section.id.as_str(), "where" | "medicines"),
            scores: self.scores(section),
            questions,
            lists,
        }
    }

    fn question(&self, question: &Question, group: String) -> QuestionView {
        QuestionView {
            id: question.id.clone(),
            text: question.text.clone(),
            hint: question.hint.clone(),
            kind: kind(&question.kind),
            must: question.must,
            group,
            shown: self.is_shown(question.show_when.as_ref()),
        }
    }

    fn list(&self, list: &ListSpec) -> ListView {
        let rows = |wanted: &dyn Fn(&ItemNow) -> bool| -> Vec<ItemView> {
            self.items
                .iter()
                .filter(|item| item.list == list.id && wanted(item))
                .map(|item| self.item(list, item))
                .collect()
        };
        let here = |item: &ItemNow| {
            item.assessment == self.assessment || self.previous.is_none() || !list.copy_forward
        };
        ListView {
            id: list.id.clone(),
            title: list.title.clone(),
            hint: list.hint.clone(),
            none_words: list.empty_choice.clone(),
            state: to_screen(
                &QuestionKind::YesNo,
                self.lists.get(&list.id).unwrap_or(&AnswerState::NotAsked),
            ),
            fields: list.fields.iter().map(field).collect(),
            items: rows(&here),
            offered: rows(&|item| !here(item)),
        }
    }

    fn item(&self, list: &ListSpec, item: &ItemNow) -> ItemView {
        let kind_of = |name: &str| {
            list.fields
                .iter()
                .find(|field| field.id == name)
                .map(|field| &field.kind)
        };
        let mut notes = if list.id == "medicine" {
            self.medicines().notes(item.item)
        } else {
            Vec::new()
        };
        if item.conflict {
            notes.push(view::ItemNote {
                tone: "check".into(),
                words: "Two versions of this row did not see each other. Both are kept.".into(),
            });
        }
        ItemView {
            id: item.item.to_string(),
            fields: item
                .fields
                .iter()
                .map(|(name, value)| {
                    (
                        name.clone(),
                        value_to_screen(kind_of(name).unwrap_or(&QuestionKind::YesNo), value),
                    )
                })
                .collect(),
            words: item_words(list, item),
            notes,
        }
    }

    /// Every answer, by question.
    pub(crate) fn all_answers(&self) -> BTreeMap<String, AnswerShown> {
        Catalogue::shipped()
            .questions()
            .map(|question| (question.id.clone(), self.answer(question)))
            .collect()
    }

    /// One answer.
    pub(crate) fn answer(&self, question: &Question) -> AnswerShown {
        let all = self
            .answers
            .get(&question.id)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let state = self.state(&question.id);
        let first = all.first();
        let offer = first.is_none().then(|| self.offer(question)).flatten();
        AnswerShown {
            answer: to_screen(&question.kind, &state),
            who: first.map(|now| self.who(now.placed)),
            conflict: (all.len() > 1).then(|| self.conflict(question, all)),
            stale: first.and_then(|now| self.stale(question, now)),
            offered_from: offer.as_ref().map(|(_, from)| from.clone()),
            offered: offer.map(|(value, _)| value_to_screen(&question.kind, &value)),
            odd: assessment::question::check_answer(question, &to_engine(&state))
                .ok()
                .and_then(|checked| checked.odd),
            from_letter: first.is_some_and(|now| now.source == "letter"),
        }
    }

    /// `24-Nov-2026 10:20, A. Osei`.
    pub(crate) fn who(&self, placed: &Placed) -> String {
        let name = self
            .names
            .get(&placed.entry.author)
            .map(|name| words::short_name(name))
            .unwrap_or_default();
        let when = words::staff_moment(placed.entry.claimed);
        if name.is_empty() {
            when
        } else {
            format!("{when}, {name}")
        }
    }

    fn conflict(&self, question: &Question, all: &[AnswerNow<'_>]) -> String {
        let each: Vec<String> = all
            .iter()
            .map(|now| {
                format!(
                    "{} ({})",
                    state_words(&question.kind, now.state),
                    self.who(now.placed)
                )
            })
            .collect();
        format!("These did not see each other: {}.", words::listed(&each))
    }

    /// Too old to count: the rules see "not asked".
    fn stale(&self, question: &Question, now: &AnswerNow<'_>) -> Option<String> {
        let asked = now.placed.entry.claimed.local().date();
        let given = matches!(now.state, AnswerState::Given { .. });
        (given && !self.finished && !question.validity.holds(asked, self.today)).then(|| {
            format!(
                "{} on {}",
                state_words(&question.kind, now.state),
                words::staff_date(asked)
            )
        })
    }

    /// Last time's answer to a stable question, which counts for nothing until it is confirmed.
    pub(crate) fn offer(&self, question: &Question) -> Option<(AnswerValue, String)> {
        let never = matches!(
            question.kind,
            QuestionKind::Feature
                | QuestionKind::InstrumentItem { .. }
                | QuestionKind::Rating { .. }
        );
        if !question.copy_forward || never {
            return None;
        }
        let now = self.previous.as_ref()?.answers.get(&question.id)?.first()?;
        match &now.state {
            AnswerState::Given { value } => Some((
                value.clone(),
                words::staff_date(now.placed.entry.claimed.local().date()),
            )),
            _ => None,
        }
    }

    /// How many answers and rows are offered from last time.
    pub(crate) fn offers(&self) -> usize {
        let questions = Catalogue::shipped().questions();
        let answers = questions
            .filter(|question| {
                !self.answers.contains_key(&question.id) && self.offer(question).is_some()
            })
            .count();
        answers
            + self
                .sections()
                .iter()
                .flat_map(|section| &section.lists)
                .map(|list| list.offered.len())
                .sum::<usize>()
    }

    fn scores(&self, section: &Section) -> Vec<ScoreView> {
        let mut seen = BTreeSet::new();
        section
            .questions
            .iter()
            .filter_map(|question| match &question.kind {
                QuestionKind::InstrumentItem { instrument, .. } => Some(instrument.clone()),
                _ => None,
            })
            .filter(|instrument| seen.insert(instrument.clone()))
            .filter_map(|instrument| self.score(&instrument))
            .collect()
    }

    /// An instrument's score, from the answers that stand.
    pub(crate) fn score(&self, instrument: &str) -> Option<ScoreView> {
        let form = Instrument::by_id(instrument)?;
        let values = item_values(form, &self.answers);
        // Two items asked and no more: that is the short form, with its own range and cut.
        let answered: Vec<bool> = values.iter().map(Option::is_some).collect();
        let short = SHORT_FORMS.iter().find(|(full, _)| *full == instrument);
        if let Some((_, short)) = short
            && answered.starts_with(&[true, true])
            && answered.iter().filter(|answered| **answered).count() == 2
            && let Some(short) = Instrument::by_id(short)
        {
            let two: Vec<Option<i64>> = values.into_iter().take(2).collect();
            return score_view(short, &two).map(|view| ScoreView {
                instrument: form.id.clone(),
                ..view
            });
        }
        score_view(form, &values)
    }

    /// The regions of the body map.
    pub(crate) fn regions() -> Vec<RegionView> {
        let Some(list) = Catalogue::shipped().list("region") else {
            return Vec::new();
        };
        let Some(QuestionKind::Choice { options }) = list
            .fields
            .iter()
            .find(|field| field.id == "region")
            .map(|field| &field.kind)
        else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for view in ["front", "back"] {
            for option in options
                .iter()
                .filter(|option| seen_from(view, &option.value))
            {
                let sides: &[&str] = if in_the_middle(&option.value) {
                    &["middle"]
                } else {
                    &["left", "right"]
                };
                all.extend(sides.iter().map(|side| RegionView {
                    code: format!("{view}-{side}-{}", option.value),
                    name: option.label.clone(),
                    view: view.into(),
                    side: (*side).into(),
                }));
            }
        }
        all
    }
}

/// Each full form and the short one that its first two items are.
const SHORT_FORMS: [(&str, &str); 2] = [("phq-9", "phq-2"), ("gad-7", "gad-2")];

fn seen_from(view: &str, region: &str) -> bool {
    match region {
        "face" | "jaw" | "mouth" | "chest" | "abdomen" | "groin" | "pelvis" | "genitals"
        | "shin" => view == "front",
        "upper-back" | "mid-back" | "low-back" | "buttock" | "calf" => view == "back",
        _ => true,
    }
}

fn in_the_middle(region: &str) -> bool {
    matches!(
        region,
        "head" | "face" | "mouth" | "neck" | "genitals" | "pelvis"
    )
}

/// The values of an instrument's items, in order; unanswered ones are none.
pub(crate) fn item_values(
    form: &Instrument,
    answers: &BTreeMap<String, Vec<AnswerNow<'_>>>,
) -> Vec<Option<i64>> {
    (1..=form.items.len())
        .map(|number| {
            let all = answers.get(&format!("{}-{number}", form.id))?;
            match all.as_slice() {
                [one] => match &one.state {
                    AnswerState::Given {
                        value: AnswerValue::Number(number),
                    } => Some(*number),
                    _ => None,
                },
                _ => None,
            }
        })
        .collect()
}

/// A score in words. None for a form that has no total.
pub(crate) fn score_view(form: &Instrument, values: &[Option<i64>]) -> Option<ScoreView> {
    let score = form.score(values).ok()?;
    let (_, max) = form.range();
    let words = match score.total {
        Some(total) => format!("{total} of {max}"),
        None if score.answered == 0 => "not asked".into(),
        None => format!(
            "incomplete ({} of {}), {} to {} possible",
            score.answered, score.of, score.lowest, score.highest
        ),
    };
    let prompts = match score.item9 {
        Some(Item9Prompt::Raised) => vec!["Item 9 is above 0: talk about safety now.".to_owned()],
        Some(Item9Prompt::NotAnswered) if score.answered > 0 => {
            vec!["Item 9 is not answered: ask.".to_owned()]
        }
        _ => Vec::new(),
    };
    Some(ScoreView {
        instrument: form.id.clone(),
        name: form.name.clone(),
        stem: form.stem.clone(),
        words,
        band: score.band.as_ref().map(|band| band.label.clone()),
        total: score.total,
        max,
        prompts,
        // What is incomplete says so in its words already.
        notes: if score.complete {
            score.notes
        } else {
            Vec::new()
        },
        attribution: form.attribution.clone(),
    })
}

fn list_is_settled(list: &ListView) -> bool {
    !list.items.is_empty() || !matches!(list.state, AnswerView::NotAsked)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// An answer in words, or its unanswered state.
pub(crate) fn state_words(kind: &QuestionKind, state: &AnswerState) -> String {
    match state {
        AnswerState::Given { value } => in_words(kind, value),
        other => unanswered_words(other).unwrap_or_default().into(),
    }
}

/// A row in words: a medicine as it is taken, anything else field by field.
pub(crate) fn item_words(list: &ListSpec, item: &ItemNow) -> String {
    if list.id == "medicine" {
        let [name, taken, _] = medicines::in_words(&item.fields);
        return if taken.is_empty() {
            name
        } else {
            format!("{name}: {}", taken.to_lowercase())
        };
    }
    if list.id == "allergy" {
        let part = |name: &str| medicines::text(&item.fields, name).unwrap_or_default();
        let reaction = part("reaction");
        return if reaction.is_empty() {
            part("substance")
        } else {
            format!("{} ({reaction})", part("substance"))
        };
    }
    let parts: Vec<String> = list
        .fields
        .iter()
        .filter_map(|field| item.fields.get(&field.id).map(|value| (field, value)))
        .filter(|(_, value)| !matches!(value, AnswerValue::Bool(false)))
        .map(|(field, value)| match value {
            AnswerValue::Bool(true) => field.label.clone(),
            value => in_words(&field.kind, value),
        })
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

fn field(field: &Field) -> QuestionView {
    QuestionView {
        id: field.id.clone(),
        text: field.label.clone(),
        hint: field.hint.clone(),
        kind: kind(&field.kind),
        must: field.required,
        group: String::new(),
        shown: true,
    }
}

fn kind(kind: &QuestionKind) -> view::QuestionKind {
    let choices = |options: &[assessment::question::Labelled]| {
        options
            .iter()
            .map(|option| Choice {
                value: option.value.clone(),
                label: option.label.clone(),
            })
            .collect()
    };
    match kind {
        QuestionKind::Feature => view::QuestionKind::Feature,
        QuestionKind::YesNo => view::QuestionKind::YesNo,
        QuestionKind::Choice { options } => view::QuestionKind::Choice {
            options: choices(options),
        },
        QuestionKind::Choices { options } => view::QuestionKind::Choices {
            options: choices(options),
        },
        QuestionKind::Rating { low, high } => view::QuestionKind::Rating {
            low: low.clone(),
            high: high.clone(),
        },
        QuestionKind::Number { min, max, unit, .. } => view::QuestionKind::Number {
            min: *min,
            max: *max,
            unit: unit.clone(),
        },
        QuestionKind::Decimal { min, max, unit } => view::QuestionKind::Decimal {
            min: *min,
            max: *max,
            unit: unit.clone(),
        },
        QuestionKind::Text { lines } => view::QuestionKind::Text {
            lines: u32::from(*lines),
        },
        QuestionKind::Date => view::QuestionKind::Date,
        QuestionKind::InstrumentItem {
            instrument,
            options,
            ..
        } => view::QuestionKind::Item {
            instrument: instrument.clone(),
            options: choices(options),
        },
    }
}
