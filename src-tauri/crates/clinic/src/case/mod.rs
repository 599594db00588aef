//! One patient's record, read as a clinician reads it.
//!
//! A case is derived from the fold and never changes: what was read or worked out of it once is kept
//! beside it, and a new case is made when something is written. What is
//! still being typed (drafts) stands in it as if it were written, since the person at the desk
//! sees no difference.

mod assessments;
mod conflicts;
mod forms;
mod identity;
mod kept;
mod letters;
mod linked;
mod notes;
mod opinions;
mod plans;
mod receipts;
mod review;
mod safer;
mod tasks;
mod unverified;
mod veil;

pub(crate) use assessments::{AnswerNow, AssessmentFacts, ItemNow};
pub(crate) use conflicts::{Against, Conflict};
pub(crate) use forms::may_count;
pub(crate) use identity::{Died, Identity, identity_field};
pub(crate) use letters::LetterNow;
pub(crate) use linked::Linked;
pub(crate) use opinions::{OpinionNow, Veil, Verdict};
pub(crate) use plans::PlanNow;
pub(crate) use receipts::{HUB_NOT_TOLD, Side};
pub(crate) use tasks::{DONE, EnquiryNow, NOT_NEEDED, OPEN, TaskNow, TaskState};
pub(crate) use veil::VEILED;

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use record::body::{Body, WRITTEN};
use record::cbor;
use record::entry::{Entry, Kind, Slot};
use record::fold::{Current, Placed, Record};
use record::id::{EntryId, ItemId, PatientId, StaffId};

use crate::adoption::InUse;
use crate::facts::Judged;

/// What a slot holds: nothing, one value, or several that did not see each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held<T> {
    /// Nothing has been written.
    Nothing,
    /// The value.
    One(T),
    /// Values that did not see each other.
    Conflict(Vec<T>),
    /// Among what stands is a value of a newer version of Felloe, which is unknown here; with
    /// those that can be read.
    Newer(Vec<T>),
}

impl<T> Held<T> {
    fn from(mut values: Vec<T>, newer: bool) -> Self {
        match values.len() {
            _ if newer => Self::Newer(values),
            0 => Self::Nothing,
            1 => values.pop().map_or(Self::Nothing, Self::One),
            _ => Self::Conflict(values),
        }
    }

    /// The value, if there is exactly one.
    pub(crate) fn one(&self) -> Option<&T> {
        match self {
            Self::One(value) => Some(value),
            Self::Nothing | Self::Conflict(_) | Self::Newer(_) => None,
        }
    }

    /// Every value.
    pub(crate) fn all(&self) -> &[T] {
        match self {
            Self::Nothing => &[],
            Self::One(value) => std::slice::from_ref(value),
            Self::Conflict(values) | Self::Newer(values) => values,
        }
    }

    /// Whether there is more than one current value, or one that cannot be read here.
    pub(crate) fn is_unsettled(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Newer(_))
    }
}

/// A body together with the entry it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a, B> {
    pub(crate) body: B,
    pub(crate) placed: &'a Placed,
}

/// A body that was read, whatever its kind; none if this program cannot read it.
type Kept = OnceLock<Option<Box<dyn Any + Send + Sync>>>;

/// One patient's record.
pub(crate) struct Case {
    pub(crate) patient: PatientId,
    pub(crate) record: Record,
    linked: Linked,
    /// Envelopes on the person that say something which cannot be read here.
    hidden: usize,
    /// Assessments whose decision is hidden from whoever it is read for.
    veil: BTreeSet<ItemId>,
    bodies: BTreeMap<EntryId, Kept>,
    identity: OnceLock<Identity>,
    assessments: OnceLock<Vec<AssessmentFacts>>,
    in_use: Arc<InUse>,
    judged: Mutex<BTreeMap<(ItemId, Date), Arc<Judged>>>,
}

impl Case {
    /// The case in a record.
    pub(crate) fn new(patient: PatientId, record: Record) -> Self {
        let bodies = record
            .everything()
            .into_iter()
            .map(|placed| (placed.id, Kept::new()))
            .collect();
        Self {
            patient,
            record,
            linked: Linked::default(),
            hidden: 0,
            veil: BTreeSet::new(),
            bodies,
            identity: OnceLock::new(),
            assessments: OnceLock::new(),
            in_use: InUse::shipped(),
            judged: Mutex::default(),
        }
    }

    /// The same, read with the rules and tables this service has in use.
    pub(crate) fn read_with(self, in_use: Arc<InUse>) -> Self {
        Self { in_use, ..self }
    }

    /// The same, with so many envelopes on the person that cannot be read here.
    pub(crate) fn hiding(self, hidden: usize) -> Self {
        Self { hidden, ..self }
    }

    /// What the case is read with.
    pub(crate) fn in_use(&self) -> &Arc<InUse> {
        &self.in_use
    }

    /// The case with more entries in it.
    pub(crate) fn with(&self, more: Vec<Placed>) -> Self {
        let record = self.record.clone().with(more);
        let case = Self::new(self.patient, record)
            .linked(self.linked.clone())
            .hiding(self.hidden)
            .read_with(Arc::clone(&self.in_use));
        Self {
            veil: self.veil.clone(),
            ..case
        }
    }

    /// What a slot holds now.
    pub(crate) fn held<B: Body>(&self, path: &str) -> Held<Found<'_, &B>> {
        Slot::new(path).map_or(Held::Nothing, |slot| {
            self.standing(&self.record.current(&slot))
        })
    }

    /// Every slot under a path, with what it holds.
    pub(crate) fn under<B: Body>(&self, path: &str) -> Vec<Held<Found<'_, &B>>> {
        self.record
            .under(path)
            .map(|(_, now)| self.standing(&now))
            .filter(|held| !matches!(held, Held::Nothing))
            .collect()
    }

    /// Slots under a path in which a newer version of Felloe wrote what cannot be read here: unknown
    /// to the rules, whatever else stands beside it.
    pub(crate) fn unread<B: Body>(&self, path: &str) -> Vec<&Slot> {
        let slots = self.record.under(path);
        slots
            .filter(|(_, now)| {
                now.all()
                    .iter()
                    .any(|placed| self.is_unreadable::<B>(placed))
            })
            .map(|(slot, _)| slot)
            .collect()
    }

    /// Of a kind or a version this program does not know, or not in the shape its version gives.
    pub(crate) fn is_unreadable<B: Body>(&self, placed: &Placed) -> bool {
        let own = placed.entry.kind.as_str() == B::KIND;
        is_newer(&placed.entry) || own && self.read::<B>(placed).is_none()
    }

    /// Every entry of a kind that was appended, counts, and was not entered in error, oldest first.
    pub(crate) fn appended<B: Body>(&self) -> Vec<Found<'_, &B>> {
        self.record
            .timeline()
            .into_iter()
            .filter(|placed| placed.entry.slot.is_none() && self.record.stands(&placed.id))
            .filter_map(|placed| self.read(placed))
            .collect()
    }

    fn standing<'a, B: Body>(&'a self, now: &Current<'a>) -> Held<Found<'a, &'a B>> {
        let values = now.all().iter().filter_map(|placed| self.read(placed));
        let newer = now
            .all()
            .iter()
            .any(|placed| self.is_unreadable::<B>(placed));
        Held::from(values.collect(), newer)
    }

    /// The body of one of its entries, read at most once.
    pub(crate) fn read<'a, B: Body>(&'a self, placed: &'a Placed) -> Option<Found<'a, &'a B>> {
        if placed.entry.kind.as_str() != B::KIND {
            return None;
        }
        let kept = self.bodies.get(&placed.id)?.get_or_init(|| {
            let body: Option<B> = body_of(&placed.entry);
            body.map(|body| Box::new(body) as Box<dyn Any + Send + Sync>)
        });
        let body = kept.as_ref()?.downcast_ref()?;
        Some(Found { body, placed })
    }

    /// What the rules make of an assessment as of a day, worked out at most once.
    pub(crate) fn judged(&self, assessment: ItemId, on: Date) -> Arc<Judged> {
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let made = judged
            .entry((assessment, on))
            .or_insert_with(|| Arc::new(Judged::of(self, assessment, on)));
        Arc::clone(made)
    }
}

/// The body of an entry, if it is of that kind and of a version this program reads.
pub(crate) fn read<B: Body>(placed: &Placed) -> Option<Found<'_, B>> {
    body_of(&placed.entry).map(|body| Found { body, placed })
}

/// Whether an entry is of a kind, or a version of one, that this program does not know.
pub(crate) fn is_newer(entry: &Entry) -> bool {
    let kind = entry.kind.as_str();
    match WRITTEN.iter().find(|(known, _)| *known == kind) {
        Some((_, version)) => entry.version > *version,
        None => !WITHOUT_BODY.contains(&entry.kind),
    }
}

/// Kinds that this program knows and that have no body of their own here.
const WITHOUT_BODY: [Kind; 6] = [
    Kind::WITHDRAWAL,
    Kind::CERTIFICATE,
    Kind::REVOCATION,
    Kind::WARRANT,
    Kind::PATIENT_KEY,
    Kind::EPOCH_KEY,
];

/// The same without its place.
pub(crate) fn body_of<B: Body>(entry: &Entry) -> Option<B> {
    (entry.kind == B::kind() && entry.version <= B::VERSION)
        .then(|| cbor::from_value(&entry.body).ok())
        .flatten()
}

/// The paths of slots, each spelt once.
pub(crate) mod slots {
    use super::{ItemId, StaffId};

    /// Whether the person has died.
    pub(crate) const DEATH: &str = "death";

    pub(crate) fn note(id: ItemId) -> String {
        format!("note/{id}")
    }
    pub(crate) const ATTACHMENTS: &str = "attachment";
    pub(crate) fn attachment(id: ItemId) -> String {
        format!("{ATTACHMENTS}/{id}")
    }
    /// Whose case it is.
    pub(crate) const OWNER: &str = "owner";

    pub(crate) fn detail(field: &str) -> String {
        format!("detail/{field}")
    }
    pub(crate) fn referral(id: ItemId) -> String {
        format!("referral/{id}")
    }
    pub(crate) fn appointment(id: ItemId) -> String {
        format!("appointment/{id}")
    }
    pub(crate) fn pathway(event: ItemId) -> String {
        format!("pathway/{event}")
    }
    pub(crate) fn started(assessment: ItemId) -> String {
        format!("assessment/{assessment}/started")
    }
    pub(crate) fn finished(assessment: ItemId) -> String {
        format!("assessment/{assessment}/finished")
    }
    pub(crate) fn answer(assessment: ItemId, question: &str) -> String {
        format!("answer/{assessment}/{question}")
    }
    pub(crate) fn item(list: &str, item: ItemId) -> String {
        format!("item/{list}/{item}")
    }
    pub(crate) fn list(assessment: ItemId, list: &str) -> String {
        format!("list/{assessment}/{list}")
    }
    pub(crate) fn form(assessment: ItemId, instrument: &str) -> String {
        format!("form/{assessment}/{instrument}")
    }
    pub(crate) fn pack(instrument: &str) -> String {
        format!("instrument-pack/{instrument}")
    }
    pub(crate) fn action(action: ItemId) -> String {
        format!("action/{action}")
    }
    pub(crate) fn choice(assessment: ItemId) -> String {
        format!("choice/{assessment}")
    }
    pub(crate) fn decision(assessment: ItemId) -> String {
        format!("decision/{assessment}")
    }
    pub(crate) fn supervised(assessment: ItemId) -> String {
        format!("supervised/{assessment}")
    }
    pub(crate) fn aside(assessment: ItemId) -> String {
        format!("aside/{assessment}")
    }
    pub(crate) fn opinion_asked(opinion: ItemId) -> String {
        format!("opinion/{opinion}/asked")
    }
    pub(crate) fn opinion_given(opinion: ItemId, by: StaffId) -> String {
        format!("opinion/{opinion}/given/{by}")
    }
    pub(crate) fn opinion_settled(opinion: ItemId) -> String {
        format!("opinion/{opinion}/settled")
    }
    pub(crate) fn task(task: ItemId) -> String {
        format!("task/{task}")
    }
    pub(crate) fn enquiry(enquiry: ItemId) -> String {
        format!("enquiry/{enquiry}")
    }
    pub(crate) fn letter(letter: ItemId) -> String {
        format!("letter/{letter}")
    }
    pub(crate) fn letter_approved(letter: ItemId) -> String {
        format!("letter/{letter}/approved")
    }
    pub(crate) fn plan(assessment: ItemId, block: &str) -> String {
        format!("plan/{assessment}/{block}")
    }
}
