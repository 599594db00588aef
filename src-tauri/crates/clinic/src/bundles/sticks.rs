//! Sticks that are in the computer, as far as the system shows them in the usual places.

use std::path::{Path, PathBuf};

use super::file::ENDING;
use crate::view::Stick;

/// The most bundles that are listed of one stick. A design decision.
const LISTED: usize = 20;

/// Every stick, by its folder. Where none is shown, a person types the folder.
pub(super) fn sticks() -> Vec<Stick> {
    let mut folders: Vec<PathBuf> = places();
    folders.sort();
    folders.iter().map(|folder| stick(folder)).collect()
}

fn places() -> Vec<PathBuf> {
    if cfg!(windows) {
        let drives = ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\")));
        return drives.filter(|drive| drive.is_dir()).collect();
    }
    if cfg!(target_os = "macos") {
        return folders(Path::new("/Volumes"));
    }
    let user = std::env::var_os("USER").unwrap_or_default();
    let of_user = ["/media", "/run/media"].map(|root| Path::new(root).join(&user));
    of_user.iter().flat_map(|root| folders(root)).collect()
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.is_dir()).collect()
}

fn stick(folder: &Path) -> Stick {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    Stick {
        folder: folder.display().to_string(),
        name: name.to_string_lossy().into_owned(),
        bundles: bundles_on(folder),
    }
}

/// The bundles in a folder, the newest name first.
pub(super) fn bundles_on(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    // The name ends in the time: within one laptop the newest is the last.
    found.sort();
    let newest = found.into_iter().rev().take(LISTED);
    newest.map(|path| path.display().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_bundles_are_listed_and_the_newest_comes_first() {
        let stick = tempfile::tempdir().unwrap();
        for name in [
            "felloe-1-2026-11-24-102000.felloe-bundle",
            "felloe-1-2026-11-25-090000.felloe-bundle",
            "felloe-1-2026-11-26-090000.felloe-bundle.unfinished",
            "holiday.jpg",
        ] {
            std::fs::write(stick.path().join(name), b"made up").unwrap();
        }
        let listed = bundles_on(stick.path());
        assert_eq!(listed.len(), 2);
        assert!(listed[0].ends_with("2026-11-25-090000.felloe-bundle"));
    }
}
