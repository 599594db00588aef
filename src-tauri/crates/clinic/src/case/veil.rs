//! What is hidden from whoever is asked for a blind opinion, until they have given it.
//!
//! The veil is not drawn screen by screen. Whoever it covers is given a case without the entries
//! that say what was decided, so that no reader of a case can show them, and what that person signs
//! cannot name them as seen. What the program does with a case by itself reads the whole of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use record::body::{
    Body, Choice, Decision, EnteredInError, Letter, LetterApproved, LetterSent, Opinion,
    OpinionSettled, PlanAgreed, PlanGiven, PlanGoals, PlanPrinted, PlanText, SupervisedDecision,
    Task, Withdrawal,
};
use record::entry::Kind;
use record::fold::{Placed, fold};
use record::id::{EntryId, ItemId, StaffId};
use record::role::Role;

use super::Case;
use crate::patient::assessment_of;
use crate::refusal::Refusal;

/// What stands in the place of what is hidden.
pub(crate) const VEILED: &str = "Hidden: a blind opinion is asked of you";

/// Kinds that say what was decided, what a colleague thinks of it, or what followed from it.
fn telling() -> [Kind; 15] {
    [
        Choice::kind(),
        Decision::kind(),
        SupervisedDecision::kind(),
        Withdrawal::kind(),
        Opinion::kind(),
        OpinionSettled::kind(),
        PlanText::kind(),
        PlanGoals::kind(),
        PlanAgreed::kind(),
        PlanPrinted::kind(),
        PlanGiven::kind(),
        Task::kind(),
        Letter::kind(),
        LetterApproved::kind(),
        LetterSent::kind(),
    ]
}

impl Case {
    /// The assessment of whose decision an entry tells; none where it tells nothing of any.
    pub(super) fn tells_of(&self, placed: &Placed) -> Option<ItemId> {
        let tells = telling().contains(&placed.entry.kind);
        tells.then(|| assessment_of(self, placed)).flatten()
    }

    /// The case as somebody may see it: without what a blind opinion hides from them. None where
    /// nothing is hidden.
    pub(crate) fn veiled_for(&self, staff: StaffId, role: Role) -> Option<Self> {
        let veil: BTreeSet<ItemId> = self
            .opinions()
            .iter()
            .filter(|opinion| {
                let veil = self.veil_of(opinion);
                veil.is_some_and(|veil| veil.covers(staff, role))
            })
            .map(super::OpinionNow::assessment)
            .collect();
        if veil.is_empty() {
            return None;
        }
        let everything = self.record.everything();
        let tells = |placed: &&&Placed| {
            let of = self.tells_of(placed);
            of.is_some_and(|assessment| veil.contains(&assessment))
        };
        let hidden: BTreeSet<EntryId> = everything.iter().filter(tells).map(|it| it.id).collect();
        // Why something was an error may say what it said.
        let marks_hidden = |placed: &Placed| {
            let mark = self.read::<EnteredInError>(placed);
            mark.is_some_and(|mark| hidden.contains(&mark.body.entry))
        };
        let left = everything
            .into_iter()
            .filter(|placed| !hidden.contains(&placed.id) && !marks_hidden(placed));
        let case = Self::new(self.patient, fold(left.cloned()))
            .linked(self.linked.clone())
            .hiding(self.hidden)
            .read_with(Arc::clone(self.in_use()));
        Some(Self { veil, ..case })
    }

    /// Whether what was decided on an assessment is hidden in this case.
    pub(crate) fn is_veiled(&self, assessment: ItemId) -> bool {
        self.veil.contains(&assessment)
    }

    /// Whether anything is.
    pub(crate) fn has_veil(&self) -> bool {
        !self.veil.is_empty()
    }

    /// Refused while what was decided on an assessment is hidden: a plan, a signature or a letter
    /// would rest on what its author cannot see.
    pub(crate) fn unveiled(&self, assessment: ItemId) -> Result<(), Refusal> {
        if self.is_veiled(assessment) {
            return Err(Refusal::plain(format!(
                "{VEILED}. Give it first, or see the decision with a reason."
            )));
        }
        Ok(())
    }
}
