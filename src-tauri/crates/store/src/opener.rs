//! A person's key for being given other keys.
//!
//! Their passphrase opens the private half. So the data key can be changed and everybody on the
//! laptop given the new one, without anybody else's passphrase.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::KeysError;
use crate::boxed::{Boxed, Shared, pair};
use crate::data_key::random;
use crate::seal::Bytes;

const INFO: &[u8] = b"felloe staff opener v1";

/// The private half. Wiped when dropped.
#[derive(Clone)]
pub(crate) struct OpenerKey(Zeroizing<[u8; 32]>);

/// The public half, kept in the key file and, so that nobody can put their own there, in the
/// encrypted file as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OpenerPublic(Bytes);

impl OpenerKey {
    pub(crate) fn new(entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        Self(Zeroizing::new(random(entropy)))
    }

    pub(crate) fn from_seed(seed: Zeroizing<[u8; 32]>) -> Self {
        Self(seed)
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn public(&self) -> OpenerPublic {
        OpenerPublic(Bytes(pair(&self.0).1))
    }

    /// Opens what was sealed to the public half; `None` when it was not, or for another purpose.
    pub(crate) fn open(
        &self,
        boxed: &Boxed,
        purpose: &str,
        shared: Option<&Shared>,
    ) -> Option<Zeroizing<[u8; 32]>> {
        boxed.open(&pair(&self.0).0, INFO, purpose, shared)
    }
}

impl OpenerPublic {
    pub(crate) fn seal(
        &self,
        purpose: &str,
        shared: Option<&Shared>,
        secret: &[u8; 32],
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Boxed, KeysError> {
        Boxed::seal(&self.0, INFO, purpose, shared, secret, entropy)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0.0
    }
}
