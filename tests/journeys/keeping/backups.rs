//! Backups: a place is chosen, one is made and tested, and the record comes back at the door, on
//! the same laptop and on a blank one.

use super::settings;
use crate::machine::Machine;
use crate::steps::{door, intake};
use crate::window::{Size, Window};

const NEW: &str = "thimble cavern walnut ribbon";

#[tokio::test]
async fn a_backup_is_made_tested_and_restored_at_the_door_and_with_the_sheet_on_another_laptop() {
    let machine = Machine::new();
    let window = Window::open(&machine, Size::SCREEN).await;
    let code = door::set_up(&window, machine.stick()).await;
    intake::take_referral(&window).await;
    let place = machine.stick().join("backups");
    std::fs::create_dir(&place).unwrap();
    let place = place.to_str().unwrap();
    settings(&window, "Backups").await;
    back_up(&window, place).await;
    window.press("Control+l").await;
    look_in(&window, place).await;
    with_the_passphrase(&window).await;
    intake::find_by(&window, "quill", &intake::FAMILY.to_uppercase()).await;
    window.close().await;

    let other = Machine::new();
    let window = Window::open(&other, Size::SCREEN).await;
    window.find("heading", "What Felloe is for").await;
    look_in(&window, place).await;
    with_the_sheet(&window, &code).await;
    let fresh = door::keep_sheet(&window, other.stick()).await;
    assert_ne!(code, fresh, "the old sheet may be in wrong hands");
    intake::find_by(&window, "quill", &intake::FAMILY.to_uppercase()).await;
    window.close().await;
}

/// Chooses the place, makes a backup and tests it.
pub async fn back_up(window: &Window<'_>, place: &str) {
    window.fill("Folder for backups", place).await;
    window.check_accessibility("no place for backups").await;
    window.press_on("[data-testid='backup-choose']").await;
    window.wait_for_css("[data-testid='backup-now']").await;
    window.press_on("[data-testid='backup-now']").await;
    window.wait_for_css("[data-testid='backup-test']").await;
    wait_until_under_way(window, false).await;
    window.press_on("[data-testid='backup-test']").await;
    wait_until_under_way(window, true).await;
    wait_until_under_way(window, false).await;
    window.wait_for_text("All is well").await;
    window.check_accessibility("backups").await;
}

/// Waits until a backup is made or tested, or until none is any more.
async fn wait_until_under_way(window: &Window<'_>, wanted: bool) {
    let busy = "return document.querySelector('[data-testid=backup-test]')?.disabled";
    window
        .until("the card says whether a backup is under way", async || {
            (window.run(busy, vec![]).await.as_bool()? == wanted).then_some(())
        })
        .await;
}

/// From the door to the list of what was found.
pub async fn look_in(window: &Window<'_>, place: &str) {
    window.click("button", "Restore from a backup").await;
    window.fill("Folder of the backups", place).await;
    window.check_accessibility("where the backups are").await;
    window.click("button", "Look for backups").await;
    window.labelled("Which backup").await;
}

async fn with_the_passphrase(window: &Window<'_>) {
    window
        .pick("Whose account to open", &format!("{}, Nurse", door::NURSE))
        .await;
    window
        .key_in("Passphrase of the day of the backup", door::PASSPHRASE)
        .await;
    window.tick("Move the record that is here aside.").await;
    window.check_accessibility("restore").await;
    window.click("button", "Restore").await;
    window.find("heading", "The backup is restored").await;
    window.check_accessibility("restored").await;
    window.click("button", "Go to the worklist").await;
    window.wait_for_css("header .lock").await;
}

async fn with_the_sheet(window: &Window<'_>, code: &[String]) {
    window
        .pick("Whose account to open", &format!("{}, Nurse", door::NURSE))
        .await;
    window
        .tick("Use the recovery sheet (another computer, or a lost passphrase).")
        .await;
    window
        .fill("Code from the recovery sheet", &code.join(" "))
        .await;
    window.key_in("Passphrase", NEW).await;
    window.key_in("The same passphrase again", NEW).await;
    window.check_accessibility("restore with the sheet").await;
    window.click("button", "Restore").await;
    window.find("heading", "The backup is restored").await;
    window.click("button", "Print the new recovery sheet").await;
}
