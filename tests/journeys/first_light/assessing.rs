//! Answering in every section.

use super::answers::{CONTACT, SECTIONS};
use super::{NOT_ASKED, SIGNS};
use crate::rows::Answer::{Pick, Without};
use crate::steps::assessment::{self, Entered};
use crate::steps::route;
use crate::window::Window;

/// Every warning sign is absent, but one is declined and one not asked.
pub async fn answer_safety(window: &Window<'_>, entered: &mut Entered) {
    assessment::answer_all(window, CONTACT, entered).await;
    let others = CONTACT.iter().map(|(question, _)| *question);
    let others: Vec<&str> = others
        .chain(["self-harm-outcome", "cancer-weight"])
        .collect();
    let signs: Vec<String> = window.questions().await;
    let signs = signs.iter().filter(|id| !others.contains(&id.as_str()));
    let mut answers = Vec::new();
    for sign in signs {
        let answer = match sign.as_str() {
            NOT_ASKED => continue,
            "ces-sexual" => Without("Declined"),
            _ => Pick("Absent"),
        };
        answers.push((sign.as_str(), answer));
    }
    assert!(
        answers.len() > 50,
        "all warning signs are asked: {}",
        answers.len()
    );
    assessment::answer_all(window, &answers, entered).await;
    entered.insert(NOT_ASKED.into(), "Not asked".into());
    window.check_accessibility("assessment, safety").await;
}

/// A sign that is present leads at once; when it is recorded the assessment goes on.
pub async fn lead_through_a_warning_sign(window: &Window<'_>, entered: &mut Entered) {
    window.answer("cancer-weight", Pick("Present")).await;
    entered.insert("cancer-weight".into(), "Present".into());
    route::led_to(window, "Possible cancer").await;
    window.wait_for_text("01632 960100").await;
    route::record_done(
        window,
        "Rang the practice; blood tests on Friday.",
        "Dr Lomax",
    )
    .await;
    window.wait_for_css(SIGNS).await;
    assessment::wait_for_row(window, "cancer-weight", "Present").await;
}

pub async fn answer_sections(window: &Window<'_>, entered: &mut Entered) {
    for (section, answers) in SECTIONS {
        assessment::open_section(window, section).await;
        assessment::answer_all(window, answers, entered).await;
        match *section {
            "where" => mark_places(window).await,
            "mood" => see_scores(window).await,
            "work" => window.wait_for_words("score-audit-c", "4 of 12").await,
            "medicines" => enter_medicines(window).await,
            "health" => enter_conditions(window).await,
            "matters" => assessment::none_in(window, "person", "Nobody to name").await,
            _ => {}
        }
        window
            .check_accessibility(&format!("assessment, {section}"))
            .await;
    }
}

/// One place by a click on the map, one by the list form; both are on the map after.
async fn mark_places(window: &Window<'_>) {
    assessment::click_place(window, "back-left-low-back").await;
    window
        .wait_for_css("[data-region='back-left-low-back'][aria-checked=true]")
        .await;
    window.click("button", "Use a list instead").await;
    assessment::add_row(
        window,
        "region",
        &[
            ("region", "Knee"),
            ("side", "Right"),
            ("view", "Front"),
            ("rating", "4"),
        ],
    )
    .await;
    window.check_accessibility("places as a list").await;
    window.click("button", "Use the body map").await;
    window
        .wait_for_css("[data-region='front-right-knee'][aria-checked=true]")
        .await;
}

async fn see_scores(window: &Window<'_>) {
    window.wait_for_words("score-phq-9", "12 of 27").await;
    window.wait_for_words("score-gad-7", "8 of 21").await;
}

/// 120 mg of morphine and a patch of 25 micrograms an hour come to 180 mg by the table.
async fn enter_medicines(window: &Window<'_>) {
    let morphine = [
        ("name", "morphine"),
        ("form", "Slow release (MR, SR, XL)"),
        ("strength", "60 mg"),
        ("times", "2"),
    ];
    assessment::add_row(window, "medicine", &morphine).await;
    window.wait_for_words("ome-total", "120 mg").await;
    let patch = [
        ("name", "fentanyl"),
        ("form", "Patch"),
        ("strength", "25 micrograms/h"),
    ];
    assessment::add_row(window, "medicine", &patch).await;
    window.wait_for_words("ome-total", "180 mg").await;
    window.wait_for_words("ome-total", "FPM").await;
    let allergy = [
        ("substance", "codeine"),
        ("reaction", "Wheeze"),
        ("kind", "Allergy"),
    ];
    assessment::add_row(window, "allergy", &allergy).await;
    window
        .wait_for_words("list-medicine", "of the same class (opioid)")
        .await;
}

async fn enter_conditions(window: &Window<'_>) {
    let condition = [
        ("kind", "Diabetes"),
        ("name", "Type 2"),
        ("treated-by", "Her GP"),
    ];
    assessment::add_row(window, "condition", &condition).await;
    let treatment = [
        ("name", "Amitriptyline"),
        ("kind", "Medicine"),
        ("dose", "25 mg"),
        ("duration", "Six weeks"),
        ("benefit", "A little"),
        ("stopped", "Dry mouth"),
    ];
    assessment::add_row(window, "treatment", &treatment).await;
    assessment::none_in(window, "device", "None implanted").await;
}
