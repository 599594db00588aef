//! Printing with the system's own printing service: `tests/printer-session.sh` gives it a real CUPS
//! with one printer that keeps what it is sent.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clinic::view::{Opens, PrintForm, Status};
use clinic::{demo, desk_here, door, plan, worklist};

const PRINTER: &str = "felloe-test";

#[test]
fn a_plan_sent_to_a_printer_arrives_whole_and_leaves_no_file_behind() {
    let spool = PathBuf::from(
        std::env::var_os("FELLOE_PRINT_SPOOL")
            .expect("run through tests/printer-session.sh, as cargo xtask test does"),
    );
    let out = tempfile::tempdir().unwrap();
    let day = demo::day(out.path(), "test", &mut |_| {}).unwrap();
    let mut desk = desk_here(out.path().join("record"), "test", None);
    let Status::Locked(at_the_door) = door::status(&mut desk).unwrap() else {
        panic!("the demo clinic is locked");
    };
    let nurse = at_the_door
        .staff
        .iter()
        .find(|tile| tile.role == "Nurse")
        .unwrap();
    door::unlock(&mut desk, nurse.id.clone(), day.passphrase).unwrap();
    let all = worklist::worklist(&mut desk, "all".into(), String::new(), 0).unwrap();
    let agreed = all
        .rows
        .iter()
        .find(|row| row.opens == Opens::Plan && row.stage == "Plan agreed")
        .unwrap();
    let assessment = agreed.assessment.clone().unwrap();

    let offered = plan::printers(&mut desk).unwrap();
    assert!(
        offered.names.iter().any(|name| name == PRINTER),
        "{offered:?}"
    );
    let form = PrintForm {
        printer: PRINTER.into(),
        copies: 2,
        large: false,
    };
    let said = plan::print_plan(&mut desk, assessment, form).unwrap();
    assert!(said.words.starts_with("2 copies of "), "{}", said.words);

    let printed = arrived(&spool);
    let check = Command::new("qpdf")
        .arg("--check")
        .arg(&printed)
        .output()
        .unwrap();
    assert!(
        check.status.success(),
        "{}",
        String::from_utf8_lossy(&check.stdout)
    );
    let words = Command::new("pdftotext")
        .arg(&printed)
        .arg("-")
        .output()
        .unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.contains("Your treatment plan") && words.contains(&agreed.given));
    assert!(pdfs_under(&out.path().join("record")).is_empty());
}

/// The document the printing service was sent, once it is there.
fn arrived(spool: &Path) -> PathBuf {
    let by = Instant::now() + Duration::from_secs(20);
    loop {
        let found = std::fs::read_dir(spool)
            .unwrap()
            .map(|file| file.unwrap().path())
            .find(|path| {
                path.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with("d0")
            });
        match found {
            Some(path) => return path,
            None if Instant::now() > by => panic!("nothing arrived at the printer"),
            None => std::thread::sleep(Duration::from_millis(100)),
        }
    }
}

fn pdfs_under(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect()
}
