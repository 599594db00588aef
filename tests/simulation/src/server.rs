//! A hub server: the real answers over a disk that can stop.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use record::blob::BlobId;
use record::certificate::{Certificate, Fingerprint, Grant};
use record::envelope::{Envelope, Stream};
use record::id::{DeviceId, EnvelopeId, SiteId};
use record::keys::VerifyingKey;
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use record::warrant::{Proven, WarrantId};
use sync::admitted::Admitted;
use sync::login::Login;
use sync::memory::MemoryBlobs;
use sync::shelf::{BlobShelf, Put, Shelf, respond};
use sync::wire::BlobName;

use crate::Fault;
use crate::defect::Defect;
use crate::disk::{Disk, DiskError};
use crate::laptop::State;
use crate::service::Service;

/// What a client pins: every hub server of a made-up service has the same key.
pub(crate) const SERVER_KEY: [u8; 32] = [0x5a; 32];
/// The nonce that a login signs. One run is too short for it to matter.
pub(crate) const NONCE: [u8; 32] = [0x17; 32];

/// One hub server.
pub(crate) struct HubServer {
    pub(crate) stored: Shelved,
    pub(crate) backup: Option<Shelved>,
    pub(crate) state: State,
    /// Counts how often a backup was put back: what it said before is said no more.
    pub(crate) life: u32,
    /// Minutes until it is started again when it stops.
    pub(crate) down_for: u16,
    hub_site: SiteId,
    /// Who is logged in, by exchange. Gone when it stops.
    sessions: BTreeMap<u64, Admitted>,
    /// The defect of taking everybody for the first laptop of the hub site.
    pub(crate) serves_anybody: Option<Admitted>,
}

/// Everything that is on a hub server's disk.
#[derive(Clone)]
pub(crate) struct Shelved {
    pub(crate) disk: Disk,
    blobs: MemoryBlobs,
    keys: BTreeMap<DeviceId, VerifyingKey>,
    pub(crate) blocked: BTreeSet<DeviceId>,
    root: Fingerprint,
    erasures: BTreeSet<WarrantId>,
    forgets_blocks: bool,
}

impl HubServer {
    pub(crate) fn new(service: &Service, defect: Option<Defect>) -> Self {
        let late = defect.filter(|it| *it == Defect::AcknowledgesBeforeKeeping);
        Self {
            stored: Shelved {
                disk: Disk::new(service.id, late),
                blobs: MemoryBlobs::default(),
                keys: BTreeMap::new(),
                blocked: BTreeSet::new(),
                root: service.enrolled(),
                erasures: BTreeSet::new(),
                forgets_blocks: defect == Some(Defect::ForgetsBlocks),
            },
            backup: None,
            state: State::Runs,
            life: 0,
            down_for: 0,
            hub_site: service.hub_site(),
            sessions: BTreeMap::new(),
            serves_anybody: None,
        }
    }

    /// Forgets what was in memory.
    pub(crate) fn stop(&mut self) {
        self.state = State::Stopped;
        self.sessions.clear();
    }

    /// Keeps a copy of the whole store.
    pub(crate) fn back_up(&mut self) -> bool {
        if self.state == State::Runs {
            let mut stored = self.stored.clone();
            stored.disk.light(None);
            self.backup = Some(stored);
        }
        self.state == State::Runs
    }

    /// Puts the last backup back. Whom the operator blocked stands in a list of the operator's.
    pub(crate) fn put_back(&mut self) -> bool {
        let Some(backup) = self.backup.clone().filter(|_| self.state == State::Runs) else {
            return false;
        };
        let blocked = std::mem::take(&mut self.stored.blocked);
        self.stored = Shelved { blocked, ..backup };
        self.life += 1;
        self.sessions.clear();
        true
    }

    /// Lets a device in by its signature and the chain of its certificates.
    pub(crate) fn let_in(&mut self, talk: u64, login: &Login) -> Result<(), Fault> {
        let stored = &mut self.stored;
        let admitted = login.check(&stored.root, self.hub_site, &NONCE, &SERVER_KEY)?;
        if stored.device_key(admitted.device())?.is_none() {
            stored.introduce(&login.chain)?;
        }
        let blocked = self.stored.blocked.contains(&admitted.device());
        let widest = self.serves_anybody.clone().filter(|_| !blocked);
        self.sessions.insert(talk, widest.unwrap_or(admitted));
        Ok(())
    }

    /// Answers a request; nothing when nobody is logged in.
    pub(crate) fn hear(
        &mut self,
        talk: u64,
        request: &[u8],
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, DiskError> {
        let Some(admitted) = self.sessions.get(&talk) else {
            return Ok(None);
        };
        respond(&mut self.stored, admitted, request, now).map(Some)
    }
}

impl EventLog for Shelved {
    type Error = DiskError;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, DiskError> {
        self.disk.append(envelopes)
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, DiskError> {
        self.disk.tips(scope)
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, DiskError> {
        self.disk.ahead(scope)
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, DiskError> {
        self.disk.joined(stream, tail)
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, DiskError> {
        self.disk.beyond(stream, have, limit)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, DiskError> {
        self.disk.marks(stream)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, DiskError> {
        self.disk.envelopes(ids)
    }
}

impl BlobShelf for Shelved {
    fn blob_held(&self, blob: &BlobName, device: DeviceId) -> Result<u64, DiskError> {
        Ok(self.blobs.held(blob, device))
    }

    fn put_blob(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        at: u64,
        piece: &[u8],
        _: Timestamp,
    ) -> Result<Put, DiskError> {
        let blobs = &mut self.blobs;
        self.disk.write(|_| blobs.put(blob, device, at, piece))
    }

    fn blob_piece(
        &self,
        site: SiteId,
        id: &BlobId,
        at: u64,
        limit: usize,
    ) -> Result<Option<(u64, Vec<u8>)>, DiskError> {
        Ok(self.blobs.piece(site, id, at, limit))
    }

    fn take_blob_over(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        sites: &[SiteId],
        _: Timestamp,
    ) -> Result<bool, DiskError> {
        let blobs = &mut self.blobs;
        self.disk.write(|_| blobs.take_over(blob, device, sites))
    }
}

impl Shelf for Shelved {
    fn device_key(&self, device: DeviceId) -> Result<Option<VerifyingKey>, DiskError> {
        Ok(self.keys.get(&device).copied())
    }

    fn introduce(&mut self, chain: &[Certificate]) -> Result<(), DiskError> {
        let devices: Vec<_> = chain
            .iter()
            .filter_map(|one| match one.claims().grant {
                Grant::Device { device, .. } => Some((device, one.claims().key)),
                _ => None,
            })
            .collect();
        let keys = &mut self.keys;
        self.disk.write(|_| keys.extend(devices))
    }

    fn is_blocked(&self, device: DeviceId) -> Result<bool, DiskError> {
        Ok(self.blocked.contains(&device) && !self.forgets_blocks)
    }

    fn root(&self) -> Fingerprint {
        self.root
    }

    fn erasures(&self) -> Result<Vec<WarrantId>, DiskError> {
        Ok(self.erasures.iter().copied().collect())
    }

    fn erase(&mut self, erasure: &Proven) -> Result<(), DiskError> {
        let (blobs, erasures) = (&mut self.blobs, &mut self.erasures);
        self.disk.write(|log| {
            log.erase(erasure.records());
            blobs.erase(erasure.records());
            erasures.insert(erasure.id());
        })
    }
}
