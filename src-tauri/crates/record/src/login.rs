//! A device's proof to a hub server that it is the device it says.
//!
//! The signature names the server's own random number, so that it serves once; the service; and the
//! key of the server it is made for, so that a server in between cannot pass it on to another.

use crate::domain::LOGIN_SIGNATURE;
use crate::id::{DeviceId, ServiceId};
use crate::keys::{BadSignature, SigningKey, VerifyingKey};

/// What a device signs to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    /// The service.
    pub service: ServiceId,
    /// The device.
    pub device: DeviceId,
    /// The server's random bytes, good for one login.
    pub nonce: [u8; 32],
    /// BLAKE3 of the `SubjectPublicKeyInfo` of the server's TLS key, as the device sees it.
    pub server_key: [u8; 32],
}

impl Challenge {
    /// The device's signature.
    pub fn sign(&self, device: &SigningKey) -> [u8; 64] {
        device.sign(LOGIN_SIGNATURE, &self.payload())
    }

    /// Checks such a signature.
    pub fn verify(&self, signature: &[u8; 64], device: &VerifyingKey) -> Result<(), BadSignature> {
        device.verify(LOGIN_SIGNATURE, &self.payload(), signature)
    }

    /// Service, device, nonce, server key: 96 bytes.
    fn payload(&self) -> Vec<u8> {
        let parts: [&[u8]; 4] = [
            self.service.as_bytes(),
            self.device.as_bytes(),
            &self.nonce,
            &self.server_key,
        ];
        parts.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_holds_for_one_service_one_device_one_number_and_one_server_only() {
        let device = SigningKey::from_seed(&[7; 32]);
        let challenge = Challenge {
            service: ServiceId::from_random([1; 16]),
            device: DeviceId::from_random([2; 16]),
            nonce: [3; 32],
            server_key: [4; 32],
        };
        let signature = challenge.sign(&device);
        let key = device.verifying_key();
        assert!(challenge.verify(&signature, &key).is_ok());
        let service = ServiceId::from_random([9; 16]);
        let other = DeviceId::from_random([9; 16]);
        for changed in [
            Challenge {
                service,
                ..challenge
            },
            Challenge {
                device: other,
                ..challenge
            },
            Challenge {
                nonce: [9; 32],
                ..challenge
            },
            Challenge {
                server_key: [9; 32],
                ..challenge
            },
        ] {
            assert!(changed.verify(&signature, &key).is_err());
        }
        let stranger = SigningKey::from_seed(&[8; 32]).verifying_key();
        assert!(challenge.verify(&signature, &stranger).is_err());
    }
}
