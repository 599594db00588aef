//! Two people change the same thing without seeing each other, and a clinician settles it.

use super::{CONSULTANT, FAMILY_SHOWN, laptops::NURSE};
use crate::screens;
use crate::steps::intake;
use crate::window::Window;

/// Changes the patient's telephone number.
pub async fn change_phone(window: &Window<'_>, number: &str) {
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    window.click("button", "Who this is").await;
    window.click("button", "Change details").await;
    window.refill("Telephone", number).await;
    window.click("button", "Save details").await;
    window.wait_until_no_dialog().await;
    window.wait_for_words("detail-phone", number).await;
}

/// Both versions stand side by side with who wrote which, and neither is used until a clinician says
/// which holds, and why.
pub async fn settle(window: &Window<'_>, holds: &str) {
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    window.wait_for_words("conflicts", "In conflict").await;
    let said = window.words_of("conflicts").await;
    for part in ["01632 960181", "01632 960282", NURSE, CONSULTANT] {
        assert!(said.contains(part), "'{part}' in: {said}");
    }
    let columns = "return document.querySelectorAll(
        '[data-testid=conflicts] thead th[scope=col]').length - 1";
    assert_eq!(window.run(columns, vec![]).await, 2);
    window.check_accessibility("a conflict").await;
    screens::keep(window, "conflict").await;
    window.click("button", "Settle it").await;
    window
        .press_on_words("[data-testid='conflicts'] label.tick", "This laptop")
        .await;
    window.wait_for_words("preview", holds).await;
    window.fill("Why?", "He rang from it this morning.").await;
    window.check_accessibility("settling a conflict").await;
    screens::keep(window, "conflict-settling").await;
    window.click("button", "Settle it").await;
    window.wait_until_gone("In conflict").await;
}

/// What was settled there holds here.
pub async fn see_it_settled(window: &Window<'_>, holds: &str) {
    intake::find_by(window, "adeyemi", FAMILY_SHOWN).await;
    window.click("button", "Who this is").await;
    window.wait_for_words("detail-phone", holds).await;
    let detail = window.words_of("detail-phone").await;
    assert!(!detail.contains("In conflict"), "{detail}");
}
