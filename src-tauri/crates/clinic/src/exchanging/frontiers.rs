//! What laptops say to have agreed on with the hub server, so that one which withholds is found.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use record::body::Frontier;
use record::envelope::Stream;
use record::id::DeviceId;
use record::log::{EventLog, Tail, Tips};
use record::moment::Moment;
use record::scope::{Scope, Subject};
use serde::{Deserialize, Serialize};
use store::Store;
use sync::admitted::Admitted;

use super::arrived::Read;
use crate::case::body_of;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::words;

/// A laptop says at most once in this many hours what it and the hub server agree on, in each site's
/// scope, and only when that is something else than the last time. A design decision: a hub server
/// that withholds is found out within two days, for some hundred bytes a day.
const HOURS_BETWEEN: i64 = 24;

const LAST: &str = "frontiers";
const WITHHELD: &str = "withheld";

/// What a device says to have been agreed on.
pub(super) struct Named {
    scope: Scope,
    at: Moment,
    frontier: Frontier,
}

/// The last time this laptop said so of a scope, and what it held right after.
#[derive(Serialize, Deserialize)]
struct Last {
    scope: Scope,
    at: Timestamp,
    digest: String,
}

/// Something that the hub server once had and did not give.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Missing {
    scope: Scope,
    device: DeviceId,
    incarnation: u32,
    sequence: u64,
    head: String,
    /// When it was agreed on, by the clock of whoever says so.
    at: Moment,
}

/// The frontiers among what arrived that count.
pub(super) fn named(read: &[Read]) -> Vec<Named> {
    let entries = read.iter().flat_map(|(_, placed)| placed);
    entries
        .filter(|placed| placed.unverified.is_none())
        .filter_map(|placed| {
            Some(Named {
                scope: placed.scope,
                at: placed.entry.claimed,
                frontier: body_of::<Frontier>(&placed.entry)?,
            })
        })
        .collect()
}

impl Missing {
    fn of(stream: &Stream, tail: &Tail, at: Moment) -> Self {
        Self {
            scope: stream.scope,
            device: stream.device,
            incarnation: stream.incarnation,
            sequence: tail.sequence,
            head: HEXLOWER.encode(&tail.header_hash),
            at,
        }
    }

    fn is_here(&self, desk: &Desk) -> Result<bool, Refusal> {
        let opened = &desk.sitting()?.opened;
        let stream = Stream {
            service: opened.identity.service,
            scope: self.scope,
            device: self.device,
            incarnation: self.incarnation,
        };
        let head = HEXLOWER.decode(self.head.as_bytes()).ok();
        let head = head.and_then(|head| head.try_into().ok());
        // What cannot be read any more cannot be missed any more.
        let Some(header_hash) = head else {
            return Ok(true);
        };
        let tail = Tail {
            sequence: self.sequence,
            header_hash,
        };
        Ok(opened.store.joined(&stream, &tail)?)
    }
}

impl Desk {
    /// Holds what others say against what is here, after an exchange that ended with both sides
    /// equal: what is not here then, the hub server has lost or keeps back.
    pub(super) fn hold_against(&mut self, named: &[Named]) -> Result<(), Refusal> {
        let opened = &self.sitting()?.opened;
        let before: Option<Vec<Missing>> = opened.store.setting(WITHHELD)?;
        let before = before.unwrap_or_default();
        if before.is_empty() && named.is_empty() {
            return Ok(());
        }
        let mut all = Vec::new();
        for missing in before {
            if !missing.is_here(self)? {
                all.push(missing);
            }
        }
        let store = &self.sitting()?.opened.store;
        let service = self.sitting()?.opened.identity.service;
        for one in named {
            // An error of the disk is no sign of anything missing.
            let held = |stream: &Stream, tail: &Tail| store.joined(stream, tail).unwrap_or(true);
            for (stream, tail) in one.frontier.lacking(service, one.scope, held) {
                let missing = Missing::of(&stream, &tail, one.at);
                if !all.contains(&missing) {
                    all.push(missing);
                }
            }
        }
        Ok(store.put_setting(WITHHELD, &all)?)
    }

    /// Writes what this laptop and the hub server agree on, where it is time. Gives whether
    /// anything was written.
    pub(super) fn write_frontiers(&mut self, own: &Admitted) -> Result<bool, Refusal> {
        let now = self.now().at();
        let store = &self.sitting()?.opened.store;
        let mut last: Vec<Last> = store.setting(LAST)?.unwrap_or_default();
        let mut wrote = false;
        for scope in own.scopes() {
            let Scope::Site(site) = scope else { continue };
            let store = &self.sitting()?.opened.store;
            let tips = agreed(store, scope)?;
            let digest = sync::view::digest(store, own, scope)?.to_string();
            let before = last.iter().find(|one| one.scope == scope);
            let due = before.is_none_or(|before| {
                let hours = now.duration_since(before.at).as_hours();
                // A clock that was set back must not keep it silent.
                before.digest != digest && !(0..HOURS_BETWEEN).contains(&hours)
            });
            if tips.is_empty() || !due {
                continue;
            }
            let line = Line::appended(&Frontier::of(&tips))?;
            self.write_in(scope, Subject::Site(site), vec![line])?;
            let store = &self.sitting()?.opened.store;
            let digest = sync::view::digest(store, own, scope)?.to_string();
            last.retain(|one| one.scope != scope);
            last.push(Last {
                scope,
                at: now,
                digest,
            });
            wrote = true;
        }
        if wrote {
            self.sitting()?.opened.store.put_setting(LAST, &last)?;
        }
        Ok(wrote)
    }
}

/// What the hub server has said to have of a scope. Not what is here: somebody may have written
/// since the two sides were compared.
fn agreed(store: &Store, scope: Scope) -> Result<Vec<Tips>, Refusal> {
    let mut all = store.acknowledged(scope)?;
    for Tips { stream, tails } in &mut all {
        let mut held = Vec::new();
        for tail in tails.iter() {
            if store.joined(stream, tail)? {
                held.push(*tail);
            }
        }
        *tails = held;
    }
    all.retain(|tips| !tips.tails.is_empty());
    Ok(all)
}

/// What the hub server had and does not give, in words; empty as long as nothing is known of that.
pub fn withheld(desk: &Desk) -> Result<Vec<String>, Refusal> {
    let missing: Option<Vec<Missing>> = desk.sitting()?.opened.store.setting(WITHHELD)?;
    let sites = desk.sites()?;
    let name = |scope: &Scope| match scope {
        Scope::Site(site) => sites.get(site).map(|site| site.name.clone()),
        Scope::Service | Scope::Audit => None,
    };
    let mut said: Vec<String> = missing
        .unwrap_or_default()
        .iter()
        .map(|missing| {
            format!(
                "{}: on {} another laptop and the hub server both held more than the hub server gives now. It was put back from a backup, or it keeps something back. Tell whoever looks after it, and exchange with that laptop.",
                name(&missing.scope).unwrap_or_else(|| "A site".to_owned()),
                words::staff_moment(missing.at),
            )
        })
        .collect();
    said.sort_unstable();
    said.dedup();
    Ok(said)
}
