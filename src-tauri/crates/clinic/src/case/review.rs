//! What review sessions leave in a record: who looked, and until when a case is put aside.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::body::{PutAside, Reviewed};
use record::fold::Placed;
use record::id::{ItemId, StaffId};

use super::identity::into_all;
use super::{Case, Held, slots};
use crate::words;

/// A case that is put aside.
pub(crate) struct Aside<'a> {
    pub(crate) until: Date,
    pub(crate) reason: &'a str,
    pub(crate) placed: &'a Placed,
}

impl Case {
    /// Until when an assessment is put aside. Of several values one that lifts it holds, else the
    /// earlier day: a case comes back too early rather than too late. One that cannot be read here
    /// puts nothing aside.
    pub(crate) fn aside(&self, assessment: ItemId) -> Option<Aside<'_>> {
        let held = self.held::<PutAside>(&slots::aside(assessment));
        if matches!(held, Held::Newer(_)) {
            return None;
        }
        let all = into_all(held);
        if all.iter().any(|found| found.body.lifted) {
            return None;
        }
        let until = all.into_iter().map(|found| {
            words::iso(&found.body.until).map(|until| Aside {
                until,
                reason: &found.body.reason,
                placed: found.placed,
            })
        });
        let until: Option<Vec<Aside<'_>>> = until.collect();
        until?.into_iter().min_by_key(|aside| aside.until)
    }

    /// Who has looked at an assessment in a review session or decided it, each with their last
    /// entry there.
    pub(crate) fn looks(&self, assessment: ItemId) -> BTreeMap<StaffId, &Placed> {
        let reviewed = self.appended::<Reviewed>().into_iter();
        let reviewed = reviewed
            .filter(|found| found.body.assessment == assessment)
            .map(|found| found.placed);
        let decided = into_all(self.decision(assessment)).into_iter();
        let mut newest: BTreeMap<StaffId, &Placed> = BTreeMap::new();
        for placed in reviewed.chain(decided.map(|found| found.placed)) {
            let kept = newest.entry(placed.entry.author).or_insert(placed);
            if (kept.entry.lamport, kept.id) < (placed.entry.lamport, placed.id) {
                *kept = placed;
            }
        }
        newest
    }

    /// The last entry of somebody in a review session on an assessment, or their decision there.
    pub(crate) fn look_of(&self, assessment: ItemId, staff: StaffId) -> Option<&Placed> {
        self.looks(assessment).remove(&staff)
    }

    /// The same looks by id, for the row of the patient.
    pub(crate) fn looked(&self, assessment: ItemId) -> BTreeMap<String, String> {
        let looks = self.looks(assessment).into_iter();
        looks
            .map(|(staff, placed)| (staff.to_string(), placed.id.to_string()))
            .collect()
    }
}
