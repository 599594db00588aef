//! One epoch of a scope's key, given to the devices that are enrolled for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, ServiceId};
use crate::keys::KeyId;
use crate::scope::Scope;

/// What HPKE is told a sealed epoch key is: its `info`.
pub const EPOCH_KEY_INFO: &str = "felloe v1 epoch key";

/// One epoch of a scope's key, sealed to devices. In the service scope, without a slot, signed by
/// an administrator.
///
/// The same epoch may be given in several entries: first to the devices of the day, later to one
/// that was enrolled since. `key` is the same in each of them, so nobody can be given another key
/// than the rest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpochKey {
    /// Whose key it is.
    pub scope: Scope,
    /// Counts from 1.
    pub epoch: u32,
    /// The key's own hash: what a device opens has to have it.
    pub key: KeyId,
    /// The key, sealed to each device.
    pub sealed: Vec<SealedKey>,
}

/// A scope's key that one device opens, and nobody else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedKey {
    /// The device.
    pub device: DeviceId,
    /// HPKE (RFC 9180, base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305) to the sealing key of
    /// the device's certificate, over [`purpose`] as associated data.
    pub boxed: BoxedKey,
}

/// A key of 32 bytes under HPKE: the encapsulated key (32 bytes), then the ciphertext (48).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BoxedKey([u8; 80]);

impl BoxedKey {
    /// The bytes as they stand on the wire.
    pub const fn from_bytes(bytes: [u8; 80]) -> Self {
        Self(bytes)
    }

    /// The bytes as they stand on the wire.
    pub const fn as_bytes(&self) -> &[u8; 80] {
        &self.0
    }
}

/// The associated data of a sealed epoch key: so that it cannot stand in for another scope's,
/// another epoch's, another device's or another service's.
pub fn purpose(service: ServiceId, scope: Scope, epoch: u32, device: DeviceId) -> String {
    let scope = match scope {
        Scope::Site(site) => format!("site:{site}"),
        Scope::Service => "service".to_owned(),
        Scope::Audit => "audit".to_owned(),
    };
    format!("{EPOCH_KEY_INFO} {service} {scope} {epoch} {device}")
}

impl fmt::Debug for SealedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedKey({})", self.device)
    }
}

impl fmt::Debug for BoxedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxedKey(..)")
    }
}

impl Serialize for BoxedKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

/// Bytes only: a sealed key has no text form.
impl<'de> Deserialize<'de> for BoxedKey {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        crate::id::fixed::<D, 80>(from, |_| None).map(Self)
    }
}
