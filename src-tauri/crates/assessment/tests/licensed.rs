//! The instruments that are used under licence: their vectors, their missing answers and changes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/vectors.rs"]
mod in_file;

use assessment::instrument::{
    Change, Direction, Instrument, Score, ScoreError, Wording, change, scale_change, shown,
};
use rust_decimal::Decimal;

use in_file::{cases, numbers};

fn form(id: &str) -> &'static Instrument {
    Instrument::by_id(id).unwrap_or_else(|| panic!("no instrument {id}"))
}

fn score(id: &str, answers: &[Option<i64>]) -> Score {
    form(id)
        .score(answers)
        .unwrap_or_else(|error| panic!("{id}: {error}"))
}

/// Scores answers written as on the command line, `-` for unanswered.
fn written(id: &str, text: &str) -> Score {
    score(id, &read(text))
}

fn read(text: &str) -> Vec<Option<i64>> {
    text.split(',').map(|it| it.parse().ok()).collect()
}

/// Answers of so many items from 0 to `most` that come to a sum.
fn that_sum_to(sum: i64, items: usize, most: i64) -> Vec<Option<i64>> {
    let mut left = sum;
    let answers = (0..items)
        .map(|_| {
            let one = left.min(most);
            left -= one;
            Some(one)
        })
        .collect();
    assert_eq!(left, 0);
    answers
}

fn total(score: &Score) -> i64 {
    i64::try_from(score.total.unwrap()).unwrap()
}

fn band(score: &Score) -> &str {
    &score.band.as_ref().unwrap().label
}

fn group(score: &Score) -> &str {
    &score.group.as_ref().unwrap().id
}

fn positive(score: &Score, cut: &str) -> Option<bool> {
    score
        .positive
        .iter()
        .find(|it| it.id == cut)
        .unwrap()
        .positive
}

fn scale(score: &Score, id: &str) -> Option<Decimal> {
    score.scales.iter().find(|it| it.id == id).unwrap().value
}

fn as_shown(value: Decimal, decimals: u32) -> f64 {
    shown(value, decimals).parse().unwrap()
}

#[test]
fn peg_vectors() {
    for case in cases("PEG") {
        let mean = score("peg", &numbers(&case["answers"])).total.unwrap();
        assert_eq!(Some(as_shown(mean, 1)), case["mean_1dp"].as_f64(), "{case}");
        let unrounded: f64 = mean.try_into().unwrap();
        assert!((unrounded - case["mean_unrounded"].as_f64().unwrap()).abs() < 1e-12);
    }
    assert_eq!(written("peg", "6,-,4").total, None);
}

#[test]
fn pseq_vectors() {
    for case in cases("PSEQ") {
        let sum = case["total"].as_i64().unwrap();
        let score = score("pseq", &that_sum_to(sum, 10, 6));
        assert_eq!(total(&score), sum);
        assert_eq!(band(&score), case["band_eppoc"], "{case}");
    }
}

#[test]
fn pcs_vectors() {
    for case in cases("PCS") {
        let score = score("pcs", &numbers(&case["answers"]));
        assert_eq!(
            score.total,
            case["total"].as_i64().map(Decimal::from),
            "{case}"
        );
        for id in ["rumination", "magnification", "helplessness"] {
            assert_eq!(
                scale(&score, id),
                case[id].as_i64().map(Decimal::from),
                "{id} {case}"
            );
        }
        assert_eq!(positive(&score, "thirty"), case["ge30"].as_bool(), "{case}");
    }
}

#[test]
fn tsk_11_vectors_and_a_nought_is_refused() {
    for case in cases("TSK-11") {
        let score = score("tsk-11", &numbers(&case["answers"]));
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(score.band, None);
    }
    let error = form("tsk-11")
        .score(&read("0,1,1,1,1,1,1,1,1,1,1"))
        .unwrap_err();
    assert!(matches!(
        error,
        ScoreError::Value {
            item: 1,
            least: 1,
            greatest: 4,
            ..
        }
    ));
}

#[test]
fn isi_vectors() {
    for case in cases("ISI") {
        let score = score("isi", &numbers(&case["answers"]));
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(band(&score), case["band"], "{case}");
    }
}

#[test]
fn odi_vectors_and_its_bands_have_neutral_names() {
    for case in cases("ODI") {
        let score = score("odi", &numbers(&case["sections"]));
        let percent = score.total.unwrap();
        assert_eq!(
            Some(as_shown(percent, 1)),
            case["percent"].as_f64(),
            "{case}"
        );
        assert_eq!(
            shown(percent, 0).parse().ok(),
            case["percent_int"].as_i64(),
            "{case}"
        );
        assert_eq!(
            score.answered,
            usize::try_from(case["answered"].as_u64().unwrap()).unwrap()
        );
    }
    assert_eq!(band(&written("odi", "2,2,1,1,2,2,1,1,2,2")), "21 to 40 %");
    for band in &form("odi").bands {
        assert_eq!(band.label, format!("{} to {} %", band.low, band.high));
    }
}

#[test]
fn odi_needs_eight_of_its_ten_sections() {
    let eight = written("odi", "2,2,2,2,2,2,2,2,-,-");
    assert_eq!(eight.total, Some(40.into()));
    assert_eq!((eight.lowest, eight.highest), (32.into(), 52.into()));
    let seven = written("odi", "2,2,2,2,2,2,2,-,-,-");
    assert_eq!((seven.total, seven.complete), (None, false));
}

#[test]
fn start_back_vectors() {
    for case in cases("STarT-Back") {
        let score = score("start-back", &numbers(&case["items"]));
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(
            scale(&score, "distress"),
            case["psychosocial"].as_i64().map(Decimal::from)
        );
        assert_eq!(group(&score), case["group"], "{case}");
    }
    assert_eq!(group(&written("start-back", "0,0,0,0,1,1,1,0,0")), "low");
}

#[test]
fn start_back_says_its_group_early_only_when_no_open_answer_can_change_it() {
    let ids = |text| -> Vec<String> {
        let groups = written("start-back", text).possible_groups;
        groups.into_iter().map(|group| group.id).collect()
    };
    assert_eq!(ids("0,0,0,0,1,1,1,1,-"), ["high"]);
    assert_eq!(ids("0,0,0,0,1,1,1,-,-"), ["low", "high"]);
    assert_eq!(ids("1,1,1,1,0,0,-,-,-"), ["medium"]);
    assert_eq!(ids("0,0,0,0,0,0,0,-,-"), ["low"]);
    assert_eq!(ids("-,-,-,-,-,-,-,-,-"), ["low", "medium", "high"]);
    assert_eq!(written("start-back", "0,0,0,0,1,1,1,1,-").total, None);
}

#[test]
fn start_msk_vectors() {
    for case in cases("STarT-MSK") {
        let answers = [vec![case["nrs"].as_i64()], numbers(&case["items"])].concat();
        let score = score("start-msk", &answers);
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(
            band(&score),
            format!("{} risk", case["group"].as_str().unwrap()),
            "{case}"
        );
    }
}

#[test]
fn ompsq_sf_vectors() {
    for case in cases("OMPSQ-SF") {
        let score = score("ompsq-sf", &numbers(&case["raw"]));
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(positive(&score, "fifty"), case["ge50"].as_bool(), "{case}");
    }
}

#[test]
fn ompsq_sf_counts_three_items_backwards() {
    let total_of = |answers: &str| total(&written("ompsq-sf", answers));
    let least = total_of("1,0,10,10,0,0,0,10,0,0");
    assert_eq!(least, 1);
    assert_eq!(total_of("1,0,9,10,0,0,0,10,0,0"), least + 1);
    assert_eq!(total_of("1,1,10,10,0,0,0,10,0,0"), least + 1);
}

#[test]
fn s_lanss_vectors() {
    for case in cases("S-LANSS") {
        let score = score("s-lanss", &numbers(&case["yes"]));
        assert_eq!(total(&score), case["score"].as_i64().unwrap(), "{case}");
        assert_eq!(positive(&score, "twelve"), case["ge12"].as_bool(), "{case}");
    }
}

#[test]
fn dn4_with_four_found_is_positive_while_tests_are_outstanding() {
    let four = written("dn4", "1,1,1,1,0,0,0,-,-,-");
    assert_eq!((four.total, positive(&four, "four")), (None, Some(true)));
    assert_eq!(positive(&four, "interview"), Some(true));
    let three = written("dn4", "1,1,1,0,0,0,0,-,-,-");
    assert_eq!(positive(&three, "four"), None);
    let none = written("dn4", "0,0,0,0,0,0,0,-,-,-");
    assert_eq!(positive(&none, "four"), Some(false));
}

#[test]
fn bpi_sf_vectors() {
    for case in cases("BPI-SF") {
        let answers = [numbers(&case["severity"]), numbers(&case["interference"])].concat();
        let score = score("bpi-sf", &answers);
        let as_two = |id| scale(&score, id).map(|value| as_shown(value, 2));
        assert_eq!(as_two("severity"), case["severity_mean"].as_f64(), "{case}");
        assert_eq!(
            as_two("interference"),
            case["interference_mean"].as_f64(),
            "{case}"
        );
        assert_eq!(score.total, None);
    }
}

#[test]
fn fibromyalgia_vectors() {
    for case in cases("FM-2016") {
        let whole = |name: &str| case[name].as_i64().unwrap();
        // The symptom score, spread over three items of 0 to 3 and three of 0 to 1.
        let symptoms = whole("sss");
        let severe = symptoms.min(9);
        let mut answers = vec![Some(whole("wpi"))];
        answers.extend(that_sum_to(severe, 3, 3));
        answers.extend(that_sum_to(symptoms - severe, 3, 1));
        answers.push(Some(whole("regions")));
        answers.push(Some(i64::from(whole("months") >= 3)));
        let score = score("fm-2016", &answers);
        assert_eq!(total(&score), whole("fs"), "{case}");
        let met = case["criteria_met"].as_bool().unwrap();
        assert_eq!(group(&score) == "met", met, "{case}");
    }
}

#[test]
fn ort_oud_vectors() {
    for case in cases("ORT-OUD") {
        let score = score("ort-oud", &that_sum_to(case["yes"].as_i64().unwrap(), 9, 1));
        assert_eq!(
            positive(&score, "three"),
            Some(case["risk"] == "high"),
            "{case}"
        );
    }
}

/// The items in the order of the form, and the one that chooses the weights.
const ORT: [&str; 10] = [
    "fam_alc", "fam_ill", "fam_rx", "per_alc", "per_ill", "per_rx", "age16_45", "psa", "add", "dep",
];

fn ort(sex: Option<&str>, yes: &[&str]) -> Score {
    let mut answers: Vec<_> = ORT
        .iter()
        .map(|id| Some(i64::from(yes.contains(id))))
        .collect();
    answers.push(sex.map(|sex| if sex == "F" { 1 } else { 2 }));
    score("ort", &answers)
}

#[test]
fn ort_vectors_by_both_lists_of_weights() {
    for case in cases("ORT") {
        let yes: Vec<&str> = case["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap())
            .collect();
        let score = ort(case["sex"].as_str(), &yes);
        assert_eq!(total(&score), case["total"].as_i64().unwrap(), "{case}");
        assert_eq!(
            band(&score),
            format!("{} risk", case["band"].as_str().unwrap()),
            "{case}"
        );
    }
}

#[test]
fn ort_without_a_choice_of_weights_has_no_total_and_the_range_of_both_lists() {
    let score = ort(None, &["psa"]);
    assert_eq!((score.total, score.complete), (None, false));
    assert_eq!((score.lowest, score.highest), (0.into(), 3.into()));
}

#[test]
fn eq_5d_has_a_profile_and_a_scale_and_no_number_of_its_own() {
    let score = written("eq-5d-5l", "2,1,3,4,2,65");
    assert_eq!(score.profile.as_deref(), Some("21342"));
    assert_eq!(scale(&score, "vas"), Some(65.into()));
    assert_eq!((score.total, score.band.clone()), (None, None));
    assert_eq!(written("eq-5d-5l", "2,1,-,4,2,65").profile, None);
    assert!(form("eq-5d-5l").score(&read("0,1,3,4,2,65")).is_err());
}

fn moved(id: &str, before: i64, after: i64) -> Change {
    change(form(id), before, after)
}

#[test]
fn pseq_changes_only_with_seven_points_and_another_band() {
    let improved = moved("pseq", 18, 26);
    assert_eq!(improved.direction, Direction::ReliablyHigher);
    assert_eq!(improved.better, Some(true));
    assert_eq!(
        improved.words,
        "higher by 8, more than chance, which is better"
    );
    assert_eq!(moved("pseq", 21, 29).direction, Direction::NoReliableChange);
    assert_eq!(moved("pseq", 29, 32).direction, Direction::NoReliableChange);
    assert_eq!(moved("pseq", 26, 18).better, Some(false));
}

#[test]
fn pcs_changes_only_with_six_points_and_another_band() {
    assert_eq!(moved("pcs", 31, 25).better, Some(true));
    assert_eq!(moved("pcs", 52, 40).direction, Direction::NoReliableChange);
    assert_eq!(moved("pcs", 31, 29).direction, Direction::NoReliableChange);
}

#[test]
fn peg_changes_by_the_unrounded_means() {
    let mean = |text| written("peg", text).total.unwrap();
    let judged = |before, after| change(form("peg"), mean(before), mean(after)).direction;
    assert_eq!(judged("6,6,6", "4,5,4"), Direction::NoReliableChange);
    assert_eq!(judged("6,6,6", "4,4,4"), Direction::ReliablyLower);
    assert_eq!(judged("6,6,6", "6,6,1"), Direction::NoReliableChange);
}

#[test]
fn bpi_severity_changes_by_a_share_and_from_nought_by_nothing() {
    let severity = form("bpi-sf")
        .scales
        .iter()
        .find(|it| it.id == "severity")
        .unwrap();
    let judged =
        |before: i64, after: i64| scale_change(severity, before.into(), after.into()).direction;
    assert_eq!(judged(10, 7), Direction::ReliablyLower);
    assert_eq!(judged(10, 8), Direction::NoReliableChange);
    assert_eq!(judged(0, 10), Direction::NoReliableChange);
}

#[test]
fn what_is_not_a_measure_of_change_never_changes() {
    for id in [
        "start-back",
        "start-msk",
        "s-lanss",
        "dn4",
        "ort",
        "ort-oud",
        "fm-2016",
    ] {
        let (least, greatest) = form(id).range();
        assert_eq!(
            moved(id, least, greatest).direction,
            Direction::NoReliableChange,
            "{id}"
        );
    }
}

#[test]
fn no_item_of_a_licensed_form_has_words_here() {
    let mut licensed = 0;
    for form in Instrument::shipped()
        .iter()
        .filter(|it| it.wording == Wording::Licensed)
    {
        licensed += 1;
        assert!(form.stem.is_empty() && form.on_request, "{}", form.id);
        for (_, item) in form.items_on_form() {
            let (_, number) = item.text.rsplit_once(' ').unwrap();
            assert!(
                number.parse::<usize>().is_ok(),
                "{}: {}",
                form.id,
                item.text
            );
            assert!(
                item.text.to_lowercase().contains("item"),
                "{}: {}",
                form.id,
                item.text
            );
        }
    }
    assert_eq!(licensed, 16);
}

#[test]
fn the_instruments_that_are_left_out_are_not_here() {
    for id in ["paindetect", "comm", "soapp-r", "promis"] {
        assert_eq!(Instrument::by_id(id), None);
    }
}
