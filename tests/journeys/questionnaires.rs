//! A questionnaire under licence: by number, also while a pack waits for its two signatures.

use std::fs;

use crate::machine::Machine;
use crate::rows::Answer::Pick;
use crate::steps::{assessment, door, intake};
use crate::window::{Size, Window};

/// What stands for a digest in a file that was changed by hand.
const NO_DIGEST: &str = "0000";

#[tokio::test]
async fn a_questionnaire_is_entered_by_number_until_two_people_have_signed_for_a_pack() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    door::set_up_as(&window, "Consultant", machine.stick()).await;
    intake::take_referral(&window).await;
    window.click("button", "Open the record").await;
    window.click("button", "Start an assessment").await;
    window.find("heading", "Start an assessment").await;
    window.click("radio", "In person").await;
    window.click("button", "Start").await;
    window
        .wait_for_css("[data-testid='section-questionnaires']")
        .await;
    add(&window, "PSEQ").await;
    window.check_accessibility("a form before its tick").await;
    window
        .tick("Completed on the licensed form held by this service")
        .await;
    for item in 1..=10 {
        window.answer(&format!("pseq-{item}"), Pick("2")).await;
    }
    window.wait_for_words("score-pseq", "20 of 60").await;
    window.wait_for_words("score-pseq", "moderate").await;
    window.wait_for_words("form-pseq", "Item 10").await;
    window
        .check_accessibility("a questionnaire by number")
        .await;
    import(&window).await;
    intake::find_by(&window, "zieli", &intake::FAMILY.to_uppercase()).await;
    window.click("button", "Continue the assessment").await;
    assessment::open_section(&window, "questionnaires").await;
    window.wait_for_words("form-pseq", "Item 10").await;
    window.wait_for_words("score-pseq", "20 of 60").await;
    window.close().await;
}

/// Adds a questionnaire to the assessment that is open.
pub async fn add(window: &Window<'_>, name: &str) {
    assessment::open_section(window, "questionnaires").await;
    let script = "
        const list = document.querySelector('[data-testid=form-choice]');
        const option = [...list.options].find(it => it.label.startsWith(arguments[0] + ':'));
        return option?.label ?? null;";
    let label = window
        .run(script, vec![serde_json::json!(name)])
        .await
        .as_str()
        .expect("it can be added")
        .to_owned();
    window.choose("Questionnaire", &label).await;
    window.click("button", "Add").await;
    let card = format!("[data-testid='form-{}']", name.to_lowercase());
    window.wait_for_css(&card).await;
}

/// Imports the made-up pack: refused while its digest is wrong. It then waits for two signatures.
async fn import(window: &Window<'_>) {
    window.press("Alt+5").await;
    window.find("heading", "Settings").await;
    window.click("button", "Import a pack").await;
    choose(window, "changed.toml", &pack(NO_DIGEST)).await;
    window.wait_for_css("#pack-fault").await;
    let said = "return document.querySelector('#pack-fault').textContent";
    let said = window.run(said, vec![]).await;
    let said = said.as_str().unwrap_or_default().to_owned();
    assert!(said.starts_with("Line 11, column 10"), "{said}");
    let right = said
        .split([' ', '.'])
        .find(|word| word.len() == 64)
        .expect("the digest that the file gives");
    choose(window, "pack.toml", &pack(right)).await;
    window.wait_for_words("pack-read", "MU-7").await;
    window.check_accessibility("a pack that was read").await;
    window.click("button", "Import the pack").await;
    window
        .wait_for_words("instrument-pseq", "Waits for two signatures")
        .await;
    window.wait_for_words("instrument-pseq", door::NURSE).await;
    window.check_accessibility("instruments in use").await;
}

async fn choose(window: &Window<'_>, name: &str, text: &str) {
    let file = window.machine().stick().join(name);
    fs::write(&file, text).unwrap();
    let chooser = window.labelled("The pack's file").await;
    chooser.send_keys(file.to_str().unwrap()).await.unwrap();
}

/// A pack for PSEQ in made-up words.
fn pack(digest: &str) -> String {
    let text = format!(
        r#"format = "felloe-instrument-pack-1"
instrument = "pseq"
version = "trial 1"
language = "en-GB"
licence-holder = "Made-up Holder"
licence-reference = "MU-7"
held-by = "Example Clinic"
valid-until = "2099-12-31"
attribution = "Made-up words for a test."
stem = "Made-up stem"
digest = "{digest}"
"#
    );
    let item = |number: usize| format!("[[item]]\ntext = \"Made-up sentence {number}\"\n");
    let items: Vec<String> = (1..=10).map(item).collect();
    text + &items.concat()
}
