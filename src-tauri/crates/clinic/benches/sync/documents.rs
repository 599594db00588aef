//! The same clinical content as documents of PouchDB.
//!
//! Leaner than most programs would write it: no hash, no signature, no id twice, and a short name
//! for each field. Nothing is sealed, since PouchDB seals nothing.

use record::body::{Answered, AssessmentStarted, Body, Detail, Referral};
use record::cbor::from_value;
use record::entry::{Entry, Kind};
use record::id::PatientId;
use record::scope::{Scope, Subject};
use serde_json::{Map, Value, json};
use store::Opened;

use crate::Outcome;
use crate::generate::Clinic;

/// A clinic as documents.
pub(crate) struct Documents {
    pub(crate) name: &'static str,
    pub(crate) all: Vec<Value>,
    /// How many entries they say.
    pub(crate) entries: usize,
}

/// What was saved at once of one patient.
pub(crate) struct Saved {
    patient: PatientId,
    pub(crate) entries: Vec<Entry>,
}

/// Everything on patients in a record, but for their keys, in the order in which it was saved.
pub(crate) fn saved(opened: &Opened) -> Outcome<Vec<Saved>> {
    let mut all = Vec::new();
    for envelope in opened
        .store
        .envelopes_in(Scope::Site(opened.identity.site))?
    {
        let Subject::Patient(patient) = envelope.header().subject else {
            continue;
        };
        let key = opened.store.content_key(envelope.header().key)?;
        let mut entries = envelope.open(&key.ok_or("a patient's key is not here")?)?;
        entries.retain(|entry| entry.kind != Kind::PATIENT_KEY);
        if !entries.is_empty() {
            all.push(Saved { patient, entries });
        }
    }
    Ok(all)
}

/// A clinic with a document for each entry, and with one for each form that was saved.
pub(crate) fn both(clinic: &Clinic) -> Outcome<[Documents; 2]> {
    let saved = saved(&clinic.unlock()?)?;
    let entries = saved.iter().map(|saved| saved.entries.len()).sum();
    let mut single = Vec::with_capacity(entries);
    for one in &saved {
        for entry in &one.entries {
            single.push(document(one.patient, entry)?);
        }
    }
    let forms: Outcome<Vec<Value>> = saved.iter().map(form).collect();
    Ok([
        Documents {
            name: "PouchDB, a document for each entry",
            all: single,
            entries,
        },
        Documents {
            name: "PouchDB, a document for each form",
            all: forms?,
            entries,
        },
    ])
}

fn body_of<B: Body>(entry: &Entry) -> Outcome<Option<B>> {
    let its = entry.kind == B::kind();
    Ok(if its {
        Some(from_value(&entry.body)?)
    } else {
        None
    })
}

/// What every document says: where it belongs, who wrote it and when.
fn begun(patient: PatientId, entry: &Entry, kind: &str) -> Outcome<Map<String, Value>> {
    let slot = entry.slot.as_ref().ok_or("an entry without a slot")?;
    let mut document = Map::new();
    document.insert("_id".into(), format!("{patient}/{slot}").into());
    document.insert("type".into(), kind.into());
    document.insert("author".into(), entry.author.to_string().into());
    document.insert("at".into(), entry.claimed.at().to_string().into());
    Ok(document)
}

fn document(patient: PatientId, entry: &Entry) -> Outcome<Value> {
    let mut document = begun(patient, entry, entry.kind.as_str())?;
    let mut say = |field: &str, value: Value| document.insert(field.into(), value);
    if let Some(detail) = body_of::<Detail>(entry)? {
        say("value", detail.value.into());
    } else if let Some(answered) = body_of::<Answered>(entry)? {
        say("answer", answer(&answered)?);
        say("source", answered.source.into());
    } else if let Some(started) = body_of::<AssessmentStarted>(entry)? {
        say("mode", started.mode.into());
        say("site", started.site.to_string().into());
    } else {
        let referral: Referral = body_of(entry)?.ok_or("an entry nobody knows")?;
        if let Value::Object(fields) = serde_json::to_value(referral)? {
            document.extend(fields);
        }
    }
    Ok(document.into())
}

fn form(saved: &Saved) -> Outcome<Value> {
    let first = saved.entries.first().ok_or("nothing was saved")?;
    let mut document = begun(saved.patient, first, "form")?;
    let (mut details, mut answers) = (Map::new(), Map::new());
    for entry in &saved.entries {
        if let Some(detail) = body_of::<Detail>(entry)? {
            details.insert(detail.field, detail.value.into());
        } else if let Some(answered) = body_of::<Answered>(entry)? {
            answers.insert(answered.question.clone(), answer(&answered)?);
            document.insert("source".into(), answered.source.into());
        } else if let Some(started) = body_of::<AssessmentStarted>(entry)? {
            document.insert("mode".into(), started.mode.into());
            document.insert("site".into(), started.site.to_string().into());
        } else {
            let referral: Referral = body_of(entry)?.ok_or("an entry nobody knows")?;
            document.insert("referral".into(), serde_json::to_value(referral)?);
        }
    }
    for (name, fields) in [("details", details), ("answers", answers)] {
        if !fields.is_empty() {
            document.insert(name.into(), fields.into());
        }
    }
    Ok(document.into())
}

/// The bare value where one was given, as most programs write it.
fn answer(answered: &Answered) -> Outcome<Value> {
    let said = serde_json::to_value(&answered.answer)?;
    let value = said.get("value").cloned();
    Ok(value.unwrap_or_else(|| json!({ "state": said["state"] })))
}
