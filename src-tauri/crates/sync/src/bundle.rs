//! Bundles: envelopes carried by hand, in one file.
//!
//! A bundle is written and read as a stream: whatever its length, no more than one envelope and one
//! chunk of the file are held at a time, so that a laptop can be seeded with a whole clinic. It is
//! sealed in chunks, each bound to its place, under a key that only the recipients' laptops open;
//! `docs/format.md` gives the bytes.
//!
//! What is put in follows from who reads it: streams that every recipient may see, beyond what each
//! of them was last known to hold ([`plan`]). Nothing is removed anywhere by writing one, reading
//! one twice changes nothing, and an old one brings what it brings and takes nothing back.

mod chunks;
mod key;
mod plan;
mod read;
mod write;

pub use key::FileKey;
pub use plan::{Contents, Knowledge, plan};
pub use read::{Bundle, Envelopes, Front, front};
pub use write::{Written, write};

use std::io;

use record::envelope::Error as EnvelopeError;

/// Why a bundle was not written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What is wrong with the bundle, in its own sentence.
    #[error(transparent)]
    Bundle(#[from] record::bundle::Error),
    /// An envelope in it cannot be read.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The file could not be read or written.
    #[error("The file with the bundle could not be read or written.")]
    File(#[source] io::Error),
    /// The journal could not be read.
    #[error("The record could not be read, so no bundle was written. Try again.")]
    Log,
}

impl Error {
    /// Whether the bundle itself is what is wrong, rather than the stick or the record.
    pub fn is_of_the_bundle(&self) -> bool {
        matches!(self, Self::Bundle(_) | Self::Envelope(_))
    }
}
