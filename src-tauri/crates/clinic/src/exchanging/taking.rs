//! The record at the desk, as an exchange sees it.

use std::sync::Arc;

use record::certificate::{Authorities, Certificate, Fingerprint};
use record::envelope::{Envelope, Stream};
use record::id::{DeviceId, EnvelopeId};
use record::keys::VerifyingKey;
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use record::warrant::Proof;
use store::{Store, StoreError};
use sync::admitted::Admitted;
use sync::exchange::Known;
use sync::wire::Reason;

use super::arrived::Settled;
use super::people::Rows;
use crate::desk::{Desk, Sitting};
use crate::line;
use crate::recovered::Recovered;
use crate::refusal::Refusal;

/// The journal and what is known of devices. What an exchange keeps in it is remembered, so that
/// what follows from it can be settled in the same whole.
pub(super) struct Taking<'a> {
    store: &'a mut Store,
    authorities: &'a Authorities,
    known: Arc<crate::desk::Known>,
    /// Devices as they were left for the recovery sheet, while their certificates are on the way.
    recovered: Option<Recovered>,
    arrived: Vec<Envelope>,
}

impl Taking<'_> {
    /// Keeps those of these envelopes that stand up to a check, and tells of the rest.
    pub(super) fn checked(
        &mut self,
        envelopes: &[Envelope],
    ) -> Result<Vec<(EnvelopeId, Reason)>, Refusal> {
        let (mut good, mut refused) = (Vec::new(), Vec::new());
        for envelope in envelopes {
            let key = self.device_key(envelope.header().device);
            match key.map(|key| envelope.verify(&key)) {
                Some(Ok(())) => good.push(envelope.clone()),
                Some(Err(_)) => refused.push((envelope.id(), Reason::Signature)),
                None => refused.push((envelope.id(), Reason::UnknownDevice)),
            }
        }
        self.append(&good).map_err(Refusal::NotSaved)?;
        Ok(refused)
    }
}

impl EventLog for Taking<'_> {
    type Error = StoreError;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, StoreError> {
        let kept = EventLog::append(self.store, envelopes)?;
        if kept.new > 0 {
            self.arrived.extend_from_slice(envelopes);
        }
        Ok(kept)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, StoreError> {
        self.store.tips(scope)
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, StoreError> {
        self.store.ahead(scope)
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, StoreError> {
        self.store.joined(stream, tail)
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, StoreError> {
        self.store.beyond(stream, have, limit)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, StoreError> {
        self.store.marks(stream)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, StoreError> {
        self.store.envelopes(ids)
    }
}

impl Known for Taking<'_> {
    fn device_key(&self, device: DeviceId) -> Option<VerifyingKey> {
        let left = || self.recovered.as_ref()?.device_key(device);
        self.authorities.device_key(device).or_else(left)
    }

    fn chain_of(&self, device: DeviceId) -> Option<Vec<Certificate>> {
        self.authorities.chain_of(device)
    }

    fn erasures(&self) -> Vec<Proof> {
        self.known.proofs.clone()
    }
}

impl Sitting {
    fn taking(&mut self) -> Result<Taking<'_>, Refusal> {
        // Read before the parts are borrowed apart.
        self.authorities()?;
        let known = self.known()?;
        let recovered = Recovered::of(&self.opened.store)?;
        let Self {
            opened,
            authorities,
            ..
        } = self;
        Ok(Taking {
            recovered,
            store: &mut opened.store,
            authorities: authorities.get_or_init(Authorities::default),
            known,
            arrived: Vec::new(),
        })
    }
}

impl Desk {
    /// The record as an exchange sees it.
    pub(super) fn taking(&mut self) -> Result<Taking<'_>, Refusal> {
        self.sitting_mut()?.taking()
    }

    /// Runs `take`, and settles what follows from the envelopes that it kept: all of it is on disk
    /// when this returns, or nothing.
    pub(super) fn taking_in<T>(
        &mut self,
        rows: Rows,
        take: impl FnOnce(&mut Taking<'_>) -> Result<T, Refusal>,
    ) -> Result<(T, Settled), Refusal> {
        self.whole(|desk| {
            let life = desk.sitting()?.opened.store.incarnation();
            let mut taking = desk.taking()?;
            let done = take(&mut taking)?;
            let arrived = std::mem::take(&mut taking.arrived);
            let mut settled = desk.settle(arrived, rows)?;
            if desk.sitting()?.opened.store.incarnation() != life {
                line::copy_found(desk)?;
                settled.changed.copied_disk = true;
            }
            Ok((done, settled))
        })
    }

    /// The certificates of this laptop, from the root down.
    pub(crate) fn own_chain(&self) -> Result<Vec<Certificate>, Refusal> {
        let sitting = self.sitting()?;
        let own = sitting.opened.identity.device;
        let own = sitting.authorities()?.chain_of(own);
        own.ok_or_else(|| {
            Refusal::plain("This laptop has no certificate yet. Ask an administrator to enrol it.")
        })
    }

    /// What this laptop may exchange.
    pub(crate) fn admitted(&self) -> Result<Admitted, Refusal> {
        let opened = &self.sitting()?.opened;
        let sites = self.sites()?;
        let hub = sites.values().find(|site| site.hub).map(|site| site.site);
        // On a recovered laptop the sites are still on their way.
        let hub = match hub {
            None => Recovered::of(&opened.store)?.map(|recovered| recovered.hub_site),
            known => known,
        };
        let hub = hub.ok_or_else(|| {
            Refusal::plain("This service has no hub site yet, so there is no hub server. An administrator adds the hub site first.")
        })?;
        let root = Fingerprint::of(opened.identity.service, &opened.root_public);
        Admitted::from_chain(&self.own_chain()?, &root, hub)
            .map_err(|error| Refusal::plain(error.to_string()))
    }
}
