//! The worklist, and finding a patient by part of a name or number.

mod actions;
mod clinics;
mod duplicates;
mod finding;
mod likeness;
mod list;
mod overdue;
mod owed;
mod owner;
mod reach;
mod row;
mod unopened;

pub use duplicates::{duplicates, tell_apart};
pub use finding::search;
pub use list::worklist;
pub use overdue::overdue;

pub(crate) use actions::{action_words, hub_not_told, is_open, open_actions_of};
pub(crate) use finding::hit;
pub(crate) use row::{short_label, stage_words};

use store::{List, SiteKind};

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

pub(crate) fn number(summary: &PatientSummary) -> String {
    summary
        .nhs_number
        .parse::<record::nhs_number::NhsNumber>()
        .map_or_else(|_| "No NHS number".into(), |number| number.to_string())
}

/// This laptop stands at the hub, which sees what the spokes cannot.
fn at_hub(desk: &Desk) -> Result<bool, Refusal> {
    Ok(desk.sitting()?.opened.identity.site_kind == SiteKind::Hub)
}

fn listed(summary: &PatientSummary) -> String {
    PatientSummary::listed_name(&summary.family, &summary.given, "")
}

impl Desk {
    /// Every patient whom the person at work sees, in the worklist's order: for what is rare and
    /// must miss nobody. Nothing on the way of a screen that is opened every day reads everybody.
    pub(crate) fn summaries(&self) -> Result<Vec<PatientSummary>, Refusal> {
        let rows = self
            .sitting()?
            .opened
            .store
            .list(List::All, 0, u32::MAX)?
            .rows;
        self.seen(&rows)
    }
}
