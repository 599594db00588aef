//! Reading: strict, bounded, never trusting a length before the bytes are there.

use std::collections::BTreeMap;

use super::{Error, MAX_DEPTH, Value};

/// Takes canonical items off the front of a slice.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the front of these.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Refuses anything that is left.
    pub fn end(&self) -> Result<(), Error> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Error::Trailing)
        }
    }

    /// A non-negative number.
    pub fn uint(&mut self) -> Result<u64, Error> {
        self.of_major(0)
    }

    /// A non-negative number that fits `T`.
    pub fn uint_as<T: TryFrom<u64>>(&mut self) -> Result<T, Error> {
        T::try_from(self.uint()?).map_err(|_| Error::OutOfRange)
    }

    /// A whole number.
    pub fn int(&mut self) -> Result<i64, Error> {
        let (major, argument) = self.head()?;
        integer(major, argument)
    }

    /// Raw bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], Error> {
        let length = self.of_major(2)?;
        self.take(length)
    }

    /// Exactly `N` bytes.
    pub fn bytes_of<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        self.bytes()?.try_into().map_err(|_| Error::OutOfRange)
    }

    /// UTF-8 text.
    pub fn text(&mut self) -> Result<&'a str, Error> {
        let length = self.of_major(3)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Error::NotText)
    }

    /// The number of items of an array. It is not to be trusted before they are there.
    pub fn array(&mut self) -> Result<u64, Error> {
        self.of_major(4)
    }

    /// An array of exactly `length` items.
    pub fn array_of(&mut self, length: u64) -> Result<(), Error> {
        if self.array()? == length {
            Ok(())
        } else {
            Err(Error::Unexpected)
        }
    }

    /// Whether a null stands here; takes it if so.
    pub fn null(&mut self) -> bool {
        match self.rest {
            [0xf6, rest @ ..] => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// A map with integer keys, read in ascending order.
    pub fn fields(&mut self) -> Result<Fields<'_, 'a>, Error> {
        let left = self.of_major(5)?;
        Ok(Fields {
            reader: self,
            left,
            next: None,
        })
    }

    /// A whole value, nested no deeper than [`MAX_DEPTH`].
    pub fn value(&mut self) -> Result<Value, Error> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Value, Error> {
        if depth > MAX_DEPTH {
            return Err(Error::TooDeep);
        }
        let (major, argument) = self.head()?;
        match major {
            0 | 1 => Ok(Value::Int(integer(major, argument)?)),
            2 => Ok(Value::Bytes(self.take(argument)?.to_vec())),
            3 => Ok(Value::Text(self.utf8(argument)?.to_owned())),
            4 => (0..argument)
                .map(|_| self.nested(depth + 1))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            5 => self.named(argument, depth),
            7 if argument == 20 => Ok(Value::Bool(false)),
            7 if argument == 21 => Ok(Value::Bool(true)),
            7 if argument == 22 => Ok(Value::Null),
            _ => Err(Error::Unsupported),
        }
    }

    fn named(&mut self, length: u64, depth: usize) -> Result<Value, Error> {
        let mut map = BTreeMap::new();
        let mut before: Option<&str> = None;
        for _ in 0..length {
            let key = self.text()?;
            if before.is_some_and(|b| (b.len(), b) >= (key.len(), key)) {
                return Err(Error::KeyOrder);
            }
            before = Some(key);
            map.insert(key.to_owned(), self.nested(depth + 1)?);
        }
        Ok(Value::Map(map))
    }

    fn utf8(&mut self, length: u64) -> Result<&'a str, Error> {
        std::str::from_utf8(self.take(length)?).map_err(|_| Error::NotText)
    }

    fn of_major(&mut self, wanted: u8) -> Result<u64, Error> {
        let (major, argument) = self.head()?;
        if major == wanted {
            Ok(argument)
        } else {
            Err(Error::Unexpected)
        }
    }

    fn head(&mut self) -> Result<(u8, u64), Error> {
        let first = self.take(1)?[0];
        let (major, low) = (first >> 5, first & 0x1f);
        if major == 7 {
            // Only false, true and null: the one-byte simple values 20 to 22.
            return if (20..=22).contains(&low) {
                Ok((7, u64::from(low)))
            } else {
                Err(Error::Unsupported)
            };
        }
        let (argument, shortest_from) = match low {
            0..=23 => return Ok((major, u64::from(low))),
            24 => (self.wide(1)?, 24),
            25 => (self.wide(2)?, 0x100),
            26 => (self.wide(4)?, 0x1_0000),
            27 => (self.wide(8)?, 0x1_0000_0000),
            _ => return Err(Error::NotCanonical),
        };
        if argument < shortest_from {
            return Err(Error::NotCanonical);
        }
        Ok((major, argument))
    }

    fn wide(&mut self, width: u64) -> Result<u64, Error> {
        Ok(self
            .take(width)?
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], Error> {
        let length = usize::try_from(length).map_err(|_| Error::Truncated)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Error::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }
}

/// Refuses more than `most` bytes, and items nested deeper than [`MAX_DEPTH`], before any of it is
/// read: a message of fixed shape would otherwise only say that something else was expected. What
/// is wrong in another way is left to its reader to name.
pub fn check_nesting(bytes: &[u8], most: usize) -> Result<(), Error> {
    if bytes.len() > most {
        return Err(Error::TooLong);
    }
    let mut from = Reader::new(bytes);
    // How many items each open array or map still has.
    let mut open = vec![1_u64];
    while let Some(left) = open.last_mut() {
        if *left == 0 {
            open.pop();
            continue;
        }
        *left -= 1;
        let Ok((major, argument)) = from.head() else {
            return Ok(());
        };
        match major {
            2 | 3 if from.take(argument).is_err() => return Ok(()),
            4 => open.push(argument),
            5 => open.push(argument.saturating_mul(2)),
            _ => {}
        }
        if open.len() > MAX_DEPTH + 1 {
            return Err(Error::TooDeep);
        }
    }
    Ok(())
}

fn integer(major: u8, argument: u64) -> Result<i64, Error> {
    let magnitude = i64::try_from(argument).map_err(|_| Error::OutOfRange)?;
    match major {
        0 => Ok(magnitude),
        1 => Ok(!magnitude),
        _ => Err(Error::Unexpected),
    }
}

/// The fields of an integer-keyed map. They are asked for in ascending order, so a key that is
/// unsorted, repeated or unknown is simply never asked for, and [`Fields::end`] refuses it.
pub struct Fields<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: u64,
    next: Option<u64>,
}

impl<'a> Fields<'_, 'a> {
    /// The field with this key; an error when it is absent.
    pub fn required<T, E: From<Error>>(
        &mut self,
        key: u64,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.optional(key, read)?
            .ok_or_else(|| Error::MissingField.into())
    }

    /// The field with this key, if it stands here.
    pub fn optional<T, E: From<Error>>(
        &mut self,
        key: u64,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        if self.next.is_none() && self.left > 0 {
            self.next = Some(self.reader.uint()?);
        }
        if self.next != Some(key) {
            return Ok(None);
        }
        self.next = None;
        self.left -= 1;
        read(self.reader).map(Some)
    }

    /// Refuses any field that was not asked for.
    pub fn end(self) -> Result<(), Error> {
        if self.left == 0 {
            Ok(())
        } else {
            Err(Error::UnknownField)
        }
    }
}
