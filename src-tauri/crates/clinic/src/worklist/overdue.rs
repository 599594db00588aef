//! What waits too long, in a list of its own: raised urgencies that nobody opened, emergencies the hub
//! was not told of, receipts that are missing, decisions that are not back, plans not given, tasks not
//! done, questions not answered.

use jiff::Timestamp;
use store::List;

use super::actions::red_actions;
use super::clinics::Clinics;
use super::owed::owed;
use super::unopened::unopened;
use super::{at_hub, listed};
use crate::audit;
use crate::case::HUB_NOT_TOLD;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{AWAITS, PatientSummary, Step, StepKind};
use crate::view::{OverdueList, OverdueRow};
use crate::words;

/// A row, and by when the step should have been taken.
pub(super) type Late = (Timestamp, OverdueRow);

/// What waits too long, the latest first. Every row says whom to phone and what to do.
pub fn overdue(desk: &mut Desk) -> Result<OverdueList, Refusal> {
    desk.allow(Act::Look)?;
    audit::listed(desk)?;
    let now = desk.now().at();
    let hub = crate::door::local_numbers(desk)?.hub;
    let mut all: Vec<Late> = untold(desk, &hub)?;
    all.extend(raised(desk, &hub)?);
    all.extend(steps(desk, &hub, now)?);
    all.extend(owed(desk, &hub, now)?);
    all.retain(|(by, _)| *by <= now);
    all.sort_by(|(a, one), (b, other)| (a, &one.id).cmp(&(b, &other.id)));
    let rows = all.into_iter().map(|(by, row)| OverdueRow {
        late: late(by, now),
        ..row
    });
    Ok(OverdueList {
        rows: rows.collect(),
    })
}

/// `20 minutes late`, `5 hours late`, `3 days late`; a moment late counts as a minute.
fn late(by: Timestamp, now: Timestamp) -> String {
    let minutes = now.duration_since(by).as_mins().max(1);
    let count = |number: i64, one, many| {
        words::count(usize::try_from(number).unwrap_or_default(), one, many)
    };
    let said = match minutes {
        0..60 => count(minutes, "minute", "minutes"),
        60..2880 => count(minutes / 60, "hour", "hours"),
        _ => count(minutes / 1440, "day", "days"),
    };
    format!("{said} late")
}

/// Emergencies the hub has not been told of: late from the first minute on.
fn untold(desk: &Desk, hub: &str) -> Result<Vec<Late>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let red = desk.seen(&store.list(List::Red, 0, u32::MAX)?.rows)?;
    let mut all = Vec::new();
    for summary in &red {
        let since = summary.actions.iter().map(|action| action.since.at());
        for (action, by) in red_actions(summary, hub).into_iter().zip(since) {
            if action.kind == HUB_NOT_TOLD {
                let row = OverdueRow {
                    id: action.id,
                    patient: action.patient,
                    assessment: action.assessment,
                    name: action.name,
                    words: action.words,
                    since: action.since,
                    late: String::new(),
                    whom: "the hub".into(),
                    phone: action.phone,
                    kind: action.kind,
                    route: action.route,
                    action: "Write down the call".into(),
                };
                all.push((by, row));
            }
        }
    }
    Ok(all)
}

/// Urgencies that the hub raised and nobody at the spoke opened.
fn raised(desk: &mut Desk, hub: &str) -> Result<Vec<Late>, Refusal> {
    let at_hub = at_hub(desk)?;
    let mut all = Vec::new();
    for (by, action) in unopened(desk)? {
        let own = Some(hub.to_owned()).filter(|hub| !hub.is_empty());
        let row = OverdueRow {
            id: action.id,
            patient: action.patient,
            assessment: action.assessment,
            name: action.name,
            words: action.words,
            since: action.since,
            late: String::new(),
            whom: if at_hub { "the spoke" } else { "the hub" }.into(),
            phone: if at_hub { action.phone } else { own },
            kind: action.kind,
            route: None,
            action: "Open the decision".into(),
        };
        all.push((by, row));
    }
    Ok(all)
}

/// Steps between the two sides, and plans. Each side lists what it can do something about: the spoke
/// what has no receipt, the hub what is not back.
fn steps(desk: &Desk, hub: &str, now: Timestamp) -> Result<Vec<Late>, Refusal> {
    let at_hub = at_hub(desk)?;
    // Without a hub server nothing is sent, and nobody waits for it.
    let alone = crate::line::hub_server_here(desk)?.is_none();
    let store = &desk.sitting()?.opened.store;
    let rows = desk.seen(&store.list(List::With(AWAITS), 0, u32::MAX)?.rows)?;
    let listed = |step: &&Step| {
        let mine = match step.kind {
            StepKind::Receipt => !at_hub && !alone,
            StepKind::Back => at_hub && !alone,
            StepKind::PlanGiven => true,
        };
        mine && step.by <= now
    };
    let (mut all, mut clinics) = (Vec::new(), Clinics::default());
    for summary in rows.iter().filter(|summary| summary.died.is_none()) {
        for step in summary.steps.iter().filter(listed) {
            let whom = if at_hub {
                at_the_spoke(desk, summary, &mut clinics)?
            } else if step.kind == StepKind::Receipt {
                ("the hub", hub.to_owned())
            } else {
                ("", String::new())
            };
            all.push((step.by, row(summary, step, whom)));
        }
    }
    Ok(all)
}

/// Whom the hub phones about a case; nobody where it is the hub's own.
fn at_the_spoke(
    desk: &Desk,
    summary: &PatientSummary,
    clinics: &mut Clinics,
) -> Result<(&'static str, String), Refusal> {
    let own = desk.sitting()?.opened.identity.site;
    Ok(match summary.site.filter(|site| *site != own) {
        Some(site) => ("the spoke", clinics.phone(desk, site)?),
        None => ("", String::new()),
    })
}

fn row(summary: &PatientSummary, step: &Step, (whom, phone): (&str, String)) -> OverdueRow {
    let (kind, words, action) = match step.kind {
        StepKind::Receipt => (
            "receipt",
            "Finished, and no laptop at the hub has it",
            "See what is not sent",
        ),
        StepKind::Back => (
            "back",
            "Decided, and no laptop at the spoke has it",
            "Open the decision",
        ),
        StepKind::PlanGiven => (
            "plan-given",
            "Decided, and the plan is not given",
            "Open the plan",
        ),
    };
    OverdueRow {
        id: format!("{kind}-{}", step.assessment),
        patient: summary.patient.clone(),
        assessment: Some(step.assessment.clone()),
        name: listed(summary),
        words: words.into(),
        since: words::staff_moment(step.since),
        late: String::new(),
        whom: whom.into(),
        phone: Some(phone).filter(|phone| !phone.is_empty()),
        kind: kind.into(),
        route: None,
        action: action.into(),
    }
}
