//! The thing an entry gives the value of.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A path of 1 to 8 segments joined by `/`, such as `answer/<assessment>/<question>`.
///
/// At most 200 bytes; each segment holds lower-case letters, digits, `-`, `.` and `_`, and begins
/// with a letter or a digit. A slot names a place by ids and words of the source, never by what a
/// patient said: it may be shown in a log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(String);

/// A text that is no slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("An entry has a place in the record that cannot be read. Update Felloe.")]
pub struct NotASlot;

impl Slot {
    /// The most bytes in a slot.
    pub const MAX_BYTES: usize = 200;
    /// The most segments in a slot.
    pub const MAX_SEGMENTS: usize = 8;

    /// Checks the text.
    pub fn new(text: impl Into<String>) -> Result<Self, NotASlot> {
        let text = text.into();
        let fits = text.len() <= Self::MAX_BYTES
            && text.split('/').count() <= Self::MAX_SEGMENTS
            && text.split('/').all(is_segment);
        if fits { Ok(Self(text)) } else { Err(NotASlot) }
    }

    /// Joins segments with `/`.
    pub fn from_segments<'a>(
        segments: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, NotASlot> {
        let segments: Vec<_> = segments.into_iter().collect();
        if segments.iter().any(|segment| segment.contains('/')) {
            return Err(NotASlot);
        }
        Self::new(segments.join("/"))
    }

    /// The path as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segments from the left.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Whether this is `prefix` or lies under it. Whole segments count: `ab/c` is not under `a`.
    pub fn is_under(&self, prefix: &str) -> bool {
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        prefix.is_empty()
            || self
                .0
                .strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

fn is_segment(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && segment
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_'))
}

impl FromStr for Slot {
    type Err = NotASlot;

    fn from_str(text: &str) -> Result<Self, NotASlot> {
        Self::new(text)
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({})", self.0)
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(from)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Slot;

    #[test]
    fn a_slot_is_a_path_of_plain_segments() {
        for good in [
            "name",
            "answer/0f/phq-9.1",
            "a/b/c/d/e/f/g/h",
            &"s".repeat(200),
        ] {
            assert!(Slot::new(good).is_ok(), "{good}");
        }
        let long = "s".repeat(201);
        for bad in [
            "",
            "/a",
            "a/",
            "a//b",
            "A",
            "a b",
            "é",
            "-a",
            "a/b/c/d/e/f/g/h/i",
            &long,
        ] {
            assert!(Slot::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_slash_cannot_be_smuggled_in_through_a_segment() {
        assert!(Slot::from_segments(["answer", "a/b"]).is_err());
        assert_eq!(
            Slot::from_segments(["answer", "a"]).unwrap().as_str(),
            "answer/a"
        );
    }

    #[test]
    fn under_means_whole_segments() {
        let slot = Slot::new("answer/a1/phq-9.1").unwrap();
        for prefix in ["", "answer", "answer/", "answer/a1", "answer/a1/phq-9.1"] {
            assert!(slot.is_under(prefix), "{prefix}");
        }
        for prefix in ["answ", "answer/a", "b", "answer/a1/phq-9.1/x"] {
            assert!(!slot.is_under(prefix), "{prefix}");
        }
    }
}
