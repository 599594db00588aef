//! A record on disk: back it up, restore it, check it, make its lists again.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use clinic::backups::{self, Checked};
use clinic::view::{RestoreForm, StaffTile, Status};
use clinic::{Desk, Refusal, door, line};
use serde_json::json;
use zeroize::Zeroizing;

use crate::arguments::AtRecord;
use crate::{Outcome, Trouble};

/// How a backup is opened and what happens to a record that is there.
pub(crate) struct How {
    pub(crate) sheet: bool,
    pub(crate) keyring: bool,
    pub(crate) move_aside: bool,
}

/// Makes a backup. Exit code 1 when its check finds a fault.
pub(crate) fn backup(at: &AtRecord, to: &Path) -> Result<Outcome, Trouble> {
    let to = absolute(to)?;
    on(at, |desk| backups::back_up_to(desk, &to))
}

/// Checks a record whole. Exit code 1 when something is wrong.
pub(crate) fn verify(at: &AtRecord) -> Result<Outcome, Trouble> {
    on(at, backups::verify)
}

/// Makes everything derived again.
pub(crate) fn rebuild(at: &AtRecord) -> Result<Outcome, Trouble> {
    on(at, backups::rebuild)
}

/// Exchanges once with the hub server. Exit code 1 when the two do not hold the same afterwards.
pub(crate) fn sync(at: &AtRecord) -> Result<Outcome, Trouble> {
    let synced = opened(at, line::sync_once)?;
    let (words, fine) = (synced.words.clone(), synced.up_to_date);
    Ok(Outcome::new(synced, words, fine))
}

fn on(
    at: &AtRecord,
    work: impl FnOnce(&mut Desk) -> Result<Checked, Refusal>,
) -> Result<Outcome, Trouble> {
    let checked = opened(at, work)?;
    let (words, fine) = (checked.words.clone(), checked.fine);
    Ok(Outcome::new(checked, words, fine))
}

/// Opens the record for one person, does one thing, and locks it again.
pub(crate) fn opened<T>(
    at: &AtRecord,
    work: impl FnOnce(&mut Desk) -> Result<T, Refusal>,
) -> Result<T, Trouble> {
    let mut desk = desk(at)?;
    let seen = match door::status(&mut desk).map_err(|refusal| trouble(&refusal))? {
        Status::Locked(seen) => seen,
        Status::FirstRun(_) | Status::Joining(_) => {
            return Err(Trouble::input(&format!(
                "There is no record in {}. Give the folder of one.",
                at.record.display()
            )));
        }
        Status::Recovery(seen) => {
            let why = seen.reason.unwrap_or_default();
            return Err(Trouble::environment(&why));
        }
        Status::Broken(broken) => return Err(Trouble::environment(&broken.message)),
        Status::Open(_) => return Err(Trouble::environment(&"The record is open already.")),
    };
    let staff = chosen(&seen.staff, at.staff.as_deref())?;
    let passphrase = asked("Passphrase: ")?;
    door::unlock(&mut desk, staff, passphrase.to_string()).map_err(|refusal| trouble(&refusal))?;
    let done = work(&mut desk);
    // What was found is told even if locking fails: the record is closed with the program.
    let _ = door::lock(&mut desk);
    done.map_err(|refusal| trouble(&refusal))
}

/// Restores a backup.
pub(crate) fn restore(backup: &Path, at: &AtRecord, how: &How) -> Result<Outcome, Trouble> {
    let backup = absolute(backup)?;
    let mut desk = desk(at)?;
    let found = backups::backups_at(&mut desk, backup.display().to_string())
        .map_err(|refusal| trouble(&refusal))?;
    let Some(newest) = found.backups.first() else {
        return Err(Trouble::input(&found.note.unwrap_or_else(|| {
            "There is no backup in this folder.".to_owned()
        })));
    };
    let staff = chosen(&newest.staff, at.staff.as_deref())?;
    let code = if how.sheet {
        asked("Code of the recovery sheet: ")?
    } else {
        Zeroizing::default()
    };
    let passphrase = asked(if how.sheet {
        "New passphrase: "
    } else {
        "Passphrase of the day of the backup: "
    })?;
    let again = if how.sheet && std::io::stdin().is_terminal() {
        asked("New passphrase again: ")?
    } else {
        passphrase.clone()
    };
    let form = RestoreForm {
        folder: newest.folder.clone(),
        staff,
        with_sheet: how.sheet,
        code: code.to_string(),
        passphrase: passphrase.to_string(),
        passphrase_again: again.to_string(),
        use_keyring: how.keyring,
        move_aside: how.move_aside,
    };
    let done = backups::restore_backup(&mut desk, form).map_err(|refusal| trouble(&refusal))?;
    let _ = door::lock(&mut desk);
    let sheet = done.sheet.map(|sheet| sheet.code.join("-"));
    let mut words = format!(
        "{}\nThe service's six words: {}. Compare them with the recovery sheet.",
        done.words, done.six_words
    );
    if let Some(code) = &sheet {
        words = format!(
            "{words}\nThe sheet that was used no longer opens this record. Write the new one down now: {code}"
        );
    }
    let json = json!({ "words": done.words, "six_words": done.six_words, "new_sheet": sheet });
    Ok(Outcome::new(json, words, true))
}

fn desk(at: &AtRecord) -> Result<Desk, Trouble> {
    let record = absolute(&at.record)?;
    Ok(clinic::desk_here(record, env!("CARGO_PKG_VERSION"), None))
}

pub(crate) fn absolute(path: &Path) -> Result<std::path::PathBuf, Trouble> {
    std::path::absolute(path)
        .map_err(|_| Trouble::input(&format!("{} is no folder.", path.display())))
}

/// The person by name or id, or the only one there is.
fn chosen(staff: &[StaffTile], named: Option<&str>) -> Result<String, Trouble> {
    let found: Vec<&StaffTile> = match named {
        Some(named) => staff
            .iter()
            .filter(|tile| tile.id == named || tile.name.eq_ignore_ascii_case(named))
            .collect(),
        None => staff.iter().collect(),
    };
    if let [one] = found.as_slice() {
        return Ok(one.id.clone());
    }
    let everybody: Vec<&str> = staff.iter().map(|tile| tile.name.as_str()).collect();
    Err(Trouble::input(&format!(
        "Say who opens it with --staff: {}.",
        everybody.join(", ")
    )))
}

/// A secret, typed unseen or read as one line of standard input. Never an argument: those can be
/// read by every program on the machine.
fn asked(prompt: &str) -> Result<Zeroizing<String>, Trouble> {
    let unread =
        |_| Trouble::environment(&"The passphrase could not be read. Give it on standard input.");
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(prompt)
            .map(Zeroizing::new)
            .map_err(unread);
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(unread)?;
    let typed = line.trim_end_matches(['\n', '\r']).to_owned();
    if typed.is_empty() {
        return Err(Trouble::input(&"Give the passphrase on standard input."));
    }
    Ok(Zeroizing::new(typed))
}

/// A wrong passphrase, name or form is the asker's; a file that does not open is not.
fn trouble(refusal: &Refusal) -> Trouble {
    match refusal {
        Refusal::Invalid(fields) => {
            let said: Vec<&str> = fields.iter().map(|field| field.message.as_str()).collect();
            Trouble::input(&said.join(" "))
        }
        Refusal::Unlock(_) | Refusal::NotAllowed(_) | Refusal::NotFound(_) => {
            Trouble::input(refusal)
        }
        Refusal::Backup(error) if error.is_asker() => Trouble::input(refusal),
        Refusal::Bundle(error) if error.is_of_the_bundle() => Trouble::input(refusal),
        _ => Trouble::environment(refusal),
    }
}
