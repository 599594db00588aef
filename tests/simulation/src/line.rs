//! The line between laptops and hub servers: what is asked, what is answered, what gets lost.

use std::collections::BTreeSet;
use std::time::Duration;

use record::envelope::Envelope;
use record::id::EnvelopeId;
use sync::exchange::Exchange;
use sync::login::Login;
use sync::version;
use sync::wire::Request;

use crate::event::{Fate, Node};
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::server::{NONCE, SERVER_KEY};
use crate::talk::{First, Talk};
use crate::words::asked;
use crate::world::{Happening, Letter, World, broke};

/// How long a laptop waits for an answer beside what the bytes take: a minute. The simulator's own.
const PATIENCE: u64 = 60_000;

/// Bytes a second of a good line.
const GOOD: u32 = 100_000;

impl World {
    /// A laptop goes to a hub server, if it is not at one already. Whether it got through.
    pub(crate) fn begin(
        &mut self,
        at: usize,
        server: usize,
        rate: u32,
        weather: Vec<Fate>,
    ) -> Result<bool, Breach> {
        let laptop = &self.laptops[at];
        if laptop.state != State::Runs || laptop.talk.is_some() {
            return Ok(false);
        }
        let (node, there) = (Node::laptop(at), Node::server(server));
        let newest = version::VERSION + u64::from(laptop.newer);
        let oldest = newest.saturating_sub(2).max(1);
        if version::negotiate(&(oldest..=newest)).is_none() {
            self.say(&format!("{node} and {there} speak different versions"));
            return Ok(false);
        }
        let number = self.next_number();
        if self.is_cut(at) || !self.log_in(at, server, number)? {
            self.say(&format!("{node} does not reach {there}"));
            return Ok(false);
        }
        let urgent = self.laptops[at].urgent(server);
        let expected = self.expected_first(at, server);
        let laptop = &mut self.laptops[at];
        let exchange = Exchange::new(laptop.admitted.clone(), urgent, laptop.pace);
        laptop.talk = Some(Talk::new(number, server, exchange, rate, weather, expected));
        self.say(&format!("{node} reaches {there}"));
        self.speak(at)?;
        Ok(true)
    }

    /// The emergencies that this laptop holds and this hub server did not acknowledge to it, and the
    /// envelopes with the keys that open them.
    fn expected_first(&self, at: usize, server: usize) -> First {
        let told = self.laptops[at].told(server);
        let urgent = |id: &EnvelopeId| {
            let envelope = self.truth.envelope(id);
            envelope.is_some_and(|one| one.header().emergency) && !told.contains(id)
        };
        let held = self.truth.promised(Node::laptop(at));
        let emergencies: BTreeSet<_> = held.filter(urgent).collect();
        let journal = &self.laptops[at].stored.journal;
        let envelopes = emergencies.iter().filter_map(|id| self.truth.envelope(id));
        let keys = envelopes.filter_map(|one| journal.carrier_of(one));
        First {
            keys: keys.collect(),
            emergencies,
        }
    }

    pub(crate) fn is_cut(&self, at: usize) -> bool {
        self.laptops[at].cut_until > self.now
    }

    /// Logs a laptop in at a hub server by its certificates. Not when the server is down.
    pub(crate) fn log_in(&mut self, at: usize, server: usize, talk: u64) -> Result<bool, Breach> {
        if self.servers[server].state != State::Runs {
            return Ok(false);
        }
        let (node, laptop) = (Node::laptop(at), &self.laptops[at]);
        let key = self.service.device_key(laptop.identity);
        let login = Login::sign(laptop.papers.chain.clone(), NONCE, SERVER_KEY, &key)
            .map_err(|fault| broke(node, &fault))?;
        match self.servers[server].let_in(talk, &login) {
            Ok(()) => Ok(true),
            Err(_) if self.servers[server].stored.disk.has_stopped() => {
                self.stop(Node::server(server));
                Ok(false)
            }
            Err(fault) => Err(broke(node, &fault)),
        }
    }

    /// Goes to a hub server on a good line. Not when it is down.
    pub(crate) fn meet(&mut self, at: usize, server: usize) -> Result<bool, Breach> {
        let number = self.next_number();
        if !self.log_in(at, server, number)? {
            return Ok(false);
        }
        let urgent = self.laptops[at].urgent(server);
        let expected = self.expected_first(at, server);
        let laptop = &mut self.laptops[at];
        let exchange = Exchange::new(laptop.admitted.clone(), urgent, laptop.pace);
        let talk = Talk::new(number, server, exchange, GOOD, Vec::new(), expected);
        laptop.talk = Some(talk);
        Ok(true)
    }

    /// The next message on a good line, with the number of the exchange; none at its end.
    pub(crate) fn next_message(&mut self, at: usize) -> Result<Option<(u64, Vec<u8>)>, Breach> {
        let (now, node) = (Duration::from_millis(self.now), Node::laptop(at));
        let laptop = &mut self.laptops[at];
        let Some(talk) = &mut laptop.talk else {
            return Ok(None);
        };
        let next = talk.exchange.next(&laptop.stored.journal, now);
        let Some(bytes) = next.map_err(|fault| broke(node, &fault))? else {
            return Ok(None);
        };
        let number = talk.number;
        self.first_things_first(at, &bytes)?;
        self.counts.requests += 1;
        self.counts.bytes += bytes.len();
        self.say(&format!("{node}: {}, {} bytes", asked(&bytes), bytes.len()));
        Ok(Some((number, bytes)))
    }

    /// Ends an exchange. Whether it ended up to date.
    pub(crate) fn finished(&mut self, at: usize) -> bool {
        let laptop = &mut self.laptops[at];
        let Some(talk) = laptop.talk.take() else {
            return false;
        };
        laptop.pace = talk.exchange.pace();
        talk.exchange.outcome().is_some_and(|it| it.up_to_date)
    }

    /// A laptop says the next thing, or is done.
    pub(crate) fn speak(&mut self, at: usize) -> Result<(), Breach> {
        let (now, node) = (Duration::from_millis(self.now), Node::laptop(at));
        let laptop = &mut self.laptops[at];
        let Some(talk) = &mut laptop.talk else {
            return Ok(());
        };
        match talk.exchange.next(&laptop.stored.journal, now) {
            Ok(Some(bytes)) => self.send(at, bytes),
            Ok(None) => {
                laptop.pace = talk.exchange.pace();
                let outcome = talk.exchange.outcome();
                laptop.talk = None;
                let done = outcome.is_some_and(|it| it.up_to_date);
                let words = if done {
                    "is up to date"
                } else {
                    "has done what it could"
                };
                self.say(&format!("{node} {words}"));
                Ok(())
            }
            Err(fault) => {
                self.breaks_off(at, &fault.to_string());
                Ok(())
            }
        }
    }

    fn send(&mut self, at: usize, bytes: Vec<u8>) -> Result<(), Breach> {
        self.first_things_first(at, &bytes)?;
        self.counts.requests += 1;
        self.counts.bytes += bytes.len();
        let (node, words) = (Node::laptop(at), asked(&bytes));
        let cut = self.is_cut(at);
        let Some(talk) = &mut self.laptops[at].talk else {
            return Ok(());
        };
        talk.request += 1;
        let fate = if cut { Fate::Lost } else { talk.fate() };
        let trip = talk.trip(bytes.len());
        let letter = Letter {
            laptop: at,
            server: talk.server,
            talk: talk.number,
            request: talk.request,
            bytes,
            answered: true,
        };
        let length = letter.bytes.len();
        self.say(&format!("{node}: {words}, {length} bytes, {fate}"));
        self.after(2 * trip + PATIENCE, Happening::GiveUp(letter.clone()));
        self.pass_on(letter, fate, trip);
        Ok(())
    }

    /// Lets a request befall what befalls it.
    fn pass_on(&mut self, mut letter: Letter, fate: Fate, trip: u64) {
        match fate {
            Fate::Fine => self.after(trip, Happening::Request(letter)),
            Fate::Lost => {}
            Fate::AnswerLost => {
                letter.answered = false;
                self.after(trip, Happening::Request(letter));
            }
            Fate::Twice(minutes) => {
                self.after(trip, Happening::Request(letter.clone()));
                letter.answered = false;
                let again = trip + u64::from(minutes) * 60_000;
                self.after(again, Happening::Request(letter));
            }
            Fate::Late(minutes) => {
                letter.answered = false;
                let late = trip + u64::from(minutes) * 60_000;
                self.after(late, Happening::Request(letter));
            }
        }
    }

    /// While an emergency has not been sent, nothing else is, but the key that opens it and the
    /// certificates by which it is checked.
    fn first_things_first(&mut self, at: usize, bytes: &[u8]) -> Result<(), Breach> {
        let node = Node::laptop(at);
        let Some(talk) = &mut self.laptops[at].talk else {
            return Ok(());
        };
        if talk.urgent.is_empty() {
            return Ok(());
        }
        let sent = match Request::from_bytes(bytes) {
            Ok((_, Request::Push { envelopes })) => ids_of(&envelopes),
            Ok((_, Request::Introduce { .. })) => return Ok(()),
            _ => BTreeSet::new(),
        };
        // What a hub server refused for want of its writer's certificate comes again first, and that
        // may be a key alone.
        if sent.is_disjoint(&talk.first) {
            let left = talk.urgent.len();
            let words = format!("{node} has {left} emergencies and says: {}.", asked(bytes));
            return Err(Breach::of(Law::EmergenciesFirst, words));
        }
        talk.urgent.retain(|id| !sent.contains(id));
        Ok(())
    }
}

fn ids_of(envelopes: &[Vec<u8>]) -> BTreeSet<EnvelopeId> {
    let read = envelopes.iter().map(|bytes| Envelope::from_bytes(bytes));
    read.filter_map(|one| Some(one.ok()?.id())).collect()
}
