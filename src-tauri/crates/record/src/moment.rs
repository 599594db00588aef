//! The time somebody's clock showed. Testimony, never order.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::cbor::{Error, Reader, Writer};

/// The widest offset from UTC that is accepted, in seconds: 18 hours, beyond any in use.
pub const MAX_OFFSET_SECONDS: i32 = 18 * 60 * 60;

/// A claimed time: the instant, to the millisecond, and the offset the device's clock was set to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    at: Timestamp,
    offset_seconds: i32,
}

/// Why a claimed time is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That time cannot be right. Check the date, the time and the time zone of this device.")]
pub struct NotAMoment;

impl Moment {
    /// Anything finer than a millisecond is dropped, since it could not be read back.
    ///
    /// `offset_seconds` is east of UTC, at most [`MAX_OFFSET_SECONDS`] either way.
    pub fn new(at: Timestamp, offset_seconds: i32) -> Result<Self, NotAMoment> {
        if !(-MAX_OFFSET_SECONDS..=MAX_OFFSET_SECONDS).contains(&offset_seconds) {
            return Err(NotAMoment);
        }
        let at = Timestamp::from_millisecond(floor_millisecond(at)).map_err(|_| NotAMoment)?;
        let moment = Self { at, offset_seconds };
        // At either end of jiff's range the offset could push the local time out of it.
        moment.offset()?;
        Ok(moment)
    }

    /// The instant.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Seconds east of UTC.
    pub fn offset_seconds(&self) -> i32 {
        self.offset_seconds
    }

    /// What the clock on the wall showed.
    pub fn local(&self) -> DateTime {
        self.offset().unwrap_or(Offset::UTC).to_datetime(self.at)
    }

    fn offset(self) -> Result<Offset, NotAMoment> {
        Offset::from_seconds(self.offset_seconds).map_err(|_| NotAMoment)
    }

    pub(crate) fn write(&self, to: &mut Writer) {
        to.array(2);
        to.int(self.at.as_millisecond());
        to.int(self.offset_seconds.into());
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        from.array_of(2)?;
        Self::from_parts(from.int()?, from.int()?).map_err(|_| Error::OutOfRange)
    }

    fn from_parts(millisecond: i64, offset_seconds: i64) -> Result<Self, NotAMoment> {
        let at = Timestamp::from_millisecond(millisecond).map_err(|_| NotAMoment)?;
        Self::new(at, i32::try_from(offset_seconds).map_err(|_| NotAMoment)?)
    }
}

/// jiff rounds towards zero; before 1970 that would be later than the time itself.
fn floor_millisecond(at: Timestamp) -> i64 {
    let millisecond = at.as_millisecond();
    if at.subsec_nanosecond() % 1_000_000 < 0 {
        millisecond - 1
    } else {
        millisecond
    }
}

/// RFC 3339 with the offset: `2026-10-12T09:30:00.000+01:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, offset) = if self.offset_seconds < 0 {
            ('-', -self.offset_seconds)
        } else {
            ('+', self.offset_seconds)
        };
        write!(
            f,
            "{:.3}{sign}{:02}:{:02}",
            self.local(),
            offset / 3600,
            offset / 60 % 60
        )?;
        match offset % 60 {
            0 => Ok(()),
            seconds => write!(f, ":{seconds:02}"),
        }
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let at: Timestamp = text.parse().map_err(|_| NotAMoment)?;
        let pieces = jiff::fmt::temporal::DateTimeParser::new()
            .parse_pieces(text)
            .map_err(|_| NotAMoment)?;
        let offset = pieces.to_numeric_offset().ok_or(NotAMoment)?;
        Self::new(at, offset.seconds())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            to.collect_str(self)
        } else {
            (self.at.as_millisecond(), self.offset_seconds).serialize(to)
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            String::deserialize(from)?
                .parse()
                .map_err(de::Error::custom)
        } else {
            let (millisecond, offset) = <(i64, i64)>::deserialize(from)?;
            Self::from_parts(millisecond, offset).map_err(de::Error::custom)
        }
    }
}
