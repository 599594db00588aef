//! Makes a clinic of so many patients, once, through the real append path.

use std::fs;
use std::path::{Path, PathBuf};

use clinic::door;
use clinic::view::SetUpForm;
use record::body::{AnswerState, AnswerValue, Answered, AssessmentStarted, Body, Detail, Referral};
use record::cbor::{Value, to_value};
use record::entry::{EnteredBy, Entry, Kind, Slot};
use record::envelope::{Envelope, Position, seal};
use record::id::{ItemId, PatientId};
use record::keys::ContentKey;
use record::patient_key::{self, PatientKey};
use record::scope::{Scope, Subject};
use store::{Derived, KeyHolder, Opened, StoredKey};

use crate::Outcome;
use crate::desk::{PASSPHRASE, desk, now, place};
use crate::letters;
use crate::people::{Chance, Person};

/// Changes whenever what is made does, so that an old clinic is not measured for a new one.
const MADE: &str = "2";

/// Entries on the patients whose records are opened.
pub(crate) const LONG: usize = 200;

/// How many patients have a long record: spread over the clinic.
pub(crate) const LONG_RECORDS: usize = 20;

/// Entries of one section of an assessment, which are sealed together.
const SECTION: usize = 10;

/// Patients put into one transaction.
const BATCH: usize = 500;

/// A made clinic.
pub(crate) struct Clinic {
    pub(crate) folder: PathBuf,
    pub(crate) patients: usize,
    /// Whether all patients have as many entries, each in other words.
    even: bool,
}

/// The clinic of that size, some of whose patients have long records; made now unless an earlier
/// run did.
pub(crate) fn clinic(under: &Path, patients: usize) -> Outcome<Clinic> {
    made(Clinic {
        folder: under.join(format!("{patients}-{MADE}")),
        patients,
        even: false,
    })
}

/// Entries of a patient of [`even_clinic`], beside the one with their key.
#[allow(dead_code, reason = "the measurement of the store has no such clinic")]
pub(crate) const EVEN: usize = 20;

/// The clinic of that size whose patients all have [`EVEN`] entries, and no two the same words and
/// answers.
#[allow(dead_code, reason = "the measurement of the store has no such clinic")]
pub(crate) fn even_clinic(under: &Path, patients: usize) -> Outcome<Clinic> {
    made(Clinic {
        folder: under.join(format!("{patients}-even-{MADE}")),
        patients,
        even: true,
    })
}

fn made(clinic: Clinic) -> Outcome<Clinic> {
    let patients = clinic.patients;
    let whole = clinic.folder.join("whole");
    if !whole.exists() {
        eprintln!("Making a clinic of {patients} patients ...");
        let _ = fs::remove_dir_all(&clinic.folder);
        fs::create_dir_all(&clinic.folder)?;
        set_up(&clinic.folder)?;
        fill(&clinic)?;
        fs::write(whole, "")?;
    }
    Ok(clinic)
}

impl Clinic {
    /// The patient of that number.
    pub(crate) fn patient(number: usize) -> PatientId {
        PatientId::from_random(Chance::new(!(number as u64)).bytes())
    }

    /// The patients with a long record.
    pub(crate) fn long_records(&self) -> impl Iterator<Item = PatientId> {
        let step = self.patients / LONG_RECORDS;
        (0..LONG_RECORDS).map(move |turn| Self::patient(turn * step))
    }

    fn is_long(&self, number: usize) -> bool {
        let step = self.patients / LONG_RECORDS;
        !self.even && number.is_multiple_of(step) && number / step < LONG_RECORDS
    }

    /// Opens the record without the desk.
    pub(crate) fn unlock(&self) -> Outcome<Opened> {
        opened(&self.folder)
    }
}

/// Opens the record of the laptop in this folder without the desk.
pub(crate) fn opened(folder: &Path) -> Outcome<Opened> {
    let (place, keyring) = place(folder);
    let staff = fs::read_to_string(folder.join("staff"))?.parse()?;
    Ok(store::unlock(
        &place,
        &keyring,
        staff,
        PASSPHRASE,
        now().at(),
    )?)
}

fn set_up(folder: &Path) -> Outcome<()> {
    let mut desk = desk(folder);
    let form = SetUpForm {
        service: "Fernbank Pain Service".into(),
        site: "Fernbank Spoke".into(),
        hub: true,
        name: "Ama Osei".into(),
        role: "consultant".into(),
        passphrase: PASSPHRASE.into(),
        passphrase_again: PASSPHRASE.into(),
        use_keyring: true,
        read_intended_use: true,
    };
    let sheet = door::set_up(&mut desk, form)?;
    let [first, second] = sheet
        .confirm
        .map(|group| sheet.code[group as usize - 1].clone());
    let session = door::confirm_sheet(&mut desk, first, second)?;
    fs::write(folder.join("staff"), session.staff)?;
    Ok(())
}

fn fill(clinic: &Clinic) -> Outcome<()> {
    let mut opened = clinic.unlock()?;
    let mut writer = Writer::new(&mut opened)?;
    for first in (0..clinic.patients).step_by(BATCH) {
        writer.opened.store.begin()?;
        for number in first..(first + BATCH).min(clinic.patients) {
            writer.patient(clinic, number)?;
        }
        writer.opened.store.keep()?;
    }
    // The lists are still to be made from what was written.
    opened.store.put_setting("derived", &"")?;
    Ok(())
}

/// Writes patients into one site's scope.
struct Writer<'a> {
    opened: &'a mut Opened,
    scope: Scope,
    epoch: ContentKey,
    position: Position,
    lamport: u64,
    chance: Chance,
}

impl<'a> Writer<'a> {
    fn new(opened: &'a mut Opened) -> Outcome<Self> {
        let scope = Scope::Site(opened.identity.site);
        let mut chance = Chance::new(7);
        let epoch = if let Some(stored) = opened.store.key_to_write(KeyHolder::Scope(scope))? {
            stored.key
        } else {
            let key = ContentKey::from_bytes(chance.bytes());
            let stored = StoredKey {
                holder: KeyHolder::Scope(scope),
                generation: 1,
                key: key.clone(),
            };
            opened.keep_epoch_key(&stored, &mut |bytes| chance.fill(bytes))?;
            key
        };
        let position = opened.store.position(scope)?;
        let lamport = opened.store.lamport()?;
        Ok(Self {
            opened,
            scope,
            epoch,
            position,
            lamport,
            chance,
        })
    }

    /// The patient's key, the referral, and an assessment, in three envelopes or, for a long record,
    /// more.
    fn patient(&mut self, clinic: &Clinic, number: usize) -> Outcome<()> {
        let person = Person::new(number);
        let patient = Clinic::patient(number);
        let subject = Subject::Patient(patient);
        let patient_key = PatientKey {
            generation: 1,
            key: ContentKey::from_bytes(self.chance.bytes()),
        };
        let entry = self.entry(
            Kind::PATIENT_KEY,
            patient_key::VERSION,
            None,
            patient_key.to_body()?,
        );
        let epoch = self.epoch.clone();
        let first = self.seal(subject, &epoch, &[entry])?;
        let referred = self.referred(clinic, &person)?;
        let second = self.seal(subject, &patient_key.key, &referred)?;
        let answers = match (clinic.is_long(number), clinic.even) {
            (true, _) => LONG - 12,
            (false, true) => EVEN - 11,
            (false, false) => 8,
        };
        let mut sealed = vec![first, second];
        let assessed = self.assessed(clinic, answers)?;
        // As somebody writes them: a section at a time.
        for section in assessed.chunks(SECTION) {
            sealed.push(self.seal(subject, &patient_key.key, section)?);
        }
        let stored = StoredKey {
            holder: KeyHolder::Patient(patient),
            generation: 1,
            key: patient_key.key,
        };
        let derived = Derived {
            keys: &[stored],
            lamport: self.lamport,
            ..Derived::default()
        };
        self.opened.store.append(&sealed, derived)?;
        Ok(())
    }

    fn referred(&mut self, clinic: &Clinic, person: &Person) -> Outcome<Vec<Entry>> {
        let born = person.born.to_string();
        let details = [
            ("family", person.family.as_str()),
            ("given", &person.given),
            ("title", "Mx"),
            ("born", &born),
            ("nhs-number", &person.nhs_number),
            ("gender", "female"),
            ("phone", &person.phone),
            ("address", &person.address),
            ("gp", "Priory Street Surgery"),
        ];
        let mut entries = Vec::new();
        for (field, value) in details {
            let body = Detail {
                field: field.into(),
                value: value.into(),
            };
            entries.push(self.line(&format!("detail/{field}"), &body)?);
        }
        let item = self.item();
        let (reason, letter) = if clinic.even {
            (
                letters::reason(&mut self.chance),
                letters::letter(&mut self.chance),
            )
        } else {
            (REASON.to_owned(), LETTER.to_owned())
        };
        let body = Referral {
            site: self.opened.identity.site,
            received: person.received.to_string(),
            referrer: "Dr P. Lindqvist, Priory Street Surgery".into(),
            reason,
            asked_urgency: "routine".into(),
            letter,
            warning_signs: Vec::new(),
            source: "typed".into(),
        };
        entries.push(self.line(&format!("referral/{item}"), &body)?);
        Ok(entries)
    }

    fn assessed(&mut self, clinic: &Clinic, answers: usize) -> Outcome<Vec<Entry>> {
        let assessment = self.item();
        let started = AssessmentStarted {
            assessment,
            referral: None,
            mode: "in-person".into(),
            site: self.opened.identity.site,
        };
        let mut entries = vec![self.line(&format!("assessment/{assessment}/started"), &started)?];
        for number in 0..answers {
            let question = QUESTIONS.get(number).map_or_else(
                || format!("bench-question-{number}"),
                |name| (*name).to_owned(),
            );
            let given = if clinic.even {
                self.chance.below(11)
            } else {
                number % 11
            };
            let body = Answered {
                assessment,
                question: question.clone(),
                answer: AnswerState::Given {
                    value: AnswerValue::Number(given as i64),
                },
                source: "clinician".into(),
            };
            entries.push(self.line(&format!("answer/{assessment}/{question}"), &body)?);
        }
        Ok(entries)
    }

    fn item(&mut self) -> ItemId {
        ItemId::from_random(self.chance.bytes())
    }

    fn line<B: Body>(&mut self, slot: &str, body: &B) -> Outcome<Entry> {
        let slot = Slot::new(slot)?;
        Ok(self.entry(B::kind(), B::VERSION, Some(slot), to_value(body)?))
    }

    fn entry(&mut self, kind: Kind, version: u16, slot: Option<Slot>, body: Value) -> Entry {
        self.lamport += 1;
        let author = self.opened.staff;
        Entry {
            kind,
            version,
            slot,
            parents: Vec::new(),
            claimed: now(),
            lamport: self.lamport,
            author,
            entered_by: EnteredBy::Staff(author),
            body,
            signed: None,
            reason: None,
            happened: None,
        }
    }

    /// Seals entries at the stream's next place.
    fn seal(&mut self, subject: Subject, key: &ContentKey, entries: &[Entry]) -> Outcome<Envelope> {
        let nonce = self.chance.bytes();
        let sealed = seal(
            self.position,
            subject,
            key,
            nonce,
            entries,
            &self.opened.device_signing,
        )?;
        let header = sealed.header();
        self.position = header
            .stream()
            .position(header.sequence + 1, sealed.header_hash());
        debug_assert_eq!(header.scope, self.scope);
        Ok(sealed)
    }
}

const REASON: &str = "Low back and left leg pain for four years, opioids rising.";
const LETTER: &str = "Thank you for seeing this person. Scans show nothing that needs surgery.";

/// Questions of the catalogue that take a number.
const QUESTIONS: [&str; 2] = ["pain-average", "pain-worst"];
