//! The key of a bundle's file, sealed to the laptops it is for.

use record::body::BoxedKey;
use record::bundle::{BUNDLE_KEY_INFO, bundle_key_purpose};
use record::id::{BundleId, DeviceId, ServiceId};
use zeroize::Zeroizing;

use crate::boxed::{Boxed, pair};
use crate::seal::Bytes;
use crate::{KeysError, Opened};

/// Seals a file's key to a laptop, by the sealing key of its certificate.
pub fn seal_bundle_key(
    service: ServiceId,
    bundle: BundleId,
    device: DeviceId,
    sealing_key: &[u8; 32],
    key: &[u8; 32],
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Result<BoxedKey, KeysError> {
    let purpose = bundle_key_purpose(service, bundle, device);
    let public = Bytes(sealing_key.to_vec());
    let info = BUNDLE_KEY_INFO.as_bytes();
    let sealed = Boxed::seal(&public, info, &purpose, None, key, entropy)?;
    let bytes = sealed.to_bytes().ok_or(KeysError::Crypto)?;
    Ok(BoxedKey::from_bytes(bytes))
}

impl Opened {
    /// The file's key, where it was sealed to this laptop for this bundle of this service.
    pub fn open_bundle_key(
        &self,
        bundle: BundleId,
        boxed: &BoxedKey,
    ) -> Option<Zeroizing<[u8; 32]>> {
        let purpose = bundle_key_purpose(self.identity.service, bundle, self.identity.device);
        Boxed::from_bytes(boxed.as_bytes()).open(
            &pair(&self.device_sealing).0,
            BUNDLE_KEY_INFO.as_bytes(),
            &purpose,
            None,
        )
    }
}
