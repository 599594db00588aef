//! The whole record of one patient: what stands now, and everything that ever happened.

mod conflicts;
mod error;
mod moving;
mod notes;
mod now;
mod timeline;
mod trend;

pub use conflicts::settle_conflict;
pub use error::mark_in_error;
pub use moving::move_entries;
pub use notes::{open_note, restrict_note, write_note};

pub(crate) use error::correctable;
pub(crate) use moving::assessment_of;
pub(crate) use now::followed;
pub(crate) use timeline::in_words;
pub(crate) use trend::since_last;

use now::now;

use jiff::civil::Date;

use crate::banner::banner;
use crate::case::{Case, VEILED};
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::summary::PatientSummary;
use crate::view::{PatientView, Tab, TimelineEntry};
use crate::worklist::stage_words;

/// A patient's record.
pub fn open_patient(desk: &mut Desk, patient: String) -> Result<PatientView, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    // The record is what is written: whoever reads it has left the section they were typing in.
    desk.seal_typed(id)?;
    crate::line::opened(desk, id)?;
    let case = desk.case(id)?;
    let timeline = timeline::of(desk, &case)?;
    let assessments = case.assessments();
    Ok(PatientView {
        banner: banner(desk, &case, None)?,
        filters: filters(&timeline),
        open_assessment: assessments
            .iter()
            .find(|facts| facts.finished.is_none())
            .map(|facts| facts.id.to_string()),
        finished_assessment: assessments
            .iter()
            .find(|facts| facts.finished.is_some())
            .map(|facts| facts.id.to_string()),
        now: now(desk, &case),
        clock: crate::clock::shown(desk, &case)?,
        next_step: next_step(&case, desk.today()).into(),
        may_note: may(desk.role()?, Act::Assess),
        may_transfer: desk.may(Act::Transfer)? && desk.open_sites()?.len() > 1,
        conflicts: conflicts::of(desk, &case)?,
        timeline,
    })
}

fn next_step(case: &Case, today: Date) -> &'static str {
    if case.has_veil() {
        return VEILED;
    }
    stage_words(PatientSummary::of(case, today).stage)
}

/// Groups of the timeline, each with its label.
const GROUPS: [(&str, &str); 11] = [
    ("all", "All"),
    ("assessments", "Assessments"),
    ("decisions", "Decisions"),
    ("opinions", "Opinions"),
    ("plans", "Plans"),
    ("tasks", "Tasks"),
    ("medicines", "Medicines"),
    ("notes", "Notes"),
    ("letters", "Referrals, documents"),
    ("contacts", "Contacts"),
    ("record", "Details"),
];

fn filters(timeline: &[TimelineEntry]) -> Vec<Tab> {
    let of = |group: &str| {
        let lines = timeline.iter();
        lines
            .filter(|entry| group == "all" || entry.group == group)
            .count()
    };
    let tab = |(group, label): (&str, &str)| Tab {
        id: group.into(),
        label: label.into(),
        count: u32::try_from(of(group)).unwrap_or(u32::MAX),
    };
    GROUPS.into_iter().map(tab).collect()
}
