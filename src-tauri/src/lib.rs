//! The shell: one window on the clinic, and one thin command per use case.
//!
//! A command checks, hands over to `clinic`, and converts. No clinical rule, no
//! storage and no key lives here.

mod renderer;

pub use renderer::start_with_safe_renderer;

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When the system cannot make a window, for example without a display.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
