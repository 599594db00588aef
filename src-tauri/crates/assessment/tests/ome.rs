//! Each part of the opioid total on its own: what a change of one sign in it would break.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::medicine::{
    Dictionary, Form, Item, ItemFields, ItemOme, Ome, OmeTable, Regimen, TableError, Total, ome,
};
use rust_decimal::Decimal;

fn by_fpm(regimen: &str) -> Ome {
    let read = Regimen::parse(regimen).unwrap_or_else(|error| panic!("{regimen}: {error}"));
    ome(&read.items, OmeTable::shipped())
}

fn only(regimen: &str) -> ItemOme {
    let [item] = by_fpm(regimen).items.try_into().unwrap();
    item
}

fn row(fields: &ItemFields) -> Item {
    Item::from_fields(fields, Dictionary::shipped()).unwrap()
}

fn mg(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

#[test]
fn debug_never_shows_what_a_patient_takes() {
    let shown = format!("{:?}", by_fpm("morphine MR 60 mg x2"));
    assert!(shown.contains("ItemOme(..)"), "{shown}");
    assert!(!shown.to_lowercase().contains("morphine"), "{shown}");
}

#[test]
fn a_total_is_complete_only_when_both_the_typical_and_the_maximum_are() {
    let no_most = by_fpm("morphine 10 mg prn takes 3");
    assert_eq!(no_most.typical, Total::Exactly(Decimal::from(30)));
    assert!(matches!(no_most.maximum, Total::AtLeast(_)));
    assert!(!no_most.complete);
    assert!(by_fpm("morphine 10 mg x3").complete);
}

#[test]
fn an_opioid_prescribed_and_never_taken_beside_one_that_cannot_be_counted_is_no_low_figure() {
    let unused = row(&ItemFields {
        name: "morphine".into(),
        strength: "10 mg".into(),
        as_needed: true,
        max_times: Some(Decimal::from(4)),
        taken_times: Some(Decimal::ZERO),
        ..ItemFields::default()
    });
    let alone = ome(std::slice::from_ref(&unused), OmeTable::shipped());
    assert_eq!(alone.typical, Total::Exactly(Decimal::ZERO));
    let mut both = Regimen::parse("methadone 30 mg").unwrap().items;
    both.push(unused);
    let made = ome(&both, OmeTable::shipped());
    assert_eq!(made.typical, Total::CannotBeWorkedOut);
    assert_eq!(made.maximum, Total::AtLeast(Decimal::from(40)));
}

#[test]
fn patches_worn_together_count_each() {
    let total = |table: &OmeTable, dose: &str| {
        let item = row(&ItemFields {
            name: "fentanyl".into(),
            form: Some(Form::Patch),
            strength: "25 microgram/h".into(),
            dose: dose.into(),
            ..ItemFields::default()
        });
        ome(&[item], table).typical.mg()
    };
    // One table has a figure for each patch, the other a factor for each microgram an hour.
    assert_eq!(total(OmeTable::shipped(), "1"), mg("60"));
    assert_eq!(total(OmeTable::shipped(), "2"), mg("120"));
    assert_eq!(total(OmeTable::cdc(), "1"), mg("60"));
    assert_eq!(total(OmeTable::cdc(), "2"), mg("120"));
}

#[test]
fn the_most_is_what_is_allowed_and_never_less_than_what_is_taken() {
    let allowed = only("morphine 10 mg prn up to x6");
    assert_eq!((allowed.mg_per_day, allowed.counted), (None, false));
    assert_eq!(
        (allowed.max_mg_per_day, allowed.max_counted),
        (mg("60"), true)
    );
    let taken = only("morphine 10 mg prn takes 3");
    assert_eq!((taken.mg_per_day, taken.counted), (mg("30"), true));
    assert_eq!((taken.max_mg_per_day, taken.max_counted), (mg("30"), false));
    let more = row(&ItemFields {
        name: "morphine".into(),
        strength: "10 mg".into(),
        times: Some(Decimal::TWO),
        taken_times: Some(Decimal::from(5)),
        ..ItemFields::default()
    });
    let made = ome(&[more], OmeTable::shipped());
    assert_eq!(made.maximum, Total::Exactly(Decimal::from(50)));
}

#[test]
fn what_is_missing_is_named() {
    let reason = |regimen: &str| only(regimen).reason_not.unwrap_or_default();
    assert!(reason("morphine 10 mg prn").contains("neither how often nor the most"));
    assert!(reason("morphine 10 mg prn up to x6").contains("really taken"));
    assert!(reason("morphine 10 mg prn takes 3").contains("the most a day"));
    assert_eq!(only("morphine 10 mg x3").reason_not, None);
}

#[test]
fn a_name_that_is_not_known_says_whether_somebody_called_it_an_opioid() {
    let reason = |said_opioid| {
        let item = row(&ItemFields {
            name: "morfine forte".into(),
            said_opioid,
            ..ItemFields::default()
        });
        let made = ome(&[item], OmeTable::shipped());
        made.items[0].reason_not.clone().unwrap()
    };
    assert!(reason(Some(true)).starts_with("an opioid that is not in the list"));
    assert!(reason(None).contains("say whether it is an opioid"));
}

#[test]
fn a_medicine_that_is_no_opioid_is_not_in_the_list_of_opioids() {
    let made = by_fpm("naproxen 250 mg x2; codeine 30 mg x4; amitriptyline 10 mg");
    let drugs: Vec<&str> = made.items.iter().map(|item| item.drug.as_str()).collect();
    assert_eq!(drugs, ["codeine"]);
    assert_eq!(by_fpm("naproxen 250 mg x2").typical, Total::None);
    // The opioid is the second part of this box.
    let second = by_fpm("nurofen plus 200/12.8 x6");
    assert_eq!(second.items[0].drug, "codeine");
    assert_eq!(second.typical.mg(), mg("7.68"));
}

#[test]
fn a_note_asks_for_the_interval_of_a_patch_and_says_what_was_read_as_a_day() {
    let note = |regimen: &str| only(regimen).note;
    let patch = note("fentanyl patch 25 microgram/h").unwrap();
    assert!(patch.contains("how often the patch is changed"), "{patch}");
    assert_eq!(note("fentanyl patch 25 microgram/h every 72 hours"), None);
    let daily = note("tramadol 400 mg").unwrap();
    assert!(daily.contains("24 hours"), "{daily}");
    assert_eq!(note("tramadol 50 mg x4"), None);
}

fn table(entries: &str) -> Result<OmeTable, TableError> {
    let head = "id = \"t\"\nname = \"T\"\nversion = \"1\"\ncitation = \"made up\"\n";
    let missing: Vec<String> = [
        ("[[factor]]", "factor"),
        ("[[patch]]", "patch"),
        ("[[never]]", "never"),
    ]
    .into_iter()
    .filter(|(list, _)| !entries.contains(list))
    .map(|(_, empty)| format!("{empty} = []\n"))
    .collect();
    OmeTable::parse(&format!("{head}{}{entries}", missing.concat()))
}

#[test]
fn a_table_whose_figures_cannot_be_right_is_refused() {
    let factor = |figure: &str| {
        table(&format!(
            "[[factor]]\ndrug = \"morphine\"\nfactor = \"{figure}\"\nmark = \"D\"\n"
        ))
    };
    assert!(factor("1").is_ok());
    let figure = TableError::Figure("morphine".into());
    assert_eq!(factor("0").unwrap_err(), figure);
    assert_eq!(factor("-1").unwrap_err(), figure);
    let patch = |figures: &str| {
        table(&format!(
            "[[patch]]\ndrug = \"morphine\"\nmark = \"D\"\n{figures}\n"
        ))
    };
    assert!(patch("microgram-per-hour = \"12\"\nmg-per-day = \"30\"").is_ok());
    assert!(patch("factor = \"2.4\"").is_ok());
    for wrong in [
        "",
        "microgram-per-hour = \"12\"",
        "mg-per-day = \"30\"",
        "microgram-per-hour = \"12\"\nmg-per-day = \"30\"\nfactor = \"2.4\"",
    ] {
        assert_eq!(patch(wrong).unwrap_err(), figure, "{wrong}");
    }
}

#[test]
fn what_is_never_totalled_has_no_factor_by_mouth_and_none_as_a_patch() {
    let never = "[[never]]\ndrug = \"methadone\"\nreason = \"too variable\"\n";
    let factor = "[[factor]]\ndrug = \"methadone\"\nfactor = \"3\"\nmark = \"D\"\n";
    let patch = "[[patch]]\ndrug = \"methadone\"\nfactor = \"3\"\nmark = \"D\"\n";
    let refused = TableError::NeverYetFactor("methadone".into());
    assert!(table(never).is_ok());
    for figure in [factor, patch] {
        assert_eq!(table(&format!("{figure}{never}")).unwrap_err(), refused);
    }
}
