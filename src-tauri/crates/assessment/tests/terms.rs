//! Which rules fire, however many there are, and into how many ways their conditions are put.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::engine::{Program, State, TermSet};
use assessment::ruleset::{Ruleset, Truth, Vocabulary};

const FACTS: usize = 12;

/// A ruleset over yes-no facts `f0` and on, a choice `c` and a number `n`.
fn ruleset(whens: &[String]) -> Ruleset {
    let mut parts = vec![String::from(
        "id = \"t\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"T\"\n[facts]\nn = \"number\"\nc = { type = \"choice\", of = [\"x\", \"y\", \"z\"] }\n",
    )];
    parts.extend((0..FACTS).map(|at| format!("f{at:02} = \"yes-no\"\n")));
    let whens = whens.iter().map(|when| format!("when = {when}"));
    for (at, when) in whens.chain(["default = true".to_owned()]).enumerate() {
        let then = if when.starts_with("default") {
            "{ urgency = \"routine\", lead = \"D15\" }"
        } else {
            "{ prompt = true }"
        };
        parts.push(format!(
            "[[rule]]\nid = \"r{at}\"\n{when}\nthen = {then}\nwords = \"w\"\ncitation = \"c\"\nmark = \"D\"\nowner = \"o\"\nreview = 2027-05-31\n"
        ));
    }
    Ruleset::parse_over(&parts.concat(), Vocabulary::Own).unwrap()
}

/// The rules that fire, by looking at each.
fn fired(program: &Program, cells: &[u8]) -> Vec<usize> {
    let mut holding = program.no_terms();
    program.fire(cells, &mut holding);
    let mut rules: Vec<usize> = holding
        .iter()
        .filter_map(|it| program.rule_of(it))
        .collect();
    rules.dedup();
    rules
}

#[test]
fn as_many_rules_as_there_are_each_fires_exactly_when_its_condition_holds() {
    // Each rule asks two different facts for an answer each, so no two rules are alike.
    let asked: Vec<[(usize, bool); 2]> = (0..FACTS)
        .flat_map(|a| (0..FACTS).filter(move |b| *b != a).map(move |b| (a, b)))
        .flat_map(|(a, b)| [true, false].map(|x| [true, false].map(|y| [(a, x), (b, y)])))
        .flatten()
        .collect();
    assert_eq!(asked.len(), 528);
    for count in [
        1, 62, 63, 64, 127, 128, 200, 300, 350, 400, 450, 511, 512, 528,
    ] {
        let whens: Vec<String> = asked[..count]
            .iter()
            .map(|[(a, x), (b, y)]| {
                format!("{{ all = [{{ fact = \"f{a:02}\", is = {x} }}, {{ fact = \"f{b:02}\", is = {y} }}] }}")
            })
            .collect();
        let made = ruleset(&whens);
        let program = made.program();
        let first = program.fact("f00").unwrap();
        for pattern in [0_usize, 1, 0b1010_1010_1010, 0b0110_0011_0101, 0xfff] {
            let mut cells = vec![0_u8; program.facts.len()];
            for at in 0..FACTS {
                cells[first + at] = u8::from(pattern >> at & 1 == 1);
            }
            let is = |(fact, wanted): &(usize, bool)| (pattern >> fact & 1 == 1) == *wanted;
            let holds = |at: &usize| asked[*at].iter().all(is);
            let mut expected: Vec<usize> = (0..count).filter(holds).collect();
            expected.push(count);
            assert_eq!(
                fired(program, &cells),
                expected,
                "{count} rules, {pattern:b}"
            );
            // What is known in full turns out the same way, rule by rule.
            let truths = program.rule_truths(&program.turn_out(&State::complete(&cells)));
            let sure = (0..truths.len()).filter(|at| truths[*at] == Truth::True);
            assert_eq!(
                sure.collect::<Vec<_>>(),
                expected,
                "{count} rules, {pattern:b}"
            );
        }
    }
}

/// The ways of one condition: for each, the facts it asks and how many cells of each fit.
fn ways(when: &str) -> Vec<Vec<(String, u32)>> {
    let made = ruleset(&[when.to_owned()]);
    let program = made.program();
    let terms = &program.terms[program.rules[0].clone()];
    let need =
        |(fact, cells): &(usize, u64)| (program.facts[*fact].id.to_string(), cells.count_ones());
    terms
        .iter()
        .map(|term| term.needs.iter().map(need).collect())
        .collect()
}

#[test]
fn a_condition_is_put_into_no_more_ways_than_it_has() {
    let yes = |at: usize| format!("{{ fact = \"f{at:02}\", is = true }}");
    let choice = |value: &str| format!("{{ fact = \"c\", is = \"{value}\" }}");
    let (any, all) = (
        |parts: &[String]| format!("{{ any = [{}] }}", parts.join(", ")),
        |parts: &[String]| format!("{{ all = [{}] }}", parts.join(", ")),
    );
    let named = |ways: &[&[(&str, u32)]]| -> Vec<Vec<(String, u32)>> {
        let need = |(fact, cells): &(&str, u32)| ((*fact).to_owned(), *cells);
        ways.iter()
            .map(|way| way.iter().map(need).collect())
            .collect()
    };
    // Choices of one fact are one way; those of several facts are several.
    assert_eq!(
        ways(&any(&[choice("x"), choice("y")])),
        named(&[&[("c", 2)]])
    );
    assert_eq!(
        ways(&any(&[choice("x"), yes(1)])),
        named(&[&[("c", 1)], &[("f01", 1)]])
    );
    // What always holds needs nothing, and what never holds has no way.
    let every = any(&[choice("x"), choice("y"), choice("z")]);
    assert_eq!(ways(&every), named(&[&[]]));
    assert!(ways(&all(&[choice("x"), choice("y")])).is_empty());
    let any_of_it = "{ fact = \"c\", in = [\"x\", \"y\", \"z\"] }".to_owned();
    assert_eq!(ways(&any_of_it), named(&[&[]]));
    assert_eq!(ways(&all(&[yes(1), any_of_it])), named(&[&[("f01", 1)]]));
    // Two tests of one number are both needed.
    let above = "{ fact = \"n\", at-least = 10 }".to_owned();
    let below = "{ fact = \"n\", below = 20 }".to_owned();
    assert_eq!(
        ways(&all(&[above.clone(), below.clone()])),
        named(&[&[("n", 1)]])
    );
    assert_eq!(ways(&any(&[above, below])), named(&[&[]]));
    // A way that another covers is left out, on either side of it.
    let both = all(&[yes(1), yes(2)]);
    let one = named(&[&[("f01", 1)]]);
    assert_eq!(ways(&any(&[yes(1), both.clone()])), one);
    assert_eq!(ways(&any(&[both.clone(), yes(1)])), one);
    let wide = all(&[any(&[choice("x"), choice("y")]), yes(2)]);
    let narrow = all(&[choice("x"), yes(2)]);
    let kept = named(&[&[("c", 2), ("f02", 1)]]);
    assert_eq!(ways(&any(&[wide.clone(), narrow.clone()])), kept);
    assert_eq!(ways(&any(&[narrow, wide])), kept);
    let apart = all(&[any(&[yes(1), yes(2)]), any(&[yes(1), yes(3)])]);
    assert_eq!(
        ways(&apart),
        named(&[&[("f01", 1)], &[("f02", 1), ("f03", 1)]])
    );
    assert_eq!(ways(&any(&[both, all(&[yes(1), yes(3)])])).len(), 2);
}

#[test]
fn a_set_is_empty_only_without_a_term() {
    let mut set = TermSet::none(130);
    assert!(set.is_empty());
    set.insert(129);
    assert!(!set.is_empty());
}
