use record::envelope::{Envelope, Stream};
use record::id::DeviceId;
use record::keys::VerifyingKey;
use record::log::Tail;
use rusqlite::params;

use crate::journal::{bytes, streams};
use crate::wire_text::scope_text;
use crate::{Store, StoreError};

/// What a check of the whole journal found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// Streams looked at.
    pub streams: usize,
    /// Envelopes looked at.
    pub envelopes: usize,
    /// What is wrong, stream by stream in order; empty when all is well.
    pub faults: Vec<ChainFault>,
}

/// Something that is not as it was written. Names places, never content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A number is not there, or the one before it is not the one it follows.
    #[error(
        "Envelope {sequence} of {stream:?} is missing or is not the one that was written. Restore the last backup, or fetch it again from the hub."
    )]
    Missing {
        /// The stream.
        stream: Stream,
        /// The number that was expected.
        sequence: u64,
    },
    /// An envelope stands before one that it follows.
    #[error(
        "Envelope {sequence} of {stream:?} stands in another place than it was written in. Restore the last backup, or fetch it again from the hub."
    )]
    Reordered {
        /// The stream.
        stream: Stream,
        /// The number that was expected.
        sequence: u64,
    },
    /// An envelope stands a second time where another should.
    #[error(
        "Envelope {sequence} of {stream:?} was put in a second time. Restore the last backup, or fetch the newer ones again from the hub."
    )]
    Replayed {
        /// The stream.
        stream: Stream,
        /// The number that stands twice.
        sequence: u64,
    },
    /// The bytes are no envelope, or not the one the index says.
    #[error(
        "Envelope {sequence} of {stream:?} was changed. Restore the last backup, or fetch it again from the hub."
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
    /// Checks every stream from its first envelope to its last: numbers without
    /// gaps, each following the one before, each signed by its device, and none
    /// cut off at the end.
    pub fn chain_check(
        &self,
        device_key: &dyn Fn(DeviceId) -> Option<VerifyingKey>,
    ) -> Result<ChainReport, StoreError> {
        let mut report = ChainReport::default();
        for stream in streams(self)? {
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
            "SELECT bytes FROM envelope
             WHERE scope = ?1 AND device = ?2 AND incarnation = ?3 ORDER BY sequence",
        )?;
        let of = params![
            scope_text(&stream.scope),
            stream.device.as_bytes(),
            stream.incarnation
        ];
        let mut last: Option<Tail> = None;
        for row in statement.query_map(of, bytes)? {
            report.envelopes += 1;
            match follow(stream, last, &row?, key) {
                Ok(tail) => last = Some(tail),
                // One fault hides what follows it: the rest cannot be told right from wrong.
                Err(fault) => {
                    report.faults.push(self.told_apart(fault)?);
                    return Ok(());
                }
            }
        }
        let sequence = last.map_or(1, |tail| tail.sequence + 1);
        if self.tail(stream)? != last {
            report.faults.push(ChainFault::Missing {
                stream: *stream,
                sequence,
            });
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
        let of = params![
            scope_text(&stream.scope),
            stream.device.as_bytes(),
            stream.incarnation
        ];
        for row in statement.query_map(of, bytes)? {
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

/// Checks that `bytes` is the envelope after `last`, and gives the new end.
fn follow(
    stream: &Stream,
    last: Option<Tail>,
    bytes: &[u8],
    key: &VerifyingKey,
) -> Result<Tail, ChainFault> {
    let stream = *stream;
    let expected = match last {
        Some(tail) => stream.position(tail.sequence + 1, tail.header_hash),
        None => stream.first(),
    };
    let sequence = expected.sequence;
    let envelope =
        Envelope::from_bytes(bytes).map_err(|_| ChainFault::Changed { stream, sequence })?;
    let header = envelope.header();
    if header.stream() != stream {
        return Err(ChainFault::Changed { stream, sequence });
    }
    if header.sequence < sequence {
        let sequence = header.sequence;
        return Err(ChainFault::Replayed { stream, sequence });
    }
    if header.position() != expected {
        return Err(ChainFault::Missing { stream, sequence });
    }
    envelope
        .verify(key)
        .map_err(|_| ChainFault::Signature { stream, sequence })?;
    Ok(Tail {
        sequence,
        header_hash: envelope.header_hash(),
    })
}
