//! "Check the record": every envelope in its place and signed by its device, said in words.

use record::body::Action;
use record::envelope::Stream;
use record::scope::Scope;
use store::{ChainFault, ChainReport};

use super::listing::Names;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::RecordCheck;
use crate::words;

/// Checks every stream of the journal from its first envelope to its last. That it was done, and
/// what came of it, is in the audit trail.
pub fn check_record(desk: &mut Desk) -> Result<RecordCheck, Refusal> {
    desk.allow(Act::SeeAudit)?;
    let begun = desk.now().at();
    let sitting = desk.sitting()?;
    let known = sitting.in_service()?;
    let own = (
        sitting.opened.identity.device,
        sitting.opened.device_signing.verifying_key(),
    );
    let report = sitting.opened.store.chain_check(&|device| {
        let certified = known.authorities.device_key(device);
        certified.or_else(|| (device == own.0).then_some(own.1))
    })?;
    let took = desk.now().at().duration_since(begun).as_secs_f64();
    let check = said(desk, &report, took)?;
    let note = if check.sound { "sound" } else { "not sound" };
    audit::note(desk, Action::ChainChecked, None, note)?;
    Ok(check)
}

/// The report in words.
pub(crate) fn said(desk: &Desk, report: &ChainReport, took: f64) -> Result<RecordCheck, Refusal> {
    let names = Names::of(desk)?;
    let sites = desk.sites()?;
    let place = |stream: &Stream| {
        let scope = match stream.scope {
            Scope::Site(site) => sites.get(&site).map_or_else(
                || "the record of another site".to_owned(),
                |site| format!("the record of {}", site.name),
            ),
            Scope::Service => "the service's own record".to_owned(),
            Scope::Audit => "the audit trail".to_owned(),
        };
        format!("{scope} (written on {})", names.device(stream.device))
    };
    let faults: Vec<String> = report.faults.iter().map(|it| fault(it, &place)).collect();
    let counted = format!(
        "{} of {}",
        words::count(report.envelopes, "envelope", "envelopes"),
        words::count(report.streams, "stream", "streams")
    );
    let words = if faults.is_empty() {
        format!("All {counted} are in order, each signed by its device. Checked in {took:.1} s.")
    } else {
        format!(
            "The record is not as it was written: {} in {counted}. Nothing was changed by this check.",
            words::count(faults.len(), "fault", "faults")
        )
    };
    Ok(RecordCheck {
        sound: faults.is_empty(),
        words,
        faults,
        checked: words::staff_moment(desk.now()),
    })
}

/// What is wrong and what to do.
fn fault(fault: &ChainFault, place: &impl Fn(&Stream) -> String) -> String {
    let restore = "Restore the last backup that passes this check";
    match fault {
        ChainFault::Missing { stream, sequence } => format!(
            "Envelope {sequence} of {} is missing. {restore}.",
            place(stream)
        ),
        ChainFault::Reordered { stream, sequence } => format!(
            "Envelope {sequence} of {} does not stand where it was written. {restore}.",
            place(stream)
        ),
        ChainFault::Replayed { stream, sequence } => format!(
            "Envelope {sequence} of {} stands there twice. {restore}.",
            place(stream)
        ),
        ChainFault::Changed { stream, sequence } => format!(
            "Envelope {sequence} of {} was altered after it was written. {restore}.",
            place(stream)
        ),
        ChainFault::Signature { stream, sequence } => format!(
            "Envelope {sequence} of {} was not signed by its device. Tell an administrator before anybody goes on.",
            place(stream)
        ),
        ChainFault::UnknownDevice { stream } => format!(
            "No certificate is here for the device that wrote {}. Tell an administrator.",
            place(stream)
        ),
    }
}
