//! A log with what is known of devices: enough to stand on either end of an exchange.

use std::collections::{BTreeMap, BTreeSet};

use record::certificate::{Certificate, Fingerprint};
use record::envelope::{Envelope, Stream};
use record::id::{DeviceId, EnvelopeId};
use record::keys::VerifyingKey;
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use record::warrant::{Proof, Proven, WarrantId};

use crate::admitted::device_of;
use crate::exchange::Known;
use crate::shelf::Shelf;

use super::{Memory, MemoryBlobs, OtherService};

/// A log in memory and the certificates of devices.
#[derive(Debug, Clone)]
pub struct MemoryShelf {
    /// The envelopes.
    pub log: Memory,
    /// The blobs.
    pub blobs: MemoryBlobs,
    root: Fingerprint,
    chains: BTreeMap<DeviceId, Vec<Certificate>>,
    blocked: BTreeSet<DeviceId>,
    erasures: BTreeSet<WarrantId>,
    proofs: Vec<Proof>,
}

impl MemoryShelf {
    /// An empty one of a service with this root.
    pub fn new(log: Memory, root: Fingerprint) -> Self {
        Self {
            log,
            blobs: MemoryBlobs::default(),
            root,
            chains: BTreeMap::new(),
            blocked: BTreeSet::new(),
            erasures: BTreeSet::new(),
            proofs: Vec::new(),
        }
    }

    /// Shuts a device out.
    pub fn block(&mut self, device: DeviceId) {
        self.blocked.insert(device);
    }

    /// Gets to know a device by its certificates, from the root down.
    pub fn meet(&mut self, chain: &[Certificate]) {
        if let Some((device, _)) = device_of(chain) {
            self.chains.insert(device, chain.to_vec());
        }
    }

    /// Learns of an erasure, as a device that reads both entries of it.
    pub fn learn(&mut self, proof: Proof) {
        self.proofs.push(proof);
    }

    /// Forgets every device, as a hub server that is begun anew.
    pub fn forget_devices(&mut self) {
        self.chains.clear();
    }
}

impl Known for MemoryShelf {
    fn device_key(&self, device: DeviceId) -> Option<VerifyingKey> {
        let (_, key) = device_of(self.chains.get(&device)?)?;
        Some(key)
    }

    fn chain_of(&self, device: DeviceId) -> Option<Vec<Certificate>> {
        self.chains.get(&device).cloned()
    }

    fn erasures(&self) -> Vec<Proof> {
        self.proofs.clone()
    }
}

impl Shelf for MemoryShelf {
    fn device_key(&self, device: DeviceId) -> Result<Option<VerifyingKey>, OtherService> {
        Ok(Known::device_key(self, device))
    }

    fn introduce(&mut self, chain: &[Certificate]) -> Result<(), OtherService> {
        self.meet(chain);
        Ok(())
    }

    fn is_blocked(&self, device: DeviceId) -> Result<bool, OtherService> {
        Ok(self.blocked.contains(&device))
    }

    fn root(&self) -> Fingerprint {
        self.root
    }

    fn erasures(&self) -> Result<Vec<WarrantId>, OtherService> {
        Ok(self.erasures.iter().copied().collect())
    }

    fn erase(&mut self, erasure: &Proven) -> Result<(), OtherService> {
        self.log.erase(erasure.records());
        self.blobs.erase(erasure.records());
        self.erasures.insert(erasure.id());
        Ok(())
    }
}

impl EventLog for MemoryShelf {
    type Error = OtherService;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, OtherService> {
        self.log.append(envelopes)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, OtherService> {
        self.log.tips(scope)
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, OtherService> {
        self.log.ahead(scope)
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, OtherService> {
        self.log.joined(stream, tail)
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, OtherService> {
        self.log.beyond(stream, have, limit)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, OtherService> {
        self.log.marks(stream)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, OtherService> {
        self.log.envelopes(ids)
    }
}
