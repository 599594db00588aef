//! A durable save: an answer sealed, signed, appended with its audit entry, and on disk.
//!
//! Both sides run the same statements in the same transaction; sealing and signing are ours alone.
//! It is measured in a process of its own, once as it is and once with every fsync made slower by
//! a shim, since that is what decides on the laptops of a clinic.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use record::body::{Action, AnswerState, AnswerValue, Answered, Audit, Body};
use record::cbor::to_value;
use record::entry::{EnteredBy, Entry, Slot};
use record::envelope::seal;
use record::id::{EntryId, ItemId, PatientId};
use record::keys::ContentKey;
use record::scope::{Scope, Subject};
use store::{AuditRow, Derived, KeyHolder, Opened, Summary};

use crate::Outcome;
use crate::desk::now;
use crate::generate::{Clinic, opened};
use crate::measures::{millis, timed};
use crate::people::Chance;
use crate::plain::{self, Made};
use crate::process::processor_time;
use crate::table::Row;

/// What an fsync of a clinic's laptop takes, at the least: the figure the comparison is for.
const SLOW_FSYNC_US: u32 = 2_000;

/// Saves of each side; they take turns, so that both meet the same machine.
const SAVES: usize = 60;

/// Runs the saves of a clinic in processes of their own.
pub(crate) fn of(clinic: &Clinic) -> Outcome<Vec<Row>> {
    let mut rows = told(clinic, None)?;
    match shim() {
        Some(shim) => rows.extend(told(clinic, Some(&shim))?),
        None => eprintln!("No C compiler here: a slower fsync was not measured."),
    }
    Ok(rows)
}

fn told(clinic: &Clinic, shim: Option<&Path>) -> Outcome<Vec<Row>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--saves").arg(&clinic.folder);
    if let Some(shim) = shim {
        command
            .env("LD_PRELOAD", shim)
            .env("FELLOE_FSYNC_DELAY_US", SLOW_FSYNC_US.to_string());
    }
    let output = command.output()?;
    let text = String::from_utf8(output.stdout)?;
    if !output.status.success() {
        return Err(format!("saving was not measured: {text}").into());
    }
    let figures: Figures = serde_json::from_str(&text)?;
    let fsync = if shim.is_some() {
        ", each fsync 2 ms slower"
    } else {
        ""
    };
    let named = |measure: &str| format!("{measure}{fsync}, {} patients", clinic.patients);
    Ok(vec![
        Row::alone(named("durable save, median"), "ms", figures.ours)
            .beside(plain::NAME, figures.plain),
        Row::alone(
            named("processor time of a durable save"),
            "ms",
            figures.ours_cpu,
        )
        .beside(plain::NAME, figures.plain_cpu),
    ])
}

/// The shim, compiled by the C compiler of this machine; none where that is not possible.
fn shim() -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/store/fsync_delay.c");
    let made = crate::kept_under().join("fsync_delay.so");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&made);
    let done = compiler.arg(source).arg("-ldl").status();
    done.is_ok_and(|status| status.success()).then_some(made)
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Figures {
    ours: f64,
    plain: f64,
    ours_cpu: f64,
    plain_cpu: f64,
}

/// Measures the saves of the clinic in a folder; the answer is JSON.
pub(crate) fn in_this_process(folder: &Path) -> Outcome<String> {
    let mut opened = opened(folder)?;
    let plain = plain::open(&plain::path(folder))?;
    let patient = Clinic::patient(0);
    let mut chance = Chance::new(u64::from(std::process::id()));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut ours_cpu, mut their_cpu) = (Vec::new(), Vec::new());
    let scope = Scope::Site(opened.identity.site);
    let summary = opened.store.summary(patient)?.ok_or("no such patient")?;
    for turn in 0..SAVES {
        let begun = processor_time();
        ours.push(timed(|| save(&mut opened, patient, &summary, &mut chance))?);
        ours_cpu.push(processor_time().saturating_sub(begun));
        let made = [
            (scope, Subject::Patient(patient), 460),
            (Scope::Audit, Subject::Audit, 420),
        ];
        let made = made.map(|(scope, subject, length)| {
            let mut bytes = vec![0; length];
            chance.fill(&mut bytes);
            Made {
                id: chance.bytes(),
                scope: scope.to_string(),
                subject: plain::subject(subject),
                bytes,
            }
        });
        let turn = 1_000_000_000 + u64::from(std::process::id()) * 1000 + turn as u64;
        let begun = processor_time();
        theirs.push(timed(|| plain.save(&made, patient.as_bytes(), turn))?);
        their_cpu.push(processor_time().saturating_sub(begun));
    }
    let median = |taken: &mut Vec<Duration>| {
        taken.sort();
        millis(taken[taken.len() / 2])
    };
    let figures = Figures {
        ours: median(&mut ours),
        plain: median(&mut theirs),
        ours_cpu: median(&mut ours_cpu),
        plain_cpu: median(&mut their_cpu),
    };
    Ok(serde_json::to_string(&figures)?)
}

/// One answer and its audit entry, as the desk writes them.
fn save(
    opened: &mut Opened,
    patient: PatientId,
    summary: &Summary,
    chance: &mut Chance,
) -> Outcome<()> {
    let site = Scope::Site(opened.identity.site);
    let subject = Subject::Patient(patient);
    let holder = KeyHolder::Patient(patient);
    let key = opened.store.key_to_write(holder)?.ok_or("no key")?.key;
    let lamport = opened.store.lamport()? + 1;
    let assessment = ItemId::from_random(chance.bytes());
    let answer = Answered {
        assessment,
        question: "pain-average".into(),
        answer: AnswerState::Given {
            value: AnswerValue::Number(7),
        },
        source: "clinician".into(),
    };
    let slot = Slot::new(format!("answer/{assessment}/pain-average"))?;
    let entry = entry(opened, &answer, Some(slot), lamport)?;
    let position = opened.store.position(site)?;
    let sealed = seal(
        position,
        subject,
        &key,
        chance.bytes(),
        &[entry],
        &opened.device_signing,
    )?;
    let said = Audit {
        action: Action::Changed,
        patient: Some(patient),
        staff: None,
        note: "1 answer".into(),
        reason: String::new(),
    };
    let audited = audit(opened, &said, lamport + 1, chance)?;
    let row = AuditRow {
        entry: EntryId {
            envelope: audited.id(),
            index: 0,
        },
        lamport: lamport + 1,
        at: now().at(),
        staff: opened.staff,
        device: opened.identity.device,
        action: "changed".into(),
        patient: Some(patient),
        account: None,
        note: said.note,
        reason: said.reason,
    };
    let derived = Derived {
        summaries: std::slice::from_ref(summary),
        audit: &[row],
        lamport: lamport + 1,
        ..Derived::default()
    };
    opened.store.append(&[sealed, audited], derived)?;
    Ok(())
}

fn audit(
    opened: &mut Opened,
    said: &Audit,
    lamport: u64,
    chance: &mut Chance,
) -> Outcome<record::envelope::Envelope> {
    let holder = KeyHolder::Scope(Scope::Audit);
    let key: ContentKey = opened
        .store
        .key_to_write(holder)?
        .ok_or("no key of the audit")?
        .key;
    let entry = entry(opened, said, None, lamport)?;
    let position = opened.store.position(Scope::Audit)?;
    let (subject, nonce) = (Subject::Audit, chance.bytes());
    Ok(seal(
        position,
        subject,
        &key,
        nonce,
        &[entry],
        &opened.device_signing,
    )?)
}

fn entry<B: Body>(opened: &Opened, body: &B, slot: Option<Slot>, lamport: u64) -> Outcome<Entry> {
    Ok(Entry {
        kind: B::kind(),
        version: B::VERSION,
        slot,
        parents: Vec::new(),
        claimed: now(),
        lamport,
        author: opened.staff,
        entered_by: EnteredBy::Staff(opened.staff),
        body: to_value(body)?,
        signed: None,
        reason: None,
        happened: None,
    })
}
