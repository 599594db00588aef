//! Scores exactly at their limits: cut-offs, gates, parts, ranges, and what is noted beside them.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::instrument::{Instrument, InstrumentError, Score, ScoreError, rating_change};
use rust_decimal::Decimal;

fn form(id: &str) -> &'static Instrument {
    Instrument::by_id(id).unwrap_or_else(|| panic!("no instrument {id}"))
}

fn answers(written: &str) -> Vec<Option<i64>> {
    written.split(',').map(|it| it.parse().ok()).collect()
}

fn tried(id: &str, written: &str) -> Result<Score, ScoreError> {
    form(id).score(&answers(written))
}

fn score(id: &str, written: &str) -> Score {
    tried(id, written).unwrap()
}

fn lowest(id: &str, written: &str) -> Decimal {
    score(id, written).lowest
}

#[test]
fn a_rating_that_stays_at_zero_is_no_improvement() {
    let same = rating_change(0, 0);
    assert!(!same.at_least_30_percent && !same.at_least_50_percent && !same.at_least_2_points);
    let exactly = rating_change(10, 7);
    assert!(exactly.at_least_30_percent && !exactly.at_least_50_percent);
    assert!(rating_change(10, 5).at_least_50_percent);
    assert!(!rating_change(10, 8).at_least_30_percent);
}

#[test]
fn a_first_answer_that_is_open_counts_at_least_one_once_a_later_one_is_above_zero() {
    assert_eq!(lowest("audit-c", "-,0,-"), Decimal::ZERO);
    assert_eq!(lowest("audit-c", "-,1,-"), Decimal::TWO);
    assert_eq!(lowest("audit-c", "-,-,-"), Decimal::ZERO);
}

#[test]
fn a_cut_off_that_can_just_be_reached_is_open() {
    let positive = |written: &str| {
        let score = score("phq-9", written);
        let ten = score.positive.iter().find(|cut| cut.at == 10).unwrap();
        ten.positive
    };
    assert_eq!(positive("3,3,1,0,0,0,0,0,-"), None);
    assert_eq!(positive("3,3,0,0,0,0,0,0,-"), Some(false));
    assert_eq!(positive("3,3,3,1,0,0,0,0,-"), Some(true));
}

#[test]
fn a_range_is_that_of_the_figure_and_not_of_the_sum() {
    assert_eq!(form("peg").range(), (0, 10));
    assert_eq!(form("odi").range(), (0, 100));
    assert_eq!(form("phq-9").range(), (0, 27));
    let scales = |id: &str| -> Vec<(String, (i64, i64))> {
        let form = form(id);
        let scales = form.scales.iter();
        scales
            .map(|it| (it.id.clone(), form.scale_range(it)))
            .collect()
    };
    let named = |all: &[(&str, (i64, i64))]| -> Vec<(String, (i64, i64))> {
        all.iter()
            .map(|(id, range)| ((*id).to_owned(), *range))
            .collect()
    };
    let pcs = [
        ("rumination", (0, 16)),
        ("magnification", (0, 12)),
        ("helplessness", (0, 24)),
    ];
    assert_eq!(scales("pcs"), named(&pcs));
    let bpi = [("severity", (0, 10)), ("interference", (0, 10))];
    assert_eq!(scales("bpi-sf"), named(&bpi));
    assert_eq!(scales("eq-5d-5l"), named(&[("vas", (0, 100))]));
}

#[test]
fn a_percentage_of_nothing_answered_is_any() {
    let nothing = score("odi", "-,-,-,-,-,-,-,-,-,-");
    assert_eq!(nothing.total, None);
    assert_eq!(
        (nothing.lowest, nothing.highest),
        (Decimal::ZERO, Decimal::ONE_HUNDRED)
    );
}

#[test]
fn a_form_in_parts_is_complete_only_when_each_part_is() {
    let complete = |id: &str, written: &str| score(id, written).complete;
    assert!(complete("eq-5d-5l", "1,2,3,4,5,70"));
    assert!(!complete("eq-5d-5l", "1,2,3,4,5,-"));
    assert!(!complete("eq-5d-5l", "1,2,-,4,5,70"));
    // Without a profile, the scales alone decide.
    assert!(complete("bpi-sf", "1,2,3,4,5,5,5,5,5,5,5"));
    assert!(!complete("bpi-sf", "-,2,3,4,5,5,5,5,5,5,5"));
    assert!(!complete("bpi-sf", "1,2,3,4,5,-,-,-,-,-,-"));
}

#[test]
fn one_answer_is_enough_only_where_it_ends_the_form() {
    assert_eq!(score("pc-ptsd-5", "0").total, Some(Decimal::ZERO));
    for (id, written, wanted) in [
        ("phq-9", "0", 9),
        ("pc-ptsd-5", "1", 6),
        ("pc-ptsd-5", "1,0,0,0", 6),
        ("pc-ptsd-5", "1,0,0,0,0", 6),
        ("phq-9", "0,0,0,0,0,0,0,0", 9),
    ] {
        let refused = tried(id, written).unwrap_err();
        let given = answers(written).len();
        let name = form(id).name.clone();
        assert_eq!(
            refused,
            ScoreError::Count {
                name,
                wanted,
                given
            },
            "{id} {written}"
        );
    }
}

#[test]
fn what_is_noted_says_what_is_missing_and_why_a_figure_is_zero() {
    let notes = |id: &str, written: &str| score(id, written).notes;
    assert_eq!(notes("gad-7", "1,1,1,1,1,1,-"), ["Incomplete (6 of 7)."]);
    assert!(
        notes("gad-7", "1,1,1,1,1,1,1")
            .iter()
            .all(|it| !it.starts_with("Incomplete"))
    );
    let gate = "0 because the first question was answered no.";
    let all = "All questions were asked.";
    let has = |notes: &[String], note: &str| notes.iter().any(|it| it == note);
    let stopped = notes("pc-ptsd-5", "0");
    assert!(has(&stopped, gate) && !has(&stopped, all));
    let asked = notes("pc-ptsd-5", "1,0,0,0,0,0");
    assert!(has(&asked, all) && !has(&asked, gate));
    let half = notes("pc-ptsd-5", "1,0,-,0,0,0");
    assert!(!has(&half, all) && !has(&half, gate));
    assert!(has(&half, "Incomplete (4 of 5)."));
    let other = notes("gad-7", "0,0,0,0,0,0,0");
    assert!(!has(&other, gate) && !has(&other, all));
}

/// A made-up form of two items from 0 to 2, with one scale over both.
fn made_up(totalling: &str, needs: &str, scale: &str, points: &str) -> String {
    let about = "mark = \"D\"\ncitation = \"made up\"\n";
    format!(
        "id = \"t\"\nname = \"T\"\nmeasures = \"m\"\nversion = \"1\"\nlanguage = \"en-GB\"\nattribution = \"a\"\n\
         licence = \"l\"\nlicence-mark = \"D\"\nwording = \"licensed\"\ntotalling = \"{totalling}\"\n{needs}\n\
         [[numbered]]\ncount = 2\nfrom = 0\nto = 2\nmark = \"D\"\n{points}\n\
         [[scale]]\nid = \"s\"\nname = \"S\"\nitems = [1, 2]\nfigure = \"mean\"\n{scale}\n{about}"
    )
}

#[test]
fn a_figure_needs_one_answer_at_least_and_no_more_than_it_has_items() {
    let refused = InstrumentError::Misfit {
        instrument: "t".to_owned(),
        what: "the number of answers that a figure needs".to_owned(),
    };
    for (needs, read) in [(0, false), (1, true), (2, true), (3, false)] {
        let needs = format!("needs = {needs}");
        for text in [
            made_up("mean", &needs, "", ""),
            made_up("mean", "", &needs, ""),
        ] {
            match Instrument::parse(&text) {
                Ok(_) => assert!(read, "{text}"),
                Err(error) => assert_eq!((&error, read), (&refused, false), "{text}"),
            }
        }
    }
    let form = Instrument::parse(&made_up("mean", "needs = 1", "needs = 1", "")).unwrap();
    let nothing = form.score(&[None, None]).unwrap();
    assert_eq!((nothing.total, nothing.scales[0].value), (None, None));
    let one = form.score(&[None, Some(2)]).unwrap();
    let two = Some(Decimal::TWO);
    assert_eq!((one.total, one.scales[0].value), (two, two));
}

#[test]
fn a_share_of_nothing_is_nothing() {
    let text = made_up("percent", "", "", "points = [0, 0, 0]");
    let score = Instrument::parse(&text).unwrap().score(&[Some(1), Some(2)]);
    assert_eq!(score.unwrap().total, Some(Decimal::ZERO));
}
