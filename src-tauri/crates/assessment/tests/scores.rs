//! Incomplete forms, the clinical tables' remaining rows, and what is refused.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::instrument::{Instrument, Item9Prompt, Score, ScoreError, rating_change};

fn form(id: &str) -> &'static Instrument {
    Instrument::by_id(id).unwrap_or_else(|| panic!("no instrument {id}"))
}

/// Scores answers written as on the command line, `-` for unanswered.
fn score(id: &str, written: &str) -> Score {
    form(id).score(&answers(written)).unwrap()
}

/// The lowest and highest total still possible, of a form whose totals are whole.
fn between(score: &Score) -> (i64, i64) {
    let whole = |figure| i64::try_from(figure).unwrap();
    (whole(score.lowest), whole(score.highest))
}

fn answers(written: &str) -> Vec<Option<i64>> {
    written.split(',').map(|it| it.parse().ok()).collect()
}

#[test]
fn an_unanswered_item_leaves_no_total_and_a_range() {
    let score = score("phq-9", "2,2,2,-,1,1,0,0,0");
    assert!(!score.complete);
    assert_eq!((score.total, score.band.clone()), (None, None));
    assert_eq!(between(&score), (8, 11));
    assert_eq!((score.answered, score.of), (8, 9));
    let possible: Vec<&str> = score
        .possible_bands
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(possible, ["mild", "moderate"]);
    assert_eq!(score.positive[0].positive, None);
}

#[test]
fn item_9_not_answered_asks_for_it() {
    let score = score("phq-9", "1,1,1,1,0,0,0,0,-");
    assert_eq!(between(&score), (4, 7));
    assert_eq!(score.item9, Some(Item9Prompt::NotAnswered));
    assert!(
        score
            .notes
            .iter()
            .any(|it| it == "Item 9 was not answered. Ask.")
    );
}

#[test]
fn the_unscored_tenth_item_is_never_added() {
    let nine = score("phq-9", "1,1,1,1,1,0,0,0,0");
    let ten = score("phq-9", "1,1,1,1,1,0,0,0,0,3");
    assert_eq!(nine.total, Some(5.into()));
    assert_eq!(ten.total, Some(5.into()));
}

#[test]
fn never_drinking_makes_the_other_two_items_zero_without_asking() {
    let never = score("audit-c", "0,-,-");
    assert_eq!((never.complete, never.total), (true, Some(0.into())));
    let open = score("audit-c", "-,2,-");
    assert_eq!(between(&open), (3, 10));
    assert!(matches!(
        form("audit-c").score(&answers("0,2,0")),
        Err(ScoreError::Contradiction { item: 2, .. })
    ));
}

#[test]
fn zero_by_the_gate_and_zero_after_the_questions_are_told_apart() {
    let gate = score("pc-ptsd-5", "0");
    let asked = score("pc-ptsd-5", "1,0,0,0,0,0");
    assert_eq!((gate.total, asked.total), (Some(0.into()), Some(0.into())));
    assert_ne!(gate.notes, asked.notes);
}

#[test]
fn the_short_forms_take_their_items_from_the_long_ones() {
    for (short, long) in [("phq-2", "phq-9"), ("gad-2", "gad-7")] {
        for (at, item) in form(short).items.iter().enumerate() {
            assert_eq!(item.same_as, Some(format!("{long}-{}", at + 1)));
            assert_eq!(item.text, form(long).items[at].text);
        }
    }
}

#[test]
fn a_wrong_count_or_value_is_refused_in_plain_words() {
    let short = form("phq-9").score(&answers("1,2,3")).unwrap_err();
    assert!(matches!(
        short,
        ScoreError::Count {
            wanted: 9,
            given: 3,
            ..
        }
    ));
    let large = form("phq-9")
        .score(&answers("1,2,3,4,0,0,0,0,0"))
        .unwrap_err();
    assert_eq!(
        large.to_string(),
        "Item 4 of PHQ-9 can be 0 to 3. Check that answer."
    );
}

#[test]
fn the_own_worded_ratings_have_no_total_and_no_bands() {
    assert!(matches!(
        form("ratings").score(&answers("5,6,7,8")),
        Err(ScoreError::NoTotal { .. })
    ));
    assert!(form("ratings").bands.is_empty() && form("ratings").cuts.is_empty());
}

#[test]
fn a_rating_that_began_at_zero_has_no_percentage() {
    let change = rating_change(0, 3);
    assert_eq!(change.percent_lower, None);
    assert!(!change.at_least_30_percent && !change.at_least_50_percent);
}

#[test]
fn every_shipped_instrument_has_its_attribution_and_unique_id() {
    let forms = Instrument::shipped();
    for (at, form) in forms.iter().enumerate() {
        assert!(
            !form.attribution.is_empty() && !form.licence.is_empty(),
            "{}",
            form.id
        );
        assert!(forms.iter().skip(at + 1).all(|other| other.id != form.id));
    }
}

#[test]
fn bands_that_leave_a_gap_are_refused() {
    let text = include_str!("../../../../assets/instruments/gad-7.toml");
    assert!(Instrument::parse(text).is_ok());
    assert!(Instrument::parse(&text.replace("low = 5", "low = 6")).is_err());
}
