//! What is wrong with a form, gathered so that a person sees all of it at once.

use crate::refusal::Refusal;
use crate::view::FieldFault;

/// Fields that cannot be right.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldFault>);

impl Faults {
    pub(crate) fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.push(FieldFault {
            field: field.into(),
            message: message.into(),
        });
    }

    pub(crate) fn push(&mut self, fault: FieldFault) {
        self.0.push(fault);
    }

    /// A field that must hold something.
    pub(crate) fn need(&mut self, field: &str, text: &str, message: &str) {
        if text.trim().is_empty() {
            self.add(field, message);
        }
    }

    /// A new passphrase is typed twice.
    pub(crate) fn passphrases(&mut self, one: &str, again: &str) {
        if one != again {
            self.add(
                "passphrase_again",
                "The two passphrases differ. Type the second again.",
            );
        }
    }

    /// Nobody begins without having read what Felloe is for.
    pub(crate) fn intended_use(&mut self, read: bool) {
        if !read {
            self.add(
                "read_intended_use",
                "Read what Felloe is for, then tick the box.",
            );
        }
    }

    /// Refused with all of them, where there is one.
    pub(crate) fn none(self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.refused())
        }
    }

    /// All of them as the refusal.
    pub(crate) fn refused(self) -> Refusal {
        Refusal::Invalid(self.0)
    }
}

/// Refused unless a new passphrase was typed twice alike.
pub(crate) fn typed_twice(one: &str, again: &str) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.passphrases(one, again);
    faults.none()
}
