//! What a fact is called when people read a rule: the question's own words, or a name for what
//! is worked out.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::fact::{FactId, FactKind, derived};
use crate::question::{Catalogue, Labelled, Question, QuestionKind};

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FactWords {
    /// Its fixed name.
    pub id: FactId,
    /// What it is called: the question as asked, or a name for what is worked out.
    pub name: String,
    /// Its type.
    pub kind: FactKind,
    /// Whether it is asked; the others are worked out.
    pub asked: bool,
    /// Whether it is a warning sign, which is present or absent.
    pub sign: bool,
    /// What its number counts; `None` for what has no unit.
    pub unit: Option<String>,
    /// Its choices, in the order shown.
    pub choices: Vec<Labelled>,
    /// The least and the greatest number it can be, as far as that is known.
    pub range: (Option<Decimal>, Option<Decimal>),
}

impl FactWords {
    /// What a fact of this name and type is called.
    ///
    /// A name that is neither a question nor worked out, as in a ruleset with facts of its own,
    /// is read as the words it is made of.
    pub fn of(id: &FactId, kind: FactKind) -> Self {
        let worked_out = derived(id.as_str());
        let question = Catalogue::shipped().question(id.as_str());
        let mut words = Self {
            id: id.clone(),
            name: id.as_str().replace('-', " "),
            kind,
            asked: false,
            sign: false,
            unit: None,
            choices: Vec::new(),
            range: (None, None),
        };
        match (worked_out, question) {
            (Some(worked_out), _) => words.be_worked_out(worked_out.options),
            (None, Some(question)) => words.be_asked(question),
            (None, None) => {}
        }
        words
    }

    /// The words of a choice; the stored word itself where it has none.
    pub fn label<'a>(&'a self, value: &'a str) -> &'a str {
        self.choices
            .iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label.as_str())
    }

    fn be_asked(&mut self, question: &Question) {
        self.name.clone_from(&question.text);
        self.asked = true;
        self.sign = question.kind == QuestionKind::Feature;
        match &question.kind {
            QuestionKind::Choice { options } => self.choices.clone_from(options),
            QuestionKind::Rating { .. } => self.range = between(0, 10),
            QuestionKind::Number { min, max, unit, .. } => {
                self.range = between(*min, *max);
                self.unit = (!unit.is_empty()).then(|| unit.clone());
            }
            QuestionKind::InstrumentItem { options, .. } => {
                let mut values: Vec<i64> = options.iter().filter_map(numeric).collect();
                values.sort_unstable();
                self.range = (
                    values.first().map(|&it| it.into()),
                    values.last().map(|&it| it.into()),
                );
            }
            _ => {}
        }
    }

    fn be_worked_out(&mut self, options: &[&str]) {
        if let Some(called) = WORKED_OUT.iter().find(|it| it.id == self.id.as_str()) {
            called.name.clone_into(&mut self.name);
            self.unit = called.unit.map(str::to_owned);
        }
        let outcome = Catalogue::shipped().question("self-harm-outcome");
        let asked = match outcome.map(|question| &question.kind) {
            Some(QuestionKind::Choice { options }) => options.as_slice(),
            _ => &[],
        };
        self.choices = options
            .iter()
            .map(|&value| Labelled {
                value: value.to_owned(),
                label: asked
                    .iter()
                    .find(|it| it.value == value)
                    .map_or_else(|| value.replace('-', " "), |it| it.label.clone()),
            })
            .collect();
    }
}

fn between(least: i64, greatest: i64) -> (Option<Decimal>, Option<Decimal>) {
    (Some(least.into()), Some(greatest.into()))
}

fn numeric(option: &Labelled) -> Option<i64> {
    option.value.parse().ok()
}

/// What a worked-out fact is called.
struct Called {
    id: &'static str,
    name: &'static str,
    unit: Option<&'static str>,
}

const fn called(id: &'static str, name: &'static str) -> Called {
    let unit = None;
    Called { id, name, unit }
}

const fn counted(id: &'static str, name: &'static str, unit: &'static str) -> Called {
    let unit = Some(unit);
    Called { id, name, unit }
}

/// Every worked-out fact in words.
const WORKED_OUT: &[Called] = &[
    counted("age", "age", "years"),
    called("phq-9-total", "PHQ-9 total"),
    called("gad-7-total", "GAD-7 total"),
    called("phq-2-total", "PHQ-2 total"),
    called("gad-2-total", "GAD-2 total"),
    called("audit-c-total", "AUDIT-C total"),
    called(
        "alcohol-positive",
        "the AUDIT-C total is at or above its usual cut-off",
    ),
    called(
        "self-harm-raised",
        "something said or answered calls for a conversation about safety",
    ),
    called("self-harm-decision", "What was decided about safety"),
    called(
        "spine-criteria",
        "number of the nine criteria of an inflamed spine that are met",
    ),
    counted(
        "ome-typical",
        "opioids as usually taken, as oral morphine equivalent",
        "mg a day",
    ),
    counted(
        "ome-maximum",
        "opioids at the most prescribed, as oral morphine equivalent",
        "mg a day",
    ),
    called("ome-incomplete", "the opioid total leaves something out"),
    called(
        "tolerance-uncertain",
        "records disagree about an opioid, so what the body is used to is uncertain",
    ),
    called("takes-opioid", "an opioid is taken"),
    called("takes-several-opioids", "more than one opioid is taken"),
    called(
        "treated-for-dependence",
        "an opioid is taken as treatment for dependence",
    ),
    called("takes-gabapentinoid", "gabapentin or pregabalin is taken"),
    called(
        "takes-two-gabapentinoids",
        "gabapentin and pregabalin are both taken",
    ),
    called(
        "takes-calming",
        "a benzodiazepine or a sleeping tablet (Z-drug) is taken",
    ),
    called("takes-nsaid", "an anti-inflammatory (NSAID) is taken"),
    called(
        "takes-serotonin-pair",
        "tramadol or tapentadol is taken together with an antidepressant",
    ),
    called(
        "takes-reviewed-class",
        "an opioid, gabapentinoid, benzodiazepine, Z-drug or antidepressant is taken",
    ),
    called("medicine-count", "number of medicines taken"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::DERIVED;

    #[test]
    fn every_worked_out_fact_is_called_something_and_nothing_else_is() {
        let made: Vec<&str> = DERIVED.iter().map(|fact| fact.id).collect();
        let missing: Vec<_> = made
            .iter()
            .filter(|id| WORKED_OUT.iter().all(|called| called.id != **id))
            .collect();
        assert!(missing.is_empty(), "without words: {missing:?}");
        let unknown: Vec<_> = WORKED_OUT
            .iter()
            .filter(|called| !made.contains(&called.id))
            .map(|called| called.id)
            .collect();
        assert!(unknown.is_empty(), "no such fact: {unknown:?}");
    }

    #[test]
    fn a_question_is_called_as_it_is_asked_with_its_limits_and_its_choices() {
        let words = |id: &str, kind| FactWords::of(&FactId::new(id), kind);
        let months = words("pain-months", FactKind::Number);
        assert_eq!(months.unit.as_deref(), Some("months"));
        assert!(months.asked && months.range.1.is_some());
        let impact = words("impact", FactKind::Choice);
        assert_eq!(impact.label("low"), impact.choices[0].label);
        assert!(words("ces-saddle", FactKind::YesNo).sign);
        assert!(!words("takes-opioid", FactKind::YesNo).asked);
    }

    #[test]
    fn a_name_that_is_nobodys_is_read_as_its_words() {
        let own = FactWords::of(&FactId::new("left-knee-hurts"), FactKind::YesNo);
        assert_eq!(own.name, "left knee hurts");
    }
}
