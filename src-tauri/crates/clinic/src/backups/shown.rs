//! Backups on the screen, and what a person does about them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use record::id::BackupId;
use record::moment::Moment;
use store::{BackupNote, BackupPlan, DAYS_KEPT, MONTHS_KEPT, WEEKS_KEPT};

use super::schedule::{Asked, Running};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{BackupRow, BackupSaid, Backups};
use crate::words;

/// Days without a new backup after which it is said although nothing failed. A design decision.
const WARN_AFTER_DAYS: i32 = 3;

/// How the backups of this laptop stand.
pub fn backups(desk: &mut Desk) -> Result<Backups, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let plan = store.backup_plan()?;
    let notes = store.backup_notes()?;
    let now = desk.now();
    Ok(Backups {
        place: shown_path(plan.place.as_deref()),
        last: last_words(notes.first(), now),
        next: next_words(&plan, notes.first(), now),
        warning: warning(desk)?,
        note: same_disk(desk, plan.place.as_deref()),
        rule: rule_words(),
        running: desk
            .backing
            .running
            .map(|running| {
                match running {
                    Running::Making => "A backup is being made. You can go on working.",
                    Running::Testing(_) => "A backup is being tested. You can go on working.",
                }
                .to_owned()
            })
            .or_else(|| {
                desk.backing
                    .asked
                    .map(|_| "This begins in a moment.".to_owned())
            }),
        said: desk.backing.said.as_ref().map(|said| BackupSaid {
            fine: said.fine,
            words: said.words.clone(),
        }),
        rows: notes.iter().map(|note| row(note, now)).collect(),
        may_keep: desk.allow(Act::KeepBackups).is_ok(),
    })
}

/// What is wrong with the backups, for the worklist and the settings; nothing while all is well.
pub(crate) fn warning(desk: &Desk) -> Result<Option<String>, Refusal> {
    let opened = &desk.sitting()?.opened;
    let plan = opened.store.backup_plan()?;
    let notes = opened.store.backup_notes()?;
    let (now, last) = (desk.now(), notes.first());
    if plan.place.is_none() {
        // The demo keeps nothing that could be lost.
        let said = "No place for backups is chosen yet, so this laptop holds the only copy of what is written here. Choose one in the settings.";
        return Ok((!opened.identity.demo).then(|| said.to_owned()));
    }
    if let Some((_, why)) = &plan.failed {
        return Ok(Some(format!("{why} {}", last_words(last, now))));
    }
    if let Some(note) = last.filter(|note| !note.fine) {
        let made = staff_time(note.made, now);
        return Ok(Some(format!(
            "The backup of {made} was made, and its check found a fault. {}",
            note.words
        )));
    }
    let old = last.is_some_and(|note| days_since(note.made, now) > WARN_AFTER_DAYS);
    Ok(old.then(|| format!("{} Make one now in the settings.", last_words(last, now))))
}

/// Chooses the folder that backups go to.
pub fn choose_backup_place(desk: &mut Desk, folder: String) -> Result<Backups, Refusal> {
    desk.allow(Act::KeepBackups)?;
    let place = usable(desk, &folder)?;
    let store = &desk.sitting()?.opened.store;
    let plan = BackupPlan {
        place: Some(place),
        failed: None,
    };
    store.keep_backup_plan(&plan)?;
    desk.backing.said = None;
    backups(desk)
}

fn usable(desk: &Desk, folder: &str) -> Result<PathBuf, Refusal> {
    let refuse = |message: &str| Refusal::field("folder", message);
    let place = PathBuf::from(folder.trim());
    if folder.trim().is_empty() || !place.is_absolute() {
        return Err(refuse("Enter the whole path of the folder."));
    }
    if place.to_str().is_none() || !place.is_dir() {
        return Err(refuse(
            "This folder is not there. Plug in the stick or connect the share, and check the path.",
        ));
    }
    let inside = |path: &Path| path.canonicalize().ok();
    if let (Some(own), Some(chosen)) = (inside(desk.place.dir()), inside(&place))
        && chosen.starts_with(own)
    {
        return Err(refuse(
            "This folder holds the record itself. Choose a folder on a stick or a share.",
        ));
    }
    Ok(place)
}

/// No more backups are made until a place is chosen again. Those that are there stay.
pub fn forget_backup_place(desk: &mut Desk) -> Result<Backups, Refusal> {
    desk.allow(Act::KeepBackups)?;
    let store = &desk.sitting()?.opened.store;
    store.keep_backup_plan(&BackupPlan::default())?;
    backups(desk)
}

/// Asks for a backup now. It is made while work goes on.
pub fn back_up_now(desk: &mut Desk) -> Result<Backups, Refusal> {
    desk.allow(Act::KeepBackups)?;
    if desk.sitting()?.opened.store.backup_plan()?.place.is_none() {
        return Err(Refusal::field(
            "folder",
            "Choose a place for backups first.",
        ));
    }
    desk.backing.said = None;
    desk.backing.asked = Some(Asked::Make);
    backups(desk)
}

/// Asks for one backup to be opened, checked and folded whole. It is done while work goes on.
pub fn test_backup(desk: &mut Desk, backup: String) -> Result<Backups, Refusal> {
    desk.allow(Act::KeepBackups)?;
    let backup: BackupId = backup
        .parse()
        .map_err(|_| Refusal::NotFound("That backup"))?;
    desk.backing.said = None;
    desk.backing.asked = Some(Asked::Test(backup));
    backups(desk)
}

fn row(note: &BackupNote, now: Moment) -> BackupRow {
    BackupRow {
        id: note.backup.to_string(),
        made: staff_time(note.made, now),
        folder: note.folder.display().to_string(),
        tested: BackupSaid {
            fine: note.fine,
            words: note.words.clone(),
        },
    }
}

fn shown_path(place: Option<&Path>) -> String {
    place
        .map(|place| place.display().to_string())
        .unwrap_or_default()
}

pub(super) fn staff_time(at: Timestamp, now: Moment) -> String {
    Moment::new(at, now.offset_seconds()).map_or_else(|_| at.to_string(), words::staff_moment)
}

fn days_since(at: Timestamp, now: Moment) -> i32 {
    Moment::new(at, now.offset_seconds())
        .map_or(0, |at| (now.local().date() - at.local().date()).get_days())
}

fn last_words(last: Option<&BackupNote>, now: Moment) -> String {
    let Some(last) = last else {
        return "There is no backup yet.".into();
    };
    match days_since(last.made, now) {
        0 => "Last backup today.".into(),
        1 => "Last backup yesterday.".into(),
        days @ 2.. => format!("Last backup {days} days ago."),
        _ => format!("Last backup on {}.", staff_time(last.made, now)),
    }
}

fn next_words(plan: &BackupPlan, last: Option<&BackupNote>, now: Moment) -> String {
    if plan.place.is_none() {
        return "None until a place is chosen.".into();
    }
    match last {
        Some(last) if days_since(last.made, now) == 0 => {
            "Tomorrow, once somebody has been at work for two minutes.".into()
        }
        _ => "Today, once somebody has been at work for two minutes.".into(),
    }
}

fn rule_words() -> String {
    format!(
        "One a day. Kept: the last of each of {DAYS_KEPT} days, {WEEKS_KEPT} weeks and {MONTHS_KEPT} months."
    )
}

/// A backup on the disk of the record goes with it.
#[cfg(unix)]
fn same_disk(desk: &Desk, place: Option<&Path>) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let volume = |path: &Path| path.metadata().ok().map(|there| there.dev());
    let same = volume(desk.place.dir())? == volume(place?)?;
    same.then(|| {
        "This folder is on the same disk as the record. A lost or broken laptop takes both: choose a stick or a share.".to_owned()
    })
}

#[cfg(not(unix))]
fn same_disk(_desk: &Desk, _place: Option<&Path>) -> Option<String> {
    None
}
