//! felloectl as it is used: the program is run, and what it says and how it ends is looked at.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn felloectl(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut running = Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = running.stdin.take().unwrap().write_all(input.as_bytes());
    // A program that refuses its arguments ends without reading.
    if let Err(error) = written {
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    }
    running.wait_with_output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// One line that begins with a capital and ends with a full stop.
fn is_a_plain_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    capital && text.ends_with('.') && !text.contains('\n') && !text.contains("Error")
}

mod score {
    use super::*;

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
}

mod ome {
    use super::*;

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
}

mod nhs_number {
    use super::*;

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
}

mod rules {
    use super::*;

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
}

mod plan {
    use super::*;

    const PLAN: &str = r#"{
        "name": "Łucja Wiśniewska", "number": "999 160 9938", "born": "1979-09-17",
        "date": "2026-11-24", "author": "Ama Osei, nurse", "service": "Fernbank Pain Service",
        "site": "Fernbank Spoke", "allergies": "Penicillin (rash)",
        "blocks": [{"id": "what-matters", "title": "What matters to you", "text": "Walk to the allotment"}],
        "goals": [{"text": "Walk for ten minutes", "by": "2027-01-15", "confidence": 7}],
        "medicines": [["Morphine MR 60 mg", "One in the morning, one at night", "Pain"]],
        "review": "2027-02-24", "contacts": {"The clinic": "01632 960006"}
    }"#;

    fn rendered(to: &Path, text: &str, more: &[&str]) -> Output {
        let mut arguments = vec!["plan", "render", "-", "--out", to.to_str().unwrap()];
        arguments.extend(more);
        with_input(&arguments, text)
    }

    /// What a program of the system says of a file; none where it is not installed.
    fn asked(program: &str, arguments: &[&str]) -> Option<Output> {
        Command::new(program).args(arguments).output().ok()
    }

    #[test]
    fn a_plan_becomes_a_sound_pdf_with_name_number_and_draft_on_each_page() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plan.pdf");
        let long = "A line that is long enough to stand on its own.\\n".repeat(120);
        let text = PLAN.replace("Walk to the allotment", &long);
        let output = rendered(&file, &text, &["--json"]);
        assert_eq!(code(&output), 0, "{}", complained(&output));
        let pages = json_of(&output)["pages"].as_u64().unwrap();
        assert!(pages > 1);
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(json_of(&output)["bytes"], json!(bytes.len()));
        assert!(bytes.starts_with(b"%PDF-"));
        let path = file.to_str().unwrap();
        if let Some(check) = asked("qpdf", &["--check", path]) {
            assert!(check.status.success(), "{}", said(&check));
        }
        if let Some(words) = asked("pdftotext", &["-layout", path, "-"]) {
            let words = said(&words);
            let each: Vec<_> = words
                .split('\u{c}')
                .filter(|page| !page.trim().is_empty())
                .collect();
            assert_eq!(each.len() as u64, pages);
            for page in each {
                let plain = page.replace('\u{a0}', " ");
                for needed in ["Łucja Wiśniewska", "999 160 9938", "DRAFT", "Page "] {
                    assert!(plain.contains(needed), "{needed} in {plain}");
                }
            }
        }
    }

    #[test]
    fn a_large_plan_has_larger_letters_and_so_more_on_the_way_to_the_next_page() {
        let folder = tempfile::tempdir().unwrap();
        let text = PLAN.replace("Walk to the allotment", &"A line of its own.\\n".repeat(80));
        let pages = |more: &[&str]| {
            let output = rendered(&folder.path().join("plan.pdf"), &text, more);
            json_of(&output)["pages"].as_u64().unwrap()
        };
        assert!(pages(&["--json", "--large"]) > pages(&["--json"]));
    }

    #[test]
    fn one_page_is_said_in_the_singular() {
        let folder = tempfile::tempdir().unwrap();
        let output = rendered(&folder.path().join("plan.pdf"), PLAN, &[]);
        assert!(
            said(&output).trim_end().ends_with(": 1 page"),
            "{}",
            said(&output)
        );
    }

    #[test]
    fn a_plan_that_cannot_be_read_ends_with_2_and_a_place_that_cannot_be_written_with_3() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            code(&rendered(&folder.path().join("plan.pdf"), "{}", &[])),
            2
        );
        assert!(!folder.path().join("plan.pdf").exists());
        let nowhere = folder.path().join("no/such/plan.pdf");
        assert_eq!(code(&rendered(&nowhere, PLAN, &[])), 3);
    }
}

mod demo {
    use super::*;

    #[test]
    fn a_folder_that_is_not_empty_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("kept.txt");
        std::fs::write(&kept, "mine").unwrap();
        let output = felloectl(&["demo", "--out", folder.path().to_str().unwrap()]);
        assert_eq!(code(&output), 2);
        assert!(complained(&output).contains("not empty"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_cannot_be_made_ends_with_3() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let output = felloectl(&["demo", "--out", file.join("below").to_str().unwrap()]);
        assert_eq!(code(&output), 3);
    }
}

#[test]
fn a_command_that_is_not_known_ends_with_2() {
    assert_eq!(code(&felloectl(&["dance"])), 2);
    assert_eq!(code(&felloectl(&[])), 2);
}

#[test]
fn help_ends_with_0_and_names_every_command() {
    let output = felloectl(&["--help"]);
    assert_eq!(code(&output), 0);
    for command in ["score", "ome", "nhs-number", "rules", "plan", "demo"] {
        assert!(said(&output).contains(command));
    }
}

#[test]
fn whoever_stops_reading_the_answer_meets_no_panic() {
    let mut running = Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(["ome", "morphine MR 60 mg x2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(running.stdout.take());
    let output = running.wait_with_output().unwrap();
    assert_eq!(code(&output), 0);
    assert!(!complained(&output).contains("panicked"));
}

mod clock {
    use super::*;

    fn read(events: &str, on: &str) -> Output {
        with_input(&["clock", "-", "--on", on, "--json"], events)
    }

    #[test]
    fn a_wait_is_counted_with_its_rule_and_the_day_it_passes_18_weeks() {
        let events = r#"{"events": [{"on": "2026-01-05", "what": "referral-received"}]}"#;
        let output = read(events, "2026-05-12");
        let answer = json_of(&output);
        assert_eq!(code(&output), 0);
        assert_eq!(answer["state"], json!("running"));
        assert_eq!(answer["days"], json!(127));
        assert_eq!(answer["within_18_weeks"], json!(false));
        assert_eq!(answer["breaches_on"], json!("2026-05-12"));
        assert!(
            answer["rule"]
                .as_str()
                .unwrap()
                .starts_with("Rules 1 and 2")
        );
    }

    #[test]
    fn what_kind_of_service_it_is_comes_with_the_events() {
        let events = r#"{"service": {"kind": "community"}, "events": [
            {"on": "2026-01-05", "what": "referral-received"},
            {"on": "2026-03-09", "what": "transferred"}]}"#;
        let answer = json_of(&read(events, "2026-03-16"));
        assert_eq!(answer["state"], json!("no-national-clock"));
        assert_eq!(answer["days"], json!(70));
        assert_eq!(answer["starts_elsewhere"], json!("2026-03-09"));
        assert_eq!(answer["returned_nationally"], json!(false));
    }

    #[test]
    fn a_date_that_is_missing_is_named_and_not_guessed() {
        let events = r#"{"events": [
            {"on": "2026-01-05", "what": "referral-received"},
            {"on": "2026-01-20", "what": "decision-not-to-treat"},
            {"what": "first-treatment"}]}"#;
        let answer = json_of(&read(events, "2026-02-02"));
        assert_eq!(answer["state"], json!("running"));
        let missing = [
            "Event 2 (decision-not-to-treat): enter the day the patient and the referrer were told.",
            "Event 3 (first-treatment): enter the day it happened.",
        ];
        assert_eq!(answer["missing"], json!(missing));
    }

    #[test]
    fn a_mistake_in_the_file_is_told_with_its_place() {
        for (events, place) in [
            (
                r#"{"events": [{"on": "2026-02-30", "what": "attended"}]}"#,
                "line 1 column",
            ),
            ("{\"events\": [\n{\"on\": 5}]}", "line 2 column"),
            (r#"{"events": [{"what": "seen"}]}"#, "Event 1 of the file"),
            (
                r#"{"events": [{"what": "attended", "safe": true}]}"#,
                "Event 1 of the file",
            ),
            (
                r#"{"service": {"kind": "acute"}, "events": []}"#,
                "service.kind",
            ),
            (r#"{"events": [], "paused": 3}"#, "paused"),
        ] {
            let output = read(events, "2026-02-02");
            assert_eq!(code(&output), 2, "{events}");
            let said = complained(&output);
            assert!(said.contains(place), "{said}");
        }
        let day = with_input(&["clock", "-", "--on", "tomorrow"], "{}");
        assert_eq!(code(&day), 2);
    }
}
