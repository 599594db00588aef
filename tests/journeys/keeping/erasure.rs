//! Erasure: one person asks, another confirms, and nobody finds the patient any more.

use super::{ADMINISTRATOR, LEAD, settings};
use crate::machine::Machine;
use crate::steps::{demo, intake};
use crate::window::{Size, Window};

#[tokio::test]
async fn a_record_is_erased_by_two_people_and_is_found_by_nobody_after() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    demo::look_round(&window).await;
    demo::seat(&window, LEAD).await;
    intake::find_by(&window, "ndlov", "NDLOVU").await;
    window.click("button", "Who this is").await;
    window.find("heading", "Erasure").await;
    window.check_accessibility("who a patient is").await;
    ask(&window).await;
    settings(&window, "Erasures").await;
    window
        .wait_for_text("Somebody else has to confirm it.")
        .await;
    window.check_accessibility("an erasure that waits").await;
    demo::seat(&window, ADMINISTRATOR).await;
    settings(&window, "Erasures").await;
    confirm(&window).await;
    window.press("Control+k").await;
    window
        .find("combobox", "Patient, screen, action or \"what is ...\"")
        .await;
    window.type_text("ndlov").await;
    window
        .until("nobody of that name is found", async || {
            let found = window.names("option").await;
            (!found.iter().any(|it| it.contains("NDLOVU"))).then_some(())
        })
        .await;
    window.close().await;
}

async fn ask(window: &Window<'_>) {
    window.click("button", "Ask for an erasure").await;
    window
        .pick("Legal ground", "Request of the person, upheld")
        .await;
    window
        .fill("Where is the paper filed?", "Legal folder 2026/14")
        .await;
    window.key_in("Your passphrase", demo::PASSPHRASE).await;
    window.check_accessibility("the first of two").await;
    window.click("button", "Sign the first of two").await;
    window
        .wait_for_text("It takes effect when somebody else confirms it.")
        .await;
}

async fn confirm(window: &Window<'_>) {
    window.click("button", "Confirm the erasure of").await;
    window.find("heading", "Erase this record").await;
    window.key_in("Your passphrase", demo::PASSPHRASE).await;
    window.check_accessibility("the second of two").await;
    window.click("button", "Sign, and erase").await;
    window.wait_for_text("content erased").await;
}
