//! The test bench: what the rules make of a made-up case, and why a rule fires in it or does not.

use assessment::proposal::{Proposal, evaluate};
use assessment::question::Catalogue;
use assessment::ruleset::{FactWords, Rule, Truth};

use super::condition::{Conditions, known_words, turns_out};
use super::head::in_use;
use super::made_up::{ON, facts, of_vignette, vignette};
use super::turning::Turning;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::triage;
use crate::view::{BenchCase, BenchResult, BenchRule, Choice, ChosenRule};
use crate::words;

/// The case of a vignette, to be changed and tried.
pub fn start_case(desk: &mut Desk, vignette: String) -> Result<BenchCase, Refusal> {
    desk.allow(Act::Look)?;
    let (ruleset, _) = in_use(desk)?;
    let found = self::vignette(&vignette).ok_or(Refusal::NotFound("That vignette"))?;
    Ok(of_vignette(found, |id, known| {
        let declared = ruleset.facts.iter().find(|it| it.id == *id);
        let Some(fact) = declared.map(FactWords::of) else {
            return words::sentence_case(&id.as_str().replace('-', " "));
        };
        format!(
            "{}: {}",
            words::sentence_case(&fact.name),
            known_words(&fact, known)
        )
    }))
}

/// What the rules make of a made-up case. `rule` is the one whose "why not" is wanted, or empty.
/// Nothing is written anywhere.
pub fn try_case(desk: &mut Desk, case: BenchCase, rule: String) -> Result<BenchResult, Refusal> {
    desk.allow(Act::Look)?;
    let (rules_now, head) = in_use(desk)?;
    let ruleset = &*rules_now;
    let facts = facts(&case)?;
    let made = evaluate(ruleset, &facts, ON);
    let turning = Turning::of(ruleset, &facts);
    let rules = turning.rules();
    let of = |wanted: &dyn Fn(Truth) -> bool| -> Vec<BenchRule> {
        let wanted = rules.iter().filter(|(_, truth)| wanted(*truth));
        wanted
            .map(|(rule, truth)| bench_rule(&turning, rule, *truth))
            .collect()
    };
    let fired = of(&|truth| truth >= Truth::InConflict);
    let may_yet = of(&|truth| truth == Truth::Open);
    let mut parts = triage::parts(&made, &facts, ruleset);
    parts.sort_by_key(|part| part.settled);
    Ok(BenchResult {
        ruleset: head,
        settled: small(parts.iter().filter(|part| part.settled).count()),
        parts,
        refused: made.refused.map(|refusal| refusal.words().to_owned()),
        next: triage::next(&made),
        others: small(rules.len() - fired.len() - may_yet.len()),
        fired,
        may_yet,
        chosen: chosen(&turning, &rules, &rule),
        medicines: medicines(&made),
        notes: notes(&made),
    })
}

fn bench_rule(case: &Turning<'_>, rule: &Rule, truth: Truth) -> BenchRule {
    let open = truth == Truth::Open;
    BenchRule {
        id: rule.id.clone(),
        words: rule.words.clone(),
        in_conflict: truth == Truth::InConflict,
        waits_for: if open {
            waits_for(case, rule)
        } else {
            Vec::new()
        },
    }
}

/// The open questions behind a rule, each once.
fn waits_for(case: &Turning<'_>, rule: &Rule) -> Vec<Choice> {
    let open = case.waits_for(&rule.id).into_iter();
    let facts = open.filter_map(|at| case.facts.get(case.ruleset.facts.get(at)?.id.as_str()));
    let mut asked: Vec<Choice> = Vec::new();
    for question in facts.flat_map(|fact| &fact.ask) {
        if asked.iter().all(|it| it.value != *question) {
            asked.push(Choice {
                value: question.clone(),
                label: question_text(question),
            });
        }
    }
    asked
}

/// The words of a question or the heading of a list.
fn question_text(id: &str) -> String {
    let catalogue = Catalogue::shipped();
    let question = catalogue.question(id).map(|it| it.text.clone());
    let list = || catalogue.list(id).map(|it| it.title.clone());
    question
        .or_else(list)
        .unwrap_or_else(|| words::sentence_case(&id.replace('-', " ")))
}

fn chosen(case: &Turning<'_>, rules: &[(&Rule, Truth)], id: &str) -> Option<ChosenRule> {
    let (rule, truth) = rules.iter().find(|(rule, _)| rule.id == id)?;
    let turned = match truth {
        Truth::True => "fires",
        other => turns_out(*other),
    };
    let words = match truth {
        Truth::True if rule.default => {
            "It always holds; its pathway stands when no other rule gives one."
        }
        Truth::True => "It fires, whatever else is answered.",
        Truth::InConflict => {
            "It fires on one of the answers in conflict, because that is the safer reading."
        }
        Truth::Open => "It may yet fire: the open answers below decide.",
        Truth::False => {
            "It does not fire, whatever else is answered. What does not fit is marked below."
        }
    };
    Some(ChosenRule {
        id: rule.id.clone(),
        turns_out: turned.into(),
        words: words.into(),
        when: Conditions::in_case(case).view(&rule.when),
    })
}

fn medicines(made: &Proposal) -> Vec<String> {
    let Some(ome) = &made.ome else {
        return Vec::new();
    };
    let mut said: Vec<String> = ome
        .items
        .iter()
        .map(|item| {
            let counted = item.mg_per_day.map_or_else(
                || item.reason_not.clone().unwrap_or_default(),
                |mg| format!("{} mg OME a day", mg.normalize()),
            );
            format!("{}: {counted}", item.text)
        })
        .collect();
    said.push(format!(
        "{} by {} {}",
        words::sentence_case(&ome.typical.words()),
        ome.table,
        ome.version
    ));
    said
}

/// What does not count as it was entered.
fn notes(made: &Proposal) -> Vec<String> {
    let stale = made.stale.iter().map(|stale| {
        format!(
            "{}: too old to count, so the rules see \"not asked\".",
            question_text(&stale.question)
        )
    });
    let conflicts = made.conflicts.iter().map(|id| {
        format!(
            "{}: in conflict, and nobody has settled it.",
            question_text(id)
        )
    });
    let standing = made.standing.iter().map(|sign| {
        format!(
            "{}: was present, and stays listed until a decision is signed.",
            sign.text
        )
    });
    stale.chain(conflicts).chain(standing).collect()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
