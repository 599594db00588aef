//! What is derived, made again from the entries.

use record::envelope::Envelope;
use record::fold::{Placed, fold};
use record::id::PatientId;
use record::keys::ContentKey;
use record::scope::{Scope, Subject};
use store::{Derived, Store, Summary};

use crate::case::Case;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::summary::PatientSummary;

/// How the content of envelopes was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    /// Opened and read.
    pub(crate) opened: usize,
    /// Their content was erased by two signatures.
    pub(crate) erased: usize,
    /// This device holds no key for them.
    pub(crate) closed: usize,
    /// The key is here and the content does not open under it.
    pub(crate) unreadable: usize,
    /// The highest counter in them.
    pub(crate) lamport: u64,
}

impl Opening {
    /// The entries of an envelope; none when its content cannot be read here.
    pub(crate) fn open(
        &mut self,
        store: &Store,
        envelope: &Envelope,
    ) -> Result<Vec<Placed>, Refusal> {
        if envelope.is_erased() {
            self.erased += 1;
            return Ok(Vec::new());
        }
        let key: Option<ContentKey> = store.content_key(envelope.header().key)?;
        let Some(key) = key else {
            self.closed += 1;
            return Ok(Vec::new());
        };
        let Ok(entries) = envelope.open(&key) else {
            self.unreadable += 1;
            return Ok(Vec::new());
        };
        self.opened += 1;
        let highest = entries.iter().map(|entry| entry.lamport).max();
        self.lamport = self.lamport.max(highest.unwrap_or(0));
        Ok(envelope.place(entries))
    }
}

/// A patient's row made again from the entries; none when nothing on them can be read here.
pub(crate) fn made_again(
    store: &Store,
    patient: PatientId,
    opening: &mut Opening,
) -> Result<Option<Summary>, Refusal> {
    let mut placed = Vec::new();
    for envelope in store.envelopes_of(Subject::Patient(patient))? {
        placed.extend(opening.open(store, &envelope)?);
    }
    // An envelope of a key alone is no record of a patient yet.
    if placed
        .iter()
        .all(|placed| crate::audit::is_key(&placed.entry))
    {
        return Ok(None);
    }
    PatientSummary::row_of(&Case::new(patient, fold(placed))).map(Some)
}

/// Which rows this version makes. Counted up whenever the same entries give other rows, so that
/// the rows of a record that an older version kept are made again when it is next opened.
const ROWS: u32 = 1;
const MADE_BY: &str = "derived";

fn made_by(store: &Store) -> Result<String, Refusal> {
    Ok(format!("tables {}, rows {ROWS}", store.tables()?))
}

/// Whether the rows of a record are those this version makes.
pub(crate) fn made_by_this(store: &Store) -> Result<bool, Refusal> {
    let kept: Option<String> = store.setting(MADE_BY)?;
    Ok(kept == Some(made_by(store)?))
}

impl Desk {
    /// Makes everything that is derived again, all or nothing. Gives the number of patients.
    pub(crate) fn make_derived_again(&mut self) -> Result<usize, Refusal> {
        self.whole(|desk| {
            let store = &mut desk.sitting_mut()?.opened.store;
            let mut opening = Opening::default();
            let patients = store.patients()?;
            store.clear_derived()?;
            for patient in &patients {
                let row = made_again(store, *patient, &mut opening)?;
                store.keep_derived(Derived {
                    summaries: row.as_slice(),
                    ..Derived::default()
                })?;
            }
            for envelope in store.envelopes_in(Scope::Audit)? {
                let placed = opening.open(store, &envelope)?;
                store.keep_derived(Derived {
                    audit: &crate::audit::rows(&placed),
                    ..Derived::default()
                })?;
            }
            store.keep_derived(Derived {
                lamport: opening.lamport,
                ..Derived::default()
            })?;
            store.put_setting(MADE_BY, &made_by(store)?)?;
            Ok(patients.len())
        })
    }

    /// The same, where what is derived was made by another version of the tables or of the rows.
    pub(crate) fn derived_up_to_date(&mut self) -> Result<(), Refusal> {
        if !made_by_this(&self.sitting()?.opened.store)? {
            self.make_derived_again()?;
        }
        Ok(())
    }
}
