use std::collections::BTreeMap;

use assessment::instrument::{Instrument, Wording};
use record::body::FormUsed;
use record::id::ItemId;

use super::Case;
use super::identity::into_all;

impl Case {
    /// The questionnaires that were added to an assessment and stand, by instrument. Of two that
    /// did not see each other the one whose answers count is taken: none is lost.
    pub(crate) fn forms(&self, assessment: ItemId) -> BTreeMap<String, &FormUsed> {
        let mut all: BTreeMap<String, &FormUsed> = BTreeMap::new();
        for held in self.under::<FormUsed>(&format!("form/{assessment}/")) {
            for found in into_all(held) {
                let used = found.body;
                if !used.removed.is_empty() {
                    continue;
                }
                let known = all.entry(used.instrument.clone()).or_insert(used);
                if used.licensed_form || !used.pack.is_empty() {
                    *known = used;
                }
            }
        }
        all
    }

    /// Whether an instrument that is used on request counts in an assessment: it was added, and a
    /// licensed one was completed on the licensed form or asked in the words of a pack.
    pub(crate) fn counts(&self, assessment: ItemId, form: &Instrument) -> bool {
        self.forms(assessment)
            .get(&form.id)
            .is_some_and(|used| may_count(form, used))
    }
}

/// The same for one that was added.
pub(crate) fn may_count(form: &Instrument, used: &FormUsed) -> bool {
    form.wording != Wording::Licensed || used.licensed_form || !used.pack.is_empty()
}
