//! The questions of a proof as SMT-LIB, for a solver that shares no code with ours.
//!
//! Facts are written as values, not as the cells that the engine cuts them into, and conditions
//! as the ruleset words them, so that a fault in cutting or expanding shows as well.
#![allow(dead_code)]

use std::fmt::Write;

use assessment::fact::FactValue;
use assessment::proof::{Beside, Question};
use assessment::ruleset::{
    Atom, Domain, Expression, FactDeclaration, Gate, Impossible, Ruleset, Test,
};
use rust_decimal::Decimal;

/// Which of two cases a fact is read in.
type Side<'a> = &'a dyn Fn(usize) -> &'static str;

const HERE: Side<'static> = &|_| "";

/// What holds of every question: the facts, the constraints and what each rule asks.
pub(crate) fn declarations(ruleset: &Ruleset) -> String {
    let mut text = String::new();
    for at in 0..ruleset.facts.len() {
        text += &declared(ruleset, at, "");
    }
    for at in 0..ruleset.facts.len() {
        let gated = gate(ruleset, at, HERE);
        text += &gated.map_or(String::new(), |never| format!("(assert (not {never}))\n"));
    }
    for constraint in &ruleset.constraints {
        let never = impossible(ruleset, &constraint.never, HERE);
        let _ = writeln!(text, "(assert (not {never}))");
    }
    for (at, rule) in ruleset.rules.iter().enumerate() {
        let when = condition(ruleset, &rule.when, HERE);
        let _ = writeln!(text, "(define-fun r{at} () Bool {when})");
    }
    text
}

/// One question, to be answered with `sat` or `unsat`; it leaves nothing behind.
pub(crate) fn question(ruleset: &Ruleset, question: &Question) -> String {
    let mut text = String::from("(push 1)\n");
    for group in &question.some {
        let _ = writeln!(
            text,
            "(assert {})",
            either(group.iter().map(|at| format!("r{at}")))
        );
    }
    for at in &question.none {
        let _ = writeln!(text, "(assert (not r{at}))");
    }
    for fact in &question.facts {
        let _ = writeln!(text, "(assert {})", condition(ruleset, fact, HERE));
    }
    if let Some(beside) = &question.beside {
        text += &other_case(ruleset, beside);
    }
    text + "(check-sat)\n(pop 1)\n"
}

fn other_case(ruleset: &Ruleset, beside: &Beside) -> String {
    let differs = &beside.differs;
    let there: Side<'_> = &|fact| if differs.contains(&fact) { "b" } else { "" };
    let mut text = String::new();
    for at in differs {
        text += &declared(ruleset, *at, "b");
    }
    let never = impossibilities(ruleset, there);
    for (_, never) in never {
        let _ = writeln!(text, "(assert (not {never}))");
    }
    for (place, &fact) in differs.iter().enumerate().skip(1) {
        let later = &differs[place + 1..];
        let moved: Side<'_> = &|it| if it == fact { "b" } else { "" };
        let ruled_out = impossibilities(ruleset, moved)
            .into_iter()
            .filter(|(facts, _)| {
                facts.contains(&fact) && !facts.iter().any(|it| later.contains(it))
            })
            .map(|(_, never)| never);
        let ruled_out = either(ruled_out);
        let arises = format!("(= a{fact} a{fact}b)");
        let same = format!("(and {arises} (or (not a{fact}) (= v{fact} v{fact}b)))");
        let _ = writeln!(text, "(assert (or {same} {ruled_out}))");
    }
    let rules = beside.some.iter();
    let rules = rules.map(|at| condition(ruleset, &ruleset.rules[*at].when, there));
    let _ = writeln!(text, "(assert {})", either(rules));
    for fact in &beside.facts {
        let _ = writeln!(text, "(assert {})", condition(ruleset, fact, there));
    }
    text
}

/// What can never be, each with the facts it is about.
fn impossibilities(ruleset: &Ruleset, side: Side<'_>) -> Vec<(Vec<usize>, String)> {
    let said = ruleset.constraints.iter().map(|constraint| {
        let facts = match &constraint.never {
            Impossible::When(when) => when.atoms().iter().map(|atom| atom.fact).collect(),
            Impossible::Less { more, less } => vec![*more, *less],
        };
        (facts, impossible(ruleset, &constraint.never, side))
    });
    let gates = ruleset.facts.iter().enumerate().filter_map(|(at, fact)| {
        let deciding = fact.gate.as_ref()?.fact;
        Some((vec![at, deciding], gate(ruleset, at, side)?))
    });
    said.chain(gates).collect()
}

fn declared(ruleset: &Ruleset, at: usize, side: &str) -> String {
    let fact = &ruleset.facts[at];
    let (kind, within) = match &fact.domain {
        Domain::YesNo => ("Bool", None),
        Domain::Choice(options) => {
            let most = options.len() - 1;
            ("Int", Some(format!("(<= 0 v{at}{side} {most})")))
        }
        Domain::Number { from, to, whole } => {
            let limit = |sign: &str, limit: &Option<Decimal>| {
                let limit = (*limit)?;
                Some(compared(sign, &format!("v{at}{side}"), *whole, limit))
            };
            let limits = [limit(">=", from), limit("<=", to)];
            let limits: Vec<String> = limits.into_iter().flatten().collect();
            let within = (!limits.is_empty()).then(|| format!("(and {})", limits.join(" ")));
            (if *whole { "Int" } else { "Real" }, within)
        }
    };
    let mut text = format!("(declare-const v{at}{side} {kind})\n");
    let _ = if fact.may_not_arise {
        writeln!(text, "(declare-const a{at}{side} Bool)")
    } else {
        writeln!(text, "(define-fun a{at}{side} () Bool true)")
    };
    text + &within.map_or(String::new(), |it| format!("(assert {it})\n"))
}

/// That a question arises against its gate, or does not arise although its gate says so.
fn gate(ruleset: &Ruleset, at: usize, side: Side<'_>) -> Option<String> {
    let Gate { fact, one_of } = ruleset.facts[at].gate.as_ref()?;
    let deciding: &FactDeclaration = &ruleset.facts[*fact];
    let name = format!("v{fact}{}", side(*fact));
    let is = |value: &String| match &deciding.domain {
        Domain::YesNo if value == "yes" => Some(name.clone()),
        Domain::YesNo if value == "no" => Some(format!("(not {name})")),
        Domain::YesNo => None,
        Domain::Choice(options) => {
            let place = options.iter().position(|it| it == value)?;
            Some(format!("(= {name} {place})"))
        }
        Domain::Number { whole, .. } => Some(compared("=", &name, *whole, value.parse().ok()?)),
    };
    let met = either(one_of.iter().filter_map(is));
    let arises = format!("a{at}{}", side(at));
    Some(format!(
        "(not (= {arises} (and a{fact}{} {met})))",
        side(*fact)
    ))
}

fn impossible(ruleset: &Ruleset, never: &Impossible, side: Side<'_>) -> String {
    match never {
        Impossible::When(when) => condition(ruleset, when, side),
        Impossible::Less { more, less } => {
            let (more_side, less_side) = (side(*more), side(*less));
            format!(
                "(and a{more}{more_side} a{less}{less_side} (< v{more}{more_side} v{less}{less_side}))"
            )
        }
    }
}

fn condition(ruleset: &Ruleset, expression: &Expression, side: Side<'_>) -> String {
    let parts = |parts: &[Expression]| -> Vec<String> {
        parts
            .iter()
            .map(|it| condition(ruleset, it, side))
            .collect()
    };
    match expression {
        Expression::All(all) => every(&parts(all)),
        Expression::Any(any) => either(parts(any)),
        Expression::None(none) => format!("(not {})", either(parts(none))),
        Expression::Is(Atom { fact, test }) => tested(
            &ruleset.facts[*fact],
            &format!("{fact}{}", side(*fact)),
            test,
        ),
    }
}

fn tested(fact: &FactDeclaration, name: &str, test: &Test) -> String {
    let whole = matches!(fact.domain, Domain::Number { whole: true, .. });
    let value = format!("v{name}");
    let number = |sign: &str, limit: Decimal| compared(sign, &value, whole, limit);
    let holds = match test {
        Test::Arises(true) => return format!("a{name}"),
        Test::Arises(false) => return format!("(not a{name})"),
        Test::AtLeast(limit) => number(">=", *limit),
        Test::Above(limit) => number(">", *limit),
        Test::AtMost(limit) => number("<=", *limit),
        Test::Below(limit) => number("<", *limit),
        Test::OneOf(values) => either(values.iter().filter_map(|wanted| match wanted {
            FactValue::Bool(true) => Some(value.clone()),
            FactValue::Bool(false) => Some(format!("(not {value})")),
            FactValue::Number(wanted) => Some(number("=", *wanted)),
            FactValue::Choice(wanted) => {
                let Domain::Choice(options) = &fact.domain else {
                    return None;
                };
                let place = options.iter().position(|it| it == wanted)?;
                Some(format!("(= {value} {place})"))
            }
        })),
    };
    format!("(and a{name} {holds})")
}

fn compared(sign: &str, value: &str, whole: bool, limit: Decimal) -> String {
    let limit = limit.normalize();
    let shown = |limit: Decimal| {
        let text = limit.abs().to_string();
        let text = if whole && limit.is_integer() || text.contains('.') {
            text
        } else {
            format!("{text}.0")
        };
        if limit.is_sign_negative() {
            format!("(- {text})")
        } else {
            text
        }
    };
    if whole && !limit.is_integer() {
        return format!("({sign} (to_real {value}) {})", shown(limit));
    }
    format!("({sign} {value} {})", shown(limit))
}

fn either(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    if parts.is_empty() {
        return "false".into();
    }
    format!("(or {})", parts.join(" "))
}

fn every(parts: &[String]) -> String {
    if parts.is_empty() {
        return "true".into();
    }
    format!("(and {})", parts.join(" "))
}
