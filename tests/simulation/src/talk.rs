//! An exchange that is under way, and what befalls its messages.

use std::collections::BTreeSet;

use record::id::EnvelopeId;
use sync::exchange::Exchange;

use crate::event::Fate;

/// How often a request is made again when no answer comes.
const TRIES: u8 = 2;

/// An exchange of one laptop with one hub server.
pub(crate) struct Talk {
    /// No other has this number.
    pub(crate) number: u64,
    pub(crate) server: usize,
    pub(crate) exchange: Exchange,
    /// Bytes a second.
    pub(crate) rate: u32,
    weather: std::vec::IntoIter<Fate>,
    /// Counts requests.
    pub(crate) request: u64,
    tries: u8,
    /// Emergencies and keys that have to be sent before anything else.
    pub(crate) first: BTreeSet<EnvelopeId>,
    /// The emergencies among them that were not sent yet.
    pub(crate) urgent: BTreeSet<EnvelopeId>,
}

/// What goes first.
pub(crate) struct First {
    pub(crate) emergencies: BTreeSet<EnvelopeId>,
    /// The envelopes with the keys that open these.
    pub(crate) keys: BTreeSet<EnvelopeId>,
}

impl Talk {
    pub(crate) fn new(
        number: u64,
        server: usize,
        exchange: Exchange,
        rate: u32,
        weather: Vec<Fate>,
        first: First,
    ) -> Self {
        Self {
            number,
            server,
            exchange,
            rate,
            weather: weather.into_iter(),
            request: 0,
            tries: 0,
            first: first.keys.union(&first.emergencies).copied().collect(),
            urgent: first.emergencies,
        }
    }

    /// What befalls the next request.
    pub(crate) fn fate(&mut self) -> Fate {
        self.weather.next().unwrap_or(Fate::Fine)
    }

    /// Milliseconds until so many bytes are across: a fifth of a second, and the link's rate.
    pub(crate) fn trip(&self, bytes: usize) -> u64 {
        200 + bytes as u64 * 1000 / u64::from(self.rate.max(1))
    }

    /// Whether to ask again for an answer that did not come.
    pub(crate) fn tries_again(&mut self) -> bool {
        self.tries += 1;
        self.tries < TRIES
    }

    /// An answer came.
    pub(crate) fn heard(&mut self) {
        self.tries = 0;
    }
}
