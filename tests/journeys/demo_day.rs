//! A day in the demo clinic, where the draft rules show what they propose.

use crate::machine::Machine;
use crate::rows::Answer::{Pick, Tick, Write};
use crate::steps::demo::{self, NURSE, PASSPHRASE};
use crate::steps::{assessment, door, in_days, intake, plan, route};
use crate::window::{Size, Window};

const PATIENT: &str = "NDLOVU";

#[tokio::test]
async fn a_day_in_the_demo_clinic_forms_a_triage_and_leads_through_its_emergencies() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    demo::look_round(&window).await;
    let see = async |words: &str| window.wait_for_text(words).await;
    see("Demo").await;
    window
        .check_accessibility("worklist of the demo clinic")
        .await;
    intake::find_by(&window, "ndlov", PATIENT).await;
    window
        .check_accessibility("patient of the demo clinic")
        .await;
    window.click("button", "Continue the assessment").await;
    see_triage_form(&window).await;
    act_on_an_emergency(&window).await;
    be_reminded_at_lock(&window).await;
    write_the_safety_record(&window).await;
    finish(&window).await;
    sign(&window).await;
    window.close().await;
}

/// Not settled with the values still possible; the next question; settled once it is answered.
async fn see_triage_form(window: &Window<'_>) {
    window.wait_for_words("part-lead", "Not settled").await;
    window.find("heading", "Triage so far").await;
    window.wait_for_text("Best question to ask next").await;
    window.wait_for_text("DRAFT").await;
    window.press("Control+Enter").await;
    window
        .check_accessibility("assessment of the demo clinic")
        .await;
    assessment::open_section(window, "work").await;
    window.answer("audit-c-3", Pick("Less than monthly")).await;
    assessment::open_section(window, "matters").await;
    for (question, answer) in [
        ("matters-most", Write("To drive the number 9 again")),
        ("group-willing", Pick("Yes")),
        ("self-management-wish", Pick("No")),
        (
            "does-not-want",
            Write("No more tablets that make me sleepy"),
        ),
        ("information-needs", Tick(&["None"])),
        ("safe-contact", Pick("Any way")),
    ] {
        if window.read_row(question).await.as_deref() == Some("Not asked") {
            window.answer(question, answer).await;
            window.press("Tab").await;
            assessment::wait_for_row(window, question, &answer.words()).await;
        }
    }
    window.wait_for_words("part-lead", "Settled").await;
    window.wait_for_words("part-urgency", "Settled").await;
}

/// A warning sign leads at once; "acting now" leaves a red action and the hub is not told.
async fn act_on_an_emergency(window: &Window<'_>) {
    assessment::open_section(window, "safety").await;
    window.answer("ces-saddle", Pick("Present")).await;
    route::led_to(window, "Possible cauda equina syndrome").await;
    window
        .wait_for_text("Hub NOT told: phone 01632 960001")
        .await;
    window.click("button", "Back").await;
    window.find("heading", "This is not recorded yet").await;
    window.click("button", "Stay and record").await;
    window.click("button", "Acting now, record after").await;
    window.find("heading", "Recorded").await;
    window.press("Alt+1").await;
    window.find("heading", "Worklist").await;
    let actions = window
        .find("region", "Open actions")
        .await
        .text()
        .await
        .unwrap();
    assert!(
        actions.contains(PATIENT),
        "a red action names the patient: {actions}"
    );
}

/// The hub has not been told: the lock screen says so, and names nobody.
async fn be_reminded_at_lock(window: &Window<'_>) {
    window.press("Control+l").await;
    window.wait_for_text("Hub NOT told").await;
    let text = window.text().await.to_uppercase();
    assert!(
        !text.contains(PATIENT),
        "no patient is named at the door: {text}"
    );
    door::unlock(window, NURSE, PASSPHRASE).await;
    intake::find_by(window, "ndlov", PATIENT).await;
    window.click("button", "Continue the assessment").await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
    open_route(window, "Acting now").await;
    window.fill("Who took the call", "Dr M. Hale, 14:20").await;
    window.click("button", "The hub is told").await;
    window.wait_until_gone("Hub NOT told").await;
    route::record_done(
        window,
        "Ambulance called; notes and list handed over.",
        "Emergency department",
    )
    .await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
    window.answer("ces-saddle", Pick("Absent")).await;
    window.find("heading", "Why is it changed?").await;
    window.check_accessibility("why a sign is changed").await;
    window
        .click("button", "Asked again, answered differently")
        .await;
    window.click("button", "Change it").await;
    assessment::wait_for_row(window, "ces-saddle", "Absent").await;
}

/// Opens the route of the red action whose words begin so.
async fn open_route(window: &Window<'_>, words: &str) {
    let actions = window.names("button").await;
    let name = actions
        .iter()
        .find(|name| name.starts_with("Open the route") && name.contains(words));
    let name = name.unwrap_or_else(|| panic!("an action '{words}' among {actions:?}"));
    window.click("button", name).await;
    window
        .find("heading", "Possible cauda equina syndrome")
        .await;
}

/// Item 9 of 1 leads to the safety record, and finishing waits for it.
async fn write_the_safety_record(window: &Window<'_>) {
    assessment::open_section(window, "mood").await;
    window.answer("phq-9-9", Pick("Several days")).await;
    window.find("heading", "Safety record").await;
    window.check_accessibility("safety record").await;
    window.click("button", "Acting now, record after").await;
    window.find("heading", "Recorded").await;
    window.click("button", "Back").await;
    window.click("button", "Finish assessment").await;
    window.find("heading", "Not finished yet").await;
    window.wait_for_text("First deal with").await;
    window.click("button", "Back to the assessment").await;
    assessment::open_section(window, "mood").await;
    window.click("button", "Open the safety record").await;
    for (label, text) in [
        (
            "What was said",
            "Some mornings it would be easier not to wake.",
        ),
        ("Intent, and any plan to act", "No intent, no plan."),
        (
            "Means to hand, and medicines kept at home",
            "A month of tablets; his wife keeps them.",
        ),
        (
            "What helps them stay safe",
            "His boys, and football on Saturday.",
        ),
        (
            "Agreed safety plan",
            "Ring Zanele or 116 123; see us on Friday.",
        ),
        ("Who was told", "His GP, by telephone"),
    ] {
        window.fill(label, text).await;
    }
    window.tick("Safety plan agreed, with a review date").await;
    window.fill("Safety plan reviewed on", &in_days(7)).await;
    window
        .fill("Who took the call at the hub", "Dr M. Hale")
        .await;
    window.click("button", "Record this outcome").await;
    window.wait_for_text("nurse: Safety plan agreed").await;
    window.click("button", "Back").await;
    // After a safety plan no rule says how soon: the clinician does.
    assessment::open_section(window, "safety").await;
    window.answer("self-harm-seen-again", Pick("Soon")).await;
    assessment::wait_for_row(window, "self-harm-seen-again", "Soon").await;
}

async fn finish(window: &Window<'_>) {
    window.click("button", "Finish assessment").await;
    window.find("heading", "Before this is finished").await;
    window
        .key_in(
            "Your passphrase, since several people use this laptop",
            PASSPHRASE,
        )
        .await;
    window.check_accessibility("in whose name").await;
    window.click("button", "Finish now").await;
    window.wait_for_heading("Triage result").await;
    window
        .check_accessibility("result of the demo clinic")
        .await;
}

async fn sign(window: &Window<'_>) {
    plan::choose_first_where_asked(window).await;
    window.wait_for_words("part-urgency", "Settled").await;
    window.click("button", "Sign as proposed").await;
    window
        .key_in("Your passphrase, for the signature", PASSPHRASE)
        .await;
    window.press("Enter").await;
    window
        .wait_for_words("decision", "Signed as proposed")
        .await;
    window
        .check_accessibility("result of the demo clinic, signed")
        .await;
}
