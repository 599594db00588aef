//! What is derived, made again from the entries.

use std::collections::BTreeMap;
use std::sync::Arc;

use record::certificate::{Authorities, Fingerprint};
use record::envelope::Stream;
use record::fold::{Placed, fold};
use record::id::PatientId;
use record::links::Links;
use record::scope::{Scope, Subject};
use store::{Derived, Store, Summary};

use crate::adoption::{InService, InUse};
use crate::case::{Case, Linked};
use crate::desk::Desk;
use crate::entries::{self, Against, Opening};
use crate::refusal::Refusal;
use crate::summary::PatientSummary;

/// What every row of a store is made with.
pub(crate) struct Reading {
    pub(crate) authorities: Authorities,
    forks: BTreeMap<Stream, u64>,
    links: Links,
    in_use: Arc<InUse>,
}

impl Reading {
    /// Reads the service's scope of a store.
    pub(crate) fn of(store: &Store, opening: &mut Opening) -> Result<Self, Refusal> {
        let mut opened = Vec::new();
        for envelope in store.envelopes_of(Subject::Service)? {
            let entries = opening.open(store, &envelope)?;
            opened.push((envelope, entries));
        }
        let identity = store.identity()?;
        let enrolled = Fingerprint::of(identity.service, &store.root()?);
        let authorities = entries::authorities(&enrolled, &opened);
        let forks = store.forks()?.into_iter().collect();
        let against = Against {
            authorities: &authorities,
            forks: &forks,
        };
        let service: Vec<Placed> = opened
            .into_iter()
            .flat_map(|(envelope, entries)| against.place(&envelope, entries))
            .collect();
        let in_service = InService::of(&service, authorities.clone(), identity.demo);
        Ok(Self {
            links: Links::of(&fold(service)),
            in_use: in_service.in_use,
            authorities,
            forks,
        })
    }

    fn against(&self) -> Against<'_> {
        Against {
            authorities: &self.authorities,
            forks: &self.forks,
        }
    }
}

/// A patient's row made again from the entries; none when nothing on them can be read here, and
/// none for one who is shown under another.
pub(crate) fn made_again(
    store: &Store,
    reading: &Reading,
    patient: PatientId,
    opening: &mut Opening,
) -> Result<Option<Summary>, Refusal> {
    let linked = Linked {
        records: reading.links.records(patient),
        disputed: reading.links.disputed(patient),
    };
    if reading.links.lead(patient) != patient {
        return Ok(None);
    }
    let (mut placed, before) = (Vec::new(), opening.hidden());
    for record in &linked.records {
        let subject = Subject::Patient(*record);
        placed.extend(entries::on(store, subject, reading.against(), opening)?);
    }
    row_of(
        &Case::new(patient, fold(placed))
            .linked(linked)
            .hiding(opening.hidden() - before)
            .read_with(Arc::clone(&reading.in_use)),
    )
}

/// The row of a case; none while nothing but keys stands in it.
pub(crate) fn row_of(case: &Case) -> Result<Option<Summary>, Refusal> {
    let all = case.record.everything();
    if all.iter().all(|placed| crate::audit::is_key(&placed.entry)) {
        return Ok(None);
    }
    PatientSummary::row_of(case).map(Some)
}

/// Which rows this version makes. Counted up whenever the same entries give other rows, so that
/// the rows of a record that an older version kept are made again when it is next opened.
const ROWS: u32 = 4;
const MADE_BY: &str = "derived";

/// The rules count as well: a row says how urgent they find what is open.
fn made_by(store: &Store, reading: &Reading) -> Result<String, Refusal> {
    let rules = crate::rulebook::hex(&reading.in_use.rules.digest);
    Ok(format!(
        "tables {}, rows {ROWS}, rules {rules}",
        store.tables()?
    ))
}

/// Whether the rows of a record are those this version makes.
pub(crate) fn made_by_this(store: &Store, reading: &Reading) -> Result<bool, Refusal> {
    let kept: Option<String> = store.setting(MADE_BY)?;
    Ok(kept == Some(made_by(store, reading)?))
}

impl Desk {
    /// Makes everything that is derived again, all or nothing. Gives the number of patients.
    pub(crate) fn make_derived_again(&mut self) -> Result<usize, Refusal> {
        self.whole(|desk| {
            let store = &mut desk.sitting_mut()?.opened.store;
            let mut opening = Opening::default();
            let patients = store.patients()?;
            let reading = Reading::of(store, &mut opening)?;
            store.clear_derived()?;
            for patient in &patients {
                let row = made_again(store, &reading, *patient, &mut opening)?;
                store.keep_derived(Derived {
                    summaries: row.as_slice(),
                    ..Derived::default()
                })?;
            }
            for envelope in store.envelopes_in(Scope::Audit)? {
                let placed = envelope.place(opening.open(store, &envelope)?);
                store.keep_derived(Derived {
                    audit: &crate::audit::rows(&placed),
                    ..Derived::default()
                })?;
            }
            store.keep_derived(Derived {
                lamport: opening.lamport,
                ..Derived::default()
            })?;
            store.put_setting(MADE_BY, &made_by(store, &reading)?)?;
            Ok(patients.len())
        })
    }

    /// The same, where what is derived was made by another version of the tables or of the rows, or
    /// with other rules.
    pub(crate) fn derived_up_to_date(&mut self) -> Result<(), Refusal> {
        let store = &self.sitting()?.opened.store;
        let reading = Reading::of(store, &mut Opening::default())?;
        if !made_by_this(store, &reading)? {
            self.make_derived_again()?;
        }
        Ok(())
    }
}
