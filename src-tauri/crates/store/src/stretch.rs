use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::seal::WrapKey;
use crate::{DeviceSecret, KeysError};

/// What one guess at a passphrase costs (Argon2id). Kept with each wrap, so that
/// it can be raised later without locking anyone out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Stretch {
    /// 64 MiB, three passes, one lane: RFC 9106's second recommended option has
    /// this memory and these passes; one lane suits a small laptop.
    pub const REAL: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// Most memory a key file may ask for, in KiB (1 GiB): a damaged file must
    /// not take the machine down.
    const MOST_MEMORY_KIB: u32 = 1024 * 1024;
    const MOST_PASSES: u32 = 64;

    fn params(self) -> Result<Params, KeysError> {
        if self.memory_kib > Self::MOST_MEMORY_KIB || self.passes > Self::MOST_PASSES {
            return Err(KeysError::Crypto);
        }
        Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| KeysError::Crypto)
    }
}

/// `HKDF-SHA256(Argon2id(passphrase, salt) || device secret)`. Without a keyring
/// the passphrase stands alone, and `context` says so.
pub(crate) fn wrap_key(
    passphrase: &str,
    salt: &[u8],
    stretch: Stretch,
    secret: Option<&DeviceSecret>,
    context: &str,
) -> Result<WrapKey, KeysError> {
    let mut material = Zeroizing::new([0_u8; 64]);
    let (stretched, held) = material.split_at_mut(32);
    // Keyboards of different systems type the same accent as different characters.
    let typed = Zeroizing::new(passphrase.nfkc().collect::<String>());
    Argon2::new(Algorithm::Argon2id, Version::V0x13, stretch.params()?)
        .hash_password_into(typed.as_bytes(), salt, stretched)
        .map_err(|_| KeysError::Crypto)?;
    let used = match secret {
        Some(secret) => {
            held.copy_from_slice(secret.as_bytes());
            64
        }
        None => 32,
    };
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, &material[..used])
        .expand(context.as_bytes(), key.as_mut_slice())
        .map_err(|_| KeysError::Crypto)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Stretch = Stretch {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };

    fn key(passphrase: &str, secret: Option<&DeviceSecret>) -> WrapKey {
        wrap_key(passphrase, &[7; 16], CHEAP, secret, "test").unwrap()
    }

    #[test]
    fn the_passphrase_and_the_device_secret_each_change_the_key() {
        let secret = DeviceSecret::new([1; 32]);
        let other = DeviceSecret::new([2; 32]);
        let right = key("kettle orbit fern", Some(&secret));
        assert_eq!(right, key("kettle orbit fern", Some(&secret)));
        assert_ne!(right, key("kettle orbit ferns", Some(&secret)));
        assert_ne!(right, key("kettle orbit fern", Some(&other)));
        assert_ne!(right, key("kettle orbit fern", None));
    }

    #[test]
    fn an_accent_typed_in_two_ways_is_one_passphrase() {
        assert_eq!(key("caf\u{e9} orbit", None), key("cafe\u{301} orbit", None));
    }

    #[test]
    fn a_key_file_cannot_ask_for_all_the_memory_of_the_machine() {
        let greedy = Stretch {
            memory_kib: u32::MAX,
            passes: 1,
            lanes: 1,
        };
        assert!(wrap_key("x", &[7; 16], greedy, None, "test").is_err());
    }
}
