//! Questionnaires with a scoring rule: their wording, scores, bands and changes.
//!
//! Nothing is ever filled in for a missing answer. An incomplete form has no total and no
//! band; it has the lowest and highest totals still possible.

mod change;
mod form;
mod score;

pub use change::{Change, Direction, RatingChange, change, rating_change};
pub use form::{Band, Choice, Cut, Instrument, InstrumentError, Item, ReliableChange, Totalling};
pub use score::{CutResult, Item9Prompt, Score, ScoreError};
