//! The spoke is asked for more before a decision is signed, and answers.

use record::body::{Enquiry, PutAside};
use record::id::ItemId;

use super::shown::shown;
use super::task_id;
use crate::case::{Case, slots};
use crate::decide::not_seen;
use crate::desk::{Desk, Line, item_id, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::SummaryEnquiry;
use crate::view::{AskForm, TasksOf};
use crate::words;

/// What is said of the waiting-time clock to whoever asks and whoever answers. The rules know no
/// pause: docs/clock.md.
pub(super) const CLOCK: &str = "The waiting-time clock goes on running. Nothing pauses it.";

/// The most characters of a question or an answer. A design decision: half a page, which a list of
/// cases can still show whole.
const MOST: usize = 1000;

/// Why a case stands aside while the spoke is asked.
const ASIDE: &str = "The spoke was asked";

/// The assessment about which the spoke can be asked now: the newest, finished, and nothing signed
/// on it that stands. After a decision a task says what is still to be done.
pub(super) fn asks_about(desk: &Desk, case: &Case) -> Result<Option<ItemId>, Refusal> {
    let newest = case.assessments().first();
    let finished = newest.filter(|facts| facts.finished.is_some());
    let undecided = finished.filter(|facts| {
        let unsettled = case.decision(facts.id).is_unsettled();
        let decided = case.acted_on(facts.id);
        unsettled || decided.is_none_or(|found| !not_seen(case, found.placed).is_empty())
    });
    let may = desk.may(Act::Assess)?;
    Ok(undecided.filter(|_| may).map(|facts| facts.id))
}

/// Asks the site that keeps the record for more, by a day. The case stands aside until it has
/// answered or that day has come.
pub fn ask_spoke(desk: &mut Desk, assessment: String, form: AskForm) -> Result<TasksOf, Refusal> {
    desk.allow(Act::Assess)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let lines = asking(desk, id, &form)?;
    desk.write(patient, lines)?;
    shown(desk, patient)
}

/// What is written when the spoke is asked: the question, and that the case stands aside.
pub(crate) fn asking(desk: &mut Desk, id: ItemId, form: &AskForm) -> Result<Vec<Line>, Refusal> {
    let patient = desk.patient_of(id)?;
    let case = desk.case_beside(patient)?;
    if asks_about(desk, &case)? != Some(id) {
        return Err(Refusal::plain(
            "The spoke is asked about a finished assessment before a decision is signed. Where one is signed, add a task instead.",
        ));
    }
    let mut faults = Faults::default();
    faults.need("text", &form.text, "Write what the spoke is asked.");
    short("text", &form.text, &mut faults);
    let by = form.by.trim();
    if words::iso(by).is_none_or(|day| day < desk.today()) {
        faults.add(
            "by",
            "Enter the day by which an answer is wanted, today or later.",
        );
    }
    faults.none()?;
    let sites = case.kept_at(case.patient);
    let to = sites.first().copied();
    let enquiry = ItemId::from_random(desk.random());
    let body = Enquiry {
        enquiry,
        assessment: id,
        to: to.ok_or(Refusal::NotFound("The site that keeps this record"))?,
        text: form.text.trim().into(),
        by: by.into(),
        open: true,
        answer: String::new(),
    };
    let aside = PutAside {
        assessment: id,
        until: by.into(),
        reason: ASIDE.into(),
        lifted: false,
    };
    Ok(vec![
        Line::of(slots::enquiry(enquiry), &body)?,
        Line::of(slots::aside(id), &aside)?,
    ])
}

/// Answers, so that whoever asked finds "Reply in".
pub fn answer_enquiry(
    desk: &mut Desk,
    patient: String,
    enquiry: String,
    answer: String,
) -> Result<TasksOf, Refusal> {
    desk.allow(Act::Assess)?;
    let (patient, id) = (patient_id(&patient)?, task_id(&enquiry)?);
    let case = desk.case_beside(patient)?;
    let all = case.enquiries();
    let now = all.iter().find(|now| now.body.enquiry == id);
    let now = now.ok_or(Refusal::NotFound("That question"))?;
    if !now.is_open() {
        return Err(Refusal::Stale(
            "A colleague has answered this meanwhile. Read the answer; what is missing from it belongs in a note.",
        ));
    }
    let mut faults = Faults::default();
    faults.need(
        "answer",
        &answer,
        "Write the answer, also where it is not known.",
    );
    short("answer", &answer, &mut faults);
    faults.none()?;
    let body = Enquiry {
        open: false,
        answer: answer.trim().into(),
        ..now.body.clone()
    };
    let mut lines = vec![Line::of(slots::enquiry(id), &body)?];
    let others = all.iter().filter(|other| {
        other.is_open() && other.body.enquiry != id && other.body.assessment == body.assessment
    });
    if others.count() == 0 {
        lines.extend(taken_up(&case, body.assessment)?);
    }
    desk.write(patient, lines)?;
    shown(desk, patient)
}

/// The case no longer stands aside because of a question. One that a person put aside stays there.
fn taken_up(case: &Case, assessment: ItemId) -> Result<Option<Line>, Refusal> {
    let held = case.held::<PutAside>(&slots::aside(assessment));
    let mut all = held.all().iter();
    let asked = all.all(|found| found.body.reason == ASIDE);
    let standing = held.all().first().filter(|_| asked);
    let standing = standing.filter(|found| !found.body.lifted);
    standing
        .map(|found| {
            let body = PutAside {
                lifted: true,
                ..found.body.clone()
            };
            Line::of(slots::aside(assessment), &body)
        })
        .transpose()
}

/// A question as lists show it.
pub(crate) fn asked_words(enquiry: &SummaryEnquiry) -> String {
    let who = if enquiry.from_hub {
        "The hub asks"
    } else {
        "Asked"
    };
    format!("{who}: {}", enquiry.text)
}

fn short(field: &str, text: &str, faults: &mut Faults) {
    if text.trim().chars().count() > MOST {
        faults.add(
            field,
            "Keep to 1000 characters. The rest belongs in a note.",
        );
    }
}
