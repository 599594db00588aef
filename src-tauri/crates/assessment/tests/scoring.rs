//! What holds for every instrument and every set of answers.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::instrument::{Instrument, Score};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// An instrument with a score, and answers to all of its items, some of them left open.
fn answered(open: f64) -> impl Strategy<Value = (&'static Instrument, Vec<Option<i64>>)> {
    of_those(open, |form| form.on_request)
}

fn of_those(
    open: f64,
    wanted: impl Fn(&Instrument) -> bool,
) -> impl Strategy<Value = (&'static Instrument, Vec<Option<i64>>)> {
    let forms: Vec<_> = Instrument::shipped()
        .iter()
        .filter(|form| wanted(form))
        .collect();
    prop::sample::select(forms).prop_flat_map(move |form| {
        let answers: Vec<_> = form
            .items
            .iter()
            .map(|item| {
                let values: Vec<i64> = form.options_of(item).iter().map(|it| it.value).collect();
                (prop::sample::select(values), 0.0..1.0_f64)
                    .prop_map(move |(value, chance)| (chance >= open).then_some(value))
            })
            .collect();
        (Just(form), answers)
    })
}

fn figures(score: &Score) -> Vec<Decimal> {
    let scales = score.scales.iter().filter_map(|scale| scale.value);
    score.total.into_iter().chain(scales).collect()
}

proptest! {
    /// Answering one item higher never lowers a figure, and lowers every one it is in where the
    /// item is scored backwards.
    #[test]
    fn a_higher_answer_never_lowers_a_score_unless_the_item_is_scored_backwards(
        (form, answers) in answered(0.0),
        at in any::<prop::sample::Index>(),
    ) {
        let at = at.index(answers.len());
        prop_assume!(form.weights_by != Some(at + 1));
        let (_, greatest) = form.item_range(&form.items[at]);
        prop_assume!(answers[at] < Some(greatest));
        let mut higher = answers.clone();
        higher[at] = answers[at].map(|value| value + 1);
        let (before, after) = (form.score(&answers).unwrap(), form.score(&higher).unwrap());
        let backwards = form.reversed.contains(&(at + 1));
        for (before, after) in figures(&before).into_iter().zip(figures(&after)) {
            let right_way = if backwards { after < before } else { after >= before };
            prop_assert!(right_way);
        }
    }

    /// An unanswered item is never read as the least answer: it leaves a range that holds both.
    #[test]
    fn an_open_item_is_never_read_as_nought((form, answers) in answered(0.3)) {
        let score = form.score(&answers).unwrap();
        let full: Vec<_> = form
            .items
            .iter()
            .zip(&answers)
            .map(|(item, answer)| answer.or(Some(form.item_range(item).1)))
            .collect();
        let all = form.score(&full).unwrap();
        if let Some(total) = all.total {
            prop_assert!(score.lowest <= total && total <= score.highest);
        }
        let scored_open = form.scored_items().any(|(at, _)| answers[at].is_none());
        if scored_open && form.needs.is_none() {
            prop_assert_eq!(score.total, None);
            prop_assert_eq!(score.band.clone(), None);
        }
        prop_assert!(all.group.is_none() || score.possible_groups.contains(all.group.as_ref().unwrap()));
    }

    /// A group that is said while items are open is the group of every way to answer them.
    #[test]
    fn a_group_said_early_stands_whatever_follows(
        (form, answers) in of_those(0.2, |form| !form.groups.is_empty()),
        fill in prop::collection::vec(any::<prop::sample::Index>(), 32),
    ) {
        let early = form.score(&answers).unwrap();
        prop_assume!(early.group.is_some());
        let full: Vec<_> = form.items.iter().zip(&answers).zip(fill).map(|((item, answer), fill)| {
            let options = form.options_of(item);
            answer.or(Some(options[fill.index(options.len())].value))
        }).collect();
        prop_assert_eq!(form.score(&full).unwrap().group, early.group);
    }

    /// A number that an item does not permit is refused, in any place.
    #[test]
    fn an_answer_out_of_range_is_refused(
        (form, mut answers) in answered(0.2),
        at in any::<prop::sample::Index>(),
        by in 1_i64..1_000,
        below in any::<bool>(),
    ) {
        let at = at.index(answers.len());
        let (least, greatest) = form.item_range(&form.items[at]);
        answers[at] = Some(if below { least - by } else { greatest + by });
        prop_assert!(form.score(&answers).is_err());
    }
}
