//! What goes on paper: a plan or a recovery sheet becomes a document model. Layout is `document`'s.

mod plan;
mod sheet;

pub(crate) use plan::{PlanPaper, PlanPart, plan};
pub(crate) use sheet::{SheetPaper, sheet};
