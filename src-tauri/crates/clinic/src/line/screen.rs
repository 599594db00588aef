//! The sync screen, and what the worklist says of the line.

use jiff::{SignedDuration, Timestamp};
use record::envelope::Envelope;
use record::scope::Subject;

use super::chip::{clock, sync_chip, to_send};
use super::hub_server::named;
use super::notes::Notes;
use super::problems;
use super::waiting::{Waiting, waiting};
use crate::audit;
use crate::desk::Desk;
use crate::exchanging;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;
use crate::view::{Labelled, QueueRow, SiteAsOf, SyncLine, SyncScreen};
use crate::words;

/// Rows of the queue that are shown.
const ROWS: usize = 200;

/// From when on what was received of a site is called old, and what waits is said to wait for long.
/// A design decision.
const STALE: SignedDuration = SignedDuration::from_hours(24);

/// The sync screen.
pub fn sync_screen(desk: &mut Desk) -> Result<SyncScreen, Refusal> {
    // What waits is told with the initials of whom it is about.
    audit::listed(desk)?;
    let chip = sync_chip(desk)?;
    let notes = Notes::of(desk)?;
    let waits = Waiting::of(desk)?;
    let envelopes = waiting(desk)?;
    let queue = envelopes
        .iter()
        .take(ROWS)
        .map(|envelope| queue_row(desk, envelope))
        .collect::<Result<_, _>>()?;
    Ok(SyncScreen {
        facts: facts(desk, &notes)?,
        sites: sites(desk)?,
        queue,
        queue_words: queue_words(&waits),
        problems: problems::of(desk)?,
        log: notes
            .log
            .iter()
            .map(|one| SyncLine {
                at: clock(desk, one.at),
                words: one.words.clone(),
            })
            .collect(),
        may_try: named(desk)?.is_some(),
        chip,
    })
}

fn queue_words(waits: &Waiting) -> String {
    if waits.envelopes == 0 {
        return "Nothing".to_owned();
    }
    let envelopes = usize::try_from(waits.envelopes).unwrap_or(usize::MAX);
    let entries = usize::try_from(waits.entries).unwrap_or(usize::MAX);
    format!(
        "{} in {}, {}",
        words::count(entries, "entry", "entries"),
        words::count(envelopes, "envelope", "envelopes"),
        words::bytes(waits.bytes)
    )
}

fn facts(desk: &Desk, notes: &Notes) -> Result<Vec<Labelled>, Refusal> {
    let when = |at: Option<Timestamp>| at.map_or_else(|| "Never".to_owned(), |at| clock(desk, at));
    let server = named(desk)?.map_or_else(|| "None named".to_owned(), |hub| hub.address());
    let fact = |label: &str, value: String| Labelled {
        label: label.to_owned(),
        value,
    };
    Ok(vec![
        fact("Hub server", server),
        fact("Last sent", when(notes.sent)),
        fact("Last received", when(notes.received)),
        fact("Last up to date", when(notes.up_to_date)),
    ])
}

/// How old what is here of each other site is.
pub(super) fn sites(desk: &Desk) -> Result<Vec<SiteAsOf>, Refusal> {
    let now = desk.now().at();
    let own = desk.sitting()?.opened.identity.site;
    let me = desk.sitting()?.me()?;
    let all = exchanging::as_of(desk)?.into_iter();
    Ok(all
        .filter(|site| site.site != own)
        .filter(|site| me.as_ref().is_none_or(|me| me.works_at(site.site)))
        .map(|site| SiteAsOf {
            site: site.name,
            as_of: site
                .at
                .map_or_else(|| "Nothing received yet".to_owned(), |at| stamp(desk, at)),
            stale: site.at.is_none_or(|at| now.duration_since(at) > STALE),
        })
        .collect())
}

/// What a person at the worklist has to know: a stale list must not pass for a fresh one.
pub(crate) fn warnings(desk: &mut Desk) -> Result<Vec<String>, Refusal> {
    if named(desk)?.is_none() {
        return Ok(Vec::new());
    }
    let notes = Notes::of(desk)?;
    let stale = sites(desk)?.into_iter().filter(|site| site.stale);
    let mut all: Vec<String> = stale
        .map(|site| format!("{}'s changes last received {}.", site.site, site.as_of))
        .collect();
    let waits = Waiting::of(desk)?;
    let now = desk.now().at();
    let long = notes
        .offline_since
        .filter(|since| now.duration_since(*since) > STALE);
    if let Some(since) = long.filter(|_| waits.entries > 0) {
        all.push(format!(
            "The hub server has not been reached since {}: {}. Find a network, or carry a bundle.",
            stamp(desk, since),
            to_send(&waits)
        ));
    }
    Ok(all)
}

/// `24-Nov-2026 10:12`.
pub(super) fn stamp(desk: &Desk, at: Timestamp) -> String {
    let local = desk.local(at);
    format!(
        "{} {:02}:{:02}",
        words::staff_date(local.date()),
        local.hour(),
        local.minute()
    )
}

fn queue_row(desk: &Desk, envelope: &Envelope) -> Result<QueueRow, Refusal> {
    let sitting = desk.sitting()?;
    let entries = sitting.open(envelope)?;
    let header = envelope.header();
    let written = entries.first().map(|entry| entry.claimed);
    let references: Vec<_> = entries.iter().collect();
    Ok(QueueRow {
        id: envelope.id().to_string(),
        kind: words::sentence_case(&audit::kinds(&references)),
        about: about(desk, header.subject)?,
        entries: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        size: words::bytes(u64::try_from(envelope.to_bytes().len()).unwrap_or(u64::MAX)),
        since: written.map(words::staff_moment).unwrap_or_default(),
        emergency: header.emergency,
    })
}

/// Initials of a patient, as far as the lists know them; what else an envelope may be about.
fn about(desk: &Desk, subject: Subject) -> Result<String, Refusal> {
    Ok(match subject {
        Subject::Patient(patient) => {
            let row = desk.sitting()?.opened.store.summary(patient)?;
            let known = row.as_ref().and_then(PatientSummary::from_row);
            known.map_or_else(
                || "A patient".to_owned(),
                |one| words::initials(&format!("{} {}", one.given, one.family)),
            )
        }
        Subject::Site(_) => "A site".to_owned(),
        Subject::Service => "The service".to_owned(),
        Subject::Audit => "The audit trail".to_owned(),
    })
}
