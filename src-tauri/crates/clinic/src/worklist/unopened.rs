//! Urgencies that the hub raised and that nobody at the spoke has opened.

use jiff::Timestamp;
use store::List;

use super::clinics::Clinics;
use super::{at_hub, listed};
use crate::case::VEILED;
use crate::decide::urgency_label;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::{PatientSummary, UNOPENED, Unopened};
use crate::view::OpenAction;
use crate::words;

/// Such cases are few; more than this are not read.
const FEW: u32 = 500;

/// At the spoke each stands above the list as soon as it is here; at the hub, once its time is over.
/// Each with the time by which it should have been opened.
pub(super) fn unopened(desk: &mut Desk) -> Result<Vec<(Timestamp, OpenAction)>, Refusal> {
    let at_hub = at_hub(desk)?;
    let rows = desk
        .sitting()?
        .opened
        .store
        .list(List::With(UNOPENED), 0, FEW)?
        .rows;
    let now = desk.now().at();
    let (mut all, mut clinics) = (Vec::new(), Clinics::default());
    for summary in desk.seen(&rows)? {
        let Some(unopened) = &summary.unopened else {
            continue;
        };
        if !at_hub || now >= unopened.by() {
            let by = unopened.by();
            let phone = match summary.site.filter(|_| at_hub) {
                Some(site) => clinics.phone(desk, site)?,
                None => String::new(),
            };
            all.push((by, action(&summary, unopened, at_hub, phone)));
        }
    }
    Ok(all)
}

fn action(
    summary: &PatientSummary,
    unopened: &Unopened,
    at_hub: bool,
    phone: String,
) -> OpenAction {
    let urgency = urgency_label(unopened.urgency);
    let words = match (at_hub, unopened.arrived) {
        _ if summary.veiled => format!(
            "A decision waits to be opened at the spoke. {VEILED}: have a colleague see to it"
        ),
        (false, _) => format!("The hub raised this to {urgency}: open the decision"),
        (true, true) => format!("Raised to {urgency} and NOT opened at the spoke: phone them"),
        (true, false) => format!("Raised to {urgency} and NOT received at the spoke: phone them"),
    };
    OpenAction {
        id: format!("unopened-{}", unopened.assessment),
        patient: summary.patient.clone(),
        assessment: Some(unopened.assessment.clone()),
        name: listed(summary),
        words,
        since: words::staff_moment(unopened.since),
        phone: Some(phone).filter(|phone| !phone.is_empty()),
        kind: "not-opened".into(),
        route: None,
    }
}
