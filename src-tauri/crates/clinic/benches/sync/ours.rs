//! A laptop sends a clinic to a hub server, and a second one fetches it.

use std::fs;
use std::path::{Path, PathBuf};

use clinic::view::HubServerForm;
use clinic::{Desk, line};

use crate::Outcome;
use crate::asked::Asked;
use crate::cost::Cost;
use crate::desk::desk;
use crate::documents;
use crate::generate::{Clinic, EVEN, opened};
use crate::joining::{copy_all, join, unlocked};
use crate::laptop;
use crate::proxy::Proxy;
use crate::server::Server;

/// Small exchanges that are measured; the figure is their median.
pub(crate) const SMALL: usize = 9;

/// What it cost to move a record.
pub(crate) struct Moved {
    pub(crate) entries: usize,
    pub(crate) pushed: Cost,
    pub(crate) pulled: Cost,
    pub(crate) small: Small,
}

/// What exchanges cost that have next to nothing to say.
pub(crate) struct Small {
    /// Nothing, on a connection that stands.
    pub(crate) nothing: Cost,
    /// One entry, on a connection that stands.
    pub(crate) one: Cost,
}

/// What a record costs that has been sent.
pub(crate) struct Kept {
    pub(crate) small: Small,
    /// Nothing, from the first packet of the connection to its last.
    pub(crate) fresh: Cost,
}

/// A hub server, a proxy before it, and a laptop with a clinic in its record.
struct Wheel {
    scratch: PathBuf,
    proxy: Proxy,
    _server: Server,
}

impl Drop for Wheel {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.scratch);
    }
}

impl Wheel {
    /// The clinic is left as it was made: the laptop gets a copy.
    fn of(clinic: &Clinic) -> Outcome<Self> {
        let scratch = clinic.folder.with_extension("sync");
        let _ = fs::remove_dir_all(&scratch);
        let first = scratch.join("first");
        copy_all(&clinic.folder, &first)?;
        let mut desk = unlocked(&first)?;
        let set_up = line::save_hub_set_up(&mut desk, scratch.display().to_string())?;
        let (server, pin) = Server::hub(&scratch.join("hub"), &set_up.path)?;
        let proxy = Proxy::before(server.address)?;
        let address = proxy.address().to_string();
        line::save_hub_server(&mut desk, HubServerForm { address, pin })?;
        drop(desk);
        let service = opened(&first)?.identity.service;
        fs::write(first.join("service"), service.to_string())?;
        Ok(Self {
            scratch,
            proxy,
            _server: server,
        })
    }

    fn first(&self) -> PathBuf {
        self.scratch.join("first")
    }

    /// A second laptop is enrolled by the first.
    fn join_second(&self) -> Outcome<PathBuf> {
        let second = self.scratch.join("second");
        fs::create_dir_all(&second)?;
        let mut own: Desk = unlocked(&self.first())?;
        let mut new = desk(&second);
        let staff = join(&mut own, &mut new, &self.scratch)?;
        fs::write(second.join("staff"), staff)?;
        fs::copy(self.first().join("service"), second.join("service"))?;
        Ok(second)
    }

    fn cost(&self, laptop: &mut Asked, what: &str) -> Outcome<Cost> {
        Cost::of(laptop, what, &self.proxy)
    }

    /// Nothing and next to nothing, once nobody has anything more to say.
    fn small(&self, laptop: &mut Asked) -> Outcome<Small> {
        laptop.ask("open")?;
        laptop.ask("exchange")?;
        let nothing = median_of(|| self.cost(laptop, "exchange"))?;
        let one = median_of(|| {
            laptop.ask("write")?;
            self.cost(laptop, "exchange")
        })?;
        Ok(Small { nothing, one })
    }
}

/// Sends a clinic, fetches it at a second laptop, and sends next to nothing.
pub(crate) fn moved(clinic: &Clinic) -> Outcome<Moved> {
    let wheel = Wheel::of(clinic)?;
    let second = wheel.join_second()?;
    let mut first = laptop::start(&wheel.first())?;
    let pushed = wheel.cost(&mut first, "sync")?;
    let mut other = laptop::start(&second)?;
    let pulled = wheel.cost(&mut other, "sync")?;
    drop(other);
    let entries = arrived(&second, clinic)?;
    let small = wheel.small(&mut first)?;
    Ok(Moved {
        entries,
        pushed,
        pulled,
        small,
    })
}

/// Sends a clinic, and then next to nothing.
pub(crate) fn kept(clinic: &Clinic) -> Outcome<Kept> {
    let wheel = Wheel::of(clinic)?;
    let mut first = laptop::start(&wheel.first())?;
    // What is written at the end of an exchange goes with the next.
    first.ask("sync")?;
    first.ask("sync")?;
    let fresh = median_of(|| wheel.cost(&mut first, "sync"))?;
    let small = wheel.small(&mut first)?;
    Ok(Kept { small, fresh })
}

fn median_of(mut ask: impl FnMut() -> Outcome<Cost>) -> Outcome<Cost> {
    let all: Outcome<Vec<Cost>> = (0..SMALL).map(|_| ask()).collect();
    Ok(Cost::median(&all?))
}

/// The entries on patients at the second laptop, which have to be all.
fn arrived(second: &Path, clinic: &Clinic) -> Outcome<usize> {
    let entries: usize = documents::saved(&opened(second)?)?
        .iter()
        .map(|saved| saved.entries.len())
        .sum();
    if entries == clinic.patients * EVEN {
        Ok(entries)
    } else {
        Err(format!("only {entries} entries arrived").into())
    }
}
