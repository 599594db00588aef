//! Adoption: two people read and sign, one clinical safety officer withdraws.

use super::{CONSULTANT, LEAD, SAFETY_OFFICER};
use crate::machine::Machine;
use crate::steps::demo;
use crate::window::{Size, Window};

#[tokio::test]
async fn the_rules_are_adopted_by_two_people_and_withdrawn_by_the_clinical_safety_officer() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    demo::look_round(&window).await;
    demo::seat(&window, LEAD).await;
    in_use(&window).await;
    window.wait_for_words("adoptions", "DRAFT").await;
    sign(&window).await;
    window
        .wait_for_words("adoptions", "One of two signatures")
        .await;
    demo::seat(&window, CONSULTANT).await;
    in_use(&window).await;
    sign(&window).await;
    window.wait_for_words("adoptions", "In use").await;
    demo::seat(&window, SAFETY_OFFICER).await;
    in_use(&window).await;
    withdraw(&window).await;
    window.close().await;
}

/// Opens "What is in use".
pub async fn in_use(window: &Window<'_>) {
    window.press("Control+k").await;
    window
        .find("combobox", "Patient, screen, action or \"what is ...\"")
        .await;
    window.type_text("what is in use").await;
    window.press("Enter").await;
    window.by_id("adoptions").await;
    window.check_accessibility("what is in use").await;
}

async fn sign(window: &Window<'_>) {
    window
        .press_on_words(
            "[data-testid='adoptions'] ul:first-of-type li:first-child button",
            "Review and sign for it",
        )
        .await;
    window.by_id("review").await;
    window
        .key_in("Your passphrase, for the signature", demo::PASSPHRASE)
        .await;
    window.check_accessibility("the review of rules").await;
    window.click("button", "Sign for it").await;
    window.wait_until_no_dialog().await;
}

async fn withdraw(window: &Window<'_>) {
    window
        .press_on_words(
            "[data-testid='adoptions'] ul:first-of-type li:first-child button",
            "Withdraw",
        )
        .await;
    window
        .fill("Why is it withdrawn?", "A limit in it is doubted.")
        .await;
    window
        .key_in("Your passphrase, for the signature", demo::PASSPHRASE)
        .await;
    window.check_accessibility("a withdrawal").await;
    window.click("button", "Withdraw now").await;
    window.wait_for_words("adoptions", "Withdrawn").await;
    window.check_accessibility("withdrawn rules").await;
}
