//! Pictures of the screens. With `FELLOE_SCREENS` set to a folder they are kept there
//! (`cargo xtask screens` sets it to `docs/screens`); without it they are taken and dropped.

use std::path::{Path, PathBuf};

use crate::keeping;
use crate::machine::Machine;
use crate::questionnaires;
use crate::rows::Answer::Pick;
use crate::rules;
use crate::steps::{assessment, demo, door, intake, paper, plan};
use crate::window::{Size, Window};

/// Somebody of the demo clinic who was seen more than once.
const FOLLOWED: &str = "boateng";
const FOLLOWED_SHOWN: &str = "BOATENG";

#[tokio::test]
async fn each_screen_can_be_pictured_at_both_sizes() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    window.find("heading", "What Felloe is for").await;
    picture(&window, "first-run").await;
    demo::look_round(&window).await;
    window.press("Control+l").await;
    door::choose(&window, demo::NURSE).await;
    picture(&window, "unlock").await;
    door::unlock(&window, demo::NURSE, demo::PASSPHRASE).await;
    window.wait_for_css("tbody tr").await;
    picture(&window, "worklist").await;
    picture_a_referral(&window).await;
    picture_an_assessment(&window).await;
    picture_a_decision(&window).await;
    picture_a_plan(&window).await;
    picture_the_rules(&window).await;
    picture_the_keeping(&window).await;
    picture_a_restore(&window).await;
    window.close().await;
}

/// A referral as it is being typed, with a known person offered.
async fn picture_a_referral(window: &Window<'_>) {
    window.press("Alt+2").await;
    for (label, text) in [
        ("NHS number", "999 874 2196"),
        ("Family name", "Halloran"),
        ("Given names", "Margaret"),
        ("Date of birth", "14-Mar-1958"),
        (
            "The letter",
            "Dear colleagues, thank you for seeing Mrs Halloran, who has had pain in both hips for two years.",
        ),
    ] {
        window.key_in(label, text).await;
    }
    window.wait_for_words("known", "same NHS number").await;
    picture(window, "referral").await;
}

/// An assessment half way: what it feels like, the safety questions, and a route.
async fn picture_an_assessment(window: &Window<'_>) {
    intake::find_by(window, "ndlov", "NDLOVU").await;
    window.click("button", "Continue the assessment").await;
    window.wait_for_css("[data-testid='q-ces-saddle']").await;
    picture(window, "assessment-safety").await;
    assessment::open_section(window, "where").await;
    picture(window, "assessment").await;
    assessment::open_section(window, "mood").await;
    picture(window, "assessment-mood").await;
    assessment::open_section(window, "medicines").await;
    picture(window, "assessment-medicines").await;
    questionnaires::add(window, "PSEQ").await;
    window
        .tick("Completed on the licensed form held by this service")
        .await;
    for item in ["pseq-1", "pseq-2", "pseq-3"] {
        window.answer(item, Pick("4")).await;
    }
    window.wait_for_words("score-pseq", "3 of 10").await;
    picture(window, "assessment-questionnaires").await;
    assessment::open_section(window, "safety").await;
    window.answer("ces-saddle", Pick("Present")).await;
    window.wait_for_text("Hub NOT told").await;
    picture(window, "route").await;
    window.click("button", "Acting now, record after").await;
    window.wait_for_heading("Recorded").await;
    window.press("Alt+1").await;
}

/// A finished assessment that waits for a signature.
async fn picture_a_decision(window: &Window<'_>) {
    intake::find_by(window, "neill", "O'NEILL").await;
    window.click("button", "Open the proposal").await;
    window.wait_for_heading("Triage result").await;
    plan::choose_first_where_asked(window).await;
    picture(window, "result").await;
    for summary in ["why-not", "what-would-change"] {
        let open = format!("document.querySelector(\"[data-testid='{summary}'] summary\").click()");
        window.run(&open, vec![]).await;
    }
    window
        .wait_for_text("Answers are changed only because")
        .await;
    let scroll = "document.querySelector(\"[data-testid='why-not']\").scrollIntoView()";
    window.run(scroll, vec![]).await;
    picture(window, "result-why").await;
}

/// A plan that was agreed, and the record of somebody seen more than once.
async fn picture_a_plan(window: &Window<'_>) {
    window.press("Alt+3").await;
    window.find("heading", "Patients").await;
    window.check_accessibility("patients").await;
    picture(window, "patients").await;
    window.press("Alt+5").await;
    window.find("heading", "Settings").await;
    picture(window, "settings").await;
    intake::find_by(window, FOLLOWED, FOLLOWED_SHOWN).await;
    picture(window, "patient").await;
    window.click("button", "Plan").await;
    paper::pages_shown(window).await;
    picture(window, "plan").await;
}

/// A rule beside a made-up case, the vignettes, and who would move under other rules.
async fn picture_the_rules(window: &Window<'_>) {
    rules::open(window).await;
    rules::read_a_rule(window).await;
    rules::try_a_case(window).await;
    picture(window, "rules").await;
    rules::run_the_vignettes(window).await;
    picture(window, "rules-test-set").await;
    rules::choose_file(window, "stricter.toml", &rules::stricter()).await;
    window.wait_for_words("cases", "would move").await;
    picture(window, "rules-compared").await;
}

/// Who works here, who looked, what is in use, what it is locked with, and the end of a record.
async fn picture_the_keeping(window: &Window<'_>) {
    demo::seat(window, keeping::LEAD).await;
    keeping::open_audit(window).await;
    picture(window, "audit").await;
    window.click("button", "Check the record").await;
    window
        .wait_for_words("record-check", "The record is sound")
        .await;
    picture(window, "audit-check").await;
    window.press("Escape").await;
    keeping::in_use(window).await;
    picture(window, "rules-in-use").await;
    intake::find_by(window, FOLLOWED, FOLLOWED_SHOWN).await;
    window.click("button", "Who this is").await;
    window.find("heading", "Erasure").await;
    picture(window, "person").await;
    window.click("button", "Ask for an erasure").await;
    picture(window, "erasure").await;
    window.press("Escape").await;
    demo::seat(window, keeping::ADMINISTRATOR).await;
    keeping::settings(window, "Staff").await;
    picture(window, "settings-administrator").await;
    window.click("button", "Add a colleague").await;
    picture(window, "colleague").await;
    window.press("Escape").await;
    for (card, name) in [("keys", "settings-keys"), ("backups", "settings-backups")] {
        let scroll = format!("document.getElementById('{card}').scrollIntoView()");
        window.run(&scroll, vec![]).await;
        picture(window, name).await;
    }
    window.click("button", "Renew the key of the file").await;
    picture(window, "renew-key").await;
    window.press("Escape").await;
}

/// The door to a backup.
async fn picture_a_restore(window: &Window<'_>) {
    let stick = window.machine().stick();
    let place = stick.to_str().unwrap();
    keeping::settings(window, "Backups").await;
    keeping::back_up(window, place).await;
    picture(window, "settings-backed-up").await;
    window.press("Control+l").await;
    keeping::look_in(window, place).await;
    picture(window, "restore").await;
}

/// Takes the open screen at both sizes when pictures are wanted, in a journey that is about something
/// else. The window is left as it was.
pub async fn keep(window: &Window<'_>, name: &str) {
    if let Some(folder) = wanted() {
        picture_in(window, name, &folder).await;
        window.resize(Size::SCREEN).await;
    }
}

/// Where pictures are kept; none when nobody wants them.
fn wanted() -> Option<PathBuf> {
    std::env::var_os("FELLOE_SCREENS").map(PathBuf::from)
}

/// Takes the open screen at both sizes, as `NAME-1366x768.png` and `NAME-1366x690.png`.
async fn picture(window: &Window<'_>, name: &str) {
    let folder = wanted().unwrap_or_else(|| window.machine().home().join("screens"));
    picture_in(window, name, &folder).await;
}

async fn picture_in(window: &Window<'_>, name: &str, folder: &Path) {
    for size in [Size::SCREEN, Size::USABLE] {
        window.resize(size).await;
        let file = folder.join(format!("{name}-{}x{}.png", size.width, size.height));
        window.screenshot(&file).await;
        assert_eq!(
            pixels(&file),
            (size.width, size.height),
            "{}",
            file.display()
        );
    }
}

/// Width and height from a PNG's header: two big-endian numbers at byte 16.
fn pixels(file: &Path) -> (u32, u32) {
    let bytes = std::fs::read(file).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
