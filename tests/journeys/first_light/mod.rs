//! The main job, from a new laptop to a plan in the patient's hand, on a live service.

mod answers;
mod assessing;
mod planning;

use answers::{LAST_TYPED, MATTERS_MOST, SECTIONS};
use assessing::{answer_safety, answer_sections, lead_through_a_warning_sign};

use crate::machine::Machine;
use crate::rows::Answer::{Pick, Write};
use crate::steps::assessment::{self, Entered};
use crate::steps::{door, intake, traces};
use crate::window::{Size, Window};

const SIGNS: &str = "[data-testid='q-ces-bladder']";
/// The warning sign that is not asked until finishing names it.
const NOT_ASKED: &str = "safeguard-child";
/// Words that nobody may find on the machine.
const SECRETS: &[&str] = &[
    "Zielińska-Quill",
    "Zielinska",
    "Bronisława",
    intake::NUMBER,
    "999 041 7261",
    intake::NUMBER_SHOWN,
    "Gannet Steps",
    "tannery fire",
    "kite without wind",
    "drum lid",
    "weir steps",
    "fentanyl",
    "Thistlewood",
];

#[tokio::test]
async fn a_nurse_takes_a_referral_through_to_a_signed_printed_plan_and_loses_nothing_to_a_kill() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    door::set_up(&window, machine.stick()).await;
    door::enter_numbers(&window).await;
    window.check_accessibility("settings").await;
    see_an_empty_worklist(&window).await;
    take_referrals(&window).await;
    start_assessment(&window).await;
    let mut entered = Entered::new();
    answer_safety(&window, &mut entered).await;
    lead_through_a_warning_sign(&window, &mut entered).await;
    answer_sections(&window, &mut entered).await;
    let window = kill_and_come_back(&machine, window, &mut entered).await;
    find_every_answer(&window, &entered).await;
    finish(&window).await;
    planning::decide_and_plan(&window).await;
    find_again(&window).await;
    window.close().await;
    assert_eq!(traces::readable(&machine, SECRETS), Vec::<String>::new());
}

async fn see_an_empty_worklist(window: &Window<'_>) {
    window.press("Alt+1").await;
    window.find("heading", "Worklist").await;
    window
        .wait_for_text("No patients are waiting in this list.")
        .await;
    window
        .wait_for_text("checklists, scores and OME only")
        .await;
    window.check_accessibility("empty worklist").await;
}

async fn take_referrals(window: &Window<'_>) {
    window.press("Alt+2").await;
    window.find("heading", "New referral").await;
    window.check_accessibility("referral").await;
    intake::take_referral(window).await;
    intake::offer_known_person(window).await;
    intake::import_file(window).await;
    window.check_accessibility("worklist").await;
}

async fn start_assessment(window: &Window<'_>) {
    intake::find_by(window, "zieli", "ZIELIŃSKA-QUILL").await;
    window.check_accessibility("patient").await;
    window.click("button", "Start an assessment").await;
    window.find("heading", "Start an assessment").await;
    window.click("radio", "In person").await;
    window.click("button", "Start").await;
    window.wait_for_css(SIGNS).await;
    window
        .wait_for_words(
            "triage-stopped",
            "Proposals are off: no ruleset has been adopted",
        )
        .await;
}

/// Types one more answer, and kills the program as soon as the saved line speaks of it.
async fn kill_and_come_back<'m>(
    machine: &'m Machine,
    window: Window<'m>,
    entered: &mut Entered,
) -> Window<'m> {
    let (question, words) = LAST_TYPED;
    assessment::open_section(&window, "mood").await;
    assessment::save(&window, question, words).await;
    window.kill();
    entered.insert(question.into(), words.into());
    assert_eq!(traces::readable(machine, SECRETS), Vec::<String>::new());
    let window = Window::open(machine, Size::SCREEN).await;
    door::unlock(&window, door::NURSE, door::PASSPHRASE).await;
    window.find("heading", "Worklist").await;
    window
}

async fn find_every_answer(window: &Window<'_>, entered: &Entered) {
    intake::find_by(window, "quill", "ZIELIŃSKA-QUILL").await;
    window.click("button", "Continue the assessment").await;
    window.wait_for_css(SIGNS).await;
    let mut found = Entered::new();
    for section in ["safety"]
        .into_iter()
        .chain(SECTIONS.iter().map(|(section, _)| *section))
    {
        assessment::open_section(window, section).await;
        for question in window.questions().await {
            let words = window.read_row(&question).await.unwrap();
            found.insert(question, words);
        }
        if section == "where" {
            window
                .wait_for_css("[data-region='back-left-low-back'][aria-checked=true]")
                .await;
            window
                .wait_for_css("[data-region='front-right-knee'][aria-checked=true]")
                .await;
        }
        if section == "medicines" {
            window.wait_for_words("ome-total", "180 mg").await;
            window.wait_for_words("list-allergy", "Wheeze").await;
        }
        if section == "health" {
            window.wait_for_words("list-condition", "Her GP").await;
            window.wait_for_words("list-treatment", "Dry mouth").await;
            window.wait_for_words("list-device", "None implanted").await;
        }
    }
    let lost: Vec<_> = entered
        .iter()
        .filter(|(id, words)| found.get(*id) != Some(words))
        .map(|(id, words)| (id, words, found.get(id)))
        .collect();
    assert!(
        lost.is_empty(),
        "these answers are not as they were entered: {lost:#?}"
    );
}

/// Finishing first names what is missing, then asks why a warning sign has no answer.
async fn finish(window: &Window<'_>) {
    let (question, words) = MATTERS_MOST;
    for (missing, question, answer) in [
        ("What matters most to you?", question, Write(words)),
        (
            "A concern about a child in the household",
            NOT_ASKED,
            Pick("Absent"),
        ),
    ] {
        window.click("button", "Finish assessment").await;
        window.find("heading", "Not finished yet").await;
        window.check_accessibility("what is missing").await;
        window
            .press_on_words("dialog .missing button", missing)
            .await;
        window
            .wait_for_css(&format!("[data-testid='q-{question}']"))
            .await;
        window.answer(question, answer).await;
        window.press("Tab").await;
        assessment::wait_for_row(window, question, &answer.words()).await;
    }
    window.click("button", "Finish assessment").await;
    window.find("heading", "Before this is finished").await;
    window
        .key_in("Why they were not answered", "She would rather not say.")
        .await;
    let net = "Safety-net given: what to watch for, and whom to call";
    window
        .key_in(net, "The warning card was given and read aloud.")
        .await;
    window.click("button", "Finish with this reason").await;
    window.wait_for_heading("Triage result").await;
}

/// By a part of the number; the timeline then shows everything that happened.
async fn find_again(window: &Window<'_>) {
    intake::find_by(window, "0417 261", "ZIELIŃSKA-QUILL").await;
    let text = window.words_of("list-timeline").await.to_lowercase();
    for happened in ["referral", "assessment", "decision", "plan"] {
        assert!(
            text.contains(happened),
            "the timeline tells of the {happened}: {text}"
        );
    }
    for step in ["signed", "agreed", "given", "finished", "started"] {
        assert!(text.contains(step), "the timeline says '{step}': {text}");
    }
}
