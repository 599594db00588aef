//! Canonical CBOR: one value has exactly one spelling.
//!
//! This is RFC 8949's core deterministic encoding, cut down to what a record needs. Floats, tags,
//! indefinite lengths, `undefined` and numbers outside a signed 64-bit integer are refused;
//! decimals travel as text. So two devices that hold the same entry hold the same bytes, and a
//! hash or a signature over them can be checked by any reader in any language.

mod bridge;
mod from_value;
mod read;
mod to_value;
mod write;

use std::collections::BTreeMap;
use std::fmt;

pub use bridge::{from_value, to_value};
pub use read::{Fields, Reader, check_nesting};
pub use write::Writer;

/// How deep arrays and maps may be nested, counted from the outermost.
pub const MAX_DEPTH: usize = 32;

/// The most bytes [`decode`] looks at: 4 MiB, the same as the content of one envelope.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What a body is made of.
///
/// `Debug` shows the shape and never the content, since a body may hold a patient's words.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no. Never used for an answer a patient may leave open.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Raw bytes: ids, hashes, keys.
    Bytes(Vec<u8>),
    /// UTF-8 text.
    Text(String),
    /// Values in order.
    Array(Vec<Value>),
    /// Named values. Keys are unique.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// The value under `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The text, if this is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is a number.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// The bytes, if these are bytes.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(_) => f.write_str("bool"),
            Self::Int(_) => f.write_str("int"),
            Self::Bytes(bytes) => write!(f, "bytes({})", bytes.len()),
            Self::Text(text) => write!(f, "text({})", text.len()),
            Self::Array(items) => write!(f, "array({})", items.len()),
            Self::Map(map) => write!(f, "map({})", map.len()),
        }
    }
}

/// The one spelling of `value`.
pub fn encode(value: &Value) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new();
    writer.value(value)?;
    Ok(writer.into_bytes())
}

/// Reads exactly one value that fills `bytes`; refuses every spelling but the canonical one.
pub fn decode(bytes: &[u8]) -> Result<Value, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLong);
    }
    let mut reader = Reader::new(bytes);
    let value = reader.value()?;
    reader.end()?;
    Ok(value)
}

/// Why bytes are not a value, or a value has no bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input ends inside a value.
    #[error("The data breaks off in the middle. Fetch it again.")]
    Truncated,
    /// Something follows the value.
    #[error("The data goes on after its end. Fetch it again.")]
    Trailing,
    /// A number or a length is not in its shortest form, or a length is indefinite.
    #[error("The data is not in the record's one spelling, so it was not read.")]
    NotCanonical,
    /// Map keys are repeated or out of order.
    #[error("The data names a field twice or out of order, so it was not read.")]
    KeyOrder,
    /// A float, a tag, or another form the record does not use.
    #[error("The data holds a form that a record does not use, so it was not read.")]
    Unsupported,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("The data is nested too deep to be a record, so it was not read.")]
    TooDeep,
    /// Longer than the limit for its place.
    #[error("The data is longer than a record allows, so it was not read.")]
    TooLong,
    /// Text is not UTF-8.
    #[error("The data holds text that is not UTF-8, so it was not read.")]
    NotText,
    /// A number or a name is outside its range.
    #[error("The data holds a value outside its range, so it was not read.")]
    OutOfRange,
    /// Another form stands here than the one expected.
    #[error("The data is not what was expected here, so it was not read.")]
    Unexpected,
    /// A required field is absent.
    #[error("A field is missing from the data. Fetch it again.")]
    MissingField,
    /// There is a field this version does not know.
    #[error("The data holds a field this version does not know. Update Felloe.")]
    UnknownField,
    /// A typed value could not be turned into a [`Value`], or back.
    #[error("The body does not have the shape its kind asks for. Update Felloe.")]
    Shape,
}
