//! Questionnaires with a scoring rule: their wording, scores, bands and changes.
//!
//! Nothing is ever filled in for a missing answer. An incomplete form has no total and no
//! band; it has the lowest and highest totals still possible. The wording of a form that is used
//! under licence is never here: its items are numbers, and a service that holds a licence brings
//! the words in a [`Pack`].

mod change;
mod figures;
mod form;
mod group;
mod measure;
mod outcome;
mod pack;
mod points;
mod read;
mod score;

pub use change::{Change, Direction, RatingChange, change, rating_change, scale_change};
pub use form::{Better, Choice, Instrument, Item, Remark, Totalling, Wording};
pub use measure::{Band, Cut, Figure, Group, Limit, ReliableChange, Scale, Weights};
pub use outcome::{CutResult, Item9Prompt, ScaleScore, Score, ScoreError, shown};
pub use pack::{Pack, PackError, PackFault, PackItem, pack_digest};
pub use read::InstrumentError;
