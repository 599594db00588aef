use std::collections::BTreeMap;

use record::body::{
    Choice, Decision, PlanAgreed, PlanGiven, PlanGoal, PlanGoals, PlanText, SupervisedDecision,
};
use record::id::{EntryId, ItemId, StaffId};
use record::moment::Moment;

use super::identity::into_all;
use super::{Case, Found, Held, slots};
use crate::decide::{rank, urgency_of};

/// A plan as it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlanNow {
    /// Block id -> text, for blocks somebody wrote in.
    pub(crate) texts: BTreeMap<String, String>,
    /// Goals in order.
    pub(crate) goals: Vec<PlanGoal>,
    /// What the blocks' slots are headed by.
    pub(crate) heads: Vec<EntryId>,
    /// The newest agreement and when it was made.
    pub(crate) agreed: Option<(PlanAgreed, Moment)>,
    /// Who signed that agreement.
    pub(crate) agreed_by: Option<StaffId>,
    /// The newest confirmation that it is in the patient's hands.
    pub(crate) given: Option<(PlanGiven, Moment)>,
}

impl PlanNow {
    /// Something was written after it was agreed.
    pub(crate) fn changed_since_agreed(&self) -> bool {
        self.agreed
            .as_ref()
            .is_some_and(|(agreed, _)| agreed.blocks != self.heads)
    }

    /// It is agreed as it stands.
    pub(crate) fn is_agreed(&self) -> bool {
        self.agreed
            .as_ref()
            .is_some_and(|(agreed, _)| agreed.state != "not-agreed")
            && !self.changed_since_agreed()
    }

    /// The version on paper: the agreed one, or the next while it is a draft.
    pub(crate) fn version(&self) -> u32 {
        match &self.agreed {
            Some((agreed, _)) if !self.changed_since_agreed() => agreed.version,
            Some((agreed, _)) => agreed.version + 1,
            None => 1,
        }
    }
}

impl Case {
    /// The decision on an assessment. Two at once are a conflict.
    pub(crate) fn decision(&self, assessment: ItemId) -> Held<Found<'_, &Decision>> {
        self.held(&slots::decision(assessment))
    }

    /// The decision that is acted on: of several at once the most urgent, until a clinician has
    /// signed one that saw them.
    pub(crate) fn acted_on(&self, assessment: ItemId) -> Option<Found<'_, &Decision>> {
        let urgency = |found: &Found<'_, &Decision>| {
            urgency_of(&found.body.decided.urgency).map_or(u8::MAX, rank)
        };
        into_all(self.decision(assessment))
            .into_iter()
            .min_by_key(urgency)
    }

    /// What a doctor in training decided and nobody has decided since: it counts as proposed.
    pub(crate) fn supervised(&self, assessment: ItemId) -> Option<Found<'_, &SupervisedDecision>> {
        let held = self.held::<SupervisedDecision>(&slots::supervised(assessment));
        let newest = held
            .all()
            .iter()
            .max_by_key(|found| found.placed.entry.lamport)?;
        let decided = self.decision(assessment);
        let saw = |decision: &Found<'_, &Decision>| {
            self.record.saw(&decision.placed.id, &newest.placed.id)
        };
        (!decided.all().iter().any(saw)).then(|| newest.clone())
    }

    /// What a clinician chose before the proposal was shown.
    pub(crate) fn choice(&self, assessment: ItemId) -> Option<Choice> {
        self.held::<Choice>(&slots::choice(assessment))
            .all()
            .first()
            .map(|found| found.body.clone())
    }

    /// The plan of an assessment.
    pub(crate) fn plan(&self, assessment: ItemId) -> PlanNow {
        let path = format!("plan/{assessment}/");
        let mut plan = PlanNow::default();
        for found in self.under::<PlanText>(&path).into_iter().flat_map(into_all) {
            plan.heads.push(found.placed.id);
            plan.texts
                .insert(found.body.block.clone(), found.body.text.clone());
        }
        let goals = self.held::<PlanGoals>(&slots::plan(assessment, "goals"));
        if let Some(found) = goals.all().first() {
            plan.heads.push(found.placed.id);
            plan.goals.clone_from(&found.body.goals);
        }
        // Medicines and allergies are printed on the plan: a later change makes it another plan.
        for list in ["item/medicine", "item/allergy"] {
            let rows = self.record.under(list);
            plan.heads.extend(
                rows.flat_map(|(_, row)| {
                    row.all().iter().map(|placed| placed.id).collect::<Vec<_>>()
                }),
            );
        }
        plan.heads.sort();
        let agreed = self.held::<PlanAgreed>(&slots::plan(assessment, "agreed"));
        plan.agreed = agreed
            .one()
            .map(|found| (found.body.clone(), found.placed.entry.claimed));
        plan.agreed_by = agreed.one().map(|found| found.placed.entry.author);
        plan.given = self
            .appended::<PlanGiven>()
            .into_iter()
            .rfind(|found| found.body.assessment == assessment)
            .map(|found| (found.body.clone(), found.placed.entry.claimed));
        plan
    }
}
