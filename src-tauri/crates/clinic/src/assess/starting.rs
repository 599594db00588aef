//! Starting an assessment, with what the referral letter states.

use assessment::question::{Catalogue, QuestionKind};
use record::body::{AnswerState, AnswerValue as Held, Answered, AssessmentStarted};
use record::entry::Happened;
use record::id::ItemId;

use crate::case::{Case, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::late;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, LateEntry};

/// Starts an assessment, or gives the one that is running.
pub fn start_assessment(desk: &mut Desk, patient: String, mode: String) -> Result<String, Refusal> {
    desk.allow(Act::Assess)?;
    begin(desk, patient, mode, None)
}

/// Starts an assessment that was made before, such as on paper while the computers were down. It
/// counts as made when it happened.
pub fn start_late_assessment(
    desk: &mut Desk,
    patient: String,
    mode: String,
    late: LateEntry,
) -> Result<String, Refusal> {
    desk.allow(Act::Assess)?;
    let happened = late::happened(desk, &late)?;
    begin(desk, patient, mode, happened)
}

fn begin(
    desk: &mut Desk,
    patient: String,
    mode: String,
    happened: Option<Happened>,
) -> Result<String, Refusal> {
    let patient = patient_id(&patient)?;
    let case = desk.case(patient)?;
    if let Some(running) = case
        .assessments()
        .iter()
        .find(|facts| facts.finished.is_none())
    {
        return Ok(running.id.to_string());
    }
    if case.identity().died.is_some() {
        return Err(Refusal::plain(
            "This person has died. An assessment is not started.",
        ));
    }
    let assessment = ItemId::from_random(desk.random());
    let mut known = modes().into_iter();
    let mode = known
        .find(|choice| choice.value == mode)
        .map_or_else(|| "in-person".to_owned(), |choice| choice.value);
    let started = AssessmentStarted {
        assessment,
        referral: newest_referral(&case),
        mode: mode.clone(),
        site: desk.sitting()?.opened.identity.site,
    };
    let asked = Answered {
        assessment,
        question: "contact-mode".into(),
        answer: AnswerState::Given {
            value: Held::Text(mode),
        },
        source: "clinician".into(),
    };
    let mut lines = vec![
        Line::of(slots::started(assessment), &started)?,
        Line::of(slots::answer(assessment, "contact-mode"), &asked)?,
    ];
    lines.extend(from_letter(&case, assessment)?);
    let lines = lines.into_iter();
    let lines = lines.map(|line| line.that_happened(happened.clone()));
    desk.write(patient, lines.collect())?;
    Ok(assessment.to_string())
}

fn newest_referral(case: &Case) -> Option<ItemId> {
    let referrals = case.referrals();
    let slot = referrals.first()?.placed.entry.slot.as_ref()?;
    slot.segments().nth(1)?.parse().ok()
}

/// What the referral letter states as present comes in marked as from the letter. A letter can
/// never say "absent".
pub(super) fn from_letter(case: &Case, assessment: ItemId) -> Result<Vec<Line>, Refusal> {
    let signs = case
        .referrals()
        .first()
        .map(|found| found.body.warning_signs.clone())
        .unwrap_or_default();
    signs
        .into_iter()
        .filter(|sign| Catalogue::shipped().question(sign).is_some())
        .map(|question| {
            let slot = slots::answer(assessment, &question);
            let answer = AnswerState::Given {
                value: Held::Bool(true),
            };
            Line::of(
                slot,
                &Answered {
                    assessment,
                    question,
                    answer,
                    source: "letter".into(),
                },
            )
        })
        .collect()
}

pub(super) fn modes() -> Vec<Choice> {
    match Catalogue::shipped()
        .question("contact-mode")
        .map(|question| &question.kind)
    {
        Some(QuestionKind::Choice { options }) => options
            .iter()
            .map(|option| Choice {
                value: option.value.clone(),
                label: option.label.clone(),
            })
            .collect(),
        _ => Vec::new(),
    }
}
