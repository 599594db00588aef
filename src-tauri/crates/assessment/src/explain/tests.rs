//! Explanations against brute force, over small random rulesets.

use proptest::prelude::*;

use super::case::{Case, surely_holds};
use super::trial::{Altered, Trials};
use super::{About, what_would_change, why};
use crate::answer::Unanswered;
use crate::engine::{Program, State};
use crate::fact::{Fact, FactId, FactValue, Facts, Known};
use crate::proposal::evaluate;
use crate::ruleset::{Ruleset, Urgency, Vocabulary};
use crate::vignette::Vignette;

const ON: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

/// Five facts of each type. The first number and the last yes-or-no are fixed.
const FACTS: &str = r#"
a = "yes-no"
b = "yes-no"
c = { type = "choice", of = ["red", "green", "blue"] }
n = { type = "number", from = 0, to = 9, whole = true }
z = { type = "yes-no", fixed = true }
"#;

fn test() -> impl Strategy<Value = String> {
    prop_oneof![
        (prop::sample::select(vec!["a", "b", "z"]), any::<bool>())
            .prop_map(|(fact, value)| format!("{{ fact = \"{fact}\", is = {value} }}")),
        prop::sample::select(vec!["red", "green", "blue"])
            .prop_map(|value| format!("{{ fact = \"c\", is = \"{value}\" }}")),
        (prop::sample::select(vec!["at-least", "below"]), 2..8_i64)
            .prop_map(|(test, limit)| format!("{{ fact = \"n\", {test} = {limit} }}")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let join = prop::sample::select(vec!["all", "any", "all", "none"]);
    (join, prop::collection::vec(test(), 1..4))
        .prop_map(|(join, tests)| format!("{{ {join} = [{}] }}", tests.join(", ")))
}

/// Rules in the order of urgency, as the reader asks for, and a constraint or none.
fn ruleset() -> impl Strategy<Value = Ruleset> {
    let urgency = prop::sample::select(vec!["emergency", "same-day", "urgent", "soon"]);
    let rules = prop::collection::vec((urgency, 1..5_u8, condition()), 1..6);
    let constraint = prop::option::of((any::<bool>(), any::<bool>()));
    (rules, constraint).prop_map(|(mut rules, constraint)| {
        let order = ["emergency", "same-day", "urgent", "soon"];
        rules.sort_by_key(|(urgency, ..)| order.iter().position(|it| it == urgency));
        let mut text = format!("id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]{FACTS}");
        if let Some((a, b)) = constraint {
            let never = format!(
                "[[constraint]]\nid = \"tied\"\nnever = {{ all = [{{ fact = \"a\", is = {a} }}, {{ fact = \"b\", is = {b} }}] }}\nwords = \"w\"\n"
            );
            text += &never;
        }
        for (at, (urgency, lead, when)) in rules.iter().enumerate() {
            text += &rule(&format!("r{at}"), &format!("when = {when}"), urgency, *lead);
        }
        text += &rule("default", "default = true", "routine", 9);
        Ruleset::parse_over(&text, Vocabulary::Own).unwrap()
    })
}

fn rule(id: &str, when: &str, urgency: &str, lead: u8) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\n{when}\nthen = {{ urgency = \"{urgency}\", lead = \"D0{lead}\" }}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
    )
}

fn value(fact: &'static str) -> BoxedStrategy<FactValue> {
    match fact {
        "c" => prop::sample::select(vec!["red", "green", "blue"])
            .prop_map(|it| FactValue::Choice(it.into()))
            .boxed(),
        "n" => (0..10_i64)
            .prop_map(|it| FactValue::Number(it.into()))
            .boxed(),
        _ => any::<bool>().prop_map(FactValue::Bool).boxed(),
    }
}

fn facts_of(known: Vec<(&'static str, Known)>) -> Facts {
    let known = known.into_iter();
    let known = known.map(|(id, known)| (FactId::new(id), Fact::settled(known)));
    Facts::from_known(known, Some(40), ON)
}

/// Every fact has a value.
fn complete() -> impl Strategy<Value = Facts> {
    let of = |fact| value(fact).prop_map(move |it| (fact, Known::Is(it)));
    (of("a"), of("b"), of("c"), of("n"), of("z"))
        .prop_map(|(a, b, c, n, z)| facts_of(vec![a, b, c, n, z]))
}

/// Some facts are open, and some in conflict.
fn partial() -> impl Strategy<Value = Facts> {
    let of = |fact| {
        let two = prop::collection::vec(value(fact), 2);
        prop_oneof![
            3 => value(fact).prop_map(Known::Is),
            1 => Just(Known::Open(Unanswered::NotAsked)),
            1 => two.prop_map(Known::Conflict),
        ]
        .prop_map(move |it| (fact, it))
    };
    (of("a"), of("b"), of("c"), of("n"), of("z"))
        .prop_map(|(a, b, c, n, z)| facts_of(vec![a, b, c, n, z]))
}

fn is_possible(program: &Program, state: &State) -> bool {
    let mut never = program.constraints.clone();
    !never.any(|term| surely_holds(state, &program.terms[term].needs))
}

/// What comes of complete cells, by firing them.
fn outcome(program: &Program, state: &State) -> (Urgency, Option<crate::ruleset::Disposition>) {
    let mut holding = program.no_terms();
    program.fire(&state.lowest(), &mut holding);
    let made = program.outcome(&holding);
    (made.urgency, made.lead)
}

/// Every change of so many facts that are not fixed, to one cell each.
fn all_changes(case: &Case<'_>, facts: usize) -> Vec<Altered> {
    let mut made = vec![Altered::new()];
    for _ in 0..facts {
        let mut longer = Vec::new();
        for altered in &made {
            let after = altered.last().map_or(0, |it| it.0 + 1);
            for (fact, cells) in case.program().facts.iter().enumerate().skip(after) {
                for cell in (0..cells.cells.len()).map(|at| 1_u64 << at) {
                    if !cells.fixed && case.state.possible(fact) != cell {
                        let mut more = altered.clone();
                        more.push((fact, cell));
                        longer.push(more);
                    }
                }
            }
        }
        made = longer;
    }
    made
}

/// The case with each cell that a change allows, one at a time.
fn completions(case: &Case<'_>, altered: &[(usize, u64)]) -> Vec<State> {
    let mut made = vec![case.state.clone()];
    for &(fact, cells) in altered {
        let bits = (0..64).map(|at| 1_u64 << at).filter(|bit| cells & bit != 0);
        let with = |state: &State, bit: u64| {
            let mut state = state.clone();
            state.set(fact, bit, false);
            state
        };
        made = bits
            .flat_map(|bit| made.iter().map(move |it| with(it, bit)).collect::<Vec<_>>())
            .collect();
    }
    made
}

/// What a change leads to: with the facts that follow, and one outcome whichever cell it is.
fn led_to(
    case: &Case<'_>,
    altered: &[(usize, u64)],
) -> Result<(Urgency, Option<crate::ruleset::Disposition>), TestCaseError> {
    let trial = case.tried(altered, &mut Trials::at_most(1)).unwrap();
    let mut outcomes = Vec::new();
    for mut state in completions(case, altered) {
        for &fact in &trial.followed {
            state.set(fact, trial.state.possible(fact), false);
        }
        prop_assert!(
            is_possible(case.program(), &state),
            "{altered:?} breaks a constraint"
        );
        outcomes.push(outcome(case.program(), &state));
    }
    outcomes.dedup();
    prop_assert_eq!(outcomes.len(), 1, "{:?} leads to several", altered);
    Ok(outcomes[0])
}

/// That changes are true, smallest and of nothing fixed.
fn are_right(
    case: &Case<'_>,
    changes: &[Altered],
    reached: impl Fn((Urgency, Option<crate::ruleset::Disposition>)) -> bool,
) -> Result<(), TestCaseError> {
    for altered in changes {
        prop_assert!(
            reached(led_to(case, altered)?),
            "{altered:?} changes nothing"
        );
        for &(fact, cells) in altered {
            prop_assert!(!case.program().facts[fact].fixed, "a fixed fact is varied");
            prop_assert_eq!(case.state.possible(fact) & cells, 0, "it is so already");
        }
        for left_out in 0..altered.len() {
            let mut less = altered.clone();
            less.remove(left_out);
            for state in completions(case, &less) {
                let possible = is_possible(case.program(), &state);
                let same =
                    less.is_empty() || !possible || !reached(outcome(case.program(), &state));
                prop_assert!(same, "{less:?} would do for {altered:?}");
            }
        }
    }
    Ok(())
}

/// The fewest facts that reach a goal with no constraint broken and nothing following.
fn fewest(
    case: &Case<'_>,
    reached: impl Fn((Urgency, Option<crate::ruleset::Disposition>)) -> bool,
) -> Option<usize> {
    (1..=3).find(|facts| {
        all_changes(case, *facts).iter().any(|altered| {
            let state = completions(case, altered).remove(0);
            is_possible(case.program(), &state) && reached(outcome(case.program(), &state))
        })
    })
}

const ALL: usize = 100;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_raises_is_true_and_smallest_and_found_when_there_is_any(rules in ruleset(), facts in complete()) {
        let case = Case::new(&rules, &facts);
        prop_assume!(is_possible(case.program(), &case.state));
        let now = outcome(case.program(), &case.state).0;
        let raised = |it: (Urgency, _)| it.0 < now;
        let mut trials = Trials::at_most(100_000);
        let found = case.raises(ALL, &mut trials).changes;
        are_right(&case, &found, raised)?;
        if rules.constraints.is_empty() {
            prop_assert_eq!(found.iter().map(Vec::len).min(), fewest(&case, raised));
        }
    }

    #[test]
    fn what_lowers_is_true_and_smallest_and_found_when_there_is_any(rules in ruleset(), facts in complete()) {
        let case = Case::new(&rules, &facts);
        prop_assume!(is_possible(case.program(), &case.state));
        let now = outcome(case.program(), &case.state).0;
        let lowered = |it: (Urgency, _)| it.0 > now;
        let mut trials = Trials::at_most(100_000);
        let found = case.lowers(ALL, &mut trials);
        are_right(&case, &found, lowered)?;
        if rules.constraints.is_empty() {
            prop_assert_eq!(found.iter().map(Vec::len).min(), fewest(&case, lowered));
        }
    }

    #[test]
    fn another_lead_comes_with_the_same_urgency(rules in ruleset(), facts in complete()) {
        let case = Case::new(&rules, &facts);
        prop_assume!(is_possible(case.program(), &case.state));
        let (urgency, lead) = outcome(case.program(), &case.state);
        let mut trials = Trials::at_most(100_000);
        let found = case.other_leads(ALL, &mut trials);
        are_right(&case, &found, |it| it.1 != lead && it.0 == urgency)?;
    }

    #[test]
    fn past_its_trials_a_change_is_still_true(rules in ruleset(), facts in complete(), trials in 0..40_u32) {
        let case = Case::new(&rules, &facts);
        prop_assume!(is_possible(case.program(), &case.state));
        let now = outcome(case.program(), &case.state).0;
        for altered in case.raises(ALL, &mut Trials::at_most(trials)).changes {
            prop_assert!(led_to(&case, &altered)?.0 < now);
        }
        for altered in case.lowers(ALL, &mut Trials::at_most(trials)) {
            prop_assert!(led_to(&case, &altered)?.0 > now);
        }
    }

    #[test]
    fn the_findings_named_suffice_whatever_the_rest_turns_out_to_be(rules in ruleset(), facts in partial()) {
        let made = evaluate(&rules, &facts, ON);
        let Some(&urgency) = made.urgency.value() else { return Ok(()) };
        let why = why(&rules, &facts, &About::Urgency(urgency));
        prop_assert!(why.is_some(), "settled, and not explained");
        let why = why.unwrap();
        let kept = facts.all().filter(|(id, _)| why.findings.iter().any(|it| it.fact == **id));
        let kept: Vec<_> = kept.map(|(id, fact)| (id.clone(), fact.clone())).collect();
        let only = evaluate(&rules, &Facts::from_known(kept, Some(40), ON), ON);
        prop_assert!(
            only.urgency.possible.iter().all(|it| *it <= urgency),
            "{:?} from {:?}", only.urgency.possible, why.findings
        );
    }
}

#[test]
fn no_change_touches_what_was_said_or_decided_about_safety_or_speaks_of_a_dose_to_reach() {
    for vignette in Vignette::shipped() {
        let found = what_would_change(Ruleset::shipped(), &vignette.facts());
        let all = found.raises.iter().chain(&found.lowers).chain(&found.lead);
        for change in all {
            let words = change.words.to_lowercase();
            for banned in ["taper", "reduce by", "reduce to", "switch", "lower the"] {
                assert!(!words.contains(banned), "{}: {words}", vignette.id);
            }
            for altered in change.alterations.iter().chain(&change.with_them) {
                let fact = altered.fact.as_str();
                let decided = [
                    "self-harm-decision",
                    "self-harm-raised",
                    "safety-seen-again",
                ];
                assert!(!decided.contains(&fact), "{}: {words}", vignette.id);
            }
        }
    }
}

#[test]
fn every_settled_vignette_is_explained_by_few_findings_and_searched_to_the_end() {
    for vignette in Vignette::shipped() {
        let facts = vignette.facts();
        let made = evaluate(Ruleset::shipped(), &facts, Vignette::ON);
        if let Some(urgency) = made.urgency.value() {
            let why = why(Ruleset::shipped(), &facts, &About::Urgency(*urgency));
            let why = why.unwrap_or_else(|| panic!("{} is not explained", vignette.id));
            assert!(
                why.findings.len() <= 8,
                "{}: {:?}",
                vignette.id,
                why.findings
            );
        }
        assert!(
            what_would_change(Ruleset::shipped(), &facts).exact,
            "{}",
            vignette.id
        );
    }
}
