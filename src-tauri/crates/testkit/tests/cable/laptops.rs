//! A hub and a spoke: two laptops, each with its record, its people and its own talk with the hub
//! server on a thread of its own, as the window has it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clinic::line::{Bell, Lend, Told};
use clinic::view::{
    ApproveForm, FinishJoiningForm, HubServerForm, JoinForm, RecoverySheetView, SetUpForm,
    SiteForm, StaffChangeForm, Status, SyncState,
};
use clinic::{Desk, door, enrol, line, sites, staff};
use testkit::{HubServer, Laptop, PASSPHRASE};

/// How long anything may take before a test gives up. No promise: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(90);

/// A desk that is shared with the talk, as the shell shares it.
#[derive(Clone)]
pub(crate) struct Shared {
    desk: Arc<Mutex<Desk>>,
    bell: Bell,
}

impl Lend for Shared {
    fn lend<T>(&self, step: impl FnOnce(&mut Desk) -> T) -> T {
        step(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Shared {
    pub(crate) fn new(desk: Desk) -> Self {
        let shared = Self {
            desk: Arc::new(Mutex::new(desk)),
            bell: Bell::default(),
        };
        let talks = shared.clone();
        std::thread::spawn(move || line::keep(&talks, &talks.bell, |_: Told| ()));
        shared
    }

    /// A use case, as a command of the window does it.
    pub(crate) fn does<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let done = self.lend(|desk| {
            desk.turn();
            work(desk)
        });
        self.bell.ring();
        done
    }

    /// Looks, and does nothing.
    pub(crate) fn lend_now<T>(&self, look: impl FnOnce(&mut Desk) -> T) -> T {
        self.lend(look)
    }

    /// Looks, as a person does, until it is so. Gives how long it took.
    pub(crate) fn until(&self, what: &str, mut so: impl FnMut(&mut Desk) -> bool) -> Duration {
        let since = Instant::now();
        while !self.lend(&mut so) {
            assert!(since.elapsed() < PATIENCE, "{what}: {:?}", self.chip());
            std::thread::sleep(Duration::from_millis(10));
        }
        since.elapsed()
    }

    pub(crate) fn chip(&self) -> String {
        self.lend(|desk| line::sync_chip(desk).unwrap().words)
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

impl Clinic {
    /// A service that is set up at its hub, with a spoke whose laptop has joined. The cable is in.
    pub(crate) fn open(folder: &Path) -> Self {
        let (at_hub, at_spoke) = (folder.join("a"), folder.join("b"));
        std::fs::create_dir_all(&at_hub).unwrap();
        std::fs::create_dir_all(&at_spoke).unwrap();
        let (mut hub, _) = Laptop::at(&at_hub).unwrap().desk(1).unwrap();
        let (mut spoke, _) = Laptop::at(&at_spoke).unwrap().desk(2).unwrap();
        let (site, sheet) = set_up(&mut hub);
        let set_up = line::save_hub_set_up(&mut hub, folder.display().to_string()).unwrap();
        let mut server = HubServer::init(&folder.join("server"), &set_up.path).unwrap();
        server.start().unwrap();
        name(&mut hub, &server);
        join(&mut hub, &mut spoke, &site, folder);
        Self {
            hub: Shared::new(hub),
            spoke: Shared::new(spoke),
            server,
            sheet: Sheet {
                code: sheet.code.join(" "),
                words: set_up.six_words,
            },
        }
    }
}

/// The service, its hub, and one spoke. Gives the spoke and the recovery sheet.
fn set_up(desk: &mut Desk) -> (String, RecoverySheetView) {
    let form = SetUpForm {
        service: "Fernbank Pain Service".into(),
        site: "Fernbank Hub".into(),
        hub: true,
        name: "Ama Osei".into(),
        role: "consultant".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    let sheet = door::set_up(desk, form).unwrap();
    let session = confirm(desk, &sheet);
    let form = SiteForm {
        name: "Rowan Spoke".into(),
        own_passphrase: PASSPHRASE.into(),
    };
    let opened = sites::open_site(desk, form).unwrap();
    let all: Vec<String> = opened.sites.iter().map(|site| site.id.clone()).collect();
    let spoke = opened.sites.iter().find(|site| site.name == "Rowan Spoke");
    let spoke = spoke.unwrap().id.clone();
    let both = StaffChangeForm {
        role: "consultant".into(),
        sites: all,
        own_passphrase: PASSPHRASE.into(),
    };
    staff::change_colleague(desk, session, both).unwrap();
    (spoke, sheet)
}

pub(crate) fn confirm(desk: &mut Desk, sheet: &RecoverySheetView) -> String {
    let [first, second] = sheet.confirm.map(|group| {
        let group = usize::try_from(group).unwrap();
        sheet.code[group - 1].clone()
    });
    door::confirm_sheet(desk, first, second).unwrap().staff
}

fn name(desk: &mut Desk, server: &HubServer) {
    let form = HubServerForm {
        address: server.address(),
        pin: server.pin().to_owned(),
    };
    line::save_hub_server(desk, form).unwrap();
}

/// A nurse's laptop joins at the spoke: asked there, approved at the hub, the words compared.
pub(crate) fn join(hub: &mut Desk, spoke: &mut Desk, site: &str, folder: &Path) {
    let form = JoinForm {
        name: "Ada Quist".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    let Status::Joining(joining) = enrol::begin_joining(spoke, form).unwrap() else {
        panic!("the laptop does not wait for an answer");
    };
    let form = ApproveForm {
        request: joining.text,
        words: joining.words.join(" "),
        role: "nurse".into(),
        sites: vec![site.to_owned()],
        home: site.to_owned(),
        colleague: String::new(),
        own_passphrase: PASSPHRASE.into(),
        folder: folder.display().to_string(),
    };
    let approved = enrol::approve_joining(hub, form).unwrap();
    let form = FinishJoiningForm {
        answer: approved.path,
        words: approved.words.join(" "),
        passphrase: PASSPHRASE.into(),
    };
    let sheet = enrol::finish_joining(spoke, form).unwrap();
    confirm(spoke, &sheet);
}
