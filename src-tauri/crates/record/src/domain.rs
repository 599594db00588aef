//! Domain separation. Every hash and every signature names what it is for, so that bytes made for
//! one purpose can never pass for another. These strings are wire bytes: changing one makes every
//! earlier signature or hash of that purpose fail.

/// The device's signature over a header.
pub(crate) const HEADER_SIGNATURE: &str = "felloe v1 header signature";
/// A staff member's signature over an entry.
pub(crate) const STAFF_SIGNATURE: &str = "felloe v1 staff signature";
/// The place a staff member's signature was given for.
pub(crate) const SIGNED_PLACE: &str = "felloe v1 signed place";
/// An issuer's signature over a certificate.
pub(crate) const CERTIFICATE_SIGNATURE: &str = "felloe v1 certificate signature";
/// A device's signature over the manifest of a backup.
pub(crate) const BACKUP_SIGNATURE: &str = "felloe v1 backup signature";
/// A device's signature over the manifest of a bundle.
pub(crate) const BUNDLE_SIGNATURE: &str = "felloe v1 bundle signature";
/// The hash of a bundle's head.
pub(crate) const BUNDLE_HEAD: &str = "felloe v1 bundle head";
/// The six words of a bundle.
pub(crate) const BUNDLE_WORDS: &str = "felloe v1 bundle words";
/// The cipher key made from the key of a bundle's file.
pub(crate) const BUNDLE_CIPHER: &str = "felloe v1 bundle cipher";
/// The cipher key made from the key of an attachment's blob.
pub(crate) const BLOB_CIPHER: &str = "felloe v1 blob cipher";
/// A blob's id, over its bytes as they travel.
pub(crate) const BLOB_ID: &str = "felloe v1 blob id";
/// The hash of what a blob holds.
pub(crate) const BLOB_CONTENT: &str = "felloe v1 blob content";
/// A device's signature over a file that leaves the record.
pub(crate) const FILE_SIGNATURE: &str = "felloe v1 file signature";
/// A device's and a person's signatures over an enrolment request.
pub(crate) const REQUEST_SIGNATURE: &str = "felloe v1 enrolment request signature";
/// An administrator's signature over the answer to one.
pub(crate) const ANSWER_SIGNATURE: &str = "felloe v1 enrolment answer signature";
/// An enrolment request's id, read out at enrolment.
pub(crate) const ENROLMENT_REQUEST: &str = "felloe v1 enrolment request";
/// The hash of a header that the next one in the stream names as `previous`.
pub(crate) const HEADER_HASH: &str = "felloe v1 header hash";
/// An envelope's id, over header and signature.
pub(crate) const ENVELOPE_ID: &str = "felloe v1 envelope id";
/// The hash of the sealed content, which stands in the header.
pub(crate) const SEALED_HASH: &str = "felloe v1 sealed hash";
/// A certificate's id, over claims and signature.
pub(crate) const CERTIFICATE_ID: &str = "felloe v1 certificate id";
/// A content key's id, which commits to the key.
pub(crate) const KEY_ID: &str = "felloe v1 key id";
/// The cipher key made from a content key.
pub(crate) const SEAL_KEY: &str = "felloe v1 seal key";
/// A person's signature over a warrant.
pub(crate) const WARRANT_SIGNATURE: &str = "felloe v1 warrant signature";
/// A warrant's id, over claims and signature.
pub(crate) const WARRANT_ID: &str = "felloe v1 warrant id";
/// The root's fingerprint.
pub(crate) const FINGERPRINT: &str = "felloe v1 root fingerprint";

/// The digest of what is held of one stream.
pub(crate) const STREAM_DIGEST: &str = "felloe v1 stream digest";
/// The digest of what is held in one scope.
pub(crate) const SCOPE_DIGEST: &str = "felloe v1 scope digest";
/// The digest of several scopes' digests.
pub(crate) const SCOPES_DIGEST: &str = "felloe v1 scopes digest";
/// The digest of the erasures that somebody knows of.
pub(crate) const ERASURES_DIGEST: &str = "felloe v1 erasures digest";
/// A device's signature when it logs in to a hub server.
pub(crate) const LOGIN_SIGNATURE: &str = "felloe v1 login signature";

/// BLAKE3 in key-derivation mode over the parts, one after another.
pub(crate) fn digest(domain: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(domain);
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}
