//! What goes into a bundle: what its readers may see and were not known to hold.

use std::collections::BTreeSet;

use record::bundle::Range;
use record::envelope::Stream;
use record::log::{EventLog, Tail, Tips};

use crate::admitted::Admitted;

use super::Error;

/// The most bytes of envelopes that are taken from the journal at a time. Design decision.
pub(super) const BATCH_BYTES: usize = 1024 * 1024;

/// What one recipient may see, and how far they were last known to hold it.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// The recipient's rights.
    pub admitted: Admitted,
    /// The streams they said to hold; none when nothing was ever heard of them.
    pub holds: Vec<Tips>,
}

/// What goes into a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Where each stream begins and how much of it there is; ascending by stream.
    pub ranges: Vec<Range>,
    /// How far its writer holds what the recipients may see.
    pub held: Vec<Tips>,
}

impl Contents {
    /// All envelopes in it.
    pub fn envelopes(&self) -> u64 {
        self.ranges.iter().map(|range| range.envelopes).sum()
    }
}

/// Works out what goes into a bundle from this writer for these recipients: streams that the writer
/// and every recipient may see, beyond what all of the recipients are known to hold.
pub fn plan<L: EventLog>(
    log: &L,
    writer: &Admitted,
    recipients: &[Knowledge],
) -> Result<Contents, Error> {
    let mut contents = Contents::default();
    for scope in writer.scopes() {
        for tips in log.tips(scope).map_err(|_| Error::Log)? {
            let seen_by_all = recipients
                .iter()
                .all(|recipient| recipient.admitted.may_read(&tips.stream));
            if !seen_by_all || !writer.may_read(&tips.stream) {
                continue;
            }
            if let Some(range) = range(log, &tips, recipients)? {
                contents.ranges.push(range);
            }
            contents.held.push(tips);
        }
    }
    contents.ranges.sort_unstable_by_key(|range| range.stream);
    contents.held.sort_unstable_by_key(|tips| tips.stream);
    Ok(contents)
}

fn range<L: EventLog>(
    log: &L,
    tips: &Tips,
    recipients: &[Knowledge],
) -> Result<Option<Range>, Error> {
    let after = known_to_all(log, tips, recipients)?;
    let envelopes = match (tips.tails.as_slice(), after.as_slice()) {
        ([tip], []) => tip.sequence,
        ([tip], [known]) => tip.sequence.saturating_sub(known.sequence),
        _ => count(log, &tips.stream, &after)?,
    };
    Ok((envelopes > 0).then_some(Range {
        stream: tips.stream,
        after,
        envelopes,
    }))
}

/// Places of a stream that every recipient is known to hold. On a stream without a fork that is the
/// lowest of what they said; on a forked one only what all of them named alike.
fn known_to_all<L: EventLog>(
    log: &L,
    tips: &Tips,
    recipients: &[Knowledge],
) -> Result<Vec<Tail>, Error> {
    let mut all: Option<BTreeSet<Tail>> = None;
    for recipient in recipients {
        let held = recipient.holds.iter().find(|it| it.stream == tips.stream);
        let mut known = BTreeSet::new();
        for tail in held.map_or(&[][..], |it| &it.tails) {
            // What is not here was written on a branch that has not come: it says nothing of ours.
            if log.joined(&tips.stream, tail).map_err(|_| Error::Log)? {
                known.insert(*tail);
            }
        }
        all = Some(match all {
            None => known,
            Some(before) if tips.tails.len() == 1 => lower(&before, &known),
            Some(before) => before.intersection(&known).copied().collect(),
        });
    }
    let all = all.unwrap_or_default();
    if tips.tails.len() == 1 {
        // On one branch the furthest has the others behind it.
        return Ok(all.last().copied().into_iter().collect());
    }
    Ok(all.into_iter().collect())
}

/// Of two who hold parts of one branch: what both hold.
fn lower(one: &BTreeSet<Tail>, other: &BTreeSet<Tail>) -> BTreeSet<Tail> {
    match (one.last(), other.last()) {
        (Some(one), Some(other)) => [*one.min(other)].into(),
        _ => BTreeSet::new(),
    }
}

fn count<L: EventLog>(log: &L, stream: &Stream, after: &[Tail]) -> Result<u64, Error> {
    let mut count = 0;
    each(log, stream, after, |_| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// Every envelope of a stream beyond these, a batch at a time.
pub(super) fn each<L: EventLog>(
    log: &L,
    stream: &Stream,
    after: &[Tail],
    mut take: impl FnMut(&record::envelope::Envelope) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut have: Vec<Tail> = after.to_vec();
    loop {
        let batch = log
            .beyond(stream, &have, BATCH_BYTES)
            .map_err(|_| Error::Log)?;
        if batch.is_empty() {
            return Ok(());
        }
        for envelope in &batch {
            take(envelope)?;
            advance(&mut have, envelope);
        }
    }
}

/// The envelope takes the place of the one it follows. On a fork both branches stay.
fn advance(have: &mut Vec<Tail>, envelope: &record::envelope::Envelope) {
    let header = envelope.header();
    let follows =
        |tail: &Tail| tail.sequence + 1 == header.sequence && tail.header_hash == header.previous;
    match have.iter_mut().find(|tail| follows(tail)) {
        Some(tail) => *tail = Tail::of(envelope),
        None => have.push(Tail::of(envelope)),
    }
}
