//! The test vectors of the instruments and of the opioid total, case by case.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/vectors.rs"]
mod in_file;

use assessment::instrument::{Instrument, Item9Prompt, Score, rating_change};
use assessment::medicine::{OmeTable, Regimen, Total, ome};
use rust_decimal::Decimal;
use serde_json::Value;

use in_file::{cases, numbers};

fn whole(value: &Value) -> Option<Decimal> {
    value.as_i64().map(Decimal::from)
}

fn score(id: &str, answers: &[Option<i64>]) -> Score {
    Instrument::by_id(id).unwrap().score(answers).unwrap()
}

fn positive(score: &Score, cut: &str) -> bool {
    score
        .positive
        .iter()
        .find(|result| result.id == cut)
        .unwrap()
        .positive
        .unwrap()
}

fn band(score: &Score) -> &str {
    &score.band.as_ref().unwrap().label
}

#[test]
fn phq_9_vectors() {
    for case in cases("PHQ-9") {
        let score = score("phq-9", &numbers(&case["answers"]));
        assert_eq!(score.total, whole(&case["total"]), "{case}");
        assert_eq!(band(&score), case["band"], "{case}");
        let raised = score.item9 == Some(Item9Prompt::Raised);
        assert_eq!(raised, case["item9_prompt"].as_bool().unwrap(), "{case}");
    }
}

#[test]
fn gad_7_vectors() {
    for case in cases("GAD-7") {
        let score = score("gad-7", &numbers(&case["answers"]));
        assert_eq!(score.total, whole(&case["total"]), "{case}");
        assert_eq!(band(&score), case["band"], "{case}");
        assert_eq!(
            positive(&score, "ten"),
            case["ge10"].as_bool().unwrap(),
            "{case}"
        );
        assert_eq!(
            positive(&score, "eight"),
            case["ge8_nhs_caseness"].as_bool().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn phq_2_and_gad_2_vectors() {
    for (vectors, id) in [("PHQ-2", "phq-2"), ("GAD-2", "gad-2")] {
        for case in cases(vectors) {
            let score = score(id, &numbers(&case["answers"]));
            assert_eq!(score.total, whole(&case["total"]), "{case}");
            assert_eq!(
                positive(&score, "three"),
                case["positive"].as_bool().unwrap(),
                "{case}"
            );
        }
    }
}

#[test]
fn phq_4_vectors() {
    for case in cases("PHQ-4") {
        let answers = [numbers(&case["gad2"]), numbers(&case["phq2"])].concat();
        let score = score("phq-4", &answers);
        assert_eq!(score.total, whole(&case["total"]), "{case}");
        let wanted = case["band"]
            .as_str()
            .unwrap()
            .replace("none/minimal", "none or minimal");
        assert_eq!(band(&score), wanted, "{case}");
        assert_eq!(
            positive(&score, "anxiety"),
            case["anxiety_pos"].as_bool().unwrap(),
            "{case}"
        );
        let depression = case["depression_pos"].as_bool().unwrap();
        assert_eq!(positive(&score, "depression"), depression, "{case}");
    }
}

#[test]
fn audit_c_vectors() {
    for case in cases("AUDIT-C") {
        let score = score("audit-c", &numbers(&case["answers"]));
        assert_eq!(score.total, whole(&case["total"]), "{case}");
        assert_eq!(band(&score), case["band"], "{case}");
        assert_eq!(
            positive(&score, "uk-five"),
            case["uk_positive"].as_bool().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn pc_ptsd_5_vectors() {
    for case in cases("PC-PTSD-5") {
        let mut answers = vec![Some(i64::from(case["gate"].as_bool().unwrap()))];
        answers.extend(numbers(&case["answers"]));
        let score = score("pc-ptsd-5", &answers);
        assert_eq!(score.total, whole(&case["score"]), "{case}");
        assert_eq!(
            positive(&score, "three"),
            case["pos_at_3"].as_bool().unwrap(),
            "{case}"
        );
        assert_eq!(
            positive(&score, "four"),
            case["pos_at_4"].as_bool().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn rating_change_vectors() {
    for case in cases("NRS-change") {
        let rating = |name: &str| u8::try_from(case[name].as_u64().unwrap()).unwrap();
        let change = rating_change(rating("base"), rating("follow"));
        assert_eq!(-change.difference, case["abs"].as_i64().unwrap(), "{case}");
        assert_eq!(change.percent_lower, Some(decimal(&case["pct"])), "{case}");
        assert_eq!(
            change.at_least_30_percent,
            case["ge30pct"].as_bool().unwrap(),
            "{case}"
        );
        assert_eq!(
            change.at_least_50_percent,
            case["ge50pct"].as_bool().unwrap(),
            "{case}"
        );
        assert_eq!(
            change.at_least_2_points,
            case["ge2pts"].as_bool().unwrap(),
            "{case}"
        );
    }
}

fn decimal(value: &Value) -> Decimal {
    value.as_f64().unwrap().to_string().parse().unwrap()
}

#[test]
fn opioid_total_vectors_by_both_tables() {
    for case in cases("OME") {
        let written: Vec<String> = case["regimen"]
            .as_array()
            .unwrap()
            .iter()
            .map(written)
            .collect();
        let items = Regimen::parse(&written.join("; ")).unwrap().items;
        for (table, total, missing) in [
            (OmeTable::shipped(), "fpm", "fpm_incomplete"),
            (OmeTable::cdc(), "cdc", "cdc_incomplete"),
        ] {
            let methadone = items.iter().any(|item| item.name == "methadone");
            let mg = decimal(&case[total]);
            let wanted = if methadone && total == "cdc" {
                // The vector's figure is arithmetic only: methadone is never totalled.
                None
            } else if case[missing].as_array().unwrap().is_empty() {
                Some(Total::Exactly(mg))
            } else if mg.is_zero() {
                Some(Total::CannotBeWorkedOut)
            } else {
                Some(Total::AtLeast(mg))
            };
            let found = ome(&items, table).typical;
            match wanted {
                Some(wanted) => assert_eq!(found, wanted, "{case} by {total}"),
                None => assert!(!matches!(found, Total::Exactly(_)), "{case} by {total}"),
            }
        }
    }
}

/// The vectors give a drug and its amount in 24 hours.
fn written(part: &Value) -> String {
    let (drug, amount) = (part[0].as_str().unwrap(), &part[1]);
    match drug.strip_suffix("_patch") {
        Some(drug) => format!("{drug} patch {amount} microgram/h"),
        None => format!("{drug} {amount} mg"),
    }
}
