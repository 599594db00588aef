//! One case on its way: taken in and finished at the spoke, decided at the hub, and back.

use super::{CONSULTANT, wait_for_chip};
use crate::keeping::settings;
use crate::rows::Answer::Pick;
use crate::screens;
use crate::steps::{assessment, door, intake, plan, route};
use crate::window::Window;

pub const FAMILY: &str = "Adeyemi-Rook";
pub const FAMILY_SHOWN: &str = "ADEYEMI-ROOK";
pub const BORN: &str = "03-Feb-1971";
/// The hub's number, as `door::enter_numbers` enters it.
const HUB_NUMBER: &str = "01632 960100";
/// The spoke's own numbers: the hub's is what the red line says.
pub async fn enter_numbers(window: &Window<'_>) {
    settings(window, "Local emergency numbers").await;
    door::enter_numbers(window).await;
}

/// Everything of a short referral letter; it is not saved yet.
pub async fn type_referral(window: &Window<'_>) {
    window.press("Alt+2").await;
    window.find("heading", "New referral").await;
    for (label, text) in [
        ("Family name", FAMILY),
        ("Given names", "Femi"),
        ("Date of birth", BORN),
        ("Telephone", "01632 960180"),
        ("Who refers", "Dr R. Elwood"),
        ("Reason for referral", "Back pain for seven months."),
    ] {
        window.key_in(label, text).await;
    }
}

/// The cable is out. A warning sign is found and the hub cannot be told; the assessment goes on and
/// is finished.
pub async fn finish_offline(window: &Window<'_>) {
    wait_for_chip(window, "Offline since").await;
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    window.click("button", "Start an assessment").await;
    window.find("heading", "Start an assessment").await;
    window.click("radio", "In person").await;
    window.click("button", "Start").await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
    raise_an_emergency(window).await;
    window.press("Alt+1").await;
    window.find("heading", "Worklist").await;
    assessment::find_nothing_else(window).await;
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    window.click("button", "Continue the assessment").await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
    window.click("button", "Finish assessment").await;
    window.find("heading", "Before this is finished").await;
    window.click("button", "Finish now").await;
    window.wait_for_heading("Triage result").await;
}

/// Until a laptop at the hub has it, the screen says whom to phone.
async fn raise_an_emergency(window: &Window<'_>) {
    window.answer("ces-saddle", Pick("Present")).await;
    route::led_to(window, "Possible cauda equina syndrome").await;
    window
        .wait_for_text(&format!("Hub NOT told: phone {HUB_NUMBER}"))
        .await;
    route::record_done(
        window,
        "Ambulance called; notes handed over.",
        "Emergency department",
    )
    .await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
}

/// Saved here and not at the hub server: on the case, in the app bar, on the worklist, and on the
/// sync screen, where the emergency goes first.
pub async fn see_what_waits(window: &Window<'_>) {
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    let steps = window.words_of("case-sync").await;
    assert!(
        steps.contains("Saved on this laptop") && steps.contains("Not yet: waits to be sent"),
        "{steps}"
    );
    window.check_accessibility("a case that waits").await;
    screens::keep(window, "case-steps-waiting").await;
    window.press("Alt+1").await;
    window.wait_for_text("Hub NOT told: phone").await;
    window.by_id("sync-chip").await.click().await.unwrap();
    window.find("heading", "Sync with the hub").await;
    window.wait_for_text("Emergency: goes first").await;
    let chip = window.words_of("sync-chip").await;
    let (_, waits) = chip.split_once(" · ").unwrap();
    let entries = waits.trim().trim_end_matches(" to send");
    window.wait_for_text(&format!("{entries} in ")).await;
    window.check_accessibility("sync, offline").await;
    screens::keep(window, "sync-offline").await;
}

/// Opens the sync screen and asks for an exchange.
pub async fn try_now(window: &Window<'_>) {
    window.by_id("sync-chip").await.click().await.unwrap();
    window.click("button", "Try now").await;
}

/// Everything is at the hub server, and a laptop at the hub has the emergency.
pub async fn see_it_is_told(window: &Window<'_>) {
    wait_for_chip(window, "Up to date").await;
    window.wait_for_text("Nothing waits to be sent.").await;
    window.check_accessibility("sync, up to date").await;
    screens::keep(window, "sync-up-to-date").await;
    window.press("Alt+1").await;
    window.find("heading", "Worklist").await;
    window.wait_until_gone("Hub NOT told").await;
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    wait_for_step(window, "At the hub server").await;
}

/// The window of the spoke still shows the case: the decision comes by itself.
pub async fn see_the_decision(window: &Window<'_>) {
    wait_for_step(window, "Opened at the hub").await;
    wait_for_step(window, "Decided").await;
    let steps = window.words_of("case-sync").await;
    let (_, last) = CONSULTANT.split_once(' ').unwrap();
    assert!(steps.contains(last), "who decided is said: {steps}");
    window.click("button", "Triage result").await;
    window
        .wait_for_words("decision", "Changed with a reason")
        .await;
}

pub async fn give_a_plan(window: &Window<'_>) {
    window.click("button", "Write the plan").await;
    window.wait_for_heading("Plan, version 1").await;
    plan::write_block(window, "what-matters", "To walk to the shop again").await;
    plan::write(window).await;
    plan::agree(window, door::PASSPHRASE).await;
    plan::give(window, "04-Feb-1971", BORN).await;
}

/// The whole way of the case stands at the hub: the spoke opened the decision and gave the plan.
pub async fn see_the_plan(window: &Window<'_>) {
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    wait_for_step(window, "Back at the spoke").await;
    wait_for_step(window, "Plan given").await;
    window.check_accessibility("a case that came back").await;
    screens::keep(window, "case-steps").await;
}

/// Waits until a step of the case on the screen is done.
async fn wait_for_step(window: &Window<'_>, step: &str) {
    let done = "return [...document.querySelectorAll('[data-testid=case-sync] li.done b')]
        .some(it => it.textContent === arguments[0])";
    window
        .until(&format!("'{step}' is done"), async || {
            let done = window.run(done, vec![step.into()]).await;
            done.as_bool()?.then_some(())
        })
        .await;
}
