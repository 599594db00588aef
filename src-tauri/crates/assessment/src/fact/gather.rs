//! Gathering the facts of a case on a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::derive::derive;
use super::id::FactId;
use super::input::Inputs;
use super::known::{FactValue, Known};
use super::medicines::{Medicines, medicines};
use super::resolve::resolve;
use crate::answer::{Unanswered, Value};
use crate::instrument::Instrument;
use crate::medicine::{MedicinePrompt, Ome};
use crate::question::{Catalogue, ListSpec, Question, QuestionKind};

/// What type of value a fact has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// Yes or no, present or absent.
    YesNo,
    /// A number.
    Number,
    /// One of several choices.
    Choice,
}

impl FactKind {
    /// The type of a question's fact; `None` for text, dates and several choices.
    pub fn of(question: &Question) -> Option<Self> {
        match question.kind {
            QuestionKind::Feature | QuestionKind::YesNo => Some(Self::YesNo),
            QuestionKind::Choice { .. } => Some(Self::Choice),
            QuestionKind::Rating { .. }
            | QuestionKind::Number { .. }
            | QuestionKind::InstrumentItem { .. } => Some(Self::Number),
            _ => None,
        }
    }
}

/// One fact, and the questions whose answers would settle it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What is known.
    pub known: Known,
    /// The open questions it waits for.
    pub ask: Vec<String>,
}

/// An answer that no longer counts. The screen says "absent on 12-Oct-2026".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaleAnswer {
    /// The question.
    pub question: String,
    /// The day it was answered.
    pub on: Date,
    /// The old answer in words; empty when it was free text.
    pub words: String,
}

/// The facts of a case on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    known: BTreeMap<FactId, Fact>,
    /// The day they are gathered for.
    pub on: Date,
    /// The age in whole years.
    pub age: Option<i64>,
    /// Answers that are too old to count.
    pub stale: Vec<StaleAnswer>,
    /// Questions whose answers are in conflict.
    pub conflicts: Vec<String>,
    /// The opioid total by the FPM table; `None` while the medicines have not been asked.
    pub ome: Option<Ome>,
    /// What to check about the medicines.
    pub medicine_prompts: Vec<MedicinePrompt>,
    /// Warning signs once present, now answered otherwise or too old, until a decision is signed.
    pub standing: Vec<String>,
    /// Lists that were declined, are not known or cannot be answered, with which of these.
    pub unanswered_lists: BTreeMap<String, Unanswered>,
    /// Lists that have a row that counts, or were said to be empty.
    pub answered_lists: BTreeSet<String>,
}

impl Facts {
    /// Gathers the facts as they stand on a day.
    pub fn gather(inputs: &Inputs, on: Date) -> Self {
        Self::gather_from(inputs, on, Catalogue::shipped())
    }

    /// Gathers the facts with another catalogue.
    pub fn gather_from(inputs: &Inputs, on: Date, catalogue: &Catalogue) -> Self {
        let mut made = Self {
            known: BTreeMap::new(),
            on,
            age: inputs.age,
            stale: Vec::new(),
            conflicts: Vec::new(),
            ome: None,
            medicine_prompts: Vec::new(),
            standing: Vec::new(),
            unanswered_lists: unanswered_lists(inputs, catalogue, on),
            answered_lists: answered_lists(inputs, catalogue, on),
        };
        for question in catalogue.questions() {
            made.add_question(question, catalogue, inputs);
        }
        let medicines: Medicines = medicines(inputs, catalogue, on);
        for (id, fact) in derive(&made, &medicines, inputs) {
            made.known.insert(id, fact);
        }
        made.medicine_prompts = medicines.prompts(&made);
        made.ome = medicines.ome;
        made.conflicts.extend(medicines.in_conflict);
        made.standing.extend(inputs.once_present.iter().cloned());
        let mut standing = std::mem::take(&mut made.standing);
        standing.retain(|id| !made.is_raised_today(id));
        made.standing = standing;
        made.standing.sort();
        made.standing.dedup();
        made
    }

    /// Facts given directly, for trying rules without an assessment.
    pub fn from_known(
        facts: impl IntoIterator<Item = (FactId, Fact)>,
        age: Option<i64>,
        on: Date,
    ) -> Self {
        Self {
            known: facts.into_iter().collect(),
            on,
            age,
            stale: Vec::new(),
            conflicts: Vec::new(),
            ome: None,
            medicine_prompts: Vec::new(),
            standing: Vec::new(),
            unanswered_lists: BTreeMap::new(),
            answered_lists: BTreeSet::new(),
        }
    }

    /// One fact.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.known.get(id)
    }

    /// What is known of a fact; a fact that was not gathered is not asked.
    pub fn known(&self, id: &str) -> &Known {
        static NEVER_GATHERED: Known = Known::Open(Unanswered::NotAsked);
        self.get(id).map_or(&NEVER_GATHERED, |fact| &fact.known)
    }

    /// All facts by name.
    pub fn all(&self) -> impl Iterator<Item = (&FactId, &Fact)> {
        self.known.iter()
    }

    /// Sets a fact outright, for a case that is tried with a value no answer would give.
    ///
    /// An age set here is the age by which the rules apply or do not.
    pub fn set(&mut self, id: FactId, fact: Fact) {
        if id.as_str() == "age" {
            self.age = match &fact.known {
                Known::Is(FactValue::Number(years)) => i64::try_from(*years).ok(),
                _ => None,
            };
        }
        self.known.insert(id, fact);
    }

    fn add_question(&mut self, question: &Question, catalogue: &Catalogue, inputs: &Inputs) {
        let wanted = |form: &String| inputs.forms.contains(form);
        if !question.on_request.as_ref().is_none_or(wanted) {
            return;
        }
        let resolved = resolve(question, catalogue, inputs, self.on);
        if resolved.in_conflict {
            self.conflicts.push(question.id.clone());
        }
        if let Some(stale) = resolved.stale {
            if is_raised(question, stale.answer.value()) {
                self.standing.push(question.id.clone());
            }
            self.stale.push(StaleAnswer {
                question: question.id.clone(),
                on: stale.on,
                words: words(question, stale.answer.value()),
            });
        }
        // An item of a form that was added is read by what the form comes to, not by a rule.
        let item = question.on_request.is_some();
        let own = item.then(|| FactId::new(&question.id));
        let Some(id) = question.fact.clone().or(own) else {
            return;
        };
        let ask = if resolved.known.is_open() {
            vec![resolved.ask]
        } else {
            Vec::new()
        };
        self.known.insert(
            id,
            Fact {
                known: resolved.known,
                ask,
            },
        );
    }

    /// Whether a sign that must stay listed is answered as raised today, and so is listed anyway.
    fn is_raised_today(&self, id: &str) -> bool {
        let known = self.known(id);
        let above_zero = |value: &FactValue| matches!(value, FactValue::Number(number) if *number > Decimal::ZERO);
        known.is_yes() || matches!(known, Known::Is(value) if above_zero(value))
    }
}

/// The lists that somebody has gone through, as far as it still counts.
fn answered_lists(inputs: &Inputs, catalogue: &Catalogue, on: Date) -> BTreeSet<String> {
    let specs = catalogue.sections.iter().flat_map(|section| &section.lists);
    let answered = |spec: &&ListSpec| {
        inputs.lists.get(&spec.id).is_some_and(|list| {
            let counts = |given: Date| spec.validity.holds(given, on);
            let mut versions = list.rows.iter().flat_map(|row| &row.versions);
            let none = list.none.as_ref();
            versions.any(|version| counts(version.on))
                || none.is_some_and(|it| it.answer.value().is_some() && counts(it.on))
        })
    };
    specs.filter(answered).map(|spec| spec.id.clone()).collect()
}

/// The lists without a row that somebody asked for in vain.
fn unanswered_lists(
    inputs: &Inputs,
    catalogue: &Catalogue,
    on: Date,
) -> BTreeMap<String, Unanswered> {
    let specs = catalogue.sections.iter().flat_map(|section| &section.lists);
    let state = |spec: &ListSpec| {
        let list = inputs.lists.get(&spec.id)?;
        let asked = list.none.as_ref().filter(|_| list.rows.is_empty())?;
        let current = spec.validity.holds(asked.on, on);
        asked.answer.unanswered().filter(|_| current)
    };
    specs
        .filter_map(|spec| Some((spec.id.clone(), state(spec)?)))
        .collect()
}

/// Whether an answer must stay listed once given: a warning sign present, or item 9 above 0.
fn is_raised(question: &Question, value: Option<&Value>) -> bool {
    match (&question.kind, value) {
        (QuestionKind::Feature, Some(Value::Bool(present))) => *present,
        (
            QuestionKind::InstrumentItem {
                instrument, item, ..
            },
            Some(Value::Number(answer)),
        ) => {
            let form = Instrument::by_id(instrument);
            *answer > 0 && form.and_then(|form| form.safety_item) == Some(*item)
        }
        _ => false,
    }
}

/// An old answer in words. Free text is not repeated: it may be about anything.
fn words(question: &Question, value: Option<&Value>) -> String {
    match (&question.kind, value) {
        (QuestionKind::Feature, Some(Value::Bool(true))) => "present".to_owned(),
        (QuestionKind::Feature, Some(Value::Bool(false))) => "absent".to_owned(),
        (_, Some(Value::Bool(true))) => "yes".to_owned(),
        (_, Some(Value::Bool(false))) => "no".to_owned(),
        (_, Some(Value::Number(number))) => number.to_string(),
        (QuestionKind::Choice { options }, Some(Value::Text(chosen))) => options
            .iter()
            .find(|option| option.value == *chosen)
            .map_or(String::new(), |option| option.label.clone()),
        _ => String::new(),
    }
}

impl Fact {
    /// A fact that is settled.
    pub fn settled(known: Known) -> Self {
        Self {
            known,
            ask: Vec::new(),
        }
    }

    /// A yes-or-no fact that is settled.
    pub fn yes_no(value: bool) -> Self {
        Self::settled(Known::Is(FactValue::Bool(value)))
    }
}
