//! What happened, in numbers.

use std::collections::BTreeMap;
use std::fmt;

/// What happened in one run, or in several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By sort, such as "copied disks".
    pub sorts: BTreeMap<&'static str, usize>,
    /// Envelopes that somebody was told are saved.
    pub envelopes: usize,
    /// Of those, the ones that somebody surviving had promised at the end and that were looked for.
    pub acknowledged: usize,
    /// Streams that forked.
    pub forks: usize,
    /// Slots in conflict when everybody was up to date.
    pub conflicts: usize,
    /// Requests that were made.
    pub requests: usize,
    /// Bytes of requests and answers.
    pub bytes: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, sort: &'static str) {
        *self.sorts.entry(sort).or_default() += 1;
    }

    /// Adds what happened in another run.
    pub fn take(&mut self, other: &Self) {
        for (sort, number) in &other.sorts {
            *self.sorts.entry(sort).or_default() += number;
        }
        self.envelopes += other.envelopes;
        self.acknowledged += other.acknowledged;
        self.forks += other.forks;
        self.conflicts += other.conflicts;
        self.requests += other.requests;
        self.bytes += other.bytes;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (sort, number) in &self.sorts {
            writeln!(f, "{sort:<34}{number:>10}")?;
        }
        let lines = [
            ("requests", self.requests),
            ("bytes on the wire", self.bytes),
            ("envelopes saved", self.envelopes),
            ("forked streams", self.forks),
            ("slots in conflict", self.conflicts),
        ];
        for (what, number) in lines {
            writeln!(f, "{what:<34}{number:>10}")?;
        }
        Ok(())
    }
}
