//! Deciding, and writing the plan.

use serde_json::json;

use crate::steps::in_days;
use crate::window::Window;

/// Signs a decision that is not the proposal, or where there is none, with a reason.
pub async fn sign_with_reason(window: &Window<'_>, lead: &str, passphrase: &str) {
    window
        .click("button", "Sign something else, with a reason")
        .await;
    fill_choice(window, lead).await;
    window.pick("Reason", "Clinical judgement").await;
    window
        .key_in(
            "Why, in at least one sentence",
            "She wishes to start where she can walk to.",
        )
        .await;
    window
        .key_in("Your passphrase, for the signature", passphrase)
        .await;
    window.click("button", "Sign this decision").await;
    window
        .wait_for_words("decision", "Changed with a reason")
        .await;
}

/// In one case in ten the proposal is hidden until the clinician has chosen.
pub async fn choose_first_where_asked(window: &Window<'_>) {
    if window.text().await.contains("Choose first") {
        window.by_id("proposal-hidden").await;
        fill_choice(window, "pain").await;
        window
            .click("button", "Keep this choice and show the proposal")
            .await;
    }
}

/// Urgency, lead and two strands.
pub async fn fill_choice(window: &Window<'_>, lead: &str) {
    window.pick("Urgency", "Soon").await;
    let list = window.labelled("Lead").await;
    let options = window.run(
        "return [...document.getElementById('f-lead').options].map(it => it.label)",
        vec![],
    );
    let options: Vec<String> = serde_json::from_value(options.await).unwrap();
    let option = options.iter().find(|label| label.contains(lead));
    let option = option.unwrap_or_else(|| panic!("no lead '{lead}' in {options:?}"));
    list.select_by_label(option).await.unwrap();
    window.tick("Physiotherapy").await;
    window.tick("Pharmacy").await;
}

pub const GOAL: &str = "Walk to the weir and back without stopping";
pub const AGREED: &str = "We agreed that your back is worn but safe to move.";

/// Writes goal, blocks and review date.
pub async fn write(window: &Window<'_>) {
    window.click("button", "Add a goal").await;
    window.fill("Goal 1", GOAL).await;
    window.fill("Goal 1, by when", &in_days(90)).await;
    window.choose("Goal 1, how sure, 0 to 10", "6").await;
    write_block(window, "what-we-agreed", AGREED).await;
    add_phrase(window, "flare-up").await;
    add_phrase(window, "warning-signs").await;
    window.fill("Review date", &in_days(84)).await;
    window.press("Tab").await;
    wait_until_complete(window).await;
}

/// Replaces the words of a block.
pub async fn write_block(window: &Window<'_>, block: &str, text: &str) {
    let field = window.css(&format!("[id='plan-{block}']")).await;
    field.click().await.unwrap();
    window.press("Control+a").await;
    field.send_keys(text).await.unwrap();
    window.press("Tab").await;
}

/// Adds the first phrase of a block's bank with one press.
async fn add_phrase(window: &Window<'_>, block: &str) {
    let card = format!("[data-testid='block-{block}']");
    window
        .css(&format!("{card} .phrases"))
        .await
        .click()
        .await
        .unwrap();
    let add = format!("{card} li button:not(:disabled)");
    window.wait_for_css(&add).await;
    window.press_on(&add).await;
    let script = "return document.querySelector(`[id='plan-${arguments[0]}']`).value !== ''";
    window
        .until(&format!("{block} holds the phrase"), async || {
            let there = window.run(script, vec![json!(block)]).await;
            there.as_bool()?.then_some(())
        })
        .await;
}

/// Waits until nothing but a signed decision is missing.
async fn wait_until_complete(window: &Window<'_>) {
    window
        .until("only the decision is missing", async || {
            let script =
                "return [...document.querySelectorAll('main .nhsuk-inset-text li, main li')]
                .map(it => it.innerText.trim()).filter(it => it === 'A review date'
                    || it === 'At least one goal').length";
            (window.run(script, vec![]).await.as_u64()? == 0).then_some(())
        })
        .await;
}

/// Agrees the plan with the patient and signs it.
pub async fn agree(window: &Window<'_>, passphrase: &str) {
    window.click("button", "Agree the plan").await;
    window.find("heading", "Agree the plan").await;
    window.check_accessibility("agree the plan").await;
    window
        .click(
            "checkbox",
            "The plan was read through together, on screen or on paper.",
        )
        .await;
    window.click("checkbox", "The patient").await;
    window.click("radio", "Agreed").await;
    window
        .key_in("Your passphrase, for the signature", passphrase)
        .await;
    window.click("button", "Sign this plan").await;
    window.wait_for_text("Version 1: agreed").await;
}

/// Saves the plan as a PDF on the memory stick.
pub async fn save_pdf(window: &Window<'_>) {
    window.click("button", "Save PDF").await;
    window.labelled("Folder").await;
    window
        .refill("Folder", window.machine().stick().to_str().unwrap())
        .await;
    window.click("button", "Save the PDF").await;
    window.wait_for_words("paper-done", "Saved").await;
    window.click("button", "Done").await;
}

/// The button behind the dialog has the same name, so the dialog's own is looked for.
const PRINT: &str =
    "const button = [...document.querySelectorAll('dialog button, [role=dialog] button')]
    .find(it => it.textContent.trim() === 'Print' && !it.disabled);
    button?.click();
    return button !== undefined";

/// Prints with the system's printing, which `tests/printer-session.sh` provides.
pub async fn print(window: &Window<'_>) {
    window.click("button", "Print").await;
    window.labelled("Printer").await;
    window
        .until("the dialog's button prints", async || {
            window
                .run(PRINT, vec![])
                .await
                .as_bool()
                .filter(|done| *done)
        })
        .await;
    window
        .wait_for_words("paper-done", "sent to felloe-test")
        .await;
    window.check_accessibility("print the plan").await;
    window.click("button", "Done").await;
}

/// "Plan given" takes the right date of birth only.
pub async fn give(window: &Window<'_>, wrong: &str, right: &str) {
    window.click("button", "Plan given").await;
    window.find("heading", "Plan given").await;
    window.click("radio", "The patient, in hand").await;
    window
        .click(
            "checkbox",
            "They said their full name, and it is the name on the plan.",
        )
        .await;
    window.fill("Date of birth, as they said it", wrong).await;
    window.press("Tab").await;
    window.click("button", "Record that it was given").await;
    window.by_id("error-summary").await;
    window.check_accessibility("plan given, refused").await;
    window.refill("Date of birth, as they said it", right).await;
    window.press("Tab").await;
    window.click("button", "Record that it was given").await;
    window.wait_for_text("Version 1 given to the patient").await;
}
