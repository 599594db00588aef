use std::collections::BTreeSet;

use record::envelope::{Envelope, NO_PREVIOUS, Stream};
use record::id::DeviceId;
use record::keys::VerifyingKey;
use record::log::Tail;
use rusqlite::params;

use crate::journal::bytes;
use crate::streams::{Columns, tails};
use crate::{Store, StoreError};

/// What a check of the whole journal found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// Streams looked at.
    pub streams: usize,
    /// Envelopes looked at.
    pub envelopes: usize,
    /// Envelopes among them whose predecessor is not here yet.
    pub ahead: usize,
    /// Streams that two disks went on with. Nothing is wrong with what stands in them.
    pub forked: Vec<Stream>,
    /// What is wrong, stream by stream in order; empty when all is well.
    pub faults: Vec<ChainFault>,
}

/// Something that is not as it was written. Names places, never content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A number is not there, or the one before it is not the one it follows.
    #[error(
        "Envelope {sequence} of {stream:?} is missing or is not the one that was written. Restore the last backup, or fetch it again from the hub server."
    )]
    Missing {
        /// The stream.
        stream: Stream,
        /// The number that was expected.
        sequence: u64,
    },
    /// An envelope stands before one that it follows.
    #[error(
        "Envelope {sequence} of {stream:?} stands in another place than it was written in. Restore the last backup, or fetch it again from the hub server."
    )]
    Reordered {
        /// The stream.
        stream: Stream,
        /// The number that was expected.
        sequence: u64,
    },
    /// An envelope stands a second time where another should.
    #[error(
        "Envelope {sequence} of {stream:?} was put in a second time. Restore the last backup, or fetch the newer ones again from the hub server."
    )]
    Replayed {
        /// The stream.
        stream: Stream,
        /// The number that stands twice.
        sequence: u64,
    },
    /// The bytes are no envelope, or not the one the index says.
    #[error(
        "Envelope {sequence} of {stream:?} was changed. Restore the last backup, or fetch it again from the hub server."
    )]
    Changed {
        /// The stream.
        stream: Stream,
        /// Its number.
        sequence: u64,
    },
    /// The signature is not the device's.
    #[error(
        "Envelope {sequence} of {stream:?} was not signed by its device. Tell whoever looks after the service."
    )]
    Signature {
        /// The stream.
        stream: Stream,
        /// Its number.
        sequence: u64,
    },
    /// No key is known for the device.
    #[error(
        "The device that wrote {stream:?} is not known here. Fetch the certificates of the service and check again."
    )]
    UnknownDevice {
        /// The stream.
        stream: Stream,
    },
}

impl Store {
    /// Checks every stream from its first envelope to the end of each of its branches: numbers
    /// without gaps, each following one before, each signed by its device, and none cut off at the
    /// end. What waits for its predecessor is checked for its signature.
    pub fn chain_check(
        &self,
        device_key: &dyn Fn(DeviceId) -> Option<VerifyingKey>,
    ) -> Result<ChainReport, StoreError> {
        let mut report = ChainReport::default();
        for stream in self.streams()? {
            report.streams += 1;
            match device_key(stream.device) {
                Some(key) => self.check_stream(&stream, &key, &mut report)?,
                None => report.faults.push(ChainFault::UnknownDevice { stream }),
            }
        }
        Ok(report)
    }

    fn check_stream(
        &self,
        stream: &Stream,
        key: &VerifyingKey,
        report: &mut ChainReport,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT bytes, EXISTS (SELECT 1 FROM ahead WHERE ahead.place = envelope.place)
             FROM envelope
             WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 ORDER BY sequence",
        )?;
        let of = Columns::of(stream);
        let mut rows = statement.query(params![of.scope, of.device, of.incarnation])?;
        let mut walk = Walk::new(*stream, *key);
        while let Some(row) = rows.next()? {
            report.envelopes += 1;
            let waits: bool = row.get(1)?;
            report.ahead += usize::from(waits);
            let bytes = bytes(row)?;
            let step = if waits {
                walk.wait(&bytes)
            } else {
                walk.step(&bytes)
            };
            if let Err(fault) = step {
                // One fault hides what follows it: the rest cannot be told right from wrong.
                report.faults.push(self.told_apart(fault)?);
                return Ok(());
            }
        }
        if walk.ends != tails(&self.connection, &of)?.into_iter().collect() {
            let (stream, sequence) = (*stream, walk.last + 1);
            report.faults.push(ChainFault::Missing { stream, sequence });
        } else if walk.ends.len() > 1 {
            report.forked.push(*stream);
        }
        Ok(())
    }

    /// A number that is missing where it should stand may stand elsewhere in its stream.
    fn told_apart(&self, fault: ChainFault) -> Result<ChainFault, StoreError> {
        let ChainFault::Missing { stream, sequence } = fault else {
            return Ok(fault);
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT bytes FROM envelope WHERE scope = ?1 AND device = ?2 AND incarnation = ?3",
        )?;
        let of = Columns::of(&stream);
        for row in statement.query_map(params![of.scope, of.device, of.incarnation], bytes)? {
            let elsewhere = Envelope::from_bytes(&row?).is_ok_and(|found| {
                let header = found.header();
                header.stream() == stream && header.sequence == sequence
            });
            if elsewhere {
                return Ok(ChainFault::Reordered { stream, sequence });
            }
        }
        Ok(fault)
    }
}

/// A way along one stream and all its branches at once, number by number.
struct Walk {
    stream: Stream,
    key: VerifyingKey,
    /// The number reached.
    last: u64,
    /// The headers at that number, and at the one before.
    here: BTreeSet<[u8; 32]>,
    before: BTreeSet<[u8; 32]>,
    /// Those that nothing has followed yet.
    ends: BTreeSet<Tail>,
}

impl Walk {
    fn new(stream: Stream, key: VerifyingKey) -> Self {
        Self {
            stream,
            key,
            last: 0,
            here: [NO_PREVIOUS].into(),
            before: BTreeSet::new(),
            ends: BTreeSet::new(),
        }
    }

    /// Checks that `bytes` is the next envelope, or another beside the last.
    fn step(&mut self, bytes: &[u8]) -> Result<(), ChainFault> {
        let (stream, next) = (self.stream, self.last + 1);
        let envelope = self.read(bytes, next)?;
        let header = envelope.header();
        let (sequence, hash) = (header.sequence, envelope.header_hash());
        let missing = |sequence| Err(ChainFault::Missing { stream, sequence });
        if sequence == next {
            if !self.here.contains(&header.previous) {
                return missing(next);
            }
            self.before = std::mem::take(&mut self.here);
            self.last = sequence;
        } else if sequence == self.last && !self.here.contains(&hash) {
            // Two disks went on from one place.
            if !self.before.contains(&header.previous) {
                return missing(sequence);
            }
        } else if sequence < next {
            return Err(ChainFault::Replayed { stream, sequence });
        } else {
            return missing(next);
        }
        self.verify(&envelope)?;
        self.here.insert(hash);
        self.ends.remove(&Tail {
            sequence: sequence - 1,
            header_hash: header.previous,
        });
        self.ends.insert(Tail {
            sequence,
            header_hash: hash,
        });
        Ok(())
    }

    /// Checks one that waits for the one before it.
    fn wait(&self, bytes: &[u8]) -> Result<(), ChainFault> {
        let envelope = self.read(bytes, self.last + 1)?;
        self.verify(&envelope)
    }

    fn read(&self, bytes: &[u8], sequence: u64) -> Result<Envelope, ChainFault> {
        let stream = self.stream;
        Envelope::from_bytes(bytes)
            .ok()
            .filter(|envelope| envelope.header().stream() == stream)
            .ok_or(ChainFault::Changed { stream, sequence })
    }

    fn verify(&self, envelope: &Envelope) -> Result<(), ChainFault> {
        let (stream, sequence) = (self.stream, envelope.header().sequence);
        envelope
            .verify(&self.key)
            .map_err(|_| ChainFault::Signature { stream, sequence })
    }
}
