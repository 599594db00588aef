//! What a device and the hub server were agreed on.

use serde::{Deserialize, Serialize};

use crate::envelope::Stream;
use crate::id::{DeviceId, ServiceId, fixed};
use crate::log::{Tail, Tips};
use crate::scope::Scope;

/// What a device held of one scope when it and the hub server held the same, by digest. Appended in
/// that scope now and then, without a slot.
///
/// The device signs its envelope, so it tells every other device what the hub server has had. A hub
/// server that passes this on and not what it names withholds something, or was put back from a
/// backup and not yet healed: see [`Frontier::lacking`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frontier {
    /// The end of each branch of each stream, ascending.
    pub tails: Vec<StreamTail>,
}

/// The end of one branch of one stream of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StreamTail {
    /// The device that writes the stream.
    pub device: DeviceId,
    /// The device's life.
    pub incarnation: u32,
    /// The last sequence number.
    pub sequence: u64,
    /// Hash of the last header.
    #[serde(with = "head")]
    pub head: [u8; 32],
}

impl Frontier {
    /// The frontier of a device that holds this of one scope.
    pub fn of(tips: &[Tips]) -> Self {
        let tails = tips.iter().flat_map(|Tips { stream, tails }| {
            tails.iter().map(|tail| StreamTail {
                device: stream.device,
                incarnation: stream.incarnation,
                sequence: tail.sequence,
                head: tail.header_hash,
            })
        });
        let mut tails: Vec<_> = tails.collect();
        tails.sort_unstable();
        Self { tails }
    }

    /// What of it is not held here, as `holds` tells. After an exchange that ended with both
    /// sides equal, anything left is what this hub server withholds.
    pub fn lacking(
        &self,
        service: ServiceId,
        scope: Scope,
        holds: impl Fn(&Stream, &Tail) -> bool,
    ) -> Vec<(Stream, Tail)> {
        let named = self.tails.iter().map(|one| {
            let stream = Stream {
                service,
                scope,
                device: one.device,
                incarnation: one.incarnation,
            };
            let tail = Tail {
                sequence: one.sequence,
                header_hash: one.head,
            };
            (stream, tail)
        });
        named
            .filter(|(stream, tail)| !holds(stream, tail))
            .collect()
    }
}

mod head {
    use serde::{Deserializer, Serializer};

    use super::fixed;

    pub(super) fn serialize<S: Serializer>(head: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(head)
    }

    /// Bytes only: a header hash has no text form.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        fixed::<D, 32>(from, |_| None)
    }
}
