//! What a check found, in words.

use store::ChainReport;

use crate::entries::Opening;
use crate::words;

/// What a check of a whole record found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// Numbers and signatures.
    pub(crate) chain: ChainReport,
    /// Content.
    pub(crate) opening: Opening,
    /// Patients there are envelopes on.
    pub(crate) patients: usize,
    /// Patients whose row is not the one that is made again.
    pub(crate) differing: usize,
    /// The lists were made by another version of Felloe, so they were not compared.
    pub(crate) older_lists: bool,
    /// The lines of the audit trail are not those that are made again.
    pub(crate) audit_differs: bool,
}

impl Findings {
    /// Whether nothing is wrong.
    pub(crate) fn fine(&self) -> bool {
        self.chain.faults.is_empty()
            && self.opening.unreadable == 0
            && self.differing == 0
            && !self.audit_differs
    }

    /// How many envelopes were looked at.
    pub(crate) fn envelopes(&self) -> u64 {
        u64::try_from(self.chain.envelopes).unwrap_or(u64::MAX)
    }

    /// The answer for a person: what was checked, and what is wrong with what to do.
    pub(crate) fn in_words(&self) -> String {
        let looked = format!(
            "{} in {} and {} were checked.",
            words::count(self.chain.envelopes, "envelope", "envelopes"),
            words::count(self.chain.streams, "stream", "streams"),
            words::count(self.patients, "patient", "patients"),
        );
        let mut said = vec![looked];
        if self.fine() {
            said.push(if self.older_lists {
                "All signatures and numbers are right and the content opens. The lists are from another version of Felloe and are made again when it is opened.".into()
            } else {
                "All signatures and numbers are right, the content opens, and the lists match the record.".to_owned()
            });
        }
        said.extend(self.faults());
        if self.opening.erased > 0 {
            said.push(format!(
                "The content of {} was erased by two signatures, as it should be.",
                words::count(self.opening.erased, "envelope", "envelopes")
            ));
        }
        if self.opening.closed > 0 {
            said.push(format!(
                "{} cannot be read on this laptop, because it holds no key for them.",
                words::count(self.opening.closed, "envelope", "envelopes")
            ));
        }
        said.join(" ")
    }

    /// What is wrong, a sentence each.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut said: Vec<String> = self.chain.faults.iter().map(ToString::to_string).collect();
        if self.opening.unreadable > 0 {
            said.push(format!(
                "The content of {} does not open. Restore the last backup.",
                words::count(self.opening.unreadable, "envelope", "envelopes")
            ));
        }
        if self.differing > 0 {
            said.push(format!(
                "The lists differ from the record for {}. Nothing is lost: make the lists again.",
                words::count(self.differing, "patient", "patients")
            ));
        }
        if self.audit_differs {
            said.push(
                "The lines of the audit screen differ from the audit trail. Nothing is lost: make the lists again.".into(),
            );
        }
        said
    }
}
