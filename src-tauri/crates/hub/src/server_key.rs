//! The key by which laptops know the hub server.
//!
//! It is made at set-up and signs its own certificate. Nobody vouches for it: its pin is compared
//! when a laptop enrols. So neither an authority nor a clock can lock a clinic out.

use std::fmt::Write as _;
use std::sync::Arc;

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PublicKeyData};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sync::record::certificate::Fingerprint;
use sync::record::words::SixWords;

/// The server's private key and the certificate that carries its public half.
pub struct ServerKey {
    key: KeyPair,
    certificate_pem: String,
}

/// BLAKE3 of the server's public key, as the DER bytes of its `SubjectPublicKeyInfo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin([u8; 32]);

/// Why there is no key to serve with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It could not be made for this name.
    #[error("No key can be made for that name. Give the DNS name by which laptops reach it.")]
    Name(#[source] rcgen::Error),
    /// The files hold no key and its certificate.
    #[error(
        "The server's key cannot be read. Put server.key and server.crt back from a backup, or make a new key with felloe-hub rotate."
    )]
    Unreadable,
}

/// Digits in one group of a pin, as people read it out.
const GROUP: usize = 4;

impl ServerKey {
    /// A new key, with a certificate for `name`.
    pub fn generate(name: &str) -> Result<Self, KeyError> {
        let key = KeyPair::generate().map_err(KeyError::Name)?;
        let mut params = CertificateParams::new(vec![name.to_owned()]).map_err(KeyError::Name)?;
        params.distinguished_name = DistinguishedName::new();
        params
            .distinguished_name
            .push(DnType::CommonName, "felloe-hub");
        let certificate = params.self_signed(&key).map_err(KeyError::Name)?;
        Ok(Self {
            certificate_pem: certificate.pem(),
            key,
        })
    }

    /// Reads what [`ServerKey::key_pem`] and [`ServerKey::certificate_pem`] gave.
    pub fn read(key_pem: &str, certificate_pem: &str) -> Result<Self, KeyError> {
        let key = KeyPair::from_pem(key_pem).map_err(|_| KeyError::Unreadable)?;
        Ok(Self {
            key,
            certificate_pem: certificate_pem.to_owned(),
        })
    }

    /// The private key. Never log or show it.
    pub fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }

    /// The certificate.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// What laptops hold the server's key against.
    pub fn pin(&self) -> Pin {
        Pin(blake3::hash(&self.key.subject_public_key_info()).into())
    }

    /// A secret that follows from the private key, for what this server hands out and takes back:
    /// every hub server with the same key has the same.
    pub fn secret(&self) -> [u8; 32] {
        blake3::derive_key("felloe v1 hub server nonce", self.key.serialized_der())
    }

    /// TLS 1.2 and 1.3 with this key.
    pub fn tls(&self) -> Result<Arc<ServerConfig>, KeyError> {
        let certificate = CertificateDer::from_pem_slice(self.certificate_pem.as_bytes())
            .map_err(|_| KeyError::Unreadable)?;
        let key = PrivateKeyDer::from_pem_slice(self.key_pem().as_bytes())
            .map_err(|_| KeyError::Unreadable)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| KeyError::Unreadable)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .map_err(|_| KeyError::Unreadable)?;
        Ok(Arc::new(config))
    }
}

impl Pin {
    /// The 32 bytes that a login is signed for.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 96 bits as six words, to be read out by telephone.
    pub fn words(&self) -> SixWords {
        SixWords::of(&Fingerprint::from_bytes(self.0))
    }
}

/// Sixteen groups of four digits.
impl std::fmt::Display for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = blake3::Hash::from_bytes(self.0).to_hex();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                f.write_char(' ')?;
            }
            f.write_char(digit)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_written_down_has_the_same_pin_and_the_same_secret() {
        let made = ServerKey::generate("hub.example").unwrap();
        let read = ServerKey::read(&made.key_pem(), made.certificate_pem()).unwrap();
        assert_eq!(read.pin(), made.pin());
        assert_eq!(read.secret(), made.secret());
        assert!(read.tls().is_ok());
        assert_eq!(made.pin().to_string().split(' ').count(), 16);
    }

    #[test]
    fn two_keys_have_two_pins() {
        let [one, other] = [(); 2].map(|()| ServerKey::generate("hub.example").unwrap());
        assert_ne!(one.pin(), other.pin());
        assert_ne!(one.secret(), other.secret());
    }

    #[test]
    fn a_certificate_of_another_key_is_refused() {
        let [one, other] = [(); 2].map(|()| ServerKey::generate("hub.example").unwrap());
        let mixed = ServerKey::read(&one.key_pem(), other.certificate_pem()).unwrap();
        assert!(matches!(mixed.tls(), Err(KeyError::Unreadable)));
    }
}
