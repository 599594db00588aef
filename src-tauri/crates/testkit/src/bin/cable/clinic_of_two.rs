//! Two laptops of one service and their hub server, each to be started as a program of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use store::Opened;
use tempfile::TempDir;
use testkit::cable::{Host, Hosts, Service, join, name};
use testkit::{Fault, HubServer, Laptop, PASSPHRASE};

use crate::program::Program;
use crate::tells::{Carries, Does, Order, Tells};

/// How long anything may take before a run gives up. No promise: the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

pub(crate) type Desk = Program<Does, Tells>;
pub(crate) type Link = Program<Order, Carries>;

impl Link {
    /// Tells it what to be like, and waits until it is.
    pub(crate) fn order(&mut self, order: Order) -> Result<(), Fault> {
        self.say(&order)?;
        self.until("an order", PATIENCE, |told| {
            (told == Carries::Done).then_some(())
        })
    }
}

impl Desk {
    /// Waits until its app bar says that both sides hold the same.
    pub(crate) fn until_up_to_date(&self, patience: Duration) -> Result<(), Fault> {
        let is_so = |told: &Tells| {
            matches!(
                told,
                Tells::Chip {
                    up_to_date: true,
                    ..
                }
            )
        };
        self.until("up to date", patience, |told| is_so(&told).then_some(()))
    }
}

/// Which laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Hub,
    Spoke,
}

pub(crate) struct Clinic {
    pub(crate) hosts: Arc<Hosts>,
    pub(crate) server: HubServer,
    folder: TempDir,
    link_at: SocketAddr,
    consultant: String,
    nurse: String,
    seed: u64,
    /// Programs that were started: none has the randomness of another.
    starts: u64,
}

impl Clinic {
    /// Sets a service up with a hub and a spoke. The spoke reaches the hub server over the link only.
    pub(crate) fn open(hosts: Hosts, store: Option<&str>, seed: u64) -> Result<Self, Fault> {
        let (hosts, folder) = (Arc::new(hosts), tempfile::tempdir()?);
        let at = |side: &str| -> Result<Laptop, Fault> {
            let at = folder.path().join(side);
            std::fs::create_dir_all(&at)?;
            Laptop::at(&at)
        };
        let (mut hub, _) = at("hub")?.desk(seed.wrapping_mul(1_000_003))?;
        let (mut spoke, _) = at("spoke")?.desk(seed.wrapping_mul(1_000_003) + 1)?;
        let service = Service::found(&mut hub, folder.path())?;
        let kept = folder.path().join("server");
        let server = HubServer::init_on(&hosts, &kept, &service.set_up, store)?;
        let link_at = hosts.address(Host::Link)?;
        name(&mut hub, &link_at.to_string(), server.pin())?;
        let nurse = join(&mut hub, &mut spoke, &service.spoke, folder.path())?;
        // The hub is where the hub server is: no link lies between.
        name(&mut hub, &server.address(), server.pin())?;
        Ok(Self {
            hosts,
            server,
            folder,
            link_at,
            consultant: service.staff,
            nurse,
            seed,
            starts: 1,
        })
    }

    pub(crate) fn laptop(&self, side: Side) -> Result<Laptop, Fault> {
        Laptop::at(&self.folder_of(side))
    }

    fn folder_of(&self, side: Side) -> PathBuf {
        self.folder.path().join(match side {
            Side::Hub => "hub",
            Side::Spoke => "spoke",
        })
    }

    pub(crate) fn staff(&self, side: Side) -> &str {
        match side {
            Side::Hub => &self.consultant,
            Side::Spoke => &self.nurse,
        }
    }

    /// A seed that nothing else was started with.
    pub(crate) fn fresh_seed(&mut self) -> u64 {
        self.starts += 1;
        self.seed.wrapping_mul(1_000_003) + self.starts
    }

    /// Starts the link, which carries freely until it is told otherwise.
    pub(crate) fn link(&self, faster: u32) -> Result<Link, Fault> {
        let mut command = self.hosts.command(Host::Link, &std::env::current_exe()?);
        command
            .args(["link", &self.link_at.to_string()])
            .arg(self.server.address())
            .args([self.seed.to_string(), faster.to_string()]);
        let link: Link = Program::start("the link", command)?;
        link.until("it lies", PATIENCE, |told| {
            (told == Carries::Ready).then_some(())
        })?;
        Ok(link)
    }

    /// Starts a laptop and unlocks it.
    pub(crate) fn desk(&mut self, side: Side) -> Result<Desk, Fault> {
        let seed = self.fresh_seed().to_string();
        let (host, called) = match side {
            Side::Hub => (Host::Hub, "the laptop at the hub"),
            Side::Spoke => (Host::Spoke, "the laptop at the spoke"),
        };
        let mut command = self.hosts.command(host, &std::env::current_exe()?);
        command
            .arg("desk")
            .arg(self.folder_of(side))
            .args([self.staff(side), &seed]);
        let desk: Desk = Program::start(called, command)?;
        desk.until("it unlocks", PATIENCE, |told| {
            (told == Tells::Ready).then_some(())
        })?;
        Ok(desk)
    }

    /// The record of a laptop that nobody is at.
    pub(crate) fn record(&self, side: Side) -> Result<Opened, Fault> {
        let laptop = self.laptop(side)?;
        let (place, keyring) = (laptop.place(), laptop.keyring());
        let now = laptop.desk(0)?.1.now().at();
        let staff = self.staff(side).parse()?;
        Ok(store::unlock(&place, &keyring, staff, PASSPHRASE, now)?)
    }
}
