//! The talk with the hub server, beside whatever else is done.

use clinic::Desk;
use clinic::line::{Lend, Told};
use tauri::{AppHandle, Emitter};

use crate::desk::SharedDesk;

impl Lend for SharedDesk {
    fn lend<T>(&self, step: impl FnOnce(&mut Desk) -> T) -> T {
        step(&mut self.held())
    }
}

/// Talks with the hub server for as long as the program runs, on a thread of its own. The window is
/// told that there is something to ask for; what, it asks like anything else.
pub(crate) fn keep_line(desk: &SharedDesk, window: AppHandle) {
    let desk = desk.clone();
    std::thread::spawn(move || {
        clinic::line::keep(&desk, desk.bell(), |told| {
            let event = match told {
                Told::Line => "line",
                Told::Arrived => "arrived",
            };
            // Nobody hears it when the window is closing, and then nobody has to.
            let _ = window.emit(event, ());
        });
    });
}
