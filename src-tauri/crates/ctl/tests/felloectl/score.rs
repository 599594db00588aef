//! `felloectl score`.

use serde_json::json;

use crate::program::{code, complained, felloectl, json_of, said};

#[test]
fn an_unanswered_item_gives_lowest_and_highest_and_no_total() {
    let output = felloectl(&["score", "phq-9", "2,2,2,-,1,1,0,0,0", "--json"]);
    let answer = json_of(&output);
    assert_eq!(code(&output), 0);
    assert_eq!(answer["complete"], json!(false));
    assert_eq!(answer["lowest"], json!(8));
    assert_eq!(answer["highest"], json!(11));
    assert!(answer.get("total").is_none());
    assert!(answer.get("band").is_none());
}

#[test]
fn forms_with_parts_groups_and_cuts_say_each_of_them() {
    for (form, answers, words) in [
        ("pseq", "2,2,2,2,2,2,2,2,2,2", "PSEQ: 20, moderate"),
        (
            "bpi-sf",
            "8,4,6,6,7,6,5,8,4,7,6",
            "BPI-SF: Severity 6.00, Interference 6.14",
        ),
        (
            "eq-5d-5l",
            "2,1,3,4,2,65",
            "EQ-5D-5L: profile 21342, Health scale 65",
        ),
        ("odi", "2,2,1,1,2,2,1,-,3,2", "ODI: 35.6, 21 to 40 %"),
        ("start-back", "0,0,0,0,1,1,1,1,0", "high risk"),
        ("dn4", "1,1,1,1,0,0,0,-,-,-", "4 or more of 10: yes"),
    ] {
        let output = felloectl(&["score", form, answers]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(words), "{form}: {said}");
    }
}

#[test]
fn a_complete_form_gives_its_total_and_band() {
    let answer = json_of(&felloectl(&[
        "--json",
        "score",
        "phq-9",
        "2,2,2,2,2,2,2,2,0",
    ]));
    assert_eq!(answer["complete"], json!(true));
    assert_eq!(answer["total"], json!(16));
    assert_eq!(answer["lowest"], answer["highest"]);
    assert!(
        answer["band"]
            .as_str()
            .unwrap()
            .to_lowercase()
            .contains("moderately severe")
    );
}

#[test]
fn in_words_an_incomplete_form_says_what_is_still_possible() {
    let output = felloectl(&["score", "phq-9", "2,2,2,-,1,1,0,0,0"]);
    assert_eq!(
        said(&output),
        "PHQ-9: incomplete (8 of 9), 8 to 11 possible\n"
    );
}

#[test]
fn an_instrument_that_is_not_known_names_the_nearest_and_all_that_are() {
    let output = felloectl(&["score", "phq9", "1,1"]);
    assert_eq!(code(&output), 2);
    let words = complained(&output);
    assert!(words.contains("Did you mean phq-9?"), "{words}");
    assert!(
        words.contains("gad-7") && words.contains("audit-c"),
        "{words}"
    );
    assert!(output.stdout.is_empty());
    let far = complained(&felloectl(&["score", "xyzzy", "1"]));
    assert!(
        !far.contains("Did you mean") && far.contains("phq-9"),
        "{far}"
    );
}

#[test]
fn too_few_answers_or_one_that_cannot_be_is_refused() {
    for answers in [
        "1,2",
        "2,2,2,9,1,1,0,0,0",
        "2,2,two,2,1,1,0,0,0",
        "",
        "2,2,2,-1,1,1,0,0,0",
    ] {
        let output = felloectl(&["score", "phq-9", answers]);
        assert_eq!(code(&output), 2, "{answers}");
        assert!(!complained(&output).is_empty());
    }
}

#[test]
fn with_json_what_is_wrong_is_one_json_value_too() {
    let output = felloectl(&["score", "xyzzy", "1", "--json"]);
    assert_eq!(code(&output), 2);
    assert!(
        json_of(&output)["error"]
            .as_str()
            .unwrap()
            .contains("xyzzy")
    );
}
