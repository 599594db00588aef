//! Facts from the instruments that are used on request. Few, and none while the instrument is not
//! part of the assessment: nobody is asked for a form that nobody chose.

use super::gather::{Fact, Facts};
use super::input::Inputs;
use super::known::{FactValue, Known};
use crate::answer::Unanswered;
use crate::instrument::{Instrument, Score};

/// One instrument that counts, its score and its open items.
struct Counted {
    score: Score,
    open: Vec<String>,
}

/// The facts, by name.
pub(super) fn form_facts(facts: &Facts, inputs: &Inputs) -> [(&'static str, Fact); 5] {
    let counted = |id: &str| {
        let used = inputs.forms.contains(id);
        used.then(|| Counted::of(facts, id)).flatten()
    };
    let screens = [(counted("dn4"), "four"), (counted("s-lanss"), "twelve")];
    [
        ("pseq-total", total(counted("pseq"))),
        ("isi-total", total(counted("isi"))),
        (
            "start-back-risk",
            group(counted("start-back"), Known::choice),
        ),
        (
            "fibromyalgia-criteria",
            group(counted("fm-2016"), |id| Known::bool(id == "met")),
        ),
        ("neuropathic-screen", any_reached(screens)),
    ]
}

impl Counted {
    /// Items in conflict count as open: both values then lie in the range that is still possible.
    fn of(facts: &Facts, id: &str) -> Option<Self> {
        let form = Instrument::by_id(id)?;
        let (mut answers, mut open) = (Vec::new(), Vec::new());
        for number in 1..=form.items.len() {
            let question = format!("{id}-{number}");
            let answer = match facts.known(&question) {
                Known::Is(FactValue::Number(value)) => i64::try_from(*value).ok(),
                _ => None,
            };
            if answer.is_none() {
                open.push(question);
            }
            answers.push(answer);
        }
        let score = form.score(&answers).ok()?;
        Some(Self { score, open })
    }
}

fn does_not_arise() -> Fact {
    Fact::settled(Known::NotApplicable)
}

fn total(counted: Option<Counted>) -> Fact {
    counted.map_or_else(does_not_arise, |it| Fact {
        known: Known::between(it.score.lowest, it.score.highest),
        ask: it.open,
    })
}

fn group(counted: Option<Counted>, known: impl Fn(&str) -> Known) -> Fact {
    let Some(it) = counted else {
        return does_not_arise();
    };
    match it.score.group {
        Some(group) => Fact::settled(known(&group.id)),
        None => Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask: it.open,
        },
    }
}

/// Whether one of several instruments reaches its cut-off.
fn any_reached<const N: usize>(all: [(Option<Counted>, &str); N]) -> Fact {
    let mut reached = Vec::new();
    let mut ask = Vec::new();
    for (it, cut) in all {
        let Some(it) = it else { continue };
        let result = it.score.positive.iter().find(|result| result.id == cut);
        let positive = result.and_then(|result| result.positive);
        if positive.is_none() {
            ask.extend(it.open);
        }
        reached.push(positive);
    }
    if reached.is_empty() {
        does_not_arise()
    } else if reached.contains(&Some(true)) {
        Fact::yes_no(true)
    } else if reached.contains(&None) {
        Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask,
        }
    } else {
        Fact::yes_no(false)
    }
}
