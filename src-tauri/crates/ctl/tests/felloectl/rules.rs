//! `felloectl rules`.

use serde_json::json;

use crate::program::{code, complained, felloectl, json_of, said, with_input};

const ANSWERS: &str =
    r#"{"on": "2026-11-24", "age": 47, "answers": {"ces-saddle": true, "pain-average": 7}}"#;

#[test]
fn answers_in_a_file_and_on_standard_input_are_explained_alike() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.json");
    std::fs::write(&file, ANSWERS).unwrap();
    let from_file = felloectl(&["rules", "explain", file.to_str().unwrap(), "--json"]);
    let from_input = with_input(&["rules", "explain", "-", "--json"], ANSWERS);
    assert_eq!((code(&from_file), code(&from_input)), (0, 0));
    assert_eq!(json_of(&from_file), json_of(&from_input));
    let proposal = &json_of(&from_file)["proposal"];
    assert_eq!(proposal["urgency"]["settled"], json!(true));
    let words = said(&with_input(&["rules", "explain", "-"], ANSWERS));
    assert!(words.lines().next().unwrap().ends_with("DRAFT"), "{words}");
    assert!(words.contains("Urgency: Emergency"), "{words}");
    assert!(words.contains("[BMJ Best Practice"), "{words}");
    // Why, and what would change it; nothing is more urgent than an emergency.
    assert!(words.contains("Urgency rests on: "), "{words}");
    assert!(!words.contains("More urgent: "), "{words}");
    let why = &json_of(&from_file)["explanation"]["urgency"]["findings"];
    assert_eq!(why[0]["fact"], json!("ces-saddle"));
}

#[test]
fn what_would_make_it_more_urgent_is_named_before_anything_else_that_would_change_it() {
    let text = r#"{"on": "2026-11-24", "age": 44, "answers": {"synovitis-any": true}}"#;
    let words = said(&with_input(&["rules", "explain", "-"], text));
    let at = |part: &str| {
        words
            .find(part)
            .unwrap_or_else(|| panic!("no {part}: {words}"))
    };
    assert!(at("Urgency: not settled") < at("More urgent: If "));
    // While more urgent things are open, nothing is said to lower it.
    assert!(!words.contains("Less urgent: "), "{words}");
}

#[test]
fn safety_17_under_eighteen_nothing_is_settled_and_it_is_said() {
    let young = ANSWERS.replace("47", "17");
    let output = with_input(&["rules", "explain", "-"], &young);
    assert!(said(&output).contains("under 18"), "{}", said(&output));
    assert!(
        said(&output).contains("Urgency: not settled"),
        "{}",
        said(&output)
    );
}

#[test]
fn an_unanswered_state_is_one_of_four() {
    let text = r#"{"on": "2026-11-24", "age": 47, "unanswered": {"ces-saddle": "declined"}}"#;
    assert_eq!(code(&with_input(&["rules", "explain", "-"], text)), 0);
    let fifth = text.replace("declined", "forgotten");
    assert_eq!(code(&with_input(&["rules", "explain", "-"], &fifth)), 2);
}

#[test]
fn what_cannot_be_read_is_refused() {
    let refused = [
        ("{", "cannot be read"),
        (
            r#"{"on": "2026-11-24", "answers": {"no-such": true}}"#,
            "no-such",
        ),
        (
            r#"{"on": "2026-11-24", "answers": {"pain-average": 11}}"#,
            "pain-average",
        ),
        (r#"{"on": "2026-11-24", "weather": "fine"}"#, "weather"),
    ];
    for (text, word) in refused {
        let output = with_input(&["rules", "explain", "-"], text);
        assert_eq!(code(&output), 2, "{text}");
        assert!(
            complained(&output).contains(word),
            "{}",
            complained(&output)
        );
    }
    let gone = felloectl(&["rules", "explain", "/no/such/file.json"]);
    assert_eq!(code(&gone), 2);
}
