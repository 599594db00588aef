//! The bytes of a certificate: `[claims, signature]`, given in `docs/format.md`.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::cbor::{Error as CborError, Fields, Reader, Writer};
use crate::id::{DeviceId, ServiceId, SiteId, StaffId};
use crate::keys::VerifyingKey;
use crate::moment::Moment;
use crate::role::Role;
use crate::signed::{reads_format, write_format};

use super::{CertificateId, Claims, Error, Grant, MAX_NAME_BYTES, MAX_SITES, Validity};

pub(super) fn write(claims: &Claims) -> Result<Vec<u8>, Error> {
    let grant = &claims.grant;
    check(grant)?;
    let mut to = Writer::new();
    to.map(6 + usize::from(claims.issuer.is_some()) + grant_fields(grant));
    write_format(&mut to);
    to.uint(2);
    to.bytes(claims.service.as_bytes());
    to.uint(3);
    to.uint(grant_number(grant));
    if let Some(issuer) = &claims.issuer {
        to.uint(4);
        to.bytes(issuer.as_bytes());
    }
    to.uint(5);
    claims.issued.write(&mut to);
    to.uint(6);
    to.bytes(&claims.key.to_bytes());
    write_grant(&mut to, grant);
    Ok(to.into_bytes())
}

fn grant_number(grant: &Grant) -> u64 {
    match grant {
        Grant::Root { .. } => 0,
        Grant::Administrator { .. } => 1,
        Grant::Staff { .. } => 2,
        Grant::Device { .. } => 3,
    }
}

fn grant_fields(grant: &Grant) -> usize {
    match grant {
        Grant::Root { .. } => 1,
        Grant::Administrator { .. } => 4,
        Grant::Staff { .. } => 6,
        Grant::Device { .. } => 3,
    }
}

fn write_grant(to: &mut Writer, grant: &Grant) {
    match grant {
        Grant::Root { name } => named(to, name),
        Grant::Administrator {
            staff,
            name,
            device,
            valid,
        } => {
            named(to, name);
            id(to, 8, staff.as_bytes());
            id(to, 9, device.as_bytes());
            write_valid(to, valid);
        }
        Grant::Staff {
            staff,
            name,
            role,
            sites,
            device,
            valid,
        } => {
            named(to, name);
            id(to, 8, staff.as_bytes());
            id(to, 9, device.as_bytes());
            to.uint(10);
            to.uint(role.number());
            write_sites(to, sites);
            write_valid(to, valid);
        }
        Grant::Device {
            device,
            sites,
            sealing_key,
        } => {
            id(to, 9, device.as_bytes());
            write_sites(to, sites);
            to.uint(13);
            to.bytes(sealing_key);
        }
    }
}

fn named(to: &mut Writer, name: &str) {
    to.uint(7);
    to.text(name);
}

fn id(to: &mut Writer, key: u64, id: &[u8; 16]) {
    to.uint(key);
    to.bytes(id);
}

fn write_sites(to: &mut Writer, sites: &BTreeSet<SiteId>) {
    to.uint(11);
    to.array(sites.len());
    for site in sites {
        to.bytes(site.as_bytes());
    }
}

fn write_valid(to: &mut Writer, valid: &Validity) {
    to.uint(12);
    to.array(2);
    to.int(valid.not_before.as_millisecond());
    to.int(valid.not_after.as_millisecond());
}

pub(super) fn read(bytes: &[u8]) -> Result<Claims, Error> {
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    if !reads_format(&mut fields)? {
        return Err(Error::Newer);
    }
    let service =
        fields.required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?;
    let number = fields.required::<_, CborError>(3, Reader::uint)?;
    let by = fields.optional::<_, CborError>(4, |r| r.bytes_of().map(CertificateId::from_bytes))?;
    let issued = fields.required::<_, CborError>(5, Moment::read)?;
    let key = fields.required::<_, Error>(6, |r| Ok(VerifyingKey::from_bytes(&r.bytes_of()?)?))?;
    let grant = read_grant(number, &mut fields)?;
    fields.end()?;
    from.end()?;
    check(&grant)?;
    if by.is_none() != matches!(grant, Grant::Root { .. }) {
        return Err(Error::Claims);
    }
    Ok(Claims {
        service,
        issuer: by,
        issued,
        key,
        grant,
    })
}

fn read_grant(number: u64, from: &mut Fields<'_, '_>) -> Result<Grant, Error> {
    Ok(match number {
        0 => Grant::Root {
            name: read_name(from)?,
        },
        1 => Grant::Administrator {
            name: read_name(from)?,
            staff: from.required::<_, CborError>(8, |r| r.bytes_of().map(StaffId::from_bytes))?,
            device: read_device(from)?,
            valid: from.required(12, read_valid)?,
        },
        2 => Grant::Staff {
            name: read_name(from)?,
            staff: from.required::<_, CborError>(8, |r| r.bytes_of().map(StaffId::from_bytes))?,
            device: read_device(from)?,
            role: Role::from_number(from.required::<_, CborError>(10, Reader::uint)?)
                .ok_or(Error::Newer)?,
            sites: from.required(11, read_sites)?,
            valid: from.required(12, read_valid)?,
        },
        3 => Grant::Device {
            device: read_device(from)?,
            sites: from.required(11, read_sites)?,
            sealing_key: from.required::<_, CborError>(13, Reader::bytes_of)?,
        },
        _ => return Err(Error::Newer),
    })
}

fn read_name(from: &mut Fields<'_, '_>) -> Result<String, CborError> {
    from.required(7, |r| r.text().map(str::to_owned))
}

fn read_device(from: &mut Fields<'_, '_>) -> Result<DeviceId, CborError> {
    from.required(9, |r| r.bytes_of().map(DeviceId::from_bytes))
}

fn read_sites(from: &mut Reader<'_>) -> Result<BTreeSet<SiteId>, Error> {
    let mut sites = BTreeSet::new();
    for _ in 0..from.array()? {
        let site = SiteId::from_bytes(from.bytes_of()?);
        if sites.last().is_some_and(|before| *before >= site) {
            return Err(CborError::KeyOrder.into());
        }
        sites.insert(site);
    }
    Ok(sites)
}

fn read_valid(from: &mut Reader<'_>) -> Result<Validity, CborError> {
    from.array_of(2)?;
    let mut bound = || Timestamp::from_millisecond(from.int()?).map_err(|_| CborError::OutOfRange);
    Ok(Validity {
        not_before: bound()?,
        not_after: bound()?,
    })
}

fn check(grant: &Grant) -> Result<(), Error> {
    let name_fits = |name: &String| (1..=MAX_NAME_BYTES).contains(&name.len());
    let sites_fit = |sites: &BTreeSet<SiteId>| (1..=MAX_SITES).contains(&sites.len());
    let ordered = |valid: &Validity| valid.not_before <= valid.not_after;
    let fits = match grant {
        Grant::Root { name } => name_fits(name),
        Grant::Administrator { name, valid, .. } => name_fits(name) && ordered(valid),
        Grant::Staff {
            name,
            role,
            sites,
            valid,
            ..
        } => name_fits(name) && *role != Role::Administrator && sites_fit(sites) && ordered(valid),
        Grant::Device { sites, .. } => sites_fit(sites),
    };
    if fits { Ok(()) } else { Err(Error::Claims) }
}
