//! What a place that keeps envelopes can do, as far as exchanging them asks for.
//!
//! A stream is a chain: each header names the one before it by hash. A header has *joined* its
//! stream when the whole chain down to the first envelope is held. So the hashes at the ends of a
//! stream commit to everything before them, and two places can tell what the other lacks without
//! listing envelopes. One whose predecessor is missing is kept *ahead*: it counts for the fold, is
//! offered to others by its id, and joins when the gap is filled.

mod digest;

use crate::envelope::{Envelope, Stream};
use crate::id::EnvelopeId;
use crate::scope::Scope;

pub use digest::{ScopeDigest, ScopesDigest, StreamDigest};

/// How far one branch of a stream is held: its last header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tail {
    /// The last sequence number.
    pub sequence: u64,
    /// Hash of the last header: `previous` of the next.
    pub header_hash: [u8; 32],
}

impl Tail {
    /// The place an envelope takes in its stream.
    pub fn of(envelope: &Envelope) -> Self {
        Self {
            sequence: envelope.header().sequence,
            header_hash: envelope.header_hash(),
        }
    }

    /// The place that an envelope follows; none when it is its stream's first.
    pub fn before(envelope: &Envelope) -> Option<Self> {
        let header = envelope.header();
        (header.sequence > 1).then(|| Self {
            sequence: header.sequence - 1,
            header_hash: header.previous,
        })
    }
}

/// A stream and the ends of its branches, ascending and at least one. One is the rule; several are
/// a fork: a copied disk, or a backup that was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tips {
    /// The stream.
    pub stream: Stream,
    /// The ends of its branches.
    pub tails: Vec<Tail>,
}

/// What keeping some envelopes came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// How many were not held before.
    pub new: usize,
    /// The streams that these envelopes forked, ascending.
    pub forked: Vec<Stream>,
}

impl Kept {
    /// Adds what another call came to.
    pub fn join(&mut self, other: Self) {
        self.new += other.new;
        self.forked.extend(other.forked);
        self.forked.sort_unstable();
        self.forked.dedup();
    }
}

/// A journal of envelopes.
///
/// Whoever implements it keeps each envelope as written, and says that it is kept only when it is
/// on disk. An envelope is held when its header is, by hash and stream: a copy without content
/// beside one with content is the same envelope, and `append` neither erases nor brings back.
pub trait EventLog {
    /// What can go wrong.
    type Error: std::error::Error + 'static;

    /// Keeps all of them or none, on disk when it returns; those held already are passed over.
    ///
    /// An envelope that follows one that has joined, or one earlier in this call, or that is its
    /// stream's first, joins its stream, even beside another at its place: that is a fork, and
    /// both stay. One whose predecessor is missing is kept ahead, and joins, with what follows it,
    /// when the gap is filled.
    fn append(&mut self, envelopes: &[Envelope]) -> Result<Kept, Self::Error>;

    /// The streams of a scope of which something has joined, ascending.
    fn tips(&self, scope: Scope) -> Result<Vec<Tips>, Self::Error>;

    /// The envelopes of a scope that are kept ahead, ascending.
    fn ahead(&self, scope: Scope) -> Result<Vec<EnvelopeId>, Self::Error>;

    /// Whether this header is held and has joined.
    fn joined(&self, stream: &Stream, tail: &Tail) -> Result<bool, Self::Error>;

    /// What has joined a stream beyond `have`: all but these and what they follow from, ascending
    /// by sequence number and header hash, so that each stands after the one it follows.
    ///
    /// As much as fits in `limit` bytes, and at least one when there is one. Tails that are not
    /// held are passed over.
    fn beyond(
        &self,
        stream: &Stream,
        have: &[Tail],
        limit: usize,
    ) -> Result<Vec<Envelope>, Self::Error>;

    /// Places on a stream from which the other side finds where branches part: each tip, then 1,
    /// 2, 4, 8 ... before it on its branch, and the first; descending, each once.
    fn marks(&self, stream: &Stream) -> Result<Vec<Tail>, Self::Error>;

    /// Those of these that are held, joined or ahead, in the order asked.
    fn envelopes(&self, ids: &[EnvelopeId]) -> Result<Vec<Envelope>, Self::Error>;
}
