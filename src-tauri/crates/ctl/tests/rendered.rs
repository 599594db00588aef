//! The reading table as `felloectl rules render` makes it: complete, sound, and the same twice.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SHIPPED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../assets/rulesets/uk-community-pain.toml"
);

const WITHDRAWN: &str = r#"id = "small"
version = "1"
status = "withdrawn"
title = "A small ruleset"

[facts]
age = "number"

[[rule]]
id = "default"
default = true
then = { urgency = "routine", lead = "D15" }
words = "Nothing needs to go faster."
citation = "Service"
mark = "D"
owner = "somebody"
review = 2027-05-31
"#;

fn felloectl(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_felloectl"))
        .args(arguments)
        .output()
        .unwrap()
}

/// The two files made of a ruleset, or of the shipped one.
fn rendered(ruleset: Option<&Path>, folder: &Path) -> (PathBuf, PathBuf) {
    let mut arguments = vec![
        "rules",
        "render",
        "--json",
        "--out",
        folder.to_str().unwrap(),
    ];
    arguments.extend(ruleset.map(|path| path.to_str().unwrap()));
    let output = felloectl(&arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let path = |name: &str| PathBuf::from(said[name].as_str().unwrap());
    (path("markdown"), path("pdf"))
}

/// The values of a key in the shipped file, as written, without a reader of ours between.
fn shipped_values(part: &str, key: &str) -> Vec<String> {
    let file: toml::Table = toml::from_str(&std::fs::read_to_string(SHIPPED).unwrap()).unwrap();
    let parts = file.get(part).and_then(toml::Value::as_array);
    parts
        .into_iter()
        .flatten()
        .filter_map(|it| it.get(key)?.as_str().map(str::to_owned))
        .collect()
}

/// What a program of the system says of a file; none where it is not installed.
fn asked(program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).output().ok()
}

/// The words of a PDF without its line breaks, page by page.
fn pages(pdf: &Path) -> Option<Vec<String>> {
    let output = asked("pdftotext", &[pdf.to_str().unwrap(), "-"])?;
    let text = String::from_utf8(output.stdout).unwrap();
    let plain = |page: &str| {
        page.replace('\u{a0}', " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let pages: Vec<String> = text.split('\u{c}').map(plain).collect();
    Some(pages.into_iter().filter(|page| !page.is_empty()).collect())
}

#[test]
fn every_rule_stands_once_with_its_words_and_its_citation() {
    let folder = tempfile::tempdir().unwrap();
    let (markdown, _) = rendered(None, folder.path());
    let text = std::fs::read_to_string(markdown).unwrap();
    let headings: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("#### ")?.split_once(". "))
        .map(|(_, id)| id)
        .collect();
    let ids = shipped_values("rule", "id");
    assert_eq!(headings.len(), ids.len());
    assert_eq!(
        headings.iter().copied().collect::<BTreeSet<_>>(),
        ids.iter().map(String::as_str).collect()
    );
    for words in shipped_values("rule", "words") {
        assert!(text.contains(&format!("> {words}")), "{words}");
    }
    for part in ["rule", "claim"] {
        for citation in shipped_values(part, "citation") {
            assert!(
                text.contains(&format!("Source: {citation} [")),
                "{citation}"
            );
        }
    }
    for part in ["constraint", "claim"] {
        for id in shipped_values(part, "id") {
            assert!(text.lines().any(|line| line == format!("### {id}")), "{id}");
        }
    }
}

#[test]
fn open_points_are_counted_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let (markdown, _) = rendered(None, folder.path());
    let text = std::fs::read_to_string(markdown).unwrap();
    let marked = |wanted: &str| {
        let parts = ["rule", "claim"];
        let marks = parts.iter().flat_map(|part| shipped_values(part, "mark"));
        marks.filter(|mark| mark == wanted).count()
    };
    let (memory, decision) = (marked("M"), marked("D"));
    let counted = format!(
        "{}: {memory} marked M, to be checked at the source; {decision} marked D, to be decided",
        memory + decision
    );
    assert!(text.contains(&counted), "{counted}");
    let (_, points) = text.split_once("## Open points").unwrap();
    let rows = points.lines().filter(|line| line.starts_with("| M | "));
    let listed: usize = rows
        .map(|row| row.rsplit(" | ").next().unwrap().split(", ").count())
        .sum();
    assert_eq!(listed, memory);
}

#[test]
fn the_paper_says_draft_and_its_page_on_each_page_and_names_every_rule() {
    let folder = tempfile::tempdir().unwrap();
    let (_, pdf) = rendered(None, folder.path());
    if let Some(check) = asked("qpdf", &["--check", pdf.to_str().unwrap()]) {
        assert!(
            check.status.success(),
            "{}",
            String::from_utf8_lossy(&check.stdout)
        );
    }
    let Some(pages) = pages(&pdf) else { return };
    for (at, page) in pages.iter().enumerate() {
        let number = format!("Page {} of {}", at + 1, pages.len());
        assert!(page.contains("DRAFT") && page.contains(&number), "{page}");
    }
    // pdftotext drops the hyphen of a short name that is broken at the end of a line.
    let letters = |words: &str| words.replace(['-', ' '], "");
    let whole = letters(&pages.join(" "));
    let ids = shipped_values("rule", "id");
    for (at, id) in ids.iter().enumerate() {
        let numbered = letters(&format!("{}. {id}", at + 1));
        assert!(whole.contains(&numbered), "{numbered}");
    }
    let last = pages.last().unwrap();
    for word in [
        "Signatures",
        "First person",
        "Second person",
        "Name",
        "Role",
        "Date",
    ] {
        assert!(last.contains(word), "{word} in {last}");
    }
    assert_eq!(
        last.matches("Signature").count(),
        "Signatures".matches("Signature").count() + 2
    );
}

#[test]
fn the_same_ruleset_gives_the_same_bytes() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, second) = (
        rendered(None, one.path()),
        rendered(Some(Path::new(SHIPPED)), two.path()),
    );
    assert_eq!(
        std::fs::read(first.0).unwrap(),
        std::fs::read(second.0).unwrap()
    );
    assert_eq!(
        std::fs::read(first.1).unwrap(),
        std::fs::read(second.1).unwrap()
    );
}

#[test]
fn a_withdrawn_ruleset_says_so_instead() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("withdrawn.toml");
    std::fs::write(&file, WITHDRAWN).unwrap();
    let (markdown, pdf) = rendered(Some(&file), folder.path());
    let text = std::fs::read_to_string(markdown).unwrap();
    assert!(text.contains("**WITHDRAWN.**") && !text.contains("DRAFT"));
    if let Some(pages) = pages(&pdf) {
        assert!(pages.iter().all(|page| page.contains("WITHDRAWN")));
    }
}

#[test]
fn a_fault_names_the_file_the_line_the_column_and_the_nearest_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.toml");
    let text = std::fs::read_to_string(SHIPPED).unwrap();
    let broken = text.replacen(
        "{ fact = \"ces-bladder\", is",
        "{ fact = \"ces-blader\", is",
        1,
    );
    assert_ne!(text, broken);
    std::fs::write(&file, &broken).unwrap();
    let line = broken
        .lines()
        .position(|line| line.contains("ces-blader"))
        .unwrap()
        + 1;
    let out = folder.path().join("out");
    let output = felloectl(&[
        "rules",
        "render",
        file.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with(&format!("{}:{line}:", file.display())),
        "{said}"
    );
    assert!(said.contains("did you mean \"ces-bladder\"?"), "{said}");
    assert!(!out.exists());
}

#[test]
fn a_file_that_is_not_there_ends_with_2_and_a_folder_that_cannot_be_made_with_3() {
    assert_eq!(
        felloectl(&["rules", "render", "/no/such.toml"])
            .status
            .code(),
        Some(2)
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below = file.join("below");
    let output = felloectl(&["rules", "render", "--out", below.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn made_up_cases_are_run_over_a_ruleset_in_a_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("withdrawn.toml");
    std::fs::write(&file, WITHDRAWN).unwrap();
    // A ruleset with nothing but its default cannot come out as the cases expect.
    let output = felloectl(&["rules", "test", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    std::fs::write(&file, WITHDRAWN.replace("age =", "aged =")).unwrap();
    let output = felloectl(&["rules", "test", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with(&format!("{}:7:1: ", file.display())),
        "{said}"
    );
}
