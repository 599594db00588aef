//! A signed decision opens its tasks, a minute after it was signed: until then it can be taken back.
//!
//! The ids and the content of these tasks are made from the decision alone. So whoever opens them,
//! the laptop it was signed on or another, before a crash or after it, writes the same in the same
//! place.

use std::collections::BTreeSet;

use assessment::ruleset::Urgency;
use record::body::{Decision, Task};
use record::entry::{Entry, Slot};
use record::id::{ItemId, PatientId, SiteId, StaffId};
use record::moment::Moment;
use record::scope::Subject;
use serde::{Deserialize, Serialize};

use super::content::{At, Step, following};
use super::shown::shown;
use crate::case::{Case, Found, NOT_NEEDED, OPEN, TaskState, slots};
use crate::decide::{TAKEN_BACK_WITHIN, urgency_of};
use crate::desk::{Desk, Line, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::TasksOf;

/// The local setting that holds the decisions signed on this laptop of which the tasks are still to
/// be opened. It is written in the transaction of the signature, so a crash forgets none.
const TO_FOLLOW: &str = "decisions-to-follow";

/// A decision that was signed or withdrawn on this laptop.
#[derive(Clone, Serialize, Deserialize)]
struct ToFollow {
    patient: PatientId,
    assessment: ItemId,
    /// Whoever signed.
    staff: StaffId,
    at: Moment,
}

/// The assessments that entries decide on or withdraw the decision of.
pub(crate) fn decided(entries: &[Entry]) -> BTreeSet<ItemId> {
    let slots = entries.iter().filter_map(|entry| entry.slot.as_ref());
    slots
        .filter_map(|slot| slot.as_str().strip_prefix("decision/")?.parse().ok())
        .collect()
}

/// Remembers that these were decided on, in the transaction that writes it.
pub(crate) fn remember(
    desk: &Desk,
    patient: PatientId,
    assessments: BTreeSet<ItemId>,
) -> Result<(), Refusal> {
    if assessments.is_empty() {
        return Ok(());
    }
    let (staff, at) = (desk.staff()?, desk.now());
    let mut all = waiting(desk)?;
    for assessment in assessments {
        // The minute runs anew from the last signature.
        all.retain(|one| one.assessment != assessment);
        all.push(ToFollow {
            patient,
            assessment,
            staff,
            at,
        });
    }
    put(desk, &all)
}

fn waiting(desk: &Desk) -> Result<Vec<ToFollow>, Refusal> {
    let kept = desk.sitting()?.opened.store.setting(TO_FOLLOW)?;
    Ok(kept.unwrap_or_default())
}

fn put(desk: &Desk, all: &[ToFollow]) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    store
        .put_setting(TO_FOLLOW, &all)
        .map_err(Refusal::NotSaved)
}

/// Opens the tasks of what the person at work signed more than a minute ago. Called every few
/// seconds. Whether there was any.
pub(crate) fn follow(desk: &mut Desk) -> Result<bool, Refusal> {
    let (me, now) = (desk.staff()?, desk.now());
    let due = waiting(desk)?.into_iter();
    let due = due.filter(|one| one.staff == me && !is_held(one.at, now));
    let due: Vec<ToFollow> = due.collect();
    let any = !due.is_empty();
    follow_these(desk, due)?;
    Ok(any)
}

/// The same of everything that waits, at lock and after a crash: it cannot be taken back any more.
pub(crate) fn follow_all(desk: &mut Desk) -> Result<(), Refusal> {
    let all = waiting(desk)?;
    follow_these(desk, all)
}

/// A claimed time is testimony: one that lies farther ahead than the minute itself holds nothing,
/// or a clock that was set wrong once would hold the tasks for as long.
fn is_held(at: Moment, now: Moment) -> bool {
    now.at().duration_since(at.at()).abs() < TAKEN_BACK_WITHIN
}

fn follow_these(desk: &mut Desk, due: Vec<ToFollow>) -> Result<(), Refusal> {
    for one in due {
        // Whoever is on the screen stays there as they were read.
        let lead = desk.lead(one.patient)?;
        let on_screen = desk.sitting_mut()?.shown.take();
        let (beside, own) = match on_screen {
            Some(shown) if shown.patient == lead => (None, Some(shown)),
            other => (other, None),
        };
        desk.sitting_mut()?.shown = own;
        let done = desk.whole(|desk| {
            write_tasks(desk, one.patient, one.assessment)?;
            forget(desk, one.assessment)
        });
        if beside.is_some() {
            desk.sitting_mut()?.shown = beside;
        }
        match done {
            Ok(()) => {}
            // The disk is full or failing: it is tried again.
            Err(refusal @ (Refusal::NotSaved(_) | Refusal::Store(_))) => return Err(refusal),
            // The record cannot be opened by whoever is at work: left for whoever signed. Where that
            // is the same person it was erased or transferred, and is seen to where it went.
            Err(_) => {
                tracing::warn!("the tasks of a decision were not opened here");
                if one.staff == desk.staff()? {
                    forget(desk, one.assessment)?;
                }
            }
        }
    }
    Ok(())
}

fn forget(desk: &Desk, assessment: ItemId) -> Result<(), Refusal> {
    let mut all = waiting(desk)?;
    all.retain(|one| one.assessment != assessment);
    put(desk, &all)
}

/// Opens the tasks of the decision that is acted on, and closes those whose decision stands no more.
fn write_tasks(desk: &mut Desk, patient: PatientId, assessment: ItemId) -> Result<(), Refusal> {
    let case = desk.case_unshown(patient)?;
    let mut lines = no_longer_needed(&case, assessment)?;
    let decision = case.acted_on(assessment);
    // Nobody rings somebody who has died; what is still to be said of them a person decides.
    let died = case.identity().died.is_some();
    let record = decision
        .as_ref()
        .and_then(|found| match found.placed.subject {
            Subject::Patient(record) => Some(record),
            _ => None,
        });
    if let Some(found) = decision.filter(|_| !died) {
        lines.extend(following_from(desk, &case, &found)?);
    }
    if lines.is_empty() {
        return Ok(());
    }
    desk.write_aside(record.unwrap_or(patient), lines)
}

/// Tasks that are open as written and whose decision was withdrawn or replaced, each with the reason.
fn no_longer_needed(case: &Case, assessment: ItemId) -> Result<Vec<Line>, Refusal> {
    let tasks = case.tasks().into_iter();
    let gone = tasks.filter(|now| {
        now.body.assessment == Some(assessment)
            && now.state == TaskState::NotNeeded
            && now.body.state != NOT_NEEDED
    });
    gone.map(|now| {
        let body = Task {
            state: NOT_NEEDED.into(),
            told: now.why,
            ..now.body.clone()
        };
        Line::of(slots::task(body.task), &body)
    })
    .collect()
}

/// The tasks of a decision that are not there yet.
fn following_from(
    desk: &Desk,
    case: &Case,
    decision: &Found<'_, &Decision>,
) -> Result<Vec<Line>, Refusal> {
    let decided = &decision.body.decided;
    let hub = hub_site(desk)?;
    let steps = following(&decided.lead, &decided.strands).into_iter();
    let mut lines = Vec::new();
    for step in steps {
        let body = made(decision, step, hub);
        let slot = slots::task(body.task);
        let there = Slot::new(slot.as_str()).is_ok_and(|it| !case.record.heads(&it).is_empty());
        if !there {
            lines.push(Line::of(slot, &body)?);
        }
    }
    Ok(lines)
}

/// The task of one step, made from the decision alone.
fn made(decision: &Found<'_, &Decision>, step: &Step, hub: Option<SiteId>) -> Task {
    let placed = decision.placed;
    let digest = blake3::Hasher::new()
        .update(b"felloe task")
        .update(&placed.id.to_bytes())
        .update(step.id.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(digest.as_bytes()) {
        *to = *from;
    }
    let decided = &decision.body.decided;
    let day = placed.entry.claimed.local().date();
    // What is not known is as urgent as can be.
    let urgency = urgency_of(&decided.urgency).unwrap_or(Urgency::Emergency);
    Task {
        task: ItemId::from_random(bytes),
        assessment: Some(decision.body.assessment),
        decision: Some(placed.id),
        step: step.id.clone(),
        words: step.words.clone(),
        role: step.role.clone(),
        owner: None,
        site: hub.filter(|_| step.at == At::Hub),
        due: step.due(day, urgency).to_string(),
        state: OPEN.into(),
        done_on: String::new(),
        told: String::new(),
        receipt: String::new(),
    }
}

/// The hub site; none in a service of spokes alone.
pub(super) fn hub_site(desk: &Desk) -> Result<Option<SiteId>, Refusal> {
    let sites = desk.sites()?.into_values();
    Ok(sites.filter(|site| site.hub).map(|site| site.site).min())
}

/// Opens the tasks of the decision on an assessment, where the laptop that signed it has not: it
/// was lost, or the decision is older than this program's tasks.
pub fn open_tasks(desk: &mut Desk, assessment: String) -> Result<TasksOf, Refusal> {
    desk.allow(Act::KeepTasks)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let now = desk.now();
    match case.acted_on(id) {
        None => {
            return Err(Refusal::plain(
                "Nothing is decided here, so no task follows.",
            ));
        }
        Some(found) if is_held(found.placed.entry.claimed, now) => {
            return Err(Refusal::plain(
                "This decision can still be taken back. Its tasks open a minute after it was signed.",
            ));
        }
        Some(_) => {}
    }
    desk.whole(|desk| write_tasks(desk, patient, id))?;
    shown(desk, patient)
}

/// The newest decision that is acted on and of which no task was ever opened, and whether it can
/// still be taken back.
pub(super) fn without_tasks(desk: &Desk, case: &Case) -> Result<Option<(ItemId, bool)>, Refusal> {
    let newest = case
        .assessments()
        .iter()
        .find_map(|facts| Some((facts.id, case.acted_on(facts.id)?)));
    let Some((assessment, found)) = newest else {
        return Ok(None);
    };
    let opened = case
        .tasks()
        .iter()
        .any(|now| now.body.decision == Some(found.placed.id));
    if opened || case.identity().died.is_some() {
        return Ok(None);
    }
    let waits = waiting(desk)?;
    let waits = waits.iter().any(|one| one.assessment == assessment);
    Ok(Some((
        assessment,
        waits || is_held(found.placed.entry.claimed, desk.now()),
    )))
}
