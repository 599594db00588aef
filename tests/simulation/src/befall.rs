//! What each event does.

use crate::disk::Fuse;
use crate::event::{Event, Fate, Node, What};
use crate::laptop::{Laptop, State};
use crate::law::Breach;
use crate::world::{Happening, MOST_LAPTOPS, World, broke};

const HOUR: u64 = 3_600_000;

impl World {
    /// Lets one event happen. One that makes no sense now, such as somebody typing at a laptop
    /// that is lost, does not happen and is not counted.
    pub(crate) fn befall(&mut self, event: Event) -> Result<(), Breach> {
        let (sort, words) = (event.sort(), event.to_string());
        let happens = match event {
            Event::Write {
                laptop,
                patient,
                slot,
                what,
            } => return self.write(self.any(laptop), patient, slot, what),
            Event::Exchange {
                laptop,
                server,
                rate,
                weather,
            } => {
                let fates: Vec<_> = weather.iter().filter_map(Fate::sort).collect();
                let begun = self.begin(self.any(laptop), self.any_server(server), rate, weather)?;
                if begun {
                    for sort in fates {
                        self.counts.add(sort);
                    }
                }
                begun
            }
            Event::Partition { laptop, hours } => {
                let now = self.now;
                let laptop = self.laptop_mut(laptop);
                laptop.cut_until = laptop.cut_until.max(now + u64::from(hours) * HOUR);
                true
            }
            Event::Crash {
                node,
                writes,
                kept,
                minutes,
            } => self.light(node, Fuse { writes, kept }, minutes),
            Event::Copy { laptop } => self.copy(self.any(laptop)),
            Event::Backup { node } => self.back_up(node),
            Event::PutBack { node } => self.put_back(node),
            Event::Lose { laptop } => self.lose(self.any(laptop)),
            Event::Carry {
                from,
                to,
                hours,
                damaged,
            } => self.carry(self.any(from), self.any(to), hours, damaged)?,
            Event::Revoke { laptop, minutes } => {
                return self.revoke(self.any(laptop), u64::from(minutes));
            }
            Event::Pry { laptop, server } => self.pry(self.any(laptop), self.any_server(server))?,
            Event::Join { spoke } => return self.join(spoke),
            Event::Clock { laptop, years } => {
                self.laptop_mut(laptop).wrong_by_years = years;
                true
            }
            Event::Program { laptop, newer } => {
                self.laptop_mut(laptop).newer = newer;
                true
            }
        };
        if happens {
            self.happened(sort, &words);
        }
        Ok(())
    }

    fn happened(&mut self, sort: &'static str, words: &str) {
        self.counts.add(sort);
        self.say(words);
    }

    fn any(&self, laptop: u8) -> usize {
        usize::from(laptop) % self.laptops.len()
    }

    fn any_server(&self, server: u8) -> usize {
        usize::from(server) % self.servers.len()
    }

    fn laptop_mut(&mut self, laptop: u8) -> &mut Laptop {
        let laptop = self.any(laptop);
        &mut self.laptops[laptop]
    }

    fn write(&mut self, at: usize, patient: u8, slot: u8, what: What) -> Result<(), Breach> {
        if self.laptops[at].state != State::Runs {
            return Ok(());
        }
        let node = Node::laptop(at);
        let draft = self.laptops[at].draft(what, patient, slot, self.hand());
        let Some(draft) = draft.map_err(|fault| broke(node, &fault))? else {
            return Ok(());
        };
        self.happened("writes", &format!("{node} writes {what}"));
        self.keep(at, &draft)
    }

    fn light(&mut self, node: Node, fuse: Fuse, minutes: u16) -> bool {
        match node {
            Node::Laptop(number) => {
                let laptop = self.laptop_mut(number);
                laptop.down_for = minutes;
                laptop.stored.journal.disk.light(Some(fuse));
                laptop.state == State::Runs
            }
            Node::Server(number) => {
                let server = self.any_server(number);
                let server = &mut self.servers[server];
                server.down_for = minutes;
                server.stored.disk.light(Some(fuse));
                server.state == State::Runs
            }
        }
    }

    fn copy(&mut self, from: usize) -> bool {
        let laptop = &self.laptops[from];
        if laptop.state != State::Runs || self.laptops.len() >= MOST_LAPTOPS {
            return false;
        }
        let copy = laptop.copied();
        let (from, to) = (Node::laptop(from), Node::laptop(self.laptops.len()));
        self.laptops.push(copy);
        self.truth.copy(from, to);
        self.say(&format!("{to} is a copy of {from}"));
        true
    }

    fn back_up(&mut self, node: Node) -> bool {
        let node = self.fitting(node);
        let done = match node {
            Node::Laptop(number) => self.laptops[usize::from(number)].back_up(),
            Node::Server(number) => self.servers[usize::from(number)].back_up(),
        };
        if done {
            self.truth.back_up(node);
        }
        done
    }

    fn put_back(&mut self, node: Node) -> bool {
        let node = self.fitting(node);
        let done = match node {
            Node::Laptop(number) => self.laptops[usize::from(number)].put_back(),
            Node::Server(number) => self.servers[usize::from(number)].put_back(),
        };
        if done {
            self.truth.put_back(node);
        }
        done
    }

    fn fitting(&self, node: Node) -> Node {
        match node {
            Node::Laptop(number) => Node::laptop(self.any(number)),
            Node::Server(number) => {
                Node::Server(u8::try_from(self.any_server(number)).unwrap_or(0))
            }
        }
    }

    /// Every laptop but the first, on which the administrator's key is, can be lost.
    fn lose(&mut self, at: usize) -> bool {
        if at == 0 || self.laptops[at].state == State::Lost || self.in_use() <= 3 {
            return false;
        }
        let laptop = &mut self.laptops[at];
        (laptop.state, laptop.talk) = (State::Lost, None);
        let node = Node::laptop(at);
        self.truth.lose(node);
        true
    }

    /// How many laptops still count.
    fn in_use(&self) -> usize {
        let counts = |one: &&Laptop| one.state != State::Lost && !one.revoked;
        self.laptops.iter().filter(counts).count()
    }

    fn revoke(&mut self, at: usize, minutes: u64) -> Result<(), Breach> {
        let (laptop, first) = (&self.laptops[at], &self.laptops[0]);
        let ends = laptop.identity != 0 && !laptop.revoked && first.state == State::Runs;
        if !ends || self.in_use() <= 3 {
            return Ok(());
        }
        let (identity, device) = (laptop.identity, laptop.papers.device);
        let draft = first.revocation(&laptop.papers, self.hand());
        let draft = draft.map_err(|fault| broke(Node::Laptop(0), &fault))?;
        let words = format!("{} is revoked", Node::laptop(at));
        self.happened("revocations", &words);
        let same = |one: &&mut Laptop| one.identity == identity;
        self.laptops
            .iter_mut()
            .filter(same)
            .for_each(|one| one.revoked = true);
        self.after(minutes * 60_000, Happening::Block(device));
        self.keep(0, &draft)
    }

    fn join(&mut self, spoke: u8) -> Result<(), Breach> {
        if self.laptops[0].state != State::Runs || self.laptops.len() >= MOST_LAPTOPS {
            return Ok(());
        }
        // Whoever enrols waits for the end: no crash in the midst of it.
        self.laptops[0].stored.journal.disk.light(None);
        let node = Node::laptop(self.laptops.len());
        self.happened("enrolments", &format!("{node} is enrolled"));
        self.enrol(spoke, false)
            .map_err(|fault| broke(node, &fault))
    }
}
