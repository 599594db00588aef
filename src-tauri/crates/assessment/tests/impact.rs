//! Who would move, against two whole evaluations of the same case.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::answer::Unanswered;
use assessment::fact::{Fact, FactId, FactValue, Facts, Known};
use assessment::impact::{Change, Impact, MovedPart, impact};
use assessment::proposal::{Part, Proposal, evaluate};
use assessment::ruleset::{Domain, FactDeclaration, Ruleset};
use assessment::vignette::Vignette;
use rust_decimal::Decimal;

const RULES: &str = include_str!("../../../../assets/rulesets/uk-community-pain.toml");

/// The text before the first rule, and each rule's.
fn pieces() -> Vec<&'static str> {
    let mut cuts: Vec<usize> = RULES.match_indices("[[rule]]").map(|(at, _)| at).collect();
    cuts.insert(0, 0);
    cuts.push(RULES.len());
    cuts.windows(2).map(|cut| &RULES[cut[0]..cut[1]]).collect()
}

/// The shipped rules with one rule changed; none when that is no ruleset any more.
fn changed(rule: usize, change: impl Fn(&str) -> String) -> Option<Ruleset> {
    let mut pieces: Vec<String> = pieces().into_iter().map(str::to_owned).collect();
    let before = pieces.get(rule)?.clone();
    pieces[rule] = change(&before);
    (pieces[rule] != before).then(|| Ruleset::parse(&pieces.concat()).ok())?
}

/// Rulesets that differ from the shipped one by a rule that is gone, asks or gives something else,
/// or stands elsewhere.
fn others() -> Vec<Ruleset> {
    let count = pieces().len();
    let mut made = Vec::new();
    for rule in (1..count).step_by(11) {
        made.extend(changed(rule, |_| String::new()));
        made.extend(changed(rule + 1, |text| {
            text.replacen("is = true", "is = false", 1)
        }));
        made.extend(changed(rule + 2, |text| {
            text.replacen("then = { ", "then = { prompt = true, ", 1)
        }));
        made.extend(changed(rule + 3, |text| {
            text.replacen("in-conflict", "x", 1)
        }));
    }
    for rule in (1..count - 2).step_by(13) {
        let mut pieces = pieces();
        pieces.swap(rule, rule + 1);
        made.extend(Ruleset::parse(&pieces.concat()).ok());
    }
    made.extend(Ruleset::parse(&RULES.replace("above = 120 }", "above = 50 }")).ok());
    made
}

/// A small generator, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// A value of a fact; the first of a few where there are many.
fn value(declared: &FactDeclaration, dice: &mut Dice) -> FactValue {
    match &declared.domain {
        Domain::YesNo => FactValue::Bool(dice.roll(5) == 0),
        Domain::Choice(values) => FactValue::Choice(values[dice.roll(values.len())].clone()),
        Domain::Number { from, to, .. } => {
            let least = from.unwrap_or_default();
            let most = to.unwrap_or(least + Decimal::from(200));
            let steps = Decimal::from(dice.roll(21)) / Decimal::from(20);
            FactValue::Number((least + (most - least) * steps).round())
        }
    }
}

fn case(ruleset: &Ruleset, dice: &mut Dice) -> Facts {
    let open = 1 + dice.roll(12);
    let known = ruleset.facts.iter().map(|declared| {
        let id = declared.id.clone();
        let known = match dice.roll(40) {
            roll if roll < open => Known::Open(Unanswered::NotAsked),
            39 => Known::Conflict(vec![value(declared, dice), value(declared, dice)]),
            _ => Known::Is(value(declared, dice)),
        };
        (id, Fact::settled(known))
    });
    Facts::from_known(known, Some(47), Vignette::ON)
}

/// What a part comes to, whatever its order.
fn came<T: std::fmt::Debug>(part: &Part<T>) -> (bool, Vec<String>, Vec<String>) {
    let sorted = |values: &[T]| {
        let mut all: Vec<String> = values.iter().map(|it| format!("{it:?}")).collect();
        all.sort();
        all
    };
    (part.settled, sorted(&part.certain), sorted(&part.possible))
}

/// The parts that differ between two proposals.
fn differing(old: &Proposal, new: &Proposal) -> Vec<MovedPart> {
    let names = |part: &Part<assessment::proposal::Reason>| {
        (part.settled, ids(&part.certain), ids(&part.possible))
    };
    let flags = |made: &Proposal| {
        let of = |all: &[assessment::proposal::Reason]| {
            let mut all: Vec<String> = all.iter().map(|it| it.id.clone()).collect();
            all.sort();
            all
        };
        (
            made.medicine_flags.settled,
            of(&made.medicine_flags.certain),
            of(&made.medicine_flags.possible),
        )
    };
    [
        (came(&old.urgency) != came(&new.urgency), MovedPart::Urgency),
        (came(&old.lead) != came(&new.lead), MovedPart::Lead),
        (
            came(&old.dispositions) != came(&new.dispositions),
            MovedPart::Dispositions,
        ),
        (came(&old.strands) != came(&new.strands), MovedPart::Strands),
        (
            came(&old.pain_type) != came(&new.pain_type),
            MovedPart::PainType,
        ),
        (flags(old) != flags(new), MovedPart::MedicineFlags),
        (
            names(&old.prompts) != names(&new.prompts),
            MovedPart::Prompts,
        ),
        (
            names(&old.second_opinion) != names(&new.second_opinion),
            MovedPart::SecondOpinion,
        ),
    ]
    .into_iter()
    .filter_map(|(differs, part)| differs.then_some(part))
    .collect()
}

fn ids(all: &[assessment::proposal::Reason]) -> Vec<String> {
    let mut all: Vec<String> = all.iter().map(|it| it.id.clone()).collect();
    all.sort();
    all
}

/// The comparison names exactly the parts in which two whole evaluations differ. Whatever ruleset
/// and case: complete, open or in conflict.
#[test]
fn exactly_those_move_whose_proposals_differ_and_in_those_parts() {
    let old = Ruleset::shipped();
    let mut dice = Dice(0x5eed);
    let others = others();
    assert!(
        others.len() > 12,
        "only {} rulesets to compare",
        others.len()
    );
    let (mut moved, mut stayed) = (0, 0);
    for new in &others {
        let between = Impact::between(old, new);
        let vignettes = Vignette::shipped().iter().skip(dice.roll(20)).step_by(20);
        let mut cases: Vec<Facts> = vignettes.map(Vignette::facts).collect();
        cases.extend((0..5).map(|_| case(old, &mut dice)));
        for facts in &cases {
            let found = between.of(facts);
            let parts: Vec<MovedPart> = found
                .iter()
                .flat_map(|it| &it.moves)
                .map(|it| it.part)
                .collect();
            let on = facts.on;
            let (before, after) = (evaluate(old, facts, on), evaluate(new, facts, on));
            if before.refused.is_some() {
                assert!(
                    found.is_none(),
                    "nothing is settled for a child under any rules"
                );
                continue;
            }
            let whats: Vec<String> = between
                .differences()
                .iter()
                .map(|it| format!("{it:?}"))
                .collect();
            assert_eq!(parts, differing(&before, &after), "{whats:?}");
            if parts.is_empty() {
                stayed += 1;
            } else {
                moved += 1;
            }
        }
    }
    assert!(moved > 50 && stayed > 50, "{moved} moved, {stayed} stayed");
}

#[test]
fn a_rule_that_is_only_worded_otherwise_moves_nobody() {
    let new = changed(1, |text| {
        text.replacen("words = \"", "words = \"Please note. ", 1)
    })
    .unwrap();
    let between = Impact::between(Ruleset::shipped(), &new);
    assert_eq!(between.differences().len(), 1);
    assert_eq!(between.differences()[0].changes, [Change::Words]);
    let cases: Vec<Facts> = Vignette::shipped().iter().map(Vignette::facts).collect();
    assert!(impact(Ruleset::shipped(), &new, &cases).is_empty());
}

#[test]
fn who_moves_is_told_by_the_place_of_the_case_and_why_by_the_rule() {
    let new = Ruleset::parse(&RULES.replace("above = 120 }", "above = 50 }")).unwrap();
    let old = Ruleset::shipped();
    let total = |mg: i64| {
        let mut facts = Vignette::parse(
            "one",
            "[[vignette]]\nid = \"one\"\nexpect = { urgency = \"routine\" }\n",
        )
        .unwrap()[0]
            .facts();
        for id in ["ome-typical", "ome-maximum"] {
            facts.set(FactId::new(id), Fact::settled(Known::number(mg)));
        }
        facts
    };
    let moved = impact(old, &new, &[total(50), total(51), total(120), total(121)]);
    let places: Vec<usize> = moved.iter().map(|(at, _)| *at).collect();
    assert_eq!(places, [1, 2]);
    let (_, first) = &moved[0];
    assert_eq!(first.newly, ["ome-above-120"]);
    let urgency = first
        .moves
        .iter()
        .find(|it| it.part == MovedPart::Urgency)
        .unwrap();
    assert_eq!(
        (urgency.from.words().as_str(), urgency.to.words().as_str()),
        ("Routine", "Soon")
    );
}
