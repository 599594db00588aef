//! What signed things have alike: the numbers they begin with, and how claims stand beside their
//! signature.

use crate::cbor::{self, Error, Fields, Reader, Writer};
use crate::envelope::{FORMAT, SUITE};
use crate::keys::{SigningKey, VerifyingKey};

/// What somebody signs as a whole.
pub(crate) trait ToSign: Sized {
    /// What the signature is for, and for nothing else.
    const SIGNATURE: &'static str;
    /// The most bytes of claims and signature together.
    const MAX_BYTES: usize;
    /// Why it is not written or read.
    type Error: From<Error>;

    fn write(&self) -> Result<Vec<u8>, Self::Error>;
    fn read(bytes: &[u8]) -> Result<Self, Self::Error>;
}

/// Claims with their signature, kept exactly as they were signed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Signed<C> {
    claims: C,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl<C: ToSign> Signed<C> {
    pub(crate) fn sign(claims: &C, key: &SigningKey) -> Result<Self, C::Error> {
        let bytes = claims.write()?;
        let signature = key.sign(C::SIGNATURE, &bytes);
        Ok(Self {
            // Read back, so that what is signed is exactly what every reader will see.
            claims: C::read(&bytes)?,
            bytes,
            signature,
        })
    }

    /// Reads them. Nothing is proven until [`Signed::verify`] was asked with the right key.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, C::Error> {
        let (claims, signature) = split(bytes, C::MAX_BYTES)?;
        Ok(Self {
            claims: C::read(claims)?,
            bytes: claims.to_vec(),
            signature,
        })
    }

    /// `[claims, signature]`.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::new();
        to.array(2);
        to.bytes(&self.bytes);
        to.bytes(&self.signature);
        to.into_bytes()
    }

    pub(crate) fn claims(&self) -> &C {
        &self.claims
    }

    /// The bytes of the claims and the signature: what an id is the hash of.
    pub(crate) fn parts(&self) -> [&[u8]; 2] {
        [&self.bytes, &self.signature]
    }

    /// Whether the holder of this key signed it.
    pub(crate) fn verify(&self, signer: &VerifyingKey) -> bool {
        signer
            .verify(C::SIGNATURE, &self.bytes, &self.signature)
            .is_ok()
    }
}

fn split(bytes: &[u8], most: usize) -> Result<(&[u8], [u8; 64]), Error> {
    cbor::check_nesting(bytes, most)?;
    let mut from = Reader::new(bytes);
    from.array_of(2)?;
    let parts = (from.bytes()?, from.bytes_of()?);
    from.end()?;
    Ok(parts)
}

/// Writes format and algorithm set, the first two fields.
pub(crate) fn write_format(to: &mut Writer) {
    for (key, number) in [(0, FORMAT), (1, SUITE)] {
        to.uint(key);
        to.uint(number);
    }
}

/// Whether format and algorithm set are those this program reads.
pub(crate) fn reads_format(fields: &mut Fields<'_, '_>) -> Result<bool, Error> {
    let format: u64 = fields.required::<_, Error>(0, Reader::uint)?;
    let suite: u64 = fields.required::<_, Error>(1, Reader::uint)?;
    Ok(format == FORMAT && suite == SUITE)
}
