//! The demo clinic: a whole service of invented people, made through the same use cases that a
//! real one goes through, with the clock turned back for each step.

mod cast;
mod made;

pub(crate) use cast::Cast;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use record::moment::Moment;
use serde::Serialize;

use crate::desk::{Desk, Surroundings};
use crate::refusal::Refusal;

/// Makes the demo clinic at the desk's place. `progress` is told each step in words.
pub fn make(desk: &mut Desk, progress: &mut dyn FnMut(&str)) -> Result<(), Refusal> {
    made::clinic(desk, progress)
}

/// What a day in the demo clinic left behind.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// The signed plan's PDF.
    pub plan: String,
    /// The encrypted record.
    pub record: String,
    /// What everybody in the demo unlocks with.
    pub passphrase: String,
}

/// Makes the demo clinic in `out` and lives through one day in it, without a window.
pub fn day(out: &Path, version: &str, progress: &mut dyn FnMut(&str)) -> Result<Day, Refusal> {
    let out = std::path::absolute(out)
        .map_err(|_| Refusal::plain("This folder cannot be used. Choose another."))?;
    let record = out.join("record");
    let mut desk = crate::desk_here(record.clone(), version, None);
    let plan = made::day(&mut desk, &out.display().to_string(), progress)?;
    Ok(Day {
        plan,
        record: desk.place.database().display().to_string(),
        passphrase: passphrase(),
    })
}

/// The passphrase of everybody in the demo, printed on purpose: it keeps nothing.
pub fn passphrase() -> String {
    Cast::shipped()
        .map(|cast| cast.clinic.service.passphrase)
        .unwrap_or_default()
}

/// A clock that stands where the story is, and real randomness.
struct Staged {
    at: Arc<Mutex<Moment>>,
    real: Arc<Mutex<Box<dyn Surroundings>>>,
}

impl Surroundings for Staged {
    fn now(&self) -> Moment {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.real
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill(bytes);
    }
}
