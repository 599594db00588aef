//! What stands in a column, and the way back.

use sync::record::envelope::{Envelope, Stream};
use sync::record::id::{DeviceId, ServiceId, SiteId};
use sync::record::log::Tail;
use sync::record::scope::Scope;

use crate::database::{DatabaseError, Row};

pub(super) fn scope_text(scope: &Scope) -> String {
    match scope {
        Scope::Site(site) => format!("site:{site}"),
        Scope::Service => "service".to_owned(),
        Scope::Audit => "audit".to_owned(),
    }
}

fn read_scope(text: &str) -> Result<Scope, DatabaseError> {
    match text {
        "service" => Ok(Scope::Service),
        "audit" => Ok(Scope::Audit),
        _ => text
            .strip_prefix("site:")
            .and_then(|site| site.parse::<SiteId>().ok())
            .map(Scope::Site)
            .ok_or(DatabaseError::Malformed("a scope")),
    }
}

/// A stream from three columns: scope, device, incarnation.
pub(super) fn stream(row: &Row, at: usize, service: ServiceId) -> Result<Stream, DatabaseError> {
    let incarnation = u32::try_from(row.number(at + 2)?);
    Ok(Stream {
        service,
        scope: read_scope(row.text(at)?)?,
        device: DeviceId::from_bytes(row.bytes_of(at + 1)?),
        incarnation: incarnation.map_err(|_| DatabaseError::Malformed("an incarnation"))?,
    })
}

/// A place from two columns: sequence, header hash.
pub(super) fn tail(row: &Row, at: usize) -> Result<Tail, DatabaseError> {
    Ok(Tail {
        sequence: row.count(at)?,
        header_hash: row.bytes_of(at + 1)?,
    })
}

pub(super) fn envelope(bytes: &[u8]) -> Result<Envelope, DatabaseError> {
    Envelope::from_bytes(bytes).map_err(|_| DatabaseError::Malformed("an envelope"))
}
