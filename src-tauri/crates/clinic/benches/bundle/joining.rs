//! A second laptop joins a clinic, as people do it.

use std::fs;
use std::path::Path;

use clinic::view::{ApproveForm, FinishJoiningForm, JoinForm, Joining, Status};
use clinic::{Desk, door, enrol};

use crate::Outcome;
use crate::desk::{PASSPHRASE, desk};

/// The desk of the laptop in this folder, whoever set it up at work.
pub(crate) fn unlocked(folder: &Path) -> Outcome<Desk> {
    let mut desk = desk(folder);
    let staff = fs::read_to_string(folder.join("staff"))?;
    door::unlock(&mut desk, staff, PASSPHRASE.to_owned())?;
    Ok(desk)
}

/// A blank laptop asks, whoever set the clinic up answers, and it is in use. Gives who is at it.
pub(crate) fn join(hub: &mut Desk, new: &mut Desk, scratch: &Path) -> Outcome<String> {
    let asked = enrol::begin_joining(
        new,
        JoinForm {
            name: "Ada Quist".into(),
            passphrase: PASSPHRASE.into(),
            passphrase_again: PASSPHRASE.into(),
            use_keyring: true,
            read_intended_use: true,
        },
    )?;
    let Status::Joining(Joining { text, words, .. }) = asked else {
        return Err("the blank laptop does not wait for an answer".into());
    };
    let sites: Vec<String> = enrol::laptops(hub)?
        .sites
        .into_iter()
        .map(|site| site.value)
        .collect();
    let home = sites.first().cloned().ok_or("the clinic has no site")?;
    let approved = enrol::approve_joining(
        hub,
        ApproveForm {
            request: text,
            words: words.join(" "),
            role: "nurse".into(),
            sites,
            home,
            colleague: String::new(),
            own_passphrase: PASSPHRASE.into(),
            folder: scratch.display().to_string(),
        },
    )?;
    let sheet = enrol::finish_joining(
        new,
        FinishJoiningForm {
            answer: approved.path,
            words: approved.words.join(" "),
            passphrase: PASSPHRASE.into(),
        },
    )?;
    let [first, second] = sheet
        .confirm
        .map(|group| sheet.code[group as usize - 1].clone());
    Ok(door::confirm_sheet(new, first, second)?.staff)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &copy)?;
        } else {
            fs::copy(entry.path(), &copy)?;
        }
    }
    Ok(())
}
