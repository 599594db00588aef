//! Deciding, writing the plan, and what is on paper.

use crate::steps::{door, intake, paper, plan};
use crate::window::Window;

pub async fn decide_and_plan(window: &Window<'_>) {
    window.wait_for_text("Proposals are off").await;
    let words = window.words_of("basis").await;
    assert!(
        words.contains("entries, the last of"),
        "the signature's basis is said: {words}"
    );
    window.check_accessibility("result").await;
    window.click("button", "Write the plan").await;
    window.wait_for_heading("Plan, version 1").await;
    plan::write(window).await;
    assert!(paper::pages_shown(window).await >= 1);
    window.check_accessibility("plan").await;
    plan::save_pdf(window).await;
    check_paper(window, true);
    window.click("button", "Back").await;
    plan::sign_with_reason(window, "pain", door::PASSPHRASE).await;
    window.check_accessibility("result, signed").await;
    window.click("button", "Write the plan").await;
    plan::agree(window, door::PASSPHRASE).await;
    plan::save_pdf(window).await;
    check_paper(window, false);
    plan::print(window).await;
    plan::give(window, "18-Sep-1979", intake::BORN).await;
    window.check_accessibility("plan, given").await;
}

/// The PDF is sound, says whose it is on each page, and says DRAFT only while it is one.
fn check_paper(window: &Window<'_>, draft: bool) {
    let pdf = paper::newest_pdf(window.machine().stick());
    paper::check(&pdf);
    let words = paper::words(&pdf);
    for wanted in [intake::FAMILY, intake::GIVEN, plan::GOAL, plan::AGREED] {
        assert!(
            words.to_lowercase().contains(&wanted.to_lowercase()),
            "'{wanted}' in: {words}"
        );
    }
    assert!(
        words.contains("999 041 7261"),
        "the number is printed: {words}"
    );
    assert!(
        words.to_lowercase().contains("page 1 of"),
        "pages are counted: {words}"
    );
    assert_eq!(
        words.contains("DRAFT"),
        draft,
        "DRAFT while unsigned: {words}"
    );
}
