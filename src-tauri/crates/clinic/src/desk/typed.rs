//! What is typed and not yet an entry: how it is kept, and how it is read back.

use std::sync::Arc;

use record::cbor;
use record::entry::{By, Entry, Happened, Kind, Slot};
use record::fold::{Placed, Record};
use record::id::{EntryId, EnvelopeId, PatientId, StaffId};
use record::moment::Moment;
use record::scope::{Scope, Subject};
use serde::{Deserialize, Serialize};
use store::{Draft, DraftRef};

use super::writing::Line;
use super::{Desk, Sitting};
use crate::case::Case;
use crate::refusal::Refusal;

/// What is typed, as the draft table keeps it.
#[derive(Serialize, Deserialize)]
struct Typed {
    kind: String,
    version: u16,
    slot: String,
    claimed: Moment,
    body: cbor::Value,
    /// When it happened and who did it, where it is written up later.
    #[serde(default)]
    later: Option<Later>,
    /// The heads of the slot that whoever typed it had seen when they began.
    #[serde(default)]
    seen: Option<Vec<EntryId>>,
}

/// [`Happened`], as the draft table keeps it.
#[derive(Serialize, Deserialize)]
struct Later {
    at: Moment,
    staff: Option<StaffId>,
    /// Empty where nobody is named.
    name: String,
}

impl From<Happened> for Later {
    fn from(happened: Happened) -> Self {
        let (staff, name) = match happened.by {
            Some(By::Staff(staff)) => (Some(staff), String::new()),
            Some(By::Named(name)) => (None, name),
            None => (None, String::new()),
        };
        Self {
            at: happened.at,
            staff,
            name,
        }
    }
}

impl From<Later> for Happened {
    fn from(later: Later) -> Self {
        let named = Some(later.name).filter(|name| !name.is_empty());
        Self {
            at: later.at,
            by: later.staff.map(By::Staff).or(named.map(By::Named)),
        }
    }
}

/// A draft that was read: what it says, who typed it and when, and what it is cleared by.
pub(super) struct ReadBack {
    pub(super) line: Line,
    pub(super) claimed: Moment,
    pub(super) staff: StaffId,
    pub(super) reference: DraftRef,
    seen: Option<Vec<EntryId>>,
}

impl ReadBack {
    /// The entry it becomes: over what its author had seen when they began to type. What arrived
    /// since stands beside it.
    pub(super) fn entry(self, record: &Record, lamport: u64) -> Entry {
        let entry = self.line.entry(record, self.staff, self.claimed, lamport);
        match self.seen {
            Some(seen) => Entry {
                parents: seen,
                ..entry
            },
            None => entry,
        }
    }
}

/// The drafts about a person.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) read: Vec<ReadBack>,
    /// How many cannot be read: they stay as they are.
    pub(super) unreadable: usize,
}

/// A line as the draft table keeps it.
pub(super) fn encode(line: Line, claimed: Moment, seen: Vec<EntryId>) -> Result<Vec<u8>, Refusal> {
    let slot = line.slot.map(|slot| slot.as_str().to_owned());
    let typed = Typed {
        kind: line.kind.as_str().to_owned(),
        version: line.version,
        slot: slot.unwrap_or_default(),
        claimed,
        body: line.body,
        later: line.happened.map(Into::into),
        seen: Some(seen),
    };
    Ok(cbor::encode(&cbor::to_value(&typed)?)?)
}

fn decode(draft: &Draft) -> Option<ReadBack> {
    let typed: Typed = cbor::from_value(&cbor::decode(&draft.body).ok()?).ok()?;
    Some(ReadBack {
        line: Line {
            kind: Kind::new(typed.kind).ok()?,
            version: typed.version,
            slot: Some(Slot::new(typed.slot).ok()?),
            body: typed.body,
            reason: None,
            happened: typed.later.map(Into::into),
        },
        claimed: typed.claimed,
        staff: draft.staff,
        reference: draft.reference(),
        seen: typed.seen,
    })
}

impl Sitting {
    /// The heads of a slot that whoever types in it has seen: those from when they began.
    pub(super) fn seen_in(
        &mut self,
        lead: PatientId,
        staff: StaffId,
        slot: Option<&Slot>,
    ) -> Result<Vec<EntryId>, Refusal> {
        let Some(slot) = slot else {
            return Ok(Vec::new());
        };
        let begun = self.opened.store.drafts_of(&lead.to_string())?;
        let mut begun = begun
            .iter()
            .filter(|draft| draft.staff == staff && draft.name == slot.as_str());
        if let Some(seen) = begun.next().and_then(decode).and_then(|draft| draft.seen) {
            return Ok(seen);
        }
        let written = Arc::clone(&self.shown(lead)?.written);
        let seen = self.seen_of(lead).unwrap_or(&written);
        Ok(seen.record.heads(slot))
    }

    /// What is being typed about a person, under whichever of their records it was begun: one that
    /// was joined to another meanwhile has drafts of its own.
    pub(super) fn drafts(&self, records: &[PatientId]) -> Result<Drafts, Refusal> {
        let mut drafts = Drafts::default();
        for record in records {
            for draft in self.opened.store.drafts_of(&record.to_string())? {
                match decode(&draft) {
                    Some(read) => drafts.read.push(read),
                    None => drafts.unreadable += 1,
                }
            }
        }
        Ok(drafts)
    }

    /// What is being typed about a patient, as if it were written already.
    pub(super) fn typed(&self, case: &Case, scope: Scope) -> Result<Vec<Placed>, Refusal> {
        let next = self.opened.store.position(scope)?;
        let mut lamport = case.record.highest_lamport();
        let mut all = Vec::new();
        for draft in self.drafts(case.records())?.read {
            lamport += 1;
            all.push(Placed {
                id: EntryId {
                    envelope: of_its_own(&draft.reference),
                    index: 0,
                },
                subject: Subject::Patient(case.patient),
                scope,
                device: self.opened.identity.device,
                incarnation: next.incarnation,
                // Each in an envelope of its own, after all that is written.
                sequence: next.sequence.saturating_add(lamport),
                unverified: None,
                forked_at: None,
                entry: draft.entry(&case.record, lamport),
            });
        }
        Ok(all)
    }

    /// What is being typed has changed, so the case on screen has to be made again.
    pub(crate) fn typed_anew(&mut self) {
        if let Some(shown) = &mut self.shown {
            shown.forget_typed();
        }
    }
}

/// Two people who type in one slot are two entries.
fn of_its_own(draft: &DraftRef) -> EnvelopeId {
    let typist = blake3::Hasher::new()
        .update(draft.staff.as_bytes())
        .update(draft.context.as_bytes())
        .update(draft.name.as_bytes())
        .finalize();
    EnvelopeId::from_bytes(*typist.as_bytes())
}

impl Desk {
    /// What has to be said of drafts that cannot be read, and whose records they are about.
    pub(crate) fn unread(&self) -> Result<Option<crate::view::Unread>, Refusal> {
        let unread = &self.sitting()?.unread;
        let count: usize = unread.values().sum();
        let (things, are) = match count {
            0 => return Ok(None),
            1 => ("One thing".to_owned(), "is not in the record. It is"),
            more => (format!("{more} things"), "are not in the record. They are"),
        };
        Ok(Some(crate::view::Unread {
            words: format!(
                "{things} typed before cannot be read and {are} kept on this laptop as typed. Look through the record and enter what is missing."
            ),
            patients: unread.keys().map(PatientId::to_string).collect(),
        }))
    }
}
