//! Scopes and subjects as they stand in a column.

use record::id::{PatientId, SiteId};
use record::scope::{Scope, Subject};

use crate::StoreError;

pub(crate) fn subject_text(subject: &Subject) -> String {
    match subject {
        Subject::Patient(patient) => format!("patient:{patient}"),
        Subject::Site(site) => format!("site:{site}"),
        Subject::Service => "service".to_owned(),
        Subject::Audit => "audit".to_owned(),
    }
}

pub(crate) fn read_scope(text: &str) -> Result<Scope, StoreError> {
    text.parse().map_err(|_| StoreError::Malformed("scope"))
}

pub(crate) fn read_subject(text: &str) -> Result<Subject, StoreError> {
    let id = |kind: &str| text.strip_prefix(kind);
    match text {
        "service" => Some(Subject::Service),
        "audit" => Some(Subject::Audit),
        _ => id("patient:")
            .and_then(|patient| patient.parse::<PatientId>().ok())
            .map(Subject::Patient)
            .or_else(|| id("site:")?.parse::<SiteId>().ok().map(Subject::Site)),
    }
    .ok_or(StoreError::Malformed("subject"))
}
