//! Setting up, unlocking, locking.

use std::path::Path;

use crate::steps::paper;
use crate::window::Window;

pub const SERVICE: &str = "Wharfedale pain service";
pub const SITE: &str = "Ilkley";
pub const NURSE: &str = "Ama Osei";
pub const PASSPHRASE: &str = "lantern orchard fiddle gravel";

/// A service, its first site, and whoever sets it up.
pub struct First<'a> {
    pub service: &'a str,
    pub site: &'a str,
    pub hub: bool,
    pub name: &'a str,
    pub role: &'a str,
}

/// From the first screen to the worklist of an empty service, as its first nurse. Gives the code
/// of the recovery sheet. `stick` is where the sheet's PDF goes.
pub async fn set_up(window: &Window<'_>, stick: &Path) -> Vec<String> {
    begin(window).await;
    let code = keep_sheet(window, stick).await;
    window.find("heading", "Settings").await;
    code
}

/// The same in another role. The person keeps the name.
pub async fn set_up_as(window: &Window<'_>, role: &str, stick: &Path) {
    begin_as(window, &first(role)).await;
    keep_sheet(window, stick).await;
    window.find("heading", "Settings").await;
}

/// The three steps before the recovery sheet.
pub async fn begin(window: &Window<'_>) {
    begin_as(window, &first("Nurse")).await;
}

/// The spoke of the live journeys.
fn first(role: &str) -> First<'_> {
    First {
        service: SERVICE,
        site: SITE,
        hub: false,
        name: NURSE,
        role,
    }
}

/// The same for another service.
pub async fn begin_as(window: &Window<'_>, first: &First<'_>) {
    window.find("heading", "What Felloe is for").await;
    window.tick("I have read this statement.").await;
    window.click("button", "Go on").await;
    window.fill("Name of the service", first.service).await;
    window.fill("Name of this site", first.site).await;
    let kind = if first.hub {
        "The hub. Consultants work here; patients may be assessed here too."
    } else {
        "A spoke. Patients are assessed here."
    };
    window.click("radio", kind).await;
    window.click("button", "Go on").await;
    window.fill("Full name", first.name).await;
    window.pick("Role", first.role).await;
    window.key_in("Passphrase", PASSPHRASE).await;
    window.key_in("The same passphrase again", PASSPHRASE).await;
    window.click("button", "Make the record").await;
}

/// Reads the recovery sheet, saves it as a PDF, and types the two groups it asks for.
pub async fn keep_sheet(window: &Window<'_>, stick: &Path) -> Vec<String> {
    window.find("heading", "The recovery sheet").await;
    window.check_accessibility("the recovery sheet").await;
    assert!(
        paper::pages_shown(window).await >= 1,
        "the sheet is shown as it is printed"
    );
    let code = code(window).await;
    window.wait_for_css("#f-folder").await;
    window
        .refill("Folder for the PDF", stick.to_str().unwrap())
        .await;
    window.click("button", "Save PDF").await;
    window.wait_for_text("Saved as").await;
    let sheet = paper::newest_pdf(stick);
    paper::check(&sheet);
    let printed = paper::words(&sheet);
    for group in &code {
        assert!(
            printed.contains(group.as_str()),
            "the paper says every group"
        );
    }
    retype(window, "first", &code).await;
    retype(window, "second", &code).await;
    window.click("button", "I have it on paper. Go on").await;
    window.wait_for_css("header .lock").await;
    code
}

/// The code of the sheet on the screen, group by group.
async fn code(window: &Window<'_>) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-testid=sheet-code] > span')]
        .map(it => it.lastChild.textContent.trim())";
    window.by_id("sheet-code").await;
    serde_json::from_value(window.run(script, vec![]).await).unwrap()
}

/// Types the group that the field asks for.
async fn retype(window: &Window<'_>, field: &str, code: &[String]) {
    let label = window.css(&format!("label[for=f-{field}]")).await;
    let asked = label.text().await.unwrap();
    let number: usize = asked.trim_start_matches("Group ").trim().parse().unwrap();
    window.fill(&asked, &code[number - 1]).await;
}

/// Unlocks as `who` and waits until somebody is at work.
pub async fn unlock(window: &Window<'_>, who: &str, passphrase: &str) {
    let label = format!("Passphrase of {who}");
    choose(window, who).await;
    window.key_in(&label, passphrase).await;
    window.press("Enter").await;
    window.wait_for_css("header .lock").await;
}

/// Chooses a name on the lock screen.
pub async fn choose(window: &Window<'_>, who: &str) {
    window.find("heading", "Who is working?").await;
    window.click("button", who).await;
    window.labelled(&format!("Passphrase of {who}")).await;
}

/// Enters the local emergency numbers, from the range kept free for drama, and confirms them.
pub async fn enter_numbers(window: &Window<'_>) {
    let labels = [
        "The hub, for an emergency found here",
        "Mental health crisis team",
        "Metastatic spinal cord compression coordinator",
        "Spinal or musculoskeletal urgent pathway",
        "Local safeguarding",
        "The clinic, in hours, as printed on the plan",
        "Out of hours, as printed on the plan",
    ];
    window.wait_for_text("Missing for live use").await;
    for (place, label) in labels.iter().enumerate() {
        window.key_in(label, &format!("01632 96010{place}")).await;
    }
    window.tick("I rang each of them and they are right.").await;
    window.click("button", "Save numbers").await;
    window
        .wait_for_text("Entered, and rung by somebody of this site.")
        .await;
}
