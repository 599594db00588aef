//! Red actions: what is open until somebody has written it down.

use jiff::civil::Date;
use record::body::OpenAction as ActionBody;
use store::List;

use super::{count, listed};
use crate::case::{Case, HUB_NOT_TOLD};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::OpenAction;
use crate::words;

/// What an open action says.
pub(crate) fn action_words(what: &str) -> &'static str {
    match what {
        "emergency-record" => "Acting now: record what was done",
        "safety-record" => "Safety record to be written",
        HUB_NOT_TOLD => "Hub NOT told",
        _ => "Open action",
    }
}

pub(super) fn red_actions(summary: &PatientSummary, hub: &str) -> Vec<OpenAction> {
    summary
        .actions
        .iter()
        .map(|action| OpenAction {
            id: action.id.clone(),
            patient: summary.patient.clone(),
            assessment: action.assessment.clone(),
            name: listed(summary),
            words: action_words(&action.what).into(),
            since: words::staff_moment(action.since),
            phone: (action.what == HUB_NOT_TOLD && !hub.is_empty()).then(|| hub.to_owned()),
            kind: action.what.clone(),
            route: Some(action.route.clone()).filter(|route| !route.is_empty()),
        })
        .collect()
}

/// Red actions open on one patient.
pub(crate) fn open_actions_of(case: &Case, today: Date, hub: &str) -> Vec<OpenAction> {
    red_actions(&PatientSummary::of(case, today), hub)
}

/// How many emergencies the hub has not been told of.
pub(crate) fn hub_not_told(desk: &Desk) -> Result<u32, Refusal> {
    let urgent = desk.sitting()?.opened.store.list(List::Red, 0, u32::MAX)?;
    let rows = urgent.rows.iter().filter_map(PatientSummary::from_row);
    let actions = rows.flat_map(|summary| summary.actions);
    Ok(count(actions.filter(|action| action.what == HUB_NOT_TOLD)))
}

/// Whether an action of that kind is open on a route.
pub(crate) fn is_open(case: &Case, what: &str, route: &str) -> Option<ActionBody> {
    case.open_actions()
        .into_iter()
        .map(|found| found.body)
        .find(|action| action.what == what && action.route == route)
        .cloned()
}
