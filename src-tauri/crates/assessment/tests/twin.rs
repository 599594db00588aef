//! A case and another beside it: which pairs the twin of a program allows, against the sentence
//! that says so.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::engine::Program;
use assessment::ruleset::{Ruleset, Vocabulary};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

const REST: &str =
    "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n";

/// Three yes-no facts and a choice, in the order in which a program keeps them.
const FACTS: &str = "a = \"yes-no\"\nb = \"yes-no\"\nc = \"yes-no\"\nd = { type = \"choice\", of = [\"x\", \"y\", \"z\"] }\n";
const VALUES: [u8; 4] = [2, 2, 2, 3];

/// For some facts, the values that fit, as bits. A yes-no fact has "no" first.
type Needs = Vec<(usize, u64)>;

/// A value for each fact.
type Values = Vec<u8>;

fn needs() -> impl Strategy<Value = Needs> {
    let fact = |values: u8| prop::option::of(1..(1_u64 << values) - 1);
    VALUES
        .map(fact)
        .prop_map(|asked| {
            let facts = asked.into_iter().enumerate();
            facts
                .filter_map(|(fact, fits)| Some((fact, fits?)))
                .collect()
        })
        .prop_filter("something is asked", |needs: &Needs| !needs.is_empty())
}

fn condition(needs: &Needs) -> String {
    let test = |(fact, fits): &(usize, u64)| match fact {
        3 => {
            let options = ["x", "y", "z"].into_iter().enumerate();
            let fitting: Vec<&str> = options
                .filter(|(at, _)| fits >> at & 1 == 1)
                .map(|(_, option)| option)
                .collect();
            format!("{{ fact = \"d\", in = {fitting:?} }}")
        }
        yes_no => {
            let id = ["a", "b", "c"][*yes_no];
            format!("{{ fact = \"{id}\", is = {} }}", *fits == 2)
        }
    };
    let tests: Vec<String> = needs.iter().map(test).collect();
    format!("{{ all = [{}] }}", tests.join(", "))
}

fn ruleset(facts: &str, never: &[String], when: &str) -> Ruleset {
    let constraints: Vec<String> = never
        .iter()
        .enumerate()
        .map(|(at, never)| {
            format!("[[constraint]]\nid = \"k{at}\"\nnever = {never}\nwords = \"w\"\n")
        })
        .collect();
    let text = format!(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\n{facts}{}\
         [[rule]]\nid = \"r\"\nwhen = {when}\nthen = {{ prompt = true }}\n{REST}\
         [[rule]]\nid = \"d\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{REST}",
        constraints.concat()
    );
    Ruleset::parse_over(&text, Vocabulary::Own).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn holds(needs: &[(usize, u64)], values: &[u8]) -> bool {
    needs
        .iter()
        .all(|(fact, fits)| fits >> values[*fact] & 1 == 1)
}

/// Whether one case may stand beside another: the sentence on `Program::twin`.
fn may_stand_beside(never: &[Needs], differs: &[usize], case: &[u8], beside: &[u8]) -> bool {
    let possible = |values: &[u8]| !never.iter().any(|it| holds(it, values));
    let follows = |(at, &fact): (usize, &usize)| {
        let names = |it: &Needs, fact: &usize| it.iter().any(|need| need.0 == *fact);
        let later = &differs[at + 1..];
        // The case with only this fact as it is beside it.
        let mut moved = case.to_vec();
        moved[fact] = beside[fact];
        let ruled_out = never
            .iter()
            .filter(|it| names(it, &fact) && !later.iter().any(|other| names(it, other)))
            .any(|it| holds(it, &moved));
        case[fact] == beside[fact] || ruled_out
    };
    let mut following = differs.iter().enumerate().skip(1);
    possible(case) && possible(beside) && following.all(follows)
}

/// Every way to give some facts values, the others staying as they are.
fn every_choice(facts: &[usize], values: &[u8]) -> Vec<Values> {
    facts.iter().fold(vec![values.to_vec()], |made, fact| {
        let of = |begun: &Values| -> Vec<Values> {
            let value = |value| {
                let mut other = begun.clone();
                other[*fact] = value;
                other
            };
            (0..VALUES[*fact]).map(value).collect()
        };
        made.iter().flat_map(of).collect()
    })
}

/// The cells of a pair in the twin: those of the case, and those that differ beside it.
fn pair(differs: &[usize], case: &[u8], beside: &[u8]) -> Values {
    let other = differs.iter().map(|fact| beside[*fact]);
    case.iter().copied().chain(other).collect()
}

fn allows(twin: &Program, cells: &[u8]) -> bool {
    let mut holding = twin.no_terms();
    twin.fire(cells, &mut holding);
    twin.admits(&holding)
}

fn kept() -> ProptestConfig {
    let kept = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        failure_persistence: Some(Box::new(kept)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(kept())]

    #[test]
    fn a_twin_allows_the_pairs_in_which_what_follows_changes_only_where_it_is_ruled_out(
        never in prop::collection::vec(needs(), 0..5),
        when in needs(),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        differing in 1..5_usize,
    ) {
        let differs = &order[..differing];
        let conditions: Vec<String> = never.iter().map(condition).collect();
        let ruleset = ruleset(FACTS, &conditions, &condition(&when));
        let (program, twin) = (ruleset.program(), ruleset.program().twin(differs));
        let own = &program.terms[program.rules[0].start].needs;
        let moved = program.beside(differs, own);
        for case in every_choice(&[0, 1, 2, 3], &[0; 4]) {
            for beside in every_choice(differs, &case) {
                let cells = pair(differs, &case, &beside);
                let expected = may_stand_beside(&never, differs, &case, &beside);
                prop_assert_eq!(allows(&twin, &cells), expected, "{:?} {:?}", case, beside);
                // A rule is the case's own, and can be asked of the one beside it.
                let mut holding = twin.no_terms();
                twin.fire(&cells, &mut holding);
                prop_assert_eq!(holding.contains(program.rules[0].start), holds(&when, &case));
                prop_assert_eq!(holds(&moved, &cells), holds(&when, &beside));
            }
        }
    }
}

/// A fact `f` that follows `s`, and so many constraints that each rule "yes" out where both facts
/// of a pair of its own are "yes": each doubles the ways in which "yes" is not ruled out.
fn doubled(times: usize) -> Ruleset {
    let ids: Vec<String> = (0..2 * times).map(|at| format!("g{at:02}")).collect();
    let facts: Vec<String> = ["f".to_owned(), "s".to_owned()]
        .iter()
        .chain(&ids)
        .map(|id| format!("{id} = \"yes-no\"\n"))
        .collect();
    let yes = |id: &str| format!("{{ fact = \"{id}\", is = true }}");
    let never: Vec<String> = ids
        .chunks(2)
        .map(|two| {
            format!(
                "{{ all = [{}, {}, {}] }}",
                yes("f"),
                yes(&two[0]),
                yes(&two[1])
            )
        })
        .collect();
    ruleset(&facts.concat(), &never, &yes("s"))
}

#[test]
fn past_256_combinations_a_fact_that_follows_may_change_in_any_case() {
    for (times, may_change) in [(1, false), (7, false), (8, false), (9, true)] {
        let ruleset = doubled(times);
        let program = ruleset.program();
        let differs = ["s", "f"].map(|id| program.fact(id).unwrap());
        let case = vec![0; program.facts.len()];
        let mut beside = case.clone();
        beside[differs[1]] = 1;
        let cells = pair(&differs, &case, &beside);
        assert_eq!(
            allows(&program.twin(&differs), &cells),
            may_change,
            "{times}"
        );
    }
}
