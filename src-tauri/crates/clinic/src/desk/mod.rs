//! One device with one person at it: what every use case is given.

mod again;
mod away;
mod here;
mod known;
mod pin;
mod proofs;
mod reading;
mod typed;
mod unseen;
mod whole;
mod writing;

pub(crate) use away::{AtLock, Away};
pub use here::desk_here;
pub(crate) use known::Known;
pub(crate) use pin::{Pin, PinAnswer, check_pin};
pub(crate) use reading::Shown;
pub(crate) use writing::{Along, Line, Said, Sign};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use record::certificate::Authorities;
use record::envelope::Stream;
use record::id::{PatientId, SiteId, StaffId};
use record::moment::Moment;
use record::role::Role;
use store::{DeviceSecrets, Opened, Place, RecoverySheet, StaffTile};

use crate::adoption::InService;
use crate::refusal::Refusal;

/// Time and randomness, from outside.
pub trait Surroundings: Send {
    /// The time the device claims.
    fn now(&self) -> Moment;
    /// Fills with random bytes from the operating system.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// One device with one person at it.
///
/// Every use case is a function on a desk. While nobody has unlocked it, all but those of the door
/// refuse. Dropping a desk drops the keys.
pub struct Desk {
    pub(crate) place: Place,
    pub(crate) secrets: Box<dyn DeviceSecrets + Send + Sync>,
    pub(crate) around: Box<dyn Surroundings>,
    pub(crate) sitting: Option<Sitting>,
    pub(crate) program: Program,
    /// What is left of the keys while nobody is at work.
    pub(crate) away: Away,
    /// Whether what is done now is a step of an exchange that goes on while the screen is locked.
    pub(crate) at_lock: AtLock,
    /// When it was last looked whether it is time to lock.
    pub(crate) watched: Option<jiff::Timestamp>,
    /// Backups that are asked for, under way, or not written down yet.
    pub(crate) backing: crate::backups::Backing,
    /// How the line to the hub server stands.
    pub(crate) line: crate::line::Line,
}

/// What a desk must know of the program it runs in.
#[derive(Debug, Clone)]
pub struct Program {
    /// Version shown in the about box.
    pub version: String,
    /// The folder of the demo clinic; the person at first run may choose to look round it.
    pub demo: Option<std::path::PathBuf>,
    /// A cheaper passphrase stretch for the demo and for tests; the real one otherwise.
    pub stretch: store::Stretch,
}

/// An unlocked desk.
pub(crate) struct Sitting {
    pub(crate) opened: Opened,
    /// The site the person is working at: new patients belong to it.
    pub(crate) at: SiteId,
    /// When the person sat down.
    pub(crate) since: jiff::Timestamp,
    /// The last key or click, for the idle lock.
    pub(crate) last_seen: jiff::Timestamp,
    /// The patient on screen, with what was read of them.
    pub(crate) shown: Option<reading::Shown>,
    /// What the screen does not have yet of whoever is on it.
    pub(crate) unseen: Option<unseen::Unseen>,
    /// Whose record the person has opened in this sitting.
    pub(crate) viewed: BTreeSet<PatientId>,
    /// Lists of patients were on the screen in this sitting.
    pub(crate) listed: bool,
    /// The audit trail was opened in this sitting: all of it, or a patient's part.
    pub(crate) audited: BTreeSet<Option<PatientId>>,
    /// Everybody on this laptop, once somebody asked.
    pub(crate) colleagues: OnceLock<Vec<StaffTile>>,
    /// Which records belong together and whose content is gone, once somebody asked.
    pub(crate) known: Option<std::sync::Arc<Known>>,
    /// Which erasures the hub server was last told of in this sitting.
    pub(crate) told: Option<sync::exchange::Agreed>,
    /// The instrument packs of the service, once somebody asked.
    pub(crate) packs: Option<std::sync::Arc<crate::instruments::Packs>>,
    /// How this site's waits are counted and whether it said so, once somebody asked.
    pub(crate) clock: OnceLock<(record::clock::Configuration, bool)>,
    /// What the service has adopted, once somebody asked.
    pub(crate) in_service: OnceLock<Arc<InService>>,
    /// How many pairs of records may be of one person, and how far the record was when they were
    /// counted: at a hub of many sites that takes longer than the rest of the worklist.
    pub(crate) duplicates: Option<(u64, u32)>,
    /// The contents whose review the person has read in this sitting, with its digest.
    pub(crate) reviewed: BTreeMap<String, String>,
    /// Certificates and revocations, once somebody asked.
    pub(crate) authorities: OnceLock<Authorities>,
    /// Where streams fork, once somebody asked.
    pub(crate) forks: OnceLock<BTreeMap<Stream, u64>>,
    /// A recovery sheet that nobody has confirmed yet.
    pub(crate) sheet: Option<RecoverySheet>,
    /// A document on its way in.
    pub(crate) attaching: Option<crate::documents::Attaching>,
    /// The document that the window may read.
    pub(crate) on_screen: Option<crate::documents::OnScreen>,
    /// What signs in the place of the passphrase, once the person has set it.
    pub(crate) pin: Option<Pin>,
    /// Whose records have drafts that cannot be read, and how many.
    pub(crate) unread: BTreeMap<PatientId, usize>,
    /// The review session that is under way, once somebody asked.
    pub(crate) review: Option<crate::review::Review>,
    /// A bundle that is being read.
    pub(crate) bundle: Option<Box<crate::bundles::Reading>>,
}

impl Desk {
    /// A locked desk over the files of one place.
    pub fn new(
        place: Place,
        secrets: Box<dyn DeviceSecrets + Send + Sync>,
        around: Box<dyn Surroundings>,
        program: Program,
    ) -> Self {
        Self {
            place,
            secrets,
            around,
            sitting: None,
            program,
            away: Away::default(),
            at_lock: AtLock::default(),
            watched: None,
            backing: crate::backups::Backing::default(),
            line: crate::line::Line::default(),
        }
    }

    /// Somebody has unlocked and sits down.
    pub(crate) fn sit(&mut self, mut opened: Opened, sheet: Option<RecoverySheet>) {
        if let Away::Locked { leave, .. } = std::mem::take(&mut self.away)
            && leave.is_held()
        {
            opened.go_on_under(leave);
        }
        let (at, last_seen) = (opened.identity.site, self.now().at());
        self.sitting = Some(Sitting {
            opened,
            at,
            since: last_seen,
            last_seen,
            shown: None,
            unseen: None,
            viewed: BTreeSet::new(),
            listed: false,
            audited: BTreeSet::new(),
            colleagues: OnceLock::new(),
            known: None,
            told: None,
            packs: None,
            duplicates: None,
            in_service: OnceLock::new(),
            reviewed: BTreeMap::new(),
            clock: OnceLock::new(),
            authorities: OnceLock::new(),
            forks: OnceLock::new(),
            sheet,
            attaching: None,
            on_screen: None,
            pin: None,
            unread: BTreeMap::new(),
            review: None,
            bundle: None,
        });
    }

    /// The time the device claims.
    pub(crate) fn now(&self) -> Moment {
        self.around.now()
    }

    /// Today at the desk.
    pub(crate) fn today(&self) -> Date {
        self.now().local().date()
    }

    /// A time as this desk's clock would have shown it.
    pub(crate) fn local(&self, at: jiff::Timestamp) -> jiff::civil::DateTime {
        Moment::new(at, self.now().offset_seconds())
            .map_or_else(|_| self.now().local(), |moment| moment.local())
    }

    /// Random bytes.
    pub(crate) fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.around.fill(&mut bytes);
        bytes
    }

    /// Who is at work, or "locked".
    pub(crate) fn sitting(&self) -> Result<&Sitting, Refusal> {
        self.sitting.as_ref().ok_or(Refusal::Locked)
    }

    /// The same, to change it.
    pub(crate) fn sitting_mut(&mut self) -> Result<&mut Sitting, Refusal> {
        self.sitting.as_mut().ok_or(Refusal::Locked)
    }

    /// The role of the person at work, as their certificate says. The key file's stands in for it
    /// on the screen until they have one.
    pub(crate) fn role(&self) -> Result<Role, Refusal> {
        let sitting = self.sitting()?;
        Ok(sitting.me()?.map_or(sitting.opened.role, |me| me.role))
    }

    /// The person at work.
    pub(crate) fn staff(&self) -> Result<StaffId, Refusal> {
        Ok(self.sitting()?.opened.staff)
    }
}

/// A patient id from the screen.
pub(crate) fn patient_id(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound("That patient"))
}

/// An assessment id from the screen.
pub(crate) fn item_id(text: &str) -> Result<record::id::ItemId, Refusal> {
    text.parse()
        .map_err(|_| Refusal::NotFound("That assessment"))
}
