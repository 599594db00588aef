//! What a place that keeps envelopes can do, as far as exchanging them asks for.

use crate::envelope::{Envelope, Stream};

/// How far a stream is held without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// The last sequence number.
    pub sequence: u64,
    /// Hash of the last header: `previous` of the next.
    pub header_hash: [u8; 32],
}

/// A journal of envelopes.
///
/// Whoever implements it keeps each envelope as written, and says that it is kept only when it
/// is on disk.
pub trait EventLog {
    /// What can go wrong.
    type Error;

    /// Keeps all of them or none; those held already are passed over. Gives how many were new.
    fn append(&mut self, envelopes: &[Envelope]) -> Result<usize, Self::Error>;

    /// The streams there are, in order.
    fn streams(&self) -> Result<Vec<Stream>, Self::Error>;

    /// The end of a stream; none when nothing of it is held.
    fn tail(&self, stream: &Stream) -> Result<Option<Tail>, Self::Error>;

    /// Up to `limit` envelopes of a stream in order, from this sequence number on.
    fn range(&self, stream: &Stream, from: u64, limit: usize)
    -> Result<Vec<Envelope>, Self::Error>;
}
