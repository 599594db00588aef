//! What can happen to a service, as a list that can be made shorter.
//!
//! Every number that chooses something is taken modulo what there is when it happens, so that a
//! list from which events were taken away still means something.

mod words;

pub(crate) use words::Clock;

/// A thing that happens at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timed {
    /// Seconds since the service began.
    pub at: u64,
    /// What happens.
    pub event: Event,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody at a laptop writes an envelope.
    Write {
        /// The laptop.
        laptop: u8,
        /// Which of the patients it knows, or for a new one at which of its sites.
        patient: u8,
        /// Which thing about the patient.
        slot: u8,
        /// What is written.
        what: What,
    },
    /// A laptop exchanges with a hub server until there is nothing to do or the line fails.
    Exchange {
        /// The laptop.
        laptop: u8,
        /// The hub server.
        server: u8,
        /// Bytes a second.
        rate: u32,
        /// What befalls each request with its answer, in turn. Later ones fare well.
        weather: Vec<Fate>,
    },
    /// The line between a laptop and every hub server is cut.
    Partition {
        /// The laptop.
        laptop: u8,
        /// For how long.
        hours: u16,
    },
    /// A laptop or a hub server stops at one of its next writes to disk.
    Crash {
        /// Which.
        node: Node,
        /// Writes that still succeed before.
        writes: u8,
        /// Whether the last write is on disk although nobody was told so.
        kept: bool,
        /// Until it is started again.
        minutes: u16,
    },
    /// A laptop's disk is copied, and the copy is used beside it.
    Copy {
        /// The laptop.
        laptop: u8,
    },
    /// A backup of a whole laptop's disk or of a hub server's store is taken.
    Backup {
        /// Which.
        node: Node,
    },
    /// The last backup is put back, whatever was written since.
    PutBack {
        /// Which.
        node: Node,
    },
    /// A laptop falls off a bridge.
    Lose {
        /// The laptop.
        laptop: u8,
    },
    /// A bundle is written to a stick and read elsewhere, some days later.
    Carry {
        /// From which laptop.
        from: u8,
        /// To which laptop.
        to: u8,
        /// How old it is when it is read.
        hours: u16,
        /// Whether one byte of the file is another by then.
        damaged: bool,
    },
    /// An administrator ends a laptop's certificate, and the hub server's operator blocks it.
    Revoke {
        /// The laptop.
        laptop: u8,
        /// Until the hub servers' operator blocks it.
        minutes: u16,
    },
    /// Somebody makes a laptop ask for what it is not enrolled for, and offer it.
    Pry {
        /// The laptop.
        laptop: u8,
        /// The hub server.
        server: u8,
    },
    /// A laptop is enrolled by the administrator.
    Join {
        /// At which spoke.
        spoke: u8,
    },
    /// A laptop's clock is set wrong.
    Clock {
        /// The laptop.
        laptop: u8,
        /// By so many years.
        years: i8,
    },
    /// A laptop's program is changed for one that speaks the exchange's versions up to this one
    /// and, as a program must, the two before it. None of them may be spoken here.
    Program {
        /// The laptop.
        laptop: u8,
        /// How many versions newer than this program's the newest is.
        newer: u8,
    },
}

/// A laptop or a hub server, by number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A laptop.
    Laptop(u8),
    /// A hub server.
    Server(u8),
}

/// What somebody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A new patient: the patient's key, then a first value.
    Register,
    /// A value over those that the laptop holds.
    Value,
    /// A value of a kind that a newer Felloe writes.
    Newer,
    /// A clinician's signed decision.
    Decision,
    /// A warning sign that sends first.
    Emergency,
    /// Somebody looked at a record.
    Look,
}

/// What befalls one request with its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes through.
    Fine,
    /// The request never arrives.
    Lost,
    /// The request arrives, the answer never does.
    AnswerLost,
    /// The request arrives again, so many minutes later.
    Twice(u16),
    /// The request arrives so many minutes late, when nobody waits for the answer.
    Late(u16),
}

impl Node {
    /// The laptop at this place.
    pub(crate) fn laptop(at: usize) -> Self {
        Self::Laptop(u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// The hub server at this place.
    pub(crate) fn server(at: usize) -> Self {
        Self::Server(u8::try_from(at).unwrap_or(u8::MAX))
    }
}

impl Event {
    /// The sort of event, in one word, for counting.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Write { .. } => "writes",
            Self::Exchange { .. } => "exchanges",
            Self::Partition { .. } => "partitions",
            Self::Crash { .. } => "crashes",
            Self::Copy { .. } => "copied disks",
            Self::Backup { .. } => "backups",
            Self::PutBack { .. } => "backups put back",
            Self::Lose { .. } => "laptops lost",
            Self::Carry { damaged: true, .. } => "damaged sticks",
            Self::Carry { .. } => "sticks",
            Self::Revoke { .. } => "revocations",
            Self::Pry { .. } => "laptops that pry",
            Self::Join { .. } => "enrolments",
            Self::Clock { .. } => "wrong clocks",
            Self::Program { .. } => "other programs",
        }
    }
}

impl Fate {
    /// What is counted for it; nothing when it goes well.
    pub fn sort(&self) -> Option<&'static str> {
        match self {
            Self::Fine => None,
            Self::Lost => Some("requests lost"),
            Self::AnswerLost => Some("answers lost"),
            Self::Twice(_) => Some("requests twice"),
            Self::Late(_) => Some("requests late"),
        }
    }
}
