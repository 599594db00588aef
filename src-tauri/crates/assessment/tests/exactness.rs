//! What is settled is settled by the answers themselves, not only in the engine's own terms.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use assessment::answer::Value;
use assessment::engine::Cell;
use assessment::proposal::{Part, Proposal};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::{Disposition, Ruleset, Strand, Urgency};
use proptest::prelude::*;
use support::Case;

/// The questions that are opened: those the rules ask for themselves.
///
/// Left out are those on which facts hang that are worked out from many more answers, so that a
/// handful of completions cannot show them: the list of medicines, devices, the criteria of an
/// inflamed spine, the conversation about safety.
fn asked_by_rules() -> Vec<&'static Question> {
    let left_out = [
        "medicines-complete",
        "phq-9-full",
        "gad-7-full",
        "implanted-device",
        "inflam-back-pain",
    ];
    Ruleset::shipped()
        .facts
        .iter()
        .filter_map(|fact| Catalogue::shipped().question(fact.id.as_str()))
        .filter(|question| !left_out.contains(&question.id.as_str()))
        .filter(|question| !question.id.starts_with("self-harm"))
        .collect()
}

/// A question and every one that it decides on.
fn with_gated(question: &Question) -> Vec<&'static Question> {
    let all = Catalogue::shipped();
    let mut found = vec![all.question(&question.id).unwrap()];
    let mut at = 0;
    while let Some(deciding) = found.get(at) {
        let id = deciding.id.as_str();
        let gated = all
            .questions()
            .filter(|it| it.show_when.as_ref().is_some_and(|it| it.question == id))
            .filter(|it| Ruleset::shipped().program().fact(&it.id).is_some());
        found.extend(gated);
        at += 1;
    }
    found
}

/// The answers that make a difference to the rules.
fn answers(question: &Question) -> Vec<Value> {
    let program = Ruleset::shipped().program();
    match &question.kind {
        QuestionKind::Feature | QuestionKind::YesNo => vec![Value::Bool(false), Value::Bool(true)],
        QuestionKind::Choice { options } => options
            .iter()
            .map(|it| Value::Text(it.value.clone()))
            .collect(),
        _ => {
            let cells = &program.facts[program.fact(&question.id).unwrap()].cells;
            let number = |cell: &Cell| match cell {
                Cell::Number(span) => Some(Value::Number(span.sample().try_into().unwrap())),
                _ => None,
            };
            cells.iter().filter_map(number).collect()
        }
    }
}

/// Every way to answer the questions; none when there are too many to try.
fn completions(case: &Case, open: &[&Question]) -> Option<Vec<Case>> {
    let mut made = vec![case.clone()];
    for question in open {
        let values = answers(question);
        if made.len() * values.len() > 300 {
            return None;
        }
        let with = |case: &Case| -> Vec<Case> {
            values
                .iter()
                .map(|it| case.clone().with(&question.id, it.clone()))
                .collect()
        };
        made = made.iter().flat_map(with).collect();
    }
    Some(made)
}

/// A finished assessment, mostly unremarkable, with some findings.
fn finished() -> impl Strategy<Value = Case> {
    let questions = asked_by_rules();
    let count = questions.len();
    let medicines = vec![
        ["morphine", "modified-release", "60 mg", "2"],
        ["tramadol", "tablet", "50 mg", "4"],
        ["pregabalin", "tablet", "75 mg", "2"],
        ["diazepam", "tablet", "5 mg", "1"],
    ];
    (
        prop::collection::vec((0..count, any::<u16>()), 0..12),
        prop::sample::subsequence(medicines, 0..3),
        18_i64..90,
    )
        .prop_map(move |(findings, medicines, age)| {
            let mut case = Case::unremarkable().aged(Some(age));
            for (at, pick) in findings {
                let values = answers(questions[at]);
                let value = values[usize::from(pick) % values.len()].clone();
                case = case.with(&questions[at].id, value);
            }
            medicines.into_iter().fold(case, Case::takes)
        })
}

fn is_finished(proposal: &Proposal) -> bool {
    proposal.urgency.settled && proposal.lead.settled && proposal.strands.settled
}

/// The values of the completions are exactly those that were possible.
fn exactly<T: Ord + Copy + std::fmt::Debug>(
    part: &Part<T>,
    whole: &[Proposal],
    of: impl Fn(&Proposal) -> Vec<T>,
) -> Result<(), TestCaseError> {
    let sets: Vec<BTreeSet<T>> = whole
        .iter()
        .map(|it| of(it).into_iter().collect())
        .collect();
    let met: BTreeSet<T> = sets.iter().flatten().copied().collect();
    let always: BTreeSet<T> = met
        .iter()
        .copied()
        .filter(|value| sets.iter().all(|set| set.contains(value)))
        .collect();
    let possible: BTreeSet<T> = part.possible.iter().copied().collect();
    prop_assert!(part.exact);
    prop_assert_eq!(&possible, &met, "possible, and met in the completions");
    if part.settled {
        prop_assert_eq!(met, always);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Not too few values: something that was not possible would come true. Not too many: the
    /// nurse would be asked for what changes nothing.
    #[test]
    fn the_possible_values_are_those_that_some_way_to_answer_gives(
        case in finished(),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..3),
    ) {
        let questions = asked_by_rules();
        let mut open: Vec<&Question> = Vec::new();
        for index in chosen {
            for question in with_gated(questions[index.index(questions.len())]) {
                if !open.iter().any(|it| it.id == question.id) {
                    open.push(question);
                }
            }
        }
        let case = open.iter().fold(case, |case, question| case.without(&question.id));
        let Some(whole) = completions(&case, &open) else { return Ok(()) };
        let whole: Vec<Proposal> = whole.iter().map(Case::proposal).collect();
        prop_assume!(whole.iter().all(is_finished));
        let part = case.proposal();
        exactly::<Urgency>(&part.urgency, &whole, |it| it.urgency.certain.clone())?;
        exactly::<Disposition>(&part.lead, &whole, |it| it.lead.certain.clone())?;
        exactly::<Strand>(&part.strands, &whole, |it| it.strands.certain.clone())?;
    }
}
