//! When a backup is due, and what is remembered of one.

use std::path::PathBuf;

use jiff::SignedDuration;
use record::body::Action;
use record::id::BackupId;
use record::moment::Moment;
use store::{Backup, BackupError, BackupNote, BackupPlan, backups_in};

use super::job::{Came, Done, Job, Work};
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;

/// How long somebody has been at work before the backup of the day begins, so that opening the
/// record in the morning is not slowed. A design decision, as is the next.
const AFTER_OPENING: SignedDuration = SignedDuration::from_mins(2);
/// How long after a try that failed the next is made.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// What the desk knows of backups that are not finished.
#[derive(Default)]
pub(crate) struct Backing {
    /// What a person asked for and has not begun.
    pub(super) asked: Option<Asked>,
    /// A job was handed out and is not back.
    pub(super) running: Option<Running>,
    /// What came back while nobody was at work, to be written down when somebody is.
    waiting: Vec<Done>,
    /// What the last job found, for whoever looks.
    pub(super) said: Option<Said>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Make,
    Test(BackupId),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Running {
    Making,
    Testing(BackupId),
}

/// An answer in words.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) fine: bool,
    pub(super) words: String,
}

/// The next job, if one is asked for or due and none is under way. To be asked every few seconds;
/// whoever asks runs it and hands back what came of it with [`done`].
pub fn next(desk: &mut Desk) -> Result<Option<Job>, Refusal> {
    if desk.sitting.is_none() || desk.backing.running.is_some() {
        return Ok(None);
    }
    for waited in std::mem::take(&mut desk.backing.waiting) {
        done(desk, waited)?;
    }
    match desk.backing.asked.take() {
        Some(Asked::Make) => make(desk, true),
        Some(Asked::Test(backup)) => Ok(test(desk, backup)),
        None if due(desk)? => make(desk, false),
        None => Ok(None),
    }
}

fn due(desk: &Desk) -> Result<bool, Refusal> {
    let now = desk.now();
    let sitting = desk.sitting()?;
    let store = &sitting.opened.store;
    let plan = store.backup_plan()?;
    let waited = now.at().duration_since(sitting.since) >= AFTER_OPENING;
    if plan.place.is_none() || !waited {
        return Ok(false);
    }
    let last = store.backup_notes()?.into_iter().next();
    Ok(is_due(now, last.map(|note| note.made), &plan))
}

/// Once a day by the desk's calendar; after a failure again and again until it works.
fn is_due(now: Moment, last: Option<jiff::Timestamp>, plan: &BackupPlan) -> bool {
    let on_another_day = last.is_none_or(|last| {
        Moment::new(last, now.offset_seconds())
            .is_ok_and(|last| last.local().date() != now.local().date())
    });
    let rested = plan.failed.as_ref().is_none_or(|(tried, _)| {
        // A clock that was set back does not stop backups until it has caught up.
        let since = now.at().duration_since(*tried);
        since >= AGAIN_AFTER || since < SignedDuration::ZERO
    });
    on_another_day && rested
}

fn make(desk: &mut Desk, asked: bool) -> Result<Option<Job>, Refusal> {
    let Some(place) = desk.sitting()?.opened.store.backup_plan()?.place else {
        return Ok(None);
    };
    making(desk, place, asked).map(Some)
}

/// A backup to a place of its own, now.
pub(super) fn begin(desk: &mut Desk, place: PathBuf) -> Result<Job, Refusal> {
    making(desk, place, true)
}

fn making(desk: &mut Desk, place: PathBuf, asked: bool) -> Result<Job, Refusal> {
    let program = desk.program.version.clone();
    let source = Box::new(desk.sitting()?.opened.backup_source());
    desk.backing.running = Some(Running::Making);
    desk.backing.said = None;
    let work = Work::Make {
        source,
        place,
        program,
        asked,
    };
    Ok(job(desk, work))
}

fn test(desk: &mut Desk, id: BackupId) -> Option<Job> {
    desk.backing.said = None;
    let own = found(desk, id).and_then(|backup| Ok(desk.sitting()?.opened.own_backup(backup)?));
    match own {
        Ok(own) => {
            desk.backing.running = Some(Running::Testing(id));
            let backup = Box::new(own);
            Some(job(desk, Work::Test { backup }))
        }
        Err(refusal) => {
            desk.backing.said = Some(Said {
                fine: false,
                words: refusal.to_string(),
            });
            None
        }
    }
}

fn job(desk: &mut Desk, work: Work) -> Job {
    Job {
        work,
        at: desk.now(),
        seed: zeroize::Zeroizing::new(desk.random()),
    }
}

/// A backup that this laptop remembers, or finds where it puts them.
fn found(desk: &Desk, id: BackupId) -> Result<Backup, Refusal> {
    let opened = &desk.sitting()?.opened;
    if let Some(note) = opened.store.backup_note(id)? {
        return Ok(Backup::read(note.folder)?);
    }
    let place = opened.store.backup_plan()?.place;
    let place = place.ok_or(Refusal::NotFound("That backup"))?;
    let (all, _) = backups_in(&place, opened.identity.service, opened.identity.device)?;
    all.into_iter()
        .find(|backup| backup.made().backup == id)
        .ok_or(Refusal::NotFound("That backup"))
}

/// Takes back what came of a job: it is remembered, said and audited. While nobody is at work it
/// waits until somebody is.
pub fn done(desk: &mut Desk, done: Done) -> Result<(), Refusal> {
    desk.backing.running = None;
    if desk.sitting.is_none() {
        desk.backing.waiting.push(done);
        return Ok(());
    }
    let at = done.at;
    match done.came {
        Came::Made {
            note,
            findings,
            removed,
            asked,
            ..
        } => made(desk, at, *note, findings, removed, asked),
        Came::NotMade { error, asked } => not_made(desk, at, &error, asked),
        Came::Tested { note, found } => tested(desk, at, *note, found),
    }
}

/// A job met a fault in the program and gives no answer.
pub fn broken_off(desk: &mut Desk) -> Result<(), Refusal> {
    let making = desk.backing.running.take() == Some(Running::Making);
    let words = "Felloe met a fault in itself while it worked on a backup. What was saved is safe. Make the backup again.";
    desk.backing.said = Some(Said {
        fine: false,
        words: words.into(),
    });
    if desk.sitting.is_none() || !making {
        return Ok(());
    }
    let at = desk.now().at();
    let store = &desk.sitting()?.opened.store;
    let mut plan = store.backup_plan()?;
    plan.failed = Some((at, words.into()));
    Ok(store.keep_backup_plan(&plan)?)
}

fn made(
    desk: &mut Desk,
    at: Moment,
    mut note: BackupNote,
    findings: Result<crate::soundness::Findings, Refusal>,
    removed: Result<Vec<BackupId>, BackupError>,
    asked: bool,
) -> Result<(), Refusal> {
    let (fine, words) = answer(&findings);
    note.tested = Some(at.at());
    note.fine = fine;
    note.words.clone_from(&words);
    let mut said = format!("The backup was made and opened again. {words}");
    let store = &desk.sitting()?.opened.store;
    let mut plan = store.backup_plan()?;
    plan.failed = None;
    match removed {
        Ok(gone) => {
            for backup in gone {
                store.forget_backup(backup)?;
            }
        }
        // The backup itself is there: what could not be tidied is said and tried again tomorrow.
        Err(error) => said = format!("{said} An old backup could not be removed. {error}"),
    }
    store.keep_backup_note(&note)?;
    store.keep_backup_plan(&plan)?;
    desk.backing.said = Some(Said { fine, words: said });
    let how = if asked { "asked for" } else { "of the day" };
    audit::note(desk, Action::BackedUp, None, how)
}

fn not_made(desk: &mut Desk, at: Moment, error: &BackupError, asked: bool) -> Result<(), Refusal> {
    let words = error.to_string();
    let store = &desk.sitting()?.opened.store;
    let mut plan = store.backup_plan()?;
    plan.failed = Some((at.at(), words.clone()));
    store.keep_backup_plan(&plan)?;
    if asked {
        desk.backing.said = Some(Said { fine: false, words });
    }
    Ok(())
}

fn tested(
    desk: &mut Desk,
    at: Moment,
    note: BackupNote,
    found: Result<crate::soundness::Findings, Refusal>,
) -> Result<(), Refusal> {
    let took = desk.now().at().duration_since(at.at());
    let (fine, words) = answer(&found);
    let seconds = took.as_secs().max(1);
    let words = if fine {
        format!("This backup can be restored. {words} It took {seconds} s.")
    } else {
        words
    };
    let store = &desk.sitting()?.opened.store;
    let mut note = store.backup_note(note.backup)?.unwrap_or(note);
    note.tested = Some(at.at());
    note.fine = fine;
    note.words.clone_from(&words);
    store.keep_backup_note(&note)?;
    desk.backing.said = Some(Said { fine, words });
    let result = if fine { "fine" } else { "not fine" };
    audit::note(desk, Action::BackupTested, None, result)
}

fn answer(found: &Result<crate::soundness::Findings, Refusal>) -> (bool, String) {
    match found {
        Ok(findings) => (findings.fine(), findings.in_words()),
        Err(refusal) => (false, refusal.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::new(text.parse().unwrap(), 3600).unwrap()
    }

    #[test]
    fn a_backup_is_due_once_a_day_of_the_desk() {
        let plan = BackupPlan::default();
        let last = at("2026-07-01T22:30:00Z").at();
        assert!(is_due(at("2026-07-01T09:00:00Z"), None, &plan));
        // 23:30 and 23:50 on the first of July here; then 00:10 on the second.
        assert!(!is_due(at("2026-07-01T22:50:00Z"), Some(last), &plan));
        assert!(is_due(at("2026-07-01T23:10:00Z"), Some(last), &plan));
    }

    #[test]
    fn a_clock_set_back_a_year_does_not_stop_backups() {
        let plan = BackupPlan {
            failed: Some((at("2027-07-01T10:00:00Z").at(), String::new())),
            ..BackupPlan::default()
        };
        let last = Some(at("2027-07-01T09:00:00Z").at());
        assert!(is_due(at("2026-07-01T10:00:00Z"), last, &plan));
    }

    #[test]
    fn after_a_failure_it_is_tried_again_but_not_at_once() {
        let plan = BackupPlan {
            failed: Some((at("2026-07-01T10:00:00Z").at(), String::new())),
            ..BackupPlan::default()
        };
        assert!(!is_due(at("2026-07-01T10:01:00Z"), None, &plan));
        assert!(is_due(at("2026-07-01T10:02:00Z"), None, &plan));
    }
}
