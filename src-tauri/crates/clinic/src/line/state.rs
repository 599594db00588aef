//! How the line stands now, in memory.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use record::id::PatientId;
use sync::http::BackOff;
use sync::pace::Pace;

use super::carried::Carried;
use super::waiting::Waiting;
use crate::view::SyncProblem;

/// How the line to the hub server stands. Held by the desk, gone with the program.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(super) stands: Stands,
    pub(super) back_off: BackOff,
    /// A person asked for a try, or there is a new server to try.
    pub(crate) hurry: bool,
    /// More records came while nobody was there than were answered for at the last exchange.
    pub(super) behind: bool,
    /// Emergencies that waited when the last try was made.
    pub(super) emergencies: u32,
    /// What waits, as it was last counted.
    pub(super) waiting: Option<Waiting>,
    /// Entries that the app bar says to wait.
    pub(super) said_to_wait: u32,
    /// What the last exchange left for a person to know of.
    pub(super) problems: Vec<SyncProblem>,
    /// What the link carried last.
    pub(super) pace: Pace,
    /// What it carries on the way, the time between two messages included.
    pub(super) carried: Carried,
    /// Everybody of whom something waited since this laptop was last up to date.
    pub(super) backlog: BTreeSet<PatientId>,
    /// How far this laptop's clock is ahead of the hub server's.
    pub(super) ahead: Option<SignedDuration>,
}

/// Where the talk is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Stands {
    /// Nobody has tried in this sitting.
    #[default]
    Untried,
    /// Connecting and logging in.
    Calling,
    /// Messages go to and fro.
    Talking(Said),
    /// The last exchange came to its end, and this came out.
    Heard {
        /// Both held the same, by digest.
        up_to_date: bool,
        /// When that was proved, by this laptop's clock.
        at: Timestamp,
    },
    /// The last try failed.
    Failed {
        /// In words for a person.
        why: String,
        /// Nobody has to do anything before the next try.
        passes: bool,
    },
}

/// How far an exchange is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) sent: u64,
    pub(super) to_send: u64,
    pub(super) received: u64,
    pub(super) to_receive: u64,
    /// Patients of whom nothing waits any more, of those of whom something did.
    pub(super) patients_sent: usize,
    /// All of whom something waited.
    pub(super) patients: usize,
    /// Emergencies that wait.
    pub(super) emergencies: u32,
    /// How long it may take yet; none while the link has not shown what it carries.
    pub(super) left: Option<Duration>,
}

impl Line {
    /// Nothing is known of the hub server that was named just now.
    pub(super) fn begin_anew(&mut self) {
        *self = Self::default();
        self.call_now();
    }

    /// How long so many bytes take at the pace that the link carried last, in whole minutes rounded
    /// up; none while nobody has tried.
    pub(crate) fn minutes_for(&self, bytes: u64) -> Option<u64> {
        // A batch is what went through in about two seconds.
        let in_a_minute = self.pace.batch() as u64 * 30;
        let tried = matches!(self.stands, Stands::Talking(_) | Stands::Heard { .. });
        tried.then(|| bytes.div_ceil(in_a_minute.max(1)))
    }

    /// The next try is not put off.
    pub(crate) fn call_now(&mut self) {
        self.hurry = true;
        self.back_off.went_well();
    }
}
