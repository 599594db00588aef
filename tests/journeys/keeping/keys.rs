//! Keys: a PIN that signs, the drill of the recovery sheet, another key for the file, a new sheet.

use super::settings;
use crate::machine::Machine;
use crate::steps::{door, intake};
use crate::window::{Size, Window};

const PIN: &str = "583026";

#[tokio::test]
async fn a_pin_is_set_the_sheet_is_tried_the_file_gets_another_key_and_a_new_sheet_replaces_the_old()
 {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let code = door::set_up(&window, machine.stick()).await;
    intake::take_referral(&window).await;
    settings(&window, "Keys and passphrases").await;
    set_a_pin(&window).await;
    try_the_sheet(&window, &code).await;
    renew(&window).await;
    window.press("Control+l").await;
    door::unlock(&window, door::NURSE, door::PASSPHRASE).await;
    intake::find_by(&window, "quill", &intake::FAMILY.to_uppercase()).await;
    settings(&window, "Keys and passphrases").await;
    window.click("button", "Set a PIN until locking").await;
    window.find("heading", "A PIN for signing").await;
    window.press("Escape").await;
    let fresh = make_a_new_sheet(&window).await;
    assert_ne!(code, fresh);
    settings(&window, "Keys and passphrases").await;
    window.click("button", "Try the sheet").await;
    fill_code(&window, &code).await;
    window.by_id("error-summary").await;
    window.close().await;
}

async fn set_a_pin(window: &Window<'_>) {
    window.click("button", "Set a PIN until locking").await;
    window.key_in("Your passphrase", door::PASSPHRASE).await;
    window.key_in("PIN", PIN).await;
    window.key_in("The PIN again", PIN).await;
    window.check_accessibility("a PIN for signing").await;
    window.click("button", "Set the PIN").await;
    window
        .wait_for_text("A PIN signs in the place of your passphrase")
        .await;
    window.find("button", "Give up the PIN").await;
}

async fn fill_code(window: &Window<'_>, code: &[String]) {
    window
        .refill("Code from the recovery sheet", &code.join(" "))
        .await;
    window.click("button", "Try it").await;
}

/// A mistyped group is named; the whole code opens what it has to.
async fn try_the_sheet(window: &Window<'_>, code: &[String]) {
    window.click("button", "Try the sheet").await;
    let mut wrong = code.to_vec();
    wrong.swap(0, 1);
    fill_code(window, &wrong).await;
    window.by_id("error-summary").await;
    window.check_accessibility("the drill, refused").await;
    fill_code(window, code).await;
    window
        .wait_for_words("sheet-tried", "The sheet works")
        .await;
    window.check_accessibility("the drill").await;
    window.press("Escape").await;
    window.wait_for_words("sheet-state", "Last tried").await;
}

async fn renew(window: &Window<'_>) {
    window.click("button", "Renew the key of the file").await;
    window.find("heading", "Renew the key of the file").await;
    window.key_in("Your passphrase", door::PASSPHRASE).await;
    window.check_accessibility("another key for the file").await;
    window.click("button", "Renew the key").await;
    window.wait_until_no_dialog().await;
    window.check_accessibility("keys").await;
}

async fn make_a_new_sheet(window: &Window<'_>) -> Vec<String> {
    window.click("button", "Make a new sheet").await;
    window.find("heading", "Make a new recovery sheet").await;
    window.key_in("Your passphrase", door::PASSPHRASE).await;
    window
        .press_on_words("dialog button", "Make a new sheet")
        .await;
    door::keep_sheet(window, window.machine().stick()).await
}
