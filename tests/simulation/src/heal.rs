//! After the bad luck: good lines for everybody, until nothing changes any more.

use crate::event::Node;
use crate::laptop::State;
use crate::law::{Breach, Law};
use crate::world::World;

/// The most rounds in which everybody exchanges with every hub server once. Two hub servers need
/// three: one to gather, one to spread, one to see that there is nothing; a fork adds some.
const ROUNDS: usize = 8;

/// The most messages of one exchange.
const MESSAGES: usize = 2_000;

/// The most bytes, both ways, of an exchange with nothing to send.
const NOTHING: usize = 1_000;

/// How one exchange went.
struct Went {
    up_to_date: bool,
    bytes: usize,
}

impl World {
    /// Everybody who still counts exchanges with every hub server until all are up to date.
    pub(crate) fn heal(&mut self) -> Result<(), Breach> {
        self.say("the lines are good from here on");
        for laptop in &mut self.laptops {
            (laptop.cut_until, laptop.newer, laptop.talk) = (0, 0, None);
            laptop.stored.journal.disk.light(None);
        }
        for server in &mut self.servers {
            server.stored.disk.light(None);
        }
        self.the_blocked_stay_out()?;
        for _ in 0..ROUNDS {
            let before = self.all_held()?;
            let mut done = true;
            for (at, server) in self.pairs() {
                let went = self.exchange(at, server)?;
                done &= went.up_to_date;
            }
            if done && self.all_held()? == before {
                return self.nothing_costs_little();
            }
        }
        let words = format!("After {ROUNDS} rounds somebody still has something to say.");
        Err(Breach::of(Law::Settles, words))
    }

    /// Every laptop that still counts, with every hub server.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let servers = 0..self.servers.len();
        self.connected()
            .into_iter()
            .flat_map(|at| servers.clone().map(move |server| (at, server)))
            .collect()
    }

    /// The places of the laptops that still count.
    pub(crate) fn connected(&self) -> Vec<usize> {
        let counts = |at: &usize| {
            let laptop = &self.laptops[*at];
            laptop.state == State::Runs && !laptop.revoked
        };
        (0..self.laptops.len()).filter(counts).collect()
    }

    fn all_held(&self) -> Result<Vec<usize>, Breach> {
        let laptops = self.connected().into_iter().map(Node::laptop);
        let servers = (0..self.servers.len()).map(Node::server);
        let nodes: Vec<Node> = laptops.chain(servers).collect();
        nodes
            .into_iter()
            .map(|node| self.held(node).map(|held| held.len()))
            .collect()
    }

    fn nothing_costs_little(&mut self) -> Result<(), Breach> {
        for (at, server) in self.pairs() {
            let went = self.exchange(at, server)?;
            if went.bytes > NOTHING {
                let words = format!("{} took {} bytes.", Node::laptop(at), went.bytes);
                return Err(Breach::of(Law::CostsLittle, words));
            }
        }
        Ok(())
    }

    /// Who was revoked comes again, and is told so.
    fn the_blocked_stay_out(&mut self) -> Result<(), Breach> {
        for at in 0..self.laptops.len() {
            let laptop = &self.laptops[at];
            if laptop.revoked && laptop.state == State::Runs {
                for server in 0..self.servers.len() {
                    self.exchange(at, server)?;
                }
            }
        }
        Ok(())
    }

    /// One whole exchange on a good line.
    fn exchange(&mut self, at: usize, server: usize) -> Result<Went, Breach> {
        let began = self.counts.bytes;
        let mut went = Went {
            up_to_date: false,
            bytes: 0,
        };
        if !self.meet(at, server)? {
            return Ok(went);
        }
        for _ in 0..MESSAGES {
            let Some((number, bytes)) = self.next_message(at)? else {
                went.bytes = self.counts.bytes - began;
                went.up_to_date = self.finished(at);
                return Ok(went);
            };
            self.now += 300;
            let Some(answer) = self.ask(at, server, number, &bytes)? else {
                return Err(Breach::of(Law::Works, "A hub server did not answer."));
            };
            let life = self.servers[server].life;
            if !self.hear(at, server, life, &answer) {
                return Ok(went);
            }
        }
        let words = format!("{} does not come to an end.", Node::laptop(at));
        Err(Breach::of(Law::Settles, words))
    }
}
