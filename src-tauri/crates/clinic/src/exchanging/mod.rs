//! What happens at a desk while it exchanges envelopes with a hub server, and after others arrived
//! by any way.
//!
//! The exchange is nobody's act, so no permission is asked; it needs an open record, and one that was
//! running when the screen locked has it until it is over. Each answer
//! of the hub server is taken in as a whole: the envelopes, the keys in them, the rows of every
//! patient they touch, the lines of the audit trail and what the hub server has acknowledged reach
//! the disk together or not at all. Sockets and threads are the caller's.

mod arrived;
mod frontiers;
mod opening;
mod people;
mod taking;
mod told;

pub use frontiers::withheld;
pub use told::{AsOf, Changed, Finished, TakenIn};

use std::collections::BTreeSet;
use std::time::Duration;

use record::envelope::{Envelope, Stream};
use record::id::{EnvelopeId, PatientId};
use record::log::{EventLog, ScopesDigest};
use record::scope::{Scope, Subject};
use store::StoreError;
use sync::admitted::Admitted;
use sync::exchange::{Error, Exchange, Progress};
use sync::login::{Login, Welcome};
use sync::pace::Pace;
use sync::view;
use sync::wire::Request;

use crate::desk::{AtLock, Desk};
use crate::recovered;
use crate::refusal::Refusal;
use frontiers::Named;
use people::Rows;

/// An exchange that goes on, with what it has brought so far.
pub struct Running {
    exchange: Exchange,
    own: Admitted,
    /// Emergencies that were sent before their turn.
    urgent: BTreeSet<EnvelopeId>,
    /// How much had been written when emergencies were last looked for, as the record counts it.
    looked_at: u64,
    /// What other devices say to have been agreed on with the hub server.
    named: Vec<Named>,
}

impl Running {
    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.exchange.progress()
    }

    /// What the link has carried, for the next exchange.
    pub fn pace(&self) -> Pace {
        self.exchange.pace()
    }
}

/// Begins an exchange. `pace` is what the link carried last time.
pub fn begin(desk: &mut Desk, pace: Pace) -> Result<Running, Refusal> {
    let own = desk.admitted()?;
    let told = desk.sitting()?.told;
    let store = &desk.sitting()?.opened.store;
    let urgent = store.emergencies_waiting()?;
    Ok(Running {
        exchange: Exchange::new(own.clone(), urgent.clone(), pace).having_agreed(told),
        own,
        urgent: urgent.into_iter().collect(),
        looked_at: store.lamport()?,
        named: Vec::new(),
    })
}

/// The next message for the hub server; none when the exchange is over. `now` is of a clock that
/// never goes back.
pub fn next(
    desk: &mut Desk,
    running: &mut Running,
    now: Duration,
) -> Result<Option<Vec<u8>>, Refusal> {
    emergencies_first(desk, running)?;
    let taking = desk.taking()?;
    running.exchange.next(&taking, now).map_err(broken_off)
}

/// What is found while a day's work is on its way does not wait for its end: over a thin link that
/// may be many minutes.
fn emergencies_first(desk: &Desk, running: &mut Running) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    let written = store.lamport()?;
    if written == running.looked_at {
        return Ok(());
    }
    let mut new = store.emergencies_waiting()?;
    new.retain(|id| !running.urgent.contains(id));
    if running.exchange.first(&new) {
        running.urgent.extend(new);
        running.looked_at = written;
    }
    Ok(())
}

/// Takes the hub server's answer in. After a refusal nothing of it is on the disk and the exchange
/// is over: begin another, which goes on from what both sides have.
pub fn take(
    desk: &mut Desk,
    running: &mut Running,
    answer: &[u8],
    now: Duration,
) -> Result<Changed, Refusal> {
    let at = desk.now().at();
    desk.whole(|desk| {
        let exchange = &mut running.exchange;
        let take = |taking: &mut taking::Taking<'_>| {
            exchange.take(answer, taking, now).map_err(broken_off)
        };
        let (step, settled) = desk.taking_in(Rows::Now, take)?;
        let store = &mut desk.sitting_mut()?.opened.store;
        store.acknowledge(&step.acknowledged, at)?;
        let early = step.acknowledged_ids.iter().copied();
        let early: Vec<_> = early.filter(|id| running.urgent.contains(id)).collect();
        store.acknowledge_early(&early, at)?;
        running.named.extend(settled.named);
        Ok(settled.changed)
    })
}

/// What is left to do when there is no next message: this laptop says now and then what it and the
/// hub server agree on, and holds against what it has what others said.
pub fn finished(desk: &mut Desk, running: &Running) -> Result<Finished, Refusal> {
    let Some(outcome) = running.exchange.outcome() else {
        return Err(Refusal::plain("The exchange with the hub server goes on."));
    };
    desk.sitting_mut()?.told = running.exchange.agreed();
    let mut wrote = false;
    if outcome.up_to_date {
        desk.whole(|desk| {
            recovered::record_is_here(desk)?;
            desk.hold_against(&running.named)?;
            // An entry bears somebody's name, and while the screen is locked nobody is there.
            if desk.at_lock == AtLock::No {
                wrote = desk.write_frontiers(&running.own)?;
            }
            Ok(())
        })?;
    }
    Ok(Finished { outcome, wrote })
}

/// Takes envelopes in that came by hand. Each is checked against the key of the device that wrote
/// it; one that does not stand up is left out and told.
pub fn take_in(desk: &mut Desk, envelopes: &[Envelope]) -> Result<TakenIn, Refusal> {
    take_checked(desk, envelopes, Rows::Now)
}

/// The same of a part of something large: whom they touch stands in the lists once no row is owed any
/// more.
pub fn take_in_part(desk: &mut Desk, envelopes: &[Envelope]) -> Result<TakenIn, Refusal> {
    take_checked(desk, envelopes, Rows::Owed)
}

fn take_checked(desk: &mut Desk, envelopes: &[Envelope], rows: Rows) -> Result<TakenIn, Refusal> {
    let (refused, settled) = desk.taking_in(rows, |taking| taking.checked(envelopes))?;
    Ok(TakenIn {
        changed: settled.changed,
        refused,
    })
}

/// The body of a login at a hub server whose key has this hash.
pub fn log_in(desk: &Desk, welcome: &Welcome, server_key: &[u8; 32]) -> Result<Vec<u8>, Refusal> {
    let signing = &desk.sitting()?.opened.device_signing;
    let login = Login::sign(desk.own_chain()?, welcome.nonce, *server_key, signing);
    let login = login.map_err(|error| Refusal::plain(error.to_string()))?;
    Ok(login.to_bytes())
}

/// The question whether anything is to be exchanged: what a wait is asked with.
pub fn compare(desk: &mut Desk) -> Result<Vec<u8>, Refusal> {
    let own = desk.admitted()?;
    let store = &desk.sitting()?.opened.store;
    let mut digests = Vec::new();
    for scope in own.scopes() {
        digests.push((scope, view::digest(store, &own, scope)?));
    }
    let digest = ScopesDigest::of(&digests);
    Ok(Request::Compare { digest }.to_bytes(own.service()))
}

/// How new what is here is, site by site: the newest time that another laptop claims in what has
/// arrived. What a site wrote since is not here.
pub fn as_of(desk: &Desk) -> Result<Vec<AsOf>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let sites = desk.sites()?.into_values();
    let mut all = Vec::new();
    for site in sites {
        let held = !EventLog::tips(store, Scope::Site(site.site))?.is_empty();
        let at = store.as_of(Scope::Site(site.site))?;
        if held || at.is_some() {
            all.push(AsOf {
                site: site.site,
                name: site.name,
                at,
            });
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

pub(crate) fn broken_off(error: Error<StoreError>) -> Refusal {
    match error {
        Error::Log(error) => Refusal::NotSaved(error),
        other => Refusal::plain(other.to_string()),
    }
}

/// Whose patient an envelope is about.
fn patient_of(envelope: &Envelope) -> Option<PatientId> {
    match envelope.header().subject {
        Subject::Patient(patient) => Some(patient),
        Subject::Site(_) | Subject::Service | Subject::Audit => None,
    }
}

/// The sites' own streams tell how new a site's data is; the other scopes do not.
fn is_of_a_site(stream: &Stream) -> bool {
    matches!(stream.scope, Scope::Site(_))
}
