//! A service and what happens to it, made up from a seed.

use crate::chance::Chance;
use crate::event::{Event, Fate, Node, Timed, What};

/// How long the made-up time lasts: three weeks, so that a partition of days has an end within.
const LASTS: u64 = 21 * 86_400;

/// The highest number an event uses to choose a laptop. It is taken modulo how many there are.
const ANY: u8 = 12;

/// Everything a run follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Ids, keys and nonces follow from it.
    pub seed: u64,
    /// How large the service is.
    pub shape: Shape,
    /// What happens, in the order of time.
    pub events: Vec<Timed>,
}

/// How large a service is when it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Spoke sites beside the hub site.
    pub spokes: u8,
    /// Laptops; the first two are at the hub site and the others at spokes in turn.
    pub laptops: u8,
    /// Hub servers with a store of their own. More than one while a service moves to another.
    pub servers: u8,
}

impl Schedule {
    /// The service and the events of a seed.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::of(seed, "schedule");
        let shape = Shape {
            spokes: 1 + chance.small(3),
            laptops: 3 + chance.small(5),
            servers: 1 + u8::from(chance.once_in(3)),
        };
        let number = 60 + chance.below(60);
        let mut events: Vec<Timed> = (0..number)
            .map(|_| Timed {
                at: chance.below(LASTS),
                event: event(&mut chance),
            })
            .collect();
        bursts(&mut chance, &mut events);
        events.sort_by_key(|timed| timed.at);
        Self {
            seed,
            shape,
            events,
        }
    }
}

/// Bad luck comes together: what befalls an exchange befalls it while it runs.
fn bursts(chance: &mut Chance, events: &mut Vec<Timed>) {
    let begun: Vec<(u64, Event)> = events
        .iter()
        .map(|timed| (timed.at, timed.event.clone()))
        .collect();
    for (at, event) in begun {
        let Event::Exchange { laptop, server, .. } = event else {
            continue;
        };
        if !chance.once_in(4) {
            continue;
        }
        let event = match chance.below(4) {
            0 => crash(chance, Node::Laptop(laptop)),
            1 | 2 => crash(chance, Node::Server(server)),
            _ => Event::Revoke { laptop, minutes: 0 },
        };
        // Before it begins, so that the next writes are those of the exchange; or in its midst.
        let at = if matches!(event, Event::Revoke { .. }) {
            at + chance.below(3)
        } else {
            at.saturating_sub(1)
        };
        events.push(Timed { at, event });
    }
}

fn event(chance: &mut Chance) -> Event {
    let laptop = chance.small(ANY);
    match chance.below(100) {
        0..45 => write(chance, laptop),
        45..78 => exchange(chance, laptop),
        78..81 => Event::Partition {
            laptop,
            hours: 6 + u16::from(chance.small(160)),
        },
        81..84 => {
            let node = node(chance, laptop);
            crash(chance, node)
        }
        84..86 => Event::Copy { laptop },
        86..89 => Event::Backup {
            node: node(chance, laptop),
        },
        89..92 => Event::PutBack {
            node: node(chance, laptop),
        },
        92 => Event::Lose { laptop },
        93..95 => Event::Carry {
            from: laptop,
            to: chance.small(ANY),
            hours: u16::from(chance.small(200)),
            damaged: chance.once_in(4),
        },
        95 => Event::Revoke {
            laptop,
            minutes: u16::from(chance.small(120)),
        },
        96 => Event::Join {
            spoke: chance.small(4),
        },
        97 => Event::Program {
            laptop,
            newer: chance.small(4),
        },
        98 => Event::Pry {
            laptop,
            server: chance.small(2),
        },
        _ => Event::Clock {
            laptop,
            years: i8::try_from(chance.below(13)).unwrap_or(0) - 6,
        },
    }
}

fn write(chance: &mut Chance, laptop: u8) -> Event {
    let what = match chance.below(20) {
        0..4 => What::Register,
        4..11 => What::Value,
        11 => What::Newer,
        12..15 => What::Decision,
        15..18 => What::Emergency,
        _ => What::Look,
    };
    Event::Write {
        laptop,
        patient: chance.small(ANY),
        slot: chance.small(3),
        what,
    }
}

fn exchange(chance: &mut Chance, laptop: u8) -> Event {
    let rate = chance.one_of(&[1_000, 4_000, 100_000]).unwrap_or(4_000);
    let calm = chance.once_in(3);
    let length = if calm { 0 } else { chance.below(12) };
    Event::Exchange {
        laptop,
        server: chance.small(2),
        rate,
        weather: (0..length).map(|_| fate(chance)).collect(),
    }
}

fn fate(chance: &mut Chance) -> Fate {
    let minutes = u16::from(chance.small(250));
    match chance.below(20) {
        0 => Fate::Lost,
        1 => Fate::AnswerLost,
        2 => Fate::Twice(minutes),
        // Up to four days: a proxy's queue, a machine that slept.
        3 => Fate::Late(minutes * 24),
        _ => Fate::Fine,
    }
}

fn node(chance: &mut Chance, laptop: u8) -> Node {
    if chance.once_in(2) {
        Node::Server(chance.small(2))
    } else {
        Node::Laptop(laptop)
    }
}

fn crash(chance: &mut Chance, node: Node) -> Event {
    Event::Crash {
        node,
        writes: chance.small(4),
        kept: chance.once_in(2),
        minutes: 1 + u16::from(chance.small(200)),
    }
}
