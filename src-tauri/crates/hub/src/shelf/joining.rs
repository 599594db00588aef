//! Where envelopes join a stream: worked out first, without a database, and written after.

use std::collections::{BTreeMap, HashMap};

use sync::record::id::EnvelopeId;
use sync::record::log::Tail;

/// A run of envelopes in which each follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Branch {
    pub(super) number: i64,
    /// The branch it parts from; none for one that begins with a first envelope.
    pub(super) from: Option<i64>,
    /// The number of the last envelope before its own; 0 for none.
    pub(super) from_sequence: u64,
    pub(super) tip: Tail,
}

/// An envelope's place, whether it has joined or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) id: EnvelopeId,
    pub(super) own: Tail,
    /// What it follows; none for a stream's first.
    pub(super) previous: Option<Tail>,
}

/// A stream as far as the arrival of some envelopes asks for.
#[derive(Debug, Default)]
pub(super) struct Joining {
    branches: BTreeMap<i64, Branch>,
    /// On which branch a header is that has joined: those that an arrival may follow.
    joined: HashMap<Tail, i64>,
    /// Those kept ahead, by what they wait for.
    waiting: HashMap<Tail, Vec<Link>>,
    outcome: Joined,
}

/// What there is to write.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// The branch of each envelope that has joined now.
    pub(super) placed: HashMap<EnvelopeId, i64>,
    /// Branches that are new or have grown.
    pub(super) branches: BTreeMap<i64, Branch>,
    /// Whether the stream has more branches than before, and more than one.
    pub(super) forked: bool,
}

impl Joining {
    pub(super) fn new(branches: impl IntoIterator<Item = Branch>) -> Self {
        let branches: BTreeMap<i64, Branch> = branches
            .into_iter()
            .map(|branch| (branch.number, branch))
            .collect();
        Self {
            joined: branches
                .values()
                .map(|branch| (branch.tip, branch.number))
                .collect(),
            branches,
            ..Self::default()
        }
    }

    /// A header that has joined before, which an arrival may follow.
    pub(super) fn know(&mut self, tail: Tail, branch: i64) {
        self.joined.insert(tail, branch);
    }

    /// An envelope that is kept ahead, from before or as it arrives.
    pub(super) fn wait(&mut self, link: Link) {
        if let Some(previous) = link.previous {
            self.waiting.entry(previous).or_default().push(link);
        }
    }

    /// An envelope arrives that is not held.
    pub(super) fn arrive(&mut self, link: Link) {
        let follows = match link.previous {
            None => true,
            Some(previous) => self.joined.contains_key(&previous),
        };
        if !follows {
            self.wait(link);
            return;
        }
        let mut next = vec![link];
        while let Some(link) = next.pop() {
            self.join(link);
            next.extend(self.waiting.remove(&link.own).into_iter().flatten());
        }
    }

    pub(super) fn outcome(self) -> Joined {
        self.outcome
    }

    fn join(&mut self, link: Link) {
        let on = link
            .previous
            .and_then(|previous| Some((previous, *self.joined.get(&previous)?)));
        let grown = on.and_then(|(previous, number)| {
            let branch = self.branches.get_mut(&number)?;
            (branch.tip == previous).then(|| {
                branch.tip = link.own;
                *branch
            })
        });
        let branch = grown.unwrap_or_else(|| self.part(on, link.own));
        self.joined.insert(link.own, branch.number);
        self.outcome.placed.insert(link.id, branch.number);
        self.outcome.branches.insert(branch.number, branch);
    }

    fn part(&mut self, from: Option<(Tail, i64)>, tip: Tail) -> Branch {
        let number = self
            .branches
            .last_key_value()
            .map_or(0, |(last, _)| last + 1);
        let branch = Branch {
            number,
            from: from.map(|(_, number)| number),
            from_sequence: from.map_or(0, |(previous, _)| previous.sequence),
            tip,
        };
        self.outcome.forked |= !self.branches.is_empty();
        self.branches.insert(number, branch);
        branch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(sequence: u64, of: u8) -> Tail {
        Tail {
            sequence,
            header_hash: [of; 32],
        }
    }

    fn link(sequence: u64, of: u8, previous: u8) -> Link {
        Link {
            id: EnvelopeId::from_bytes([of; 32]),
            own: tail(sequence, of),
            previous: (sequence > 1).then(|| tail(sequence - 1, previous)),
        }
    }

    fn arrived(links: &[Link]) -> Joined {
        let mut joining = Joining::new([]);
        for link in links {
            joining.arrive(*link);
        }
        joining.outcome()
    }

    #[test]
    fn one_after_the_other_they_make_one_branch() {
        let joined = arrived(&[link(1, 1, 0), link(2, 2, 1), link(3, 3, 2)]);
        assert!(!joined.forked);
        assert_eq!(joined.branches.len(), 1);
        assert_eq!(joined.branches[&0].tip, tail(3, 3));
    }

    #[test]
    fn one_that_comes_too_early_joins_when_the_gap_is_filled_with_all_that_follows_it() {
        let early = [link(3, 3, 2), link(4, 4, 3), link(1, 1, 0)];
        let joined = arrived(&early);
        assert_eq!(joined.placed.len(), 1);
        let filled = arrived(&[&early[..], &[link(2, 2, 1)]].concat());
        assert_eq!(filled.placed.len(), 4);
        assert_eq!(filled.branches[&0].tip, tail(4, 4));
        assert!(!filled.forked);
    }

    #[test]
    fn a_second_at_one_place_begins_a_branch_that_knows_where_it_parts() {
        let joined = arrived(&[link(1, 1, 0), link(2, 2, 1), link(2, 7, 1), link(3, 8, 7)]);
        assert!(joined.forked);
        let second = joined.branches[&1];
        assert_eq!((second.from, second.from_sequence), (Some(0), 1));
        assert_eq!(second.tip, tail(3, 8));
        assert_eq!(joined.branches[&0].tip, tail(2, 2));
    }

    #[test]
    fn a_second_first_envelope_is_a_fork_from_nothing() {
        let joined = arrived(&[link(1, 1, 0), link(1, 7, 0)]);
        assert!(joined.forked);
        assert_eq!(
            (joined.branches[&1].from, joined.branches[&1].from_sequence),
            (None, 0)
        );
    }
}
