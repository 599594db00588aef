//! Whose signature counts: every certificate that leads to the enrolled root, and what ends one.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::Revocation;
use crate::cbor::{self, Value};
use crate::entry::{Entry, Kind};
use crate::envelope::Header;
use crate::id::DeviceId;
use crate::keys::VerifyingKey;
use crate::scope::Scope;

use super::chain::link;
use super::{Certificate, CertificateId, Fingerprint, Grant, NotAuthorised, check_signed};

/// An entry with the header it stands under and its index there.
#[derive(Debug, Clone, Copy)]
pub struct Stated<'a> {
    /// The envelope's header, whose device signature has been checked.
    pub header: &'a Header,
    /// The entry's place in the envelope, from 0.
    pub index: u16,
    /// The entry.
    pub entry: &'a Entry,
}

/// The certificates and revocations in a set of entries, checked from the root down. The same set
/// in any order gives the same authorities.
#[derive(Debug, Clone, Default)]
pub struct Authorities {
    certificates: BTreeMap<CertificateId, Certificate>,
    pub(super) ended: BTreeMap<CertificateId, Ended>,
}

/// How a certificate was ended.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    /// Whatever its holder wrote later is cut off, not only what they signed.
    pub(super) wholly: bool,
    /// The last envelope that counts, by stream. A stream that is not named has none.
    accepted: BTreeMap<(Scope, u32), u64>,
}

impl Authorities {
    /// Takes what counts out of the entries of the service scope.
    ///
    /// A revocation counts when an administrator's signature over it is good, even if that
    /// administrator is revoked as well: of two who end each other both are out, and the root
    /// certifies anew. To trust neither is the safe reading.
    pub fn new(enrolled: &Fingerprint, stated: &[Stated<'_>]) -> Self {
        let mut all = Self {
            certificates: grown(enrolled, stated),
            ended: BTreeMap::new(),
        };
        let mut ended: BTreeMap<CertificateId, Ended> = BTreeMap::new();
        for revocation in stated.iter().filter_map(|stated| all.revocation(*stated)) {
            ended
                .entry(revocation.certificate)
                .and_modify(|before| *before = before.lowest(&Ended::by(&revocation)))
                .or_insert_with(|| Ended::by(&revocation));
        }
        all.ended = ended;
        all.drop_what_was_issued_late(stated);
        all
    }

    /// The certificate with this id, if its chain leads to the enrolled root. It may have ended.
    pub fn certificate(&self, id: &CertificateId) -> Option<&Certificate> {
        self.certificates.get(id)
    }

    /// The certificates from the root down to the one with this id, if it leads there.
    pub fn chain_to(&self, id: &CertificateId) -> Option<Vec<Certificate>> {
        let mut chain = vec![self.certificates.get(id)?.clone()];
        while let Some(issuer) = chain.last()?.claims().issuer {
            chain.push(self.certificates.get(&issuer)?.clone());
        }
        chain.reverse();
        Some(chain)
    }

    /// Every certificate whose chain leads to the enrolled root, ended or not.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates.values()
    }

    /// Whether a revocation ends this certificate, from whatever envelope on.
    pub fn is_ended(&self, id: &CertificateId) -> bool {
        self.ended.contains_key(id)
    }

    /// The key a device signs its headers with; none when no certificate names the device.
    pub fn device_key(&self, device: DeviceId) -> Option<VerifyingKey> {
        self.newest(device).map(|one| one.claims().key)
    }

    /// A device's newest certificate and those above it, from the root down.
    pub fn chain_of(&self, device: DeviceId) -> Option<Vec<Certificate>> {
        self.chain_to(&self.newest(device)?.id())
    }

    fn newest(&self, device: DeviceId) -> Option<&Certificate> {
        let is_its = |one: &&Certificate| matches!(one.claims().grant, Grant::Device { device: own, .. } if own == device);
        let its = self.certificates.values().filter(is_its);
        its.max_by_key(|one| (one.claims().issued, one.id()))
    }

    /// Checks that a person's signature is good, was theirs to give, and had not been ended.
    pub fn check(&self, stated: Stated<'_>) -> Result<(), NotAuthorised> {
        let signed = stated.entry.signed.as_ref().ok_or(NotAuthorised::Missing)?;
        let certificate = self
            .certificates
            .get(&signed.authority)
            .ok_or(NotAuthorised::Unknown)?;
        check_signed(stated.entry, stated.header, stated.index, certificate)?;
        if self.outlived(&certificate.id(), stated.header) {
            Err(NotAuthorised::Retired)
        } else {
            Ok(())
        }
    }

    fn revocation(&self, stated: Stated<'_>) -> Option<Revocation> {
        if stated.entry.kind != Kind::REVOCATION || self.check(stated).is_err() {
            return None;
        }
        cbor::from_value(&stated.entry.body).ok()
    }

    /// Whether an envelope stands after the last one that the holder's certificate covers.
    pub(super) fn outlived(&self, id: &CertificateId, header: &Header) -> bool {
        self.ended.get(id).is_some_and(|ended| {
            let last = ended.accepted.get(&(header.scope, header.incarnation));
            last.is_none_or(|last| header.sequence > *last)
        })
    }

    /// A certificate that an administrator or a lead issued after having been ended is nobody's.
    fn drop_what_was_issued_late(&mut self, stated: &[Stated<'_>]) {
        let late = stated.iter().filter_map(|stated| {
            let certificate = carried(stated.entry)?;
            let issuer = certificate.claims().issuer?;
            let own = matches!(
                self.certificates.get(&issuer)?.claims().grant,
                Grant::Administrator { device, .. } | Grant::Staff { device, .. }
                    if device == stated.header.device
            );
            (own && self.outlived(&issuer, stated.header)).then(|| certificate.id())
        });
        let late: Vec<_> = late.collect();
        // What was also carried in time stays: a copy sent again later takes nothing away.
        let in_time: Vec<_> = stated
            .iter()
            .filter_map(|stated| {
                let certificate = carried(stated.entry)?;
                let issuer = certificate.claims().issuer?;
                (!self.outlived(&issuer, stated.header)).then(|| certificate.id())
            })
            .collect();
        for id in late.into_iter().filter(|id| !in_time.contains(id)) {
            self.certificates.remove(&id);
        }
        self.drop_what_hangs_in_the_air();
    }

    /// What somebody issued whose own certificate is nobody's is nobody's either.
    fn drop_what_hangs_in_the_air(&mut self) {
        loop {
            let known: BTreeSet<CertificateId> = self.certificates.keys().copied().collect();
            self.certificates.retain(|_, one| {
                let issuer = one.claims().issuer;
                issuer.is_none_or(|issuer| known.contains(&issuer))
            });
            if self.certificates.len() == known.len() {
                return;
            }
        }
    }
}

fn carried(entry: &Entry) -> Option<Certificate> {
    match &entry.body {
        Value::Bytes(bytes) if entry.kind == Kind::CERTIFICATE => {
            Certificate::from_bytes(bytes).ok()
        }
        _ => None,
    }
}

/// From the root down, in as many rounds as the longest chain has links.
fn grown(enrolled: &Fingerprint, stated: &[Stated<'_>]) -> BTreeMap<CertificateId, Certificate> {
    let mut waiting: Vec<Certificate> = stated
        .iter()
        .filter_map(|stated| carried(stated.entry))
        .collect();
    let mut known = BTreeMap::new();
    loop {
        let (fits, rest): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|one| stands(one, enrolled, &known));
        if fits.is_empty() {
            return known;
        }
        known.extend(fits.into_iter().map(|one| (one.id(), one)));
        waiting = rest;
    }
}

fn stands(
    one: &Certificate,
    enrolled: &Fingerprint,
    known: &BTreeMap<CertificateId, Certificate>,
) -> bool {
    match one.claims().issuer {
        None => one.fingerprint().as_ref() == Some(enrolled) && one.verify(&one.claims().key),
        Some(issuer) => known
            .get(&issuer)
            .is_some_and(|issuer| link(issuer, one).is_ok()),
    }
}

impl Ended {
    fn by(revocation: &Revocation) -> Self {
        Self {
            wholly: matches!(revocation.why.as_str(), "left" | "lost"),
            accepted: revocation
                .accepted
                .iter()
                .map(|end| ((end.scope, end.incarnation), end.sequence))
                .collect(),
        }
    }

    /// Of two revocations of one certificate the lower cut-off holds, stream by stream.
    fn lowest(&self, other: &Self) -> Self {
        let both = self.accepted.iter().filter_map(|(stream, last)| {
            let also = other.accepted.get(stream)?;
            Some((*stream, *last.min(also)))
        });
        Self {
            wholly: self.wholly || other.wholly,
            accepted: both.collect(),
        }
    }
}
