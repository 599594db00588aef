//! The wording of an instrument, brought by a service that holds a licence for it.
//!
//! The format is described in `docs/instrument-packs.md`. A pack is read whole or not at all: each
//! refusal names the place and the reason, and never repeats the wording.

mod fault;
mod read;

pub use fault::{PackError, PackFault};

use jiff::civil::Date;

use super::form::Instrument;

/// The wording of one instrument in one language, and the licence it is held under.
#[derive(Clone, PartialEq, Eq)]
pub struct Pack {
    /// The instrument it words.
    pub instrument: String,
    /// The version of the form, as its holder names it.
    pub version: String,
    /// The language, such as `en-GB`.
    pub language: String,
    /// Who gives the licence.
    pub licence_holder: String,
    /// What the licence is filed under.
    pub licence_reference: String,
    /// The organisation that holds the licence.
    pub held_by: String,
    /// The last day the wording may be used.
    pub valid_until: Date,
    /// The line that must stand on every copy.
    pub attribution: String,
    /// The words before the items; may be empty.
    pub stem: String,
    /// One for each item on the form, in order.
    pub items: Vec<PackItem>,
    /// The file's digest; see [`pack_digest`].
    pub digest: String,
}

/// The words of one item.
#[derive(Clone, PartialEq, Eq)]
pub struct PackItem {
    /// The item.
    pub text: String,
    /// Its answers in the order of their values; empty when they stay numbers.
    pub options: Vec<String>,
}

/// Which pack, and nothing of the wording: that is not ours to put in a log.
impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pack({} {})", self.instrument, self.digest)
    }
}

/// The number of the item's answers only.
impl std::fmt::Debug for PackItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackItem({} options)", self.options.len())
    }
}

/// The digest of a pack's file: BLAKE3 over its text without the first line that gives the digest,
/// lines ended by a single line feed, in hexadecimal. It shows damage, not who made the file.
pub fn pack_digest(text: &str) -> String {
    let gives_it = |line: &str| {
        line.trim_start()
            .strip_prefix("digest")
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut hasher = blake3::Hasher::new();
    let mut left_out = false;
    for line in text.lines() {
        if !left_out && gives_it(line) {
            left_out = true;
            continue;
        }
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex().to_string()
}

impl Pack {
    /// Whether its wording may be used on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.valid_until
    }

    /// The words for an item of the form, by the item's position among all items.
    pub fn item(&self, form: &Instrument, position: usize) -> Option<&PackItem> {
        let nth = form.items_on_form().position(|(at, _)| at == position)?;
        self.items.get(nth)
    }
}
