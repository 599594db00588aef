//! Whether a record is whole: every envelope in its place, signed and readable, and every list the
//! same as when it is made again from the entries.
//!
//! It reads a [`Store`] and nothing else, so that it works on the record at the desk, on a backup
//! and on another thread alike.

mod findings;
mod making;

pub(crate) use findings::Findings;
pub(crate) use making::row_of;
use making::{Reading, made_again, made_by_this};

use std::collections::BTreeSet;

use record::scope::{Scope, Subject};
use store::{AuditFilter, Store};

use crate::entries::Opening;
use crate::refusal::Refusal;

/// Checks the whole record: numbers, signatures, content, fold, and what is derived.
pub(crate) fn check(store: &Store) -> Result<Findings, Refusal> {
    let mut findings = Findings::default();
    let mut opening = Opening::default();
    let reading = Reading::of(store, &mut opening)?;
    // Every stream from its first envelope to its last, against the certificates of its device.
    findings.chain = store.chain_check(&|device| reading.authorities.device_key(device))?;
    findings.older_lists = !made_by_this(store, &reading)?;
    // A bundle is being read: their rows come after it.
    let owed = if findings.older_lists {
        BTreeSet::new()
    } else {
        store.rows_owed(u32::MAX)?
    };
    let mut rows = 0;
    for patient in store.patients()? {
        findings.patients += 1;
        let again = made_again(store, &reading, patient, &mut opening)?;
        rows += usize::from(again.is_some());
        let same = match (store.summary(patient)?, &again) {
            (Some(kept), Some(again)) => kept.is_same_row(again),
            (None, None) => true,
            _ => false,
        };
        let owed = owed.contains(&patient);
        findings.differing += usize::from(!findings.older_lists && !owed && !same);
    }
    if !findings.older_lists {
        // A row of a patient nobody wrote about is a difference too.
        let kept = usize::try_from(store.count()?).unwrap_or(usize::MAX);
        findings.differing += kept.saturating_sub(rows);
    }
    sites(store, &mut opening)?;
    audit_trail(store, &mut opening, &mut findings)?;
    findings.opening = opening;
    Ok(findings)
}

/// What the sites keep for themselves opens too.
fn sites(store: &Store, opening: &mut Opening) -> Result<(), Refusal> {
    let scopes: BTreeSet<Scope> = store.streams()?.iter().map(|it| it.scope).collect();
    for scope in scopes {
        if let Scope::Site(site) = scope {
            for envelope in store.envelopes_of(Subject::Site(site))? {
                opening.open(store, &envelope)?;
            }
        }
    }
    Ok(())
}

/// The lines of the audit trail against the entries they are made from.
fn audit_trail(
    store: &Store,
    opening: &mut Opening,
    findings: &mut Findings,
) -> Result<(), Refusal> {
    let mut again = Vec::new();
    for envelope in store.envelopes_in(Scope::Audit)? {
        let placed = opening.open(store, &envelope)?;
        again.extend(crate::audit::rows(&envelope.place(placed)));
    }
    let mut kept = store.audit_rows(&AuditFilter::default(), 0, u32::MAX)?;
    again.sort_by_key(|row| row.entry);
    kept.sort_by_key(|row| row.entry);
    findings.audit_differs = !findings.older_lists && again != kept;
    Ok(())
}
