//! One immutable fact, its slot, and what it supersedes.

mod happened;
mod kind;
mod sign;
mod slot;
mod wire;

use std::fmt;

use crate::cbor::{Reader, Value, Writer};
use crate::id::{EntryId, StaffId};
use crate::moment::Moment;

pub use happened::{By, Happened, NotAReason, Reason};
pub use kind::{Kind, NotAKind};
pub use sign::{Basis, Signed, sign_entry, verify_signed};
pub use slot::{NotASlot, Slot};

/// The highest Lamport counter and sequence number: 2^53 - 1, exact in JSON and JavaScript.
pub const MAX_COUNTER: u64 = (1 << 53) - 1;

/// The most entries one entry may supersede.
pub const MAX_PARENTS: usize = 256;

/// The most heads one signature may say it had seen.
pub const MAX_BASIS_HEADS: usize = 16_384;

/// One fact. It is never changed; a later entry may supersede it and it stays readable.
///
/// `Debug` leaves the body out.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// What sort of fact it is. Kinds from newer versions are kept and carried on.
    pub kind: Kind,
    /// Version of the body's schema, from 1.
    pub version: u16,
    /// What it gives the value of; `None` for what only appends.
    pub slot: Option<Slot>,
    /// The slot's heads its author saw, in any order; at most [`MAX_PARENTS`]. None without a slot.
    pub parents: Vec<EntryId>,
    /// What the device's clock showed. Testimony, never order.
    pub claimed: Moment,
    /// One more than the highest counter its author had seen; at most [`MAX_COUNTER`].
    pub lamport: u64,
    /// Whose entry it is.
    pub author: StaffId,
    /// Whose hands typed it.
    pub entered_by: EnteredBy,
    /// What was said, in the shape its kind and version give.
    pub body: Value,
    /// The signature of the author as a person, for the kinds that need one.
    pub signed: Option<Signed>,
    /// Why the values it replaces no longer hold. None without parents.
    pub reason: Option<Reason>,
    /// When it happened and who did it, where it was typed later.
    pub happened: Option<Happened>,
}

impl Entry {
    /// When it happened, as far as anybody said: the time it is written up for, else the time it
    /// was typed. What a rule about the age of an answer counts from.
    pub fn took_place(&self) -> Moment {
        self.happened.as_ref().map_or(self.claimed, |it| it.at)
    }
}

/// Whose hands typed an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnteredBy {
    /// A member of staff, who may be another than the author.
    Staff(StaffId),
    /// The patient, in patient mode.
    Patient,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("kind", &self.kind)
            .field("version", &self.version)
            .field("slot", &self.slot)
            .field("parents", &self.parents)
            .field("claimed", &self.claimed)
            .field("lamport", &self.lamport)
            .field("author", &self.author)
            .field("signed", &self.signed.is_some())
            .field("happened", &self.happened)
            .finish_non_exhaustive()
    }
}

/// The content of an envelope: the canonical bytes of its entries, before compression.
pub fn encode(entries: &[Entry]) -> Result<Vec<u8>, Error> {
    let mut to = Writer::new();
    wire::write_all(&mut to, entries)?;
    Ok(to.into_bytes())
}

/// Reads the content of an envelope, up to `limit` entries.
pub fn decode(content: &[u8], limit: usize) -> Result<Vec<Entry>, Error> {
    let mut from = Reader::new(content);
    let entries = wire::read_all(&mut from, limit)?;
    from.end()?;
    Ok(entries)
}

/// Why an entry cannot be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not an entry.
    #[error(transparent)]
    Cbor(#[from] crate::cbor::Error),
    /// The kind is not kebab-case.
    #[error(transparent)]
    Kind(#[from] NotAKind),
    /// The slot is not a path.
    #[error(transparent)]
    Slot(#[from] NotASlot),
    /// The schema version is 0.
    #[error("An entry's version starts at 1. Update Felloe.")]
    Version,
    /// The Lamport counter is above [`MAX_COUNTER`].
    #[error("An entry's counter is out of range. Have the device that wrote it checked.")]
    Counter,
    /// Parents without a slot, too many, repeated or unsorted.
    #[error(
        "An entry does not say properly what it replaces. Have the device that wrote it checked."
    )]
    Parents,
    /// A reason for replacing something in an entry that replaces nothing.
    #[error(
        "A reason stands beside a value that replaces none. Leave it out, or check the device."
    )]
    ReasonAlone,
    /// The reason is empty or too long.
    #[error(transparent)]
    Reason(#[from] NotAReason),
    /// The name of who did it is empty or too long.
    #[error("Who did it has to be named in 1 to 200 letters. Shorten the name and save again.")]
    Happened,
    /// The basis lists too many heads, or lists them out of order.
    #[error(
        "A signature does not say properly what it had seen. Have the device that wrote it checked."
    )]
    Basis,
    /// A kind that a person must sign came without a signature.
    #[error("This has to be signed by a person before it can be saved.")]
    NotSigned,
    /// The signature was given for another place.
    #[error("This was signed in another place or for another patient, so it was not accepted.")]
    Elsewhere,
    /// The signature does not fit.
    #[error(transparent)]
    Signature(#[from] crate::keys::BadSignature),
}
