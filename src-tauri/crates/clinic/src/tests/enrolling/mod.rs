//! A second laptop joins: asked, approved and taken on two desks, each with its own record.

mod attacks;
mod keys;

use record::envelope::Envelope;
use record::patient_key::PatientKey;
use record::scope::{Scope, Subject};
use store::KeyHolder;

use super::Room;
use super::room::PASSPHRASE;
use crate::refusal::Refusal;
use crate::view::{
    ApproveForm, Approved, FinishJoiningForm, JoinForm, SiteForm, StaffChangeForm, Status,
};
use crate::{door, enrol, sites, staff};

/// The first laptop of a service, with a hub site and one spoke, and a laptop that is blank.
pub(super) struct Two {
    pub(super) hub: Room,
    pub(super) spoke: Room,
    /// The site that the blank laptop is to stand at.
    pub(super) site: String,
}

/// The form of somebody who was read the six words of an answer.
fn taking(approved: &Approved) -> FinishJoiningForm {
    FinishJoiningForm {
        answer: approved.path.clone(),
        words: approved.words.join(", ").to_uppercase(),
        passphrase: PASSPHRASE.into(),
    }
}

impl Two {
    pub(super) fn new() -> Self {
        Self::of(Room::live_hub(), Room::empty(7))
    }

    fn of(mut hub: Room, spoke: Room) -> Self {
        let form = SiteForm {
            name: "Rowan Spoke".into(),
            own_passphrase: PASSPHRASE.into(),
        };
        let opened = sites::open_site(&mut hub.desk, form).unwrap();
        let site = opened.sites.iter().find(|it| it.name == "Rowan Spoke");
        let site = site.unwrap().id.clone();
        let own = hub.desk.sitting().unwrap().opened.identity.site;
        let osei = hub.osei.clone();
        let both = StaffChangeForm {
            role: "consultant".into(),
            sites: vec![site.clone(), own.to_string()],
            own_passphrase: PASSPHRASE.into(),
        };
        staff::change_colleague(&mut hub.desk, osei, both).unwrap();
        Self { hub, spoke, site }
    }

    /// Both laptops are in use: Ada Quist, a nurse, has joined at the spoke.
    pub(super) fn joined() -> Self {
        let mut two = Self::new();
        two.join();
        two
    }

    fn join(&mut self) {
        self.ask();
        let approved = self.approve(&self.approval()).unwrap();
        self.finish(&taking(&approved)).unwrap();
    }

    pub(super) fn ask(&mut self) -> crate::view::Joining {
        let form = JoinForm {
            name: "Ada Quist".into(),
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            use_keyring: true,
            read_intended_use: true,
        };
        match enrol::begin_joining(&mut self.spoke.desk, form).unwrap() {
            Status::Joining(joining) => joining,
            other => panic!("{other:?}"),
        }
    }

    fn waiting(&self) -> crate::view::Joining {
        let request = store::joining(&self.spoke.desk.place).unwrap().unwrap();
        enrol::waiting(&self.spoke.desk, &request)
    }

    /// What a careful administrator fills in.
    pub(super) fn approval(&self) -> ApproveForm {
        let joining = self.waiting();
        ApproveForm {
            request: joining.text,
            words: joining.words.join(" "),
            role: "nurse".into(),
            sites: vec![self.site.clone()],
            home: self.site.clone(),
            colleague: String::new(),
            own_passphrase: PASSPHRASE.into(),
            folder: self.hub.folder().display().to_string(),
        }
    }

    pub(super) fn approve(&mut self, form: &ApproveForm) -> Result<Approved, Refusal> {
        enrol::approve_joining(&mut self.hub.desk, form.clone())
    }

    pub(super) fn finish(&mut self, form: &FinishJoiningForm) -> Result<(), Refusal> {
        let sheet = enrol::finish_joining(&mut self.spoke.desk, form.clone())?;
        let [first, second] = sheet
            .confirm
            .map(|group| sheet.code[group as usize - 1].clone());
        door::confirm_sheet(&mut self.spoke.desk, first, second).map(drop)
    }

    /// A third laptop, for the hub's own site alone, with another nurse.
    pub(super) fn third(&mut self) -> Room {
        let own = self.hub_site().to_string();
        let mut other = Self {
            hub: std::mem::replace(&mut self.hub, Room::empty(90)),
            spoke: Room::empty(91),
            site: own,
        };
        other.ask();
        let approved = other.approve(&other.approval()).unwrap();
        other.finish(&taking(&approved)).unwrap();
        self.hub = other.hub;
        other.spoke
    }

    /// The site at which the service was set up.
    pub(super) fn hub_site(&self) -> record::id::SiteId {
        self.hub.desk.sitting().unwrap().opened.identity.site
    }

    /// The spoke's laptop as the hub's screen shows it.
    pub(super) fn spoke_id(&mut self) -> String {
        let all = enrol::laptops(&mut self.hub.desk).unwrap();
        let there = all.laptops.iter().find(|row| !row.here);
        there.unwrap().id.clone()
    }

    /// What one laptop wrote in these scopes reaches the other, as a hub server would carry it.
    pub(super) fn carry(from: &Room, to: &mut Room, scopes: &[Scope]) {
        let store = &from.desk.sitting().unwrap().opened.store;
        let mut all = Vec::new();
        for scope in scopes {
            all.extend(store.envelopes_in(*scope).unwrap());
        }
        let sitting = to.desk.sitting_mut().unwrap();
        record::log::EventLog::append(&mut sitting.opened.store, &all).unwrap();
        sitting.authorities.take();
        sitting.known = None;
        sitting.shown = None;
        to.desk.take_scope_keys().unwrap();
        to.take_patient_keys(&all);
    }

    pub(super) fn spoke_scope(&self) -> Scope {
        Scope::Site(self.site.parse().unwrap())
    }
}

impl Room {
    pub(super) fn register(&mut self, family: &str, given: &str) -> String {
        self.refer(super::forms::referral(family, given))
    }

    pub(super) fn add_detail(&mut self, patient: &str, field: &str, value: &str) {
        let line = super::another_device::detail(field, value);
        self.desk
            .write(patient.parse().unwrap(), vec![line])
            .unwrap();
    }

    /// Keeps the patients' keys among envelopes that arrived, as far as they open here.
    fn take_patient_keys(&mut self, arrived: &[Envelope]) {
        let sitting = self.desk.sitting().unwrap();
        for envelope in arrived {
            let Subject::Patient(patient) = envelope.header().subject else {
                continue;
            };
            for entry in sitting.open(envelope).unwrap() {
                if let Ok(key) = PatientKey::from_body(&entry.body) {
                    let stored = store::StoredKey {
                        holder: KeyHolder::Patient(patient),
                        generation: key.generation,
                        key: key.key,
                    };
                    sitting.opened.store.put_content_key(&stored).unwrap();
                }
            }
        }
    }
}

fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(fields) => {
            let all: Vec<_> = fields.iter().map(|it| it.message.clone()).collect();
            all.join(" ")
        }
        other => other.to_string(),
    }
}

#[test]
fn a_laptop_that_joined_is_at_work_for_its_own_site_and_nothing_of_the_root_is_on_it() {
    let mut two = Two::joined();
    let session = match door::status(&mut two.spoke.desk).unwrap() {
        Status::Open(session) => session,
        other => panic!("{other:?}"),
    };
    assert_eq!(session.name, "Ada Quist");
    assert_eq!(session.service, "Fernbank Pain Service");
    assert_eq!(session.site, "Rowan Spoke");
    let offered: Vec<_> = session.sites.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(offered, ["Rowan Spoke"]);
    let opened = &two.spoke.desk.sitting().unwrap().opened;
    let now = two.spoke.desk.now().at();
    let root = opened.root(two.spoke.desk.secrets.as_ref(), PASSPHRASE, now);
    assert!(root.unwrap().is_none());
    let words = two.hub.desk.service_in_words().unwrap();
    assert_eq!(two.spoke.desk.service_in_words().unwrap(), words);
}

#[test]
fn a_laptop_that_joined_holds_the_keys_of_its_own_scopes_and_of_no_other_site() {
    let two = Two::joined();
    let store = &two.spoke.desk.sitting().unwrap().opened.store;
    let held: Vec<_> = store.scope_keys().unwrap();
    let scopes: Vec<_> = held.iter().map(|key| key.holder).collect();
    assert_eq!(scopes.len(), 3);
    for scope in [Scope::Service, Scope::Audit, two.spoke_scope()] {
        assert!(scopes.contains(&KeyHolder::Scope(scope)), "{scope:?}");
    }
}

#[test]
fn a_spokes_laptop_opens_its_own_sites_patients_only() {
    let mut two = Two::joined();
    let hubs_patient = two.hub.register("NDLOVU", "Thabo");
    let own = two.hub.desk.sitting().unwrap().opened.identity.site;
    // Somebody copies the whole journal of the hub's laptop over.
    Two::carry(&two.hub, &mut two.spoke, &[Scope::Site(own), Scope::Audit]);
    let subject = Subject::Patient(hubs_patient.parse().unwrap());
    let sitting = two.spoke.desk.sitting().unwrap();
    assert!(
        !sitting
            .opened
            .store
            .envelopes_of(subject)
            .unwrap()
            .is_empty()
    );
    assert!(sitting.open_all(subject).unwrap().is_empty());
    // Its own it opens, and so does the hub, which is enrolled for both.
    let spokes_patient = two.spoke.register("OKAFOR", "Ngozi");
    let scope = two.spoke_scope();
    Two::carry(&two.spoke, &mut two.hub, &[scope]);
    let subject = Subject::Patient(spokes_patient.parse().unwrap());
    for room in [&two.spoke, &two.hub] {
        let sitting = room.desk.sitting().unwrap();
        assert!(!sitting.open_all(subject).unwrap().is_empty());
    }
}

#[test]
fn what_is_written_and_signed_on_the_joined_laptop_counts_at_the_hub() {
    let mut two = Two::joined();
    let patient = two.spoke.register("OKAFOR", "Ngozi");
    let scope = two.spoke_scope();
    Two::carry(&two.spoke, &mut two.hub, &[scope, Scope::Service]);
    let subject = Subject::Patient(patient.parse().unwrap());
    let entries = two.hub.desk.sitting().unwrap().open_all(subject).unwrap();
    assert!(!entries.is_empty());
    assert!(entries.iter().all(|placed| placed.unverified.is_none()));
}

#[test]
fn the_joined_laptop_is_locked_and_unlocked_like_any_other() {
    let mut two = Two::joined();
    let staff = two.spoke.desk.staff().unwrap().to_string();
    two.spoke.close();
    two.spoke.unlock(&staff);
}

#[test]
fn a_request_is_handed_over_as_a_file_as_well() {
    let mut two = Two::new();
    two.ask();
    let folder = two.spoke.folder().display().to_string();
    let saved = enrol::save_request(&mut two.spoke.desk, folder).unwrap();
    let seen = enrol::look_at_request(&mut two.hub.desk, saved.path.clone()).unwrap();
    assert_eq!(seen.name, "Ada Quist");
    assert!(!seen.known);
    let form = ApproveForm {
        request: saved.path,
        ..two.approval()
    };
    assert!(two.approve(&form).is_ok());
}

#[test]
fn an_answer_is_taken_with_the_passphrase_that_the_laptop_asked_with_only() {
    let mut two = Two::new();
    two.ask();
    let approved = two.approve(&two.approval()).unwrap();
    let form = FinishJoiningForm {
        passphrase: "lantern quarry moss violin".into(),
        ..taking(&approved)
    };
    let refused = two.finish(&form).unwrap_err();
    assert!(sentence(&refused).contains("not the passphrase"));
    two.finish(&taking(&approved)).unwrap();
}

#[test]
fn a_request_that_was_given_up_leaves_a_first_run() {
    let mut two = Two::new();
    two.ask();
    let status = enrol::give_up_joining(&mut two.spoke.desk).unwrap();
    assert!(matches!(status, Status::FirstRun(_)));
}

#[test]
fn a_colleague_with_a_second_laptop_stays_the_same_person() {
    let mut two = Two::new();
    let osei = two.hub.osei.clone();
    two.ask();
    let form = ApproveForm {
        colleague: osei.clone(),
        role: "consultant".into(),
        ..two.approval()
    };
    let approved = two.approve(&form).unwrap();
    two.finish(&taking(&approved)).unwrap();
    assert_eq!(two.spoke.desk.staff().unwrap().to_string(), osei);
    let names = two.spoke.desk.names().unwrap();
    assert_eq!(names[&osei.parse().unwrap()], "Ama Osei");
}

#[test]
fn an_administrator_can_be_enrolled_on_another_laptop_without_the_root_key() {
    let mut two = Two::new();
    two.ask();
    let form = ApproveForm {
        role: "administrator".into(),
        ..two.approval()
    };
    let approved = two.approve(&form).unwrap();
    two.finish(&taking(&approved)).unwrap();
    assert!(enrol::laptops(&mut two.spoke.desk).unwrap().may_keep);
}

#[test]
fn keyring_two_laptops_join_and_unlock_again_with_the_real_keyring() {
    let mut two = Two::of(Room::live_with_real_keyring(), Room::with_real_keyring(7));
    two.join();
    let patient = two.spoke.register("OKAFOR", "Ngozi");
    let devices = [&two.hub, &two.spoke].map(|room| {
        let opened = &room.desk.sitting().unwrap().opened;
        (opened.staff.to_string(), opened.identity.device)
    });
    assert_ne!(devices[0].1, devices[1].1);
    for (room, (staff, _)) in [&mut two.hub, &mut two.spoke].into_iter().zip(&devices) {
        door::lock(&mut room.desk).unwrap();
        room.unlock(staff);
    }
    crate::patient::open_patient(&mut two.spoke.desk, patient).unwrap();
    for (_, device) in devices {
        let keyring = store::SystemKeyring;
        assert!(store::DeviceSecrets::get(&keyring, device).is_ok());
        store::DeviceSecrets::remove(&keyring, device).unwrap();
    }
}
