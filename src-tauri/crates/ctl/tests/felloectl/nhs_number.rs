//! `felloectl nhs-number`.

use serde_json::json;

use crate::program::{code, felloectl, json_of};

#[test]
fn a_number_whose_check_digit_is_right_ends_with_0_and_any_other_with_1() {
    let table = [
        ("9991609938", 0, true),
        ("999 160 9938", 0, true),
        ("999-160-9938", 0, true),
        ("9434765919", 0, false),
        ("9991609937", 1, false),
        ("999160993", 1, false),
        ("99916099380", 1, false),
        ("abc", 1, false),
        ("", 1, false),
    ];
    for (number, ends, test_range) in table {
        let output = felloectl(&["nhs-number", number, "--json"]);
        assert_eq!(code(&output), ends, "{number}");
        let answer = json_of(&output);
        assert_eq!(answer["valid"], json!(ends == 0), "{number}");
        assert_eq!(answer["test_range"], json!(test_range), "{number}");
        let words = answer["words"].as_str().unwrap();
        assert!(words.ends_with('.'), "{words}");
    }
}
