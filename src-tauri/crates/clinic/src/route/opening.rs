//! Opening and closing the red actions of a route.

use assessment::question::{Catalogue, Question};
use assessment::route::{ACTING_NOW, Route, Routes};
use assessment::ruleset::Urgency;
use record::body::OpenAction as ActionBody;
use record::id::{ItemId, PatientId};

use super::signs::{open_signs, route_of};
use crate::case::{Case, HUB_NOT_TOLD, slots};
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::worklist::is_open;

/// After an answer: a sign that leads to a route opens a red action before anything else happens,
/// so that closing the laptop does not close it. What was recorded covers the answers it saw; a
/// sign that is raised `anew` opens the action again.
pub(crate) fn after_answer(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    question: &Question,
    anew: bool,
) -> Result<(), Refusal> {
    let Some(route) = route_of(question) else {
        return Ok(());
    };
    let case = desk.case_unshown(patient)?;
    let what = action_of(route);
    let fires = open_signs(&case, desk.today())
        .iter()
        .any(|sign| sign.route == route.id && sign.at_once);
    let recorded = case
        .route_records(&route.id)
        .iter()
        .any(|found| found.body.assessment == Some(assessment) && found.body.outcome != ACTING_NOW);
    if !fires || (recorded && !anew) || is_open(&case, what, &route.id).is_some() {
        return Ok(());
    }
    let mut lines = vec![open_line(desk, Some(assessment), what, &route.id)?];
    if tells_hub(desk, route)? && is_open(&case, HUB_NOT_TOLD, &route.id).is_none() {
        lines.push(open_line(desk, Some(assessment), HUB_NOT_TOLD, &route.id)?);
    }
    desk.write_emergency(patient, lines)?;
    Ok(())
}

/// After a letter: what it says is present has to be acted on before anybody is assessed.
pub(crate) fn after_letter(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    let case = desk.case_unshown(patient)?;
    let mut lines = Vec::new();
    for sign in open_signs(&case, desk.today()) {
        let Some(route) = Routes::shipped().route(&sign.route) else {
            continue;
        };
        let what = action_of(route);
        if !sign.at_once || is_open(&case, what, &route.id).is_some() {
            continue;
        }
        lines.push(open_line(desk, None, what, &route.id)?);
        if tells_hub(desk, route)? && is_open(&case, HUB_NOT_TOLD, &route.id).is_none() {
            lines.push(open_line(desk, None, HUB_NOT_TOLD, &route.id)?);
        }
    }
    if !lines.is_empty() {
        desk.write_emergency(patient, lines)?;
    }
    Ok(())
}

/// After a crash: an answer can have reached the disk and its red action not. Each route of the
/// running assessment is looked at once more.
pub(crate) fn after_crash(desk: &mut Desk, patient: PatientId) -> Result<(), Refusal> {
    let case = desk.case_unshown(patient)?;
    let running = case.assessments().first();
    let Some(assessment) = running.filter(|facts| facts.finished.is_none()) else {
        return Ok(());
    };
    let mut seen = std::collections::BTreeSet::new();
    for question in Catalogue::shipped().questions() {
        if route_of(question).is_some_and(|route| seen.insert(&route.id)) {
            after_answer(desk, patient, assessment.id, question, false)?;
        }
    }
    Ok(())
}

/// The route to lead through now, after an answer.
pub(crate) fn leads_to(case: &Case, assessment: ItemId, question: &Question) -> Option<String> {
    let route = route_of(question)?;
    let open = is_open(case, action_of(route), &route.id)?;
    open.assessment
        .is_none_or(|id| id == assessment)
        .then(|| route.id.clone())
}

pub(super) fn action_of(route: &Route) -> &'static str {
    if route.safety_record {
        "safety-record"
    } else {
        "emergency-record"
    }
}

/// An emergency found at a spoke is told to the hub by telephone until a hub device has received it.
fn tells_hub(desk: &Desk, route: &Route) -> Result<bool, Refusal> {
    let spoke = desk.sitting()?.opened.identity.site_kind == store::SiteKind::Spoke;
    Ok(spoke && route.urgency <= Urgency::SameDay)
}

pub(super) fn open_line(
    desk: &mut Desk,
    assessment: Option<ItemId>,
    what: &str,
    route: &str,
) -> Result<Line, Refusal> {
    let action = ItemId::from_random(desk.random());
    let body = ActionBody {
        action,
        assessment,
        what: what.into(),
        route: route.into(),
        open: true,
        closed_by: String::new(),
    };
    Line::of(slots::action(action), &body)
}

pub(super) fn close_line(action: ActionBody, closed_by: &str) -> Result<Line, Refusal> {
    let slot = slots::action(action.action);
    Line::of(
        slot,
        &ActionBody {
            open: false,
            closed_by: closed_by.into(),
            ..action
        },
    )
}
