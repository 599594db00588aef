//! Answers to single questions.

use assessment::question::{Catalogue, Question, check_answer};
use record::body::{AnswerState, Answered};
use record::id::{ItemId, PatientId};
use record::moment::Moment;

use super::starting::modes;
use super::{Shown, convert, forms, to_engine};
use crate::banner::banner;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, item_id};
use crate::facts::is_raised;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{AfterAnswer, AnswerView, AssessmentView};
use crate::{route, triage, words};

/// An assessment with everything on its screen.
pub fn open_assessment(desk: &mut Desk, assessment: String) -> Result<AssessmentView, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let saved_at = desk.last_saved(patient)?.map(words::clock_seconds);
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    let names = desk.names()?;
    let day = facts.day(desk.today());
    let shown = Shown::new(&case, id, day, &names).in_words_of(desk.packs()?);
    let hub = crate::door::local_numbers(desk)?.hub;
    Ok(AssessmentView {
        id: assessment,
        banner: banner(desk, &case, Some(&shown))?,
        started: words::staff_date(facts.started.local().date()),
        mode: facts.mode.clone(),
        modes: modes(),
        finished: facts.finished.is_some(),
        sections: shown.sections(),
        answers: shown.all_answers(),
        triage: triage::so_far(desk, &shown)?,
        open_actions: crate::worklist::open_actions_of(&case, desk.today(), &hub),
        saved_at,
        offers: u32::try_from(shown.offers()).unwrap_or(u32::MAX),
        regions: Shown::regions(),
    })
}

/// Records one answer. It is on disk when this returns.
pub fn record_answer(
    desk: &mut Desk,
    assessment: String,
    question: String,
    answer: AnswerView,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let (question, state) = checked(desk, patient, id, &question, answer)?;
    refuse_lowered(&*desk.case(patient)?, id, question, &state)?;
    let anew = raised_anew(desk, patient, id, question, &state)?;
    let line = answer_line(id, question, state, "clinician")?;
    let saved = desk.whole(|desk| {
        let saved = keep(desk, patient, id, line)?;
        route::after_answer(desk, patient, id, question, anew)?;
        Ok(saved)
    })?;
    after(desk, patient, id, saved, Some(question))
}

/// The question and the answer that was typed, when it may be asked here and fits.
pub(super) fn checked(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    question: &str,
    answer: AnswerView,
) -> Result<(&'static Question, AnswerState), Refusal> {
    let question = Catalogue::shipped()
        .question(question)
        .ok_or(Refusal::NotFound("That question"))?;
    forms::may_be_answered(&*desk.case(patient)?, assessment, question)?;
    let state = convert::from_screen(&question.kind, answer);
    check_answer(question, &to_engine(&state))
        .map_err(|error| Refusal::field(&question.id, error.to_string()))?;
    Ok((question, state))
}

/// A sign that was present, or item 9 above 0, is not answered otherwise without saying why: it is
/// corrected, and stays listed with who changed it and why.
fn refuse_lowered(
    case: &Case,
    assessment: ItemId,
    question: &Question,
    state: &AnswerState,
) -> Result<(), Refusal> {
    let stands = case.answers(assessment).remove(&question.id);
    let raised = stands
        .unwrap_or_default()
        .iter()
        .any(|now| is_raised(question, now.state));
    if raised && !is_raised(question, state) {
        return Err(Refusal::field(
            "reason",
            "This was recorded as present. Say why it is changed.",
        ));
    }
    Ok(())
}

/// Keeps what is typed in an assessment; what is written up after a downtime says when it happened.
pub(super) fn keep(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    line: Line,
) -> Result<Moment, Refusal> {
    let case = desk.case(patient)?;
    let late = case.assessment(assessment).and_then(|it| it.late.clone());
    desk.keep_typed(patient, line.that_happened(late))
}

/// The same, and what the screen shows from then on.
pub(super) fn keep_and_show(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    line: Line,
) -> Result<AfterAnswer, Refusal> {
    let saved = keep(desk, patient, assessment, line)?;
    after(desk, patient, assessment, saved, None)
}

/// Whether an answer raises a warning sign, or raises it further, than the one before it. One that
/// was raised and is changed becomes an entry first: a sign once present stays listed.
pub(super) fn raised_anew(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    question: &Question,
    state: &AnswerState,
) -> Result<bool, Refusal> {
    if route::route_of(question).is_none() {
        return Ok(false);
    }
    let case = desk.case(patient)?;
    let mut answers = case.answers(assessment);
    let before = answers.remove(&question.id).unwrap_or_default();
    let same = before.iter().any(|now| now.state == state);
    if !same && before.iter().any(|now| route::raises(question, now.state)) {
        desk.seal_typed(patient)?;
    }
    Ok(!same && route::raises(question, state))
}

pub(super) fn answer_line(
    assessment: ItemId,
    question: &Question,
    answer: AnswerState,
    source: &str,
) -> Result<Line, Refusal> {
    let body = Answered {
        assessment,
        question: question.id.clone(),
        answer,
        source: source.into(),
    };
    Line::of(slots::answer(assessment, &question.id), &body)
}

/// Confirms last time's answer to a stable question. Never a warning sign, a score or a finding.
pub fn take_offer(
    desk: &mut Desk,
    assessment: String,
    question: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let question = Catalogue::shipped()
        .question(&question)
        .ok_or(Refusal::NotFound("That question"))?;
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, case.day(id, desk.today()), &names);
    let (value, _) = shown
        .offer(question)
        .ok_or_else(|| Refusal::plain("There is nothing to copy for this question. Ask it."))?;
    let line = answer_line(id, question, AnswerState::Given { value }, "confirmed")?;
    let saved = keep(desk, patient, id, line)?;
    after(desk, patient, id, saved, Some(question))
}

/// A section is left: what was typed becomes entries.
pub fn leave_section(desk: &mut Desk, assessment: String) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    desk.seal_typed(patient)?;
    let saved = desk.last_saved(patient)?.unwrap_or_else(|| desk.now());
    after(desk, patient, id, saved, None)
}

/// An assessment that may be written in: not finished, by a role that assesses.
pub(crate) fn writable(desk: &mut Desk, assessment: &str) -> Result<(ItemId, PatientId), Refusal> {
    desk.allow(Act::Assess)?;
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    if facts.finished.is_some() {
        return Err(Refusal::Stale(
            "This assessment is finished and is not changed. Start a new one, or mark an entry as made in error.",
        ));
    }
    Ok((id, patient))
}

pub(super) fn after(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
    saved: Moment,
    question: Option<&Question>,
) -> Result<AfterAnswer, Refusal> {
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let day = case.day(id, desk.today());
    let shown = Shown::new(&case, id, day, &names).in_words_of(desk.packs()?);
    let hub = crate::door::local_numbers(desk)?.hub;
    Ok(AfterAnswer {
        saved_at: words::clock_seconds(saved),
        answers: shown.all_answers(),
        banner: banner(desk, &case, Some(&shown))?,
        sections: shown.sections(),
        triage: triage::so_far(desk, &shown)?,
        open_actions: crate::worklist::open_actions_of(&case, desk.today(), &hub),
        route: question.and_then(|question| route::leads_to(&case, id, question)),
    })
}
