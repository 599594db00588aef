//! The shell: one window on the clinic, and one thin command per use case.
//!
//! A command hands over to `clinic` and converts. No clinical rule, no storage and no key lives
//! here.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(test)]
mod bindings;
mod commands;
mod desk;
mod line;
mod renderer;

pub use renderer::start_with_safe_renderer;

use desk::SharedDesk;
use tauri::Emitter;

/// Opens the window and returns when it is closed.
///
/// With `--demo` it stands at the door of the demo clinic, which is made first if it is not there.
///
/// # Errors
/// When the system cannot make a window, for example without a display.
pub fn run() -> tauri::Result<()> {
    let demo = std::env::args().any(|argument| argument == "--demo");
    let desk = SharedDesk::new(demo);
    let closing = desk.clone();
    let watched = desk.clone();
    desk.keep_backups();
    tauri::Builder::default()
        .manage(desk)
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let window = app.handle().clone();
            line::keep_line(&watched, window.clone());
            watched.keep_watch(move || {
                // Nobody hears it when the window is closing, and then nobody has to.
                let _ = window.emit("locked", ());
            });
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(move |_, event| {
            // What was typed becomes entries, and the keys go, before the window does.
            if matches!(event, tauri::RunEvent::ExitRequested { .. }) {
                closing.seal();
            }
        });
    Ok(())
}
