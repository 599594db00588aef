//! Staff: a colleague is added and sits down, a lead lets a locum in, an account is ended.

use serde_json::json;

use super::{ADMINISTRATOR, LEAD, settings};
use crate::machine::Machine;
use crate::steps::{demo, door};
use crate::window::{Size, Window};

const COLLEAGUE: &str = "Orla Whelan";
const LOCUM: &str = "Piotr Zych";
const THEIRS: &str = "saddle pepper viola canyon";

#[tokio::test]
async fn a_colleague_is_added_and_sits_down_a_locum_is_let_in_for_a_week_and_an_account_is_ended() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    demo::look_round(&window).await;
    demo::seat(&window, ADMINISTRATOR).await;
    settings(&window, "Staff").await;
    add(&window).await;
    window.press("Control+l").await;
    door::unlock(&window, COLLEAGUE, THEIRS).await;
    window.find("heading", "Worklist").await;
    demo::seat(&window, LEAD).await;
    settings(&window, "Staff").await;
    let last_day = let_in(&window).await;
    window.press("Control+l").await;
    door::choose(&window, LOCUM).await;
    window
        .wait_for_words("list-staff", &format!("Until {last_day}"))
        .await;
    door::unlock(&window, LOCUM, THEIRS).await;
    demo::seat(&window, ADMINISTRATOR).await;
    settings(&window, "Staff").await;
    end(&window).await;
    window.close().await;
}

async fn add(window: &Window<'_>) {
    window.check_accessibility("staff").await;
    window.click("button", "Add a colleague").await;
    window.check_accessibility("a new colleague").await;
    // Nothing filled in: each field says what is missing, and what was typed stays.
    window.fill("Full name", COLLEAGUE).await;
    window.click("button", "Add").await;
    window.by_id("error-summary").await;
    window.check_accessibility("a new colleague, refused").await;
    fill(window, demo::PASSPHRASE).await;
    window.wait_for_text(COLLEAGUE).await;
}

/// Role, site and both passphrases of the dialog that is open, and sends it.
async fn fill(window: &Window<'_>, own: &str) {
    window.pick("Role", "Nurse").await;
    let site = "dialog fieldset#f-sites label.tick";
    window.press_on(site).await;
    window.key_in("Their passphrase", THEIRS).await;
    window.key_in("The same again", THEIRS).await;
    window.key_in("Your passphrase, to certify them", own).await;
    window.click("button", "Add").await;
    window.wait_until_no_dialog().await;
}

/// The last day of the locum, in words.
async fn let_in(window: &Window<'_>) -> String {
    window.click("button", "Let a locum in").await;
    window.fill("Full name", LOCUM).await;
    let script = "
        const day = new Date(Date.now() + arguments[0] * 86400000);
        const month = day.toLocaleString('en-GB', { month: 'short' }).slice(0, 3);
        return `${String(day.getDate()).padStart(2, '0')}-${month}-${day.getFullYear()}`";
    let day = window.run(script, vec![json!(7)]).await;
    let day = day.as_str().unwrap().to_owned();
    window.fill("Last day", &day).await;
    window.check_accessibility("a locum").await;
    fill(window, demo::PASSPHRASE).await;
    window.wait_for_text(&format!("Locum until {day}")).await;
    day
}

async fn end(window: &Window<'_>) {
    window
        .click("button", &format!("End the account of {COLLEAGUE}"))
        .await;
    window.pick("Why", "They leave, or work elsewhere").await;
    window
        .fill("In words, for the audit", "Moved to another service.")
        .await;
    window.key_in("Your passphrase", demo::PASSPHRASE).await;
    window.check_accessibility("the end of an account").await;
    window.click("button", "End this account").await;
    window.wait_for_text("Account ended").await;
    let keys = "return document.getElementById('keys').innerText.includes(arguments[0])";
    window
        .until("nobody ended unlocks this laptop", async || {
            let there = window.run(keys, vec![json!(COLLEAGUE)]).await;
            (there.as_bool() == Some(false)).then_some(())
        })
        .await;
    window.press("Control+l").await;
    window.find("heading", "Who is working?").await;
    let door = window.words_of("list-staff").await;
    assert!(!door.contains(COLLEAGUE), "{door}");
}
