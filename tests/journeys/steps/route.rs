//! Going through an emergency route.

use crate::window::Window;

/// Waits until a route leads, by its title.
pub async fn led_to(window: &Window<'_>, title: &str) {
    window.find("heading", title).await;
    window.check_accessibility(&format!("route: {title}")).await;
}

/// Records that the route was followed, and goes back.
pub async fn record_done(window: &Window<'_>, done: &str, told: &str) {
    window.tick("Done as above").await;
    window.fill("What was done", done).await;
    window.fill("Who was told", told).await;
    window.click("button", "Now").await;
    window.click("button", "Record this outcome").await;
    window
        .wait_for_text(&format!("Done as above. {done}"))
        .await;
    window.click("button", "Back").await;
}
