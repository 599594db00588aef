//! From a backup back to an open record, at the door.

use std::path::{Path, PathBuf};

use record::body::Action;
use store::{Backup, Recovery, RecoverySheet, RestoreWith, restore};

use super::shown::staff_time;
use crate::audit;
use crate::desk::Desk;
use crate::door;
use crate::faults::typed_twice;
use crate::refusal::Refusal;
use crate::view::{FoundBackup, FoundBackups, RestoreDone, RestoreForm};
use crate::words;

/// The backups in a folder, of whatever laptop, or the one backup that the folder is.
pub fn backups_at(desk: &mut Desk, folder: String) -> Result<FoundBackups, Refusal> {
    locked(desk)?;
    let place = PathBuf::from(folder.trim());
    if !place.is_absolute() || !place.is_dir() {
        return Err(Refusal::field(
            "folder",
            "This folder is not there. Plug in the stick or connect the share, and check the path.",
        ));
    }
    let (found, unreadable) = store::backups_of_any(&place)?;
    let note = if found.is_empty() && unreadable == 0 {
        Some("There is no backup in this folder.".to_owned())
    } else if unreadable > 0 {
        Some(format!(
            "{} cannot be used: altered, not whole, or made by a newer Felloe.",
            words::count(unreadable, "backup here", "backups here")
        ))
    } else {
        None
    };
    Ok(FoundBackups {
        backups: found
            .iter()
            .map(|backup| shown(desk, backup))
            .collect::<Result<_, _>>()?,
        note,
        record_here: store::record_there(&desk.place),
        about: door::about(desk),
    })
}

fn shown(desk: &Desk, backup: &Backup) -> Result<FoundBackup, Refusal> {
    let now = desk.now();
    let door = backup.door(now.at())?;
    let claims = backup.manifest().claims();
    let envelopes = usize::try_from(backup.manifest().envelopes()).unwrap_or(usize::MAX);
    Ok(FoundBackup {
        folder: backup.folder().display().to_string(),
        words: format!(
            "{}: {}, {}, {}",
            staff_time(claims.made.at(), now),
            door.service_name,
            door.site_name,
            words::count(envelopes, "envelope", "envelopes")
        ),
        only_sheet: door.staff.iter().all(|tile| tile.needs_new_passphrase),
        staff: door::tiles(desk, &door),
    })
}

fn locked(desk: &Desk) -> Result<(), Refusal> {
    if desk.sitting.is_some() {
        return Err(Refusal::plain(
            "Lock the screen first: a record that is open is not restored over.",
        ));
    }
    Ok(())
}

/// Restores a backup here and unlocks it. A record that is here is moved aside where the person
/// said so, and never overwritten.
pub fn restore_backup(desk: &mut Desk, form: RestoreForm) -> Result<RestoreDone, Refusal> {
    locked(desk)?;
    let staff = form
        .staff
        .parse()
        .map_err(|_| Refusal::field("staff", "Choose whose account to open."))?;
    if form.with_sheet {
        typed_twice(&form.passphrase, &form.passphrase_again)?;
    }
    let with = if form.with_sheet {
        RestoreWith::Sheet(Recovery {
            code: &form.code,
            staff,
            passphrase: &form.passphrase,
            stretch: desk.program.stretch,
            keyring: form.use_keyring,
        })
    } else {
        RestoreWith::Passphrase {
            staff,
            passphrase: &form.passphrase,
        }
    };
    let (words, sheet) = restored(desk, Path::new(&form.folder), &with, form.move_aside)?;
    let sheet = if sheet {
        Some(door::sheet_view(desk)?)
    } else {
        None
    };
    Ok(RestoreDone {
        words,
        six_words: desk.service_in_words()?,
        sheet,
    })
}

/// Restores and sits down. Gives what was done in words, and whether there is a new sheet.
fn restored(
    desk: &mut Desk,
    folder: &Path,
    with: &RestoreWith<'_>,
    move_aside: bool,
) -> Result<(String, bool), Refusal> {
    let backup = Backup::read(folder)?;
    let now = desk.now();
    desk.end_line();
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    let done = restore(
        &backup,
        place,
        secrets.as_ref(),
        with,
        move_aside,
        &mut |bytes| around.fill(bytes),
        now.at(),
    )?;
    let made = staff_time(done.manifest.claims().made.at(), now);
    let aside = done.moved_aside.as_ref().map_or_else(String::new, |aside| {
        format!(
            " The record that was here before was kept in {}.",
            aside.display()
        )
    });
    let sheet: Option<RecoverySheet> = done.sheet;
    let new_sheet = sheet.is_some();
    let note = format!("backup of {made}");
    door::sit_down(desk, done.opened, sheet, |desk| {
        audit::note(desk, Action::Restored, None, &note)
    })?;
    let patients = desk.sitting()?.opened.store.count()?;
    let words = format!(
        "The backup of {made} is restored: {}. What was written on this laptop after that is not in it.{aside}",
        words::count(
            usize::try_from(patients).unwrap_or(usize::MAX),
            "patient",
            "patients"
        )
    );
    Ok((words, new_sheet))
}
