//! What an entry says beside its body: why it replaces a value, and when it really happened.

use std::fmt;

use crate::cbor::{Error as CborError, Reader, Value, Writer};
use crate::id::StaffId;
use crate::moment::Moment;

use super::Error;

/// Why a current value was changed or taken away, in a person's words: 1 to [`Reason::MAX_BYTES`]
/// bytes.
///
/// `Debug` leaves the words out: they may be about a patient.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason(String);

/// A text that is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A reason is missing or too long. Say in a sentence or two why the value is changed.")]
pub struct NotAReason;

impl Reason {
    /// The most bytes in a reason. A design decision: about ten lines of a page.
    pub const MAX_BYTES: usize = 1000;

    /// Checks the length; the words are kept as they are.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAReason> {
        let text = text.into();
        if (1..=Self::MAX_BYTES).contains(&text.len()) {
            Ok(Self(text))
        } else {
            Err(NotAReason)
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("reason")
    }
}

/// When something really happened and who did it, where it was typed later: after a downtime, or
/// when an entry is made anew on the right patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When, by what a person says. Testimony, never order.
    pub at: Moment,
    /// Who, where that was not the author.
    pub by: Option<By>,
}

/// Who did what is written up later.
#[derive(Clone, PartialEq, Eq)]
pub enum By {
    /// A member of staff of this service.
    Staff(StaffId),
    /// Somebody without an account here, by name: 1 to [`By::MAX_NAME_BYTES`] bytes.
    Named(String),
}

impl By {
    /// The most bytes in a name; as in a certificate.
    pub const MAX_NAME_BYTES: usize = 200;
}

impl fmt::Debug for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staff(staff) => write!(f, "staff {staff}"),
            Self::Named(_) => f.write_str("named"),
        }
    }
}

impl Happened {
    pub(super) fn check(&self) -> Result<(), Error> {
        match &self.by {
            Some(By::Named(name)) if !(1..=By::MAX_NAME_BYTES).contains(&name.len()) => {
                Err(Error::Happened)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.map(1 + usize::from(self.by.is_some()));
        to.uint(0);
        self.at.write(to);
        if let Some(by) = &self.by {
            to.uint(1);
            match by {
                By::Staff(staff) => to.bytes(staff.as_bytes()),
                By::Named(name) => to.text(name),
            }
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        let mut fields = from.fields()?;
        let happened = Self {
            at: fields.required::<_, CborError>(0, Moment::read)?,
            by: fields.optional(1, By::read)?,
        };
        fields.end()?;
        happened.check()?;
        Ok(happened)
    }
}

impl By {
    fn read(from: &mut Reader<'_>) -> Result<Self, CborError> {
        match from.value()? {
            Value::Bytes(id) => id
                .try_into()
                .map(|id| Self::Staff(StaffId::from_bytes(id)))
                .map_err(|_| CborError::OutOfRange),
            Value::Text(name) => Ok(Self::Named(name)),
            _ => Err(CborError::Unexpected),
        }
    }
}
