//! Who may read an envelope, and whom or what it is about.

mod text;

use std::fmt;

use crate::cbor::{Error, Reader, Writer};
use crate::id::{PatientId, SiteId};

pub use text::NoScope;

/// Who may read. Each scope has its own keys and its own streams.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The devices enrolled for one site.
    Site(SiteId),
    /// Every device of the service: staff, certificates, rulesets, directory.
    Service,
    /// Who looked at what, kept apart with its own retention.
    Audit,
}

/// Whom or what every entry of an envelope is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One patient, by a random id.
    Patient(PatientId),
    /// One site.
    Site(SiteId),
    /// The service as a whole.
    Service,
    /// The audit trail.
    Audit,
}

impl Scope {
    /// Whether an envelope in this scope may be about `subject`. Patients live in the scope of a
    /// site; a site, the service and the audit trail each in their own.
    pub fn may_hold(&self, subject: &Subject) -> bool {
        match (self, subject) {
            (Self::Site(_), Subject::Patient(_))
            | (Self::Service, Subject::Service)
            | (Self::Audit, Subject::Audit) => true,
            (Self::Site(site), Subject::Site(other)) => site == other,
            _ => false,
        }
    }

    /// Its canonical form: `[0, site]`, `[1]` or `[2]`.
    pub fn write(&self, to: &mut Writer) {
        match self {
            Self::Site(site) => tagged(to, 0, Some(site.as_bytes())),
            Self::Service => tagged(to, 1, None),
            Self::Audit => tagged(to, 2, None),
        }
    }

    /// Reads what [`Scope::write`] wrote.
    pub fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        match untagged(from)? {
            (0, Some(id)) => Ok(Self::Site(SiteId::from_bytes(id))),
            (1, None) => Ok(Self::Service),
            (2, None) => Ok(Self::Audit),
            _ => Err(Error::OutOfRange),
        }
    }
}

impl Subject {
    pub(crate) fn write(&self, to: &mut Writer) {
        match self {
            Self::Patient(patient) => tagged(to, 0, Some(patient.as_bytes())),
            Self::Site(site) => tagged(to, 1, Some(site.as_bytes())),
            Self::Service => tagged(to, 2, None),
            Self::Audit => tagged(to, 3, None),
        }
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        match untagged(from)? {
            (0, Some(id)) => Ok(Self::Patient(PatientId::from_bytes(id))),
            (1, Some(id)) => Ok(Self::Site(SiteId::from_bytes(id))),
            (2, None) => Ok(Self::Service),
            (3, None) => Ok(Self::Audit),
            _ => Err(Error::OutOfRange),
        }
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site(site) => write!(f, "site {site}"),
            Self::Service => f.write_str("service"),
            Self::Audit => f.write_str("audit"),
        }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Patient(patient) => write!(f, "patient {patient}"),
            Self::Site(site) => write!(f, "site {site}"),
            Self::Service => f.write_str("service"),
            Self::Audit => f.write_str("audit"),
        }
    }
}

/// `[tag]` or `[tag, id]`: the form of every choice in the format.
pub(crate) fn tagged(to: &mut Writer, tag: u64, id: Option<&[u8; 16]>) {
    to.array(1 + usize::from(id.is_some()));
    to.uint(tag);
    if let Some(id) = id {
        to.bytes(id);
    }
}

pub(crate) fn untagged(from: &mut Reader<'_>) -> Result<(u64, Option<[u8; 16]>), Error> {
    match from.array()? {
        1 => Ok((from.uint()?, None)),
        2 => Ok((from.uint()?, Some(from.bytes_of()?))),
        _ => Err(Error::Unexpected),
    }
}
