//! Whose keys are known, and who may not speak.

use sync::record::certificate::{Certificate, CertificateId, Fingerprint, Grant};
use sync::record::id::{DeviceId, ServiceId};
use sync::record::keys::VerifyingKey;
use sync::record::log::ScopeDigest;
use sync::record::scope::Scope;
use sync::record::warrant::{Proven, WarrantId};
use sync::shelf::Shelf;

use super::{DatabaseShelf, ShelfError};
use crate::database::{Cell, DatabaseError, Link};

/// The most certificates from a root to a device; the record allows fewer.
const LONGEST_CHAIN: usize = 8;

impl Shelf for DatabaseShelf {
    /// The key of the newest certificate, by the rule of the record's `Authorities::device_key`.
    fn device_key(&self, device: DeviceId) -> Result<Option<VerifyingKey>, ShelfError> {
        if let Some(key) = self.keys.borrow().get(&device) {
            return Ok(Some(*key));
        }
        let rows = self.link().rows(
            "SELECT bytes FROM certificate WHERE device = $1",
            &[Cell::Bytes(device.as_bytes())],
        )?;
        let certificates: Vec<Certificate> = rows
            .iter()
            .map(|row| read(row.bytes(0)?))
            .collect::<Result<_, _>>()?;
        let newest = certificates
            .iter()
            .max_by_key(|one| (one.claims().issued, one.id()));
        let key = newest.map(|newest| newest.claims().key);
        if let Some(key) = key {
            self.keys.borrow_mut().insert(device, key);
        }
        Ok(key)
    }

    fn introduce(&mut self, chain: &[Certificate]) -> Result<(), ShelfError> {
        // Most chains that are brought are known, and knowing them costs no write.
        let last = chain.last().map(Certificate::id);
        if let Some(last) = last
            && is_known(&mut self.link(), &last)?
        {
            return Ok(());
        }
        self.link().whole(|link| introduce(link, chain))?;
        self.keys.borrow_mut().clear();
        Ok(())
    }

    fn is_blocked(&self, device: DeviceId) -> Result<bool, ShelfError> {
        let row = self.link().row(
            "SELECT since FROM blocked WHERE device = $1",
            &[Cell::Bytes(device.as_bytes())],
        )?;
        Ok(row.is_some())
    }

    fn root(&self) -> Fingerprint {
        self.about.root
    }

    fn erasures(&self) -> Result<Vec<WarrantId>, ShelfError> {
        self.read_erasures()
    }

    fn erase(&mut self, erasure: &Proven) -> Result<(), ShelfError> {
        self.drop_content(erasure)
    }

    fn digest(&self, _: ServiceId, scope: Scope) -> Result<ScopeDigest, ShelfError> {
        Ok(self.worked(scope)?.digest)
    }
}

fn is_known(link: &mut Link, id: &CertificateId) -> Result<bool, DatabaseError> {
    let sql = "SELECT place FROM certificate WHERE id = $1";
    Ok(link.row(sql, &[Cell::Bytes(id.as_bytes())])?.is_some())
}

/// Keeps those of a chain that are not known.
pub(super) fn introduce(link: &mut Link, chain: &[Certificate]) -> Result<(), DatabaseError> {
    for certificate in chain {
        let claims = certificate.claims();
        let device = match &claims.grant {
            Grant::Device { device, .. } => Some(device.as_bytes().as_slice()),
            _ => None,
        };
        let issuer = claims
            .issuer
            .as_ref()
            .map(|issuer| issuer.as_bytes().as_slice());
        link.run(
            "INSERT INTO certificate (id, issuer, device, bytes) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO NOTHING",
            &[
                Cell::Bytes(certificate.id().as_bytes()),
                Cell::MaybeBytes(issuer),
                Cell::MaybeBytes(device),
                Cell::Bytes(&certificate.to_bytes()),
            ],
        )?;
    }
    Ok(())
}

/// The chain that ends in this certificate, root first; none when it is not known.
pub(super) fn chain_to(
    link: &mut Link,
    last: [u8; 32],
) -> Result<Option<Vec<Certificate>>, DatabaseError> {
    let mut chain = Vec::new();
    let mut next = Some(last);
    while let Some(id) = next {
        let sql = "SELECT bytes FROM certificate WHERE id = $1";
        let Some(row) = link.row(sql, &[Cell::Bytes(&id)])? else {
            return Ok(None);
        };
        let certificate = read(row.bytes(0)?)?;
        next = certificate.claims().issuer.map(|issuer| *issuer.as_bytes());
        chain.push(certificate);
        if chain.len() > LONGEST_CHAIN {
            return Err(DatabaseError::Malformed("a chain without an end"));
        }
    }
    chain.reverse();
    Ok(Some(chain))
}

fn read(bytes: &[u8]) -> Result<Certificate, DatabaseError> {
    Certificate::from_bytes(bytes).map_err(|_| DatabaseError::Malformed("a certificate"))
}
