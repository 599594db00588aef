//! How far one case has come: kept here, at the hub server, opened, decided, back, tasks done, plan
//! given.

use record::body::{Decision, Receipt};
use record::fold::Placed;
use record::id::EnvelopeId;
use record::log::EventLog;
use record::moment::Moment;
use store::Delivery;

use super::hub_server::named;
use super::receipts::own_side;
use super::screen::{sites, stamp};
use crate::case::{Case, Found, Side, VEILED};
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{CaseSync, ReceiptStep};
use crate::words;

/// How far a patient's case has come, and as of when what is here of each site is.
pub fn case_sync(desk: &mut Desk, patient: String) -> Result<CaseSync, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    // Not a view of the record: what arrived meanwhile has not been seen because of this.
    let case = desk.case_beside(id)?;
    let alone = named(desk)?.is_none();
    Ok(CaseSync {
        steps: steps(desk, &case, alone)?,
        as_of: if alone { Vec::new() } else { sites(desk)? },
    })
}

fn steps(desk: &Desk, case: &Case, alone: bool) -> Result<Vec<ReceiptStep>, Refusal> {
    let Some(sent) = newest_sent(case) else {
        return Ok(Vec::new());
    };
    let decision = newest_decision(case);
    let here = sent.device == desk.sitting()?.opened.identity.device;
    let saved = if here {
        "Saved on this laptop"
    } else {
        "Saved"
    };
    let mut all = vec![done(saved, words::staff_moment(sent.entry.claimed))];
    if !alone {
        all.push(delivered(desk, sent)?);
        if own_side(desk)? == Side::Spoke || case.hub_devices().contains(&sent.device) {
            all.push(receipt(case, sent, Side::Hub, "Opened at the hub"));
        }
    }
    if case.has_veil() {
        all.push(waits("Decided", VEILED));
        return Ok(all);
    }
    all.push(match &decision {
        Some(found) => done("Decided", said(desk, found)?),
        None => waits("Decided", "Not yet"),
    });
    let at_hub = |found: &Found<'_, &Decision>| case.hub_devices().contains(&found.placed.device);
    if let Some(found) = decision.as_ref().filter(|found| !alone && at_hub(found)) {
        all.push(receipt(
            case,
            found.placed,
            Side::Spoke,
            "Back at the spoke",
        ));
    }
    if let Some((words, done)) = crate::task::progress(case) {
        all.push(ReceiptStep {
            step: "Tasks".to_owned(),
            words,
            done,
        });
    }
    all.push(given(case, decision.as_ref()));
    Ok(all)
}

/// What went from here last: the newest assessment that is finished, else the last entry.
fn newest_sent(case: &Case) -> Option<&Placed> {
    let waiting = case.awaited();
    let newest = waiting
        .into_iter()
        .max_by_key(|placed| placed.entry.lamport);
    newest.or_else(|| case.record.timeline().pop())
}

fn newest_decision(case: &Case) -> Option<Found<'_, &Decision>> {
    case.assessments()
        .iter()
        .find_map(|facts| case.acted_on(facts.id))
}

fn done(step: &str, words: String) -> ReceiptStep {
    ReceiptStep {
        step: step.to_owned(),
        words,
        done: true,
    }
}

fn waits(step: &str, words: &str) -> ReceiptStep {
    ReceiptStep {
        step: step.to_owned(),
        words: words.to_owned(),
        done: false,
    }
}

/// Whether the hub server has it on its disk; of what came from there that is certain.
fn delivered(desk: &Desk, sent: &Placed) -> Result<ReceiptStep, Refusal> {
    let step = "At the hub server";
    Ok(match delivery(desk, sent.id.envelope)? {
        Delivery::Waiting => waits(step, "Not yet: waits to be sent"),
        Delivery::Delivered { at: Some(at) } => done(step, stamp(desk, at)),
        Delivery::Delivered { at: None } => done(step, "Yes".to_owned()),
    })
}

fn delivery(desk: &Desk, envelope: EnvelopeId) -> Result<Delivery, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let held = store.envelopes(&[envelope])?;
    Ok(match held.first() {
        Some(envelope) => store.delivery(envelope)?,
        None => Delivery::Waiting,
    })
}

fn receipt(case: &Case, of: &Placed, side: Side, step: &str) -> ReceiptStep {
    let first = |what| case.receipt(&of.id, what, side);
    let when = |found: &Found<'_, &Receipt>| words::staff_moment(found.placed.entry.claimed);
    match (first(Receipt::OPENED), first(Receipt::ARRIVED)) {
        (Some(opened), _) => done(step, when(&opened)),
        (None, Some(arrived)) => waits(step, &format!("Arrived {}, not opened", when(&arrived))),
        (None, None) => waits(step, "Not yet"),
    }
}

fn said(desk: &Desk, found: &Found<'_, &Decision>) -> Result<String, Refusal> {
    let names = desk.names()?;
    let entry = &found.placed.entry;
    let who = names.get(&entry.author);
    let who = who.map_or_else(
        || "somebody not known here".to_owned(),
        |it| words::short_name(it),
    );
    Ok(format!("{}, {who}", words::staff_moment(entry.claimed)))
}

fn given(case: &Case, decision: Option<&Found<'_, &Decision>>) -> ReceiptStep {
    let given = decision.and_then(|found| case.plan(found.body.assessment).given);
    let when = |moment: &Moment| words::staff_moment(*moment);
    match &given {
        Some((_, moment)) => done("Plan given", when(moment)),
        None => waits("Plan given", "Not yet"),
    }
}
