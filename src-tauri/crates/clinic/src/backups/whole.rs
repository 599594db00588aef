//! The same use cases without a screen: done at once, answered in words.

use std::path::Path;

use record::body::Action;
use serde::Serialize;
use store::TableDigest;

use super::schedule::{begin, done};
use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::soundness;
use crate::words;

/// What was done or checked, in words and in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Nothing is wrong.
    pub fine: bool,
    /// What was looked at, and what is wrong with what to do.
    pub words: String,
    /// Envelopes looked at.
    pub envelopes: u64,
    /// Patients in it.
    pub patients: u64,
    /// The folder that was made, where one was.
    pub folder: Option<String>,
}

/// Makes a backup in a new folder under `place`, opens it again and checks it whole.
pub fn back_up_to(desk: &mut Desk, place: &Path) -> Result<Checked, Refusal> {
    desk.allow(Act::KeepBackups)?;
    let job = begin(desk, place.to_owned())?;
    let came = job.run();
    let made = came.made();
    let failed = came.failed();
    done(desk, came)?;
    match (made, failed) {
        (Some((backup, findings)), _) => {
            let (fine, words) = match &findings {
                Ok(findings) => (findings.fine(), findings.in_words()),
                Err(words) => (false, words.clone()),
            };
            Ok(Checked {
                fine,
                words: format!("{} {words}", backup.folder().display()),
                envelopes: backup.manifest().envelopes(),
                patients: findings.map_or(0, |found| found.patients as u64),
                folder: Some(backup.folder().display().to_string()),
            })
        }
        (None, words) => Err(Refusal::plain(words.unwrap_or_default())),
    }
}

/// Checks the record: every number and signature, every content, every list against the entries.
pub fn verify(desk: &mut Desk) -> Result<Checked, Refusal> {
    desk.allow(Act::Look)?;
    let findings = soundness::check(&desk.sitting()?.opened.store)?;
    let fine = findings.fine();
    audit::note(
        desk,
        Action::ChainChecked,
        None,
        if fine { "fine" } else { "not fine" },
    )?;
    Ok(Checked {
        fine,
        words: findings.in_words(),
        envelopes: findings.envelopes(),
        patients: findings.patients as u64,
        folder: None,
    })
}

/// Makes everything derived from the entries again, and says whether it came out the same.
pub fn rebuild(desk: &mut Desk) -> Result<Checked, Refusal> {
    desk.allow(Act::KeepBackups)?;
    let before = desk.sitting()?.opened.store.derived_tables()?;
    let patients = desk.make_derived_again()?;
    let after = desk.sitting()?.opened.store.derived_tables()?;
    let differing: Vec<&str> = changed(&before, &after);
    let said = if differing.is_empty() {
        "They are the same as before.".to_owned()
    } else {
        format!(
            "These were not as they should be: {}.",
            differing.join(", ")
        )
    };
    Ok(Checked {
        fine: true,
        words: format!(
            "The lists of {} were made again. {said}",
            words::count(patients, "patient", "patients")
        ),
        envelopes: 0,
        patients: patients as u64,
        folder: None,
    })
}

fn changed<'a>(before: &'a [TableDigest], after: &[TableDigest]) -> Vec<&'a str> {
    before
        .iter()
        .zip(after)
        .filter(|(before, after)| before != after)
        .map(|(before, _)| before.table)
        .collect()
}
