//! The audit: who did what, who opened one patient, the check of the record, the export.

use std::fs;

use super::{ADMINISTRATOR, LEAD};
use crate::machine::Machine;
use crate::steps::{demo, intake};
use crate::window::{Size, Window};

#[tokio::test]
async fn a_lead_reads_who_opened_a_patient_checks_the_record_and_takes_the_lines_away_signed() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    demo::look_round(&window).await;
    intake::find_by(&window, "ndlov", "NDLOVU").await;
    demo::seat(&window, LEAD).await;
    open(&window).await;
    window.wait_for_words("audit", "Opened the record").await;
    window.wait_for_words("audit", "Opened the audit").await;
    window.check_accessibility("audit").await;
    one_person(&window).await;
    check(&window).await;
    export(&window).await;
    who_opened(&window).await;
    demo::seat(&window, ADMINISTRATOR).await;
    open(&window).await;
    window.wait_for_words("audit", "Saved as a file").await;
    window.close().await;
}

/// By the keyboard, as any screen.
pub async fn open(window: &Window<'_>) {
    window.press("Control+k").await;
    window
        .find("combobox", "Patient, screen, action or \"what is ...\"")
        .await;
    window.type_text("audit").await;
    window.press("Enter").await;
    window.find("heading", "Audit").await;
    window.by_id("audit").await;
}

async fn one_person(window: &Window<'_>) {
    window.pick("Who", demo::NURSE).await;
    window
        .until("only one person's lines are left", async || {
            let lines = window.words_of("audit").await;
            (!lines.contains("Opened the audit")).then_some(())
        })
        .await;
    window.click("button", "Clear filters").await;
    window.wait_for_words("audit", "Opened the audit").await;
}

async fn check(window: &Window<'_>) {
    window.click("button", "Check the record").await;
    window
        .wait_for_words("record-check", "The record is sound")
        .await;
    window.check_accessibility("check of the record").await;
    window.press("Escape").await;
}

async fn export(window: &Window<'_>) {
    let stick = window.machine().stick();
    window.click("button", "Export, signed").await;
    window.refill("Folder", stick.to_str().unwrap()).await;
    window.check_accessibility("export of the audit").await;
    window.click("button", "Export").await;
    window
        .wait_for_words("audit-exported", stick.to_str().unwrap())
        .await;
    let mut names: Vec<String> = fs::read_dir(stick)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "the lines and their signature: {names:?}");
    let table = fs::read_to_string(stick.join(&names[0])).unwrap();
    assert!(table.contains(",viewed,"), "{table}");
    window.click("button", "Done").await;
}

async fn who_opened(window: &Window<'_>) {
    let script = "return [...document.querySelectorAll('[data-testid=audit] button.link')]
        .find(it => it.textContent.toUpperCase().includes('NDLOVU')) ?? null";
    let patient = window
        .until("a line names the patient", async || {
            window.element(&window.run(script, vec![]).await)
        })
        .await;
    patient.click().await.unwrap();
    window
        .until("the heading asks who opened the record", async || {
            let all = window.names("heading").await;
            all.iter()
                .any(|it| it.starts_with("Who opened the record of"))
                .then_some(())
        })
        .await;
    window.wait_for_words("audit", demo::NURSE).await;
    window.check_accessibility("who opened this patient").await;
}
