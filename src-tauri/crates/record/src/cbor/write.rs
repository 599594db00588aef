//! Writing: every head in its shortest form, maps of a [`Value`] sorted by encoded key.

use super::{Error, MAX_DEPTH, Value};

/// Grows the canonical bytes of one item after another.
///
/// It writes the items it is told to: that an array has as many as its head says, and that the keys
/// of a map ascend, is for the caller.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A non-negative number.
    pub fn uint(&mut self, number: u64) {
        self.head(0, number);
    }

    /// A whole number.
    pub fn int(&mut self, number: i64) {
        match u64::try_from(number) {
            Ok(positive) => self.head(0, positive),
            // -1 - n, which for two's complement is the bitwise complement.
            Err(_) => self.head(1, !number.cast_unsigned()),
        }
    }

    /// Raw bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.head(2, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// UTF-8 text.
    pub fn text(&mut self, text: &str) {
        self.head(3, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The head of an array; its items follow.
    pub fn array(&mut self, length: usize) {
        self.head(4, length as u64);
    }

    /// The head of a map; its keys, ascending, and values follow.
    pub fn map(&mut self, length: usize) {
        self.head(5, length as u64);
    }

    /// Null.
    pub fn null(&mut self) {
        self.bytes.push(0xf6);
    }

    /// A whole value.
    pub fn value(&mut self, value: &Value) -> Result<(), Error> {
        self.nested(value, 0)
    }

    fn nested(&mut self, value: &Value, depth: usize) -> Result<(), Error> {
        if depth > MAX_DEPTH {
            return Err(Error::TooDeep);
        }
        match value {
            Value::Null => self.null(),
            Value::Bool(yes) => self.bytes.push(0xf4 + u8::from(*yes)),
            Value::Int(number) => self.int(*number),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::Text(text) => self.text(text),
            Value::Array(items) => {
                self.array(items.len());
                for item in items {
                    self.nested(item, depth + 1)?;
                }
            }
            Value::Map(map) => {
                self.map(map.len());
                let mut sorted: Vec<_> = map.iter().collect();
                // The order of the encoded keys: the head holds the length, so shorter is first.
                sorted.sort_by(|(a, _), (b, _)| (a.len(), a.as_str()).cmp(&(b.len(), b.as_str())));
                for (key, item) in sorted {
                    self.text(key);
                    self.nested(item, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn head(&mut self, major: u8, argument: u64) {
        let major = major << 5;
        let wide = argument.to_be_bytes();
        match argument {
            0..=23 => self.bytes.push(major | wide[7]),
            24..=0xff => self.bytes.extend([major | 0x18, wide[7]]),
            0x100..=0xffff => {
                self.bytes.push(major | 0x19);
                self.bytes.extend_from_slice(&wide[6..]);
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 0x1a);
                self.bytes.extend_from_slice(&wide[4..]);
            }
            _ => {
                self.bytes.push(major | 0x1b);
                self.bytes.extend_from_slice(&wide);
            }
        }
    }
}
