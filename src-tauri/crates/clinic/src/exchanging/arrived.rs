//! What follows from envelopes that have arrived, in the whole that keeps them.

use std::collections::BTreeSet;

use record::envelope::Envelope;
use record::fold::Placed;
use record::scope::{Scope, Subject};
use store::{AuditRow, Derived, Heard};

use super::frontiers::{Named, named};
use super::people::Rows;
use super::told::Changed;
use super::{is_of_a_site, patient_of};
use crate::audit;
use crate::desk::{AtLock, Desk, Sitting};
use crate::line;
use crate::refusal::Refusal;

/// What was settled.
pub(super) struct Settled {
    pub(super) changed: Changed,
    /// What other devices say to have been agreed on with the hub server.
    pub(super) named: Vec<Named>,
}

/// An envelope that was opened, with its entries and whether they count.
pub(super) type Read = (Envelope, Vec<Placed>);

impl Changed {
    /// Which parts of the record these are of.
    fn note(&mut self, read: &[Read]) {
        for (envelope, _) in read {
            match envelope.header().subject {
                Subject::Service => self.service = true,
                Subject::Site(_) => self.sites = true,
                Subject::Audit => self.audit = true,
                Subject::Patient(_) => {}
            }
        }
    }
}

impl Sitting {
    /// What was read of the service's scope holds no longer.
    fn forget_service(&mut self) {
        self.in_service.take();
        self.authorities.take();
        self.known = None;
        self.packs = None;
        self.clock.take();
    }
}

impl Desk {
    pub(super) fn settle(
        &mut self,
        arrived: Vec<Envelope>,
        rows: Rows,
    ) -> Result<Settled, Refusal> {
        let mut changed = Changed {
            new: arrived.len(),
            ..Changed::default()
        };
        if arrived.is_empty() {
            return Ok(Settled {
                changed,
                named: Vec::new(),
            });
        }
        let sitting = self.sitting_mut()?;
        sitting.forks.take();
        // What arrives may be older than what is here, so the counter need not have moved.
        sitting.duplicates = None;
        let shown = sitting.shown.take();
        let own = self.sitting()?.opened.identity.device;
        let theirs = |it: &&Envelope| it.header().emergency && it.header().device != own;
        let emergencies = arrived.iter().filter(theirs).filter_map(patient_of);
        let emergencies: BTreeSet<_> = emergencies.collect();
        let read = self.read_arrived(arrived)?;
        changed.note(&read);
        if changed.sites {
            self.sitting_mut()?.clock.take();
        }
        self.keep_told(&read)?;
        changed.patients = self.make_rows(&read, rows)?;
        let sitting = self.sitting_mut()?;
        sitting.arrived_on(&changed.patients, shown, changed.service);
        let records: BTreeSet<_> = read.iter().filter_map(|(it, _)| patient_of(it)).collect();
        if self.at_lock == AtLock::No {
            self.pass_on_late(&records)?;
        } else {
            // Keys and parcels bear somebody's name, and nobody is there.
            line::arrived_unseen(self, &records)?;
        }
        let sitting = self.sitting_mut()?;
        let known = sitting.known()?;
        let leads = emergencies.into_iter().map(|one| known.links.lead(one));
        changed.emergencies = leads.collect();
        Ok(Settled {
            changed,
            named: named(&read),
        })
    }

    /// Opens what arrived, and what waited for a key that came with it. The service's scope is
    /// read anew first: certificates and keys stand in it, by which the rest is read.
    fn read_arrived(&mut self, arrived: Vec<Envelope>) -> Result<Vec<Read>, Refusal> {
        let (mut read, mut waiting) = (Vec::new(), arrived);
        while !waiting.is_empty() {
            if waiting.iter().any(|it| it.header().scope == Scope::Service) {
                self.sitting_mut()?.forget_service();
                self.take_scope_keys()?;
            }
            read.extend(self.open_arrived(waiting)?);
            waiting = self.sitting_mut()?.opened.store.released()?;
        }
        Ok(read)
    }

    /// The lines of the audit trail, the counter, and how new what is here is.
    fn keep_told(&mut self, read: &[Read]) -> Result<(), Refusal> {
        let own = self.sitting()?.opened.identity.device;
        let (mut lines, mut heard, mut lamport): (Vec<AuditRow>, Vec<Heard>, u64) =
            (Vec::new(), Vec::new(), 0);
        for (envelope, placed) in read {
            let header = envelope.header();
            if header.subject == Subject::Audit {
                lines.extend(audit::rows(placed));
            }
            let counters = placed.iter().map(|placed| placed.entry.lamport);
            lamport = lamport.max(counters.max().unwrap_or(0));
            let newest = placed.iter().map(|placed| placed.entry.claimed.at()).max();
            if let Some(at) =
                newest.filter(|_| header.device != own && is_of_a_site(&header.stream()))
            {
                heard.push(Heard {
                    scope: header.scope,
                    device: header.device,
                    at,
                });
            }
        }
        let derived = Derived {
            audit: &lines,
            heard: &heard,
            lamport,
            ..Derived::default()
        };
        let store = &mut self.sitting_mut()?.opened.store;
        store.keep_derived(derived).map_err(Refusal::NotSaved)
    }
}
