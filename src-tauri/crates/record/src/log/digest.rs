//! One hash for all scopes that two places compare, one for each scope, one for each stream.

use crate::cbor::Writer;
use crate::domain::{self, SCOPE_DIGEST, SCOPES_DIGEST, STREAM_DIGEST};
use crate::id::{EnvelopeId, ServiceId, hex_digest};
use crate::scope::Scope;

use super::Tips;

hex_digest! {
    /// The hash of which envelopes of one scope are held: the ends of every branch of every
    /// stream, and the ids of those kept ahead. It costs by the number of streams.
    ScopeDigest
}

hex_digest! {
    /// The hash of the digests of several scopes.
    ScopesDigest
}

/// The first 8 bytes of the hash of one stream's ends: enough to find the streams of which two
/// places do not hold the same. Whether they hold the same in the end, the whole digest tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamDigest([u8; 8]);

impl StreamDigest {
    /// The digest of a stream whose branches end so.
    pub fn of(tips: &Tips) -> Self {
        let mut to = Writer::new();
        to.array(3);
        to.bytes(tips.stream.service.as_bytes());
        tips.stream.scope.write(&mut to);
        write_tips(&mut to, tips);
        let whole = domain::digest(STREAM_DIGEST, &[&to.into_bytes()]);
        let mut first = [0; 8];
        first.copy_from_slice(&whole[..8]);
        Self(first)
    }

    /// The digest as it stands on the wire.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The 8 bytes that stand on the wire.
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl ScopeDigest {
    /// The digest of a scope in which this is held. The order in which it is given tells nothing.
    pub fn of(service: ServiceId, scope: Scope, tips: &[Tips], ahead: &[EnvelopeId]) -> Self {
        let mut to = Writer::new();
        to.array(4);
        to.bytes(service.as_bytes());
        scope.write(&mut to);
        let mut tips: Vec<_> = tips.iter().collect();
        tips.sort_unstable_by_key(|one| one.stream);
        to.array(tips.len());
        for one in tips {
            write_tips(&mut to, one);
        }
        let mut ahead: Vec<_> = ahead.iter().collect();
        ahead.sort_unstable();
        to.array(ahead.len());
        for id in ahead {
            to.bytes(id.as_bytes());
        }
        Self::from_bytes(domain::digest(SCOPE_DIGEST, &[&to.into_bytes()]))
    }
}

impl ScopesDigest {
    /// The digest of these scopes with theirs. The order in which they are given tells nothing.
    pub fn of(scopes: &[(Scope, ScopeDigest)]) -> Self {
        let mut scopes: Vec<_> = scopes.iter().collect();
        scopes.sort_unstable();
        let mut to = Writer::new();
        to.array(scopes.len());
        for (scope, digest) in scopes {
            to.array(2);
            scope.write(&mut to);
            to.bytes(digest.as_bytes());
        }
        Self::from_bytes(domain::digest(SCOPES_DIGEST, &[&to.into_bytes()]))
    }
}

fn write_tips(to: &mut Writer, Tips { stream, tails }: &Tips) {
    let mut tails = tails.clone();
    tails.sort_unstable();
    to.array(3);
    to.bytes(stream.device.as_bytes());
    to.uint(stream.incarnation.into());
    to.array(tails.len());
    for tail in tails {
        to.array(2);
        to.uint(tail.sequence);
        to.bytes(&tail.header_hash);
    }
}
