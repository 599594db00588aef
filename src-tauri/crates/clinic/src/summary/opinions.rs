//! Second opinions as lists need them, without the record being opened.

use assessment::ruleset::Urgency;
use record::id::{ItemId, StaffId};
use record::moment::Moment;
use record::role::Role;
use serde::{Deserialize, Serialize};

use super::{PatientSummary, Stage, Unopened};
use crate::case::{Case, OpinionNow, Veil};

/// How far a second opinion has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpinionState {
    /// Nobody has answered.
    Asked,
    /// Nobody asks for it any more.
    Withdrawn,
    /// Answered, and nothing is left to settle.
    Given,
    /// The answer differs from what is acted on, and nobody has settled it.
    Differs,
}

/// A second opinion in lists.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct OpinionListed {
    pub(crate) opinion: ItemId,
    pub(crate) assessment: ItemId,
    pub(crate) asked_by: StaffId,
    pub(crate) since: Moment,
    /// ISO date.
    pub(crate) by: String,
    pub(crate) of_staff: Option<StaffId>,
    pub(crate) of_role: String,
    pub(crate) text: String,
    pub(crate) blind: bool,
    pub(crate) state: OpinionState,
    /// Who signed the first view.
    pub(crate) first_by: Option<StaffId>,
    pub(crate) answered_by: Vec<StaffId>,
    /// When the last answer was signed.
    pub(crate) answered: Option<Moment>,
    pub(crate) settles: Option<StaffId>,
    pub(crate) veil: Option<Veil>,
}

impl OpinionListed {
    /// Those of a case.
    pub(super) fn all(case: &Case) -> Vec<Self> {
        let opinions = case.opinions();
        let listed = opinions.iter().map(|opinion| Self::of(case, opinion));
        listed.collect()
    }

    fn of(case: &Case, opinion: &OpinionNow<'_>) -> Self {
        let asked = opinion.asked.body;
        let state = if opinion.withdrawn {
            OpinionState::Withdrawn
        } else if opinion.is_open() {
            OpinionState::Asked
        } else if case.unsettled_of(opinion).is_empty() {
            OpinionState::Given
        } else {
            OpinionState::Differs
        };
        let given = opinion.given.iter();
        Self {
            opinion: opinion.id,
            assessment: asked.assessment,
            asked_by: opinion.asker.entry.author,
            since: opinion.since(),
            by: asked.by.clone(),
            of_staff: asked.of_staff,
            of_role: asked.of_role.clone(),
            text: asked.text.clone(),
            blind: opinion.blind,
            state,
            first_by: case
                .first_view(asked)
                .map(|first| first.placed.entry.author),
            answered: given.clone().last().map(|it| it.placed.entry.claimed),
            answered_by: given.map(|found| found.placed.entry.author).collect(),
            settles: asked.settles,
            veil: case.veil_of(opinion),
        }
    }

    /// Whether it hides what was decided from somebody.
    pub(crate) fn hides_from(&self, staff: StaffId, role: Role) -> bool {
        let veil = self.veil.as_ref();
        veil.is_some_and(|veil| veil.covers(staff, role))
    }

    /// Under what else the patient is found: the opinion itself, and whomever it concerns.
    pub(super) fn items(&self) -> Vec<String> {
        let mut all = vec![self.opinion.to_string(), of_staff(self.asked_by)];
        match (self.state, self.of_staff) {
            (OpinionState::Asked, Some(staff)) => all.push(of_staff(staff)),
            (OpinionState::Asked, None) => all.push(of_role(&self.of_role)),
            (OpinionState::Differs, _) => {
                let people = self.answered_by.iter().chain(&self.first_by);
                all.extend(people.chain(&self.settles).map(|staff| of_staff(*staff)));
                // The lead settles what nobody else is there to settle.
                all.push(of_role(&crate::role::value(Role::Lead)));
            }
            (OpinionState::Given | OpinionState::Withdrawn, _) => {}
        }
        all
    }
}

impl PatientSummary {
    /// The summary as somebody may see it: without what a blind opinion hides from them. What is
    /// still to be done about an emergency is never hidden.
    pub(crate) fn seen_by(self, staff: StaffId, role: Role) -> Self {
        let hides = |opinion: &OpinionListed| opinion.hides_from(staff, role);
        if !self.opinions.iter().any(hides) {
            return self;
        }
        // It alarms as soon as the most urgent would, so that how soon tells nothing.
        let unopened = self.unopened.map(|unopened| Unopened {
            urgency: Urgency::Emergency,
            ..unopened
        });
        let stage = match self.stage {
            Stage::ToPlan | Stage::ToGive | Stage::FollowUp => Stage::ToSign,
            other => other,
        };
        Self {
            veiled: true,
            urgency: None,
            urgency_signed: false,
            stage,
            review: None,
            to_countersign: false,
            again: None,
            unopened,
            steps: Vec::new(),
            ..self
        }
    }
}

/// The item under which opinions are found that concern somebody.
pub(crate) fn of_staff(staff: StaffId) -> String {
    format!("opinion/of/{staff}")
}

/// The same for everybody of a role.
pub(crate) fn of_role(role: &str) -> String {
    format!("opinion/of-role/{role}")
}
