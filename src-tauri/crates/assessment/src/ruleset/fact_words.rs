//! What a fact is called when people read a rule: the question's own words, or a name for what
//! is worked out.

use rust_decimal::Decimal;
use serde::Serialize;

use super::declaration::{Domain, FactDeclaration};
use crate::fact::FactId;
use crate::question::{Catalogue, Labelled, Question, QuestionKind};

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FactWords {
    /// Its fixed name.
    pub id: FactId,
    /// What it is called: the question as asked, or a name for what is worked out.
    pub name: String,
    /// The values it can have.
    pub domain: Domain,
    /// Whether it is asked; the others are worked out.
    pub asked: bool,
    /// Whether it is a warning sign, which is present or absent.
    pub sign: bool,
    /// What its number counts; `None` for what has no unit.
    pub unit: Option<String>,
    /// Its choices with their words, in the order declared.
    pub choices: Vec<Labelled>,
    /// Whether it can be that the question does not arise for a person.
    pub may_not_arise: bool,
}

impl FactWords {
    /// What a fact is called.
    ///
    /// A name that is neither a question nor worked out, as in a ruleset with facts of its own,
    /// is read as the words it is made of.
    pub fn of(fact: &FactDeclaration) -> Self {
        let id = fact.id.as_str();
        let called = WORKED_OUT.iter().find(|it| it.id == id);
        let question = Catalogue::shipped()
            .question(id)
            .filter(|_| called.is_none());
        let name = match (called, question) {
            (Some(called), _) => called.name.to_owned(),
            (None, Some(question)) => question.text.clone(),
            (None, None) => id.replace('-', " "),
        };
        let unit = called.and_then(|called| called.unit.map(str::to_owned));
        Self {
            id: fact.id.clone(),
            name,
            domain: fact.domain.clone(),
            asked: question.is_some(),
            sign: fact.sign,
            unit: fact.unit.clone().or(unit),
            choices: choices(fact, question),
            may_not_arise: fact.may_not_arise,
        }
    }

    /// The least and the greatest number there is; none for what has no end, or is no number.
    pub(crate) fn ends(&self) -> (Option<Decimal>, Option<Decimal>) {
        match self.domain {
            Domain::Number { from, to, .. } => (from, to),
            _ => (None, None),
        }
    }

    /// The words of a choice; the stored word itself where it has none.
    pub fn label<'a>(&'a self, value: &'a str) -> &'a str {
        self.choices
            .iter()
            .find(|choice| choice.value == value)
            .map_or(value, |choice| choice.label.as_str())
    }
}

/// The choices of a fact as its question labels them; those of what was decided about safety
/// as the question behind the fact does.
fn choices(fact: &FactDeclaration, question: Option<&Question>) -> Vec<Labelled> {
    let Domain::Choice(values) = &fact.domain else {
        return Vec::new();
    };
    let behind = match fact.id.as_str() {
        "self-harm-decision" => Some("self-harm-outcome"),
        "safety-seen-again" => Some("self-harm-seen-again"),
        _ => None,
    };
    let question = question.or_else(|| Catalogue::shipped().question(behind?));
    let labelled = match question.map(|question| &question.kind) {
        Some(QuestionKind::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    values
        .iter()
        .map(|value| Labelled {
            value: value.clone(),
            label: labelled
                .iter()
                .find(|it| it.value == *value)
                .map_or_else(|| value.replace('-', " "), |it| it.label.clone()),
        })
        .collect()
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
    called("safety-seen-again", "How soon the person is seen again"),
    called(
        "cancer-known",
        "cancer now, in the past or thought likely, or pain from it",
    ),
    called(
        "low-back-pain",
        "pain in the low back, marked on the body or said in an answer",
    ),
    counted(
        "ome-cdc-typical",
        "opioids as usually taken, by the CDC table",
        "mg a day",
    ),
    counted(
        "ome-cdc-maximum",
        "opioids at the most prescribed, by the CDC table",
        "mg a day",
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
    called("pseq-total", "PSEQ total, higher is better"),
    called("isi-total", "ISI total"),
    called("start-back-risk", "risk group of STarT Back"),
    called(
        "fibromyalgia-criteria",
        "the fibromyalgia criteria of 2016 are met",
    ),
    called(
        "neuropathic-screen",
        "a screen for nerve pain (DN4 or S-LANSS) is positive",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::DERIVED;
    use crate::ruleset::Ruleset;

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

    fn declared(id: &str) -> FactWords {
        let facts = Ruleset::shipped().facts_in_words();
        facts.into_iter().find(|it| it.id.as_str() == id).unwrap()
    }

    #[test]
    fn a_question_is_called_as_it_is_asked_with_its_unit_and_its_choices() {
        let months = declared("pain-months");
        assert_eq!(months.unit.as_deref(), Some("months"));
        assert!(months.asked && !months.sign);
        let impact = declared("impact");
        assert_eq!(impact.label("low"), impact.choices[0].label);
        assert_ne!(impact.label("low"), "low");
        assert!(declared("ces-saddle").sign);
        assert!(!declared("takes-opioid").asked);
    }

    #[test]
    fn the_decision_about_safety_has_the_words_of_its_outcome() {
        let decision = declared("self-harm-decision");
        assert!(decision.label("gp-same-day").starts_with("GP"));
        assert_eq!(decision.label("not-needed"), "not needed");
    }

    #[test]
    fn a_name_that_is_nobodys_is_read_as_its_words() {
        let own = FactDeclaration {
            id: FactId::new("left-knee-hurts"),
            domain: Domain::YesNo,
            unit: None,
            fixed: false,
            sign: false,
            may_not_arise: false,
            gate: None,
        };
        assert_eq!(FactWords::of(&own).name, "left knee hurts");
    }
}
