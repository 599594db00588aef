//! What a summary takes from the case: who has it, what is awaited, what was decided.

use assessment::ruleset::Urgency;
use jiff::civil::Date;
use record::body::{Appointment as AppointmentBody, HandedOver, SupervisedDecision};
use record::id::{ItemId, SiteId};

use super::{AWAITS, OpinionListed, SummaryAction, UNOPENED};
use crate::case::{Case, Found, Held, slots};
use crate::known_by::same_as;
use crate::words;

/// Signs present in the letter or recorded make it the most urgent they carry until a clinician
/// signs; else what the referrer asked for.
pub(super) fn asked_urgency(case: &Case, today: Date) -> Option<Urgency> {
    let signs = crate::route::open_signs(case, today);
    let from_signs = signs
        .iter()
        .map(|sign| sign.urgency)
        .min_by_key(|urgency| crate::decide::rank(*urgency));
    from_signs.or_else(|| {
        let asked = case
            .referrals()
            .first()
            .map(|found| found.body.asked_urgency.clone())?;
        crate::decide::urgency_of(&asked)
    })
}

/// The assessment of the newest decision that is acted on, and the day it was signed.
pub(super) fn decided(case: &Case) -> Option<(ItemId, Date)> {
    case.assessments().iter().find_map(|facts| {
        let found = case.acted_on(facts.id)?;
        let day = found.placed.entry.claimed.local().date();
        Some((facts.id, day))
    })
}

/// What was signed is looked at again when two decisions did not see each other, when a second
/// opinion differs, or when one did not see a warning sign, a medicine, an allergy or who the patient is.
pub(super) fn decide_again(case: &Case, assessment: ItemId) -> Option<String> {
    let decision = case.acted_on(assessment)?;
    if case.decision(assessment).is_unsettled() {
        return Some("Two decisions did not see each other: sign one that saw both".to_owned());
    }
    if !case.disagreeing(assessment).is_empty() {
        return Some("A second opinion differs: settle it".to_owned());
    }
    let unseen = crate::decide::not_seen(case, decision.placed);
    (!unseen.is_empty()).then(|| {
        format!(
            "Decide again: made without seeing {}",
            words::listed(&unseen)
        )
    })
}

pub(super) fn appointments(case: &Case) -> Vec<(Date, String, String)> {
    case.appointments()
        .into_iter()
        .filter_map(|slot| words::iso(&slot.date).map(|date| (date, slot.time, slot.purpose)))
        .collect()
}

/// The days on which the patient is expected.
pub(super) fn days(case: &Case) -> Vec<String> {
    let appointments = appointments(case).into_iter();
    appointments.map(|(day, _, _)| day.to_string()).collect()
}

/// Under what else a patient is found: their assessments, whoever has the case, what is awaited.
pub(super) fn items(
    case: &Case,
    owner_staff: Option<&str>,
    unopened: bool,
    awaits: bool,
    opinions: &[OpinionListed],
) -> Vec<String> {
    let assessments = case.assessments().iter();
    assessments
        .map(|facts| facts.id.to_string())
        .chain(Some(owner_item(owner_staff.unwrap_or(&owner(case)))))
        .chain(unopened.then(|| UNOPENED.to_owned()))
        .chain(awaits.then(|| AWAITS.to_owned()))
        .chain(opinions.iter().flat_map(OpinionListed::items))
        .chain(same_as(case))
        .collect()
}

/// The item under which whatever belongs to somebody is found: by their id, or by their name where
/// an appointment says no more.
pub(crate) fn owner_item(owner: &str) -> String {
    format!("owner/{owner}")
}

/// A supervisor who is asked to countersign, else whoever the case was given to after the last
/// appointment was made.
pub(super) fn owner_staff(
    case: &Case,
    waiting: Option<&Found<'_, &SupervisedDecision>>,
) -> Option<String> {
    if let Some(waiting) = waiting {
        return Some(waiting.body.supervisor.to_string());
    }
    let held = case.held::<HandedOver>(slots::OWNER);
    let given = held
        .all()
        .iter()
        .max_by_key(|found| found.placed.entry.lamport)?;
    let later = case.under::<AppointmentBody>("appointment/");
    let later = later.iter().flat_map(Held::all).any(|found| {
        !found.body.with.is_empty() && found.placed.entry.lamport > given.placed.entry.lamport
    });
    (!later).then(|| given.body.to.to_string())
}

/// The site that keeps the record. In doubt the lowest, so that every device lists it alike.
pub(super) fn site(case: &Case) -> Option<SiteId> {
    case.kept_at(case.patient).first().copied()
}

pub(super) fn owner(case: &Case) -> String {
    case.appointments()
        .into_iter()
        .map(|slot| slot.with)
        .rfind(|with| !with.is_empty())
        .unwrap_or_default()
}

pub(super) fn actions(case: &Case) -> Vec<SummaryAction> {
    case.open_actions()
        .into_iter()
        .map(|found| SummaryAction {
            id: found.body.action.to_string(),
            what: found.body.what.clone(),
            route: found.body.route.clone(),
            assessment: found.body.assessment.map(|id| id.to_string()),
            since: found.placed.entry.claimed,
        })
        .collect()
}
