//! What `docs/rulesets.md` shows is what the program reads and says.
//!
//! The blocks marked `toml` are, in their order, one ruleset. Those marked `toml vignette` are
//! made-up cases for it. Each marked `toml wrong` stands in for a line of its first rule, and the
//! block after it is what is then said.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::ruleset::{Disposition, Ruleset, Strand, Urgency};
use assessment::vignette::Vignette;

const PAGE: &str = include_str!("../../../../docs/rulesets.md");

/// The fenced blocks of the page: what they are marked with, and what is in them.
fn blocks() -> Vec<(&'static str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in PAGE.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(mark), false) => {
                blocks.push((mark, String::new()));
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => {
                let (_, text) = blocks.last_mut().unwrap();
                text.push_str(line);
                text.push('\n');
            }
            (None, false) => {}
        }
    }
    assert!(!open, "a block of the page is not closed");
    blocks
}

fn marked(mark: &str) -> Vec<String> {
    let blocks = blocks().into_iter();
    let marked = blocks.filter(|(its, _)| *its == mark);
    marked.map(|(_, text)| text).collect()
}

fn example() -> String {
    marked("toml").join("\n")
}

#[test]
fn every_block_is_of_a_kind_that_is_tested() {
    let kinds = ["toml", "toml vignette", "toml wrong", "text"];
    for (mark, text) in blocks() {
        assert!(kinds.contains(&mark), "{mark}:\n{text}");
    }
}

#[test]
fn the_examples_are_one_ruleset_with_one_of_everything() {
    let rules = Ruleset::parse(&example()).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(rules.facts.len() > 5);
    assert!(!rules.constraints.is_empty() && !rules.claims.is_empty());
    assert!(rules.rules.len() > 3);
}

#[test]
fn each_case_of_the_page_comes_out_as_the_page_says() {
    let rules = Ruleset::parse(&example()).unwrap();
    let cases = marked("toml vignette").join("\n");
    let cases =
        Vignette::parse("docs/rulesets.md", &cases).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(cases.len() > 1);
    for case in cases {
        let differences = case.run(&rules).differences;
        assert!(differences.is_empty(), "{}: {differences:?}", case.id);
    }
}

#[test]
fn each_fault_of_the_page_is_said_as_the_page_says() {
    let (sound, blocks) = (example(), blocks());
    let mut checked = 0;
    for pair in blocks.windows(2) {
        let [("toml wrong", wrong), ("text", said)] = pair else {
            continue;
        };
        let text = with_line(&sound, wrong.trim_end());
        let Err(fault) = Ruleset::parse(&text) else {
            panic!("this was read: {wrong}");
        };
        let near = fault.nearest.as_ref();
        let near = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        let (line, column) = (fault.line, fault.column);
        let got = format!("example.toml:{line}:{column}: {}{near}", fault.expected);
        assert_eq!(got, said.trim_end());
        checked += 1;
    }
    assert_eq!(checked, marked("toml wrong").len());
    assert!(checked > 3);
}

/// The ruleset with a line of its first rule replaced. A `when` may go over several lines.
fn with_line(sound: &str, wrong: &str) -> String {
    let key = wrong.split(' ').next().unwrap();
    let rule = sound.find("[[rule]]").unwrap();
    let start = rule + sound[rule..].find(&format!("\n{key} = ")).unwrap() + 1;
    let end = match key {
        "when" => start + sound[start..].find("\nthen = ").unwrap(),
        _ => start + sound[start..].find('\n').unwrap(),
    };
    format!("{}{wrong}{}", &sound[..start], &sound[end..])
}

#[test]
fn every_word_that_may_be_written_stands_on_the_page() {
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    let urgencies = Urgency::ALL
        .into_iter()
        .filter(|it| *it != Urgency::NotSettled);
    let mut words: Vec<String> = urgencies
        .map(|it| name(serde_json::to_value(it).unwrap()))
        .collect();
    let strands = [
        Strand::Medical,
        Strand::Nursing,
        Strand::Physiotherapy,
        Strand::Psychology,
        Strand::Pharmacy,
        Strand::Social,
        Strand::EatingAndActivity,
    ];
    words.extend(strands.map(|it| name(serde_json::to_value(it).unwrap())));
    words.extend(
        [Disposition::D01, Disposition::D19].map(|it| name(serde_json::to_value(it).unwrap())),
    );
    // The names of a test and of what follows are those that a misspelt one is told of.
    for wrong in ["when = { xx = 1 }", "then = { xx = 1 }"] {
        let fault = Ruleset::parse(&with_line(&example(), wrong)).unwrap_err();
        words.extend(
            fault
                .expected
                .split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned),
        );
    }
    for word in words.iter().filter(|word| *word != "xx") {
        let written = [
            format!("`{word}`"),
            format!("`{word} = "),
            format!("{word} = "),
        ];
        assert!(written.iter().any(|it| PAGE.contains(it)), "{word}");
    }
}
