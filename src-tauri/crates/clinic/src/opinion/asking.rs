//! Asking for a second opinion, no longer asking, and looking behind a blind one.

use record::body::{Action, OpinionAsked};
use record::entry::Reason;
use record::id::{ItemId, PatientId, StaffId};

use super::choices::{QUESTIONS, WISHES, colleagues, roles};
use super::found;
use super::shown::of_case;
use crate::assess::reason_of;
use crate::audit;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, item_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{AskOpinionForm, CaseOpinions};
use crate::words;

/// Asks a colleague, or whoever of a role is free, for a second opinion by a day.
pub fn ask_opinion(
    desk: &mut Desk,
    assessment: String,
    form: AskOpinionForm,
) -> Result<CaseOpinions, Refusal> {
    desk.allow(Act::AskOpinion)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    case.unveiled(id)?;
    let asked = checked(desk, &case, id, &form)?;
    let opinion = ItemId::from_random(desk.random());
    let body = OpinionAsked {
        opinion,
        assessment: id,
        of_staff: asked.of_staff,
        of_role: if asked.of_staff.is_some() {
            String::new()
        } else {
            form.of_role
        },
        by: form.by,
        question: form.question,
        text: form.text.trim().into(),
        blind: form.blind,
        wished: form.wished,
        on: case.acted_on(id).map(|found| found.placed.id),
        settles: asked.settles,
        withdrawn: String::new(),
    };
    let line = Line::of(slots::opinion_asked(opinion), &body)?;
    desk.write(patient, vec![line])?;
    of_case(desk, patient, id)
}

/// The people a form names.
struct Asked {
    of_staff: Option<StaffId>,
    settles: Option<StaffId>,
}

fn checked(
    desk: &Desk,
    case: &Case,
    assessment: ItemId,
    form: &AskOpinionForm,
) -> Result<Asked, Refusal> {
    let sites = case.kept_at(case.patient);
    let named = |act: Act, value: &str| -> Result<Option<StaffId>, Refusal> {
        let people = colleagues(desk, &sites, act)?;
        let found = people.iter().find(|it| it.staff.to_string() == value);
        Ok(found.map(|person| person.staff))
    };
    let of_staff = named(Act::GiveOpinion, &form.of_staff)?;
    let me = desk.staff()?;
    // Whoever asks may settle it as well.
    let own = Some(me).filter(|me| me.to_string() == form.settles);
    let settles = match own {
        Some(me) if desk.may(Act::SignDecision)? => Some(me),
        _ => named(Act::SignDecision, &form.settles)?,
    };
    let mut faults = Faults::default();
    let a_role = roles().iter().any(|role| role.value == form.of_role);
    if of_staff.is_none() && (!form.of_staff.is_empty() || !a_role) {
        faults.add("of_staff", "Choose a colleague or a role to ask.");
    }
    if let Some(one) = of_staff.filter(|_| form.blind)
        && case.signers(assessment).contains(&one)
    {
        faults.add(
            "of_staff",
            "They have signed on this case, and cannot answer blind. Ask somebody else, or openly.",
        );
    }
    if settles.is_none() && !form.settles.is_empty() {
        faults.add("settles", "Choose who settles it, or leave it to the lead.");
    }
    if settles.is_some() && settles == of_staff {
        faults.add("settles", "Choose somebody else than the one who is asked.");
    }
    if words::iso(&form.by).is_none_or(|by| by < desk.today()) {
        faults.add("by", "Enter today or a later day.");
    }
    if !QUESTIONS.iter().any(|(known, _)| *known == form.question) {
        faults.add("question", "Choose the question.");
    } else if form.question == "other" {
        faults.need("text", &form.text, "Write the question.");
    }
    if !WISHES.iter().any(|(known, _)| *known == form.wished) {
        faults.add("wished", "Choose who wishes for it.");
    }
    faults.none()?;
    Ok(Asked { of_staff, settles })
}

/// Says that an opinion is no longer asked for, with the reason. Once it is given it stands.
pub fn withdraw_opinion(
    desk: &mut Desk,
    opinion: String,
    reason: String,
) -> Result<CaseOpinions, Refusal> {
    desk.allow(Act::AskOpinion)?;
    let (id, patient) = found(desk, &opinion)?;
    let reason = reason_of(&reason)?;
    let before = standing(desk, patient, id)?;
    let body = OpinionAsked {
        withdrawn: reason.as_str().to_owned(),
        ..before
    };
    asked_again(desk, patient, &body, reason)?;
    of_case(desk, patient, body.assessment)
}

/// Looks behind a blind opinion: from here on it is an open one. That it was done, by whom and why
/// is in the audit before anything is shown.
pub fn lift_blind(
    desk: &mut Desk,
    opinion: String,
    reason: String,
) -> Result<CaseOpinions, Refusal> {
    desk.allow(Act::GiveOpinion)?;
    let (id, patient) = found(desk, &opinion)?;
    let reason = reason_of(&reason)?;
    let before = standing(desk, patient, id)?;
    if !desk.case(patient)?.is_veiled(before.assessment) {
        return Err(Refusal::plain("Nothing is hidden from you in this case."));
    }
    let body = OpinionAsked {
        blind: false,
        ..before
    };
    desk.whole(|desk| {
        let (action, what) = (Action::BreakGlass, "decision behind a blind opinion");
        audit::because(desk, action, Some(patient), what, reason.as_str())?;
        asked_again(desk, patient, &body, reason)
    })?;
    of_case(desk, patient, body.assessment)
}

/// What is asked, while nobody has answered.
fn standing(desk: &mut Desk, patient: PatientId, id: ItemId) -> Result<OpinionAsked, Refusal> {
    let case = desk.case(patient)?;
    let now = case.opinion(id).ok_or(Refusal::NotFound("That opinion"))?;
    if !now.is_open() {
        return Err(Refusal::plain(
            "This opinion is not waited for any more. Look at the case again.",
        ));
    }
    Ok(now.asked.body.clone())
}

fn asked_again(
    desk: &mut Desk,
    patient: PatientId,
    body: &OpinionAsked,
    reason: Reason,
) -> Result<(), Refusal> {
    let line = Line::of(slots::opinion_asked(body.opinion), body)?;
    desk.write(patient, vec![line.because(reason)])?;
    Ok(())
}
