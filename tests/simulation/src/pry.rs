//! A laptop whose program was changed: it asks for what it may not have, and offers what it may
//! not write.

use std::collections::{BTreeMap, BTreeSet};

use record::envelope::{Envelope, Stream, seal};
use record::id::EnvelopeId;
use record::log::Tail;
use record::scope::{Scope, Subject};
use sync::wire::{Answer, Failure, Request};

use crate::Fault;
use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::service::{entry, moment};
use crate::world::{World, broke};

/// How many foreign streams it asks for.
const STREAMS: usize = 4;

impl World {
    /// Asks and offers. What is answered is looked at where every answer is.
    pub(crate) fn pry(&mut self, at: usize, server: usize) -> Result<bool, Breach> {
        let number = self.next_number();
        if self.laptops[at].state != State::Runs || !self.log_in(at, server, number)? {
            return Ok(false);
        }
        let foreign = self.foreign(at);
        let service = self.service.id;
        for (stream, ids) in foreign {
            let requests = [
                Request::Pull {
                    stream,
                    have: Vec::<Tail>::new(),
                    limit: u32::MAX,
                },
                Request::Fetch {
                    ids,
                    limit: u32::MAX,
                },
                Request::Tips {
                    scope: stream.scope,
                    streams: Vec::new(),
                },
            ];
            for request in requests {
                self.ask(at, server, number, &request.to_bytes(service))?;
            }
        }
        self.offer(at, server, number)?;
        self.speak_in_tongues(at, server, number)?;
        Ok(true)
    }

    /// Says something in a version that is not spoken here, which is to be answered in words.
    fn speak_in_tongues(&mut self, at: usize, server: usize, number: u64) -> Result<(), Breach> {
        let chain = Vec::new();
        let mut bytes = Request::Introduce { chain }.to_bytes(self.service.id);
        // The version is the first item of the array that a message is.
        bytes[1] = 0x17;
        let answer = self.ask(at, server, number, &bytes)?;
        let Some(answer) = answer.and_then(|bytes| Answer::from_bytes(&bytes).ok()) else {
            return Ok(());
        };
        let told = [Failure::Version, Failure::Blocked].map(Answer::Failed);
        if told.contains(&answer.1) {
            return Ok(());
        }
        let words = format!("An unknown version was answered with {:?}.", answer.1);
        Err(Breach::of(Law::Works, words))
    }

    /// Streams that are none of this laptop's business, with what stands in them.
    fn foreign(&self, at: usize) -> Vec<(Stream, Vec<EnvelopeId>)> {
        let reader = self.reader(at);
        let mut streams: BTreeMap<Stream, Vec<EnvelopeId>> = BTreeMap::new();
        for (id, envelope) in self.truth.all() {
            let stream = envelope.header().stream();
            if reader.may_have(stream.scope, stream.device) {
                continue;
            }
            streams.entry(stream).or_default().push(*id);
        }
        streams.into_iter().take(STREAMS).collect()
    }

    /// Writes into the scope of another site, and sees whether it is taken.
    fn offer(&mut self, at: usize, server: usize, number: u64) -> Result<(), Breach> {
        let node = Node::laptop(at);
        let forged = self.forged(at).map_err(|fault| broke(node, &fault))?;
        let Some(forged) = forged else {
            return Ok(());
        };
        let request = Request::Push {
            envelopes: vec![forged.to_bytes()],
        };
        self.ask(at, server, number, &request.to_bytes(self.service.id))?;
        let held: BTreeSet<EnvelopeId> = self.held(Node::server(server))?;
        if held.contains(&forged.id()) {
            let words = format!("{node} wrote for a site that it is not enrolled for.");
            return Err(Breach::of(Law::NowhereElse, words));
        }
        Ok(())
    }

    fn forged(&self, at: usize) -> Result<Option<Envelope>, Fault> {
        let laptop = &self.laptops[at];
        let mut others = self.service.sites.iter();
        let Some(site) = others.find(|site| !laptop.papers.sites.contains(site)) else {
            return Ok(None);
        };
        let scope = Scope::Site(*site);
        let stream = Stream {
            service: self.service.id,
            scope,
            device: laptop.papers.device,
            incarnation: 0,
        };
        let hand = self.hand();
        let staff = self.service.administrator_staff();
        let entry = entry(staff, moment(hand.now, 0)?);
        let key = self.service.scope_key(&scope);
        let device = self.service.device_key(laptop.identity);
        let (subject, nonce) = (Subject::Site(*site), self.service.nonce(hand.number * 2));
        let envelope = seal(stream.first(), subject, &key, nonce, &[entry], &device)?;
        Ok(Some(envelope))
    }
}
