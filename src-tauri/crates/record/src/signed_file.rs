//! A device's signature over a file that leaves the record, so that whoever gets it can tell that
//! not a byte of it was changed.

use crate::domain::FILE_SIGNATURE;
use crate::keys::{BadSignature, SigningKey, VerifyingKey};

/// Signs the bytes of a whole file: Ed25519 over their BLAKE3 digest in key-derivation mode, with
/// the context given in `docs/security.md`.
pub fn sign_file(file: &[u8], device: &SigningKey) -> [u8; 64] {
    device.sign(FILE_SIGNATURE, file)
}

/// Checks such a signature.
pub fn verify_file(
    file: &[u8],
    signature: &[u8; 64],
    device: &VerifyingKey,
) -> Result<(), BadSignature> {
    device.verify(FILE_SIGNATURE, file, signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changed_by_one_byte_does_not_bear_its_signature() {
        let device = SigningKey::from_seed(&[7; 32]);
        let signature = sign_file(b"when,who\n", &device);
        let key = device.verifying_key();
        assert!(verify_file(b"when,who\n", &signature, &key).is_ok());
        assert!(verify_file(b"when,whO\n", &signature, &key).is_err());
        let other = SigningKey::from_seed(&[8; 32]).verifying_key();
        assert!(verify_file(b"when,who\n", &signature, &other).is_err());
    }
}
