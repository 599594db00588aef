//! The opioid total as it is said: never less sure than it is.

use super::Room;

fn ome_of(rows: &[&[(&str, &str)]]) -> (String, bool) {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    for row in rows {
        room.row(&assessment, "medicine", row);
    }
    let banner = room.view(&assessment).banner;
    (banner.ome.unwrap_or_default(), banner.ome_flag)
}

const MORPHINE: &[(&str, &str)] = &[
    ("name", "morphine"),
    ("form", "modified-release"),
    ("strength", "60 mg"),
    ("times", "2"),
];
const METHADONE: &[(&str, &str)] = &[
    ("name", "methadone"),
    ("form", "liquid"),
    ("strength", "30 mg"),
    ("times", "1"),
];

#[test]
fn safety_10_with_nothing_countable_the_total_cannot_be_worked_out_and_is_never_at_least_zero() {
    let (words, flagged) = ome_of(&[METHADONE]);
    assert!(words.contains("cannot be worked out"), "{words}");
    assert!(!words.contains("at least"), "{words}");
    assert!(flagged);
}

#[test]
fn safety_10_with_something_that_does_not_count_the_total_is_at_least() {
    let (words, flagged) = ome_of(&[MORPHINE, METHADONE]);
    assert!(words.contains("at least 120"), "{words}");
    assert!(flagged);
}

#[test]
fn safety_10_usual_and_most_prescribed_are_both_said_and_the_most_is_flagged() {
    let as_needed: &[(&str, &str)] = &[
        ("name", "morphine"),
        ("form", "liquid"),
        ("strength", "10 mg"),
        ("times", "2"),
        ("max-times", "6"),
    ];
    let (words, flagged) = ome_of(&[MORPHINE, as_needed]);
    assert!(words.contains("140 mg/day usual"), "{words}");
    assert!(words.contains("180 mg/day at most"), "{words}");
    assert!(flagged);
}

#[test]
fn safety_10_a_whole_total_names_its_table_and_no_allowance() {
    let (words, flagged) = ome_of(&[MORPHINE]);
    assert!(words.starts_with("120 mg/day"), "{words}");
    assert!(words.contains("FPM"), "{words}");
    assert!(!words.contains(" of "), "{words}");
    assert!(!flagged);
}

#[test]
fn safety_11_an_intrathecal_opioid_makes_the_total_incomplete() {
    let pump: &[(&str, &str)] = &[
        ("name", "morphine"),
        ("form", "pump"),
        ("strength", "2 mg"),
        ("times", "1"),
    ];
    let (words, _) = ome_of(&[MORPHINE, pump]);
    assert!(words.contains("at least"), "{words}");
}

#[test]
fn a_medicine_whose_unit_cannot_be_right_is_refused_beside_its_field() {
    let mut room = Room::demo();
    let (_, assessment) = room.begin();
    let row = super::forms::fields(&[
        ("name", "fentanyl"),
        ("form", "patch"),
        ("strength", "50 mg"),
    ]);
    let refused = crate::assess::record_item(
        &mut room.desk,
        assessment.clone(),
        "medicine".into(),
        None,
        row,
    );
    assert!(matches!(
        refused,
        Err(crate::Refusal::Invalid(fields)) if fields[0].field == "strength"
    ));
    assert_eq!(room.view(&assessment).banner.ome, None);
}
