//! The second opinions that concern the person at work, found without a record being opened.

use std::collections::BTreeMap;

use jiff::Timestamp;
use record::id::StaffId;
use record::role::Role;
use store::List;

use super::choices::whom;
use super::shown::late;
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::summary::{OpinionListed, OpinionState, PatientSummary, of_role, of_staff};
use crate::view::{OpinionList, OpinionRow};
use crate::words;

/// Answers that are shown to whoever asked, the newest. A design decision: a screenful.
const ANSWERED: usize = 20;

/// Second opinions asked of the person at work or of their role, those that differ and concern
/// them, and what became of those they asked for.
pub fn opinions_for_me(desk: &mut Desk) -> Result<OpinionList, Refusal> {
    desk.allow(Act::Look)?;
    audit::listed(desk)?;
    let me = Me {
        staff: desk.staff()?,
        role: desk.role()?,
        gives: desk.may(Act::GiveOpinion)?,
        settles: desk.may(Act::SignDecision)?,
    };
    let (mut list, mut asked, mut answered) = (OpinionList::default(), Vec::new(), Vec::new());
    for summary in concerning(desk, &me)? {
        for opinion in &summary.opinions {
            if let Some(place) = me.place(&summary, opinion) {
                let row = row(desk, &summary, opinion, place)?;
                match place {
                    Place::Asked => asked.push((opinion.by.clone(), row)),
                    Place::Differs { .. } => list.differ.push(row),
                    Place::Waiting => list.waiting.push(row),
                    Place::Answered(at) => answered.push((at, row)),
                }
            }
        }
    }
    asked.sort_by(|(one, _), (other, _)| one.cmp(other));
    list.asked = asked.into_iter().map(|(_, row)| row).collect();
    answered.sort_by(|(one, _), (other, _)| other.cmp(one));
    let newest = answered.into_iter().take(ANSWERED);
    list.answered = newest.map(|(_, row)| row).collect();
    list.may_see_agreement = desk.may(Act::SeeAgreement)?;
    Ok(list)
}

/// The patients whose opinions may concern the person at work, each once.
fn concerning(desk: &Desk, me: &Me) -> Result<Vec<PatientSummary>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let mut all = BTreeMap::new();
    for item in [of_staff(me.staff), of_role(&role::value(me.role))] {
        let rows = store.list(List::With(&item), 0, u32::MAX)?.rows;
        let seen = desk.seen(&rows)?.into_iter();
        all.extend(seen.map(|summary| (summary.patient.clone(), summary)));
    }
    Ok(all.into_values().collect())
}

/// Where an opinion stands in the list of somebody.
#[derive(Clone, Copy)]
enum Place {
    Asked,
    Differs { to_settle: bool },
    Waiting,
    Answered(Timestamp),
}

/// The person at work.
struct Me {
    staff: StaffId,
    role: Role,
    gives: bool,
    settles: bool,
}

impl Me {
    fn place(&self, summary: &PatientSummary, opinion: &OpinionListed) -> Option<Place> {
        let me = Some(self.staff);
        match opinion.state {
            OpinionState::Asked if self.is_asked(opinion) => Some(Place::Asked),
            OpinionState::Asked => (me == Some(opinion.asked_by)).then_some(Place::Waiting),
            // What another answered is hidden from whoever is to answer blind.
            _ if summary.veiled => None,
            OpinionState::Withdrawn => None,
            OpinionState::Differs => {
                let to_settle = self.settles && (opinion.settles == me || self.role == Role::Lead);
                let concerned = opinion.first_by == me
                    || opinion.answered_by.contains(&self.staff)
                    || opinion.asked_by == self.staff;
                (to_settle || concerned).then_some(Place::Differs { to_settle })
            }
            OpinionState::Given => {
                let at = opinion.answered.map(|moment| moment.at());
                let asked = opinion.asked_by == self.staff;
                at.filter(|_| asked).map(Place::Answered)
            }
        }
    }

    fn is_asked(&self, opinion: &OpinionListed) -> bool {
        let asked = match opinion.of_staff {
            Some(staff) => staff == self.staff,
            None => {
                opinion.of_role == role::value(self.role) && opinion.first_by != Some(self.staff)
            }
        };
        self.gives && asked
    }
}

fn row(
    desk: &Desk,
    summary: &PatientSummary,
    opinion: &OpinionListed,
    place: Place,
) -> Result<OpinionRow, Refusal> {
    let asker = desk.name_and_role(opinion.asked_by)?;
    let whom = whom(desk, opinion.of_staff, &opinion.of_role)?;
    let since = words::staff_moment(opinion.since);
    Ok(OpinionRow {
        opinion: opinion.opinion.to_string(),
        patient: summary.patient.clone(),
        name: PatientSummary::listed_name(&summary.family, &summary.given, &summary.title),
        similar_name: desk.is_similar(summary)?,
        text: opinion.text.clone(),
        who: format!("Asked of {whom} by {asker}, {since}"),
        by: words::staff_iso(&opinion.by),
        late: late(desk, opinion.state == OpinionState::Asked, &opinion.by),
        blind: opinion.blind,
        to_settle: matches!(place, Place::Differs { to_settle: true }),
        action: match place {
            Place::Asked => "Answer",
            Place::Differs { to_settle: true } => "Settle",
            Place::Differs { .. } | Place::Answered(_) => "Read",
            Place::Waiting => "Open",
        }
        .into(),
    })
}
