//! The bytes of an entry: a map with integer keys, given in `docs/format.md`.

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::id::{EntryId, StaffId};
use crate::moment::Moment;
use crate::scope::{tagged, untagged};

use super::{
    EnteredBy, Entry, Error, Happened, Kind, MAX_COUNTER, MAX_PARENTS, Reason, Signed, Slot,
};

pub(super) fn write_all(to: &mut Writer, entries: &[Entry]) -> Result<(), Error> {
    to.array(entries.len());
    entries
        .iter()
        .try_for_each(|entry| write(to, entry, entry.signed.as_ref().map(|s| (s, true))))
}

/// `limit` bounds how many entries are read.
pub(super) fn read_all(from: &mut Reader<'_>, limit: usize) -> Result<Vec<Entry>, Error> {
    let count = from.array()?;
    if count > limit as u64 {
        return Err(CborError::TooLong.into());
    }
    (0..count).map(|_| read(from)).collect()
}

/// `signed` is given apart, with whether its signature is written, since the signature is over
/// everything else.
pub(super) fn write(
    to: &mut Writer,
    entry: &Entry,
    signed: Option<(&Signed, bool)>,
) -> Result<(), Error> {
    let parents = sorted(&entry.parents);
    check(entry, parents.len())?;
    to.map(7 + optional_fields(entry, signed.is_some()));
    to.uint(0);
    to.text(entry.kind.as_str());
    to.uint(1);
    to.uint(entry.version.into());
    if let Some(slot) = &entry.slot {
        to.uint(2);
        to.text(slot.as_str());
    }
    if !parents.is_empty() {
        to.uint(3);
        to.array(parents.len());
        for parent in &parents {
            to.bytes(&parent.to_bytes());
        }
    }
    to.uint(4);
    entry.claimed.write(to);
    to.uint(5);
    to.uint(entry.lamport);
    to.uint(6);
    to.bytes(entry.author.as_bytes());
    to.uint(7);
    match entry.entered_by {
        EnteredBy::Staff(staff) => tagged(to, 0, Some(staff.as_bytes())),
        EnteredBy::Patient => tagged(to, 1, None),
    }
    to.uint(8);
    to.value(&entry.body)?;
    if let Some((signed, with_signature)) = signed {
        to.uint(9);
        signed.write(to, with_signature)?;
    }
    if let Some(reason) = &entry.reason {
        to.uint(10);
        to.text(reason.as_str());
    }
    if let Some(happened) = &entry.happened {
        to.uint(11);
        happened.write(to);
    }
    Ok(())
}

/// How many of the fields that may be left out are there.
fn optional_fields(entry: &Entry, signed: bool) -> usize {
    [
        entry.slot.is_some(),
        !entry.parents.is_empty(),
        signed,
        entry.reason.is_some(),
        entry.happened.is_some(),
    ]
    .into_iter()
    .map(usize::from)
    .sum()
}

fn read(from: &mut Reader<'_>) -> Result<Entry, Error> {
    let mut fields = from.fields()?;
    let entry = Entry {
        kind: fields.required::<_, Error>(0, |r| Ok(Kind::new(r.text()?)?))?,
        version: fields.required::<_, CborError>(1, Reader::uint_as)?,
        slot: fields.optional::<_, Error>(2, |r| Ok(Slot::new(r.text()?)?))?,
        parents: fields.optional(3, read_parents)?.unwrap_or_default(),
        claimed: fields.required::<_, CborError>(4, Moment::read)?,
        lamport: fields.required::<_, CborError>(5, Reader::uint)?,
        author: fields.required::<_, CborError>(6, |r| r.bytes_of().map(StaffId::from_bytes))?,
        entered_by: fields.required(7, read_entered_by)?,
        body: fields.required::<_, CborError>(8, Reader::value)?,
        signed: fields.optional(9, Signed::read)?,
        reason: fields.optional::<_, Error>(10, |r| Ok(Reason::new(r.text()?)?))?,
        happened: fields.optional(11, Happened::read)?,
    };
    fields.end()?;
    check(&entry, entry.parents.len())?;
    Ok(entry)
}

/// `parents` is how many there are, each counted once.
fn check(entry: &Entry, parents: usize) -> Result<(), Error> {
    if entry.version == 0 {
        return Err(Error::Version);
    }
    if entry.lamport > MAX_COUNTER {
        return Err(Error::Counter);
    }
    if parents > MAX_PARENTS || parents > 0 && entry.slot.is_none() {
        return Err(Error::Parents);
    }
    if entry.reason.is_some() && parents == 0 {
        return Err(Error::ReasonAlone);
    }
    entry.happened.as_ref().map_or(Ok(()), Happened::check)
}

fn sorted(parents: &[EntryId]) -> Vec<EntryId> {
    let mut sorted = parents.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Written only when there are some, so an empty list is a second spelling and refused.
fn read_parents(from: &mut Reader<'_>) -> Result<Vec<EntryId>, Error> {
    let count = from.array()?;
    if count == 0 || count > MAX_PARENTS as u64 {
        return Err(Error::Parents);
    }
    let parents = (0..count)
        .map(|_| from.bytes_of().map(EntryId::from_bytes))
        .collect::<Result<Vec<_>, _>>()?;
    if parents.is_sorted_by(|a, b| a < b) {
        Ok(parents)
    } else {
        Err(Error::Parents)
    }
}

fn read_entered_by(from: &mut Reader<'_>) -> Result<EnteredBy, CborError> {
    match untagged(from)? {
        (0, Some(staff)) => Ok(EnteredBy::Staff(StaffId::from_bytes(staff))),
        (1, None) => Ok(EnteredBy::Patient),
        _ => Err(CborError::OutOfRange),
    }
}
