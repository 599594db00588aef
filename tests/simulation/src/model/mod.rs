//! Every order in which revoking, transferring, erasing and forking can meet, in a small service.
//!
//! Where the simulator takes one long road for each seed, this takes every short one. Five places:
//! a spoke's laptop, a copy of its disk, a laptop of another spoke, the hub site's laptop, a hub
//! server. The spoke writes two envelopes on a patient, and the copy a third at the second's place.
//! The hub site ends the spoke's certificate, transfers the patient to the other spoke, and erases.
//! They travel in any order, or do not; the hub server may be put back to a backup. What the sets
//! of envelopes mean is worked out by the real code of the record.

mod envelopes;
mod explore;
mod laws;
mod meaning;
mod sets;

use std::fmt;

use stateright::{Model, Property};

use explore::Topic;
pub use explore::{Explored, explore};
use laws::{laws, sights};
pub use meaning::Careless;
use meaning::Meaning;
use sets::{
    ASKED, CONFIRMED, COPY, ENDED_AFTER_ONE, ENDED_AFTER_TWO, FIRST, PARCELS, SECOND, SERVICE,
    SPOKE, Set, TRANSFER, named, parcel_of,
};

/// A place, by its number in [`State::held`].
type Place = usize;
const LAPTOP: Place = 0;
const COPIED: Place = 1;
const OTHER: Place = 2;
const HUB_SITE: Place = 3;
const SERVER: Place = 4;
/// What they are called.
const PLACES: [&str; 5] = [
    "the laptop",
    "the copy",
    "the other spoke",
    "the hub site",
    "the hub server",
];
/// Everybody who exchanges with the hub server.
const CLIENTS: [Place; 4] = [LAPTOP, COPIED, OTHER, HUB_SITE];

/// Who holds what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    held: [Set; 5],
    /// What the hub server ever said it keeps.
    acknowledged: Set,
    /// What is in the hub server's backup, once there is one.
    backup: Option<Set>,
    was_put_back: bool,
    is_copied: bool,
    is_blocked: bool,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Somebody writes an envelope.
    Write(Place, Set),
    /// Envelopes reach the hub server, which says so.
    Push(Place, Set),
    /// Envelopes reach a laptop.
    Pull(Place, Set),
    /// The spoke's disk is copied.
    Copy,
    /// The hub server is backed up.
    Backup,
    /// The backup is put back.
    PutBack,
    /// The operator shuts the spoke's device out.
    Block,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = |at: &Place| PLACES[*at];
        match self {
            Self::Write(at, set) => write!(f, "{} writes {}", place(at), named(*set)),
            Self::Push(at, set) => write!(f, "{} sends {}", place(at), named(*set)),
            Self::Pull(at, set) => write!(f, "{} receives {}", place(at), named(*set)),
            Self::Copy => f.write_str("the laptop's disk is copied"),
            Self::Backup => f.write_str("the hub server is backed up"),
            Self::PutBack => f.write_str("the backup is put back"),
            Self::Block => f.write_str("the laptop is blocked"),
        }
    }
}

/// The small service.
pub struct SmallService {
    meaning: Meaning,
    topics: [Topic; 2],
}

impl State {
    fn holds(&self, place: Place, one: Set) -> bool {
        self.held[place] & one == one
    }

    fn exchanges(&self, place: Place) -> bool {
        let exists = place != COPIED || self.is_copied;
        exists && !(self.is_blocked && [LAPTOP, COPIED].contains(&place))
    }

    /// What a place could get and has not.
    fn is_settled(&self) -> bool {
        CLIENTS.iter().filter(|it| self.exchanges(**it)).all(|it| {
            let own = self.held[*it] & readable(*it);
            own == self.held[SERVER] & readable(*it)
        })
    }
}

/// What travels at once: the spoke's envelopes one by one, in any order, since they fork; of the
/// other scopes all there is, since one place writes them.
fn loads(set: Set) -> impl Iterator<Item = Set> {
    let all = [FIRST, SECOND, COPY, TRANSFER, SERVICE, PARCELS].into_iter();
    all.map(move |load| set & load).filter(|load| *load != 0)
}

/// What a place is entitled to.
fn readable(place: Place) -> Set {
    match place {
        LAPTOP | COPIED => SERVICE | SPOKE,
        OTHER => SERVICE | PARCELS,
        _ => SERVICE | SPOKE | PARCELS,
    }
}

impl SmallService {
    fn has(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }

    /// What can be written at a place now.
    fn writable(&self, state: &State, place: Place) -> Vec<Set> {
        let held = state.held[place];
        let fresh = |one: &Set| held & one == 0;
        let all: Vec<Set> = match place {
            LAPTOP if held & FIRST == 0 => vec![FIRST],
            // Whoever holds the other end closes the stream.
            LAPTOP if held & COPY == 0 => vec![SECOND],
            COPIED if state.is_copied && held & FIRST != 0 && held & SECOND == 0 => vec![COPY],
            HUB_SITE if held & FIRST != 0 => self.at_hub_site(held),
            _ => Vec::new(),
        };
        all.into_iter()
            .filter(|one| *one != 0)
            .filter(fresh)
            .collect()
    }

    fn at_hub_site(&self, held: Set) -> Vec<Set> {
        let mut all = Vec::new();
        if self.has(Topic::Erase) {
            all.push(if held & ASKED == 0 { ASKED } else { CONFIRMED });
        }
        if self.has(Topic::Revoke) && held & (ENDED_AFTER_ONE | ENDED_AFTER_TWO) == 0 {
            let two = held & (SECOND | COPY) != 0;
            all.push(if two {
                ENDED_AFTER_TWO
            } else {
                ENDED_AFTER_ONE
            });
        }
        if self.has(Topic::Transfer) {
            all.push(TRANSFER);
        }
        if held & TRANSFER != 0 {
            // Everything that is held and was not passed on yet, in one go.
            all.push(parcel_of(held & SPOKE) & !held);
        }
        all
    }

    /// What a place keeps of one more envelope.
    fn keep(&self, held: Set, one: Set) -> Set {
        if self.meaning.skips(held, one) {
            held
        } else {
            held | one
        }
    }
}

impl Model for SmallService {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            held: [0; 5],
            acknowledged: 0,
            backup: None,
            was_put_back: false,
            is_copied: false,
            is_blocked: false,
        }]
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        for place in CLIENTS {
            let written = self.writable(state, place).into_iter();
            steps.extend(written.map(|one| Step::Write(place, one)));
            if !state.exchanges(place) {
                continue;
            }
            let (own, there) = (state.held[place] & readable(place), state.held[SERVER]);
            steps.extend(loads(own & !there).map(|load| Step::Push(place, load)));
            let offered = there & readable(place) & !state.held[place];
            steps.extend(loads(offered).map(|load| Step::Pull(place, load)));
        }
        let may_copy = self.has(Topic::Fork) && !state.is_copied;
        if may_copy && state.holds(LAPTOP, FIRST) && !state.holds(LAPTOP, SECOND) {
            steps.push(Step::Copy);
        }
        // A backup beside a fork and one beside a transfer are seen with the other topics.
        let may_back_up = !(self.has(Topic::Fork) && self.has(Topic::Transfer));
        if may_back_up && state.backup.is_none() && state.held[SERVER] != 0 {
            steps.push(Step::Backup);
        }
        if state.backup.is_some_and(|it| it != state.held[SERVER]) && !state.was_put_back {
            steps.push(Step::PutBack);
        }
        let ended = state.held[HUB_SITE] & (ENDED_AFTER_ONE | ENDED_AFTER_TWO) != 0;
        if ended && !state.is_blocked {
            steps.push(Step::Block);
        }
    }

    fn next_state(&self, last: &State, step: Step) -> Option<State> {
        let mut next = last.clone();
        match step {
            Step::Write(place, one) => next.held[place] |= one,
            Step::Push(_, one) => {
                next.held[SERVER] = self.keep(next.held[SERVER], one);
                next.acknowledged |= one;
            }
            Step::Pull(place, one) => next.held[place] = self.keep(next.held[place], one),
            Step::Copy => {
                next.is_copied = true;
                next.held[COPIED] = next.held[LAPTOP];
            }
            Step::Backup => next.backup = Some(next.held[SERVER]),
            Step::PutBack => {
                next.held[SERVER] = next.backup?;
                next.was_put_back = true;
            }
            Step::Block => next.is_blocked = true,
        }
        (next != *last).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let sights = sights().into_iter();
        let possible = sights.filter(|(needs, _)| needs.iter().all(|one| self.has(*one)));
        laws()
            .into_iter()
            .chain(possible.map(|(_, sight)| sight))
            .collect()
    }
}
