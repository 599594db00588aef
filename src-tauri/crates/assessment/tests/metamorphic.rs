//! What must not get better when more is found, through real answers and whole evaluations.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use assessment::answer::Value;
use assessment::proposal::Proposal;
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::Urgency;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use support::Case;

/// One of the values that a question takes, chosen by a number.
fn value_of(question: &Question, pick: u16) -> Option<Value> {
    Some(match &question.kind {
        QuestionKind::Feature | QuestionKind::YesNo => Value::Bool(pick % 2 == 1),
        QuestionKind::Choice { options } => {
            Value::Text(options[usize::from(pick) % options.len()].value.clone())
        }
        QuestionKind::Rating { .. } => Value::Number(i64::from(pick % 11)),
        QuestionKind::Number { min, max, .. } => {
            Value::Number((*min + i64::from(pick) % 90).min(*max))
        }
        QuestionKind::InstrumentItem { options, .. } => Value::Number(
            options[usize::from(pick) % options.len()]
                .value
                .parse()
                .ok()?,
        ),
        _ => return None,
    })
}

fn questions() -> Vec<&'static Question> {
    let all = Catalogue::shipped().questions();
    all.filter(|it| value_of(it, 0).is_some()).collect()
}

/// A finished assessment: unremarkable, with some findings.
fn finished() -> impl Strategy<Value = Case> {
    let findings = prop::collection::vec((any::<prop::sample::Index>(), any::<u16>()), 0..8);
    (findings, 18_i64..95).prop_map(|(findings, age)| {
        let all = questions();
        let start = Case::unremarkable().aged(Some(age));
        findings.into_iter().fold(start, |case, (at, pick)| {
            let question = at.get(&all);
            case.with(&question.id, value_of(question, pick).unwrap())
        })
    })
}

/// The least urgent that a proposal still allows.
fn least(proposal: &Proposal) -> Urgency {
    *proposal.urgency.possible.iter().max().unwrap()
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
    fn a_second_value_in_conflict_never_lowers_the_urgency(
        case in finished(),
        at in any::<prop::sample::Index>(),
        pick in any::<u16>(),
    ) {
        let question = at.get(&questions()).to_owned();
        let value = value_of(question, pick).unwrap();
        let both = case.clone().also(&question.id, value);
        prop_assert!(least(&both.proposal()) <= least(&case.proposal()), "{}", question.id);
    }

    #[test]
    fn a_warning_sign_that_is_present_never_lowers_the_urgency(
        case in finished(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut signs = questions();
        signs.retain(|it| it.kind == QuestionKind::Feature);
        let sign = at.get(&signs).id.as_str();
        let absent = case.clone().no(sign).proposal();
        let present = case.yes(sign).proposal();
        prop_assert!(least(&present) <= least(&absent), "{sign}");
    }
}
