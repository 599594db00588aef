//! A hub and a spoke: two laptops, each with its record, its people and its own talk with the hub
//! server on a thread of its own, as the window has it.

use std::path::Path;
use std::time::{Duration, Instant};

use clinic::view::{RecoverySheetView, SyncState};
use clinic::{Desk, line};
use testkit::cable::{Service, Talking, join, name};
use testkit::{HubServer, Laptop};

/// How long anything may take before a test gives up. No promise: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(90);

/// A desk that is shared with the talk, and looked at until something is so.
#[derive(Clone)]
pub(crate) struct Shared(Talking);

impl Shared {
    pub(crate) fn new(desk: Desk) -> Self {
        Self(Talking::new(desk))
    }

    pub(crate) fn does<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        self.0.does(work)
    }

    /// Looks, and does nothing.
    pub(crate) fn lend_now<T>(&self, look: impl FnOnce(&mut Desk) -> T) -> T {
        self.0.look(look)
    }

    /// Looks, as a person does, until it is so. Gives how long it took.
    pub(crate) fn until(&self, what: &str, mut so: impl FnMut(&mut Desk) -> bool) -> Duration {
        let since = Instant::now();
        while !self.0.look(&mut so) {
            assert!(since.elapsed() < PATIENCE, "{what}: {:?}", self.chip());
            std::thread::sleep(Duration::from_millis(10));
        }
        since.elapsed()
    }

    pub(crate) fn chip(&self) -> String {
        self.0.look(|desk| line::sync_chip(desk).unwrap().words)
    }

    pub(crate) fn until_up_to_date(&self) -> Duration {
        self.until("up to date", |desk| {
            line::sync_chip(desk).unwrap().state == SyncState::UpToDate
        })
    }
}

/// Two laptops of one service.
pub(crate) struct Clinic {
    pub(crate) hub: Shared,
    pub(crate) spoke: Shared,
    pub(crate) server: HubServer,
    /// The recovery sheet of the hub's laptop, and the six words on it.
    pub(crate) sheet: Sheet,
}

/// What stands on a recovery sheet.
#[derive(Clone)]
pub(crate) struct Sheet {
    pub(crate) code: String,
    pub(crate) words: String,
}

pub(crate) fn confirm(desk: &mut Desk, sheet: &RecoverySheetView) -> String {
    testkit::victim::confirm(desk, sheet).unwrap()
}

impl Clinic {
    /// A service that is set up at its hub, with a spoke whose laptop has joined. The cable is in.
    pub(crate) fn open(folder: &Path) -> Self {
        let (at_hub, at_spoke) = (folder.join("a"), folder.join("b"));
        std::fs::create_dir_all(&at_hub).unwrap();
        std::fs::create_dir_all(&at_spoke).unwrap();
        let (mut hub, _) = Laptop::at(&at_hub).unwrap().desk(1).unwrap();
        let (mut spoke, _) = Laptop::at(&at_spoke).unwrap().desk(2).unwrap();
        let service = Service::found(&mut hub, folder).unwrap();
        let at = folder.join("server");
        let mut server = HubServer::init(&at, &service.set_up).unwrap();
        server.start().unwrap();
        name(&mut hub, &server.address(), server.pin()).unwrap();
        join(&mut hub, &mut spoke, &service.spoke, folder).unwrap();
        Self {
            hub: Shared::new(hub),
            spoke: Shared::new(spoke),
            server,
            sheet: Sheet {
                code: service.sheet,
                words: service.words,
            },
        }
    }
}
