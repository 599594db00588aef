//! What goes on paper: a plan, a card or a sheet becomes a document model. Layout is `document`'s.

mod call_card;
mod letter;
mod plan;
mod sheet;
mod spoken;

pub(crate) use call_card::{CallPaper, CallSign, call_card};
pub(crate) use letter::{LetterPaper, LetterPaperPart, letter};
pub(crate) use plan::{PlanPaper, PlanPart, plan};
pub(crate) use sheet::{SheetPaper, sheet};
pub(crate) use spoken::preview;
#[cfg(test)]
pub(crate) use spoken::spoken;

/// The number as it stands at the foot of a page: `NHS No. 999 046 3380`, or that there is none.
fn numbered(number: &str) -> String {
    if number.starts_with(|first: char| first.is_ascii_digit()) {
        format!("NHS No. {number}")
    } else {
        number.to_owned()
    }
}
