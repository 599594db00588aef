//! The rules in the demo clinic: read, tried on a made-up case, tested, and compared with others.

use std::fs;

use fantoccini::Locator;

use crate::machine::Machine;
use crate::steps::demo;
use crate::window::{Size, Window};

/// The rules that come with Felloe, to be changed as a clinical lead would.
const RULES: &str = include_str!("../../assets/rulesets/uk-community-pain.toml");

#[tokio::test]
async fn the_rules_are_read_tried_tested_and_compared_with_others() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::USABLE).await;
    demo::look_round(&window).await;
    open(&window).await;
    read_a_rule(&window).await;
    try_a_case(&window).await;
    run_the_vignettes(&window).await;
    try_a_file_at_fault(&window).await;
    see_who_would_move(&window).await;
    window.close().await;
}

/// By the user menu; the same place is found with Ctrl+K.
pub async fn open(window: &Window<'_>) {
    window.press("Control+k").await;
    window
        .find("combobox", "Patient, screen, action or \"what is ...\"")
        .await;
    window.type_text("rules and").await;
    window.press("Enter").await;
    window.find("heading", "Rules and test bench").await;
    window.wait_for_css("[data-testid='bench-fired']").await;
}

/// Filters, walks the tree by keys and opens a rule.
pub async fn read_a_rule(window: &Window<'_>) {
    window
        .find("textbox", "Filter rules")
        .await
        .click()
        .await
        .unwrap();
    window.type_text("saddle").await;
    window.wait_for_css("[data-testid='tree-ces-new']").await;
    for _ in 0..3 {
        window.press("Down").await;
    }
    window.press("Enter").await;
    window.wait_for_heading("ces-new").await;
    window
        .wait_for_words("rule", "At least one of these holds")
        .await;
    window.wait_for_words("rule", "DRAFT").await;
    window.check_accessibility("a rule").await;
}

/// A made-up case with a warning sign: the rule fires; in conflict it still does.
pub async fn try_a_case(window: &Window<'_>) {
    window.wait_for_words("why-not", "Does not fire").await;
    window
        .find("combobox", "Add a question")
        .await
        .click()
        .await
        .unwrap();
    window.type_text("ces-saddle").await;
    window.wait_for_css("[role='option']").await;
    window.press("Enter").await;
    window.wait_for_words("why-not", "Fires").await;
    window.wait_for_words("part-urgency", "Emergency").await;
    window.wait_for_css("[data-testid='fired-ces-new']").await;
    let row = window.by_id("bench-ces-saddle").await;
    row.find(Locator::Css("button.link"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    window.wait_for_words("why-not", "in conflict").await;
    window.check_accessibility("the test bench").await;
}

pub async fn run_the_vignettes(window: &Window<'_>) {
    window.click("tab", "Test set").await;
    window.click("button", "Run the vignettes").await;
    window
        .wait_for_words("pass-count", "came out as expected")
        .await;
    window.check_accessibility("the test set").await;
}

async fn try_a_file_at_fault(window: &Window<'_>) {
    let wrong = RULES.replacen("fact = \"ces-saddle\"", "fact = \"ces-sadle\"", 1);
    choose_file(window, "wrong.toml", &wrong).await;
    window.wait_for_words("ruleset-fault", "ces-saddle").await;
    window.check_accessibility("a ruleset at fault").await;
}

async fn see_who_would_move(window: &Window<'_>) {
    choose_file(window, "stricter.toml", &stricter()).await;
    window.wait_for_words("cases", "would move").await;
    window.wait_for_css("[data-testid='mover']").await;
    window.wait_for_text("Nothing changes here").await;
    window.check_accessibility("who would move").await;
}

/// The rules with a lower limit of the opioid total.
pub fn stricter() -> String {
    let changed = RULES.replace("above = 120 }", "above = 20 }");
    assert_ne!(changed, RULES, "the limit is in the file");
    changed
}

/// Puts a file on a memory stick and chooses it.
pub async fn choose_file(window: &Window<'_>, name: &str, text: &str) {
    window.click("tab", "Try another ruleset").await;
    let file = window.machine().stick().join(name);
    fs::write(&file, text).unwrap();
    let chooser = window.labelled("Choose a ruleset's file").await;
    chooser.send_keys(file.to_str().unwrap()).await.unwrap();
}
