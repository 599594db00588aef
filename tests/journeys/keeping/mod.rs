//! Keeping the record: who may write in it, who looked, what it is locked with, and what is left of
//! it after a loss or an erasure.

mod adoption;
mod audit;
mod backups;
mod erasure;
mod keys;
mod staff;

pub use adoption::in_use;
pub use audit::open as open_audit;
pub use backups::{back_up, look_in};

use crate::window::Window;

/// People of the demo clinic, by what they are there for.
pub const LEAD: &str = "Edith Whitlock";
pub const CONSULTANT: &str = "Miriam Hale";
pub const ADMINISTRATOR: &str = "Gareth Pym";
pub const SAFETY_OFFICER: &str = "Ngozi Abara";

/// Opens the settings and waits for one of their cards.
pub async fn settings(window: &Window<'_>, card: &str) {
    window.press("Alt+5").await;
    window.find("heading", "Settings").await;
    window.find("heading", card).await;
}
