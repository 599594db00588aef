//! What is left on a laptop, held against what its victim was told.

use std::collections::{BTreeMap, BTreeSet};

use clinic::view::{AnswerView, Status};
use clinic::{Desk, Refusal, assess, decide, door, intake, patient, worklist};
use record::entry::Kind;
use record::fold::fold;
use record::scope::Subject;
use store::{StoreError, UnlockError, backups_in};

use super::told::Told;
use crate::victim::Prepared;
use crate::{Fact, Fault, Laptop, PASSPHRASE, Person};

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Acknowledged and looked for.
    pub acknowledged: usize,
    /// Acknowledged and not there.
    pub lost: Vec<String>,
    /// Whatever else is not as it has to be.
    pub wrong: Vec<String>,
}

impl Verdict {
    /// Of a run that could not even be looked at.
    pub(super) fn broken(fault: &Fault) -> Self {
        Self {
            wrong: vec![fault.to_string()],
            ..Self::default()
        }
    }

    fn wrong(&mut self, words: impl Into<String>) {
        self.wrong.push(words.into());
    }

    fn lost(&mut self, words: impl Into<String>) {
        self.lost.push(words.into());
    }
}

/// Opens what is left and looks for everything.
pub fn look(laptop: &Laptop, told: &Told) -> Result<Verdict, Fault> {
    let mut verdict = Verdict {
        acknowledged: told.acknowledged(),
        ..Verdict::default()
    };
    let mut prepared = Prepared::read(laptop)?;
    let (mut desk, _) = laptop.desk(77)?;
    match door::status(&mut desk)? {
        // Between the old record, moved aside, and the new one.
        Status::Broken(broken) if broken.left_aside && told.begun.contains(&Fact::Restored) => {
            if !matches!(door::put_back_record(&mut desk)?, Status::Locked(_)) {
                verdict.wrong("the record that a restore moved aside was not put back");
            }
        }
        Status::FirstRun(_) => {
            if told.saved.contains(&Fact::SetUp) || !prepared.staff.is_empty() {
                verdict.lost("the whole record: the laptop says that it was never set up");
            } else {
                first_run_again(&mut desk, &mut verdict);
            }
            return Ok(verdict);
        }
        Status::Locked(outside) => {
            if prepared.staff.is_empty() {
                prepared.staff = outside
                    .staff
                    .first()
                    .map(|tile| tile.id.clone())
                    .unwrap_or_default();
            }
        }
        Status::Recovery(_) => {
            verdict.wrong("the laptop asks for the recovery sheet");
            return Ok(verdict);
        }
        Status::Joining(_) => {
            verdict.wrong("the laptop waits to join a service that it set up itself");
            return Ok(verdict);
        }
        Status::Broken(broken) => {
            verdict.wrong(format!("the laptop says: {}", broken.message));
            return Ok(verdict);
        }
        Status::Open(_) => verdict.wrong("nobody unlocked, and the desk is open"),
    }
    drop(desk);
    if let Some(passphrase) = the_passphrase(laptop, &prepared, told, &mut verdict)? {
        sound(laptop, &prepared, &passphrase, &mut verdict)?;
        let (mut desk, _) = laptop.desk(78)?;
        once_free_at_the_door(&mut desk, &prepared, &passphrase)?;
        look_at_the_desk(&mut desk, &prepared, told, &mut verdict)?;
        drop(desk);
        backups(laptop, &prepared, &passphrase, told, &mut verdict)?;
        let (mut desk, _) = laptop.desk(79)?;
        door::lock(&mut desk)?;
    }
    Ok(verdict)
}

fn once_free_at_the_door(
    desk: &mut Desk,
    prepared: &Prepared,
    passphrase: &str,
) -> Result<(), Fault> {
    for _ in 0..100 {
        let came = door::unlock(desk, prepared.staff.clone(), passphrase.to_owned());
        match came {
            Err(Refusal::Unlock(UnlockError::Store(StoreError::AlreadyOpen))) => {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            came => return Ok(came.map(drop)?),
        }
    }
    Err("the record stays held".into())
}

/// An interrupted set-up is a first run again, and that run works.
fn first_run_again(desk: &mut Desk, verdict: &mut Verdict) {
    match door::set_up(desk, crate::victim::first_person()) {
        Ok(_) => {
            let saved = intake::save_referral(
                desk,
                crate::victim::form(&crate::names::person(1, false)),
                None,
            );
            if saved.is_err() {
                verdict.wrong("nothing can be saved after setting up a second time");
            }
        }
        Err(refusal) => verdict.wrong(format!("a second set-up is refused: {refusal}")),
    }
}

/// The passphrase that opens: the last one acknowledged, or one that was on its way.
fn the_passphrase(
    laptop: &Laptop,
    prepared: &Prepared,
    told: &Told,
    verdict: &mut Verdict,
) -> Result<Option<String>, Fault> {
    let of = |facts: &[Fact]| -> Vec<String> {
        facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Passphrase(new) => Some(new.clone()),
                _ => None,
            })
            .collect()
    };
    let mut may = of(&told.begun);
    may.push(of(&told.saved).pop().unwrap_or_else(|| PASSPHRASE.into()));
    let now = laptop.desk(0)?.1.now().at();
    for passphrase in may {
        let opened = super::opened(laptop, prepared, &passphrase, now);
        match opened {
            Ok(_) => return Ok(Some(passphrase)),
            Err(UnlockError::WrongPassphrase { .. }) => {}
            Err(error) => {
                verdict.lost(format!("the record does not open: {error}"));
                return Ok(None);
            }
        }
    }
    verdict.lost("the passphrase: neither the old nor the new one opens the record");
    Ok(None)
}

/// The journal itself: every stream whole and signed, every envelope opens and folds, nobody is
/// half there, and what is derived is derived of everybody.
fn sound(
    laptop: &Laptop,
    prepared: &Prepared,
    passphrase: &str,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let now = laptop.desk(0)?.1.now().at();
    let opened = super::opened(laptop, prepared, passphrase, now)?;
    let own = (
        opened.identity.device,
        opened.device_signing.verifying_key(),
    );
    let report = opened
        .store
        .chain_check(&|device| (device == own.0).then_some(own.1))?;
    for fault in report.faults {
        verdict.wrong(format!("chain: {fault}"));
    }
    let mut subjects: BTreeMap<Subject, Vec<_>> = BTreeMap::new();
    for stream in opened.store.streams()? {
        for envelope in opened.store.envelopes_in(stream.scope)? {
            let Some(key) = opened.store.content_key(envelope.header().key)? else {
                verdict.wrong("an envelope without its key");
                continue;
            };
            match envelope.open(&key) {
                Ok(entries) => subjects
                    .entry(envelope.header().subject)
                    .or_default()
                    .extend(envelope.place(entries)),
                Err(error) => verdict.wrong(format!("an envelope does not open: {error}")),
            }
        }
    }
    let mut people = BTreeSet::new();
    for (subject, entries) in subjects {
        let record = fold(entries);
        if let Subject::Patient(patient) = subject {
            let told = record
                .timeline()
                .iter()
                .any(|placed| placed.entry.kind != Kind::PATIENT_KEY);
            if told {
                people.insert(patient);
            } else {
                verdict.wrong("a patient with a key and no entry");
            }
        }
    }
    for patient in &people {
        if opened.store.summary(*patient)?.is_none() {
            verdict.wrong("a patient who is in no list");
        }
    }
    let listed = opened.store.count()?;
    if listed != people.len() as u64 {
        verdict.wrong(format!(
            "{} people in the journal, {listed} in the lists",
            people.len()
        ));
    }
    Ok(())
}

/// Every folder that has a backup's name is a whole backup, and there are as many as were
/// acknowledged.
fn backups(
    laptop: &Laptop,
    prepared: &Prepared,
    passphrase: &str,
    told: &Told,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let now = laptop.desk(0)?.1.now().at();
    let opened = super::opened(laptop, prepared, passphrase, now)?;
    let (found, unreadable) = backups_in(
        &laptop.backups(),
        opened.identity.service,
        opened.identity.device,
    )?;
    if unreadable > 0 {
        verdict.wrong(format!("{unreadable} backups cannot be read"));
    }
    let mut whole = 0;
    for backup in found {
        let mut chance = crate::laptop::chance(3);
        let copy = opened
            .own_backup(backup)
            .and_then(|own| own.open(&mut |bytes| chance.fill(bytes)));
        match copy {
            Ok(_) => whole += 1,
            Err(error) => verdict.wrong(format!("a backup does not open: {error}")),
        }
    }
    let acknowledged = told
        .saved
        .iter()
        .filter(|fact| **fact == Fact::Backup)
        .count();
    if whole < acknowledged {
        verdict.lost(format!("{} backups", acknowledged - whole));
    }
    Ok(())
}

fn look_at_the_desk(
    desk: &mut Desk,
    prepared: &Prepared,
    told: &Told,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let listed = worklist::worklist(desk, "all".into(), String::new(), 0)?;
    let here: BTreeMap<String, String> = listed
        .rows
        .iter()
        .map(|row| (row.family.to_lowercase(), row.patient.clone()))
        .collect();
    for people in told.saved.iter().filter_map(people_of) {
        for person in people {
            if !here.contains_key(&person.family.to_lowercase()) {
                verdict.lost(format!("the referral of {}", person.family));
            }
        }
    }
    for people in told.begun.iter().filter_map(people_of) {
        let there = people
            .iter()
            .filter(|person| here.contains_key(&person.family.to_lowercase()))
            .count();
        if there != 0 && there != people.len() {
            verdict.wrong(format!("{there} of {} rows of a file", people.len()));
        }
    }
    let all = told.saved.iter().chain(&told.begun).filter_map(people_of);
    for person in all.flatten() {
        if let Some(id) = here.get(&person.family.to_lowercase()) {
            whole(desk, id, person, &listed.open_actions, verdict)?;
        }
    }
    answers(desk, prepared, told, verdict)?;
    signed(desk, told, verdict)?;
    let crisis = door::local_numbers(desk)?.crisis;
    let number = |fact: &Fact| match fact {
        Fact::Number(number) => Some(number.clone()),
        _ => None,
    };
    if let Some(last) = told.saved.iter().filter_map(number).next_back()
        && crisis != last
        && !told.begun.iter().filter_map(number).any(|it| it == crisis)
    {
        verdict.lost("the emergency number");
    }
    if told.saved.contains(&Fact::SetUp) || prepared.open.is_empty() {
        // The certificates are there too: a referral can be taken, and entries signed by a device
        // that the service knows.
        let saved = intake::save_referral(
            desk,
            crate::victim::form(&crate::names::person(2, false)),
            None,
        );
        if let Err(refusal) = saved {
            verdict.wrong(format!("nothing can be saved: {refusal}"));
        }
    }
    Ok(())
}

fn people_of(fact: &Fact) -> Option<&Vec<Person>> {
    match fact {
        Fact::Referrals(people) => Some(people),
        _ => None,
    }
}

/// A referral that is there is there with all that was typed, and a warning sign in it with its
/// red action.
fn whole(
    desk: &mut Desk,
    id: &str,
    person: &Person,
    open: &[clinic::view::OpenAction],
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let view = patient::open_patient(desk, id.to_owned())?;
    let said = view
        .now
        .referral
        .iter()
        .any(|line| line.value.contains(&person.reason));
    if view.banner.nhs_digits != person.number
        || view.banner.given.to_lowercase() != person.given.to_lowercase()
        || !said
    {
        verdict.wrong(format!("{} is there in part", person.family));
    }
    if person.sign && open.iter().all(|action| action.patient != id) {
        verdict.wrong(format!(
            "the warning sign in the letter of {} has no red action",
            person.family
        ));
    }
    Ok(())
}

fn answers(
    desk: &mut Desk,
    prepared: &Prepared,
    told: &Told,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let expected = told.answers();
    if prepared.open.is_empty() {
        return Ok(());
    }
    let view = assess::open_assessment(desk, prepared.open.clone())?;
    for ((_, question), (saved, begun)) in expected {
        let shown = view.answers.get(&question);
        let now = shown
            .map(|shown| serde_json::to_string(&shown.answer))
            .transpose()?;
        let is = |answer: &String| now.as_ref() == Some(answer);
        let none = shown.is_none_or(|shown| shown.answer == AnswerView::NotAsked);
        match saved {
            Some(saved) if is(&saved) || begun.iter().any(is) => {}
            Some(_) => verdict.lost(format!("the answer to {question}")),
            None if none || begun.iter().any(is) => {}
            None => verdict.wrong(format!("an answer to {question} that nobody gave")),
        }
        if shown.is_some_and(|shown| shown.conflict.is_some()) {
            verdict.wrong(format!(
                "a conflict in {question}, which one person answered"
            ));
        }
    }
    let sign = view.answers.get("ces-saddle").map(|shown| &shown.answer);
    let present = crate::victim::given(clinic::view::AnswerValue::Text("present".into()));
    if sign == Some(&present) && view.open_actions.is_empty() {
        verdict.wrong("a warning sign is present and has no red action");
    }
    Ok(())
}

fn signed(desk: &mut Desk, told: &Told, verdict: &mut Verdict) -> Result<(), Fault> {
    for fact in &told.saved {
        if let Fact::Signed { assessment } = fact {
            let result = decide::triage_result(desk, assessment.clone())?;
            if result.decision.is_none() {
                verdict.lost("a signed decision");
            }
        }
    }
    Ok(())
}
