//! The file of a bundle: there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

use sync::bundle::{Error, Written};

use crate::refusal::Refusal;

/// What a bundle's name ends in.
pub(super) const ENDING: &str = "felloe-bundle";

/// The error in words, with what to do.
pub(crate) fn said(error: &Error) -> String {
    match error {
        Error::File(fault) => file_said(fault).to_owned(),
        other => other.to_string(),
    }
}

fn file_said(fault: &io::Error) -> &'static str {
    match fault.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "There is not enough space there for the bundle. Nothing was left behind. Make room or take another stick, and write it again."
        }
        ErrorKind::ReadOnlyFilesystem => {
            "The stick is protected against writing. Take the protection off or take another stick, and write it again."
        }
        ErrorKind::PermissionDenied => {
            "This account may not read or write there. Choose another folder."
        }
        ErrorKind::NotFound => {
            "There is no such file any more. Is the stick still in the computer? Choose it again."
        }
        _ => {
            "The stick could not be read or written to its end. Was it taken out? Put it in again, and begin anew."
        }
    }
}

/// A folder that a person chose and that is there.
pub(super) fn folder(named: &str) -> Result<PathBuf, Refusal> {
    let folder = PathBuf::from(named.trim());
    if folder.is_absolute() && folder.is_dir() {
        Ok(folder)
    } else {
        Err(Refusal::field(
            "folder",
            "This folder does not exist. Put the stick in and choose it again.",
        ))
    }
}

/// Opens the file of a bundle.
pub(super) fn open(path: &Path) -> Result<BufReader<File>, Refusal> {
    let file = File::open(path).map_err(Error::File)?;
    Ok(BufReader::new(file))
}

/// Lets `write` write the file, has it on the stick whole, and only then gives it its name: a
/// bundle that has a bundle's name is a whole one.
pub(super) fn written(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<Written, Error>,
) -> Result<(PathBuf, Written), Refusal> {
    let unfinished = folder.join(format!("{name}.unfinished"));
    let path = folder.join(name);
    let done = whole(&unfinished, &path, write);
    if done.is_err() {
        // Best effort: the error that stopped us is the one to tell.
        let _ = fs::remove_file(&unfinished);
    }
    Ok((path, done?))
}

fn whole(
    unfinished: &Path,
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<Written, Error>,
) -> Result<Written, Error> {
    let mut private = fs::OpenOptions::new();
    private.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut private, 0o600);
    let file = private.open(unfinished).map_err(Error::File)?;
    let mut to = BufWriter::with_capacity(1 << 20, file);
    let written = write(&mut to)?;
    let file = to
        .into_inner()
        .map_err(|fault| Error::File(fault.into_error()))?;
    file.sync_all().map_err(Error::File)?;
    drop(file);
    fs::rename(unfinished, path).map_err(Error::File)?;
    flush_folder(path).map_err(Error::File)?;
    Ok(written)
}

#[cfg(unix)]
fn flush_folder(path: &Path) -> io::Result<()> {
    path.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

// Windows makes a rename durable with the file itself; a folder cannot be flushed there.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same on every system")]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let there = fs::read_dir(folder).unwrap();
        there
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn a_stick_that_is_full_is_told_and_nothing_is_left_on_it() {
        let stick = tempfile::tempdir().unwrap();
        let full = |to: &mut BufWriter<File>| {
            io::Write::write_all(to, &[7; 4096]).map_err(Error::File)?;
            Err(Error::File(ErrorKind::StorageFull.into()))
        };
        let refused = written(stick.path(), "a.felloe-bundle", full).unwrap_err();
        assert!(refused.to_string().starts_with("There is not enough space"));
        assert_eq!(names(stick.path()), Vec::<String>::new());
    }

    #[test]
    fn what_can_happen_to_a_stick_is_told_in_words_of_its_own() {
        let kinds = [
            ErrorKind::StorageFull,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::PermissionDenied,
            ErrorKind::NotFound,
            ErrorKind::Other,
        ];
        let said: BTreeSet<String> = kinds
            .iter()
            .map(|kind| said(&Error::File((*kind).into())))
            .collect();
        assert_eq!(said.len(), kinds.len());
    }
}
