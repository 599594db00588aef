//! What must hold, whatever happens.

use std::fmt;

/// One thing that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// What somebody was told is kept is there after every crash, wherever it was promised.
    KeepsItsWord,
    /// A write is there wholly or not at all.
    WholeOrNot,
    /// After healing every entry is with everybody who may read it.
    Everywhere,
    /// And with nobody else, at any time, nor on the wire to anybody else.
    NowhereElse,
    /// Every device folds to the same record.
    OneRecord,
    /// The values in conflict are exactly those that did not see each other.
    EveryConflict,
    /// The ends of every stream are where they are, so every fork is seen.
    EveryFork,
    /// Nobody writes into a stream that is known to be forked.
    ClosesForks,
    /// Emergencies are in the first thing that is sent.
    EmergenciesFirst,
    /// A blocked device changes nothing on a hub server.
    StaysBlocked,
    /// Once the line is good everybody is up to date, soon.
    Settles,
    /// An exchange with nothing to send costs less than a kilobyte.
    CostsLittle,
    /// Nothing breaks down.
    Works,
}

/// A law that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which.
    pub law: Law,
    /// What was found, in words.
    pub words: String,
}

impl Breach {
    pub(crate) fn of(law: Law, words: impl Into<String>) -> Self {
        Self {
            law,
            words: words.into(),
        }
    }
}

impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KeepsItsWord => "what was acknowledged is kept",
            Self::WholeOrNot => "a write is there wholly or not at all",
            Self::Everywhere => "every entry is with everybody who may read it",
            Self::NowhereElse => "no entry is with anybody else",
            Self::OneRecord => "every device folds to the same record",
            Self::EveryConflict => "no conflict vanishes",
            Self::EveryFork => "every fork is detected",
            Self::ClosesForks => "a forked stream is closed",
            Self::EmergenciesFirst => "emergencies go first",
            Self::StaysBlocked => "a blocked device changes nothing",
            Self::Settles => "everybody comes up to date",
            Self::CostsLittle => "nothing to send costs under a kilobyte",
            Self::Works => "nothing breaks down",
        })
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not so: {}. {}", self.law, self.words)
    }
}

impl std::error::Error for Breach {}
