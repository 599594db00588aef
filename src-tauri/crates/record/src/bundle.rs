//! A bundle: a file that carries envelopes by hand. What stands at its front, and its manifest.
//!
//! The *head* stands in clear: for which laptops the file is, and the file's key sealed to each of
//! them. All else is under that key. The *manifest* comes first: who wrote the bundle, what is in
//! it, and how far its writer holds each stream, which is the receipt for what came the other way.
//! The writing device signs it, and with it the head, so that nobody can pass it on to others.
//!
//! `docs/format.md` gives the bytes. Reading and writing the file itself is the work of `sync`.

mod head;
mod manifest;
mod wire;

pub use head::{Check, HEAD_AT, Head, Recipient, bundle_key_purpose};
pub use manifest::{Claims, Manifest, Range};

use zeroize::Zeroizing;

use crate::cbor::Error as CborError;
use crate::certificate::Error as CertificateError;
use crate::domain::{self, BUNDLE_CIPHER};

/// What a bundle begins with.
pub const MARK: &[u8; 13] = b"felloe bundle";
/// What a bundle ends with: one that does not was not written or copied to its end.
pub const END: &[u8; 17] = b"felloe bundle end";
/// The layout of the file, after the mark. A greater one is from a newer version.
pub const LAYOUT: u8 = 0;
/// What HPKE is told a sealed file key is: its `info`.
pub const BUNDLE_KEY_INFO: &str = "felloe v1 bundle key";
/// The most bytes of a head: room for every recipient.
pub const MAX_HEAD_BYTES: usize = 256 * 1024;
/// The most laptops that one bundle is for. A design decision: far above a hub site's.
pub const MAX_RECIPIENTS: usize = 1024;
/// The most bytes of a manifest: some ten thousand streams.
pub const MAX_MANIFEST_BYTES: usize = 4 * 1024 * 1024;
/// The most certificates in a chain: root, administrator, device, and room for what may come. A
/// design decision.
pub const MAX_CHAIN: usize = 8;

/// Why the head or the manifest of a bundle was not made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file does not begin as a bundle does.
    #[error("This file is not a bundle. Choose a file that ends in .felloe-bundle.")]
    NotABundle,
    /// A newer version wrote it.
    #[error("This bundle was written by a newer version. Update Felloe to read it.")]
    Newer,
    /// It is for another service.
    #[error(
        "This bundle belongs to another service, so nothing was read. Choose one that this service wrote."
    )]
    OtherService,
    /// It is for laptops, and not for this one.
    #[error(
        "This bundle was written for other laptops and does not open on this one. Ask its writer for one that names this laptop."
    )]
    ForSomeoneElse,
    /// A byte is not what was written.
    #[error(
        "This bundle was altered or damaged after it was written, so it is not read. Copy it again from where it was written."
    )]
    Altered,
    /// The file ends before the bundle does.
    #[error(
        "This bundle ends too early: it was not written or copied to its end. Copy it again from where it was written."
    )]
    CutShort,
    /// No certificate proves who wrote it.
    #[error(
        "The laptop that wrote this bundle is not known to this service, so nothing was read. Ask whoever gave it to you where it comes from."
    )]
    UnknownSender,
    /// Longer than the limits.
    #[error(
        "Something in this bundle is larger than a bundle may hold, so it is not read. Ask its writer to write it again."
    )]
    TooLarge,
    /// Nested more deeply than anything that is written.
    #[error(
        "Something in this bundle is nested more deeply than anything Felloe writes, so it is not read. Ask its writer to write it again."
    )]
    TooDeep,
    /// What came is not what the manifest lists.
    #[error("This bundle does not hold what its own list says. Ask its writer to write it again.")]
    NotAsListed,
}

/// The key of the cipher, from the key of a bundle's file: so that what is sealed to the recipients
/// is never the cipher's own.
pub fn cipher_key(file: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(domain::digest(BUNDLE_CIPHER, &[file]))
}

impl From<CborError> for Error {
    fn from(error: CborError) -> Self {
        match error {
            CborError::TooDeep => Self::TooDeep,
            CborError::TooLong => Self::TooLarge,
            _ => Self::Altered,
        }
    }
}

impl From<CertificateError> for Error {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::Newer => Self::Newer,
            _ => Self::UnknownSender,
        }
    }
}
