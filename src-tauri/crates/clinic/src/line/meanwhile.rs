//! What came while nobody could answer for it: the screen was locked, or a bundle is being read.
//!
//! What follows from an arrival bears somebody's name: the receipt that closes "Hub NOT told" at the
//! spoke, what was written late and is passed on to another site. So it is remembered with what
//! arrived, in the whole that keeps it, and follows when somebody is at work. A bundle that was taken
//! out half-way or a computer that was switched off loses none of it.

use std::collections::BTreeSet;

use record::body::Action;
use record::id::PatientId;

use super::receipts;
use crate::audit;
use crate::desk::{AtLock, Desk};
use crate::refusal::Refusal;

/// The local setting under which it is remembered whose records came.
const RECORDS: &str = "arrived-while-locked";

/// The local setting under which it is remembered that a copy of this laptop's disk was found.
const COPIED: &str = "copy-found-while-locked";

/// Records that are answered for in one step. A design decision: about as long as one answer of the
/// hub server takes, so that whoever has just unlocked does not wait for a night's arrivals.
const AT_ONCE: usize = 64;

/// Remembers whose records came, until [`give_unseen`] has answered for them.
pub(crate) fn arrived_unseen(desk: &Desk, records: &BTreeSet<PatientId>) -> Result<(), Refusal> {
    let mut all = unseen(desk)?;
    let before = all.len();
    all.extend(records);
    keep(desk, &all, before)
}

/// Forgets them: of these nobody is told.
pub(crate) fn no_news(desk: &Desk, records: &BTreeSet<PatientId>) -> Result<(), Refusal> {
    let mut all = unseen(desk)?;
    let before = all.len();
    all.retain(|record| !records.contains(record));
    keep(desk, &all, before)
}

fn unseen(desk: &Desk) -> Result<BTreeSet<PatientId>, Refusal> {
    let kept = desk.sitting()?.opened.store.setting(RECORDS)?;
    Ok(kept.unwrap_or_default())
}

fn keep(desk: &Desk, all: &BTreeSet<PatientId>, before: usize) -> Result<(), Refusal> {
    if all.len() == before {
        return Ok(());
    }
    Ok(desk.sitting()?.opened.store.put_setting(RECORDS, all)?)
}

/// Answers for some of those that are remembered. Whether more are left for the next step.
pub(crate) fn give_unseen(desk: &mut Desk) -> Result<bool, Refusal> {
    let all = unseen(desk)?;
    let given = give(desk, all.iter().copied().take(AT_ONCE))?;
    Ok(given > 0 && given < all.len())
}

/// Answers for these records, and gives how many it was done for. One that cannot be answered for
/// now, for want of a key, stays remembered and keeps no other from it.
pub(super) fn give(
    desk: &mut Desk,
    records: impl IntoIterator<Item = PatientId>,
) -> Result<usize, Refusal> {
    let mut given = 0;
    for record in records {
        match desk.whole(|desk| give_one(desk, record)) {
            Ok(()) => given += 1,
            Err(lost @ (Refusal::NotSaved(_) | Refusal::Store(_) | Refusal::Locked)) => {
                return Err(lost);
            }
            Err(_) => tracing::warn!("what arrived on a record could not be answered for yet"),
        }
    }
    Ok(given)
}

fn give_one(desk: &mut Desk, record: PatientId) -> Result<(), Refusal> {
    let one = BTreeSet::from([record]);
    desk.pass_on_late(&one)?;
    receipts::arrived(desk, record)?;
    no_news(desk, &one)
}

/// Another computer has gone on with a copy of this laptop's disk: written down when it was found, or
/// remembered for whoever is at work next.
pub(crate) fn copy_found(desk: &mut Desk) -> Result<(), Refusal> {
    if desk.at_lock == AtLock::No {
        return audit::note(desk, Action::CopyFound, None, "");
    }
    Ok(desk.sitting()?.opened.store.put_setting(COPIED, &true)?)
}

/// Writes it down if it was found while the screen was locked. To be called when somebody has
/// unlocked.
pub(crate) fn note_copy_found(desk: &mut Desk) -> Result<(), Refusal> {
    let found: Option<bool> = desk.sitting()?.opened.store.setting(COPIED)?;
    if found != Some(true) {
        return Ok(());
    }
    desk.whole(|desk| {
        audit::note(desk, Action::CopyFound, None, "while the screen was locked")?;
        Ok(desk.sitting()?.opened.store.put_setting(COPIED, &false)?)
    })
}
