//! Values that did not see each other, in one slot or across slots, and what stands in the way of
//! paper until somebody settles them.
//!
//! The record says what saw what; which values cannot both hold is said here.

use std::collections::BTreeMap;

use record::body::{AnswerState, Item, ListState};
use record::entry::Slot;
use record::fold::{Current, Placed};
use record::id::ItemId;

use super::identity::into_all;
use super::{Case, Found};
use crate::assess::medicine_name;

/// Why values cannot all hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    /// Several values of one slot.
    OneSlot,
    /// The same medicine in two rows, neither of which saw the other.
    SameMedicine,
    /// "None" said of a whole list beside a row of it.
    NoneBesideRow,
}

/// Values that did not see each other and cannot all hold; at least two.
pub(crate) struct Conflict<'a> {
    pub(crate) against: Against,
    /// In the order for display.
    pub(crate) versions: Vec<&'a Placed>,
}

impl Conflict<'_> {
    /// Names the conflict as it is now: the same values, the same name.
    pub(crate) fn id(&self) -> String {
        let ids: Vec<String> = self.versions.iter().map(|it| it.id.to_string()).collect();
        ids.join("+")
    }

    /// Whether only a new signature settles it.
    pub(crate) fn wants_signature(&self) -> bool {
        let mut versions = self.versions.iter();
        versions.any(|placed| placed.entry.kind.needs_signature())
    }
}

/// Slots whose several values do not contradict each other: an action or a task stays open while one
/// says so, the first beginning and the first end of an assessment hold, of two days to put a case
/// aside until the earlier one does, of two ways to ask for an opinion the blind one, every answer
/// to a question is shown, and a note has its own rules.
const SIDE_BY_SIDE: [&str; 8] = [
    "action",
    "aside",
    "assessment",
    "choice",
    "enquiry",
    "note",
    "opinion",
    "task",
];

impl Case {
    /// Everything in conflict that a person can settle.
    pub(crate) fn conflicts(&self) -> Vec<Conflict<'_>> {
        let mut all = self.in_one_slot();
        all.extend(self.same_medicines());
        all.extend(self.none_beside_rows());
        all
    }

    fn in_one_slot(&self) -> Vec<Conflict<'_>> {
        self.record
            .under("")
            .filter(|(slot, _)| !SIDE_BY_SIDE.iter().any(|path| slot.is_under(path)))
            .filter_map(|(_, now)| match now {
                Current::Conflict(versions) => Some(versions),
                Current::Nothing | Current::One(_) => None,
            })
            .filter(|versions| versions.windows(2).any(differ))
            .map(|versions| Conflict {
                against: Against::OneSlot,
                versions,
            })
            .collect()
    }

    /// Two nurses who each wrote down the same medicine mean one medicine; somebody who saw the
    /// first row and added a second means two.
    fn same_medicines(&self) -> Vec<Conflict<'_>> {
        let mut by_name: BTreeMap<String, Vec<&Placed>> = BTreeMap::new();
        for found in self.rows_of("medicine") {
            let name = medicine_name(&found.body.fields);
            by_name.entry(name).or_default().push(found.placed);
        }
        let mut all = Vec::new();
        for rows in by_name.values() {
            for (at, one) in rows.iter().enumerate() {
                let others = rows.iter().skip(at + 1);
                let apart = others.filter(|other| self.record.concurrent(&one.id, &other.id));
                all.extend(apart.map(|other| Conflict {
                    against: Against::SameMedicine,
                    versions: vec![*one, *other],
                }));
            }
        }
        all
    }

    /// Only the newest assessment's "none" is asked: an older one was true of its day.
    fn none_beside_rows(&self) -> Vec<Conflict<'_>> {
        let Some(newest) = self.assessments().first() else {
            return Vec::new();
        };
        let states = self.under::<ListState>(&format!("list/{}", newest.id));
        let said_none = states
            .into_iter()
            .flat_map(into_all)
            .filter(|found| matches!(found.body.state, AnswerState::Given { .. }));
        said_none
            .filter_map(|none| {
                let rows = self.rows_of(&none.body.list).into_iter();
                let mut versions: Vec<&Placed> = rows
                    .filter(|row| row.body.list == "allergy" || row.body.assessment == newest.id)
                    .map(|row| row.placed)
                    .filter(|row| self.record.concurrent(&row.id, &none.placed.id))
                    .collect();
                if versions.is_empty() {
                    return None;
                }
                versions.insert(0, none.placed);
                Some(Conflict {
                    against: Against::NoneBesideRow,
                    versions,
                })
            })
            .collect()
    }

    /// The rows of a list that stand alone in their slots.
    fn rows_of(&self, list: &str) -> Vec<Found<'_, &Item>> {
        self.under::<Item>(&format!("item/{list}"))
            .into_iter()
            .filter(|held| !held.is_unsettled())
            .flat_map(into_all)
            .filter(|found| found.body.removed.is_empty())
            .collect()
    }

    /// What has to be settled before anything about an assessment is printed or sent: who the
    /// patient is, the decision, the plan. There is no safer value of these.
    pub(crate) fn unsettled_for_paper(&self, assessment: ItemId) -> Option<String> {
        if let Some(field) = self.identity().conflict {
            return Some(format!("The {field}"));
        }
        if self.decision(assessment).is_unsettled() {
            return Some("The decision".to_owned());
        }
        if !self.disagreeing(assessment).is_empty() {
            return Some("The second opinion on the decision".to_owned());
        }
        let plan = format!("plan/{assessment}");
        let agreed = format!("{plan}/agreed");
        let mut blocks = self.record.under(&plan);
        let unsettled = |slot: &Slot, now: &Current<'_>| {
            let newer = now
                .all()
                .iter()
                .any(|placed| super::is_newer(&placed.entry));
            let several = matches!(now, Current::Conflict(all) if all.windows(2).any(differ));
            !slot.is_under(&agreed) && (newer || several)
        };
        blocks
            .any(|(slot, now)| unsettled(slot, &now))
            .then(|| "The plan".to_owned())
    }
}

/// Two that say the same are no conflict.
fn differ(pair: &[&Placed]) -> bool {
    let said = |placed: &Placed| (placed.entry.version, placed.entry.body.clone());
    matches!(pair, [one, other] if one.entry.kind != other.entry.kind || said(one) != said(other))
}
