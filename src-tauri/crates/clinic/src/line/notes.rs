//! What is remembered of the line from one day to the next, on this laptop only.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::refusal::Refusal;

/// The local setting they are kept under.
const SETTING: &str = "line-notes";

/// Lines of the log that are kept. A design decision: some weeks of a spoke that comes and goes.
const LINES: usize = 200;

/// What is remembered of the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notes {
    /// Since when the hub server has not been reached; none while it is.
    pub(super) offline_since: Option<Timestamp>,
    /// When both last held the same.
    pub(super) up_to_date: Option<Timestamp>,
    /// When something last went out.
    pub(super) sent: Option<Timestamp>,
    /// When something last came in.
    pub(super) received: Option<Timestamp>,
    /// Newest first.
    pub(super) log: VecDeque<Noted>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Noted {
    pub(super) at: Timestamp,
    pub(super) words: String,
}

impl Notes {
    pub(super) fn of(desk: &Desk) -> Result<Self, Refusal> {
        let kept = desk.sitting()?.opened.store.setting(SETTING)?;
        Ok(kept.unwrap_or_default())
    }

    pub(super) fn keep(&self, desk: &Desk) -> Result<(), Refusal> {
        Ok(desk.sitting()?.opened.store.put_setting(SETTING, self)?)
    }

    /// Says something in the log. The same thing again only moves its time: a night without a
    /// network is one line.
    pub(super) fn say(&mut self, at: Timestamp, words: impl Into<String>) {
        let words = words.into();
        if self.log.front().is_some_and(|last| last.words == words) {
            self.log.pop_front();
        }
        self.log.push_front(Noted { at, words });
        self.log.truncate(LINES);
    }
}
