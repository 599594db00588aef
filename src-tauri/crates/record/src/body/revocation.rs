//! The end of a certificate.

use serde::{Deserialize, Serialize};

use crate::certificate::CertificateId;
use crate::scope::Scope;

/// Ends a certificate. In the service scope, slot `revocation/<certificate>`, signed by an
/// administrator. What its holder wrote up to the last accepted envelopes goes on to count.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The certificate that ends.
    pub certificate: CertificateId,
    /// replaced, left, lost or error.
    pub why: String,
    /// The last envelope that counts in each stream of the holder's device. What stands in a
    /// stream that is not named does not count.
    pub accepted: Vec<StreamEnd>,
}

/// The last accepted envelope of one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamEnd {
    /// The stream's scope.
    pub scope: Scope,
    /// The device's life.
    pub incarnation: u32,
    /// The last sequence number that counts.
    pub sequence: u64,
}
