//! How terms turn out, and what a search finds.

use super::{Budget, Cell, Exact, Found, Program, State};
use crate::answer::Unanswered;
use crate::fact::{Fact, FactId, Facts, Known};
use crate::ruleset::{Disposition, Ruleset, Truth, Urgency, Vocabulary};

/// A ruleset over facts of its own: `facts`, further tables, and the default.
fn ruleset(facts: &str, further: &str) -> Ruleset {
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\n{facts}\n{further}\n{}",
        rule(
            "default",
            "default = true",
            "{ urgency = \"routine\", lead = \"D15\" }"
        )
    );
    Ruleset::parse_over(&text, Vocabulary::Own).unwrap()
}

fn rule(id: &str, when: &str, then: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\n{when}\nthen = {then}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
    )
}

fn facts(known: impl IntoIterator<Item = (&'static str, Known)>) -> Facts {
    let known = known
        .into_iter()
        .map(|(id, known)| (FactId::new(id), Fact::settled(known)));
    Facts::from_known(known, Some(40), jiff::civil::date(2026, 11, 24))
}

fn truth_of(program: &Program, known: &Facts) -> Truth {
    program.rule_truths(&program.turn_out(&program.state(known)))[0]
}

fn conflict() -> Known {
    use crate::fact::FactValue::Bool;
    Known::Conflict(vec![Bool(false), Bool(true)])
}

const OPEN: Known = Known::Open(Unanswered::Declined);

#[test]
fn the_logic_is_kleenes_with_conflict_counted_as_holding() {
    let yes = |id: &str| format!("{{ fact = \"{id}\", is = true }}");
    let known = facts([
        ("a", Known::bool(true)),
        ("b", Known::bool(false)),
        ("c", OPEN),
        ("d", conflict()),
    ]);
    for (joined, ids, expected) in [
        ("all", ["a", "c"], Truth::Open),
        ("all", ["b", "c"], Truth::False),
        ("any", ["a", "c"], Truth::True),
        ("any", ["c", "d"], Truth::InConflict),
        ("all", ["a", "d"], Truth::InConflict),
        ("none", ["d", "d"], Truth::InConflict),
        ("none", ["c", "c"], Truth::Open),
        ("none", ["a", "c"], Truth::False),
    ] {
        let when = format!("when = {{ {joined} = [{}, {}] }}", yes(ids[0]), yes(ids[1]));
        let declared = "a = \"yes-no\"\nb = \"yes-no\"\nc = \"yes-no\"\nd = \"yes-no\"";
        let made = ruleset(declared, &rule("one", &when, "{ urgency = \"soon\" }"));
        assert_eq!(
            truth_of(made.program(), &known),
            expected,
            "{joined} {ids:?}"
        );
    }
}

#[test]
fn a_rule_that_waits_is_open_while_a_conflict_decides_it() {
    let known = facts([("a", conflict()), ("b", Known::bool(false))]);
    let turned_out = |further: &str, joined: &str| {
        let when = format!(
            "when = {{ {joined} = [{{ fact = \"a\", is = true }}, {{ fact = \"b\", is = true }}] }}{further}"
        );
        let declared = "a = \"yes-no\"\nb = \"yes-no\"";
        let made = ruleset(declared, &rule("one", &when, "{ prompt = true }"));
        truth_of(made.program(), &known)
    };
    let waits = "\nin-conflict = \"waits\"";
    assert_eq!(turned_out("", "any"), Truth::InConflict);
    assert_eq!(turned_out(waits, "any"), Truth::Open);
    assert_eq!(turned_out(waits, "all"), Truth::False);
}

#[test]
fn a_number_between_limits_is_decided_only_where_the_limits_agree() {
    let between = Known::between(8.into(), 11.into());
    let at_least_60 = Known::Between {
        lowest: Some(60.into()),
        highest: None,
    };
    for (test, known, expected) in [
        ("at-least = 10", &between, Truth::Open),
        ("at-least = 8", &between, Truth::True),
        ("above = 11", &between, Truth::False),
        ("below = 8", &between, Truth::False),
        ("is = 12", &between, Truth::False),
        ("is = 9", &between, Truth::Open),
        ("at-least = 50", &at_least_60, Truth::True),
        ("above = 120", &at_least_60, Truth::Open),
        ("at-most = 59.5", &at_least_60, Truth::False),
    ] {
        let when = format!("when = {{ fact = \"n\", {test} }}");
        let made = ruleset(
            "n = \"number\"",
            &rule("one", &when, "{ urgency = \"soon\" }"),
        );
        let truth = truth_of(made.program(), &facts([("n", known.clone())]));
        assert_eq!(truth, expected, "{test}");
    }
}

#[test]
fn a_part_is_settled_when_every_answer_leads_to_the_same() {
    let either = rule(
        "yes",
        "when = { fact = \"a\", is = true }",
        "{ urgency = \"urgent\", lead = \"D08\" }",
    ) + &rule(
        "no",
        "when = { fact = \"a\", is = false }",
        "{ urgency = \"urgent\", lead = \"D08\" }",
    );
    let made = ruleset("a = \"yes-no\"", &either);
    let (program, open) = (made.program(), State::open(made.program()));
    let turned = program.turn_out(&open);
    assert_eq!(program.rule_truths(&turned)[0], Truth::Open);
    let mut exact = Exact::new(program, &open, &turned, Budget::steps(100));
    assert_eq!(exact.urgency().possible, [Urgency::Urgent]);
    assert_eq!(exact.lead().possible, [Disposition::D08]);
    let strands = exact.any_of(&program.terms_of([0, 1]));
    assert_eq!(strands, (Truth::True, true));
}

#[test]
fn what_the_constraints_rule_out_is_not_possible() {
    let facts_and_constraint = "two = \"yes-no\"\none = \"yes-no\"\n[[constraint]]\nid = \"two-are-one\"\nnever = { all = [{ fact = \"two\", is = true }, { fact = \"one\", is = false }] }\nwords = \"w\"\n";
    let both = rule(
        "impossible",
        "when = { all = [{ fact = \"two\", is = true }, { fact = \"one\", is = false }] }",
        "{ urgency = \"soon\" }",
    );
    let made = ruleset(facts_and_constraint, &both);
    let (program, open) = (made.program(), State::open(made.program()));
    let turned = program.turn_out(&open);
    let mut exact = Exact::new(program, &open, &turned, Budget::steps(100));
    assert_eq!(exact.urgency().possible, [Urgency::Routine]);

    // A case that breaks it as it stands is judged without it, and nothing is hidden.
    let mut broken = open.clone();
    broken.set(program.fact("two").unwrap(), 0b10, false);
    broken.set(program.fact("one").unwrap(), 0b01, false);
    let turned = program.turn_out(&broken);
    let mut exact = Exact::new(program, &broken, &turned, Budget::steps(100));
    assert_eq!(exact.urgency().possible, [Urgency::Soon]);
}

#[test]
fn of_two_numbers_one_is_never_less_where_the_ruleset_says_so() {
    let declared = "most = \"number\"\ntypical = \"number\"\n[[constraint]]\nid = \"c\"\nnot-less = [\"most\", \"typical\"]\nwords = \"w\"\n";
    let over = rule(
        "over",
        "when = { all = [{ fact = \"typical\", above = 120 }, { fact = \"most\", at-most = 120 }] }",
        "{ urgency = \"soon\" }",
    );
    let made = ruleset(declared, &over);
    let program = made.program();
    let mut state = State::open(program);
    assert!(state.narrow_to(&program.terms[0].needs));
    let none = program.no_terms();
    assert_eq!(
        program.find(&state, &none, &mut Budget::steps(10)),
        Found::Impossible
    );
}

#[test]
fn past_its_budget_a_search_says_so_and_settles_nothing() {
    let made = ruleset(
        "a = \"yes-no\"",
        &rule(
            "one",
            "when = { fact = \"a\", is = true }",
            "{ urgency = \"soon\" }",
        ),
    );
    let (program, open) = (made.program(), State::open(made.program()));
    let turned = program.turn_out(&open);
    let mut exact = Exact::new(program, &open, &turned, Budget::steps(0));
    let urgency = exact.urgency();
    assert_eq!(urgency.possible, [Urgency::Soon, Urgency::Routine]);
    assert!(!urgency.exact);
}

#[test]
fn cells_are_cut_where_tests_turn_and_kept_within_the_domain() {
    let declared = "n = { type = \"number\", from = 0, to = 27, whole = true }";
    let made = ruleset(
        declared,
        &rule(
            "one",
            "when = { all = [{ fact = \"n\", at-least = 10 }, { fact = \"n\", below = 20 }] }",
            "{ urgency = \"soon\" }",
        ),
    );
    let shown: Vec<String> = made.program().facts[0]
        .cells
        .iter()
        .map(|cell| match cell {
            Cell::Number(span) => span.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(shown, ["0 to 9", "10 to 19", "20 to 27"]);
}
