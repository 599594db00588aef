//! Opioid totals, regimens in words, and the prompts about medicines.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use assessment::medicine::{
    AllergyMatch, Dictionary, Form, Item, ItemFields, OmeTable, Problem, PromptKind, Regimen,
    Source, Total, allergy_matches, ome, prompts,
};
use rust_decimal::Decimal;

macro_rules! dec {
    ($number:literal) => {
        stringify!($number).parse::<Decimal>().unwrap()
    };
}

fn fpm(regimen: &str) -> (Total, Total) {
    let made = ome(&items(regimen), OmeTable::shipped());
    (made.typical, made.maximum)
}

fn items(regimen: &str) -> Vec<Item> {
    Regimen::parse(regimen)
        .unwrap_or_else(|error| panic!("{regimen}: {error}"))
        .items
}

fn exactly(mg: Decimal) -> (Total, Total) {
    (Total::Exactly(mg), Total::Exactly(mg))
}

#[test]
fn the_regimens_of_the_clinical_table_come_to_their_totals() {
    for (regimen, mg) in [
        ("co-codamol 30/500 x8", dec!(24)),
        ("dihydrocodeine 30 mg ×4", dec!(12)),
        ("tramadol 400 mg", dec!(40)),
        ("tapentadol SR 100 mg x2", dec!(80)),
        ("oxycodone MR 20 mg x2; oxycodone 5 mg x4", dec!(90)),
        ("morphine MR 60 mg x2", dec!(120)),
        (
            "morphine MR 60 mg x2; morphine 10 mg prn up to x1 takes 1",
            dec!(130),
        ),
        ("hydromorphone 8 mg", dec!(40)),
        ("fentanyl 12 microgram/h", dec!(30)),
        (
            "fentanyl patch 12 microgram/h; fentanyl patch 25 microgram/h",
            dec!(90),
        ),
        ("fentanyl 50 micrograms/hour", dec!(120)),
        ("fentanyl patch 25 mcg/hr; morphine 40 mg", dec!(100)),
        ("buprenorphine patch 5 microgram/h", dec!(12)),
        ("butrans 20 microgram/h every 7 days", dec!(48)),
        ("buprenorphine 35 microgram/h", dec!(84)),
        ("transtec patch 52.5 microgram/h every 96 hours", dec!(126)),
        ("buprenorphine 70 microgram/h", dec!(168)),
        (
            "co-codamol 30/500 x8; buprenorphine 10 microgram/h",
            dec!(48),
        ),
        (
            "morphine MR 60 mg x2; fentanyl patch 25 microgram/h",
            dec!(180),
        ),
    ] {
        assert_eq!(fpm(regimen), exactly(mg), "{regimen}");
    }
}

#[test]
fn a_liquid_taken_as_needed_has_a_typical_and_a_maximum() {
    let totals = fpm("Oramorph 10 mg/5 ml, 5 ml PRN up to x4, takes 2");
    assert_eq!(totals, (Total::Exactly(dec!(20)), Total::Exactly(dec!(40))));
}

#[test]
fn safety_10_nothing_countable_cannot_be_worked_out() {
    let made = ome(&items("methadone 30 mg"), OmeTable::shipped());
    assert_eq!(made.typical, Total::CannotBeWorkedOut);
    assert_eq!(made.typical.words(), "cannot be worked out");
    assert!(!made.complete);
}

#[test]
fn safety_10_methadone_is_totalled_by_no_table_and_its_factor_is_only_a_fact() {
    for table in [OmeTable::shipped(), OmeTable::cdc()] {
        let made = ome(&items("methadone 30 mg; codeine 30 mg x4"), table);
        assert!(matches!(made.typical, Total::AtLeast(_)), "{}", table.name);
        let methadone = &made.items[0];
        assert!(!methadone.counted && methadone.mg_per_day.is_none());
    }
    let cdc = ome(&items("methadone 30 mg"), OmeTable::cdc());
    assert_eq!(cdc.items[0].stated_factor, Some(dec!(4.7)));
}

#[test]
fn safety_10_a_drug_without_a_factor_makes_the_total_at_least() {
    let made = ome(
        &items("methadone 30 mg; codeine 120 mg"),
        OmeTable::shipped(),
    );
    assert_eq!(made.typical, Total::AtLeast(dec!(12)));
    assert_eq!(made.typical.words(), "at least 12 mg/day, incomplete");
}

#[test]
fn safety_10_typical_and_maximum_are_both_given() {
    let made = ome(
        &items("morphine 10 mg prn up to x6 takes 2"),
        OmeTable::shipped(),
    );
    assert_eq!(
        (made.typical, made.maximum),
        (Total::Exactly(dec!(20)), Total::Exactly(dec!(60)))
    );
}

#[test]
fn safety_10_an_as_needed_opioid_whose_use_is_not_stated_is_incomplete() {
    let made = ome(
        &items("morphine MR 60 mg x2; morphine 10 mg prn"),
        OmeTable::shipped(),
    );
    assert_eq!(made.typical, Total::AtLeast(dec!(120)));
    assert_eq!(made.maximum, Total::AtLeast(dec!(130)));
}

#[test]
fn each_total_names_its_table_and_version() {
    let made = ome(&items("codeine 30 mg x4"), OmeTable::shipped());
    assert_eq!(made.table, "FPM Opioids Aware");
    assert!(made.version.contains("2020-08"));
    assert_eq!(made.items[0].factor, Some(dec!(0.1)));
}

#[test]
fn an_opioid_for_dependence_is_left_out_of_the_total_and_still_listed() {
    let mut all = items("buprenorphine 8 mg sublingual; codeine 30 mg x4");
    all[0].for_dependence = true;
    let made = ome(&all, OmeTable::shipped());
    assert_eq!(made.typical, Total::Exactly(dec!(12)));
    assert!(made.items[0].for_dependence);
}

#[test]
fn a_patch_is_never_multiplied_by_hours_or_days() {
    let weekly = fpm("buprenorphine patch 10 microgram/h every 7 days");
    assert_eq!(weekly, fpm("buprenorphine patch 10 microgram/h"));
    assert_eq!(weekly, exactly(dec!(24)));
}

#[test]
fn a_unit_that_cannot_be_right_is_refused() {
    for (regimen, wanted) in [
        ("fentanyl patch 50 mg", Problem::PatchUnit),
        ("fentanyl 50 mg patch", Problem::PatchUnit),
        ("fentanyl patch 50", Problem::PatchUnit),
        ("buprenorphine patch 10 mg", Problem::PatchUnit),
        ("fentanyl patch 25 microgram", Problem::PatchUnit),
        ("morphine 25 microgram/h", Problem::PerHourNotPatch),
        ("morphine 30/500", Problem::NotACombination),
        ("fentanyl patch 25 microgram/h x2", Problem::PatchTimes),
    ] {
        let error = Regimen::parse(regimen).unwrap_err();
        assert_eq!(error.reason, wanted, "{regimen}");
    }
    for regimen in ["morphine 60 g", "codeine 30 microgram x4", "fentanyl 50 mg"] {
        let error = Regimen::parse(regimen).unwrap_err();
        assert!(
            matches!(error.reason, Problem::Unit { .. }),
            "{regimen}: {error}"
        );
    }
}

#[test]
fn an_error_says_which_medicine_where_and_what_was_probably_meant() {
    let error = Regimen::parse("codeine 30 mg x4; morphin MR 60 mg x2").unwrap_err();
    assert_eq!((error.item, error.position), (2, 19));
    assert_eq!(error.reason, Problem::UnknownName);
    assert_eq!(error.nearest.as_deref(), Some("morphine"));
    assert!(
        error.to_string().contains("Did you mean \"morphine\"?"),
        "{error}"
    );
}

#[test]
fn what_is_not_understood_is_refused_and_never_skipped() {
    for regimen in [
        "",
        ";",
        "morphine",
        "morphine 60",
        "morphine 60 mg sometimes",
        "morphine 0 mg",
        "morphine 60 mg x",
        "morphine 99999999999999999999999999999999999 mg",
        "morphine 10 mg prn up to x2 takes 3",
        "morphine 60 mg 30 mg 10 mg",
        "morphine 60 mg + 10",
    ] {
        assert!(Regimen::parse(regimen).is_err(), "{regimen} was read");
    }
}

#[test]
fn a_row_of_the_screen_gives_the_same_total_as_words() {
    let row = ItemFields {
        name: "Morphine".into(),
        form: Some(Form::ModifiedRelease),
        strength: "60 mg".into(),
        times: Some(dec!(2)),
        ..ItemFields::default()
    };
    let item = Item::from_fields(&row, Dictionary::shipped()).unwrap();
    let made = ome(&[item], OmeTable::shipped());
    assert_eq!(made.typical, Total::Exactly(dec!(120)));
}

#[test]
fn a_row_with_a_patch_in_milligrams_is_refused() {
    let row = ItemFields {
        name: "fentanyl".into(),
        form: Some(Form::Patch),
        strength: "50 mg".into(),
        ..ItemFields::default()
    };
    assert_eq!(
        Item::from_fields(&row, Dictionary::shipped()).unwrap_err(),
        Problem::PatchUnit
    );
}

#[test]
fn a_name_that_is_not_known_makes_the_total_incomplete_until_somebody_says_it_is_no_opioid() {
    let row = |said| ItemFields {
        name: "morfine forte".into(),
        said_opioid: said,
        ..ItemFields::default()
    };
    let made = |said| {
        let item = Item::from_fields(&row(said), Dictionary::shipped()).unwrap();
        ome(&[item], OmeTable::shipped()).typical
    };
    assert_eq!(made(None), Total::CannotBeWorkedOut);
    assert_eq!(made(Some(true)), Total::CannotBeWorkedOut);
    assert_eq!(made(Some(false)), Total::None);
}

#[test]
fn a_medicine_from_a_drug_service_is_for_dependence() {
    let row = ItemFields {
        name: "methadone".into(),
        source: Some(Source::DrugService),
        ..ItemFields::default()
    };
    assert!(
        Item::from_fields(&row, Dictionary::shipped())
            .unwrap()
            .for_dependence
    );
}

#[test]
fn an_implanted_opioid_makes_the_total_incomplete() {
    assert_eq!(fpm("morphine pump 2 mg").0, Total::CannotBeWorkedOut);
}

fn prompt_ids(regimen: &str, allergies: &[&str], known: &[&str]) -> BTreeSet<String> {
    let allergies: Vec<String> = allergies.iter().map(|&it| it.to_owned()).collect();
    let known = known.iter().map(|&it| it.to_owned()).collect();
    prompts(&items(regimen), &allergies, &known)
        .into_iter()
        .map(|it| it.id)
        .collect()
}

#[test]
fn medicines_that_harm_together_are_pointed_out() {
    for (regimen, id) in [
        (
            "morphine 10 mg x4; diazepam 5 mg x2",
            "opioid-benzodiazepine",
        ),
        (
            "co-codamol 30/500 x8; pregabalin 75 mg x2",
            "opioid-gabapentinoid",
        ),
        ("tramadol 50 mg x4; sertraline 50 mg", "serotonin"),
        (
            "naproxen 250 mg x2; apixaban 5 mg x2",
            "nsaid-anticoagulant",
        ),
        (
            "gabapentin 300 mg x3; pregabalin 75 mg x2",
            "duplicate-gabapentinoids",
        ),
        ("codeine 30 mg x4; tramadol 50 mg x4", "duplicate-opioids"),
        (
            "paracetamol 1 g x4; co-codamol 8/500 x4",
            "duplicate-paracetamol",
        ),
        ("paracetamol 1 g x4; co-codamol 8/500 x4", "amount"),
    ] {
        assert!(
            prompt_ids(regimen, &[], &[]).contains(id),
            "{regimen} lacks {id}"
        );
    }
}

#[test]
fn medicines_that_go_together_raise_nothing() {
    assert_eq!(prompt_ids("paracetamol 1 g x4", &[], &[]), BTreeSet::new());
    assert_eq!(
        prompt_ids("codeine 30 mg x4; codeine 15 mg prn", &[], &[]),
        BTreeSet::new()
    );
}

#[test]
fn what_is_known_of_the_person_is_checked() {
    assert!(
        prompt_ids("codeine 30 mg x4", &[], &["breastfeeding"]).contains("codeine-breastfeeding")
    );
    assert!(
        prompt_ids("ibuprofen 400 mg x3", &[], &["ulcer-history"])
            .contains("nsaid-kidney-ulcer-heart")
    );
}

#[test]
fn an_allergy_meets_the_medicine_its_parts_and_its_class() {
    assert_eq!(
        allergy_matches("Codeine", "co-codamol"),
        Some(AllergyMatch::Same)
    );
    assert_eq!(
        allergy_matches("penicillin", "amoxicillin"),
        Some(AllergyMatch::Class("penicillin".into()))
    );
    assert_eq!(
        allergy_matches("ibuprofen (wheeze)", "naproxen"),
        Some(AllergyMatch::Class("nsaid".into()))
    );
    assert_eq!(
        allergy_matches("opiates", "oxycodone"),
        Some(AllergyMatch::Class("opioid".into()))
    );
    assert_eq!(allergy_matches("latex", "morphine"), None);
    assert_eq!(allergy_matches("morphine", "gabapentin"), None);
    assert!(prompt_ids("naproxen 250 mg x2", &["diclofenac"], &[]).contains("allergy"));
}

#[test]
fn an_amount_prompt_never_names_a_dose_to_take() {
    let found = prompts(&items("tramadol 100 mg x5"), &[], &BTreeSet::new());
    let amount = found
        .iter()
        .find(|it| it.kind == PromptKind::Amount)
        .unwrap();
    assert_eq!(
        amount.words,
        "tramadol comes to 500 mg in 24 hours, more than 400 mg. Check the amount."
    );
}
