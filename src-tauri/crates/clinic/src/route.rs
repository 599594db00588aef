//! Warning signs and the routes they lead to. A route never waits for a signature.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::fact::{Facts, Inputs};
use assessment::instrument::Instrument;
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::route::{ACTING_NOW, DECLINE, Route, Routes, SAFETY};
use assessment::ruleset::{Ruleset, Urgency};
use jiff::civil::Date;
use record::body::{AnswerState, AnswerValue, Answered, OpenAction as ActionBody, RouteRecord};
use record::id::{ItemId, PatientId};

use crate::banner::banner;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, item_id, patient_id};
use crate::facts::Judged;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, FieldFault, Labelled, LocalNumbers, OpenAction, RouteForm, RouteView};
use crate::words;
use crate::worklist::is_open;

/// A warning sign that is listed until a decision is signed.
pub(crate) struct Sign {
    /// Its words.
    pub(crate) words: String,
    /// The route of its group.
    pub(crate) route: String,
    /// The urgency the rules give it, else its route's.
    pub(crate) urgency: Urgency,
    /// The screen leads through the route at once.
    pub(crate) at_once: bool,
}

/// The warning signs of the newest assessment that has no signed decision, or of a letter that
/// nobody has assessed yet: the most urgent first.
pub(crate) fn open_signs(case: &Case, today: Date) -> Vec<Sign> {
    let newest = case.assessments().first();
    let judged = match newest {
        Some(assessment) if case.decision(assessment.id).one().is_some() => return Vec::new(),
        Some(assessment) => case.judged(assessment.id, assessment.day(today)),
        None => Arc::new(Judged::from(letter_facts(case, today))),
    };
    let ruleset = Ruleset::shipped();
    let made = judged.proposal();
    let mut signs: Vec<Sign> = made
        .warning_signs
        .because
        .iter()
        .filter_map(|reason| ruleset.rule(&reason.rule))
        .filter_map(|rule| {
            let group = rule.warning.as_ref()?;
            let route = Routes::shipped().route(group)?;
            Some(Sign {
                words: rule.words.clone(),
                route: group.clone(),
                urgency: rule.then.urgency.unwrap_or(route.urgency),
                at_once: route.at_once,
            })
        })
        .collect();
    if newest.is_some_and(|assessment| item9_asks(case, assessment.id))
        && signs.iter().all(|sign| sign.route != SAFETY)
    {
        signs.push(Sign {
            words: "PHQ-9 item 9 is above 0, declined or not answered".into(),
            route: SAFETY.into(),
            urgency: Urgency::CrisisOrSafeguardingNow,
            at_once: true,
        });
    }
    for standing in &made.standing {
        signs.push(Sign {
            words: format!("{} (was present, since changed)", standing.text),
            route: Catalogue::shipped()
                .question(&standing.question)
                .and_then(|question| question.group.clone())
                .unwrap_or_default(),
            urgency: Urgency::Urgent,
            at_once: false,
        });
    }
    signs.sort_by_key(|sign| sign.urgency);
    signs.dedup_by(|a, b| a.words == b.words);
    signs
}

fn letter_facts(case: &Case, today: Date) -> Facts {
    let referrals = case.referrals();
    let answers = referrals
        .first()
        .map(|found| {
            let on = words::iso(&found.body.received).unwrap_or(today);
            found
                .body
                .warning_signs
                .iter()
                .map(|sign| {
                    let answer =
                        assessment::answer::Answer::Given(assessment::answer::Value::Bool(true));
                    // A letter's sign does not go stale before somebody has asked the person.
                    let _ = on;
                    (
                        sign.clone(),
                        vec![assessment::fact::Dated {
                            answer,
                            on: today,
                            origin: assessment::fact::Origin::Paper,
                        }],
                    )
                })
                .collect()
        })
        .unwrap_or_default();
    let inputs = Inputs {
        answers,
        age: case.identity().age(today).map(i64::from),
        ..Inputs::default()
    };
    Facts::gather(&inputs, today)
}

/// Item 9 above 0, or asked and left without an answer: talk about safety now.
fn item9_asks(case: &Case, assessment: ItemId) -> bool {
    let Some(safety_item) = Instrument::by_id("phq-9").and_then(|form| form.safety_item) else {
        return false;
    };
    let answers = case.answers(assessment);
    answers
        .get(&format!("phq-9-{safety_item}"))
        .is_some_and(|all| {
            all.iter().any(|now| match &now.state {
                AnswerState::Given {
                    value: AnswerValue::Number(number),
                } => *number > 0,
                AnswerState::NotAsked => false,
                _ => true,
            })
        })
}

/// Whether a question belongs to a route: a sign of its group, or item 9.
fn route_of(question: &Question) -> Option<&'static Route> {
    match &question.kind {
        QuestionKind::Feature => question
            .group
            .as_deref()
            .and_then(|group| Routes::shipped().route(group)),
        QuestionKind::InstrumentItem {
            instrument, item, ..
        } => {
            let form = Instrument::by_id(instrument)?;
            (form.safety_item == Some(*item))
                .then(|| Routes::shipped().route(SAFETY))
                .flatten()
        }
        _ => None,
    }
}

/// After an answer: a sign that leads to a route opens a red action before anything else happens,
/// so that closing the laptop does not close it.
pub(crate) fn after_answer(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    question: &Question,
) -> Result<(), Refusal> {
    let Some(route) = route_of(question) else {
        return Ok(());
    };
    let case = desk.case(patient)?;
    let what = action_of(route);
    let fires = open_signs(&case, desk.today())
        .iter()
        .any(|sign| sign.route == route.id && sign.at_once);
    let recorded = case
        .route_records(&route.id)
        .iter()
        .any(|found| found.body.assessment == Some(assessment) && found.body.outcome != ACTING_NOW);
    if !fires || recorded || is_open(&case, what, &route.id).is_some() {
        return Ok(());
    }
    let mut lines = vec![open_line(desk, Some(assessment), what, &route.id)?];
    if tells_hub(desk, route)? && is_open(&case, HUB_NOT_TOLD, &route.id).is_none() {
        lines.push(open_line(desk, Some(assessment), HUB_NOT_TOLD, &route.id)?);
    }
    desk.write_emergency(patient, lines)?;
    Ok(())
}

/// The route to lead through now, after an answer.
pub(crate) fn leads_to(
    case: &Case,
    assessment: ItemId,
    question: &Question,
    _today: Date,
) -> Option<String> {
    let route = route_of(question)?;
    let open = is_open(case, action_of(route), &route.id)?;
    (open.assessment == Some(assessment)).then(|| route.id.clone())
}

const HUB_NOT_TOLD: &str = "hub-not-told";

fn action_of(route: &Route) -> &'static str {
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

fn open_line(
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

fn close_line(action: ActionBody, closed_by: &str) -> Result<Line, Refusal> {
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

/// A route: what to do now, one thing after the other.
pub fn open_route(desk: &mut Desk, patient: String, route: String) -> Result<RouteView, Refusal> {
    desk.allow(Act::Look)?;
    let patient = patient_id(&patient)?;
    let route = Routes::shipped()
        .route(&route)
        .ok_or(Refusal::NotFound("That route"))?;
    view(desk, patient, route)
}

fn view(desk: &mut Desk, patient: PatientId, route: &'static Route) -> Result<RouteView, Refusal> {
    let case = desk.case(patient)?;
    let numbers = crate::door::local_numbers(desk)?;
    let newest = crate::banner::newest(&case);
    let hub_open = is_open(&case, HUB_NOT_TOLD, &route.id).is_some();
    Ok(RouteView {
        id: route.id.clone(),
        banner: banner(desk, &case, None)?,
        assessment: newest.map(|id| id.to_string()),
        title: route.title.clone(),
        features: features(desk, &case, route)?,
        steps: route.steps.clone(),
        within: route.within.clone(),
        phones: phones(route, &numbers),
        citation: route.citation.clone(),
        mark: format!("{:?}", route.mark),
        outcomes: route
            .outcomes()
            .into_iter()
            .map(|outcome| Choice {
                value: outcome.value,
                label: outcome.label,
            })
            .collect(),
        safety_record: route.safety_record,
        decline_note: "Clinical judgement overrides this list. Say why; the hub is told.".into(),
        recorded: recorded(desk, &case, route)?,
        hub_not_told: hub_open.then(|| {
            if numbers.hub.is_empty() {
                "Hub NOT told. Its number has not been entered in settings.".into()
            } else {
                format!("Hub NOT told: phone {}", numbers.hub)
            }
        }),
    })
}

/// The signs of this route's group that are present, each with who and when.
fn features(desk: &Desk, case: &Case, route: &Route) -> Result<Vec<String>, Refusal> {
    let Some(assessment) = crate::banner::newest(case) else {
        return Ok(open_signs(case, desk.today())
            .into_iter()
            .filter(|sign| sign.route == route.id)
            .map(|sign| format!("{} (from the letter)", sign.words))
            .collect());
    };
    let names = desk.names()?;
    let mut all = Vec::new();
    for (question, answers) in case.answers(assessment) {
        let Some(question) = Catalogue::shipped()
            .question(&question)
            .filter(|question| route_of(question).is_some_and(|of| of.id == route.id))
        else {
            continue;
        };
        for now in answers {
            let present = match (&question.kind, &now.state) {
                (
                    QuestionKind::Feature,
                    AnswerState::Given {
                        value: AnswerValue::Bool(true),
                    },
                ) => Some(question.text.clone()),
                (
                    QuestionKind::InstrumentItem { .. },
                    AnswerState::Given {
                        value: AnswerValue::Number(number),
                    },
                ) if *number > 0 => Some(format!("PHQ-9 item 9 answered {number}")),
                (QuestionKind::InstrumentItem { .. }, AnswerState::Declined) => {
                    Some("PHQ-9 item 9 declined".into())
                }
                (
                    QuestionKind::InstrumentItem { .. },
                    AnswerState::NotKnown | AnswerState::CannotBeAnswered,
                ) => Some("PHQ-9 item 9 not answered".into()),
                _ => None,
            };
            if let Some(words) = present {
                let entry = &now.placed.entry;
                let who = names
                    .get(&entry.author)
                    .map(|name| words::short_name(name))
                    .unwrap_or_default();
                all.push(format!(
                    "{words} ({}, {who})",
                    words::staff_moment(entry.claimed)
                ));
            }
        }
    }
    Ok(all)
}

fn phones(route: &Route, numbers: &LocalNumbers) -> Vec<Labelled> {
    let local = |name: &str| match name {
        "hub" => ("Hub", &numbers.hub),
        "crisis" => ("Crisis team", &numbers.crisis),
        "mscc" => ("Spinal cord compression coordinator", &numbers.mscc),
        "safeguarding" => ("Local safeguarding", &numbers.safeguarding),
        _ => ("Spinal urgent pathway", &numbers.spinal),
    };
    let mut all = vec![Labelled {
        label: "Emergency".into(),
        value: "999".into(),
    }];
    for name in &route.phones {
        let (label, number) = local(name);
        let value = if number.is_empty() {
            "Not entered yet: see settings".to_owned()
        } else {
            number.clone()
        };
        all.push(Labelled {
            label: label.into(),
            value,
        });
    }
    all.extend(
        route
            .national
            .iter()
            .filter(|number| *number != "999")
            .map(|number| Labelled {
                label: "National".into(),
                value: number.clone(),
            }),
    );
    all
}

fn recorded(desk: &Desk, case: &Case, route: &Route) -> Result<Vec<String>, Refusal> {
    case.route_records(&route.id)
        .iter()
        .map(|found| {
            let outcome = route
                .outcomes()
                .into_iter()
                .find(|known| known.value == found.body.outcome)
                .map_or(found.body.outcome.clone(), |known| known.label);
            let done = found.body.fields.get("done").cloned().unwrap_or_default();
            let who = desk.name_and_role(found.placed.entry.author)?;
            Ok(format!(
                "{} {who}: {outcome}. {done}",
                words::staff_moment(found.placed.entry.claimed)
            ))
        })
        .collect()
}

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
    let what = action_of(route);
    let open = is_open(&case, what, &route.id);
    let acting = form.outcome == ACTING_NOW;
    let body = RouteRecord {
        route: route.id.clone(),
        assessment,
        outcome: form.outcome.clone(),
        fields: fields(&form),
    };
    let mut lines = vec![Line::appended(&body)?];
    match open {
        None if acting => lines.push(open_line(desk, assessment, what, &route.id)?),
        Some(action) if !acting => lines.push(close_line(action, "recorded")?),
        _ => {}
    }
    let hub_open = is_open(&case, HUB_NOT_TOLD, &route.id);
    let called = form.hub_call.trim();
    match hub_open {
        Some(action) if !called.is_empty() => {
            lines.push(close_line(action, &format!("told by telephone: {called}"))?);
        }
        None if form.outcome == DECLINE && called.is_empty() => {
            lines.push(open_line(desk, assessment, HUB_NOT_TOLD, &route.id)?);
        }
        _ => {}
    }
    lines.extend(safety_answers(&case, assessment, route, &form)?);
    desk.write_emergency(patient, lines)?;
    view(desk, patient, route)
}

fn check(route: &Route, form: &RouteForm) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let mut need = |wanted: bool, field: &str, value: &str, message: &str| {
        if wanted && value.trim().is_empty() {
            faults.push(FieldFault {
                field: field.into(),
                message: message.into(),
            });
        }
    };
    if !route
        .outcomes()
        .iter()
        .any(|outcome| outcome.value == form.outcome)
    {
        return Err(Refusal::field("outcome", "Choose what was done."));
    }
    let acting = form.outcome == ACTING_NOW;
    let declined = form.outcome == DECLINE;
    need(
        declined,
        "reason",
        &form.reason,
        "Say why this route is not followed.",
    );
    need(
        !acting && !declined && !route.safety_record,
        "done",
        &form.done,
        "Write what was done.",
    );
    need(
        !acting && !declined && !route.safety_record,
        "told",
        &form.told,
        "Write who was told.",
    );
    if route.safety_record && !acting {
        need(true, "said", &form.said, "Write what the person said.");
        need(
            true,
            "intent",
            &form.intent,
            "Write about intent, also when there is none.",
        );
        need(
            true,
            "means",
            &form.means,
            "Write about means, stored medicines too.",
        );
        need(
            true,
            "protective",
            &form.protective,
            "Write what helps the person stay safe.",
        );
        need(
            form.outcome != "no-current-concern",
            "told",
            &form.told,
            "Write who was told.",
        );
        need(
            form.outcome == "no-current-concern",
            "reason",
            &form.reason,
            "Say why there is no current concern.",
        );
        need(
            form.outcome == "safety-plan",
            "review",
            &form.review,
            "Choose when the safety plan is looked at again.",
        );
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(faults))
    }
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
    [
        ("self-harm-outcome", &form.outcome),
        ("self-harm-said", &form.said),
        ("self-harm-intent", &form.intent),
        ("self-harm-means", &form.means),
        ("self-harm-protective", &form.protective),
        ("self-harm-informed", &form.told),
        (
            "self-harm-plan",
            if form.plan.trim().is_empty() {
                &form.reason
            } else {
                &form.plan
            },
        ),
        ("self-harm-review", &form.review),
    ]
    .into_iter()
    .filter(|(question, value)| {
        !value.trim().is_empty() && Catalogue::shipped().question(question).is_some()
    })
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
