//! The demo clinic, made and entered.

use crate::steps::door;
use crate::window::Window;

/// Printed on the door of the demo clinic.
pub const PASSPHRASE: &str = "kettle harbour quilt lantern";
pub const NURSE: &str = "Ama Osei";

/// From the first screen of a new machine, through the button that makes the demo clinic.
pub async fn look_round(window: &Window<'_>) {
    window.find("heading", "What Felloe is for").await;
    window.click("button", "Look round the demo clinic").await;
    window.wait_while_working("Who is working?").await;
    window.wait_for_words("demo-passphrase", PASSPHRASE).await;
    window.check_accessibility("door of the demo clinic").await;
    door::unlock(window, NURSE, PASSPHRASE).await;
    window.find("heading", "Worklist").await;
}

/// Whoever is at work locks, and somebody else of the demo clinic sits down.
pub async fn seat(window: &Window<'_>, who: &str) {
    window.press("Control+l").await;
    door::unlock(window, who, PASSPHRASE).await;
}
