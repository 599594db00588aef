//! What an administrator does with laptops and sites later, up to the last step, and what the sync
//! screen says when another computer answers in the hub server's place.

use super::laptops::SPOKE_SITE;
use crate::keeping::settings;
use crate::screens;
use crate::window::Window;

/// The cards, and the dialogs that end a laptop and close a site. Nothing is ended.
pub async fn look_at_cards(window: &Window<'_>) {
    settings(window, "Laptops").await;
    window.wait_for_text(SPOKE_SITE).await;
    window
        .check_accessibility("laptops, sites, hub server")
        .await;
    let ends = window.names("button").await;
    let end = ends.iter().find(|name| name.starts_with("End laptop"));
    window.click("button", end.unwrap()).await;
    window
        .pick("Why", "It is lost, or somebody else may have it")
        .await;
    window.check_accessibility("the end of a laptop").await;
    screens::keep(window, "laptop-end").await;
    window.press("Escape").await;
    window.wait_until_no_dialog().await;
    window.click("button", &format!("Close {SPOKE_SITE}")).await;
    window.find("heading", &format!("Close {SPOKE_SITE}")).await;
    window.check_accessibility("the end of a site").await;
    screens::keep(window, "site-close").await;
    window.press("Escape").await;
    window.wait_until_no_dialog().await;
    for card in ["laptops", "hub-server"] {
        let scroll = format!("document.getElementById('{card}').scrollIntoView()");
        window.run(&scroll, vec![]).await;
        screens::keep(window, &format!("settings-{card}")).await;
    }
}

/// Another key than that of the computer at the address.
pub async fn mistake_the_hub_server(window: &Window<'_>) {
    window.click("button", "Change the hub server").await;
    window.refill("Its key", &"00".repeat(32)).await;
    window.click("button", "Save hub server").await;
    window.by_id("sync-chip").await.click().await.unwrap();
    window
        .wait_for_words(
            "sync-status",
            "Another computer answered in the hub server's place",
        )
        .await;
    window.check_accessibility("sync, a problem").await;
    screens::keep(window, "sync-problem").await;
}
