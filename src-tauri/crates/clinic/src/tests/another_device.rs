//! What another device wrote, arriving here: it had seen only what it had seen.

use record::body::{
    AnswerState, AnswerValue, Answered, Body, Decided, Decision, Detail, Item, ListState,
};
use record::entry::{Basis, EnteredBy, Entry, sign_entry};
use record::envelope::{Position, seal};
use record::fold::Record;
use record::id::{DeviceId, ItemId};
use record::keys::SigningKey;
use record::scope::{Scope, Subject};
use store::{Derived, KeyHolder};

use super::Room;
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::summary::PatientSummary;

impl Room {
    /// The record of a patient as it is now, for somebody elsewhere to have seen.
    pub(super) fn as_of_now(&mut self, patient: &str) -> Record {
        let patient = patient_id(patient).unwrap();
        self.desk.seal_typed(patient).unwrap();
        self.desk.case_unshown(patient).unwrap().record.clone()
    }

    /// Lines that another device wrote over what it had `seen` arrive. What has to be signed is
    /// signed by the person at work here, in another life of this device, so that it counts.
    pub(super) fn arrive(&mut self, patient: &str, seen: &Record, device: u8, lines: Vec<Line>) {
        let patient = patient_id(patient).unwrap();
        let subject = Subject::Patient(patient);
        let (now, author) = (self.desk.now(), self.desk.staff().unwrap());
        let entries: Vec<Entry> = (1..)
            .zip(lines)
            .map(|(at, line)| Entry {
                kind: line.kind,
                version: line.version,
                parents: line.slot.iter().flat_map(|it| seen.heads(it)).collect(),
                slot: line.slot,
                claimed: now,
                lamport: seen.highest_lamport() + at,
                author,
                entered_by: EnteredBy::Staff(author),
                body: line.body,
                signed: None,
                reason: line.reason,
                happened: line.happened,
            })
            .collect();
        let nonce: [u8; 24] = self.desk.random();
        let sitting = self.desk.sitting_mut().unwrap();
        let scope = Scope::Site(sitting.opened.identity.site);
        let service = sitting.opened.identity.service;
        let life = u32::from_le_bytes([nonce[0], nonce[1], nonce[2], 0]);
        let decides = entries.iter().any(|entry| entry.kind.needs_signature());
        let device = if decides {
            sitting.opened.identity.device
        } else {
            DeviceId::from_random([device; 16])
        };
        let position = Position::first(service, scope, device, life);
        let key = sitting
            .opened
            .store
            .key_to_write(KeyHolder::Patient(patient));
        let key = key.unwrap().unwrap().key;
        let other = SigningKey::from_seed(&[9; 32]);
        let theirs = if decides {
            &sitting.opened.device_signing
        } else {
            &other
        };
        let signed = |(index, entry): (u16, Entry)| {
            if !entry.kind.needs_signature() {
                return entry;
            }
            let basis = Basis {
                heads: seen.all_heads(),
                ..Basis::default()
            };
            let under = sitting.signing_certificate(&entry.kind, &subject, now);
            let authority = under.unwrap().unwrap().id();
            let key = &sitting.opened.signing;
            sign_entry(entry, &position, subject, index, basis, authority, key).unwrap()
        };
        let entries: Vec<Entry> = (0..).zip(entries).map(signed).collect();
        let sealed = seal(position, subject, &key, nonce, &entries, theirs).unwrap();
        let kept = sitting.opened.store.append(&[sealed], Derived::default());
        assert_eq!(kept.unwrap(), 1);
        sitting.shown = None;
        self.sum_up(&patient.to_string());
    }

    /// The patient's row of the worklist is made anew, as it is when something is written.
    fn sum_up(&mut self, patient: &str) {
        let patient = patient_id(patient).unwrap();
        let today = self.desk.today();
        let case = self.desk.case_unshown(patient).unwrap();
        let row = PatientSummary::of(&case, today).to_row().unwrap();
        let derived = Derived {
            summaries: std::slice::from_ref(&row),
            lamport: case.record.highest_lamport(),
            ..Derived::default()
        };
        let sitting = self.desk.sitting_mut().unwrap();
        sitting.opened.store.append(&[], derived).unwrap();
    }
}

pub(super) fn answer(assessment: &str, question: &str, answer: AnswerState) -> Line {
    let assessment: ItemId = assessment.parse().unwrap();
    let body = Answered {
        assessment,
        question: question.into(),
        answer,
        source: "clinician".into(),
    };
    Line::of(slots::answer(assessment, question), &body).unwrap()
}

pub(super) fn given(value: AnswerValue) -> AnswerState {
    AnswerState::Given { value }
}

pub(super) fn sign(present: bool) -> AnswerState {
    given(AnswerValue::Bool(present))
}

pub(super) fn detail(field: &str, value: &str) -> Line {
    let body = Detail {
        field: field.into(),
        value: value.into(),
    };
    Line::of(slots::detail(field), &body).unwrap()
}

/// A row of a list by a number that is its id.
pub(super) fn row(assessment: &str, list: &str, item: u8, fields: &[(&str, &str)]) -> Line {
    let item = ItemId::from_random([item; 16]);
    let field =
        |(name, value): &(&str, &str)| ((*name).to_owned(), AnswerValue::Text((*value).to_owned()));
    let body = Item {
        list: list.into(),
        item,
        assessment: assessment.parse().unwrap(),
        fields: fields.iter().map(field).collect(),
        removed: String::new(),
    };
    Line::of(slots::item(list, item), &body).unwrap()
}

pub(super) fn none_of(assessment: &str, list: &str) -> Line {
    let assessment: ItemId = assessment.parse().unwrap();
    let body = ListState {
        list: list.into(),
        assessment,
        state: sign(true),
    };
    Line::of(slots::list(assessment, list), &body).unwrap()
}

/// Somebody elsewhere decides.
pub(super) fn decision(assessment: &str, urgency: &str) -> Line {
    let assessment: ItemId = assessment.parse().unwrap();
    let body = Decision {
        assessment,
        decided: Decided {
            lead: "D05".into(),
            urgency: urgency.into(),
            strands: Vec::new(),
            as_proposed: false,
            reason: "clinical-judgement".into(),
            reason_text: "Seen at the other site today.".into(),
            comment: String::new(),
            ruleset: "none".into(),
        },
        countersigns: None,
    };
    Line::of(slots::decision(assessment), &body).unwrap()
}

/// The same line as a newer version of Felloe would write it.
pub(super) fn newer(line: Line) -> Line {
    Line { version: 9, ..line }
}

/// The same row, taken off the list.
pub(super) fn taken_off(line: Line) -> Line {
    let body: Item = record::cbor::from_value(&line.body).unwrap();
    let body = Item {
        removed: "stopped".into(),
        ..body
    };
    assert_eq!(line.kind, Item::kind());
    Line {
        body: record::cbor::to_value(&body).unwrap(),
        ..line
    }
}
