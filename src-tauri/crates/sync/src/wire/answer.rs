//! What a hub server answers.

use jiff::Timestamp;
use record::cbor::{Error as CborError, Reader, Writer};
use record::id::{EnvelopeId, ServiceId};
use record::log::{ScopeDigest, Tips};
use record::scope::Scope;
use record::warrant::{ErasuresDigest, Unproven};

use super::blob::read_size;
use super::parts::{
    list, read_ids, read_places, read_stream, read_tails, read_time, read_whole, write_ids,
    write_list, write_places, write_stream, write_tails, write_time, write_whole,
};
use super::refusal::Coded as _;
use super::{Error, Failure, NotKept, Reason, read, write};

/// What a hub server answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Both hold the same, in every scope that the device may see.
    Same {
        /// What the server's clock shows.
        time: Timestamp,
        /// The erasures that the server knows.
        erasures: ErasuresDigest,
    },
    /// They do not.
    Differ {
        /// Every scope that the device may see, with the server's digest.
        scopes: Vec<(Scope, ScopeDigest)>,
        /// What the server's clock shows.
        time: Timestamp,
        /// The erasures that the server knows.
        erasures: ErasuresDigest,
    },
    /// Where the two differ in one scope.
    Tips {
        /// The server's streams that are none of those the device named.
        streams: Vec<Tips>,
        /// Which of the digests that the device named, by their place from 0, are none of the
        /// server's.
        lacks: Vec<u32>,
        /// What the server keeps ahead.
        ahead: Vec<EnvelopeId>,
    },
    /// All that is not refused is on the server's disk.
    Kept {
        /// How many the server had not held before.
        new: u64,
        /// What it did not take.
        refused: Vec<Refused>,
    },
    /// Envelopes that were asked for.
    Range {
        /// As they were written, in an order in which each stands after the one it follows.
        envelopes: Vec<Vec<u8>>,
        /// There is more than fitted.
        more: bool,
    },
    /// The device is known now.
    Introduced,
    /// The request was not carried out.
    Failed(Failure),
    /// Erasures that were named and the server does not know.
    Unknown {
        /// Their places in the request, from 0.
        lacks: Vec<u32>,
    },
    /// What was proven is dropped, and stays so.
    Erased {
        /// The erasures that the server knows now.
        erasures: ErasuresDigest,
        /// What proved nothing.
        refused: Vec<NotErased>,
    },
    /// So much of a blob is on the server's disk, from its start.
    BlobHeld {
        /// How many bytes.
        held: u64,
    },
    /// A piece of a blob.
    BlobPiece {
        /// Bytes of the whole blob.
        size: u64,
        /// The piece, from where it was asked for.
        piece: Vec<u8>,
    },
    /// The blob was not kept, or is not there.
    BlobNot(NotKept),
}

/// One erasure that was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotErased {
    /// Its place in the request, from 0.
    pub index: u32,
    /// Why.
    pub reason: Unproven,
}

/// One envelope that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Its place in the request, from 0.
    pub index: u32,
    /// Why.
    pub reason: Reason,
}

impl Answer {
    /// The bytes of the message.
    pub fn to_bytes(&self, service: ServiceId) -> Vec<u8> {
        write(service, self.kind(), |to| self.write_fields(to))
    }

    /// Reads a message, and the service that it is for.
    pub fn from_bytes(bytes: &[u8]) -> Result<(ServiceId, Self), Error> {
        read(bytes, Self::read_fields)
    }

    /// Answers stand from 16 on, so that none is ever taken for a request.
    fn kind(&self) -> u64 {
        match self {
            Self::Same { .. } => 16,
            Self::Differ { .. } => 17,
            Self::Tips { .. } => 18,
            Self::Kept { .. } => 19,
            Self::Range { .. } => 20,
            Self::Introduced => 21,
            Self::Failed(_) => 22,
            Self::Erased { .. } => 23,
            Self::Unknown { .. } => 27,
            Self::BlobHeld { .. } => 24,
            Self::BlobPiece { .. } => 25,
            Self::BlobNot(_) => 26,
        }
    }

    fn write_fields(&self, to: &mut Writer) {
        match self {
            Self::Same { time, erasures } => {
                to.array(2);
                write_time(to, *time);
                to.bytes(erasures.as_bytes());
            }
            Self::Differ {
                scopes,
                time,
                erasures,
            } => {
                to.array(3);
                write_list(to, scopes, write_digest);
                write_time(to, *time);
                to.bytes(erasures.as_bytes());
            }
            Self::Tips {
                streams,
                lacks,
                ahead,
            } => {
                to.array(3);
                write_list(to, streams, write_tips);
                write_places(to, lacks);
                write_ids(to, ahead);
            }
            Self::Kept { new, refused } => {
                to.array(2);
                to.uint(*new);
                write_list(to, refused, |to, one| write_refused(to, *one));
            }
            Self::Range { envelopes, more } => {
                to.array(2);
                write_whole(to, envelopes);
                to.uint((*more).into());
            }
            Self::Introduced => to.array(0),
            Self::Failed(failure) => {
                to.array(1);
                to.uint(failure.code());
            }
            Self::Unknown { lacks } => {
                to.array(1);
                write_places(to, lacks);
            }
            Self::Erased { erasures, refused } => {
                to.array(2);
                to.bytes(erasures.as_bytes());
                write_list(to, refused, |to, one| {
                    write_numbered(to, one.index, one.reason.code());
                });
            }
            Self::BlobHeld { held } => {
                to.array(1);
                to.uint(*held);
            }
            Self::BlobPiece { size, piece } => {
                to.array(2);
                to.uint(*size);
                to.bytes(piece);
            }
            Self::BlobNot(why) => {
                to.array(1);
                to.uint(why.code());
            }
        }
    }

    fn read_fields(kind: u64, service: ServiceId, from: &mut Reader<'_>) -> Result<Self, Error> {
        let fields = from.array()?;
        Ok(match (kind, fields) {
            (16, 2) => Self::Same {
                time: read_time(from)?,
                erasures: read_erasures(from)?,
            },
            (17, 3) => Self::Differ {
                scopes: list(from, read_digest)?,
                time: read_time(from)?,
                erasures: read_erasures(from)?,
            },
            (18, 3) => Self::Tips {
                streams: list(from, |from| read_tips(from, service))?,
                lacks: read_places(from)?,
                ahead: read_ids(from)?,
            },
            (19, 2) => Self::Kept {
                new: from.uint()?,
                refused: list(from, read_refused)?,
            },
            (20, 2) => Self::Range {
                envelopes: read_whole(from)?,
                more: read_flag(from)?,
            },
            (21, 0) => Self::Introduced,
            (22, 1) => Self::Failed(Failure::of(from.uint()?)?),
            (27, 1) => Self::Unknown {
                lacks: read_places(from)?,
            },
            (23, 2) => Self::Erased {
                erasures: read_erasures(from)?,
                refused: list(from, |from| {
                    from.array_of(2)?;
                    Ok(NotErased {
                        index: from.uint_as()?,
                        reason: Unproven::of(from.uint()?)?,
                    })
                })?,
            },
            (24, 1) => Self::BlobHeld { held: from.uint()? },
            (25, 2) => Self::BlobPiece {
                size: read_size(from)?,
                piece: from.bytes()?.to_vec(),
            },
            (26, 1) => Self::BlobNot(NotKept::of(from.uint()?)?),
            _ => return Err(Error::Kind),
        })
    }
}

fn write_digest(to: &mut Writer, (scope, digest): &(Scope, ScopeDigest)) {
    to.array(2);
    scope.write(to);
    to.bytes(digest.as_bytes());
}

fn read_digest(from: &mut Reader<'_>) -> Result<(Scope, ScopeDigest), Error> {
    from.array_of(2)?;
    Ok((
        Scope::read(from)?,
        ScopeDigest::from_bytes(from.bytes_of()?),
    ))
}

fn write_tips(to: &mut Writer, one: &Tips) {
    to.array(2);
    write_stream(to, &one.stream);
    write_tails(to, &one.tails);
}

fn read_tips(from: &mut Reader<'_>, service: ServiceId) -> Result<Tips, Error> {
    from.array_of(2)?;
    Ok(Tips {
        stream: read_stream(from, service)?,
        tails: read_tails(from)?,
    })
}

fn write_refused(to: &mut Writer, one: Refused) {
    write_numbered(to, one.index, one.reason.code());
}

fn write_numbered(to: &mut Writer, index: u32, code: u64) {
    to.array(2);
    to.uint(index.into());
    to.uint(code);
}

fn read_erasures(from: &mut Reader<'_>) -> Result<ErasuresDigest, Error> {
    Ok(ErasuresDigest::from_bytes(from.bytes_of()?))
}

fn read_refused(from: &mut Reader<'_>) -> Result<Refused, Error> {
    from.array_of(2)?;
    Ok(Refused {
        index: from.uint_as()?,
        reason: Reason::of(from.uint()?)?,
    })
}

fn read_flag(from: &mut Reader<'_>) -> Result<bool, Error> {
    match from.uint()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(CborError::OutOfRange.into()),
    }
}
