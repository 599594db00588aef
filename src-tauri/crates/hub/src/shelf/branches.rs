//! The branches of a stream in their table, and what follows from them.

use std::collections::BTreeMap;

use sync::record::id::EnvelopeId;
use sync::record::log::Tail;

use super::columns::tail;
use super::joining::{Branch, Link as Place};
use crate::database::{Cell, DatabaseError, Link};

pub(super) fn read_branches(link: &mut Link, stream: i64) -> Result<Vec<Branch>, DatabaseError> {
    let rows = link.rows(
        "SELECT number, from_branch, from_sequence, tip_sequence, tip_hash
         FROM branch WHERE stream = $1 ORDER BY number",
        &[Cell::Number(stream)],
    )?;
    let branch = |row: &crate::database::Row| {
        Ok(Branch {
            number: row.number(0)?,
            from: row.maybe_number(1)?,
            from_sequence: row.count(2)?,
            tip: tail(row, 3)?,
        })
    };
    rows.iter().map(branch).collect()
}

pub(super) fn write_branches<'a>(
    link: &mut Link,
    stream: i64,
    branches: impl Iterator<Item = &'a Branch>,
) -> Result<(), DatabaseError> {
    for branch in branches {
        link.run(
            "INSERT INTO branch
                 (stream, number, from_branch, from_sequence, tip_sequence, tip_hash)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (stream, number) DO UPDATE
             SET tip_sequence = excluded.tip_sequence, tip_hash = excluded.tip_hash",
            &[
                Cell::Number(stream),
                Cell::Number(branch.number),
                Cell::Maybe(branch.from),
                Cell::count(branch.from_sequence),
                Cell::count(branch.tip.sequence),
                Cell::Bytes(&branch.tip.header_hash),
            ],
        )?;
    }
    Ok(())
}

/// The envelopes of a stream that are kept ahead.
pub(super) fn read_ahead(link: &mut Link, stream: i64) -> Result<Vec<Place>, DatabaseError> {
    let rows = link.rows(
        "SELECT id, sequence, header_hash, previous FROM envelope
         WHERE stream = $1 AND branch IS NULL",
        &[Cell::Number(stream)],
    )?;
    let place = |row: &crate::database::Row| {
        let own = tail(row, 1)?;
        Ok(Place {
            id: EnvelopeId::from_bytes(row.bytes_of(0)?),
            own,
            previous: Some(Tail {
                sequence: own.sequence.saturating_sub(1),
                header_hash: row.bytes_of(3)?,
            }),
        })
    };
    rows.iter().map(place).collect()
}

/// How far each branch is covered by places somebody has, each given as branch and number, and by
/// what these follow from.
pub(super) fn covered(branches: &[Branch], have: &[(i64, u64)]) -> BTreeMap<i64, u64> {
    let mut covered: BTreeMap<i64, u64> = BTreeMap::new();
    for (number, sequence) in have {
        let mut next = Some((*number, *sequence));
        while let Some((number, sequence)) = next {
            let far = covered.entry(number).or_default();
            if *far >= sequence && *far > 0 {
                break;
            }
            *far = (*far).max(sequence);
            next = branches
                .iter()
                .find(|branch| branch.number == number)
                .and_then(|branch| Some((branch.from?, branch.from_sequence)));
        }
    }
    covered
}

/// The branches of which something is not covered, and the number up to which it is.
pub(super) fn lacking(branches: &[Branch], covered: &BTreeMap<i64, u64>) -> Vec<(i64, u64)> {
    branches
        .iter()
        .map(|branch| {
            let far = covered.get(&branch.number).copied().unwrap_or_default();
            (branch, far.max(branch.from_sequence))
        })
        .filter(|(branch, far)| branch.tip.sequence > *far)
        .map(|(branch, far)| (branch.number, far))
        .collect()
}

/// The places that [`marks`](sync::record::log::EventLog::marks) gives, as branch and number.
pub(super) fn marked(branches: &[Branch]) -> Vec<(i64, u64)> {
    let mut marked = Vec::new();
    for branch in branches {
        let tip = branch.tip.sequence;
        let before = std::iter::successors(Some(1_u64), |step| step.checked_mul(2));
        let before = before
            .map_while(|step| tip.checked_sub(step))
            .take_while(|at| *at > 1);
        for sequence in [tip].into_iter().chain(before).chain([1]) {
            marked.push((holder(branches, branch, sequence), sequence));
        }
    }
    marked.sort_unstable();
    marked.dedup();
    marked
}

/// On which branch the envelope with this number is that the tip of `branch` follows from.
fn holder(branches: &[Branch], branch: &Branch, sequence: u64) -> i64 {
    let mut on = branch;
    while sequence <= on.from_sequence {
        let parent = branches.iter().find(|other| Some(other.number) == on.from);
        let Some(parent) = parent else { break };
        on = parent;
    }
    on.number
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 to 100; a second branch from 40 to 60; a third from 50 of the second to 55.
    fn branches() -> [Branch; 3] {
        let branch = |number, from, from_sequence, sequence| Branch {
            number,
            from,
            from_sequence,
            tip: Tail {
                sequence,
                header_hash: [0; 32],
            },
        };
        [
            branch(0, None, 0, 100),
            branch(1, Some(0), 40, 60),
            branch(2, Some(1), 50, 55),
        ]
    }

    #[test]
    fn whoever_has_a_place_has_all_that_it_follows_from_and_nothing_else() {
        let covered = covered(&branches(), &[(2, 53)]);
        assert_eq!(covered, BTreeMap::from([(0, 40), (1, 50), (2, 53)]));
        assert_eq!(lacking(&branches(), &covered), [(0, 40), (1, 50), (2, 53)]);
    }

    #[test]
    fn whoever_has_every_tip_lacks_nothing() {
        let covered = covered(&branches(), &[(0, 100), (1, 60), (2, 55)]);
        assert_eq!(lacking(&branches(), &covered), []);
    }

    #[test]
    fn whoever_has_nothing_lacks_each_branch_from_where_it_parts() {
        assert_eq!(
            lacking(&branches(), &BTreeMap::new()),
            [(0, 0), (1, 40), (2, 50)]
        );
    }

    #[test]
    fn marks_thin_out_backwards_along_what_each_tip_follows_from() {
        let third: Vec<(i64, u64)> = marked(&branches()[..]);
        for place in [
            (2, 55),
            (2, 54),
            (2, 53),
            (2, 51),
            (1, 47),
            (0, 39),
            (0, 23),
            (0, 1),
        ] {
            assert!(third.contains(&place), "{place:?}");
        }
    }
}
