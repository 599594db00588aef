//! `felloectl plan`.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use crate::program::{code, complained, json_of, said, with_input};

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
