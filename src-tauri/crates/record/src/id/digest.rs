//! Ids that are hashes: nobody hands them out, anyone can check them.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::NotAnId;

/// A 32-byte digest that is written as 64 lower-case hexadecimal digits and travels as bytes.
macro_rules! hex_digest {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The digest as it stands on the wire.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The 32 bytes that stand on the wire.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;

            fn from_str(text: &str) -> Result<Self, $crate::id::NotAnId> {
                let lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if !lower {
                    return Err($crate::id::NotAnId);
                }
                blake3::Hash::from_hex(text)
                    .map(|hash| Self(hash.into()))
                    .map_err(|_| $crate::id::NotAnId)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() {
                    to.collect_str(self)
                } else {
                    to.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::id::fixed::<D, 32>(from, |text| text.parse::<Self>().ok().map(|id| id.0))
                    .map(Self)
            }
        }
    };
}
pub(crate) use hex_digest;

hex_digest! {
    /// The hash of an envelope's header and signature. Erasing the content leaves it as it is.
    EnvelopeId
}

/// One entry: its envelope, and its place in it counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The envelope that carries the entry.
    pub envelope: EnvelopeId,
    /// The entry's place in the envelope, from 0.
    pub index: u16,
}

impl EntryId {
    /// The 34 bytes that stand on the wire: envelope, then index, big-endian.
    pub fn to_bytes(self) -> [u8; 34] {
        let mut bytes = [0; 34];
        bytes[..32].copy_from_slice(self.envelope.as_bytes());
        bytes[32..].copy_from_slice(&self.index.to_be_bytes());
        bytes
    }

    /// The entry that these wire bytes name.
    pub fn from_bytes(bytes: [u8; 34]) -> Self {
        let mut envelope = [0; 32];
        envelope.copy_from_slice(&bytes[..32]);
        let index = u16::from_be_bytes([bytes[32], bytes[33]]);
        Self {
            envelope: EnvelopeId(envelope),
            index,
        }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.envelope, self.index)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryId({self})")
    }
}

impl FromStr for EntryId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (envelope, index) = text.split_once(':').ok_or(NotAnId)?;
        let number: u16 = index.parse().map_err(|_| NotAnId)?;
        // One id has one spelling: no leading zeros, no plus sign.
        if number.to_string() != index {
            return Err(NotAnId);
        }
        Ok(Self {
            envelope: envelope.parse()?,
            index: number,
        })
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            to.collect_str(self)
        } else {
            to.serialize_bytes(&self.to_bytes())
        }
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        fixed::<D, 34>(from, |text| text.parse::<Self>().ok().map(Self::to_bytes))
            .map(Self::from_bytes)
    }
}

/// Reads `N` bytes, or in a human-readable format the text that stands for them.
pub(crate) fn fixed<'de, D: Deserializer<'de>, const N: usize>(
    from: D,
    parse: fn(&str) -> Option<[u8; N]>,
) -> Result<[u8; N], D::Error> {
    let visitor = Fixed { parse };
    if from.is_human_readable() {
        from.deserialize_str(visitor)
    } else {
        from.deserialize_bytes(visitor)
    }
}

struct Fixed<const N: usize> {
    parse: fn(&str) -> Option<[u8; N]>,
}

impl<const N: usize> Visitor<'_> for Fixed<N> {
    type Value = [u8; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an identifier of {N} bytes")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<[u8; N], E> {
        (self.parse)(text).ok_or_else(|| E::custom(NotAnId))
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<[u8; N], E> {
        bytes
            .try_into()
            .map_err(|_| E::invalid_length(bytes.len(), &self))
    }
}
