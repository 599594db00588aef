//! The waiting-time clock of a patient: what it stands on, what it says, and what the site set.

mod events;
mod recording;
mod settings;
mod shown;
mod words;

pub use recording::record_clock_event;
pub use settings::{clock_settings, save_clock_settings};

pub(crate) use events::{ClockEvent, events_of, read};
pub(crate) use settings::{UNSET, unset};
pub(crate) use shown::shown;
pub(crate) use words::wait;

/// Days ahead that the worklist names the clocks about to pass 18 weeks. A design decision: four
/// weeks leave time to find an appointment.
pub(crate) const FORECAST_DAYS: i32 = 28;
