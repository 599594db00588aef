//! Logging in: the bodies of `POST /v1/hello` and `POST /v1/login`, and their answers.

use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::Timestamp;
use record::cbor::{Error as CborError, Reader};
use record::certificate::{Certificate, Fingerprint};
use record::id::{ServiceId, SiteId};
use record::keys::SigningKey;
use record::login::Challenge;

use crate::admitted::{Admitted, NotAdmitted, device_of};
use crate::version::ACCEPTED;
use crate::wire::{
    Error, read_certificates, read_in, read_time, write, write_certificates, write_in, write_time,
};

/// The version in which the two sides find out which version they speak. It never changes.
const FIRST: u64 = 1;

/// The longest that a pass may hold: a day. Design decision.
pub const MAX_PASS: Duration = Duration::from_secs(24 * 60 * 60);

/// A device comes to a hub server: which service, and which versions of the exchange it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hello {
    /// The service the device is enrolled with.
    pub service: ServiceId,
    /// The oldest version it speaks.
    pub oldest: u64,
    /// The newest.
    pub newest: u64,
}

/// The hub server's answer to a [`Hello`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Welcome {
    /// The service that is kept here.
    pub service: ServiceId,
    /// The version to speak, the newest that both know.
    pub version: u64,
    /// Random, good for one login.
    pub nonce: [u8; 32],
    /// What the server's clock shows.
    pub time: Timestamp,
}

/// A device proves which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The service.
    pub service: ServiceId,
    /// Its certificates, from the root down.
    pub chain: Vec<Certificate>,
    /// The nonce that it was given.
    pub nonce: [u8; 32],
    /// Its signature over the service, itself, the nonce and the server's key.
    pub signature: [u8; 64],
}

/// What a device shows with every further request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// The service.
    pub service: ServiceId,
    /// Random, and secret.
    pub token: [u8; 32],
    /// For how long it holds, to the second.
    pub valid_for: Duration,
}

/// The token is left out.
impl fmt::Debug for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pass")
            .field("valid_for", &self.valid_for)
            .finish_non_exhaustive()
    }
}

impl Hello {
    /// What this program says to the hub server of its service.
    pub fn of(service: ServiceId) -> Self {
        Self {
            service,
            oldest: *ACCEPTED.start(),
            newest: *ACCEPTED.end(),
        }
    }

    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write_in(FIRST, self.service, 32, |to| {
            to.array(2);
            to.uint(self.oldest);
            to.uint(self.newest);
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(&(FIRST..=FIRST), bytes, 32, 2, |service, from| {
            Ok(Self {
                service,
                oldest: from.uint()?,
                newest: from.uint()?,
            })
        })
    }

    /// The versions the device speaks.
    pub fn versions(&self) -> RangeInclusive<u64> {
        self.oldest..=self.newest
    }
}

impl Welcome {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write_in(FIRST, self.service, 33, |to| {
            to.array(3);
            to.uint(self.version);
            to.bytes(&self.nonce);
            write_time(to, self.time);
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(&(FIRST..=FIRST), bytes, 33, 3, |service, from| {
            Ok(Self {
                service,
                version: from.uint()?,
                nonce: from.bytes_of()?,
                time: read_time(from)?,
            })
        })
    }
}

impl Login {
    /// Signs in the device at the end of `chain` to the server whose key has this hash.
    pub fn sign(
        chain: Vec<Certificate>,
        nonce: [u8; 32],
        server_key: [u8; 32],
        device_key: &SigningKey,
    ) -> Result<Self, NotAdmitted> {
        let challenge = challenge(&chain, nonce, server_key)?;
        Ok(Self {
            service: challenge.service,
            signature: challenge.sign(device_key),
            chain,
            nonce,
        })
    }

    /// Checks that the certificates lead from the pinned root to a device, and that this device
    /// signed this nonce for the server whose key has this hash. The caller has handed out the
    /// nonce, and takes it once.
    pub fn check(
        &self,
        root: &Fingerprint,
        hub_site: SiteId,
        nonce: &[u8; 32],
        server_key: &[u8; 32],
    ) -> Result<Admitted, NotAdmitted> {
        let admitted = Admitted::from_chain(&self.chain, root, hub_site)?;
        let (_, key) = device_of(&self.chain).ok_or(NotAdmitted::NotADevice)?;
        let challenge = challenge(&self.chain, *nonce, *server_key)?;
        challenge
            .verify(&self.signature, &key)
            .map_err(|_| NotAdmitted::Signature)?;
        Ok(admitted)
    }

    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self.service, 34, |to| {
            to.array(3);
            write_certificates(to, &self.chain);
            to.bytes(&self.nonce);
            to.bytes(&self.signature);
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(&ACCEPTED, bytes, 34, 3, |service, from| {
            Ok(Self {
                service,
                chain: read_certificates(from)?,
                nonce: from.bytes_of()?,
                signature: from.bytes_of()?,
            })
        })
    }
}

impl Pass {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self.service, 35, |to| {
            to.array(2);
            to.bytes(&self.token);
            to.uint(self.valid_for.as_secs());
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(&ACCEPTED, bytes, 35, 2, |service, from| {
            let token = from.bytes_of()?;
            let valid_for = Duration::from_secs(from.uint()?);
            if valid_for > MAX_PASS {
                return Err(CborError::OutOfRange.into());
            }
            Ok(Self {
                service,
                token,
                valid_for,
            })
        })
    }
}

fn challenge(
    chain: &[Certificate],
    nonce: [u8; 32],
    server_key: [u8; 32],
) -> Result<Challenge, NotAdmitted> {
    let service = chain.last().map(|last| last.claims().service);
    let (device, _) = device_of(chain).ok_or(NotAdmitted::NotADevice)?;
    Ok(Challenge {
        service: service.ok_or(NotAdmitted::NotADevice)?,
        device,
        nonce,
        server_key,
    })
}

/// A message of this kind with this many fields.
fn message<T>(
    accepted: &RangeInclusive<u64>,
    bytes: &[u8],
    kind: u64,
    fields: u64,
    take: impl FnOnce(ServiceId, &mut Reader<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (_, message) = read_in(accepted, bytes, |found, service, from| {
        if found != kind {
            return Err(Error::Kind);
        }
        from.array_of(fields)?;
        take(service, from)
    })?;
    Ok(message)
}
