//! Facts worked out from other facts: scores, counts, opioid totals.

use rust_decimal::Decimal;

use super::cancer::cancer_known;
use super::form_facts::form_facts;
use super::gather::{Fact, FactKind, Facts};
use super::id::FactId;
use super::input::Inputs;
use super::known::{FactValue, Known};
use super::medicine_facts::medicine_facts;
use super::medicines::Medicines;
use super::place::low_back_pain;
use super::safety::{safety_seen_again, self_harm_decision, self_harm_raised};
use super::spine::spine_criteria;
use crate::answer::Unanswered;
use crate::instrument::Instrument;

/// A fact that is worked out, not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derived {
    /// Its name.
    pub id: &'static str,
    /// Its type.
    pub kind: FactKind,
    /// Its possible values, when it is a choice.
    pub options: &'static [&'static str],
    /// The greatest possible number; the least is 0.
    pub to: Option<i64>,
    /// Whether a number is always a whole one.
    pub whole: bool,
    /// Whether it can be that the question does not arise, such as a total of a form not given.
    pub may_not_arise: bool,
}

const fn fact(id: &'static str, kind: FactKind) -> Derived {
    Derived {
        id,
        kind,
        options: &[],
        to: None,
        whole: false,
        may_not_arise: false,
    }
}

/// A whole number from 0 to a greatest.
const fn count(id: &'static str, to: Option<i64>) -> Derived {
    Derived {
        to,
        whole: true,
        ..fact(id, NUMBER)
    }
}

impl Derived {
    const fn that_may_not_arise(self) -> Self {
        Self {
            may_not_arise: true,
            ..self
        }
    }
}

const YES_NO: FactKind = FactKind::YesNo;
const NUMBER: FactKind = FactKind::Number;

/// What was decided about safety, or that there was nothing to decide.
const DECISIONS: &[&str] = &[
    "immediate-danger",
    "urgent-today",
    "gp-same-day",
    "safety-plan",
    "no-current-concern",
    "not-needed",
];

/// How soon a person with a safety plan is seen again, or that there is no such plan.
const SEEN_AGAIN: &[&str] = &[
    "within-48-hours",
    "urgent",
    "soon",
    "no-sooner",
    "not-needed",
];

/// Every fact that is worked out.
pub const DERIVED: &[Derived] = &[
    count("age", None),
    count("phq-9-total", Some(27)).that_may_not_arise(),
    count("gad-7-total", Some(21)).that_may_not_arise(),
    count("phq-2-total", Some(6)),
    count("gad-2-total", Some(6)),
    count("audit-c-total", Some(12)),
    fact("alcohol-positive", YES_NO),
    fact("self-harm-raised", YES_NO),
    Derived {
        options: DECISIONS,
        ..fact("self-harm-decision", FactKind::Choice)
    },
    Derived {
        options: SEEN_AGAIN,
        ..fact("safety-seen-again", FactKind::Choice)
    },
    count("spine-criteria", Some(9)).that_may_not_arise(),
    fact("cancer-known", YES_NO),
    fact("low-back-pain", YES_NO),
    fact("ome-typical", NUMBER),
    fact("ome-maximum", NUMBER),
    fact("ome-cdc-typical", NUMBER).that_may_not_arise(),
    fact("ome-cdc-maximum", NUMBER).that_may_not_arise(),
    fact("ome-incomplete", YES_NO),
    fact("tolerance-uncertain", YES_NO),
    fact("takes-opioid", YES_NO),
    fact("takes-several-opioids", YES_NO),
    fact("treated-for-dependence", YES_NO),
    fact("takes-gabapentinoid", YES_NO),
    fact("takes-two-gabapentinoids", YES_NO),
    fact("takes-calming", YES_NO),
    fact("takes-nsaid", YES_NO),
    fact("takes-serotonin-pair", YES_NO),
    fact("takes-reviewed-class", YES_NO),
    count("medicine-count", None),
    count("pseq-total", Some(60)).that_may_not_arise(),
    count("isi-total", Some(28)).that_may_not_arise(),
    Derived {
        options: &["low", "medium", "high"],
        ..fact("start-back-risk", FactKind::Choice).that_may_not_arise()
    },
    fact("fibromyalgia-criteria", YES_NO).that_may_not_arise(),
    fact("neuropathic-screen", YES_NO).that_may_not_arise(),
];

/// The worked-out fact of this name.
pub fn derived(id: &str) -> Option<&'static Derived> {
    DERIVED.iter().find(|fact| fact.id == id)
}

/// Works out all of `DERIVED`.
pub(super) fn derive(facts: &Facts, medicines: &Medicines, inputs: &Inputs) -> Vec<(FactId, Fact)> {
    let mut made = Vec::new();
    let mut add = |id: &str, fact: Fact| made.push((FactId::new(id), fact));
    add("age", age(facts));
    add("phq-9-total", total(facts, "phq-9", Some("phq-9-full")));
    add("gad-7-total", total(facts, "gad-7", Some("gad-7-full")));
    add("phq-2-total", total(facts, "phq-2", None));
    add("gad-2-total", total(facts, "gad-2", None));
    let alcohol = total(facts, "audit-c", None);
    add("alcohol-positive", at_cut(&alcohol, "audit-c"));
    add("audit-c-total", alcohol);
    let raised = self_harm_raised(facts);
    let decision = self_harm_decision(facts, &raised);
    add("safety-seen-again", safety_seen_again(facts, &decision));
    add("self-harm-decision", decision);
    add("self-harm-raised", raised);
    add("spine-criteria", spine_criteria(facts));
    add("cancer-known", cancer_known(facts));
    add("low-back-pain", low_back_pain(facts, inputs));
    for (id, fact) in medicine_facts(facts, medicines, inputs) {
        add(id, fact);
    }
    for (id, fact) in form_facts(facts, inputs) {
        add(id, fact);
    }
    made
}

fn age(facts: &Facts) -> Fact {
    match facts.age {
        Some(years) => Fact::settled(Known::number(years)),
        None => Fact {
            known: Known::Open(Unanswered::NotKnown),
            ask: vec!["birth-date".into()],
        },
    }
}

/// The total of an instrument, or the limits it is still between.
fn total(facts: &Facts, id: &str, full: Option<&str>) -> Fact {
    let Some(form) = Instrument::by_id(id) else {
        return Fact::settled(Known::NotApplicable);
    };
    if let Some(question) = full {
        let asked = facts.known(question);
        if asked.is_choice("not-now") && !asked.is_choice("now") {
            return Fact::settled(Known::NotApplicable);
        }
        if asked.is_open() {
            // It may yet not arise, so no total between limits can be promised.
            return Fact {
                known: Known::Open(Unanswered::NotAsked),
                ask: vec![question.to_owned()],
            };
        }
    }
    let (mut answers, mut ask) = (Vec::new(), Vec::new());
    for (at, item) in form.scored_items() {
        let question = item
            .same_as
            .clone()
            .unwrap_or_else(|| format!("{id}-{}", at + 1));
        let value = highest(facts.known(&question));
        if value.is_none() {
            ask.push(question);
        }
        answers.push(value);
    }
    match form.score(&answers) {
        Ok(score) => {
            let known = Known::between(score.lowest, score.highest);
            Fact {
                ask: if score.complete { Vec::new() } else { ask },
                known,
            }
        }
        // Answers that contradict each other settle nothing until one is corrected.
        Err(_) => Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask: (1..=answers.len()).map(|at| format!("{id}-{at}")).collect(),
        },
    }
}

/// The value of an item; of values in conflict the highest, which is the safer for a total.
pub(super) fn highest(known: &Known) -> Option<i64> {
    let number = |value: &FactValue| match value {
        FactValue::Number(number) => i64::try_from(*number).ok(),
        _ => None,
    };
    match known {
        Known::Is(value) => number(value),
        Known::Conflict(values) => values.iter().filter_map(number).max(),
        _ => None,
    }
}

/// Whether a total reaches the instrument's usual cut-off.
fn at_cut(total: &Fact, id: &str) -> Fact {
    let cut = Instrument::by_id(id).and_then(|form| form.cuts.iter().find(|cut| cut.usual));
    let Some(cut) = cut.map(|cut| Decimal::from(cut.at)) else {
        return Fact::settled(Known::NotApplicable);
    };
    let known = match &total.known {
        Known::Is(FactValue::Number(number)) => Known::bool(*number >= cut),
        Known::Between {
            lowest: Some(lowest),
            ..
        } if *lowest >= cut => Known::bool(true),
        Known::Between {
            highest: Some(highest),
            ..
        } if *highest < cut => Known::bool(false),
        Known::NotApplicable => Known::NotApplicable,
        _ => Known::Open(Unanswered::NotAsked),
    };
    Fact {
        ask: if known.is_open() {
            total.ask.clone()
        } else {
            Vec::new()
        },
        known,
    }
}
