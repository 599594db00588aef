//! Facts about what is taken: classes, counts and the opioid total.

use rust_decimal::Decimal;

use super::gather::{Fact, Facts};
use super::input::Inputs;
use super::known::Known;
use super::medicines::Medicines;
use crate::answer::{Unanswered, Value};
use crate::medicine::{Ome, Total};

/// Works out the facts about medicines, by name.
pub(super) fn medicine_facts(
    facts: &Facts,
    medicines: &Medicines,
    inputs: &Inputs,
) -> Vec<(&'static str, Fact)> {
    let list = ListState::of(facts, medicines);
    let calming = ["benzodiazepine", "z-drug"];
    let serotonin = medicines.takes(&["tramadol", "tapentadol"])
        && medicines.takes(&["ssri", "snri", "tca", "maoi"]);
    let reviewed = [
        "opioid",
        "gabapentinoid",
        "benzodiazepine",
        "z-drug",
        "antidepressant",
    ];
    let pump = pump_may_hold_opioid(facts, inputs);
    let total = |pick: fn(&Ome) -> Total| {
        list.total(
            medicines.ome.as_ref().map(pick),
            pump_may_hold_opioid(facts, inputs),
        )
    };
    let cdc = |pick: fn(&Ome) -> Total| medicines.ome_cdc.as_ref().map(pick);
    let gabapentinoids = medicines.count(&["gabapentinoid"]);
    vec![
        ("ome-typical", total(|ome| ome.typical)),
        ("ome-maximum", total(|ome| ome.maximum)),
        ("ome-cdc-typical", list.second(cdc(|ome| ome.typical), pump)),
        ("ome-cdc-maximum", list.second(cdc(|ome| ome.maximum), pump)),
        ("ome-incomplete", incomplete(&list, medicines, pump)),
        (
            "tolerance-uncertain",
            list.yes_no(medicines.tolerance_uncertain),
        ),
        ("takes-opioid", takes_opioid(&list, medicines, pump)),
        (
            "treated-for-dependence",
            treated_for_dependence(&list, facts, medicines),
        ),
        (
            "takes-several-opioids",
            list.yes_no(medicines.count(&["opioid"]) > 1),
        ),
        ("takes-gabapentinoid", list.yes_no(gabapentinoids > 0)),
        ("takes-two-gabapentinoids", list.yes_no(gabapentinoids > 1)),
        ("takes-calming", list.yes_no(medicines.takes(&calming))),
        ("takes-nsaid", list.yes_no(medicines.takes(&["nsaid"]))),
        ("takes-serotonin-pair", list.yes_no(serotonin)),
        (
            "takes-reviewed-class",
            list.yes_no(medicines.takes(&reviewed)),
        ),
        ("medicine-count", list.at_least(medicines.items.len())),
    ]
}

/// Whether an opioid treats dependence: said so, or a row that comes from a drug service.
///
/// "No" needs both: the question answered no, and a list that is complete.
fn treated_for_dependence(list: &ListState, facts: &Facts, medicines: &Medicines) -> Fact {
    let question = "opioid-substitution";
    let said = facts.known(question);
    if said.is_yes() || medicines.items.iter().any(|item| item.for_dependence) {
        return Fact::yes_no(true);
    }
    if said.is_no() {
        list.yes_no(false)
    } else {
        ListState::waiting(&[question])
    }
}

/// Whether an opioid is taken, also from a pump or under a name that is not known.
fn takes_opioid(list: &ListState, medicines: &Medicines, pump: Option<bool>) -> Fact {
    let said = medicines
        .items
        .iter()
        .any(|it| it.said_opioid == Some(true));
    if medicines.takes(&["opioid"]) || said || pump == Some(true) {
        return Fact::yes_no(true);
    }
    let unknown = medicines
        .items
        .iter()
        .any(|it| !it.known && it.said_opioid.is_none());
    match (list.complete, unknown, pump) {
        (false, ..) => list.open(),
        (true, true, _) => ListState::waiting(&["medicine"]),
        (true, false, None) => ListState::waiting(&["implanted-device", "device"]),
        (true, false, Some(_)) => Fact::yes_no(false),
    }
}

/// Whether the total leaves something out, so that a figure not reached is not settled.
fn incomplete(list: &ListState, medicines: &Medicines, pump: Option<bool>) -> Fact {
    let cannot = medicines.ome.as_ref().is_some_and(|ome| !ome.complete);
    match pump {
        None if !cannot && list.complete => ListState::waiting(&["implanted-device", "device"]),
        pump => list.yes_no(cannot || pump == Some(true)),
    }
}

/// Whether an implanted pump holds an opioid; `None` while that is open.
fn pump_may_hold_opioid(facts: &Facts, inputs: &Inputs) -> Option<bool> {
    if facts.known("implanted-device").is_no() {
        return Some(false);
    }
    let rows = inputs
        .lists
        .get("device")
        .map(|list| list.rows.as_slice())
        .unwrap_or_default();
    let says = |wanted: bool| {
        rows.iter().flat_map(|row| &row.versions).any(|version| {
            let opioid = version.fields.get("opioid").and_then(|it| it.value());
            opioid.and_then(Value::as_bool) == Some(wanted)
        })
    };
    if says(true) {
        return Some(true);
    }
    says(false).then_some(false)
}

/// Whether "not on the list" can be believed.
struct ListState {
    complete: bool,
    ask: Vec<String>,
}

impl ListState {
    fn of(facts: &Facts, medicines: &Medicines) -> Self {
        let confirmed = facts.known("medicines-complete");
        let sure = confirmed.is_yes() && !matches!(confirmed, Known::Conflict(_));
        let complete = medicines.answered && sure;
        let ask = if medicines.answered {
            "medicines-complete"
        } else {
            "medicine"
        };
        Self {
            complete,
            ask: vec![ask.to_owned()],
        }
    }

    fn open(&self) -> Fact {
        Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask: self.ask.clone(),
        }
    }

    fn waiting(ask: &[&str]) -> Fact {
        let ask = ask.iter().map(|&id| id.to_owned()).collect();
        Fact {
            known: Known::Open(Unanswered::NotAsked),
            ask,
        }
    }

    /// Taken is taken; not on the list is "no" only once the list is complete.
    fn yes_no(&self, found: bool) -> Fact {
        if found || self.complete {
            Fact::yes_no(found)
        } else {
            self.open()
        }
    }

    fn at_least(&self, count: usize) -> Fact {
        let count = Decimal::from(count);
        if self.complete {
            return Fact::settled(Known::number(count));
        }
        Fact {
            known: Known::Between {
                lowest: Some(count),
                highest: None,
            },
            ask: self.ask.clone(),
        }
    }

    /// A total by a second table, only where it is exact: some medicines are not in every table,
    /// and a figure that can never be completed must not leave a limit open for ever.
    fn second(&self, total: Option<Total>, pump: Option<bool>) -> Fact {
        match total {
            Some(Total::AtLeast(_) | Total::CannotBeWorkedOut) => {
                Fact::settled(Known::NotApplicable)
            }
            total => self.total(total, pump),
        }
    }

    fn total(&self, total: Option<Total>, pump: Option<bool>) -> Fact {
        let lowest = total.and_then(Total::mg).unwrap_or(Decimal::ZERO);
        let exact = matches!(total, Some(Total::Exactly(_) | Total::None));
        if exact && self.complete && pump == Some(false) {
            return Fact::settled(Known::number(lowest));
        }
        let mut ask = if self.complete {
            vec!["medicine".to_owned()]
        } else {
            self.ask.clone()
        };
        if exact && self.complete {
            ask = vec!["implanted-device".to_owned(), "device".to_owned()];
        }
        Fact {
            known: Known::Between {
                lowest: Some(lowest),
                highest: None,
            },
            ask,
        }
    }
}
