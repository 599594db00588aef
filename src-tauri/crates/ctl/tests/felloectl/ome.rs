//! `felloectl ome`.

use serde_json::json;

use crate::program::{code, complained, felloectl, is_a_plain_sentence, json_of, said};

#[test]
fn a_regimen_adds_up_with_each_items_factor_table_and_version() {
    let output = felloectl(&[
        "ome",
        "morphine MR 60 mg x2; fentanyl patch 25 microgram/h",
        "--json",
    ]);
    let answer = json_of(&output);
    assert_eq!(code(&output), 0);
    assert_eq!(answer["total_mg_per_day"], json!(180));
    assert_eq!(answer["complete"], json!(true));
    let items = answer["items"].as_array().unwrap();
    let factors: Vec<_> = items
        .iter()
        .map(|item| (&item["mg_per_day"], &item["factor"], &item["factor_per"]))
        .collect();
    assert_eq!(
        factors,
        [
            (&json!(120), &json!(1), &json!("mg")),
            (&json!(60), &json!(2.4), &json!("microgram/h")),
        ]
    );
    for item in items {
        assert_eq!(item["table"], json!("FPM Opioids Aware"));
        assert!(
            item["version"]
                .as_str()
                .is_some_and(|version| !version.is_empty())
        );
        assert!(["V", "V2", "M", "D"].contains(&item["mark"].as_str().unwrap()));
    }
}

#[test]
fn a_unit_that_cannot_be_right_is_refused_in_a_plain_sentence() {
    let output = felloectl(&["ome", "fentanyl patch 50 mg"]);
    assert_eq!(code(&output), 2);
    assert!(output.stdout.is_empty());
    let words = complained(&output);
    assert!(is_a_plain_sentence(&words), "{words}");
    assert!(words.contains("microgram/h"), "{words}");
}

#[test]
fn safety_10_methadone_alone_cannot_be_worked_out_and_beside_morphine_makes_it_at_least() {
    let alone = felloectl(&["ome", "methadone 30 mg x1", "--json"]);
    let answer = json_of(&alone);
    assert_eq!(code(&alone), 0);
    assert!(answer.get("total_mg_per_day").is_none());
    assert!(answer.get("at_least_mg_per_day").is_none());
    assert!(
        answer["words"]
            .as_str()
            .unwrap()
            .starts_with("Cannot be worked out")
    );
    let beside = json_of(&felloectl(&[
        "ome",
        "morphine MR 60 mg x2; methadone 30 mg x1",
        "--json",
    ]));
    assert!(beside.get("total_mg_per_day").is_none());
    assert_eq!(beside["at_least_mg_per_day"], json!(120));
    assert_eq!(beside["complete"], json!(false));
    assert!(
        beside["words"]
            .as_str()
            .unwrap()
            .starts_with("At least 120 mg/day")
    );
    assert!(beside["items"][1]["reason_not"].as_str().is_some());
    assert!(beside["items"][1].get("factor").is_none());
}

#[test]
fn a_total_with_a_fraction_is_a_number_too() {
    let answer = json_of(&felloectl(&["ome", "tramadol 75 mg x1", "--json"]));
    assert!(answer["total_mg_per_day"].is_number(), "{answer}");
}

#[test]
fn no_opioid_at_all_is_said() {
    let output = felloectl(&["ome", "paracetamol 1 g x4"]);
    assert_eq!(code(&output), 0);
    assert!(
        said(&output).starts_with("No opioids for pain"),
        "{}",
        said(&output)
    );
}
