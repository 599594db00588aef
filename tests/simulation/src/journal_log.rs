//! A laptop's journal as the exchange sees it, with what each defect makes of it.

use record::certificate::Certificate;
use record::envelope::{Envelope, Stream};
use record::id::{DeviceId, EnvelopeId};
use record::keys::VerifyingKey;
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use record::warrant::Proof;
use sync::exchange::Known;

use crate::defect::Defect;
use crate::disk::DiskError;
use crate::journal::Journal;

impl EventLog for Journal {
    type Error = DiskError;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, DiskError> {
        let envelopes = self.seen(envelopes);
        let kept = self.disk.append(&envelopes)?;
        self.learn(&envelopes);
        Ok(kept)
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
        let foreign = stream.device != self.device && stream.scope != Scope::Service;
        if self.has(Defect::OffersOnlyItsOwn) && foreign {
            return Ok(Vec::new());
        }
        self.disk.beyond(stream, have, limit)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, DiskError> {
        self.disk.marks(stream)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, DiskError> {
        self.disk.envelopes(ids)
    }
}

impl Known for Journal {
    fn device_key(&self, device: DeviceId) -> Option<VerifyingKey> {
        self.authorities.device_key(device)
    }

    fn chain_of(&self, device: DeviceId) -> Option<Vec<Certificate>> {
        self.authorities.chain_of(device)
    }

    /// Nothing is erased on the long road: see the model.
    fn erasures(&self) -> Vec<Proof> {
        Vec::new()
    }
}
