//! What a laptop leaves at the hub server for its recovery sheet, and how a blank laptop asks for it:
//! the bodies of `POST /v1/leave` and `POST /v1/recover`, and their answers.
//!
//! The hub server opens none of it. Who asks for it is not logged in, since a blank laptop has
//! nothing to log in with: it shows a number that only the sheet gives.

use std::fmt;

use jiff::Timestamp;
use record::cbor::Reader;
use record::id::ServiceId;

use crate::wire::{Error, read, read_time, write, write_time};

/// The most bytes of one deposit: 1 MiB, room for the keys of ten thousand sites or devices. Design
/// decision.
pub const MAX_DEPOSIT_BYTES: usize = 1024 * 1024;
/// The most deposits that are given for one sheet. There is one; two where a laptop was copied.
pub const MAX_DEPOSITS: u64 = 2;

/// Under which a deposit is kept: a hash that whoever has the sheet works out, and nobody else.
pub type Lookup = [u8; 32];

/// A laptop leaves what its sheet opens, in the place of what it left before.
#[derive(Clone, PartialEq, Eq)]
pub struct Leave {
    /// The service.
    pub service: ServiceId,
    /// What it is found by.
    pub lookup: Lookup,
    /// Sealed to the sheet.
    pub bytes: Vec<u8>,
    /// The sheet that was used up by setting this laptop up: what was left for it goes.
    pub instead_of: Option<Lookup>,
}

/// It is on the hub server's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The service.
    pub service: ServiceId,
}

/// A blank laptop asks for what was left for a sheet. It does not know the service yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seek {
    /// What it is found by.
    pub lookup: Lookup,
}

/// What was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The service that is kept here.
    pub service: ServiceId,
    /// What was left for this sheet, newest first; empty when nothing was.
    pub deposits: Vec<Vec<u8>>,
    /// When the copy was made from which this hub server was last put back; none when it never was.
    pub put_back_from: Option<Timestamp>,
}

/// What it is found by is left out: it finds.
impl fmt::Debug for Leave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leave")
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Seek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seek").finish_non_exhaustive()
    }
}

/// The service that a [`Seek`] names: none is known yet.
const NOT_KNOWN: ServiceId = ServiceId::from_bytes([0; 16]);

impl Leave {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self.service, 36, |to| {
            to.array(3);
            to.bytes(&self.lookup);
            to.bytes(&self.bytes);
            match &self.instead_of {
                Some(old) => to.bytes(old),
                None => to.null(),
            }
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(bytes, 36, 3, |service, from| {
            let lookup = from.bytes_of()?;
            let deposit = from.bytes()?;
            if deposit.len() > MAX_DEPOSIT_BYTES {
                return Err(Error::TooLong);
            }
            let deposit = deposit.to_vec();
            let none = from.null();
            Ok(Self {
                service,
                lookup,
                bytes: deposit,
                instead_of: if none { None } else { Some(from.bytes_of()?) },
            })
        })
    }
}

impl Left {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self.service, 37, |to| to.array(0))
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(bytes, 37, 0, |service, _| Ok(Self { service }))
    }
}

impl Seek {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(NOT_KNOWN, 38, |to| {
            to.array(1);
            to.bytes(&self.lookup);
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(bytes, 38, 1, |_, from| {
            Ok(Self {
                lookup: from.bytes_of()?,
            })
        })
    }
}

impl Found {
    /// The bytes of the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self.service, 39, |to| {
            to.array(2);
            to.array(self.deposits.len());
            for one in &self.deposits {
                to.bytes(one);
            }
            match self.put_back_from {
                Some(at) => write_time(to, at),
                None => to.null(),
            }
        })
    }

    /// Reads the message.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        message(bytes, 39, 2, |service, from| {
            let count = from.array()?;
            if count > MAX_DEPOSITS {
                return Err(Error::TooMany);
            }
            let deposits = (0..count)
                .map(|_| Ok(from.bytes()?.to_vec()))
                .collect::<Result<_, Error>>()?;
            let never = from.null();
            Ok(Self {
                service,
                deposits,
                put_back_from: if never { None } else { Some(read_time(from)?) },
            })
        })
    }
}

fn message<T>(
    bytes: &[u8],
    kind: u64,
    fields: u64,
    take: impl FnOnce(ServiceId, &mut Reader<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (_, message) = read(bytes, |found, service, from| {
        if found != kind {
            return Err(Error::Kind);
        }
        from.array_of(fields)?;
        take(service, from)
    })?;
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_reads_back_as_it_was_written() {
        let service = ServiceId::from_bytes([5; 16]);
        for instead_of in [None, Some([9; 32])] {
            let leave = Leave {
                service,
                lookup: [7; 32],
                bytes: vec![1, 2, 3],
                instead_of,
            };
            assert_eq!(Leave::from_bytes(&leave.to_bytes()), Ok(leave));
        }
        let seek = Seek { lookup: [7; 32] };
        assert_eq!(Seek::from_bytes(&seek.to_bytes()), Ok(seek));
        for put_back_from in [None, Some(Timestamp::UNIX_EPOCH)] {
            let found = Found {
                service,
                deposits: vec![vec![1], vec![2]],
                put_back_from,
            };
            assert_eq!(Found::from_bytes(&found.to_bytes()), Ok(found));
        }
        let left = Left { service };
        assert_eq!(Left::from_bytes(&left.to_bytes()), Ok(left));
    }

    #[test]
    fn a_deposit_longer_than_it_may_be_and_more_of_them_than_there_are_is_refused() {
        let service = ServiceId::from_bytes([5; 16]);
        let leave = Leave {
            service,
            lookup: [7; 32],
            bytes: vec![0; MAX_DEPOSIT_BYTES + 1],
            instead_of: None,
        };
        assert_eq!(Leave::from_bytes(&leave.to_bytes()), Err(Error::TooLong));
        let found = Found {
            service,
            deposits: vec![vec![1]; 3],
            put_back_from: None,
        };
        assert_eq!(Found::from_bytes(&found.to_bytes()), Err(Error::TooMany));
    }

    #[test]
    fn what_finds_a_deposit_is_in_no_debug_output() {
        let seek = Seek { lookup: [0xab; 32] };
        assert!(!format!("{seek:?}").contains("171"));
    }
}
