//! What was done on a route, and what closes its red action.

use std::collections::BTreeMap;

use assessment::question::Catalogue;
use assessment::route::{ACTING_NOW, DECLINE, Route, Routes};
use record::body::{AnswerState, AnswerValue, Answered, RouteRecord};
use record::id::ItemId;

use super::opening::{action_of, close_line, open_line};
use super::shown::view;
use crate::case::{Case, HUB_NOT_TOLD, slots};
use crate::desk::{Desk, Line, item_id, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{OpenAction, RouteForm, RouteView};
use crate::worklist::is_open;

/// Records what was done. "Acting now" leaves the red action open; anything else closes it, once
/// what has to be written is there.
pub fn record_route(
    desk: &mut Desk,
    patient: String,
    route: String,
    form: RouteForm,
) -> Result<RouteView, Refusal> {
    desk.allow(Act::Assess)?;
    let patient = patient_id(&patient)?;
    let route = Routes::shipped()
        .route(&route)
        .ok_or(Refusal::NotFound("That route"))?;
    check(route, &form)?;
    let case = desk.case(patient)?;
    let assessment = crate::banner::newest(&case);
    let body = RouteRecord {
        route: route.id.clone(),
        assessment,
        outcome: form.outcome.clone(),
        fields: fields(&form),
    };
    let happened = crate::late::happened(desk, &form.late)?;
    let mut lines = vec![Line::appended(&body)?];
    lines.extend(safety_answers(&case, assessment, route, &form)?);
    let lines = lines.into_iter();
    let mut lines: Vec<Line> = lines
        .map(|line| line.that_happened(happened.clone()))
        .collect();
    lines.extend(actions(desk, &case, assessment, route, &form)?);
    desk.write_emergency(patient, lines)?;
    view(desk, patient, route)
}

/// The red actions that the record opens and closes.
fn actions(
    desk: &mut Desk,
    case: &Case,
    assessment: Option<ItemId>,
    route: &Route,
    form: &RouteForm,
) -> Result<Vec<Line>, Refusal> {
    let what = action_of(route);
    let acting = form.outcome == ACTING_NOW;
    let mut lines = Vec::new();
    match is_open(case, what, &route.id) {
        None if acting => lines.push(open_line(desk, assessment, what, &route.id)?),
        Some(action) if !acting => lines.push(close_line(action, "recorded")?),
        _ => {}
    }
    let called = form.hub_call.trim();
    match is_open(case, HUB_NOT_TOLD, &route.id) {
        Some(action) if !called.is_empty() => {
            lines.push(close_line(action, &format!("told by telephone: {called}"))?);
        }
        None if form.outcome == DECLINE && called.is_empty() => {
            lines.push(open_line(desk, assessment, HUB_NOT_TOLD, &route.id)?);
        }
        _ => {}
    }
    Ok(lines)
}

/// A field that has to be written, its value, and what is said when it is empty.
type Needed<'a> = (&'static str, &'a str, &'static str);

fn check(route: &Route, form: &RouteForm) -> Result<(), Refusal> {
    let outcomes = route.outcomes();
    if outcomes.iter().all(|known| known.value != form.outcome) {
        return Err(Refusal::field("outcome", "Choose what was done."));
    }
    let needed = match form.outcome.as_str() {
        ACTING_NOW => Vec::new(),
        _ if route.safety_record => of_safety(form),
        DECLINE => vec![(
            "reason",
            form.reason.as_str(),
            "Say why this route is not followed.",
        )],
        _ => vec![
            ("done", form.done.as_str(), "Write what was done."),
            ("told", form.told.as_str(), "Write who was told."),
        ],
    };
    let mut faults = Faults::default();
    for (field, value, message) in needed {
        faults.need(field, value, message);
    }
    faults.none()
}

/// What a safety record needs before it closes anything.
fn of_safety(form: &RouteForm) -> Vec<Needed<'_>> {
    let mut needed: Vec<Needed<'_>> = vec![
        ("said", &form.said, "Write what the person said."),
        (
            "intent",
            &form.intent,
            "Write about intent, also when there is none.",
        ),
        (
            "means",
            &form.means,
            "Write about means, stored medicines too.",
        ),
        (
            "protective",
            &form.protective,
            "Write what helps the person stay safe.",
        ),
    ];
    needed.push(if form.outcome == "no-current-concern" {
        (
            "reason",
            &form.reason,
            "Say why there is no current concern.",
        )
    } else {
        ("told", &form.told, "Write who was told.")
    });
    if form.outcome == "safety-plan" {
        needed.push((
            "review",
            &form.review,
            "Choose when the safety plan is looked at again.",
        ));
    }
    needed
}

fn fields(form: &RouteForm) -> BTreeMap<String, String> {
    [
        ("done", &form.done),
        ("told", &form.told),
        ("told-at", &form.told_at),
        ("safety-net", &form.safety_net),
        ("reason", &form.reason),
        ("said", &form.said),
        ("intent", &form.intent),
        ("plan", &form.plan),
        ("means", &form.means),
        ("protective", &form.protective),
        ("review", &form.review),
        ("hub-call", &form.hub_call),
    ]
    .into_iter()
    .filter(|(_, value)| !value.trim().is_empty())
    .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
    .collect()
}

/// Each field of a safety record and the question it answers.
fn safety_fields(form: &RouteForm) -> [(&'static str, &str); 8] {
    let plan = if form.plan.trim().is_empty() {
        &form.reason
    } else {
        &form.plan
    };
    [
        ("self-harm-outcome", &form.outcome),
        ("self-harm-said", &form.said),
        ("self-harm-intent", &form.intent),
        ("self-harm-means", &form.means),
        ("self-harm-protective", &form.protective),
        ("self-harm-informed", &form.told),
        ("self-harm-plan", plan),
        ("self-harm-review", &form.review),
    ]
}

/// The safety record answers the assessment's own questions about safety, so that nothing is
/// asked or typed twice.
fn safety_answers(
    case: &Case,
    assessment: Option<ItemId>,
    route: &Route,
    form: &RouteForm,
) -> Result<Vec<Line>, Refusal> {
    let Some(assessment) = assessment
        .filter(|id| route.safety_record && form.outcome != ACTING_NOW && is_running(case, *id))
    else {
        return Ok(Vec::new());
    };
    let known = |question| Catalogue::shipped().question(question).is_some();
    let written = safety_fields(form)
        .into_iter()
        .filter(|(question, value)| !value.trim().is_empty() && known(question));
    written
        .map(|(question, value)| {
            let answer = AnswerState::Given {
                value: AnswerValue::Text(value.trim().into()),
            };
            let body = Answered {
                assessment,
                question: question.into(),
                answer,
                source: "clinician".into(),
            };
            Line::of(slots::answer(assessment, question), &body)
        })
        .collect()
}

fn is_running(case: &Case, assessment: ItemId) -> bool {
    case.assessment(assessment)
        .is_some_and(|facts| facts.finished.is_none())
}

/// Somebody at the hub took the call.
pub fn record_hub_call(
    desk: &mut Desk,
    patient: String,
    action: String,
    taken_by: String,
) -> Result<Vec<OpenAction>, Refusal> {
    desk.allow(Act::Assess)?;
    let patient = patient_id(&patient)?;
    if taken_by.trim().is_empty() {
        return Err(Refusal::field(
            "taken_by",
            "Write who at the hub took the call.",
        ));
    }
    let action = item_id(&action)?;
    let case = desk.case(patient)?;
    let open = case
        .open_actions()
        .into_iter()
        .map(|found| found.body)
        .find(|open| open.action == action && open.what == HUB_NOT_TOLD);
    let open = open.cloned().ok_or(Refusal::NotFound("That action"))?;
    desk.write_emergency(
        patient,
        vec![close_line(
            open,
            &format!("told by telephone: {}", taken_by.trim()),
        )?],
    )?;
    let case = desk.case(patient)?;
    let hub = crate::door::local_numbers(desk)?.hub;
    Ok(crate::worklist::open_actions_of(&case, desk.today(), &hub))
}
