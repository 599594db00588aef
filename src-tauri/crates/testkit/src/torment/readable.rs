//! Looking for readable traces of a patient, byte by byte, in everything a laptop keeps, in every
//! state it can be in.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};

use super::{Chamber, Counted, Verdict};
use crate::{Fault, Laptop, Said};

/// What the victim types in each place that takes text.
pub(crate) const SECRETS: [&str; 9] = [
    "Wisniewska-Quartermain",
    "Brónagh",
    "9990463387",
    "999 046 3387",
    "14 Unmistakable Terrace",
    "1957-02-13",
    "A wasp nest under the ribs",
    "Zopiclone since the funeral",
    "Walk to the allotment gate",
];

/// The states, in the order in which the victim comes to them. At each it says so and waits.
pub(crate) const STATES: [&str; 8] = [
    "at work",
    "typing",
    "printing",
    "locked",
    "backing up",
    "backed up",
    "restoring",
    "restored",
];

/// Searches in every state, after a kill in every state, and after the end.
pub(super) fn readable(chamber: &Chamber) -> Result<Vec<Counted>, Fault> {
    let mut alive = Counted::of("plaintext search while it runs");
    let (_folder, laptop) = chamber.laptop(false)?;
    let mut victim = start(&laptop)?;
    for state in STATES {
        if !victim.comes_to(state)? {
            alive.wrong.push(format!("never came to: {state}"));
            break;
        }
        alive.take(state, search(&laptop)?);
        victim.go_on(state)?;
    }
    victim.child.wait()?;
    alive.take("closed", search(&laptop)?);
    let mut crashed = Counted::of("plaintext search after a kill");
    for state in STATES {
        let (_folder, laptop) = chamber.laptop(false)?;
        let mut victim = start(&laptop)?;
        for before in STATES {
            if !victim.comes_to(before)? || before == state {
                break;
            }
            victim.go_on(before)?;
        }
        victim.child.kill()?;
        victim.child.wait()?;
        crashed.take(state, search(&laptop)?);
    }
    Ok(vec![alive, crashed])
}

/// The state in which the printer has the paper in hand, and the victim waits for it.
const PRINTING: &str = "printing";

struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    printer: PathBuf,
}

impl Running {
    /// Reads on until the victim says that it is in `state`.
    fn comes_to(&mut self, state: &str) -> Result<bool, Fault> {
        if state == PRINTING {
            return self.prints();
        }
        for line in self.lines.by_ref() {
            match serde_json::from_str(&line?)? {
                Said::Stands(here) if here == state => return Ok(true),
                Said::Refused { sentence, .. } => return Err(sentence.into()),
                _ => {}
            }
        }
        Ok(false)
    }

    fn prints(&mut self) -> Result<bool, Fault> {
        for _ in 0..3000 {
            if self.printer.join("in-hand").exists() {
                return Ok(true);
            }
            if self.child.try_wait()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(false)
    }

    fn go_on(&mut self, state: &str) -> Result<(), Fault> {
        if state == PRINTING {
            return Ok(fs::write(self.printer.join("go"), "")?);
        }
        let to = self.child.stdin.as_mut().ok_or("the victim has no input")?;
        Ok(writeln!(to, "go on")?)
    }
}

/// A victim whose temporary files and home are on the laptop, and whose printer takes its time.
fn start(laptop: &Laptop) -> Result<Running, Fault> {
    let printer = laptop.folder().join("printer");
    set_up(&printer)?;
    let path = std::env::var("PATH").unwrap_or_default();
    let mut child = Command::new(std::env::current_exe()?)
        .args(["stand"])
        .arg(laptop.folder())
        .env("PATH", format!("{}:{path}", printer.display()))
        .env("TMPDIR", laptop.disk())
        .env("HOME", laptop.disk())
        .env("XDG_RUNTIME_DIR", laptop.disk())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let out = child.stdout.take().ok_or("the victim has no output")?;
    Ok(Running {
        child,
        lines: BufReader::new(out).lines(),
        printer,
    })
}

/// The programs of the system's printing, as far as Felloe calls them: one printer, which takes
/// what it is given, keeps nothing, and is slow. What a real spool keeps is the system's, not ours.
fn set_up(printer: &Path) -> Result<(), Fault> {
    fs::create_dir_all(printer)?;
    let here = printer.display();
    let slow = format!(
        "#!/bin/sh\ncat > /dev/null\ntouch '{here}/in-hand'\n\
         while [ ! -e '{here}/go' ] && [ -d '{here}' ]; do sleep 0.02; done\n"
    );
    for (name, script) in [("lpstat", "#!/bin/sh\necho Slow\n"), ("lp", &slow)] {
        let file = printer.join(name);
        fs::write(&file, script)?;
        let started = Command::new("chmod").arg("+x").arg(&file).status()?;
        if !started.success() {
            return Err("the printer cannot be set up".into());
        }
    }
    Ok(())
}

fn search(laptop: &Laptop) -> Result<Verdict, Fault> {
    let mut verdict = Verdict::default();
    let mut files = 0;
    let needles: Vec<(String, Vec<u8>)> = SECRETS.iter().flat_map(|text| forms(text)).collect();
    look_in(&laptop.disk(), &needles, &mut files, &mut verdict.wrong)?;
    if files < 4 {
        verdict
            .wrong
            .push(format!("only {files} files were looked at"));
    }
    Ok(verdict)
}

/// A text as it may stand in a file: in the letters as typed, small and capital, in each encoding.
/// The letters A to Z are made small on both sides, except in base64, which has three ways to begin.
fn forms(text: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for written in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
        let wide = |swap: fn(u16) -> [u8; 2]| written.encode_utf16().flat_map(swap).collect();
        let mut encoded: Vec<(&str, Vec<u8>)> = vec![
            ("UTF-8", written.clone().into_bytes()),
            ("UTF-16", wide(u16::to_le_bytes)),
            ("UTF-16, big end first", wide(u16::to_be_bytes)),
            (
                "hexadecimal",
                HEXLOWER.encode(written.as_bytes()).into_bytes(),
            ),
        ];
        for skipped in 0..3 {
            encoded.push(("base64", in_base64(written.as_bytes(), skipped)));
        }
        for (encoding, mut bytes) in encoded {
            bytes.make_ascii_lowercase();
            if all.iter().all(|(_, known)| *known != bytes) {
                all.push((format!("'{text}' ({encoding})"), bytes));
            }
        }
    }
    all
}

/// The part of the base64 of `bytes` that is the same whatever stands before and after them, when
/// `skipped` bytes of the first group belong to something else.
fn in_base64(bytes: &[u8], skipped: usize) -> Vec<u8> {
    let mut padded = vec![0; skipped];
    padded.extend(bytes);
    let whole = padded.len() / 3 * 3;
    let text = BASE64.encode(padded.get(..whole).unwrap_or_default());
    let first = if skipped == 0 { 0 } else { 4 };
    text.into_bytes().get(first..).unwrap_or_default().to_vec()
}

fn look_in(
    folder: &Path,
    needles: &[(String, Vec<u8>)],
    files: &mut usize,
    found: &mut Vec<String>,
) -> Result<(), Fault> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        note(name.as_bytes(), &entry.path(), needles, found);
        if entry.file_type()?.is_dir() {
            look_in(&entry.path(), needles, files, found)?;
        } else if let Ok(bytes) = fs::read(entry.path()) {
            *files += 1;
            note(&bytes.to_ascii_lowercase(), &entry.path(), needles, found);
        }
    }
    Ok(())
}

fn note(bytes: &[u8], place: &Path, needles: &[(String, Vec<u8>)], found: &mut Vec<String>) {
    for (name, needle) in needles {
        if bytes.windows(needle.len()).any(|part| part == needle) {
            found.push(format!("{name} in {}", place.display()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_finds_a_name_in_every_encoding_it_looks_for() {
        let folder = tempfile::tempdir().unwrap();
        let name = SECRETS[1];
        let wide = |swap: fn(u16) -> [u8; 2]| -> Vec<u8> {
            name.to_uppercase().encode_utf16().flat_map(swap).collect()
        };
        let long = SECRETS[6];
        let written: [(&str, Vec<u8>); 6] = [
            ("plain", name.to_lowercase().into_bytes()),
            ("little", wide(u16::to_le_bytes)),
            ("big", wide(u16::to_be_bytes)),
            ("hex", HEXLOWER.encode(name.as_bytes()).into_bytes()),
            (
                "base64",
                BASE64
                    .encode(format!("{{\"said\":\"{long}\"}}").as_bytes())
                    .into_bytes(),
            ),
            (
                "base64 at another place",
                BASE64
                    .encode(format!("x{{\"said\":\"{long}\"}}").as_bytes())
                    .into_bytes(),
            ),
        ];
        for (file, bytes) in &written {
            fs::write(folder.path().join(file), bytes).unwrap();
        }
        let needles: Vec<_> = SECRETS.iter().flat_map(|text| forms(text)).collect();
        let (mut files, mut found) = (0, Vec::new());
        look_in(folder.path(), &needles, &mut files, &mut found).unwrap();
        assert_eq!(files, written.len());
        for (file, _) in written {
            let place = folder.path().join(file).display().to_string();
            assert!(found.iter().any(|it| it.ends_with(&place)), "{file}");
        }
    }
}
