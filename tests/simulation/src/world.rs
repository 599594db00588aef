//! One run: a service, a queue of what happens next, and the time.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use record::envelope::Envelope;
use record::id::{DeviceId, SiteId};
use record::log::EventLog;
use record::scope::Scope;
use sync::admitted::Admitted;
use sync::pace::Pace;

use crate::counts::Counts;
use crate::defect::Defect;
use crate::draft::Hand;
use crate::event::{Clock, Node, Timed};
use crate::journal::{Journal, Opened};
use crate::laptop::{Laptop, State, Stored};
use crate::law::{Breach, Law};
use crate::schedule::Schedule;
use crate::server::HubServer;
use crate::service::{Papers, Service};
use crate::stick::Stick;
use crate::truth::{Reader, Truth};
use crate::{Fault, Ran};

/// The most laptops of one run, copies and all.
pub(crate) const MOST_LAPTOPS: usize = 12;

/// The first laptops, which are at the hub site and enrolled for every site.
const AT_HUB_SITE: u8 = 2;

/// Everything there is.
pub(crate) struct World {
    pub(crate) service: Rc<Service>,
    pub(crate) laptops: Vec<Laptop>,
    pub(crate) servers: Vec<HubServer>,
    pub(crate) truth: Truth,
    pub(crate) counts: Counts,
    pub(crate) trace: Vec<String>,
    /// Milliseconds since the service began.
    pub(crate) now: u64,
    events: Vec<Timed>,
    queue: BTreeMap<(u64, u64), Happening>,
    opened: Opened,
    defect: Option<Defect>,
    /// Laptops enrolled so far, copies not counted.
    enrolled: u8,
    number: u64,
}

/// What comes next.
pub(crate) enum Happening {
    /// One of the schedule's events, by its place.
    Event(usize),
    /// A request reaches a hub server.
    Request(Letter),
    /// An answer reaches a laptop, from a hub server in this life.
    Answer(Letter, u32),
    /// A laptop has waited long enough.
    GiveUp(Letter),
    /// A machine is started again.
    Restart(Node),
    /// A stick is read.
    Arrives(usize, Stick),
    /// The hub servers' operator shuts a device out.
    Block(DeviceId),
}

/// A message on its way.
#[derive(Clone)]
pub(crate) struct Letter {
    pub(crate) laptop: usize,
    pub(crate) server: usize,
    pub(crate) talk: u64,
    pub(crate) request: u64,
    pub(crate) bytes: Vec<u8>,
    /// Whether somebody waits for the answer.
    pub(crate) answered: bool,
}

impl World {
    pub(crate) fn new(schedule: &Schedule, defect: Option<Defect>) -> Result<Self, Fault> {
        let shape = schedule.shape;
        let service = Rc::new(Service::new(schedule.seed, shape.spokes)?);
        let server = |_| HubServer::new(&service, defect);
        let events = schedule.events.iter().enumerate();
        let queue = events
            .map(|(place, timed)| ((timed.at * 1000, place as u64), Happening::Event(place)))
            .collect();
        let mut world = Self {
            servers: (0..shape.servers).map(server).collect(),
            service,
            laptops: Vec::new(),
            truth: Truth::default(),
            counts: Counts::default(),
            trace: Vec::new(),
            now: 0,
            events: schedule.events.clone(),
            queue,
            opened: Opened::default(),
            defect,
            enrolled: 0,
            number: 1_000_000,
        };
        for number in 0..shape.laptops {
            let spoke = number.saturating_sub(AT_HUB_SITE) % shape.spokes;
            world.enrol(spoke, number < AT_HUB_SITE)?;
        }
        world.open_doors();
        Ok(world)
    }

    fn open_doors(&mut self) {
        if self.defect == Some(Defect::ServesAnybody) {
            let widest = self.laptops.first().map(|one| one.admitted.clone());
            for server in &mut self.servers {
                server.serves_anybody.clone_from(&widest);
            }
        }
    }

    /// Certifies a laptop and gives it what the service scope holds.
    pub(crate) fn enrol(&mut self, spoke: u8, at_hub_site: bool) -> Result<(), Fault> {
        let spokes = &self.service.sites[1..];
        let one = spokes[usize::from(spoke) % spokes.len()];
        let sites: BTreeSet<SiteId> = if at_hub_site {
            self.service.sites.iter().copied().collect()
        } else {
            BTreeSet::from([one])
        };
        let papers = Rc::new(self.service.enrol(self.enrolled, sites)?);
        let laptop = self.laptop(self.enrolled, Rc::clone(&papers))?;
        let node = Node::laptop(self.laptops.len());
        self.laptops.push(laptop);
        self.enrolled += 1;
        let draft = self.laptops[0].enrolment(&papers, hand(&self.service, self.number, 0))?;
        self.keep(0, &draft)?;
        let of_service = self.laptops[0].stored.journal.held_in(Scope::Service);
        let last = self.laptops.len() - 1;
        self.laptops[last].stored.journal.append(&of_service)?;
        self.truth
            .promise(node, of_service.iter().map(Envelope::id));
        Ok(())
    }

    fn laptop(&self, identity: u8, papers: Rc<Papers>) -> Result<Laptop, Fault> {
        let (service, defect) = (&self.service, self.defect_at(identity));
        let opened = Rc::clone(&self.opened);
        let root = service.enrolled();
        Ok(Laptop {
            identity,
            admitted: Admitted::from_chain(&papers.chain, &root, service.hub_site())?,
            stored: Stored {
                journal: Journal::new(Rc::clone(service), opened, &papers, defect),
                told: BTreeMap::new(),
            },
            papers,
            backup: None,
            state: State::Runs,
            revoked: false,
            down_for: 0,
            cut_until: 0,
            wrong_by_years: 0,
            newer: 0,
            talk: None,
            pace: Pace::default(),
        })
    }

    /// A laptop that trusts too much is alone in that; the other defects are everybody's.
    fn defect_at(&self, identity: u8) -> Option<Defect> {
        self.defect
            .filter(|it| *it != Defect::TrustsTheRevoked || identity == 1)
    }

    /// Lets everything happen, heals, and looks at what is left.
    pub(crate) fn run(mut self) -> Ran {
        let ended = self.live();
        self.count_what_is_left();
        Ran {
            trace: self.trace,
            counts: self.counts,
            breach: ended.err(),
        }
    }

    fn live(&mut self) -> Result<(), Breach> {
        while let Some(((at, _), happening)) = self.queue.pop_first() {
            self.now = self.now.max(at);
            self.take(happening)?;
        }
        self.heal()?;
        self.judge()
    }

    fn take(&mut self, happening: Happening) -> Result<(), Breach> {
        match happening {
            Happening::Event(place) => {
                let event = self.events[place].event.clone();
                self.befall(event)
            }
            Happening::Request(letter) => self.arrives_at_server(&letter),
            Happening::Answer(letter, life) => self.arrives_at_laptop(&letter, life),
            Happening::GiveUp(letter) => self.gives_up(&letter),
            Happening::Restart(node) => self.restart(node),
            Happening::Arrives(laptop, stick) => self.read_stick(laptop, &stick),
            Happening::Block(device) => {
                self.say("the operator blocks a device");
                for server in &mut self.servers {
                    server.stored.blocked.insert(device);
                }
                Ok(())
            }
        }
    }

    /// Puts something off by so many milliseconds.
    pub(crate) fn after(&mut self, milliseconds: u64, happening: Happening) {
        let number = self.next_number();
        self.queue
            .insert((self.now + milliseconds, number), happening);
    }

    /// A number that nothing else has.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// Says something in the trace.
    pub(crate) fn say(&mut self, words: &str) {
        let line = format!("{} {words}", Clock(self.now / 1000));
        self.trace.push(line);
    }

    /// Everybody's scopes.
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        let sites = self.service.sites.iter().copied().map(Scope::Site);
        let all = [Scope::Service].into_iter().chain(sites);
        all.chain([Scope::Audit]).collect()
    }

    /// Who a laptop is to a reader of the list of sites.
    pub(crate) fn reader(&self, laptop: usize) -> Reader<'_> {
        let papers = &self.laptops[laptop].papers;
        Reader {
            device: papers.device,
            sites: &papers.sites,
            hub_site: self.service.hub_site(),
        }
    }

    /// Whose hand writes now.
    pub(crate) fn hand(&self) -> Hand<'_> {
        hand(&self.service, self.number, self.now / 1000)
    }
}

fn hand(service: &Service, number: u64, now: u64) -> Hand<'_> {
    Hand {
        service,
        number,
        now,
    }
}

/// Something broke down that may not.
pub(crate) fn broke(node: Node, fault: &dyn std::fmt::Display) -> Breach {
    Breach::of(Law::Works, format!("{node}: {fault}"))
}
