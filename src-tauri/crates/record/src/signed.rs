//! What signed things have alike on the wire: the numbers they begin with, and how claims stand
//! beside their signature.

use crate::cbor::{Error, Fields, Reader, Writer};
use crate::envelope::{FORMAT, SUITE};

/// `[claims, signature]`.
pub(crate) fn join(claims: &[u8], signature: &[u8; 64]) -> Vec<u8> {
    let mut to = Writer::new();
    to.array(2);
    to.bytes(claims);
    to.bytes(signature);
    to.into_bytes()
}

/// The claims and the signature of at most `longest` bytes.
pub(crate) fn split(bytes: &[u8], longest: usize) -> Result<(&[u8], [u8; 64]), Error> {
    if bytes.len() > longest {
        return Err(Error::TooLong);
    }
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
