//! Blobs in memory, as plainly as can be.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use record::blob::{BlobHash, BlobId};
use record::id::{DeviceId, PatientId, SiteId};

use crate::shelf::{BlobShelf, Put, Quota};
use crate::wire::{BlobName, NotKept};

use super::{MemoryShelf, OtherService};

/// Blobs, whole and on their way.
#[derive(Debug, Clone, Default)]
pub struct MemoryBlobs {
    /// How much is kept.
    pub quota: Quota,
    whole: BTreeMap<At, Whole>,
    on_their_way: BTreeMap<(At, DeviceId), Vec<u8>>,
    erased: BTreeSet<PatientId>,
}

/// Where a blob is kept: the same one may belong to several patients, and goes with each of them by
/// itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    site: SiteId,
    patient: PatientId,
    id: BlobId,
}

impl At {
    fn of(blob: &BlobName) -> Self {
        Self {
            site: blob.site,
            patient: blob.patient,
            id: blob.id,
        }
    }
}

#[derive(Debug, Clone)]
struct Whole {
    device: DeviceId,
    bytes: Vec<u8>,
}

impl MemoryBlobs {
    fn room(&self, device: DeviceId, more: u64) -> Option<NotKept> {
        let whole = self.whole.values().map(|it| (it.device, it.bytes.len()));
        let parts = self.on_their_way.iter();
        let parts = parts.map(|((_, device), part)| (*device, part.len()));
        let (mut own, mut all) = (more, more);
        for (whose, bytes) in whole.chain(parts) {
            all += bytes as u64;
            own += if whose == device { bytes as u64 } else { 0 };
        }
        if own > self.quota.of_a_device {
            Some(NotKept::FullForDevice)
        } else if all > self.quota.of_the_service {
            Some(NotKept::FullForService)
        } else {
            None
        }
    }

    /// See [`BlobShelf::blob_held`].
    pub fn held(&self, blob: &BlobName, device: DeviceId) -> u64 {
        let here = At::of(blob);
        if let Some(whole) = self.whole.get(&here) {
            return whole.bytes.len() as u64;
        }
        let part = self.on_their_way.get(&(here, device));
        part.map_or(0, |part| part.len() as u64)
    }

    /// See [`BlobShelf::put_blob`].
    pub fn put(&mut self, blob: &BlobName, device: DeviceId, at: u64, piece: &[u8]) -> Put {
        let held = self.held(blob, device);
        if held != at || held >= blob.size {
            return Put::Held(held);
        }
        if self.erased.contains(&blob.patient) {
            return Put::Not(NotKept::Erased);
        }
        if let Some(full) = self.room(device, piece.len() as u64) {
            return Put::Not(full);
        }
        let key = (At::of(blob), device);
        let mut part = self.on_their_way.remove(&key).unwrap_or_default();
        part.extend_from_slice(piece);
        let held = part.len() as u64;
        if held < blob.size {
            self.on_their_way.insert(key, part);
            return Put::Held(held);
        }
        let mut hash = BlobHash::new();
        hash.put(&part);
        if hash.id() != blob.id {
            return Put::Not(NotKept::Altered);
        }
        self.keep(blob, device, part);
        Put::Held(held)
    }

    fn keep(&mut self, blob: &BlobName, device: DeviceId, bytes: Vec<u8>) {
        let here = At::of(blob);
        self.on_their_way.retain(|(at, _), _| *at != here);
        self.whole.insert(here, Whole { device, bytes });
    }

    /// The bytes of a blob in the scope of a site, on whichever patient.
    fn bytes(&self, site: SiteId, id: &BlobId) -> Option<&[u8]> {
        let mut whole = self.whole.iter();
        let found = whole.find(|(at, _)| at.site == site && at.id == *id);
        found.map(|(_, whole)| whole.bytes.as_slice())
    }

    /// See [`BlobShelf::blob_piece`].
    pub fn piece(
        &self,
        site: SiteId,
        id: &BlobId,
        at: u64,
        limit: usize,
    ) -> Option<(u64, Vec<u8>)> {
        let whole = self.bytes(site, id)?;
        let from = usize::try_from(at).unwrap_or(usize::MAX);
        let rest = whole.get(from..).unwrap_or_default();
        let piece = rest[..rest.len().min(limit)].to_vec();
        Some((whole.len() as u64, piece))
    }

    /// See [`BlobShelf::take_blob_over`].
    pub fn take_over(&mut self, blob: &BlobName, device: DeviceId, sites: &[SiteId]) -> bool {
        let found = sites.iter().find_map(|site| {
            let found = self.bytes(*site, &blob.id)?;
            (found.len() as u64 == blob.size).then(|| found.to_vec())
        });
        let may = self.room(device, blob.size).is_none() && !self.erased.contains(&blob.patient);
        let found = found.filter(|_| may);
        let taken = found.is_some();
        if let Some(bytes) = found {
            self.keep(blob, device, bytes);
        }
        taken
    }

    /// Drops what there is of these patients, and keeps nothing more of them.
    pub fn erase(&mut self, patients: &[PatientId]) {
        self.whole.retain(|at, _| !patients.contains(&at.patient));
        let parts = &mut self.on_their_way;
        parts.retain(|(at, _), _| !patients.contains(&at.patient));
        self.erased.extend(patients);
    }
}

impl BlobShelf for MemoryShelf {
    fn blob_held(&self, blob: &BlobName, device: DeviceId) -> Result<u64, OtherService> {
        Ok(self.blobs.held(blob, device))
    }

    fn put_blob(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        at: u64,
        piece: &[u8],
        _: Timestamp,
    ) -> Result<Put, OtherService> {
        Ok(self.blobs.put(blob, device, at, piece))
    }

    fn blob_piece(
        &self,
        site: SiteId,
        id: &BlobId,
        at: u64,
        limit: usize,
    ) -> Result<Option<(u64, Vec<u8>)>, OtherService> {
        Ok(self.blobs.piece(site, id, at, limit))
    }

    fn take_blob_over(
        &mut self,
        blob: &BlobName,
        device: DeviceId,
        sites: &[SiteId],
        _: Timestamp,
    ) -> Result<bool, OtherService> {
        Ok(self.blobs.take_over(blob, device, sites))
    }
}
