//! Notes of a clinician, and restricted ones: kept out of every list, line, plan and copy, and
//! opened one by one with a reason (SAFETY 16).

use record::body::{Action, Note};
use record::entry::Reason;
use record::id::ItemId;

use super::open_patient;
use crate::audit;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{NoteForm, NoteVersion, NoteView, PatientView};
use crate::words;

/// The longest note, in characters: a long letter. A design decision.
const LONGEST: usize = 20_000;

/// Writes a note on the patient's timeline. A restricted one shows that it is there and no word of
/// what it says.
pub fn write_note(
    desk: &mut Desk,
    patient: String,
    form: NoteForm,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::Assess)?;
    if form.restricted {
        desk.allow(Act::KeepRestricted)?;
    }
    let id = patient_id(&patient)?;
    desk.case(id)?;
    let body = Note {
        note: ItemId::from_random(desk.random()),
        text: checked(&form.text)?,
        restricted: form.restricted,
    };
    desk.write(id, vec![Line::of(slots::note(body.note), &body)?])?;
    open_patient(desk, patient)
}

fn checked(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field("text", "Write the note."));
    }
    if text.chars().count() > LONGEST {
        return Err(Refusal::field(
            "text",
            format!("A note has at most {LONGEST} characters. Write a second one."),
        ));
    }
    Ok(text.to_owned())
}

/// Restricts a note, or lifts the restriction, with a reason. Lifting takes somebody who may open
/// it without breaking the glass: its author, or a role that may.
pub fn restrict_note(
    desk: &mut Desk,
    patient: String,
    note: String,
    restricted: bool,
    reason: String,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::KeepRestricted)?;
    let (id, note) = named(&patient, &note)?;
    let case = desk.case(id)?;
    let Some(last) = case.versions(note).pop().map(|found| found.body.clone()) else {
        return Err(Refusal::NotFound("That note"));
    };
    if case.is_restricted(note) == restricted {
        return Err(Refusal::Stale("This note was changed since you opened it."));
    }
    if !restricted && breaks_glass(desk, &case, note)? {
        return Err(Refusal::NotAllowed(Act::OpenRestricted));
    }
    let why = why(&reason)?;
    let body = Note { restricted, ..last };
    desk.write(id, vec![Line::of(slots::note(note), &body)?.because(why)])?;
    open_patient(desk, patient)
}

/// Opens a restricted note. Each opening is an entry of the audit with its reason; by somebody who
/// is neither the author nor in a role that may, it is breaking the glass and is written as that.
pub fn open_note(
    desk: &mut Desk,
    patient: String,
    note: String,
    reason: String,
) -> Result<NoteView, Refusal> {
    desk.allow(Act::KeepRestricted)?;
    let (id, note) = named(&patient, &note)?;
    let case = desk.case(id)?;
    if case.versions(note).is_empty() {
        return Err(Refusal::NotFound("That note"));
    }
    let why = why(&reason)?;
    let glass = breaks_glass(desk, &case, note)?;
    let action = if glass {
        Action::BreakGlass
    } else {
        Action::RestrictedOpened
    };
    // First the audit: a note that was read without a line of it would be worse than a line too many.
    audit::because(
        desk,
        action,
        Some(case.patient),
        "restricted note",
        why.as_str(),
    )?;
    let names = desk.names()?;
    let versions = case.versions(note).into_iter().rev().map(|found| {
        let name = names.get(&found.placed.entry.author);
        NoteVersion {
            text: found.body.text.clone(),
            who: format!(
                "{}, {}",
                name.map_or("somebody not known here", String::as_str),
                words::staff_moment(found.placed.entry.claimed)
            ),
            in_error: case.record.in_error(&found.placed.id).is_some(),
        }
    });
    Ok(NoteView {
        note: note.to_string(),
        versions: versions.collect(),
        may_lift: case.is_restricted(note) && !glass,
    })
}

fn named(patient: &str, note: &str) -> Result<(record::id::PatientId, ItemId), Refusal> {
    let note = note.parse().map_err(|_| Refusal::NotFound("That note"))?;
    Ok((patient_id(patient)?, note))
}

fn why(reason: &str) -> Result<Reason, Refusal> {
    Reason::new(reason.trim()).map_err(|_| {
        Refusal::field(
            "reason",
            "Say in a few words why. It is kept with your name.",
        )
    })
}

/// Whether the person at work opens it only by breaking the glass.
fn breaks_glass(desk: &Desk, case: &Case, note: ItemId) -> Result<bool, Refusal> {
    let own = desk.staff()?;
    let wrote = case
        .versions(note)
        .iter()
        .any(|found| found.placed.entry.author == own);
    Ok(!wrote && !may(desk.role()?, Act::OpenRestricted))
}
