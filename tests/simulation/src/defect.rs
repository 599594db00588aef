//! Faults that are put in on purpose, to show that the simulator finds them.

use std::fmt;

/// A way of being wrong. Each is one that a program could really have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defect {
    /// A hub server says "kept" and writes to disk some minutes later.
    AcknowledgesBeforeKeeping,
    /// A laptop passes over an envelope that stands beside another at its place.
    SkipsForks,
    /// A laptop shows the value with the latest clock of those that did not see each other.
    LastWriteWins,
    /// A hub server takes every laptop for one of the hub site.
    ServesAnybody,
    /// A hub server goes on with laptops that are blocked.
    ForgetsBlocks,
    /// A laptop sends only what it wrote itself.
    OffersOnlyItsOwn,
    /// A laptop goes on in a stream that forked.
    StaysInAForkedStream,
    /// A laptop does not know which of its envelopes are emergencies.
    ForgetsUrgency,
    /// A laptop counts an entry of a device that was cut off.
    TrustsTheRevoked,
    /// A laptop's disk keeps the first half of what it was to keep at once.
    KeepsByHalves,
}

impl Defect {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::AcknowledgesBeforeKeeping,
        Self::SkipsForks,
        Self::LastWriteWins,
        Self::ServesAnybody,
        Self::ForgetsBlocks,
        Self::OffersOnlyItsOwn,
        Self::StaysInAForkedStream,
        Self::ForgetsUrgency,
        Self::TrustsTheRevoked,
        Self::KeepsByHalves,
    ];
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AcknowledgesBeforeKeeping => "a hub server that acknowledges before it keeps",
            Self::SkipsForks => "a laptop that skips forks",
            Self::LastWriteWins => "a laptop where the last write wins",
            Self::ServesAnybody => "a hub server that serves anybody",
            Self::ForgetsBlocks => "a hub server that forgets whom it blocked",
            Self::OffersOnlyItsOwn => "a laptop that offers only what it wrote",
            Self::StaysInAForkedStream => "a laptop that stays in a forked stream",
            Self::ForgetsUrgency => "a laptop that forgets what is urgent",
            Self::TrustsTheRevoked => "one laptop that trusts who was revoked",
            Self::KeepsByHalves => "a disk that keeps by halves",
        })
    }
}
