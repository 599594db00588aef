//! What the programs say to each other: one line of JSON each.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, Write as _};
use std::sync::mpsc::Receiver;
use std::thread;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use testkit::Fault;

/// What a person at a desk is asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Does {
    /// Assess so many people, from this number on.
    Assess { first: u64, count: u64 },
    /// Find an emergency in this person.
    Emergency { number: u64 },
    /// Press "Try now".
    TryNow,
    /// Take referrals and begin assessments, one after the other, from this number on.
    Work { first: u64 },
    /// Look at the worklist for emergencies.
    WatchEmergencies,
    /// Lock and go home.
    End,
}

/// What is seen at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Tells {
    /// Unlocked.
    Ready,
    /// The app bar says something else.
    Chip {
        words: String,
        sending: bool,
        up_to_date: bool,
    },
    /// Everything of a person was saved.
    Saved { patient: String },
    /// An emergency was found and saved.
    Emergency { patient: String },
    /// The screen says that the hub server has this case.
    AtHubServer { patient: String },
    /// Those with an open emergency on the worklist.
    Red { patients: BTreeSet<String> },
    /// What was asked for is done.
    Done,
}

/// What the link is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Carry as it comes.
    Free,
    /// Be thin.
    Thin,
    /// The cable is out: what is on its way stands still, and nobody is told.
    Out,
    /// The cable is in.
    In,
    /// Say what was carried since the weather changed.
    Count,
}

/// What the link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Carries {
    /// It lies.
    Ready,
    /// It was cut for so many milliseconds; `told` when the connections broke.
    Cut { millis: u64, told: bool },
    /// The order was carried out.
    Done,
    /// Bytes without the headers of TCP and IP, and segments that were lost.
    Counted {
        up: u64,
        down: u64,
        segments: u64,
        lost: u64,
    },
}

/// Says one line on standard output.
pub(crate) fn tell(words: &impl Serialize) -> Result<(), Fault> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(words)?)?;
    Ok(out.flush()?)
}

/// The lines of standard input as they come. Whoever said them is gone when there are no more.
pub(crate) fn heard<T: DeserializeOwned + Send + 'static>() -> Receiver<T> {
    let (say, hear) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            let Ok(words) = serde_json::from_str(&line) else {
                return;
            };
            if say.send(words).is_err() {
                return;
            }
        }
    });
    hear
}
