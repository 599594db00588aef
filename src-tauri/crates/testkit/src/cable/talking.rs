//! A desk whose talk with the hub server goes on beside it, as the window has it.

use std::sync::{Arc, Mutex, PoisonError};

use clinic::Desk;
use clinic::line::{self, Bell, Lend, Told};

/// A desk that is shared with the talk.
#[derive(Clone)]
pub struct Talking {
    desk: Arc<Mutex<Desk>>,
    bell: Bell,
}

impl Lend for Talking {
    fn lend<T>(&self, step: impl FnOnce(&mut Desk) -> T) -> T {
        step(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Talking {
    /// Begins to talk, for as long as this program runs.
    pub fn new(desk: Desk) -> Self {
        let talking = Self {
            desk: Arc::new(Mutex::new(desk)),
            bell: Bell::default(),
        };
        let talks = talking.clone();
        std::thread::spawn(move || line::keep(&talks, &talks.bell, |_: Told| ()));
        talking
    }

    /// A use case, as a command of the window does it.
    pub fn does<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let done = self.lend(|desk| {
            desk.turn();
            work(desk)
        });
        self.bell.ring();
        done
    }

    /// Looks, and does nothing.
    pub fn look<T>(&self, look: impl FnOnce(&mut Desk) -> T) -> T {
        self.lend(look)
    }
}
