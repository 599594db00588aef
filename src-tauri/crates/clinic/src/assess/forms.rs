//! Questionnaires that are added to an assessment.

use assessment::instrument::{Instrument, Wording};
use assessment::question::Question;
use jiff::civil::Date;
use record::body::FormUsed;
use record::id::ItemId;

use super::answering::{keep_and_show, writable};
use super::listing::need_reason;
use crate::case::{Case, may_count, slots};
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::view::{AfterAnswer, Choice, FormFields};
use crate::words;

/// The ways a form is completed, with what they are called.
const WAYS: [(&str, &str); 4] = [
    ("self", "By the patient alone"),
    ("read-aloud", "Read aloud to the patient"),
    ("telephone", "By telephone"),
    ("proxy", "By somebody for the patient"),
];

pub(super) fn ways() -> Vec<Choice> {
    let choice = |(value, label): &(&str, &str)| Choice {
        value: (*value).into(),
        label: (*label).into(),
    };
    WAYS.iter().map(choice).collect()
}

/// What a way is called.
pub(crate) fn way_words(how: &str) -> &'static str {
    let known = WAYS.iter().find(|(value, _)| *value == how);
    known.map_or("", |(_, label)| label)
}

/// Adds a questionnaire to an assessment, or changes how it was completed.
pub fn record_form(
    desk: &mut Desk,
    assessment: String,
    instrument: String,
    form: FormFields,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    let asked = on_request(&instrument)?;
    let case = desk.case(patient)?;
    if let Some(unfit) = unfit(&case, id, asked) {
        return Err(Refusal::field("instrument", unfit));
    }
    let today = desk.today();
    let pack = desk
        .packs()?
        .words_of(&instrument, today)
        .map(|pack| pack.digest.clone());
    let forms = case.forms(id);
    let before = forms.get(&instrument);
    let completed = match form.completed.as_str() {
        "" if before.is_none() => today.to_string(),
        day => completed(day, today)?,
    };
    // What was asked in the words of a pack stays so, whatever becomes of the pack; and what was
    // completed on the licensed form was not asked in its words.
    let pack = match before {
        Some(used) if !used.pack.is_empty() => used.pack.clone(),
        _ if form.licensed_form => String::new(),
        _ => pack.unwrap_or_default(),
    };
    let body = FormUsed {
        assessment: id,
        instrument: asked.id.clone(),
        version: asked.version.clone(),
        language: asked.language.clone(),
        licensed_form: form.licensed_form && asked.wording == Wording::Licensed,
        pack,
        how: way(form.how)?,
        completed,
        removed: String::new(),
    };
    let line = Line::of(slots::form(id, &instrument), &body)?;
    keep_and_show(desk, patient, id, line)
}

/// Takes a questionnaire away again, with a reason. Its answers stay readable and count no more.
pub fn remove_form(
    desk: &mut Desk,
    assessment: String,
    instrument: String,
    reason: String,
) -> Result<AfterAnswer, Refusal> {
    let (id, patient) = writable(desk, &assessment)?;
    need_reason(&reason, "Say in a few words why it is taken away.")?;
    let case = desk.case(patient)?;
    let body = case
        .forms(id)
        .get(&instrument)
        .map(|used| FormUsed {
            removed: reason.trim().into(),
            ..(*used).clone()
        })
        .ok_or(Refusal::NotFound("That questionnaire"))?;
    let line = Line::of(slots::form(id, &instrument), &body)?;
    keep_and_show(desk, patient, id, line)
}

/// Refuses an answer to an item of a questionnaire that was not added, or that does not count yet.
pub(super) fn may_be_answered(
    case: &Case,
    assessment: ItemId,
    question: &Question,
) -> Result<(), Refusal> {
    let Some(form) = question.on_request.as_deref().and_then(Instrument::by_id) else {
        return Ok(());
    };
    match case.forms(assessment).get(&form.id) {
        None => Err(Refusal::field(
            &question.id,
            format!("Add {} to the assessment first.", form.name),
        )),
        Some(used) if !may_count(form, used) => Err(Refusal::field(
            &question.id,
            "Tick that it was completed on the licensed form first.",
        )),
        Some(_) => Ok(()),
    }
}

/// Why an instrument is not for this patient: one that is for some regions of the body only, when
/// those recorded are others. While none is recorded nobody knows, and it is not refused.
pub(super) fn unfit(case: &Case, assessment: ItemId, form: &Instrument) -> Option<String> {
    let regions: Vec<String> = case
        .items(assessment)
        .into_iter()
        .filter(|item| item.list == "region")
        .filter_map(|item| super::medicines::text(&item.fields, "region"))
        .collect();
    let fits = form.only_regions.is_empty()
        || regions.is_empty()
        || regions
            .iter()
            .any(|region| form.only_regions.contains(region));
    (!fits).then(|| {
        format!(
            "{} is for the back alone, and the pain recorded is elsewhere.",
            form.name
        )
    })
}

fn on_request(instrument: &str) -> Result<&'static Instrument, Refusal> {
    Instrument::by_id(instrument)
        .filter(|form| form.on_request)
        .ok_or(Refusal::NotFound("That questionnaire"))
}

fn way(how: String) -> Result<String, Refusal> {
    if WAYS.iter().any(|(value, _)| *value == how) {
        Ok(how)
    } else {
        Err(Refusal::field("how", "Choose how it was completed."))
    }
}

/// A form can be completed at home before the day it is typed, and not after it.
fn completed(text: &str, today: Date) -> Result<String, Refusal> {
    match words::iso(text) {
        Some(day) if day <= today => Ok(day.to_string()),
        Some(_) => Err(Refusal::field(
            "completed",
            "This day is still to come. Enter the day it was completed.",
        )),
        None => Err(Refusal::field(
            "completed",
            "Enter the day it was completed, as day, month and year.",
        )),
    }
}
