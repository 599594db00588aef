//! A case that is not decided now: put aside until a day, or passed by.

use assessment::ruleset::Urgency;
use jiff::ToSpan;
use record::body::PutAside;

use super::session::Step;
use super::signing::go_on;
use crate::case::slots;
use crate::desk::{Desk, Line, item_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::ReviewStep;
use crate::words;

/// How long a case may be put aside, in days. A design decision, for the clinical safety officer:
/// four weeks are long enough for a scan, and a year that was mistyped hides nobody.
const AT_MOST: i32 = 28;

/// Of this urgency and above no case is left out of a session because it was put aside. A design
/// decision, for the clinical safety officer.
pub(super) const NEVER_RESTS: Urgency = Urgency::Urgent;

/// Puts a case of the session aside until a day, with a reason. It stays on the worklist, and comes
/// back into sessions on that day, or as soon as something changes.
pub fn put_aside(
    desk: &mut Desk,
    assessment: String,
    until: String,
    reason: String,
) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    let id = item_id(&assessment)?;
    let look = desk.look(id)?;
    let today = desk.today();
    let last = today.saturating_add(AT_MOST.days());
    let day = words::iso(&until);
    let mut faults = Faults::default();
    if day.is_none_or(|day| day <= today || day > last) {
        let message = format!(
            "Enter a day after today and not after {}.",
            words::staff_date(last)
        );
        faults.add("until", &message);
    }
    faults.need("reason", &reason, "Say what it waits for.");
    faults.none()?;
    let body = PutAside {
        assessment: id,
        until,
        reason: reason.trim().into(),
        lifted: false,
    };
    let patient = desk.patient_of(id)?;
    let lines = vec![
        Line::of(slots::aside(id), &body)?,
        look.line(Step::PutAside)?,
    ];
    desk.write(patient, lines)?;
    desk.mark(id, Some(Step::PutAside))?;
    go_on(desk, id, "Put aside.".into())
}

/// Goes on without deciding. That somebody looked is written down, once a session.
pub fn pass_by(desk: &mut Desk, assessment: String) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    let id = item_id(&assessment)?;
    let look = desk.look(id)?;
    let patient = desk.patient_of(id)?;
    desk.write(patient, vec![look.line(Step::Passed)?])?;
    desk.mark(id, Some(Step::Passed))?;
    go_on(desk, id, "Not decided.".into())
}
