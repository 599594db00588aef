//! A route as the screen shows it.

use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::route::Route;
use record::body::{AnswerState, AnswerValue};
use record::id::PatientId;

use super::signs::{open_signs, raises, route_of};
use crate::banner::banner;
use crate::case::{Case, HUB_NOT_TOLD};
use crate::desk::Desk;
use crate::paper::CallSign;
use crate::refusal::Refusal;
use crate::view::{Choice, Labelled, LocalNumbers, RouteView};
use crate::words;
use crate::worklist::is_open;

pub(super) fn view(
    desk: &mut Desk,
    patient: PatientId,
    route: &'static Route,
) -> Result<RouteView, Refusal> {
    let case = desk.case(patient)?;
    let numbers = crate::door::local_numbers(desk)?;
    let newest = crate::banner::newest(&case);
    let hub_open = is_open(&case, HUB_NOT_TOLD, &route.id).is_some();
    Ok(RouteView {
        id: route.id.clone(),
        banner: banner(desk, &case, None)?,
        assessment: newest.map(|id| id.to_string()),
        title: route.title.clone(),
        features: features(desk, &case, route)?
            .iter()
            .map(|sign| format!("{} ({})", sign.words, sign.told))
            .collect(),
        steps: route.steps.clone(),
        within: route.within.clone(),
        phones: on_screen(route, &numbers),
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
pub(super) fn features(desk: &Desk, case: &Case, route: &Route) -> Result<Vec<CallSign>, Refusal> {
    let names = desk.names()?;
    let Some(assessment) = crate::banner::newest(case) else {
        return Ok(open_signs(case, desk.today())
            .into_iter()
            .filter(|sign| sign.route == route.id)
            .map(|sign| CallSign {
                words: sign.said(&names),
                told: "from the letter".into(),
            })
            .collect());
    };
    let mut all = Vec::new();
    for (question, answers) in case.answers(assessment) {
        let Some(question) = Catalogue::shipped()
            .question(&question)
            .filter(|question| route_of(question).is_some_and(|of| of.id == route.id))
        else {
            continue;
        };
        for now in answers.iter().filter(|now| raises(question, now.state)) {
            let entry = &now.placed.entry;
            let who = names
                .get(&entry.author)
                .map(|name| words::short_name(name))
                .unwrap_or_default();
            let when = words::staff_moment(entry.claimed);
            all.push(CallSign {
                words: feature(question, now.state),
                told: format!("{when}, {who}"),
            });
        }
    }
    Ok(all)
}

/// A sign that is raised, in words.
fn feature(question: &Question, state: &AnswerState) -> String {
    match (&question.kind, state) {
        (
            QuestionKind::InstrumentItem { .. },
            AnswerState::Given {
                value: AnswerValue::Number(number),
            },
        ) => format!("PHQ-9 item 9 answered {number}"),
        (QuestionKind::InstrumentItem { .. }, AnswerState::Declined) => {
            "PHQ-9 item 9 declined".into()
        }
        (QuestionKind::InstrumentItem { .. }, _) => "PHQ-9 item 9 not answered".into(),
        _ => question.text.clone(),
    }
}

/// Numbers that are not entered say where they are.
fn on_screen(route: &Route, numbers: &LocalNumbers) -> Vec<Labelled> {
    let mut all = numbers_of(route, numbers);
    for phone in all.iter_mut().filter(|phone| phone.value.is_empty()) {
        phone.value = "Not entered yet: see settings".into();
    }
    all
}

/// The same for a call: with the hub, whom a spoke tells of every emergency.
pub(super) fn phones(
    desk: &Desk,
    route: &Route,
    numbers: &LocalNumbers,
) -> Result<Vec<Labelled>, Refusal> {
    let mut all = numbers_of(route, numbers);
    let spoke = desk.sitting()?.opened.identity.site_kind == store::SiteKind::Spoke;
    if spoke && !route.phones.iter().any(|name| name == "hub") {
        all.push(local("hub", numbers));
    }
    Ok(all)
}

/// Whom a route phones: an empty number has not been entered by the site.
fn numbers_of(route: &Route, numbers: &LocalNumbers) -> Vec<Labelled> {
    let mut all = vec![Labelled {
        label: "Emergency".into(),
        value: "999".into(),
    }];
    all.extend(route.phones.iter().map(|name| local(name, numbers)));
    let national = route.national.iter().filter(|number| *number != "999");
    all.extend(national.map(|number| Labelled {
        label: "National".into(),
        value: number.clone(),
    }));
    all
}

fn local(name: &str, numbers: &LocalNumbers) -> Labelled {
    let (label, number) = match name {
        "hub" => ("Hub", &numbers.hub),
        "crisis" => ("Crisis team", &numbers.crisis),
        "mscc" => ("Spinal cord compression coordinator", &numbers.mscc),
        "safeguarding" => ("Local safeguarding", &numbers.safeguarding),
        _ => ("Spinal urgent pathway", &numbers.spinal),
    };
    Labelled {
        label: label.into(),
        value: number.clone(),
    }
}

fn recorded(desk: &Desk, case: &Case, route: &Route) -> Result<Vec<String>, Refusal> {
    let mut all = written(desk, case, route)?;
    all.extend(received(case, route));
    Ok(all)
}

/// Emergencies of this route that a laptop at the hub keeps.
fn received(case: &Case, route: &Route) -> Vec<String> {
    let told = case.told_of(&route.id).into_iter();
    told.map(|when| {
        format!(
            "{}: received by a laptop at the hub",
            words::staff_moment(when)
        )
    })
    .collect()
}

fn written(desk: &Desk, case: &Case, route: &Route) -> Result<Vec<String>, Refusal> {
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
