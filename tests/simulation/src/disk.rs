//! A disk that can stop between any two writes, under the reference journal.

use record::envelope::{Envelope, Stream};
use record::id::{EnvelopeId, ServiceId};
use record::log::{EventLog, Kept, Tail, Tips};
use record::scope::Scope;
use sync::memory::{Memory, OtherService};

use crate::defect::Defect;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DiskError {
    /// The machine stopped. Nobody is there to read this.
    #[error("The machine stopped.")]
    Stopped,
    /// The journal refuses.
    #[error(transparent)]
    Log(#[from] OtherService),
}

/// A journal on a disk.
#[derive(Clone)]
pub(crate) struct Disk {
    log: Memory,
    fuse: Option<Fuse>,
    stopped: bool,
    /// What was being written when the machine stopped.
    interrupted: Vec<EnvelopeId>,
    /// What is really on disk, under a defect that writes late.
    late: Option<Memory>,
    by_halves: bool,
}

/// When the machine stops.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fuse {
    /// Writes that still succeed.
    pub(crate) writes: u8,
    /// Whether the one after them is on disk.
    pub(crate) kept: bool,
}

/// What becomes of one write.
enum Fortune {
    Kept,
    KeptUnsaid,
    Gone,
}

impl Disk {
    pub(crate) fn new(service: ServiceId, defect: Option<Defect>) -> Self {
        let log = Memory::new(service);
        let late = defect == Some(Defect::AcknowledgesBeforeKeeping);
        Self {
            late: late.then(|| log.clone()),
            log,
            fuse: None,
            stopped: false,
            interrupted: Vec::new(),
            by_halves: defect == Some(Defect::KeepsByHalves),
        }
    }

    /// The machine will stop.
    pub(crate) fn light(&mut self, fuse: Option<Fuse>) {
        self.fuse = fuse;
    }

    /// Whether the machine stopped.
    pub(crate) fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// Starts the machine again with what is on disk. Gives what was being written when it
    /// stopped, as far as it was new.
    pub(crate) fn restart(&mut self) -> Vec<EnvelopeId> {
        if let Some(late) = &self.late {
            self.log = late.clone();
        }
        (self.stopped, self.fuse) = (false, None);
        std::mem::take(&mut self.interrupted)
    }

    /// One write of something else than new envelopes; `write` does it.
    pub(crate) fn write<T>(
        &mut self,
        write: impl FnOnce(&mut Memory) -> T,
    ) -> Result<T, DiskError> {
        match self.fortune()? {
            Fortune::Kept => Ok(write(&mut self.log)),
            Fortune::KeptUnsaid => {
                write(&mut self.log);
                Err(DiskError::Stopped)
            }
            Fortune::Gone => Err(DiskError::Stopped),
        }
    }

    fn fortune(&mut self) -> Result<Fortune, DiskError> {
        if self.stopped {
            return Err(DiskError::Stopped);
        }
        Ok(match &mut self.fuse {
            None => Fortune::Kept,
            Some(fuse) if fuse.writes > 0 => {
                fuse.writes -= 1;
                Fortune::Kept
            }
            Some(fuse) => {
                self.stopped = true;
                if fuse.kept {
                    Fortune::KeptUnsaid
                } else {
                    Fortune::Gone
                }
            }
        })
    }

    /// Every envelope of a scope.
    pub(crate) fn all(&self, scope: Scope) -> Result<Vec<Envelope>, DiskError> {
        let mut all = Vec::new();
        for tips in self.log.tips(scope)? {
            all.extend(self.log.beyond(&tips.stream, &[], usize::MAX)?);
        }
        all.extend(self.log.envelopes(&self.log.ahead(scope)?)?);
        Ok(all)
    }

    pub(crate) fn holds(&self, id: EnvelopeId) -> Result<bool, DiskError> {
        Ok(!self.log.envelopes(&[id])?.is_empty())
    }

    fn new_ones(&self, envelopes: &[Envelope]) -> Result<Vec<EnvelopeId>, DiskError> {
        let ids = envelopes.iter().map(Envelope::id);
        let mut new = Vec::new();
        for id in ids {
            if !self.holds(id)? {
                new.push(id);
            }
        }
        Ok(new)
    }
}

impl EventLog for Disk {
    type Error = DiskError;

    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, DiskError> {
        let fortune = self.fortune()?;
        if !matches!(fortune, Fortune::Kept) {
            self.interrupted = self.new_ones(envelopes)?;
        }
        if let Some(late) = &mut self.late {
            *late = self.log.clone();
        }
        match fortune {
            Fortune::Kept => Ok(self.log.append(envelopes)?),
            Fortune::KeptUnsaid => {
                self.log.append(envelopes)?;
                Err(DiskError::Stopped)
            }
            Fortune::Gone => {
                if self.by_halves {
                    self.log.append(&envelopes[..envelopes.len() / 2])?;
                }
                Err(DiskError::Stopped)
            }
        }
    }

    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, DiskError> {
        Ok(self.log.tips(scope)?)
    }

    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, DiskError> {
        Ok(self.log.ahead(scope)?)
    }

    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, DiskError> {
        Ok(self.log.joined(stream, tail)?)
    }

    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, DiskError> {
        Ok(self.log.beyond(stream, have, limit)?)
    }

    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, DiskError> {
        Ok(self.log.marks(stream)?)
    }

    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, DiskError> {
        Ok(self.log.envelopes(ids)?)
    }
}
