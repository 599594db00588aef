//! What arrives at the two ends of a line, and what is made of it.

use std::time::Duration;

use record::envelope::Envelope;
use sync::wire::Answer;

use crate::disk::DiskError;
use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::words::answered;
use crate::world::{Happening, Letter, World, broke};

impl World {
    /// A request reaches a hub server, if it is up.
    pub(crate) fn arrives_at_server(&mut self, letter: &Letter) -> Result<(), Breach> {
        let (at, server) = (letter.laptop, letter.server);
        if self.is_cut(at) {
            return Ok(());
        }
        let Some(answer) = self.ask(at, server, letter.talk, &letter.bytes)? else {
            return Ok(());
        };
        if !letter.answered {
            self.say(&format!("{} answers nobody", Node::server(server)));
            return Ok(());
        }
        let life = self.servers[server].life;
        let talk = self.laptops[at].talk.as_ref();
        let trip = talk.map_or(0, |talk| talk.trip(answer.len()));
        let letter = Letter {
            bytes: answer,
            ..*letter
        };
        self.after(trip, Happening::Answer(letter, life));
        Ok(())
    }

    /// What a hub server answers; nothing when it is down, stops, or does not know who asks. What
    /// it says is looked at: nobody gets what is not theirs, and who is blocked gets nothing.
    pub(crate) fn ask(
        &mut self,
        at: usize,
        server: usize,
        talk: u64,
        bytes: &[u8],
    ) -> Result<Option<Vec<u8>>, Breach> {
        let node = Node::server(server);
        let there = &mut self.servers[server];
        if there.state != State::Runs {
            return Ok(None);
        }
        let now = crate::service::time(self.now / 1000).map_err(|fault| broke(node, &fault))?;
        match there.hear(talk, bytes, now) {
            Ok(None) => Ok(None),
            Ok(Some(answer)) => {
                self.counts.bytes += answer.len();
                self.is_fit_for(at, server, &answer)?;
                Ok(Some(answer))
            }
            Err(DiskError::Stopped) => {
                self.stop(node);
                Ok(None)
            }
            Err(fault) => Err(broke(node, &fault)),
        }
    }

    fn is_fit_for(&self, at: usize, server: usize, answer: &[u8]) -> Result<(), Breach> {
        let (node, reader) = (Node::laptop(at), self.reader(at));
        let blocked = &self.servers[server].stored.blocked;
        let answer = Answer::from_bytes(answer).map(|(_, answer)| answer);
        let refused = matches!(answer, Ok(Answer::Failed(_)));
        if blocked.contains(&reader.device) && !refused {
            let words = format!("{node} is blocked and was answered.");
            return Err(Breach::of(Law::StaysBlocked, words));
        }
        let leaked = match answer {
            Ok(Answer::Range { envelopes, .. }) => envelopes
                .iter()
                .filter_map(|bytes| Envelope::from_bytes(bytes).ok())
                .any(|one| !reader.may_have(one.header().scope, one.header().device)),
            Ok(Answer::Tips { streams, .. }) => streams
                .iter()
                .any(|tips| !reader.may_have(tips.stream.scope, tips.stream.device)),
            _ => false,
        };
        if leaked {
            let words = format!("{node} was sent what it may not read.");
            return Err(Breach::of(Law::NowhereElse, words));
        }
        Ok(())
    }

    /// An answer reaches a laptop, which may have given up.
    pub(crate) fn arrives_at_laptop(&mut self, letter: &Letter, life: u32) -> Result<(), Breach> {
        let at = letter.laptop;
        let waits = self.laptops[at]
            .talk
            .as_ref()
            .is_some_and(|talk| (talk.number, talk.request) == (letter.talk, letter.request));
        if !waits || self.is_cut(at) {
            return Ok(());
        }
        let words = answered(&letter.bytes);
        self.say(&format!("{}: {words}", Node::server(letter.server)));
        if self.hear(at, letter.server, life, &letter.bytes) {
            self.speak(at)?;
        }
        Ok(())
    }

    /// A laptop takes an answer in. Whether it goes on.
    pub(crate) fn hear(&mut self, at: usize, server: usize, life: u32, answer: &[u8]) -> bool {
        let (now, node) = (Duration::from_millis(self.now), Node::laptop(at));
        let laptop = &mut self.laptops[at];
        let Some(talk) = &mut laptop.talk else {
            return false;
        };
        talk.heard();
        let before = laptop.stored.journal.ids();
        let step = match talk.exchange.take(answer, &mut laptop.stored.journal, now) {
            Ok(step) => step,
            Err(fault) => {
                self.breaks_off(at, &fault.to_string());
                return false;
            }
        };
        let held = laptop.stored.journal.ids();
        let mut told = laptop.stored.journal.up_to(&step.acknowledged);
        told.extend(step.acknowledged_ids);
        // What came from there is there, even where it waits for what stands before it.
        told.extend(held.difference(&before));
        laptop.hears_of(server, &told);
        self.truth.promise(node, held);
        // What a server said before its backup was put back binds it no more.
        if self.servers[server].life == life {
            self.truth.promise(Node::server(server), told);
        }
        true
    }

    /// A laptop has waited long enough: it asks again, or ends the exchange.
    pub(crate) fn gives_up(&mut self, letter: &Letter) -> Result<(), Breach> {
        let laptop = &mut self.laptops[letter.laptop];
        let Some(talk) = &mut laptop.talk else {
            return Ok(());
        };
        if (talk.number, talk.request) != (letter.talk, letter.request) {
            return Ok(());
        }
        if talk.tries_again() {
            return self.speak(letter.laptop);
        }
        laptop.pace = talk.exchange.pace().after_a_cut();
        laptop.talk = None;
        let node = Node::laptop(letter.laptop);
        self.say(&format!("{node} gives up"));
        Ok(())
    }

    pub(crate) fn breaks_off(&mut self, at: usize, why: &str) {
        let node = Node::laptop(at);
        let laptop = &mut self.laptops[at];
        laptop.talk = None;
        if laptop.stored.journal.disk.has_stopped() {
            self.stop(node);
        } else {
            self.say(&format!("{node} breaks off: {why}"));
        }
    }
}
