//! Opens Felloe's window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    felloe::start_with_safe_renderer();
    felloe::run()
}
