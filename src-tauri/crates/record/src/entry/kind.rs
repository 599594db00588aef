//! What sort of fact an entry is.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A kebab-case word of 1 to 64 characters. Kinds this version does not know are kept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(Cow<'static, str>);

/// A text that is no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("An entry is of a kind that cannot be read. Update Felloe.")]
pub struct NotAKind;

impl Kind {
    /// What a clinician decided. Signed.
    pub const DECISION: Self = Self::from_static("decision");
    /// What a doctor in training decided, for a supervisor to countersign. Signed.
    pub const SUPERVISED_DECISION: Self = Self::from_static("supervised-decision");
    /// What a second clinician thinks. Signed.
    pub const OPINION: Self = Self::from_static("opinion");
    /// The plan as agreed with the patient. Signed.
    pub const AGREED_PLAN: Self = Self::from_static("agreed-plan");
    /// One person's yes to a ruleset, a medicines table or an instrument pack. Signed.
    pub const ADOPTION: Self = Self::from_static("adoption");
    /// A signature taken back: of a decision, an opinion, a plan, or an adoption. Signed.
    pub const WITHDRAWAL: Self = Self::from_static("withdrawal");
    /// Carries a certificate, which bears its issuer's signature itself.
    pub const CERTIFICATE: Self = Self::from_static("certificate");
    /// Ends a certificate, naming the stream's last accepted envelope. Signed.
    pub const REVOCATION: Self = Self::from_static("revocation");
    /// Content to be removed everywhere; two of them are needed. Signed. See [`crate::erasure`].
    pub const ERASURE: Self = Self::from_static("erasure");
    /// Carries the readable half of an erasure, which bears its signer's signature itself. See
    /// [`crate::warrant`].
    pub const WARRANT: Self = Self::from_static("warrant");
    /// One generation of a patient's key, sealed under the site's epoch key.
    pub const PATIENT_KEY: Self = Self::from_static("patient-key");
    /// One epoch of a scope's key, sealed to each enrolled device. Signed.
    pub const EPOCH_KEY: Self = Self::from_static("epoch-key");
    /// Says that an entry should never have been made. See [`crate::fold`].
    pub const ENTERED_IN_ERROR: Self = Self::from_static("entered-in-error");
    /// Takes an entry made on the wrong patient out of that patient's view. See
    /// [`crate::fold`].
    pub const MOVE: Self = Self::from_static("move");
    /// Links two records of one person. See [`crate::links`].
    pub const MERGE: Self = Self::from_static("merge");
    /// Undoes such a link.
    pub const UNMERGE: Self = Self::from_static("unmerge");

    /// A kind that is written in the source.
    ///
    /// # Panics
    /// When the text is not kebab-case; in a `const` that is a compile error.
    pub const fn from_static(text: &'static str) -> Self {
        assert!(is_kebab(text), "a kind is kebab-case");
        Self(Cow::Borrowed(text))
    }

    /// A kind from outside.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAKind> {
        let text = text.into();
        if is_kebab(&text) {
            Ok(Self(Cow::Owned(text)))
        } else {
            Err(NotAKind)
        }
    }

    /// The word as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether an entry of this kind counts only when a person signed it.
    ///
    /// Frozen: adding a kind here would make entries already written invalid.
    pub fn needs_signature(&self) -> bool {
        [
            Self::DECISION,
            Self::SUPERVISED_DECISION,
            Self::OPINION,
            Self::AGREED_PLAN,
            Self::ADOPTION,
            Self::WITHDRAWAL,
            Self::REVOCATION,
            Self::ERASURE,
            Self::EPOCH_KEY,
        ]
        .contains(self)
    }
}

/// Lower-case words of letters and digits joined by single hyphens, beginning with a letter.
const fn is_kebab(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 64 || !bytes[0].is_ascii_lowercase() {
        return false;
    }
    let mut at = 1;
    while at < bytes.len() {
        let fits = match bytes[at] {
            b'a'..=b'z' | b'0'..=b'9' => true,
            b'-' => bytes[at - 1] != b'-' && at + 1 < bytes.len(),
            _ => false,
        };
        if !fits {
            return false;
        }
        at += 1;
    }
    true
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({})", self.0)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(from)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_kind_is_kebab_case_and_nothing_else() {
        for good in ["a", "answer", "entered-in-error", "phq-9", &"k".repeat(64)] {
            assert!(Kind::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a--b",
            "A",
            "a b",
            "9a",
            "a_b",
            "é",
            &"k".repeat(65),
        ] {
            assert!(Kind::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_kind_from_outside_equals_the_one_in_the_source() {
        assert_eq!(Kind::new("decision").unwrap(), Kind::DECISION);
        assert!(Kind::new("decision").unwrap().needs_signature());
        assert!(!Kind::PATIENT_KEY.needs_signature());
    }
}
