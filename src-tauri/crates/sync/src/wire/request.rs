//! What a device asks of a hub server.

use record::blob::BlobId;
use record::cbor::{Reader, Writer};
use record::certificate::Certificate;
use record::envelope::Stream;
use record::id::{EnvelopeId, ServiceId, SiteId};
use record::log::{ScopesDigest, StreamDigest, Tail};
use record::scope::Scope;
use record::warrant::WarrantId;

use super::blob::{BlobName, read_name, write_name};
use super::parts::{
    list, read_certificates, read_ids, read_stream, read_tails, read_whole, write_certificates,
    write_ids, write_list, write_stream, write_tails, write_whole,
};
use super::{Error, MAX_ASKED, MAX_PROOFS, read, write};

/// What a device asks of a hub server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Do we hold the same? One digest over all scopes that the device may see, so that asking
    /// costs the same whatever there is. It is also what a device waits with.
    Compare {
        /// The digest of every scope's digest.
        digest: ScopesDigest,
    },
    /// Where do we differ in this scope?
    Tips {
        /// The scope.
        scope: Scope,
        /// The digest of each stream that the device holds and may see.
        streams: Vec<StreamDigest>,
    },
    /// Keep these.
    Push {
        /// Envelopes as they were written. One that cannot be read is refused alone.
        envelopes: Vec<Vec<u8>>,
    },
    /// Give what follows on one stream.
    Pull {
        /// The stream.
        stream: Stream,
        /// What the device has, or may have in common.
        have: Vec<Tail>,
        /// The most bytes of envelopes wanted; at least one comes if there is one.
        limit: u32,
    },
    /// Give these envelopes.
    Fetch {
        /// Their ids.
        ids: Vec<EnvelopeId>,
        /// The most bytes of envelopes wanted; at least one comes if there is one.
        limit: u32,
    },
    /// Get to know a device by its certificates.
    Introduce {
        /// From the root down to the device.
        chain: Vec<Certificate>,
    },
    /// Which of these erasures do you not know?
    Erasures {
        /// The ids of the warrants that confirm them.
        ids: Vec<WarrantId>,
    },
    /// Drop what two people signed away.
    Erase {
        /// The proof of each. One that cannot be read, or proves nothing, is refused alone.
        proofs: Vec<Vec<u8>>,
    },
    /// How much of this blob is there?
    BlobAsk {
        /// The blob.
        blob: BlobName,
    },
    /// Keep this piece of a blob.
    BlobPut {
        /// The blob.
        blob: BlobName,
        /// Where in the blob the piece begins: what was kept before ends there.
        at: u64,
        /// The piece.
        piece: Vec<u8>,
    },
    /// Give a piece of a blob.
    BlobGet {
        /// The site in whose scope it is kept.
        site: SiteId,
        /// Its id.
        id: BlobId,
        /// Where in the blob the piece begins.
        at: u64,
        /// The most bytes wanted; at least one comes if there is one.
        limit: u32,
    },
}

impl Request {
    /// The bytes of the message.
    pub fn to_bytes(&self, service: ServiceId) -> Vec<u8> {
        write(service, self.kind(), |to| self.write_fields(to))
    }

    /// Reads a message, and the service that it is for.
    pub fn from_bytes(bytes: &[u8]) -> Result<(ServiceId, Self), Error> {
        read(bytes, Self::read_fields)
    }

    fn kind(&self) -> u64 {
        match self {
            Self::Compare { .. } => 0,
            Self::Tips { .. } => 1,
            Self::Push { .. } => 2,
            Self::Pull { .. } => 3,
            Self::Fetch { .. } => 4,
            Self::Introduce { .. } => 5,
            Self::Erase { .. } => 6,
            Self::Erasures { .. } => 10,
            Self::BlobAsk { .. } => 7,
            Self::BlobPut { .. } => 8,
            Self::BlobGet { .. } => 9,
        }
    }

    fn write_fields(&self, to: &mut Writer) {
        match self {
            Self::Compare { digest } => {
                to.array(1);
                to.bytes(digest.as_bytes());
            }
            Self::Tips { scope, streams } => {
                to.array(2);
                scope.write(to);
                write_list(to, streams, |to, one| to.bytes(one.as_bytes()));
            }
            Self::Push { envelopes } => {
                to.array(1);
                write_whole(to, envelopes);
            }
            Self::Pull {
                stream,
                have,
                limit,
            } => {
                to.array(3);
                write_stream(to, stream);
                write_tails(to, have);
                to.uint((*limit).into());
            }
            Self::Fetch { ids, limit } => {
                to.array(2);
                write_ids(to, ids);
                to.uint((*limit).into());
            }
            Self::Introduce { chain } => {
                to.array(1);
                write_certificates(to, chain);
            }
            Self::Erasures { ids } => {
                to.array(1);
                write_list(to, ids, |to, id| to.bytes(id.as_bytes()));
            }
            Self::Erase { proofs } => {
                to.array(1);
                write_whole(to, proofs);
            }
            Self::BlobAsk { blob } => {
                to.array(1);
                write_name(to, blob);
            }
            Self::BlobPut { blob, at, piece } => {
                to.array(3);
                write_name(to, blob);
                to.uint(*at);
                to.bytes(piece);
            }
            Self::BlobGet {
                site,
                id,
                at,
                limit,
            } => {
                to.array(4);
                to.bytes(site.as_bytes());
                to.bytes(id.as_bytes());
                to.uint(*at);
                to.uint((*limit).into());
            }
        }
    }

    fn read_fields(kind: u64, service: ServiceId, from: &mut Reader<'_>) -> Result<Self, Error> {
        let fields = from.array()?;
        Ok(match (kind, fields) {
            (0, 1) => Self::Compare {
                digest: ScopesDigest::from_bytes(from.bytes_of()?),
            },
            (1, 2) => Self::Tips {
                scope: Scope::read(from)?,
                streams: list(from, |from| Ok(StreamDigest::from_bytes(from.bytes_of()?)))?,
            },
            (2, 1) => Self::Push {
                envelopes: read_whole(from)?,
            },
            (3, 3) => Self::Pull {
                stream: read_stream(from, service)?,
                have: asked(read_tails(from)?)?,
                limit: from.uint_as()?,
            },
            (4, 2) => Self::Fetch {
                ids: asked(read_ids(from)?)?,
                limit: from.uint_as()?,
            },
            (5, 1) => Self::Introduce {
                chain: read_certificates(from)?,
            },
            (10, 1) => Self::Erasures {
                ids: asked(list(from, |from| {
                    Ok(WarrantId::from_bytes(from.bytes_of()?))
                })?)?,
            },
            (6, 1) => Self::Erase {
                proofs: at_most(MAX_PROOFS, read_whole(from)?)?,
            },
            (7, 1) => Self::BlobAsk {
                blob: read_name(from)?,
            },
            (8, 3) => Self::BlobPut {
                blob: read_name(from)?,
                at: from.uint()?,
                piece: from.bytes()?.to_vec(),
            },
            (9, 4) => Self::BlobGet {
                site: SiteId::from_bytes(from.bytes_of()?),
                id: BlobId::from_bytes(from.bytes_of()?),
                at: from.uint()?,
                limit: from.uint_as()?,
            },
            _ => return Err(Error::Kind),
        })
    }
}

fn asked<T>(items: Vec<T>) -> Result<Vec<T>, Error> {
    at_most(MAX_ASKED, items)
}

fn at_most<T>(most: usize, items: Vec<T>) -> Result<Vec<T>, Error> {
    if items.len() > most {
        Err(Error::TooMany)
    } else {
        Ok(items)
    }
}
