//! Paper leaves here: a folder a person chose, or the system's printing.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use record::moment::Moment;

use crate::refusal::Refusal;
use crate::view::{Printed, Printers};
use crate::words;

/// When a document was made, in the form `document` takes: seconds since 1970.
pub(crate) fn made(now: Moment) -> i64 {
    now.at().as_second()
}

/// Writes a PDF into a folder under a name that holds no patient data, and gives its path.
///
/// An existing file is never overwritten: a number is put behind the name.
pub(crate) fn save(folder: &str, name: &str, bytes: &[u8]) -> Result<String, Refusal> {
    expect_folder(folder)?;
    let folder = Path::new(folder.trim());
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    for number in 1..1000 {
        let file = if number == 1 {
            name.to_owned()
        } else {
            format!("{stem}-{number}.{extension}")
        };
        let path = folder.join(file);
        match private().open(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                if written.is_err() {
                    // Half a plan is worse than none.
                    let _ = std::fs::remove_file(&path);
                    return Err(Refusal::field(
                        "folder",
                        "The file could not be written there. Check the space and the rights, or choose another folder.",
                    ));
                }
                return Ok(path.display().to_string());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(_) => {
                return Err(Refusal::field(
                    "folder",
                    "Nothing can be written in this folder. Choose another.",
                ));
            }
        }
    }
    Err(Refusal::field(
        "folder",
        "This folder holds too many plans of that name. Choose another.",
    ))
}

/// The folder that is offered first when something is saved.
pub(crate) fn usual_folder() -> String {
    documents().display().to_string()
}

/// Refuses a folder that is not there, before anything is done that its file is to carry.
pub(crate) fn expect_folder(folder: &str) -> Result<(), Refusal> {
    let folder = Path::new(folder.trim());
    if folder.is_absolute() && folder.is_dir() {
        return Ok(());
    }
    Err(Refusal::field(
        "folder",
        "This folder does not exist. Choose another.",
    ))
}

/// A new file that only this account may read: it holds a patient's plan or the way into a record.
fn private() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The system's printers, by CUPS.
pub(crate) fn printers() -> (Vec<String>, Option<String>) {
    let names = said_by(Command::new("lpstat").arg("-e"))
        .lines()
        .map(str::to_owned)
        .collect();
    let default = said_by(Command::new("lpstat").arg("-d"));
    let default = default
        .trim()
        .rsplit_once(": ")
        .map(|(_, name)| name.to_owned());
    (names, default)
}

fn said_by(command: &mut Command) -> String {
    let output = command
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default()
}

/// What the screen is told of printing.
pub(crate) fn offer(file_name: String) -> Printers {
    let (names, default) = printers();
    let words = if names.is_empty() {
        "No printer is set up on this computer. Save the PDF, or add a printer in the system's settings.".to_owned()
    } else {
        String::new()
    };
    Printers {
        names,
        default,
        words,
        folder: documents().display().to_string(),
        file_name,
    }
}

fn documents() -> PathBuf {
    let home = std::env::var_os("HOME")
        .or_else(|| std::env::var_os("USERPROFILE"))
        .map(PathBuf::from)
        .unwrap_or_default();
    let documents = home.join("Documents");
    if documents.is_dir() { documents } else { home }
}

/// Sends a PDF to a printer. The bytes go by standard input, so that no file is left behind.
pub(crate) fn print(printer: &str, copies: u8, bytes: &[u8]) -> Result<(), Refusal> {
    if !printers().0.iter().any(|name| name == printer) {
        return Err(Refusal::field(
            "printer",
            "This printer is not there. Choose another.",
        ));
    }
    if !(1..=9).contains(&copies) {
        return Err(Refusal::field("copies", "Choose 1 to 9 copies."));
    }
    let failed = || {
        Refusal::plain(format!(
            "{printer} did not take the print job. Check that it is on, then try again, or save the PDF."
        ))
    };
    let mut job = Command::new("lp")
        .args([
            "-d",
            printer,
            "-n",
            &copies.to_string(),
            "-t",
            "Felloe",
            "-",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| failed())?;
    let sent = job.stdin.take().map(|mut pipe| pipe.write_all(bytes));
    let ended = job.wait().map_err(|_| failed())?;
    match sent {
        Some(Ok(())) if ended.success() => Ok(()),
        _ => Err(failed()),
    }
}

/// What is said of a job that a printer took.
pub(crate) fn sent(copies: u8, pages: usize, printer: &str) -> Printed {
    Printed {
        words: format!(
            "{} of {} sent to {printer}.",
            words::count(copies.into(), "copy", "copies"),
            words::count(pages, "page", "pages"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_plan_never_overwrites_another_and_is_for_this_account_alone() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display().to_string();
        let first = save(&place, "treatment-plan.pdf", b"one").unwrap();
        let second = save(&place, "treatment-plan.pdf", b"two").unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::read(first).unwrap(), b"one");
        assert_eq!(std::fs::read(&second).unwrap(), b"two");
        #[cfg(unix)]
        {
            let mode = std::fs::metadata(second).unwrap().permissions();
            assert_eq!(
                std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
                0o600
            );
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_refused_with_its_field() {
        assert!(matches!(
            save("/no/such/folder", "p.pdf", b""),
            Err(Refusal::Invalid(_))
        ));
        assert!(matches!(
            save("relative", "p.pdf", b""),
            Err(Refusal::Invalid(_))
        ));
    }

    #[test]
    fn a_printer_that_is_not_there_is_refused() {
        assert!(matches!(
            print("no-such-printer", 1, b""),
            Err(Refusal::Invalid(_))
        ));
    }
}
