//! Small made-up rulesets over facts of their own, and every assessment of them.
//!
//! What rules make of an assessment is worked out here from the definitions alone: conditions
//! are held against values, and nothing of the engine is used.
#![allow(dead_code)]

use std::fmt::Write;
use std::sync::Arc;

use assessment::fact::FactValue;
use assessment::ruleset::{Disposition, Impossible, Rule, Ruleset, Urgency, Vocabulary};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// One value for each fact, in the ruleset's order.
pub(crate) type Values = Vec<Option<FactValue>>;

/// `half` is a number with halves; all others that are numbers are whole.
const FACTS: &str = r#"
a = "yes-no"
b = "yes-no"
c = "yes-no"
d = { type = "choice", of = ["x", "y", "z"] }
half = { type = "number", from = 0, to = 4 }
whole = { type = "number", from = 0, to = 4, whole = true }
"#;

fn atom() -> impl Strategy<Value = String> {
    let yes_no = (prop::sample::select(vec!["a", "b", "c"]), any::<bool>())
        .prop_map(|(fact, is)| format!("{{ fact = \"{fact}\", is = {is} }}"));
    let choice = prop::sample::subsequence(vec!["x", "y", "z"], 1..3)
        .prop_map(|of| format!("{{ fact = \"d\", in = {of:?} }}"));
    let tests = vec!["at-least", "above", "at-most", "below", "is"];
    let number = (
        prop::sample::select(vec!["half", "whole"]),
        prop::sample::select(tests),
        0..5_i64,
    )
        .prop_map(|(fact, test, limit)| format!("{{ fact = \"{fact}\", {test} = {limit} }}"));
    prop_oneof![3 => yes_no, 1 => choice, 2 => number]
}

fn joined(
    part: impl Strategy<Value = String> + Clone + 'static,
    by: &'static [&'static str],
) -> impl Strategy<Value = String> {
    (prop::sample::select(by), prop::collection::vec(part, 1..4))
        .prop_map(|(by, parts)| format!("{{ {by} = [{}] }}", parts.join(", ")))
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = atom().boxed();
    leaf.prop_recursive(2, 8, 3, |part| {
        joined(part, &["all", "any", "none"]).boxed()
    })
}

/// A conjunction of tests and of their opposites, which is one term for the engine.
fn impossible() -> impl Strategy<Value = String> {
    let opposite = atom().prop_map(|atom| format!("{{ none = [{atom}] }}"));
    let literal = prop_oneof![2 => atom(), 1 => opposite].boxed();
    prop::collection::vec(literal, 1..4)
        .prop_map(|parts| format!("{{ all = [{}] }}", parts.join(", ")))
}

const URGENCIES: [Urgency; 4] = [
    Urgency::Emergency,
    Urgency::SameDay,
    Urgency::Soon,
    Urgency::Routine,
];

fn rule() -> impl Strategy<Value = (Option<Urgency>, String)> {
    let urgency = prop::option::of(prop::sample::select(&URGENCIES[..]));
    let lead = prop::option::of(prop::sample::select(vec!["D01", "D06", "D15"]));
    let also = prop::sample::subsequence(vec!["D01", "D06", "D09"], 0..2);
    let strands = prop::sample::subsequence(vec!["nursing", "medical"], 0..2);
    let flag = prop::bool::weighted(0.1);
    (condition(), urgency, lead, also, strands, flag).prop_map(
        |(when, urgency, lead, also, strands, flag)| {
            let mut then = vec![format!("also = {also:?}"), format!("strands = {strands:?}")];
            let bare = lead.is_none() && also.is_empty() && strands.is_empty() && !flag;
            let urgency = urgency.or(bare.then_some(Urgency::Soon));
            let named = |it: Urgency| serde_json::to_string(&it).unwrap();
            then.extend(urgency.map(|it| format!("urgency = {}", named(it))));
            then.extend(lead.map(|it| format!("lead = \"{it}\"")));
            then.extend(flag.then(|| "medicine-flag = true".to_owned()));
            (
                urgency,
                format!("when = {when}\nthen = {{ {} }}", then.join(", ")),
            )
        },
    )
}

fn claim(rules: usize) -> impl Strategy<Value = String> {
    let fires = (0..rules).prop_map(|at| format!("{{ fires = \"r{at}\" }}"));
    let urgency = prop::sample::select(&URGENCIES[..])
        .prop_map(|it| format!("{{ urgency = {} }}", serde_json::to_string(&it).unwrap()));
    let less = prop::sample::select(&URGENCIES[1..]).prop_map(|it| {
        format!(
            "{{ less-urgent-than = {} }}",
            serde_json::to_string(&it).unwrap()
        )
    });
    let lead = prop::sample::select(vec!["D01", "D06", "D15"])
        .prop_map(|it| format!("{{ lead = \"{it}\" }}"));
    let disposition = prop::sample::select(vec!["D01", "D06", "D09", "D15"])
        .prop_map(|it| format!("{{ disposition = \"{it}\" }}"));
    let part = prop_oneof![condition(), fires, urgency, less, lead, disposition];
    prop::collection::vec(part, 1..4)
        .prop_map(|parts| format!("never = {{ all = [{}] }}", parts.join(", ")))
}

/// The text of a ruleset that can be read.
pub(crate) fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec(rule(), 1..7), any::<bool>()).prop_flat_map(|(mut rules, not_less)| {
        rules.sort_by_key(|(urgency, _)| urgency.unwrap_or(Urgency::Routine));
        let bodies: Vec<String> = rules.into_iter().map(|(_, body)| body).collect();
        let claims = prop::collection::vec(claim(bodies.len()), 0..3);
        let constraints = prop::collection::vec(impossible(), 0..3);
        (Just(bodies), constraints, claims, Just(not_less)).prop_map(
            |(bodies, constraints, claims, not_less)| {
                written(&bodies, &constraints, &claims, not_less)
            },
        )
    })
}

fn written(rules: &[String], constraints: &[String], claims: &[String], not_less: bool) -> String {
    let mut text = format!(
        "id = \"made-up\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"Made up\"\n[facts]{FACTS}"
    );
    for (at, never) in constraints.iter().enumerate() {
        let _ = writeln!(
            text,
            "[[constraint]]\nid = \"k{at}\"\nnever = {never}\nwords = \"w\""
        );
    }
    if not_less {
        text += "[[constraint]]\nid = \"order\"\nnot-less = [\"half\", \"whole\"]\nwords = \"w\"\n";
    }
    let about = "words = \"w\"\ncitation = \"c\"\nmark = \"D\"\n";
    let owned = "owner = \"o\"\nreview = 2027-05-31\n";
    for (at, body) in rules.iter().enumerate() {
        let _ = write!(text, "[[rule]]\nid = \"r{at}\"\n{body}\n{about}{owned}");
    }
    let _ = write!(
        text,
        "[[rule]]\nid = \"default\"\ndefault = true\nthen = {{ urgency = \"routine\", lead = \"D15\" }}\n{about}{owned}"
    );
    for (at, body) in claims.iter().enumerate() {
        let _ = write!(text, "[[claim]]\nid = \"c{at}\"\n{body}\n{about}");
    }
    text
}

/// The names of the made-up facts, and questions of the catalogue that take like values: two
/// warning signs, the question that decides whether the second arises, a choice and two ratings.
const ASKED: [(&str, &str); 9] = [
    ("a", "infection-risk"),
    ("b", "device-fever"),
    ("c", "implanted-device"),
    ("d", "impact"),
    ("half", "pain-enjoyment"),
    ("whole", "pain-average"),
    ("x", "low"),
    ("y", "moderate"),
    ("z", "severe"),
];

/// The same ruleset over questions that are really asked.
pub(crate) fn over_questions(text: &str) -> Ruleset {
    let (head, rest) = text.split_once("[facts]").unwrap();
    let (_, rules) = rest.split_once(FACTS).unwrap();
    let mut asked = format!("{head}[facts]\n");
    for (_, question) in &ASKED[..3] {
        let _ = writeln!(asked, "{question} = \"yes-no\"");
    }
    asked += "impact = \"choice\"\npain-average = \"number\"\npain-enjoyment = \"number\"\n";
    let mut rules = rules.to_owned();
    for (made_up, question) in ASKED {
        rules = rules.replace(&format!("\"{made_up}\""), &format!("\"{question}\""));
    }
    let text = asked + &rules;
    Ruleset::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn read(text: &str) -> Ruleset {
    Ruleset::parse_over(text, Vocabulary::Own).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The values of a fact that make a difference to tests against whole numbers.
pub(crate) fn values_of(ruleset: &Ruleset, fact: usize) -> Vec<FactValue> {
    let numbers = |below: i64| -> Vec<FactValue> {
        (0..below).map(|it| FactValue::Number(it.into())).collect()
    };
    match ruleset.facts[fact].id.as_str() {
        "d" => ["x", "y", "z"]
            .map(|it| FactValue::Choice(it.into()))
            .to_vec(),
        "half" => (0..9)
            .map(|it| FactValue::Number(Decimal::new(it * 5, 1)))
            .collect(),
        "impact" => ["low", "moderate", "severe"]
            .map(|it| FactValue::Choice(it.into()))
            .to_vec(),
        "whole" => numbers(5),
        // No test goes beyond 4, so that 5 stands for all above it.
        "pain-average" | "pain-enjoyment" => numbers(6),
        _ => vec![FactValue::Bool(false), FactValue::Bool(true)],
    }
}

/// Every choice of one value for each fact.
pub(crate) fn every_choice(of: &[Vec<FactValue>]) -> Vec<Values> {
    let mut made: Vec<Values> = vec![Vec::new()];
    for values in of {
        made = made
            .into_iter()
            .flat_map(|begun| {
                values.iter().map(move |value| {
                    let mut longer = begun.clone();
                    longer.push(Some(value.clone()));
                    longer
                })
            })
            .collect();
    }
    made
}

/// Every assessment there could be, constraints or not.
pub(crate) fn every_assessment(ruleset: &Ruleset) -> Vec<Values> {
    let facts = 0..ruleset.facts.len();
    let of: Vec<Vec<FactValue>> = facts.map(|fact| values_of(ruleset, fact)).collect();
    every_choice(&of)
}

/// Whether the constraints allow it.
pub(crate) fn allowed(ruleset: &Ruleset, values: &Values) -> bool {
    ruleset.constraints.iter().all(|it| match &it.never {
        Impossible::When(when) => !when.holds(values),
        Impossible::Less { more, less } => match (&values[*more], &values[*less]) {
            (Some(FactValue::Number(more)), Some(FactValue::Number(less))) => more >= less,
            _ => true,
        },
    })
}

/// What the definitions make of a set of firing rules.
pub(crate) struct Came {
    pub(crate) fired: Vec<bool>,
    pub(crate) urgency: Urgency,
    pub(crate) lead: Option<Disposition>,
}

impl Came {
    pub(crate) fn of(ruleset: &Ruleset, fired: Vec<bool>) -> Self {
        let firing = || ruleset.rules.iter().zip(&fired).filter(|(_, it)| **it);
        let urgency = firing().filter_map(|(rule, _)| rule.then.urgency).min();
        Self {
            urgency: urgency.unwrap_or(Urgency::Routine),
            lead: firing().find_map(|(rule, _)| rule.then.lead),
            fired,
        }
    }

    pub(crate) fn alone(ruleset: &Ruleset, values: &Values) -> Self {
        let rules = ruleset.rules.iter();
        Self::of(ruleset, rules.map(|rule| rule.when.holds(values)).collect())
    }

    /// The firing rules besides one.
    pub(crate) fn others<'r>(
        &'r self,
        ruleset: &'r Ruleset,
        than: usize,
    ) -> impl Iterator<Item = (usize, &'r Arc<Rule>)> {
        let all = ruleset.rules.iter().enumerate();
        all.filter(move |(at, _)| *at != than && self.fired[*at])
    }
}
