//! One laptop with one person at it, as a program.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use clinic::view::SyncState;
use clinic::{Desk, Refusal, door, line, worklist};
use testkit::cable::{Nurse, Talking};
use testkit::{Fault, Laptop, PASSPHRASE};

use crate::tells::{Does, Tells, heard, tell};

/// How often the screen is looked at.
const GLANCE: Duration = Duration::from_millis(100);
/// Glances from one look at the worklist to the next.
const GLANCES: u32 = 5;

/// What somebody keeps an eye on.
#[derive(Default)]
struct Watched {
    /// Cases that the hub server has not said to have.
    cases: BTreeSet<String>,
    emergencies: bool,
    red: BTreeSet<String>,
    words: String,
}

/// Unlocks the laptop in `folder`, talks with its hub server, and does what it is told until it is
/// told to end. No two starts of one laptop may have the same seed: keys are made of it.
pub(crate) fn at_work(folder: &str, staff: &str, seed: &str) -> Result<(), Fault> {
    let (mut desk, _) = Laptop::at(Path::new(folder))?.desk(seed.parse()?)?;
    door::unlock(&mut desk, staff.to_owned(), PASSPHRASE.to_owned())?;
    let talking = Talking::new(desk);
    tell(&Tells::Ready)?;
    let watched = Arc::new(Mutex::new(Watched::default()));
    let (eyes, mind) = (talking.clone(), Arc::clone(&watched));
    thread::spawn(move || watch(&eyes, &mind));
    let nurse = Nurse::new()?;
    let hears = heard();
    while let Ok(does) = hears.recv() {
        if !do_it(&talking, &nurse, &watched, &does, &hears)? {
            break;
        }
    }
    talking.does(door::seal)?;
    Ok(())
}

/// False when it is time to go home.
fn do_it(
    at: &Talking,
    nurse: &Nurse,
    watched: &Mutex<Watched>,
    does: &Does,
    asked: &Receiver<Does>,
) -> Result<bool, Fault> {
    match *does {
        Does::Assess { first, count } => {
            for number in first..first + count {
                let patient = nurse.assess(at, number)?.patient;
                tell(&Tells::Saved { patient })?;
            }
        }
        Does::Emergency { number } => {
            let patient = nurse.emergency(at, number)?;
            tell(&Tells::Emergency {
                patient: patient.clone(),
            })?;
            held(watched).cases.insert(patient);
        }
        Does::TryNow => drop(at.does(line::try_now)?),
        Does::Work { first } => return work(at, nurse, first, asked),
        Does::WatchEmergencies => held(watched).emergencies = true,
        Does::End => return Ok(false),
    }
    tell(&Tells::Done)?;
    Ok(true)
}

/// Works until something else is asked. It can only be to end.
fn work(at: &Talking, nurse: &Nurse, first: u64, asked: &Receiver<Does>) -> Result<bool, Fault> {
    for number in first.. {
        let patient = nurse.begin(at, number)?;
        tell(&Tells::Saved { patient })?;
        match asked.try_recv() {
            Err(TryRecvError::Empty) => {}
            Ok(_) | Err(TryRecvError::Disconnected) => break,
        }
    }
    Ok(false)
}

/// Looks at the screen for as long as there is somebody to tell of it.
fn watch(at: &Talking, watched: &Mutex<Watched>) {
    for glance in 0_u32.. {
        let seen = at.look(|desk| {
            let mut watched = held(watched);
            let mut news = chip(desk, &mut watched)?;
            if glance.is_multiple_of(GLANCES) {
                news.extend(cases(desk, &mut watched)?);
                news.extend(red(desk, &mut watched)?);
            }
            Ok::<_, Refusal>(news)
        });
        // Locked: it is time to go home.
        let Ok(news) = seen else { return };
        for one in news {
            if tell(&one).is_err() {
                return;
            }
        }
        thread::sleep(GLANCE);
    }
}

fn chip(desk: &mut Desk, watched: &mut Watched) -> Result<Vec<Tells>, Refusal> {
    let chip = line::sync_chip(desk)?;
    if chip.words == watched.words {
        return Ok(Vec::new());
    }
    watched.words.clone_from(&chip.words);
    // "14 entries to send" is not on its way yet.
    let on_its_way = chip.words.starts_with("Sending") || chip.words.contains("patients sent");
    Ok(vec![Tells::Chip {
        words: chip.words,
        sending: on_its_way && chip.state == SyncState::Sending,
        up_to_date: chip.state == SyncState::UpToDate,
    }])
}

fn cases(desk: &mut Desk, watched: &mut Watched) -> Result<Vec<Tells>, Refusal> {
    let mut news = Vec::new();
    for patient in watched.cases.clone() {
        let case = line::case_sync(desk, patient.clone())?;
        let mut steps = case.steps.iter();
        if steps.any(|step| step.step == "At the hub server" && step.done) {
            watched.cases.remove(&patient);
            news.push(Tells::AtHubServer { patient });
        }
    }
    Ok(news)
}

fn red(desk: &mut Desk, watched: &mut Watched) -> Result<Vec<Tells>, Refusal> {
    if !watched.emergencies {
        return Ok(Vec::new());
    }
    let list = worklist::worklist(desk, "all".into(), String::new(), 0)?;
    let open = list.open_actions.into_iter();
    let patients: BTreeSet<String> = open
        .filter(|action| action.kind == "emergency-record")
        .map(|action| action.patient)
        .collect();
    if patients == watched.red {
        return Ok(Vec::new());
    }
    watched.red.clone_from(&patients);
    Ok(vec![Tells::Red { patients }])
}

fn held(watched: &Mutex<Watched>) -> std::sync::MutexGuard<'_, Watched> {
    watched.lock().unwrap_or_else(PoisonError::into_inner)
}
