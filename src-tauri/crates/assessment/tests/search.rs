//! What a search finds, what it costs, and what is known without one.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use assessment::engine::{Budget, Exact, Found, Program, State, TermSet};
use assessment::fact::Facts;
use assessment::proposal::evaluate;
use assessment::ruleset::{Ruleset, Truth, Urgency, Vocabulary};
use jiff::civil::date;

const REST: &str =
    "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";

const PROMPT: &str = "prompt = true";

/// Each letter is a fact that has to be "yes", or "no" after a `!`.
fn condition(facts: &str) -> String {
    let test = |fact: &str| match fact.strip_prefix('!') {
        Some(fact) => format!("{{ fact = \"{fact}\", is = false }}"),
        None => format!("{{ fact = \"{fact}\", is = true }}"),
    };
    let tests: Vec<String> = facts.split(' ').map(test).collect();
    format!("{{ all = [{}] }}", tests.join(", "))
}

/// A ruleset over the yes-no facts that are named: what never is, and rules with what they give.
fn ruleset(never: &[&str], rules: &[(&str, &str)]) -> Ruleset {
    let written = never.iter().chain(rules.iter().map(|(facts, _)| facts));
    let named: BTreeSet<&str> = written
        .flat_map(|facts| facts.split(' '))
        .map(|fact| fact.trim_start_matches('!'))
        .collect();
    let facts = named.iter().map(|id| format!("{id} = \"yes-no\"\n"));
    let never = never.iter().enumerate().map(|(at, facts)| {
        let never = condition(facts);
        format!("[[constraint]]\nid = \"k{at}\"\nnever = {never}\nwords = \"w\"\n")
    });
    let rules = rules.iter().enumerate().map(|(at, (facts, then))| {
        let when = condition(facts);
        format!("[[rule]]\nid = \"r{at}\"\nwhen = {when}\nthen = {{ {then} }}\n{REST}")
    });
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\n{}{}{}\
         [[rule]]\nid = \"otherwise\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{REST}",
        facts.collect::<Vec<_>>().concat(),
        never.collect::<Vec<_>>().concat(),
        rules.collect::<Vec<_>>().concat(),
    );
    Ruleset::parse_over(&text, Vocabulary::Own).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What is known: `a` is yes, `!a` no, `?a` in conflict. Everything else is open.
fn state(program: &Program, known: &[&str]) -> State {
    let mut state = State::open(program);
    for written in known {
        let (cells, id) = match written.split_at(written.len() - 1) {
            ("?", id) => (0b11, id),
            ("!", id) => (0b01, id),
            (_, id) => (0b10, id),
        };
        state.set(program.fact(id).unwrap(), cells, cells == 0b11);
    }
    state
}

/// The terms of all rules but the default.
fn of_rules(program: &Program) -> TermSet {
    program.terms_of(0..program.rules.len() - 1)
}

fn plenty() -> Budget {
    Budget::steps(1_000)
}

/// `b` and `c` have to be "yes" by the later rules, and the first then holds wherever `a` does.
fn forced() -> Ruleset {
    let rules = ["a b c", "!b d", "!b !d", "!c e", "!c !e"];
    ruleset(&[], &rules.map(|facts| (facts, PROMPT)))
}

#[test]
fn what_is_known_or_in_conflict_is_no_way_out() {
    let made = forced();
    let program = made.program();
    let never = of_rules(program);
    for known in ["a", "?a"] {
        let state = state(program, &[known]);
        for found in [
            program.find(&state, &never, &mut plenty()),
            program.find_unbound(&state, &never, &mut plenty()),
        ] {
            assert_eq!(found, Found::Impossible, "{known}");
        }
    }
    let open = state(program, &[]);
    let Found::Witness(witness) = program.find(&open, &never, &mut plenty()) else {
        panic!("without a there is a way");
    };
    assert!(!program.holding(&witness).meets(&never));
}

#[test]
fn a_witness_settles_what_is_open_and_keeps_what_is_in_conflict() {
    let made = forced();
    let program = made.program();
    let case = state(program, &["?d", "b"]);
    let Found::Witness(witness) = program.find(&case, &program.no_terms(), &mut plenty()) else {
        panic!("nothing stands in the way");
    };
    for fact in 0..program.facts.len() {
        let settled = witness.possible(fact).is_power_of_two();
        assert_eq!(settled, !case.is_conflict(fact), "{fact}");
        assert_eq!(witness.is_conflict(fact), case.is_conflict(fact));
        assert_eq!(witness.possible(fact) & !case.possible(fact), 0);
    }
}

#[test]
fn a_case_that_breaks_a_constraint_is_still_searched_for_its_rules() {
    let urgent = "urgency = \"urgent\", lead = \"D08\"";
    let made = ruleset(&["a b"], &[("a", urgent)]);
    let program = made.program();
    let case = state(program, &["a", "b"]);
    let found = program.find_unbound(&case, &of_rules(program), &mut plenty());
    assert_eq!(found, Found::Impossible);
    assert!(matches!(
        program.find_unbound(&case, &program.no_terms(), &mut plenty()),
        Found::Witness(_)
    ));
    let turned = program.turn_out(&case);
    let urgency = Exact::new(program, &case, &turned, plenty()).urgency();
    assert_eq!(
        (urgency.possible, urgency.exact),
        (vec![Urgency::Urgent], true)
    );
}

#[test]
fn a_completion_that_is_near_the_lowest_costs_one_step() {
    // The lowest answers make both rules hold; `a` and `c` are known, so `b` and `d` have to give.
    let made = ruleset(&["!d e"], &[("a !b", PROMPT), ("c !d", PROMPT)]);
    let program = made.program();
    let case = state(program, &["a", "c", "e"]);
    let mut budget = Budget::steps(1);
    let Found::Witness(witness) = program.find(&case, &of_rules(program), &mut budget) else {
        panic!("one step is enough");
    };
    assert_eq!(budget.left(), 0);
    let holding = program.holding(&witness);
    assert!(program.admits(&holding) && !holding.meets(&of_rules(program)));
}

#[test]
fn a_budget_counts_down_to_nothing_and_then_nothing_is_found() {
    let made = ruleset(&[], &[("a", PROMPT)]);
    let program = made.program();
    let (open, none) = (State::open(program), program.no_terms());
    let mut budget = Budget::steps(3);
    for left in [2, 1, 0] {
        assert!(matches!(
            program.find(&open, &none, &mut budget),
            Found::Witness(_)
        ));
        assert_eq!(budget.left(), left);
    }
    assert_eq!(program.find(&open, &none, &mut budget), Found::OutOfBudget);
    assert_eq!(budget.left(), 0);
}

#[test]
fn what_surely_holds_is_known_without_a_search() {
    let made = ruleset(&[], &[("a", PROMPT)]);
    let program = made.program();
    let case = state(program, &["a"]);
    let turned = program.turn_out(&case);
    let mut exact = Exact::new(program, &case, &turned, Budget::steps(0));
    assert_eq!(exact.any_of(&of_rules(program)), (Truth::True, true));
}

#[test]
fn a_part_is_exact_only_when_both_that_it_can_hold_and_that_it_can_fail_are_known() {
    let made = ruleset(&[], &[("a", PROMPT)]);
    let program = made.program();
    let open = State::open(program);
    let turned = program.turn_out(&open);
    // One step finds a completion in which the rule fails, and none is left for the other half.
    let mut exact = Exact::new(program, &open, &turned, Budget::steps(1));
    assert_eq!(exact.any_of(&of_rules(program)), (Truth::Open, false));
    let mut exact = Exact::new(program, &open, &turned, plenty());
    assert_eq!(exact.any_of(&of_rules(program)), (Truth::Open, true));
}

#[test]
fn what_few_facts_can_prevent_is_tried_before_what_many_can() {
    // Of the last four one always holds. The others have nothing to do with them.
    let loose: Vec<String> = (0..12).map(|at| format!("p{at} q{at} r{at}")).collect();
    let tight = ["x y", "x !y", "!x y", "!x !y"].map(str::to_owned);
    let all = loose.iter().chain(&tight);
    let rules: Vec<(&str, &str)> = all.map(|facts| (facts.as_str(), PROMPT)).collect();
    let made = ruleset(&[], &rules);
    let program = made.program();
    let found = program.find(
        &State::open(program),
        &of_rules(program),
        &mut Budget::steps(20),
    );
    assert_eq!(found, Found::Impossible);
}

/// Nine facts of which no two may have the same of eight values once `x` is "yes", which no search
/// shows to be impossible in 20,000 steps; and a rule that needs it.
fn crowded() -> Ruleset {
    let places: Vec<String> = (0..8).map(|at| format!("\"h{at}\"")).collect();
    let facts: Vec<String> = (0..9)
        .map(|at| {
            format!(
                "p{at} = {{ type = \"choice\", of = [{}] }}\n",
                places.join(", ")
            )
        })
        .collect();
    let pairs = (0..9).flat_map(|one| (0..one).map(move |other| (one, other)));
    let never: Vec<String> = pairs
        .flat_map(|(one, other)| places.iter().map(move |place| (one, other, place)))
        .map(|(one, other, place)| {
            format!(
                "[[constraint]]\nid = \"k{one}-{other}-{}\"\nnever = {{ all = [{{ fact = \"x\", is = true }}, {{ fact = \"p{one}\", is = {place} }}, {{ fact = \"p{other}\", is = {place} }}] }}\nwords = \"w\"\n",
                place.trim_matches('"')
            )
        })
        .collect();
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\nx = \"yes-no\"\n{}{}\
         [[rule]]\nid = \"r\"\nwhen = {{ fact = \"x\", is = true }}\nthen = {{ urgency = \"urgent\", lead = \"D08\", prompt = true }}\n{REST}\
         [[rule]]\nid = \"otherwise\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{REST}",
        facts.concat(),
        never.concat(),
    );
    Ruleset::parse_over(&text, Vocabulary::Own).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_part_whose_search_is_given_up_says_so_and_is_not_settled() {
    let ruleset = crowded();
    let day = date(2026, 11, 24);
    let made = evaluate(&ruleset, &Facts::from_known([], Some(44), day), day);
    assert_eq!((made.urgency.exact, made.urgency.settled), (false, false));
    assert_eq!(made.urgency.possible, [Urgency::Urgent, Urgency::Routine]);
    assert_eq!((made.lead.exact, made.lead.settled), (false, false));
    assert_eq!((made.prompts.exact, made.prompts.settled), (false, false));
    // What no rule hangs on is known for all that.
    assert_eq!((made.strands.exact, made.strands.settled), (true, true));
}

#[test]
fn what_has_one_way_out_is_decided_before_anything_is_tried() {
    // `a` has to be "no", which settles the first, and then one of the last four always holds.
    let rules = ["a b", "a", "!a x y", "!a x !y", "!a !x y", "!a !x !y"];
    let made = ruleset(&[], &rules.map(|facts| (facts, PROMPT)));
    let program = made.program();
    let open = State::open(program);
    let found = program.find(&open, &of_rules(program), &mut plenty());
    assert_eq!(found, Found::Impossible);
}

#[test]
fn a_rule_holds_in_a_completion_when_it_does_in_some_reading_of_the_conflicts() {
    let made = ruleset(&[], &[("a b", PROMPT), ("!a b", PROMPT), ("a !b", PROMPT)]);
    let program = made.program();
    let held = |known: &[&str]| -> Vec<bool> {
        let holding = program.holding(&state(program, known));
        (0..3)
            .map(|rule| holding.meets(&program.terms_of([rule])))
            .collect()
    };
    assert_eq!(held(&["?a", "b"]), [true, true, false]);
    assert_eq!(held(&["a", "?b"]), [true, false, true]);
    assert_eq!(held(&["!a", "b"]), [false, true, false]);
}
