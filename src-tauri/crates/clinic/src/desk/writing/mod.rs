//! Writing: every entry goes through here, sealed in its envelope and on disk when it returns.

mod keys;
mod patient;
mod service;
mod trail;
mod typing;

pub(crate) use trail::Said;

use record::body::Body;
use record::cbor;
use record::entry::{Basis, EnteredBy, Entry, Happened, Kind, Reason, Slot};
use record::fold::Record;
use record::id::StaffId;
use record::moment::Moment;

pub(crate) use service::Along;

use crate::refusal::Refusal;

/// Something to be written: a body and the slot it gives the value of.
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) version: u16,
    pub(crate) slot: Option<Slot>,
    pub(crate) body: cbor::Value,
    /// Why the value it replaces no longer holds.
    pub(crate) reason: Option<Reason>,
    /// When it happened and who did it, where it is written up later.
    pub(crate) happened: Option<Happened>,
}

/// A signature to be put on the last line of an envelope.
pub(crate) struct Sign {
    pub(crate) basis: Basis,
}

impl Line {
    /// The value of a slot.
    pub(crate) fn of<B: Body>(path: impl Into<String>, body: &B) -> Result<Self, Refusal> {
        let slot = Slot::new(path).map_err(record::entry::Error::from)?;
        Ok(Self {
            slot: Some(slot),
            ..Self::appended(body)?
        })
    }

    /// An observation that supersedes nothing.
    pub(crate) fn appended<B: Body>(body: &B) -> Result<Self, Refusal> {
        Ok(Self {
            kind: B::kind(),
            version: B::VERSION,
            slot: None,
            body: cbor::to_value(body)?,
            reason: None,
            happened: None,
        })
    }

    /// Why the value it replaces no longer holds.
    pub(crate) fn because(self, reason: Reason) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }

    /// When it happened and who did it, where it is written up later.
    pub(crate) fn that_happened(self, happened: Option<Happened>) -> Self {
        Self { happened, ..self }
    }

    /// The same line again.
    pub(crate) fn copy(&self) -> Self {
        Self {
            kind: self.kind.clone(),
            slot: self.slot.clone(),
            body: self.body.clone(),
            reason: self.reason.clone(),
            happened: self.happened.clone(),
            version: self.version,
        }
    }

    pub(crate) fn entry(
        self,
        record: &Record,
        author: StaffId,
        claimed: Moment,
        lamport: u64,
    ) -> Entry {
        let parents = self
            .slot
            .as_ref()
            .map(|slot| record.heads(slot))
            .unwrap_or_default();
        // Nothing stands there any more that a reason could be for, so none is written.
        let reason = self.reason.filter(|_| !parents.is_empty());
        Entry {
            kind: self.kind,
            version: self.version,
            slot: self.slot,
            parents,
            claimed,
            lamport,
            author,
            entered_by: EnteredBy::Staff(author),
            body: self.body,
            signed: None,
            reason,
            happened: self.happened,
        }
    }
}
