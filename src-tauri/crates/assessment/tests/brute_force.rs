//! The engine and the proof against trying everything, on small rulesets made up at random.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/made_up.rs"]
mod made_up;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use assessment::answer::Unanswered;
use assessment::engine::{Budget, Exact};
use assessment::fact::{Fact, FactValue, Facts, Known};
use assessment::proof::{Counterexample, Kind, Report, check};
use assessment::ruleset::{ClaimTest, Disposition, Impossible, Rule, Ruleset, Truth, Urgency};
use assessment::vignette::Vignette;
use made_up::{
    Came, Values, allowed, every_assessment, every_choice, over_questions, read, text, values_of,
};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

fn kept() -> ProptestConfig {
    let kept = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        failure_persistence: Some(Box::new(kept)),
        ..ProptestConfig::default()
    }
}

/// Every assessment that the constraints allow, and what comes of it.
fn every_case(ruleset: &Ruleset) -> Vec<(Values, Came)> {
    let all = every_assessment(ruleset).into_iter();
    let allowed = all.filter(|values| allowed(ruleset, values));
    allowed
        .map(|values| {
            let came = Came::alone(ruleset, &values);
            (values, came)
        })
        .collect()
}

/// The rules of which, in every one of these cases, something is never so.
fn rules_without(
    ruleset: &Ruleset,
    about: impl Fn(&Rule) -> bool,
    so: impl Fn(usize, &Rule) -> bool,
) -> BTreeSet<String> {
    let rules = ruleset.rules.iter().enumerate();
    let failing = rules.filter(|(at, rule)| about(rule) && !so(*at, rule));
    failing.map(|(_, rule)| rule.id.clone()).collect()
}

fn dispositions(rule: &Rule) -> Vec<Disposition> {
    let lead = rule.then.lead.filter(|_| !rule.default);
    lead.into_iter()
        .chain(rule.then.also.iter().copied())
        .collect()
}

/// Whether a rule adds something in a case that no other firing rule adds.
fn adds_something(ruleset: &Ruleset, came: &Came, at: usize) -> bool {
    let rule = &ruleset.rules[at];
    let no_other = |adds: &dyn Fn(&Rule) -> bool| !came.others(ruleset, at).any(|(_, it)| adds(it));
    let first = !came
        .others(ruleset, at)
        .any(|(other, it)| other < at && it.then.lead.is_some());
    let urgent = rule.then.urgency.filter(|it| *it < Urgency::Routine);
    came.fired[at]
        && (rule.then.medicine_flag
            || (rule.then.lead.is_some() && first)
            || dispositions(rule)
                .iter()
                .any(|own| no_other(&|it| dispositions(it).contains(own)))
            || rule
                .then
                .strands
                .iter()
                .any(|own| no_other(&|it| it.then.strands.contains(own)))
            || urgent.is_some_and(|own| {
                no_other(&|it| it.then.urgency.is_some_and(|other| other <= own))
            }))
}

/// Whether a case breaks a claim.
fn breaks(ruleset: &Ruleset, values: &Values, came: &Came, never: &[ClaimTest]) -> bool {
    never.iter().all(|test| match test {
        ClaimTest::Facts(condition) => condition.holds(values),
        ClaimTest::Fires(rule) => came.fired[*rule],
        ClaimTest::Lead(lead) => came.lead == Some(*lead),
        ClaimTest::Disposition(wanted) => {
            let firing = ruleset.rules.iter().zip(&came.fired).filter(|(_, it)| **it);
            came.lead == Some(*wanted)
                || firing
                    .map(|(rule, _)| rule)
                    .any(|rule| dispositions(rule).contains(wanted))
        }
        ClaimTest::Urgency(urgency) => came.urgency == *urgency,
        ClaimTest::LessUrgentThan(urgency) => came.urgency > *urgency,
    })
}

/// What the proof found fault with, by name.
fn faults(report: &Report, kind: Kind) -> BTreeSet<String> {
    let of_kind = report.obligations.iter().filter(|it| it.kind == kind);
    of_kind
        .flat_map(|it| &it.failures)
        .map(|failure| failure.about.clone())
        .collect()
}

/// A counterexample in full: it is one of the assessments that the constraints allow.
fn told(ruleset: &Ruleset, shown: &Counterexample) -> Values {
    let value = |(at, fact): (usize, &assessment::ruleset::FactDeclaration)| {
        let told = shown.facts.iter().find(|(id, _)| *id == fact.id);
        match told.map(|(_, known)| known) {
            Some(Known::Is(value)) => Some(value.clone()),
            Some(other) => panic!("{other:?} is no value"),
            // Nothing tells its values apart.
            None => values_of(ruleset, at).first().cloned(),
        }
    };
    let values: Values = ruleset.facts.iter().enumerate().map(value).collect();
    assert!(allowed(ruleset, &values), "{shown}");
    values
}

fn every_counterexample_shows_its_fault(ruleset: &Ruleset, report: &Report) {
    for obligation in &report.obligations {
        for failure in &obligation.failures {
            let Some(shown) = &failure.counterexample else {
                assert_eq!(obligation.kind, Kind::Possible);
                continue;
            };
            let values = told(ruleset, shown);
            let came = Came::alone(ruleset, &values);
            let at = ruleset.rules.iter().position(|it| it.id == failure.about);
            match obligation.kind {
                Kind::NotDead => assert!(!came.fired[at.unwrap()], "{shown}"),
                Kind::NotShadowed => {
                    assert!(came.fired[at.unwrap()], "{shown}");
                    assert_ne!(came.lead, shown.expect.lead, "{shown}");
                }
                Kind::NoContradiction => {
                    assert!(came.fired[at.unwrap()], "{shown}");
                    assert!(Some(came.urgency) < shown.expect.urgency, "{shown}");
                }
                Kind::Effect => assert!(came.fired[at.unwrap()], "{shown}"),
                Kind::Claim => {
                    let claim = ruleset.claims.iter().find(|it| it.id == failure.about);
                    assert!(
                        breaks(ruleset, &values, &came, &claim.unwrap().never),
                        "{shown}"
                    );
                }
                other => panic!("{other:?} cannot fail here: {shown}"),
            }
        }
    }
}

/// What is known of a fact of a made-up ruleset: its value, nothing, or several in conflict.
fn known_of(ruleset: &Ruleset, fact: usize, pick: u16) -> Known {
    let values = values_of(ruleset, fact);
    let value = |at: u16| values[usize::from(at) % values.len()].clone();
    // Of two numbers of which one is never less, the engine keeps the cells and not the values,
    // so that a value known of one does not reach the other: there both are left open.
    let ordered = ruleset
        .constraints
        .iter()
        .any(|it| matches!(it.never, Impossible::Less { .. }));
    if ordered && matches!(values[0], FactValue::Number(_)) {
        return Known::Open(Unanswered::NotAsked);
    }
    match pick % 8 {
        0..3 => Known::Open(Unanswered::NotAsked),
        3 if value(pick / 8) != value(pick / 8 + 1) => {
            Known::Conflict(vec![value(pick / 8), value(pick / 8 + 1)])
        }
        4 => match (value(pick / 8), value(pick / 64)) {
            (FactValue::Number(one), FactValue::Number(other)) => {
                Known::between(one.min(other), one.max(other))
            }
            (value, _) => Known::Is(value),
        },
        _ => Known::Is(value(pick / 8)),
    }
}

/// Every completion of what is known, each as its readings: one for each way to settle the
/// conflicts.
fn completions(ruleset: &Ruleset, known: &[Known]) -> Vec<Vec<Values>> {
    let open: Vec<Vec<FactValue>> = known
        .iter()
        .enumerate()
        .map(|(fact, known)| match known {
            Known::Is(value) => vec![value.clone()],
            // Its values are put in afterwards, reading by reading.
            Known::Conflict(values) => vec![values[0].clone()],
            Known::Between { lowest, highest } => {
                let within = |it: &FactValue| match it {
                    FactValue::Number(it) => *it >= lowest.unwrap() && *it <= highest.unwrap(),
                    _ => false,
                };
                values_of(ruleset, fact)
                    .into_iter()
                    .filter(within)
                    .collect()
            }
            _ => values_of(ruleset, fact),
        })
        .collect();
    let read = |completion: Values| -> Vec<Values> {
        let of = known
            .iter()
            .zip(&completion)
            .map(|(known, value)| match known {
                Known::Conflict(values) => values.clone(),
                _ => value.iter().cloned().collect(),
            });
        every_choice(&of.collect::<Vec<_>>())
    };
    every_choice(&open).into_iter().map(read).collect()
}

/// A completion is ruled out when a constraint is broken in every reading of the conflicts.
fn ruled_out(ruleset: &Ruleset, readings: &[Values]) -> bool {
    let broken = |one: &assessment::ruleset::Constraint, values: &Values| match &one.never {
        Impossible::When(when) => when.holds(values),
        Impossible::Less { more, less } => values[*more] < values[*less],
    };
    let mut constraints = ruleset.constraints.iter();
    constraints.any(|it| readings.iter().all(|values| broken(it, values)))
}

/// Every assessment over questions that the gate and the constraints allow.
fn every_asked_case(ruleset: &Ruleset) -> Vec<(Values, Came)> {
    let place = |id: &str| ruleset.program().fact(id).unwrap();
    let (device, fever) = (place("implanted-device"), place("device-fever"));
    let mut all = every_assessment(ruleset);
    for values in &mut all {
        if values[device] != Some(FactValue::Bool(true)) {
            values[fever] = None;
        }
    }
    all.retain(|values| allowed(ruleset, values));
    all.into_iter()
        .map(|values| {
            let came = Came::alone(ruleset, &values);
            (values, came)
        })
        .collect()
}

/// The urgency of the rule that gives the lead.
fn of_the_lead(ruleset: &Ruleset, came: &Came) -> Urgency {
    let mut firing = ruleset.rules.iter().zip(&came.fired).filter(|(_, it)| **it);
    let leading = firing.find(|(rule, _)| rule.then.lead.is_some());
    let urgency = leading.and_then(|(rule, _)| rule.then.urgency);
    urgency.unwrap_or(Urgency::Routine)
}

proptest! {
    #![proptest_config(kept())]

    /// A warning sign that lowers anything in any pair of assessments is found, and no other.
    #[test]
    fn the_proof_finds_the_warning_signs_that_lower_when_every_pair_is_tried(text in text()) {
        let ruleset = over_questions(&text);
        let report = check(&ruleset, &[]);
        let cases = every_asked_case(&ruleset);
        prop_assume!(!cases.is_empty());
        let by_values: HashMap<String, &Came> =
            cases.iter().map(|(values, came)| (format!("{values:?}"), came)).collect();
        let mut lowering = BTreeSet::new();
        for sign in ["infection-risk", "device-fever"] {
            let at = ruleset.program().fact(sign).unwrap();
            for (values, absent) in &cases {
                if values[at] != Some(FactValue::Bool(false)) {
                    continue;
                }
                let mut other = values.clone();
                other[at] = Some(FactValue::Bool(true));
                let Some(present) = by_values.get(&format!("{other:?}")) else {
                    continue;
                };
                let lead = of_the_lead(&ruleset, present) > of_the_lead(&ruleset, absent);
                if lead || present.urgency > absent.urgency {
                    lowering.insert(sign.to_owned());
                }
            }
        }
        prop_assert_eq!(faults(&report, Kind::Monotone), lowering);
        for obligation in report.obligations.iter().filter(|it| it.kind == Kind::Monotone) {
            for shown in obligation.failures.iter().filter_map(|it| it.counterexample.as_ref()) {
                let read = Vignette::parse("pair.toml", &shown.to_string()).unwrap();
                prop_assert!(!read[0].run(&ruleset).passed(), "{}", shown);
            }
        }
    }

    /// Dead, shadowed, useless and contradicted rules and broken claims are found, all of them
    /// and no others; and each counterexample shows its fault.
    #[test]
    fn the_proof_finds_the_faults_that_trying_every_assessment_finds(text in text()) {
        let ruleset = read(&text);
        let report = check(&ruleset, &[]);
        let cases = every_case(&ruleset);
        prop_assert!(report.obligations.iter().all(|it| it.not_shown.is_empty()));
        every_counterexample_shows_its_fault(&ruleset, &report);
        if cases.is_empty() {
            prop_assert_eq!(report.obligations.len(), 1);
            prop_assert_eq!(faults(&report, Kind::Possible).len(), 1);
            return Ok(());
        }
        let somewhere = |so: &dyn Fn(&Came) -> bool| cases.iter().any(|(_, came)| so(came));
        let dead = rules_without(&ruleset, |_| true, |at, _| somewhere(&|it| it.fired[at]));
        let living = |rule: &Rule| !dead.contains(&rule.id);
        let shadowed = rules_without(
            &ruleset,
            |rule| living(rule) && rule.then.lead.is_some(),
            |at, rule| somewhere(&|it| it.fired[at] && it.lead == rule.then.lead),
        );
        let contradicted = rules_without(
            &ruleset,
            |rule| living(rule) && rule.then.urgency.is_some(),
            |at, rule| somewhere(&|it| it.fired[at] && Some(it.urgency) == rule.then.urgency),
        );
        let useless = rules_without(
            &ruleset,
            living,
            |at, _| somewhere(&|it| adds_something(&ruleset, it, at)),
        );
        let broken = ruleset.claims.iter().filter(|claim| {
            cases.iter().any(|(values, came)| breaks(&ruleset, values, came, &claim.never))
        });
        let broken: BTreeSet<String> = broken.map(|claim| claim.id.clone()).collect();
        prop_assert_eq!(faults(&report, Kind::NotDead), dead);
        prop_assert_eq!(faults(&report, Kind::NotShadowed), shadowed);
        prop_assert_eq!(faults(&report, Kind::NoContradiction), contradicted);
        prop_assert_eq!(faults(&report, Kind::Effect), useless);
        prop_assert_eq!(faults(&report, Kind::Claim), broken);
    }

    /// What can still come of a case is exactly what comes of its completions.
    #[test]
    fn what_is_possible_is_what_some_completion_gives(
        text in text(),
        picks in prop::collection::vec(any::<u16>(), 6),
    ) {
        let ruleset = read(&text);
        let program = ruleset.program();
        let known: Vec<Known> =
            picks.iter().enumerate().map(|(fact, pick)| known_of(&ruleset, fact, *pick)).collect();
        let ids = ruleset.facts.iter().map(|fact| fact.id.clone());
        let facts = ids.zip(known.iter().cloned().map(Fact::settled));
        let facts = Facts::from_known(facts, Some(44), jiff::civil::date(2026, 11, 24));

        let mut all = completions(&ruleset, &known);
        if all.iter().any(|readings| !ruled_out(&ruleset, readings)) {
            all.retain(|readings| !ruled_out(&ruleset, readings));
        }
        let came: Vec<Came> = all
            .iter()
            .map(|readings| {
                let fires = |rule: &Arc<Rule>| readings.iter().any(|values| rule.when.holds(values));
                Came::of(&ruleset, ruleset.rules.iter().map(fires).collect())
            })
            .collect();
        let urgencies: BTreeSet<Urgency> = came.iter().map(|it| it.urgency).collect();
        let leads: BTreeSet<Disposition> = came.iter().filter_map(|it| it.lead).collect();

        let state = program.state(&facts);
        let turned = program.turn_out(&state);
        let mut exact = Exact::new(program, &state, &turned, Budget::steps(1_000_000));
        let (urgency, lead) = (exact.urgency(), exact.lead());
        prop_assert!(urgency.exact && lead.exact);
        prop_assert_eq!(urgency.possible.into_iter().collect::<BTreeSet<_>>(), urgencies);
        prop_assert_eq!(lead.possible.into_iter().collect::<BTreeSet<_>>(), leads);
        let truths = program.rule_truths(&turned);
        for (at, rule) in ruleset.rules.iter().enumerate() {
            let firing = came.iter().filter(|it| it.fired[at]).count();
            let expected = match firing {
                0 => Truth::False,
                all if all == came.len() => Truth::True,
                _ => Truth::Open,
            };
            let (truth, is_exact) = exact.any_of(&program.terms_of([at]));
            prop_assert!(is_exact);
            prop_assert_eq!(truth, expected, "{}", &rule.id);
            // Without a search less is known, and nothing that is wrong.
            match truths[at] {
                Truth::True | Truth::InConflict => prop_assert_eq!(expected, Truth::True),
                Truth::False => prop_assert_eq!(expected, Truth::False),
                Truth::Open => {}
            }
        }
    }
}
