//! Why a use case did not do what was asked, and what the screen is told of it.

use record::cbor;
use store::{BackupError, KeysError, StoreError, UnlockError};

use crate::role::Act;
use crate::view::{Fault, FaultCode, FieldFault};

/// Why a use case did not do what was asked. Nothing was written unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody is at work.
    #[error("The screen is locked. Unlock it to go on.")]
    Locked,
    /// The role may not do it.
    #[error("{}", .0.refusal())]
    NotAllowed(Act),
    /// Something is not here.
    #[error("{0} was not found on this laptop. Go back and choose it again.")]
    NotFound(&'static str),
    /// Fields of a form.
    #[error("Some of what was entered cannot be right. See the fields marked.")]
    Invalid(Vec<FieldFault>),
    /// The case changed since the screen was drawn.
    #[error("{0}")]
    Stale(&'static str),
    /// It cannot be done, in one plain sentence.
    #[error("{0}")]
    Plain(String),
    /// The bytes did not reach the disk.
    #[error("This was not saved. {0}")]
    NotSaved(StoreError),
    /// The record cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A passphrase did not open the record.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// Keys could not be made or changed.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// A backup was not made, opened or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// An answer to a request to join was not made or taken.
    #[error(transparent)]
    Answer(#[from] record::enrolment::AnswerError),
    /// A bundle was not written or read.
    #[error("{}", crate::bundles::said(.0))]
    Bundle(#[from] sync::bundle::Error),
    /// An entry could not be put into bytes.
    #[error(transparent)]
    Entry(#[from] record::entry::Error),
    /// The same, for its envelope.
    #[error(transparent)]
    Envelope(#[from] record::envelope::Error),
    /// The same, for its body.
    #[error(transparent)]
    Body(#[from] cbor::Error),
    /// A document could not be set.
    #[error(transparent)]
    Document(#[from] document::DocumentError),
}

impl Refusal {
    /// One field and what is wrong with it.
    pub(crate) fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldFault {
            field: field.into(),
            message: message.into(),
        }])
    }

    /// One plain sentence.
    pub(crate) fn plain(sentence: impl Into<String>) -> Self {
        Self::Plain(sentence.into())
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        let mut fault = Self {
            code: FaultCode::Other,
            message,
            fields: Vec::new(),
            wait_seconds: None,
        };
        match refusal {
            Refusal::Locked => fault.code = FaultCode::Locked,
            Refusal::NotAllowed(_) => fault.code = FaultCode::NotAllowed,
            Refusal::Stale(_) => fault.code = FaultCode::Stale,
            Refusal::NotSaved(_) => fault.code = FaultCode::NotSaved,
            Refusal::Store(error) | Refusal::Keys(KeysError::Store(error))
                if error.is_of_disk() =>
            {
                fault.code = FaultCode::NotSaved;
            }
            Refusal::Invalid(fields) => {
                fault.code = FaultCode::Invalid;
                fault.fields = fields;
            }
            Refusal::Unlock(
                UnlockError::WrongPassphrase { wait_seconds, .. }
                | UnlockError::Wait { wait_seconds },
            ) => {
                fault.code = FaultCode::WrongPassphrase;
                fault.wait_seconds = u32::try_from(wait_seconds).ok();
            }
            Refusal::Unlock(UnlockError::SecretMissing | UnlockError::SecretSwapped) => {
                fault.code = FaultCode::NeedsRecovery;
            }
            _ => {}
        }
        fault
    }
}
