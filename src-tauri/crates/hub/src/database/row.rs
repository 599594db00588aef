use super::DatabaseError;

/// A value on its way into the database.
#[derive(Clone, Copy)]
pub(crate) enum Cell<'a> {
    Number(i64),
    Maybe(Option<i64>),
    Bytes(&'a [u8]),
    MaybeBytes(Option<&'a [u8]>),
    Text(&'a str),
    Nothing,
}

/// A value out of it.
pub(crate) enum Value {
    Number(i64),
    Bytes(Vec<u8>),
    Text(String),
    Nothing,
}

/// One row of an answer.
pub(crate) struct Row(pub(super) Vec<Value>);

impl Cell<'_> {
    /// A number of ours that counts something; the database has signed ones only. All of them are
    /// below 2^53 (see the record's `MAX_COUNTER`).
    pub(crate) fn count(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Row {
    pub(crate) fn number(&self, at: usize) -> Result<i64, DatabaseError> {
        self.maybe_number(at)?
            .ok_or(DatabaseError::Malformed("a number is missing"))
    }

    pub(crate) fn maybe_number(&self, at: usize) -> Result<Option<i64>, DatabaseError> {
        match self.0.get(at) {
            Some(Value::Number(number)) => Ok(Some(*number)),
            Some(Value::Nothing) => Ok(None),
            _ => Err(DatabaseError::Malformed("no number")),
        }
    }

    pub(crate) fn count(&self, at: usize) -> Result<u64, DatabaseError> {
        u64::try_from(self.number(at)?).map_err(|_| DatabaseError::Malformed("a negative count"))
    }

    pub(crate) fn bytes(&self, at: usize) -> Result<&[u8], DatabaseError> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => Ok(bytes),
            _ => Err(DatabaseError::Malformed("no bytes")),
        }
    }

    pub(crate) fn bytes_of<const N: usize>(&self, at: usize) -> Result<[u8; N], DatabaseError> {
        let bytes = self.bytes(at)?;
        bytes
            .try_into()
            .map_err(|_| DatabaseError::Malformed("bytes of another length"))
    }

    /// A value on its way into another database.
    pub(crate) fn cell(&self, at: usize) -> Cell<'_> {
        match self.0.get(at) {
            Some(Value::Number(number)) => Cell::Number(*number),
            Some(Value::Bytes(bytes)) => Cell::Bytes(bytes),
            Some(Value::Text(text)) => Cell::Text(text),
            Some(Value::Nothing) | None => Cell::Nothing,
        }
    }

    pub(crate) fn text(&self, at: usize) -> Result<&str, DatabaseError> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(DatabaseError::Malformed("no text")),
        }
    }
}
