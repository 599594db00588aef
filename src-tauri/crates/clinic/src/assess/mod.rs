//! Assessing: starting, answering, finishing. Every answer is on disk before it is called saved.

mod convert;
mod finish;
mod medicines;
mod shown;

pub use finish::finish_assessment;

pub(crate) use convert::{to_engine, value_to_engine};
pub(crate) use medicines::in_words as medicine_in_words;
pub(crate) use shown::{Shown, item_values, item_words, state_words};

use std::collections::BTreeMap;

use assessment::question::{
    Catalogue, ListSpec, Question, QuestionKind, check_answer, check_field,
};
use record::body::{
    AnswerState, AnswerValue as Held, Answered, AssessmentStarted, Item, ListState,
};
use record::id::{ItemId, PatientId};
use record::moment::Moment;

use crate::audit;
use crate::banner::banner;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, item_id, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{AfterAnswer, AnswerValue, AnswerView, AssessmentView, Choice};
use crate::{route, triage, words};

/// Starts an assessment, or gives the one that is running.
pub fn start_assessment(desk: &mut Desk, patient: String, mode: String) -> Result<String, Refusal> {
    desk.allow(Act::Assess)?;
    let patient = patient_id(&patient)?;
    let case = desk.case(patient)?;
    if let Some(running) = case
        .assessments()
        .into_iter()
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
    let newest = case
        .referrals()
        .first()
        .map(|found| found.placed.entry.slot.clone());
    let referral = newest
        .flatten()
        .and_then(|slot| slot.segments().nth(1).and_then(|id| id.parse().ok()));
    let mode = modes()
        .into_iter()
        .find(|choice| choice.value == mode)
        .map_or_else(|| "in-person".to_owned(), |choice| choice.value);
    let site = desk.sitting()?.opened.identity.site;
    let started = AssessmentStarted {
        assessment,
        referral,
        mode: mode.clone(),
        site,
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
    desk.write(patient, lines)?;
    Ok(assessment.to_string())
}

/// What the referral letter states as present comes in marked as from the letter. A letter can
/// never say "absent".
fn from_letter(case: &Case, assessment: ItemId) -> Result<Vec<Line>, Refusal> {
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

fn modes() -> Vec<Choice> {
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

/// An assessment with everything on its screen.
pub fn open_assessment(desk: &mut Desk, assessment: String) -> Result<AssessmentView, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    audit::viewed(desk, patient)?;
    let saved_at = desk.last_saved(patient)?.map(words::clock_seconds);
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    let names = desk.names()?;
    let day = facts.day(desk.today());
    let shown = Shown::new(&case, id, day, &names);
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
    let question = Catalogue::shipped()
        .question(&question)
        .ok_or(Refusal::NotFound("That question"))?;
    let state = convert::from_screen(&question.kind, answer);
    check_answer(question, &to_engine(&state))
        .map_err(|error| Refusal::field(&question.id, error.to_string()))?;
    let anew = raised_anew(desk, patient, id, question, &state)?;
    let line = answer_line(id, question, state, "clinician")?;
    let saved = desk.keep_typed(patient, line)?;
    route::after_answer(desk, patient, id, question, anew)?;
    after(desk, patient, id, saved, Some(question))
}

/// Whether an answer raises a warning sign, or raises it further, than the one before it. One that
/// was raised and is changed becomes an entry first: a sign once present stays listed.
fn raised_anew(
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

fn answer_line(
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
    let shown = Shown::new(&case, id, desk.today(), &names);
    let (value, _) = shown
        .offer(question)
        .ok_or_else(|| Refusal::plain("There is nothing to copy for this question. Ask it."))?;
    let line = answer_line(id, question, AnswerState::Given { value }, "confirmed")?;
    let saved = desk.keep_typed(patient, line)?;
    after(desk, patient, id, saved, Some(question))
}

/// Adds or changes a row of a list.
pub fn record_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: Option<String>,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let spec = Catalogue::shipped()
        .list(&list)
        .ok_or(Refusal::NotFound("That list"))?;
    let fields = checked_fields(spec, fields)?;
    if spec.id == "medicine" {
        medicines::item(&fields)
            .map_err(|problem| Refusal::field("strength", problem.to_string()))?;
    }
    let item = match item {
        Some(text) => item_id(&text)?,
        None => ItemId::from_random(desk.random()),
    };
    let body = Item {
        list: list.clone(),
        item,
        assessment: id,
        fields,
        removed: String::new(),
    };
    let saved = desk.keep_typed(patient, Line::of(slots::item(&list, item), &body)?)?;
    after(desk, patient, id, saved, None)
}

fn checked_fields(
    spec: &ListSpec,
    fields: BTreeMap<String, AnswerValue>,
) -> Result<BTreeMap<String, Held>, Refusal> {
    let mut faults = Vec::new();
    let mut kept = BTreeMap::new();
    for field in &spec.fields {
        let given = fields
            .get(&field.id)
            .cloned()
            .filter(|value| !matches!(value, AnswerValue::Text(text) if text.trim().is_empty()));
        let Some(value) = given else {
            if field.required {
                faults.push(crate::view::FieldFault {
                    field: field.id.clone(),
                    message: format!("{} is needed.", field.label),
                });
            }
            continue;
        };
        let value = convert::value_from_screen(&field.kind, value);
        match check_field(
            field,
            &assessment::answer::Answer::Given(value_to_engine(&value)),
        ) {
            Ok(_) => {
                kept.insert(field.id.clone(), value);
            }
            Err(error) => faults.push(crate::view::FieldFault {
                field: field.id.clone(),
                message: error.to_string(),
            }),
        }
    }
    if faults.is_empty() {
        Ok(kept)
    } else {
        Err(Refusal::Invalid(faults))
    }
}

/// Takes a row off a list, with a reason. It stays readable in the timeline.
pub fn remove_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    if reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a few words why it is taken off the list.",
        ));
    }
    let item = item_id(&item)?;
    let body = current_item(desk, patient, id, &list, item)?;
    let body = Item {
        removed: reason.trim().into(),
        assessment: id,
        ..body
    };
    let saved = desk.keep_typed(patient, Line::of(slots::item(&list, item), &body)?)?;
    after(desk, patient, id, saved, None)
}

/// Confirms a row from last time.
pub fn take_offered_item(
    desk: &mut Desk,
    assessment: String,
    list: String,
    item: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let item = item_id(&item)?;
    let body = Item {
        assessment: id,
        ..current_item(desk, patient, id, &list, item)?
    };
    let saved = desk.keep_typed(patient, Line::of(slots::item(&list, item), &body)?)?;
    after(desk, patient, id, saved, None)
}

fn current_item(
    desk: &mut Desk,
    patient: PatientId,
    assessment: ItemId,
    list: &str,
    item: ItemId,
) -> Result<Item, Refusal> {
    let case = desk.case(patient)?;
    let now = case
        .items(assessment)
        .into_iter()
        .find(|now| now.list == list && now.item == item)
        .ok_or(Refusal::NotFound("That row"))?;
    Ok(Item {
        list: now.list,
        item,
        assessment: now.assessment,
        fields: now.fields,
        removed: String::new(),
    })
}

/// Says of a whole list that there is nothing in it, or why it is unanswered.
pub fn record_list(
    desk: &mut Desk,
    assessment: String,
    list: String,
    state: AnswerView,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let spec = Catalogue::shipped()
        .list(&list)
        .ok_or(Refusal::NotFound("That list"))?;
    let state = convert::from_screen(&QuestionKind::YesNo, state);
    let case = desk.case(patient)?;
    let rows = case.items(id).into_iter().any(|item| item.list == list);
    if rows && matches!(state, AnswerState::Given { .. }) {
        return Err(Refusal::field(
            &list,
            format!(
                "\"{}\" cannot stand beside rows. Take the rows off first.",
                spec.empty_choice
            ),
        ));
    }
    let body = ListState {
        list: list.clone(),
        assessment: id,
        state,
    };
    let saved = desk.keep_typed(patient, Line::of(slots::list(id, &list), &body)?)?;
    after(desk, patient, id, saved, None)
}

/// What was gathered away from the screen: answers, rows of lists and lists that are empty.
pub(crate) struct Gathered {
    pub(crate) answers: Vec<(String, assessment::answer::Answer)>,
    pub(crate) rows: Vec<(String, BTreeMap<String, assessment::answer::Value>)>,
    pub(crate) none: Vec<String>,
}

/// Records everything gathered in one envelope, then leads where its warning signs lead.
pub(crate) fn gather(desk: &mut Desk, assessment: &str, gathered: Gathered) -> Result<(), Refusal> {
    let (id, patient) = writable(desk, assessment)?;
    let mut lines = Vec::new();
    let mut asked = Vec::new();
    for (question, answer) in gathered.answers {
        let question = Catalogue::shipped()
            .question(&question)
            .ok_or(Refusal::NotFound("That question"))?;
        check_answer(question, &answer)
            .map_err(|error| Refusal::field(&question.id, error.to_string()))?;
        lines.push(answer_line(
            id,
            question,
            convert::from_engine(&answer),
            "clinician",
        )?);
        asked.push(question);
    }
    for (list, fields) in gathered.rows {
        let item = ItemId::from_random(desk.random());
        let fields = fields
            .iter()
            .map(|(name, value)| (name.clone(), convert::value_from_engine(value)))
            .collect();
        let body = Item {
            list: list.clone(),
            item,
            assessment: id,
            fields,
            removed: String::new(),
        };
        lines.push(Line::of(slots::item(&list, item), &body)?);
    }
    for list in gathered.none {
        let state = AnswerState::Given {
            value: Held::Bool(true),
        };
        lines.push(Line::of(
            slots::list(id, &list),
            &ListState {
                list: list.clone(),
                assessment: id,
                state,
            },
        )?);
    }
    desk.write(patient, lines)?;
    for question in asked {
        route::after_answer(desk, patient, id, question, false)?;
    }
    Ok(())
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

fn after(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
    saved: Moment,
    question: Option<&Question>,
) -> Result<AfterAnswer, Refusal> {
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, desk.today(), &names);
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
