//! Assessing: starting, answering, finishing. Every answer is on disk before it is called saved.

mod answering;
mod convert;
mod correcting;
mod finish;
mod forms;
mod gathering;
mod listing;
mod medicines;
mod shown;
mod starting;

pub use answering::{leave_section, open_assessment, record_answer, take_offer};
pub use correcting::{correct_answer, correct_item, correct_removal};

pub(crate) use convert::{from_engine, from_screen, to_engine, to_screen, value_to_engine};
pub(crate) use correcting::reason_of;
pub use finish::finish_assessment;
pub(crate) use finish::left_to_finish;
pub(crate) use forms::way_words;
pub use forms::{record_form, remove_form};
pub use listing::{record_item, record_list, remove_item, take_offered_item};
pub(crate) use medicines::{
    in_words as medicine_in_words, name as medicine_name, text as medicine_text,
};
pub(crate) use shown::{
    Shown, field_words, item_values, item_words, kind as kind_view, state_words,
};
pub use starting::{start_assessment, start_late_assessment};

pub(crate) use answering::writable;
pub(crate) use gathering::{Gathered, gather};
