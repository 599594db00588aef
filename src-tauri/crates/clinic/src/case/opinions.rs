//! Second opinions of a case: asked for, given, where they differ from what was decided, settled.

use std::collections::BTreeSet;

use assessment::ruleset::Urgency;
use record::body::{
    Decided, Decision, HandedOver, Opinion, OpinionAsked, OpinionSettled, SupervisedDecision,
};
use record::fold::Placed;
use record::id::{ItemId, StaffId};
use record::moment::Moment;
use record::role::Role;
use serde::{Deserialize, Serialize};

use super::identity::into_all;
use super::{Case, Found, slots};
use crate::decide::{rank, urgency_of};
use crate::role;

/// How a second view stands to the first.
///
/// Of a blind one it is worked out: the same lead, urgency and strands agree; the same lead and
/// urgency agree with a change; anything else disagrees. A design decision, for the service's
/// clinical safety officer: another urgency is never called a mere change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    Agrees,
    WithChange,
    Disagrees,
}

impl Verdict {
    /// How an opinion stands to a decision by what both say.
    pub(crate) fn between(first: &Decided, second: &Opinion) -> Self {
        let strands = |all: &[String]| all.iter().cloned().collect::<BTreeSet<_>>();
        if (&first.lead, &first.urgency) != (&second.lead, &second.urgency) {
            Self::Disagrees
        } else if strands(&first.strands) == strands(&second.strands) {
            Self::Agrees
        } else {
            Self::WithChange
        }
    }

    /// The word in the entry.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Agrees => "agree",
            Self::WithChange => "agree-with-change",
            Self::Disagrees => "disagree",
        }
    }

    /// The verdict behind a word; none for any other, the empty one too.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Agrees, Self::WithChange, Self::Disagrees]
            .into_iter()
            .find(|known| known.as_str() == word)
    }
}

/// From whom what was decided is hidden until they have answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Veil {
    of_staff: Option<StaffId>,
    of_role: String,
    /// Those who know it already.
    knows: BTreeSet<StaffId>,
}

impl Veil {
    /// Whether it hides anything from somebody.
    pub(crate) fn covers(&self, staff: StaffId, role: Role) -> bool {
        let asked = match self.of_staff {
            Some(one) => one == staff,
            None => self.of_role == role::value(role),
        };
        asked && !self.knows.contains(&staff)
    }
}

/// One second opinion as it stands.
pub(crate) struct OpinionNow<'a> {
    pub(crate) id: ItemId,
    /// What is asked, as it was written last.
    pub(crate) asked: Found<'a, &'a OpinionAsked>,
    /// The entry that asked for it first.
    pub(crate) asker: &'a Placed,
    /// Of several ways in which it is asked any is blind.
    pub(crate) blind: bool,
    /// Nobody asks for it any more, and nobody has answered.
    pub(crate) withdrawn: bool,
    /// One for each person, oldest first.
    pub(crate) given: Vec<Found<'a, &'a Opinion>>,
    pub(crate) settled: Option<Found<'a, &'a OpinionSettled>>,
}

impl OpinionNow<'_> {
    /// The assessment it is about.
    pub(crate) fn assessment(&self) -> ItemId {
        self.asked.body.assessment
    }

    /// It is asked for and nobody has answered.
    pub(crate) fn is_open(&self) -> bool {
        !self.withdrawn && self.given.is_empty()
    }

    /// When it was asked for.
    pub(crate) fn since(&self) -> Moment {
        self.asker.entry.claimed
    }
}

impl Case {
    /// Every second opinion, the one asked for first first.
    pub(crate) fn opinions(&self) -> Vec<OpinionNow<'_>> {
        let asked = self.under::<OpinionAsked>("opinion");
        if asked.is_empty() {
            return Vec::new();
        }
        let timeline = self.record.timeline();
        let mut all: Vec<_> = asked
            .into_iter()
            .filter_map(|held| self.opinion_now(into_all(held), &timeline))
            .collect();
        all.sort_by_key(|opinion| (opinion.asker.entry.lamport, opinion.asker.id));
        all
    }

    /// One of them.
    pub(crate) fn opinion(&self, id: ItemId) -> Option<OpinionNow<'_>> {
        self.opinions().into_iter().find(|opinion| opinion.id == id)
    }

    fn opinion_now<'a>(
        &'a self,
        values: Vec<Found<'a, &'a OpinionAsked>>,
        timeline: &[&'a Placed],
    ) -> Option<OpinionNow<'a>> {
        let stands = |found: &Found<'_, &OpinionAsked>| found.body.withdrawn.is_empty();
        let blind = values.iter().any(|found| stands(found) && found.body.blind);
        let asked_for = values.iter().any(stands);
        let last = |found: &Found<'_, &OpinionAsked>| {
            (stands(found), found.placed.entry.lamport, found.placed.id)
        };
        let asked = values.into_iter().max_by_key(last)?;
        let id = asked.body.opinion;
        let first = timeline.iter().find(|placed| {
            let found = self.read::<OpinionAsked>(placed);
            found.is_some_and(|found| found.body.opinion == id)
        })?;
        let given = self.under::<Opinion>(&format!("opinion/{id}/given"));
        let mut given: Vec<_> = given.into_iter().flat_map(into_all).collect();
        given.sort_by_key(|found| (found.placed.entry.lamport, found.placed.id));
        Some(OpinionNow {
            id,
            asked,
            asker: first,
            blind,
            withdrawn: !asked_for && given.is_empty(),
            given,
            settled: self.settled_with(id, timeline),
        })
    }

    /// How it was settled. The entry is no signature: it counts beside the signed decision that
    /// stands in one envelope with it, and by itself for nothing.
    fn settled_with<'a>(
        &'a self,
        opinion: ItemId,
        timeline: &[&'a Placed],
    ) -> Option<Found<'a, &'a OpinionSettled>> {
        let held = self.held::<OpinionSettled>(&slots::opinion_settled(opinion));
        into_all(held).into_iter().find(|settled| {
            timeline.iter().any(|placed| {
                let decision = self.read::<Decision>(placed);
                placed.id.envelope == settled.placed.id.envelope
                    && placed.unverified.is_none()
                    && decision.is_some_and(|it| it.body.assessment == settled.body.assessment)
            })
        })
    }

    /// The decision an opinion is the second to: the one it was asked on, else the first that was
    /// signed on the assessment.
    pub(crate) fn first_view(&self, asked: &OpinionAsked) -> Option<Found<'_, &Decision>> {
        if let Some(on) = asked.on {
            return self.read(self.record.entry(&on)?);
        }
        self.record
            .timeline()
            .into_iter()
            .filter(|placed| placed.unverified.is_none() && self.record.stands(&placed.id))
            .filter_map(|placed| self.read::<Decision>(placed))
            .find(|found| found.body.assessment == asked.assessment)
    }

    /// How an answer stands to the first view; none while there is no first.
    pub(crate) fn verdict(&self, opinion: &OpinionNow<'_>, given: &Opinion) -> Option<Verdict> {
        let first = self.first_view(opinion.asked.body)?;
        let said = Verdict::from_word(&given.agrees);
        Some(said.unwrap_or_else(|| Verdict::between(&first.body.decided, given)))
    }

    /// Answers that differ from what is acted on and that nobody has settled.
    pub(crate) fn unsettled_of<'a>(
        &'a self,
        opinion: &OpinionNow<'a>,
    ) -> Vec<Found<'a, &'a Opinion>> {
        let Some(decision) = self.acted_on(opinion.assessment()) else {
            return Vec::new();
        };
        if opinion.settled.is_some() {
            return Vec::new();
        }
        let differs = |given: &&Found<'a, &'a Opinion>| {
            let against = Verdict::between(&decision.body.decided, given.body);
            against == Verdict::Disagrees
                && self.verdict(opinion, given.body) == Some(Verdict::Disagrees)
                && !self.took_account(opinion, &decision, given)
        };
        opinion.given.iter().filter(differs).cloned().collect()
    }

    /// Whoever had an opinion before they decided anything has already weighed it.
    pub(crate) fn took_account(
        &self,
        opinion: &OpinionNow<'_>,
        decision: &Found<'_, &Decision>,
        given: &Found<'_, &Opinion>,
    ) -> bool {
        let Some(signed) = &decision.placed.entry.signed else {
            return false;
        };
        let seen = self.record.seen_with(&signed.basis.heads);
        opinion.asked.body.on.is_none() && seen.contains(&given.placed.id)
    }

    /// The same of every opinion on an assessment.
    pub(crate) fn disagreeing(&self, assessment: ItemId) -> Vec<Found<'_, &Opinion>> {
        let all = self.opinions().into_iter();
        all.filter(|opinion| opinion.assessment() == assessment)
            .flat_map(|opinion| self.unsettled_of(&opinion))
            .collect()
    }

    /// The urgency that is acted on: the decision's, or the higher one of an opinion that differs,
    /// until that is settled.
    pub(crate) fn urgency_acted_on(&self, assessment: ItemId) -> Option<Urgency> {
        let decided = self.acted_on(assessment)?;
        let second = self.disagreeing(assessment);
        let second = second.iter().map(|found| found.body.urgency.as_str());
        std::iter::once(decided.body.decided.urgency.as_str())
            .chain(second)
            .filter_map(urgency_of)
            .min_by_key(|urgency| rank(*urgency))
    }

    /// Those who signed something on an assessment, and so cannot answer blind.
    pub(crate) fn signers(&self, assessment: ItemId) -> BTreeSet<StaffId> {
        let all = self.record.timeline().into_iter();
        let signed = all.filter(|placed| {
            let decided = self.read::<Decision>(placed);
            let trainee = self.read::<SupervisedDecision>(placed);
            let opinion = self.read::<Opinion>(placed);
            decided.is_some_and(|it| it.body.assessment == assessment)
                || trainee.is_some_and(|it| it.body.assessment == assessment)
                || opinion.is_some_and(|it| it.body.assessment == assessment)
        });
        signed.map(|placed| placed.entry.author).collect()
    }

    /// From whom an opinion hides what was decided; none where it hides nothing.
    pub(crate) fn veil_of(&self, opinion: &OpinionNow<'_>) -> Option<Veil> {
        if !opinion.blind || !opinion.is_open() {
            return None;
        }
        let asked = opinion.asked.body;
        let mut knows = self.signers(asked.assessment);
        knows.insert(opinion.asker.entry.author);
        if asked.of_staff.is_none() {
            // A role is asked so that whoever is free answers: nobody who works on the plan, and
            // nobody whose case it is, is kept from it for that.
            knows.extend(self.at_work_on(asked.assessment));
        }
        Some(Veil {
            of_staff: asked.of_staff,
            of_role: asked.of_role.clone(),
            knows,
        })
    }

    /// Whoever wrote what follows from a decision, and whoever has the case.
    fn at_work_on(&self, assessment: ItemId) -> Vec<StaffId> {
        let timeline = self.record.timeline().into_iter();
        let wrote = timeline
            .filter(|placed| self.tells_of(placed) == Some(assessment))
            .map(|placed| placed.entry.author);
        let held = self.held::<HandedOver>(slots::OWNER);
        let owners = held.all().iter().map(|found| found.body.to);
        wrote.chain(owners).collect()
    }
}
