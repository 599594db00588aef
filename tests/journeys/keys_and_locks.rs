//! Who gets in, and who does not: wrong passphrases, a keyring that lost its secret, the sheet.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::machine::Machine;
use crate::steps::{door, intake};
use crate::window::{Size, Window};

const WRONG: &str = "lantern orchard fiddle grovel";
const NEW: &str = "thimble cavern walnut ribbon";

#[tokio::test]
async fn a_wrong_passphrase_opens_nothing_says_what_to_do_and_waits_after_the_fifth() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    door::set_up(&window, machine.stick()).await;
    window.press("Control+l").await;
    door::choose(&window, door::NURSE).await;
    window.check_accessibility("unlock").await;
    for attempt in 1..=4 {
        let waiting = fails_to_unlock(&window).await;
        assert!(!waiting, "attempt {attempt}");
    }
    fails_to_unlock(&window).await;
    window.wait_for_words("wait", "before the next try").await;
    window.check_accessibility("unlock, waiting").await;
    let button = window.find("button", "Unlock").await;
    assert!(
        !button.is_enabled().await.unwrap(),
        "nobody tries before the wait is over"
    );
    window.kill();

    let window = Window::open(&machine, Size::SCREEN).await;
    door::choose(&window, door::NURSE).await;
    window.wait_for_words("wait", "before the next try").await;
    window.close().await;
}

/// Types a wrong passphrase; true when the lock screen now waits.
async fn fails_to_unlock(window: &Window<'_>) -> bool {
    window
        .key_in(&format!("Passphrase of {}", door::NURSE), WRONG)
        .await;
    window.press("Enter").await;
    window.wait_for_words("error-summary", "passphrase").await;
    let said = window.words_of("error-summary").await;
    assert!(said.trim_end().ends_with('.'), "a sentence: {said}");
    assert!(
        window
            .names("button")
            .await
            .iter()
            .all(|name| name != "Worklist"),
        "nothing opened"
    );
    window
        .until("the field is empty again", async || {
            let value = window
                .labelled(&format!("Passphrase of {}", door::NURSE))
                .await;
            value.prop("value").await.unwrap()?.is_empty().then_some(())
        })
        .await;
    let waits = "return document.querySelector('[data-testid=wait]') !== null";
    window.run(waits, vec![]).await.as_bool().unwrap()
}

#[tokio::test]
async fn locking_hides_the_record_and_unlocking_comes_back_to_the_same_place() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    door::set_up(&window, machine.stick()).await;
    intake::take_referral(&window).await;
    window.click("button", "Open the record").await;
    window.find("button", "Start an assessment").await;
    window.press("Control+l").await;
    window.find("heading", "Who is working?").await;
    let text = window.text().await.to_lowercase();
    assert!(
        !text.contains(&intake::FAMILY.to_lowercase()),
        "no patient is named: {text}"
    );
    door::unlock(&window, door::NURSE, door::PASSPHRASE).await;
    window.find("button", "Start an assessment").await;
    window.wait_for_text(&intake::FAMILY.to_uppercase()).await;
    window.close().await;
}

#[tokio::test]
async fn a_keyring_that_lost_its_secret_leads_to_recovery_and_each_sheet_opens_once() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let first = door::set_up(&window, machine.stick()).await;
    intake::take_referral(&window).await;
    window.close().await;

    lose_secret(&machine);
    let window = Window::open(&machine, Size::SCREEN).await;
    window
        .find("heading", "Open the record with the recovery sheet")
        .await;
    window.check_accessibility("recovery").await;
    let text = window.text().await;
    assert!(
        !text.contains("Go on") && !text.contains("What Felloe is for"),
        "no set-up: {text}"
    );
    recover(&window, &first).await;
    let second = door::keep_sheet(&window, machine.stick()).await;
    assert_ne!(first, second, "a new sheet");
    intake::find_by(&window, "quill", &intake::FAMILY.to_uppercase()).await;
    window.close().await;

    lose_secret(&machine);
    let window = Window::open(&machine, Size::SCREEN).await;
    recover(&window, &first).await;
    window.wait_for_words("error-summary", "sheet").await;
    window
        .refill("Code from the recovery sheet", &second.join(" "))
        .await;
    window.click("button", "Open the record").await;
    door::keep_sheet(&window, machine.stick()).await;
    window.press("Control+l").await;
    door::unlock(&window, door::NURSE, NEW).await;
    window.close().await;
}

/// Fills the recovery form with a code and a new passphrase, and sends it.
async fn recover(window: &Window<'_>, code: &[String]) {
    window
        .find("heading", "Open the record with the recovery sheet")
        .await;
    window
        .fill("Code from the recovery sheet", &code.join(" "))
        .await;
    window
        .pick("Whose account to open", &format!("{}, Nurse", door::NURSE))
        .await;
    window.key_in("Passphrase", NEW).await;
    window.key_in("The same passphrase again", NEW).await;
    window.click("button", "Open the record").await;
}

/// Takes this machine's secret out of the keyring, as a reset of the account's keyring would.
fn lose_secret(machine: &Machine) {
    let keys = fs::read(machine.data().join("felloe.keys")).unwrap();
    let keys: Value = serde_json::from_slice(&keys).unwrap();
    let device = keys["identity"]["device"]
        .as_str()
        .expect("the key file names its device");
    let cleared = Command::new("secret-tool")
        .args(["clear", "service", "Felloe", "username", device])
        .status()
        .unwrap();
    assert!(cleared.success(), "the secret of {device} is taken away");
}
