//! What a doctor in training decides, and the supervisor's signature that makes it a decision.

use assessment::ruleset::Urgency;
use record::body::{Decision, SupervisedDecision};
use record::id::{EntryId, ItemId, StaffId};

use super::choices::{lead_words, tag, urgency_of};
use super::later::not_seen;
use super::result::{reason_words, strand_words};
use super::signing::{Ready, check};
use crate::case::{Case, slots};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act, may};
use crate::view::{Choice, CountersignForm, DecisionForm, SupervisedView, TriageResult};
use crate::words;

/// A doctor in training signs what they decided for a named supervisor. It counts as proposed, and
/// nothing leaves, until a supervisor has countersigned it.
pub fn sign_for_countersigning(
    desk: &mut Desk,
    assessment: String,
    supervisor: String,
    form: DecisionForm,
) -> Result<TriageResult, Refusal> {
    desk.allow(Act::SignForCountersigning)?;
    check(&form)?;
    let supervisor = asked(desk, &supervisor)?;
    let ready = Ready::of(desk, &assessment, &form.basis_digest)?;
    let passphrase = form.passphrase.clone();
    let body = SupervisedDecision {
        assessment: ready.id,
        supervisor,
        decided: ready.decided(desk, form)?,
    };
    ready.sign(desk, &passphrase, slots::supervised(ready.id), &body)
}

/// A supervisor signs what a doctor in training decided: from here on it is the decision.
pub fn countersign(
    desk: &mut Desk,
    assessment: String,
    form: CountersignForm,
) -> Result<TriageResult, Refusal> {
    desk.allow(Act::Countersign)?;
    let ready = Ready::of(desk, &assessment, &form.basis_digest)?;
    let body = countersigning(&ready, &form)?;
    ready.sign(desk, &form.passphrase, slots::decision(ready.id), &body)
}

/// The supervisor who was named, if they may be asked.
pub(super) fn asked(desk: &Desk, supervisor: &str) -> Result<StaffId, Refusal> {
    let asked = supervisors(desk)?
        .into_iter()
        .any(|one| one.value == supervisor);
    let named = supervisor.parse().ok().filter(|_| asked);
    named.ok_or_else(|| Refusal::field("supervisor", "Choose who countersigns."))
}

/// The decision that countersigns what waits, with the supervisor's comment in the place of the
/// first where there is one.
pub(super) fn countersigning(ready: &Ready, form: &CountersignForm) -> Result<Decision, Refusal> {
    let waiting = ready.case.supervised(ready.id).ok_or(Refusal::NotFound(
        "A decision that waits to be countersigned",
    ))?;
    let mut decided = waiting.body.decided.clone();
    let comment = form.comment.trim();
    if !comment.is_empty() {
        comment.clone_into(&mut decided.comment);
    }
    Ok(Decision {
        assessment: ready.id,
        decided,
        countersigns: Some(waiting.placed.id),
    })
}

/// Who may be asked to countersign: those whose role does and whose certificate holds. Nobody is
/// offered to somebody who signs alone.
pub(super) fn supervisors(desk: &Desk) -> Result<Vec<Choice>, Refusal> {
    if !desk.may(Act::SignForCountersigning)? {
        return Ok(Vec::new());
    }
    let now = desk.now();
    let people = desk.sitting()?.people()?.into_values();
    Ok(people
        .filter(|person| person.holds(now) && may(person.role, Act::Countersign))
        .map(|person| Choice {
            value: person.staff.to_string(),
            label: format!(
                "{}, {}",
                person.name,
                role::words(person.role).to_lowercase()
            ),
        })
        .collect())
}

/// What waits to be countersigned.
pub(super) fn supervised_view(
    desk: &Desk,
    case: &Case,
    id: ItemId,
) -> Result<Option<SupervisedView>, Refusal> {
    let Some(found) = case.supervised(id) else {
        return Ok(None);
    };
    let body = &found.body.decided;
    let urgency = urgency_of(&body.urgency).unwrap_or(Urgency::NotSettled);
    Ok(Some(SupervisedView {
        lead: lead_words(&body.lead),
        urgency: urgency.words().into(),
        urgency_tag: tag(urgency),
        strands: strand_words(&body.strands),
        reason: (!body.as_proposed).then(|| reason_words(&body.reason, &body.reason_text)),
        comment: body.comment.clone(),
        signed: signed(desk, case, found.placed.id)?.unwrap_or_default(),
        supervisor: desk.name_and_role(found.body.supervisor)?,
        may_countersign: desk.may(Act::Countersign)?,
        not_seen: not_seen(case, found.placed),
    }))
}

/// Whose decision was countersigned, and when they signed it.
pub(super) fn countersigned(
    desk: &Desk,
    case: &Case,
    entry: Option<EntryId>,
) -> Result<Option<String>, Refusal> {
    entry.map_or(Ok(None), |entry| signed(desk, case, entry))
}

fn signed(desk: &Desk, case: &Case, entry: EntryId) -> Result<Option<String>, Refusal> {
    let Some(placed) = case.record.entry(&entry) else {
        return Ok(None);
    };
    Ok(Some(format!(
        "{}, {}",
        desk.name_and_role(placed.entry.author)?,
        words::staff_moment(placed.entry.claimed)
    )))
}
