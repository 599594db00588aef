//! What stands in a column, and the way back.

use sync::record::envelope::{Envelope, Stream};
use sync::record::id::{DeviceId, PatientId, ServiceId};
use sync::record::log::Tail;
use sync::record::scope::Subject;

use crate::database::{DatabaseError, Row};

/// A stream from three columns: scope, device, incarnation.
pub(super) fn stream(row: &Row, at: usize, service: ServiceId) -> Result<Stream, DatabaseError> {
    let scope = row.text(at)?.parse();
    let incarnation = u32::try_from(row.number(at + 2)?);
    Ok(Stream {
        service,
        scope: scope.map_err(|_| DatabaseError::Malformed("a scope"))?,
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

/// The patient that an envelope's header names.
pub(super) fn patient_of(envelope: &Envelope) -> Option<&PatientId> {
    match &envelope.header().subject {
        Subject::Patient(patient) => Some(patient),
        Subject::Site(_) | Subject::Service | Subject::Audit => None,
    }
}

pub(super) fn envelope(bytes: &[u8]) -> Result<Envelope, DatabaseError> {
    Envelope::from_bytes(bytes).map_err(|_| DatabaseError::Malformed("an envelope"))
}
