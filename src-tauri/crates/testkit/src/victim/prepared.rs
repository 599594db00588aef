//! What has happened on a laptop before it is ended.

use std::fs;

use clinic::view::{AnswerValue, AnswerView, FinishForm, QuestionKind, ReferralForm, SetUpForm};
use clinic::{Desk, Refusal, assess, door, intake};
use serde::{Deserialize, Serialize};

use crate::names::person;
use crate::{Fault, Laptop, PASSPHRASE, Person};

/// Ids and words that the victim and whoever looks after it both have to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The person at work.
    pub staff: String,
    /// An assessment that is being asked.
    pub open: String,
    /// The patient it is about.
    pub patient: String,
    /// An assessment that is finished and waits to be signed.
    pub finished: String,
    /// The recovery sheet's code.
    pub sheet: String,
}

/// The form of the first person, a consultant at a spoke.
pub(crate) fn first_person() -> SetUpForm {
    SetUpForm {
        service: "Fernbank Pain Service".into(),
        site: "Fernbank Spoke".into(),
        hub: false,
        name: "Ama Osei".into(),
        role: "consultant".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    }
}

/// Sets a laptop up: a service, one consultant, an assessment under way and one to be signed.
pub fn prepare(laptop: &Laptop, seed: u64) -> Result<Prepared, Fault> {
    let (mut desk, _) = laptop.desk(seed)?;
    let desk = &mut desk;
    let sheet = door::set_up(desk, first_person())?;
    let staff = confirm(desk, &sheet)?;
    let patient = refer(desk, &person(900_001, false))?;
    let open = assess::start_assessment(desk, patient.clone(), "in-person".into())?;
    let other = refer(desk, &person(900_002, false))?;
    let finished = assess::start_assessment(desk, other, "in-person".into())?;
    finish(desk, &finished)?;
    door::lock(desk)?;
    let prepared = Prepared {
        staff,
        open,
        patient,
        finished,
        sheet: sheet.code.join(" "),
    };
    fs::write(
        laptop.folder().join("prepared.json"),
        serde_json::to_vec(&prepared)?,
    )?;
    Ok(prepared)
}

impl Prepared {
    /// What was noted of a laptop; nothing of an empty one.
    pub fn read(laptop: &Laptop) -> Result<Self, Fault> {
        match fs::read(laptop.folder().join("prepared.json")) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(_) => Ok(Self::default()),
        }
    }
}

/// Types back the two groups that are asked for, and gives the person's id.
pub fn confirm(
    desk: &mut Desk,
    sheet: &clinic::view::RecoverySheetView,
) -> Result<String, Refusal> {
    let group = |number: u32| {
        let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        sheet.code.get(index).cloned().unwrap_or_default()
    };
    let [first, second] = sheet.confirm.map(group);
    Ok(door::confirm_sheet(desk, first, second)?.staff)
}

/// A referral as it is typed.
pub(crate) fn form(person: &Person) -> ReferralForm {
    let mut form = ReferralForm {
        nhs_number: person.number.clone(),
        family: person.family.clone(),
        given: person.given.clone(),
        born: person.born.clone(),
        received: "2026-11-20".into(),
        referrer: "Dr Example".into(),
        reason: person.reason.clone(),
        ..ReferralForm::default()
    };
    if person.sign {
        form.safety
            .insert("ces-saddle".to_owned(), "present".to_owned());
    }
    form
}

fn refer(desk: &mut Desk, person: &Person) -> Result<String, Refusal> {
    Ok(intake::save_referral(desk, form(person), None)?.patient)
}

/// Asks what has to be asked, finds nothing, and closes the assessment.
pub fn finish(desk: &mut Desk, assessment: &str) -> Result<(), Fault> {
    for _ in 0..8 {
        let form = FinishForm {
            reason: "Made up for a test".into(),
            safety_net: "Made up for a test".into(),
            sure: true,
            passphrase: PASSPHRASE.into(),
        };
        let outcome = assess::finish_assessment(desk, assessment.to_owned(), form)?;
        if outcome.finished {
            return Ok(());
        }
        let view = assess::open_assessment(desk, assessment.to_owned())?;
        for missing in outcome.missing {
            let id = missing.value;
            let question = view
                .sections
                .iter()
                .flat_map(|section| &section.questions)
                .find(|question| question.id == id);
            if let Some(question) = question {
                let answer = nothing_found(&question.kind);
                assess::record_answer(desk, assessment.to_owned(), id, answer)?;
            } else {
                let none = given(AnswerValue::Bool(true));
                assess::record_list(desk, assessment.to_owned(), id, none)?;
            }
        }
    }
    Err("the assessment does not close".into())
}

fn nothing_found(kind: &QuestionKind) -> AnswerView {
    match kind {
        QuestionKind::Feature => given(AnswerValue::Text("absent".into())),
        QuestionKind::Item { .. } => given(AnswerValue::Number(0)),
        _ => AnswerView::CannotBeAnswered,
    }
}

pub(crate) fn given(value: AnswerValue) -> AnswerView {
    AnswerView::Given { value }
}
