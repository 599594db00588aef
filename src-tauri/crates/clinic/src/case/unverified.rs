//! Entries that do not count, and what has to be asked again because of them.

use std::collections::BTreeSet;

use assessment::question::{Catalogue, QuestionKind};
use record::body::{AnswerState, Answered, Item};
use record::fold::Placed;

use super::Case;
use crate::words;

impl Case {
    /// Warning signs said to be present, allergies and medicines that are unverified: written
    /// after their author's account was ended. They settle nothing; a clinician asks the patient
    /// again, records what holds, and marks the unverified entry as made in error. What cannot be
    /// read here may be any of them, and says so until its key has come or Felloe is updated.
    pub(crate) fn unverified(&self) -> Vec<String> {
        let open = self.record.timeline().into_iter().filter(|placed| {
            placed.unverified.is_some() && self.record.in_error(&placed.id).is_none()
        });
        let mut said: BTreeSet<String> = open.filter_map(|placed| self.prompt(placed)).collect();
        if self.hidden > 0 {
            said.insert(format!(
                "{} that this laptop cannot read yet",
                words::count(self.hidden, "Part of the record", "Parts of the record")
            ));
        }
        said.into_iter().collect()
    }

    fn prompt(&self, placed: &Placed) -> Option<String> {
        if let Some(found) = self.read::<Answered>(placed) {
            let question = Catalogue::shipped().question(&found.body.question)?;
            let raised = question.kind == QuestionKind::Feature
                && matches!(found.body.answer, AnswerState::Given { .. })
                && !self.answered_since(placed);
            return raised.then(|| format!("A warning sign: {}", question.text));
        }
        let found = self.read::<Item>(placed)?;
        match found.body.list.as_str() {
            "allergy" => Some("An allergy".into()),
            "medicine" => Some("A medicine".into()),
            _ => None,
        }
    }

    /// Whether an entry that counts was written after seeing this one.
    fn answered_since(&self, placed: &Placed) -> bool {
        let slot = placed.entry.slot.as_ref();
        let heads = slot.map(|slot| self.record.heads(slot)).unwrap_or_default();
        heads.iter().any(|head| self.record.saw(head, &placed.id))
    }
}
