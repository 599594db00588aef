//! The same generated rules in every language that takes part.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::generate::{Case, Condition, Generated, Kind, OPTIONS, Wants};

/// Our own language, over facts of its own.
pub(crate) fn toml(of: &Generated) -> String {
    let mut text = String::from(
        "id = \"generated\"\nversion = \"1\"\nstatus = \"draft\"\ntitle = \"Generated rules\"\n\n[facts]\n",
    );
    for fact in &of.facts {
        let kind = match fact.kind {
            Kind::YesNo => "\"yes-no\"".to_owned(),
            Kind::Choice => format!("{{ type = \"choice\", of = {} }}", json!(OPTIONS)),
            Kind::Number { highest } => {
                format!("{{ type = \"number\", from = 0, to = {highest}, whole = true }}")
            }
        };
        let _ = writeln!(text, "{} = {kind}", fact.name);
    }
    for (at, rule) in of.rules.iter().enumerate() {
        let when: Vec<String> = rule.all.iter().map(|it| toml_test(of, it)).collect();
        let then = format!(
            "{{ urgency = {}, lead = {} }}",
            json!(rule.urgency),
            json!(rule.lead)
        );
        let when = format!("when = {{ all = [{}] }}", when.join(", "));
        toml_rule(&mut text, &format!("R{at}"), &when, &then);
    }
    let then = "{ urgency = \"routine\", lead = \"D15\" }";
    toml_rule(&mut text, "otherwise", "default = true", then);
    text
}

fn toml_rule(text: &mut String, id: &str, when: &str, then: &str) {
    let _ = write!(
        text,
        "\n[[rule]]\nid = \"{id}\"\n{when}\nthen = {then}\nwords = \"A generated rule.\"\n\
         citation = \"Generated\"\nmark = \"D\"\nowner = \"nobody\"\nreview = 2030-01-01\n"
    );
}

fn toml_test(of: &Generated, condition: &Condition) -> String {
    let fact = &of.facts[condition.fact].name;
    let test = match &condition.wants {
        Wants::Is(wanted) => format!("is = {wanted}"),
        Wants::OneOf(wanted) => format!("in = {}", json!(options(wanted))),
        Wants::AtLeast(limit) => format!("at-least = {limit}"),
        Wants::Below(limit) => format!("below = {limit}"),
    };
    format!("{{ fact = \"{fact}\", {test} }}")
}

fn options(wanted: &[i64]) -> Vec<&'static str> {
    wanted.iter().map(|at| option(*at)).collect()
}

fn option(at: i64) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| OPTIONS.get(at))
        .copied()
        .unwrap_or_default()
}

/// The function that a careful programmer would write by hand for these rules.
pub(crate) fn rust(of: &Generated) -> String {
    let mut text = String::from(
        "// Written by `cargo bench --package assessment --bench rules -- --by-hand`: the generated rules as a function.\n\n\
         /// A case.\npub(crate) struct Case {\n",
    );
    for fact in &of.facts {
        let kind = match fact.kind {
            Kind::YesNo => "bool",
            Kind::Choice => "Choice",
            Kind::Number { .. } => "i64",
        };
        let _ = writeln!(text, "    {}: {kind},", fact.name);
    }
    text.push_str(
        "}\n\n#[derive(Clone, Copy)]\npub(crate) enum Choice { A, B, C, D, E }\n\n\
         const CHOICES: [Choice; 5] = [Choice::A, Choice::B, Choice::C, Choice::D, Choice::E];\n\n\
         impl Case {\n    /// From the values of the facts, in order.\n    \
         pub(crate) fn new(values: &[i64]) -> Self {\n        Self {\n",
    );
    for (at, fact) in of.facts.iter().enumerate() {
        let value = match fact.kind {
            Kind::YesNo => format!("values[{at}] == 1"),
            Kind::Choice => format!("CHOICES[values[{at}] as usize]"),
            Kind::Number { .. } => format!("values[{at}]"),
        };
        let _ = writeln!(text, "            {}: {value},", fact.name);
    }
    text.push_str(
        "        }\n    }\n}\n\n/// The rules that fire.\n\
         pub(crate) fn fired(case: &Case, fired: &mut Vec<u16>) {\n    fired.clear();\n",
    );
    for (at, rule) in of.rules.iter().enumerate() {
        let tests: Vec<String> = rule.all.iter().map(|it| rust_test(of, it)).collect();
        let _ = writeln!(
            text,
            "    if {} {{ fired.push({at}); }}",
            tests.join(" && ")
        );
    }
    text.push_str("}\n");
    text
}

fn rust_test(of: &Generated, condition: &Condition) -> String {
    let field = format!("case.{}", of.facts[condition.fact].name);
    match &condition.wants {
        Wants::Is(true) => field,
        Wants::Is(false) => format!("!{field}"),
        Wants::OneOf(wanted) => {
            let choices: Vec<String> = options(wanted)
                .iter()
                .map(|it| format!("Choice::{}", it.to_uppercase()))
                .collect();
            format!("matches!({field}, {})", choices.join(" | "))
        }
        Wants::AtLeast(limit) => format!("{field} >= {limit}"),
        Wants::Below(limit) => format!("{field} < {limit}"),
    }
}

/// One expression for each rule, in the Common Expression Language.
pub(crate) fn cel(of: &Generated) -> Value {
    let expression = |condition: &Condition| {
        let fact = &of.facts[condition.fact].name;
        match &condition.wants {
            Wants::Is(wanted) => format!("{fact} == {wanted}"),
            Wants::OneOf(wanted) => format!("{fact} in {}", json!(options(wanted))),
            Wants::AtLeast(limit) => format!("{fact} >= {limit}"),
            Wants::Below(limit) => format!("{fact} < {limit}"),
        }
    };
    let rules = of.rules.iter().map(|rule| {
        let tests: Vec<String> = rule.all.iter().map(expression).collect();
        tests.join(" && ")
    });
    rules.collect()
}

/// A Rego module whose set `fired` holds the places of the rules.
pub(crate) fn rego(of: &Generated) -> String {
    let mut text = String::from("package triage\n\nimport rego.v1\n");
    for (at, rule) in of.rules.iter().enumerate() {
        let _ = writeln!(text, "\nfired contains {at} if {{");
        for condition in &rule.all {
            let fact = &of.facts[condition.fact].name;
            let _ = match &condition.wants {
                Wants::Is(wanted) => writeln!(text, "\tinput.{fact} == {wanted}"),
                Wants::OneOf(wanted) => {
                    let set = json!(options(wanted)).to_string();
                    let members = set.trim_matches(['[', ']']);
                    writeln!(text, "\tinput.{fact} in {{{members}}}")
                }
                Wants::AtLeast(limit) => writeln!(text, "\tinput.{fact} >= {limit}"),
                Wants::Below(limit) => writeln!(text, "\tinput.{fact} < {limit}"),
            };
        }
        text.push_str("}\n");
    }
    text
}

/// The rules of json-rules-engine; an event's type is the place of its rule.
pub(crate) fn json_rules(of: &Generated) -> Value {
    let condition = |condition: &Condition| {
        let (operator, value) = match &condition.wants {
            Wants::Is(wanted) => ("equal", json!(wanted)),
            Wants::OneOf(wanted) => ("in", json!(options(wanted))),
            Wants::AtLeast(limit) => ("greaterThanInclusive", json!(limit)),
            Wants::Below(limit) => ("lessThan", json!(limit)),
        };
        json!({ "fact": of.facts[condition.fact].name, "operator": operator, "value": value })
    };
    let rules = of.rules.iter().enumerate().map(|(at, rule)| {
        let all: Vec<Value> = rule.all.iter().map(condition).collect();
        json!({ "conditions": { "all": all }, "event": { "type": at.to_string() } })
    });
    rules.collect()
}

/// A decision of zen: one table that collects every row that fits.
pub(crate) fn zen(of: &Generated) -> Value {
    let used = |at: &usize| {
        let asks = |condition: &Condition| condition.fact == *at;
        of.rules.iter().any(|rule| rule.all.iter().any(asks))
    };
    let columns: Vec<usize> = (0..of.facts.len()).filter(used).collect();
    let inputs: Vec<Value> = columns
        .iter()
        .map(|at| {
            let name = &of.facts[*at].name;
            json!({ "id": name, "name": name, "field": name, "type": "expression" })
        })
        .collect();
    let rows: Vec<Value> = (0..of.rules.len())
        .map(|at| zen_row(of, at, &columns))
        .collect();
    let node = |id: &str, kind: &str| json!({ "id": id, "type": kind, "name": id, "position": { "x": 0, "y": 0 } });
    let mut table = node("table", "decisionTableNode");
    table["content"] = json!({
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{ "id": "rule", "name": "rule", "field": "rule", "type": "expression" }],
        "rules": rows,
    });
    let edge = |id: &str, from: &str, to: &str| json!({ "id": id, "sourceId": from, "targetId": to, "type": "edge" });
    json!({
        "nodes": [node("in", "inputNode"), table, node("out", "outputNode")],
        "edges": [edge("first", "in", "table"), edge("second", "table", "out")],
    })
}

fn zen_row(of: &Generated, at: usize, columns: &[usize]) -> Value {
    let mut row = json!({ "_id": format!("row{at}"), "rule": at.to_string() });
    for column in columns {
        let name = &of.facts[*column].name;
        let condition = of.rules[at].all.iter().find(|it| it.fact == *column);
        let cell = condition.map_or(String::new(), |condition| match &condition.wants {
            Wants::Is(wanted) => wanted.to_string(),
            Wants::OneOf(wanted) => {
                let quoted: Vec<String> = options(wanted)
                    .iter()
                    .map(|it| json!(it).to_string())
                    .collect();
                quoted.join(", ")
            }
            Wants::AtLeast(limit) => format!(">= {limit}"),
            Wants::Below(limit) => format!("< {limit}"),
        });
        row[name] = json!(cell);
    }
    row
}

/// A case as the engines take it: an object of booleans, numbers and words.
pub(crate) fn case(of: &Generated, case: &Case) -> Value {
    let value = |kind: Kind, value: i64| match kind {
        Kind::YesNo => json!(value == 1),
        Kind::Choice => json!(option(value)),
        Kind::Number { .. } => json!(value),
    };
    let facts = of.facts.iter().zip(case);
    facts
        .map(|(fact, it)| (fact.name.clone(), value(fact.kind, *it)))
        .collect()
}
