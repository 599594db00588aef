//! What is known of a case, put into cells: nothing is lost, and nothing is made surer than it is.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::answer::Unanswered;
use assessment::engine::State;
use assessment::fact::{Fact, FactId, FactValue, Facts, Known};
use assessment::ruleset::{Ruleset, Vocabulary};
use jiff::civil::date;
use rust_decimal::Decimal;

const RULE: &str =
    "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";

fn read(over: Vocabulary, facts: &str, when: &str) -> Ruleset {
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\n{facts}\n[[rule]]\nid = \"r\"\nwhen = {when}\nthen = {{ prompt = true }}\n{RULE}[[rule]]\nid = \"d\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{RULE}"
    );
    Ruleset::parse_over(&text, over).unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

/// A choice of three, a number of 0 to 30 cut at 10 and 20, and a yes-no.
fn ruleset() -> Ruleset {
    read(
        Vocabulary::Own,
        "c = { type = \"choice\", of = [\"x\", \"y\", \"z\"] }\nn = { type = \"number\", from = 0, to = 30 }\ny = \"yes-no\"",
        "{ all = [{ fact = \"n\", at-least = 10 }, { fact = \"n\", below = 20 }, { fact = \"c\", is = \"y\" }, { fact = \"y\", is = true }] }",
    )
}

fn state(ruleset: &Ruleset, id: &str, fact: Fact) -> State {
    let facts = Facts::from_known([(FactId::new(id), fact)], Some(44), date(2026, 11, 24));
    ruleset.program().state(&facts)
}

fn number(value: &str) -> FactValue {
    FactValue::Number(value.parse().unwrap())
}

fn choice(value: &str) -> FactValue {
    FactValue::Choice(value.to_owned())
}

/// For one fact: the cells that are possible, as bits, whether they are in conflict, and whether
/// an answer can still choose.
fn cells(id: &str, known: Known) -> (u64, bool, bool) {
    let ruleset = ruleset();
    let program = ruleset.program();
    let fact = program.fact(id).unwrap();
    let settled = Fact::settled(known);
    let state = state(&ruleset, id, settled.clone());
    let alone = program.facts[fact].possible_for(&settled);
    assert_eq!(alone, (state.possible(fact), state.is_conflict(fact)));
    for other in (0..program.facts.len()).filter(|other| *other != fact) {
        assert_eq!(state.possible(other), program.facts[other].all());
        assert!(state.is_open(other));
    }
    (alone.0, alone.1, state.is_open(fact))
}

#[test]
fn a_value_is_the_one_cell_that_holds_it() {
    for (id, value, cell) in [
        ("c", choice("x"), 0b001),
        ("c", choice("y"), 0b010),
        ("c", choice("z"), 0b100),
        ("n", number("0"), 0b001),
        ("n", number("9.9"), 0b001),
        ("n", number("10"), 0b010),
        ("n", number("20"), 0b100),
        ("n", number("30"), 0b100),
        ("y", FactValue::Bool(false), 0b01),
        ("y", FactValue::Bool(true), 0b10),
    ] {
        assert_eq!(
            cells(id, Known::Is(value.clone())),
            (cell, false, false),
            "{id} {value:?}"
        );
    }
}

#[test]
fn a_number_beyond_its_domain_counts_as_the_nearest_end() {
    assert_eq!(cells("n", Known::Is(number("-5"))), (0b001, false, false));
    assert_eq!(cells("n", Known::Is(number("99"))), (0b100, false, false));
}

#[test]
fn a_value_of_another_kind_leaves_the_fact_open() {
    assert_eq!(cells("n", Known::Is(choice("x"))), (0b111, false, true));
    assert_eq!(
        cells("c", Known::Is(choice("unheard of"))),
        (0b111, false, true)
    );
    assert_eq!(cells("y", Known::NotApplicable), (0b11, false, true));
    assert_eq!(
        cells("c", Known::Conflict(Vec::new())),
        (0b111, false, true)
    );
}

#[test]
fn what_is_open_keeps_every_cell() {
    for why in [
        Unanswered::NotAsked,
        Unanswered::Declined,
        Unanswered::NotKnown,
    ] {
        assert_eq!(cells("n", Known::Open(why)), (0b111, false, true));
    }
}

#[test]
fn values_in_conflict_keep_their_cells_and_are_no_conflict_when_they_share_one() {
    let conflict = |id: &str, values: &[FactValue]| cells(id, Known::Conflict(values.to_vec()));
    assert_eq!(
        conflict("c", &[choice("x"), choice("z")]),
        (0b101, true, false)
    );
    assert_eq!(
        conflict("n", &[number("5"), number("25")]),
        (0b101, true, false)
    );
    let yes_and_no = [FactValue::Bool(true), FactValue::Bool(false)];
    assert_eq!(conflict("y", &yes_and_no), (0b11, true, false));
}

#[test]
fn a_number_between_limits_keeps_the_cells_that_it_can_reach() {
    let between = |low: &str, high: &str| {
        let limit = |text: &str| text.parse::<Decimal>().ok();
        cells(
            "n",
            Known::Between {
                lowest: limit(low),
                highest: limit(high),
            },
        )
    };
    assert_eq!(between("8", "12"), (0b011, false, true));
    assert_eq!(between("8", "9"), (0b001, false, false));
    assert_eq!(between("10", "-"), (0b110, false, true));
    assert_eq!(between("-", "9"), (0b001, false, false));
    assert_eq!(between("-", "-"), (0b111, false, true));
    assert_eq!(between("5", "25"), (0b111, false, true));
    assert_eq!(between("50", "60"), (0b111, false, true));
}

#[test]
fn one_value_said_twice_is_no_conflict() {
    let ruleset = ruleset();
    let said = Known::Conflict(vec![number("11"), number("12")]);
    let state = state(&ruleset, "n", Fact::settled(said));
    let fact = ruleset.program().fact("n").unwrap();
    assert_eq!(
        (state.possible(fact), state.is_conflict(fact)),
        (0b010, false)
    );
}

#[test]
fn a_question_that_is_known_to_be_shown_no_longer_may_not_arise() {
    let ruleset = read(
        Vocabulary::Shipped,
        "device-alarm = \"yes-no\"\nimplanted-device = \"yes-no\"",
        "{ fact = \"device-alarm\", is = true }",
    );
    let program = ruleset.program();
    let fact = program.fact("device-alarm").unwrap();
    let absent = program.facts[fact].does_not_arise();
    assert_ne!(absent, 0);
    let waits = |ask: &str| Fact {
        known: Known::Open(Unanswered::NotAsked),
        ask: vec![ask.to_owned()],
    };
    let possible = |known: Fact| state(&ruleset, "device-alarm", known).possible(fact);
    let all = program.facts[fact].all();
    assert_eq!(possible(waits("implanted-device")), all);
    assert_eq!(possible(waits("device-alarm")), all & !absent);
    assert_eq!(possible(Fact::settled(Known::NotApplicable)), absent);
}

#[test]
fn narrowing_to_a_term_keeps_what_fits_and_says_when_nothing_does() {
    let ruleset = ruleset();
    let program = ruleset.program();
    let (c, n) = (program.fact("c").unwrap(), program.fact("n").unwrap());
    let mut open = State::open(program);
    assert!(open.narrow_to(&[(c, 0b011), (n, 0b110)]));
    assert_eq!((open.possible(c), open.possible(n)), (0b011, 0b110));
    assert!(!open.narrow_to(&[(c, 0b100)]));
    // A conflict is not for an answer to choose from.
    let mut split = State::open(program);
    split.set(c, 0b101, true);
    assert!(split.narrow_to(&[(c, 0b001)]));
    assert_eq!((split.possible(c), split.is_conflict(c)), (0b101, true));
    assert!(!split.narrow_to(&[(c, 0b010)]));
}

#[test]
fn a_case_is_complete_when_each_fact_has_one_cell() {
    let ruleset = ruleset();
    let program = ruleset.program();
    assert!(!State::open(program).is_complete());
    let mut known = State::complete(&vec![0; program.facts.len()]);
    assert!(known.is_complete());
    known.set(program.fact("c").unwrap(), 0b101, true);
    assert!(!known.is_complete());
}
