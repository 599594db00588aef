//! What the audit trail says of entries that were written: how many of which kind, and by whom.

use std::collections::BTreeMap;

use record::body::{Action, Audit};
use record::entry::{Entry, Kind};
use record::id::{PatientId, StaffId};

use crate::desk::Said;
use crate::words;

/// What is said of entries that go to disk in one envelope: one line for each author. Somebody who
/// typed before a crash is named beside whoever unlocked after it.
///
/// Keys are not what a person writes, so an envelope of them alone is not a change.
pub(crate) fn written(
    entries: &[Entry],
    patient: Option<PatientId>,
    at_work: StaffId,
) -> Vec<Said> {
    let mut authors: BTreeMap<StaffId, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        if !is_key(entry) {
            authors.entry(entry.author).or_default().push(entry);
        }
    }
    authors
        .into_iter()
        .map(|(author, entries)| Said {
            body: Audit {
                action: if entries.iter().any(|entry| entry.signed.is_some()) {
                    Action::Signed
                } else {
                    Action::Changed
                },
                patient,
                staff: (author != at_work).then_some(author),
                note: kinds(&entries),
                reason: String::new(),
            },
            happened: None,
        })
        .collect()
}

/// Whether an entry hands on a key, which no person writes and no list shows.
pub(crate) fn is_key(entry: &Entry) -> bool {
    [Kind::PATIENT_KEY, Kind::EPOCH_KEY].contains(&entry.kind)
}

/// "12 answers, 1 row of a list". Kinds only: not which, and not what they say.
pub(crate) fn kinds(entries: &[&Entry]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.kind.as_str()).or_default() += 1;
    }
    let said = counts.into_iter().map(|(kind, count)| {
        let (one, many) = named(kind);
        words::count(count, &one, &many)
    });
    said.collect::<Vec<_>>().join(", ")
}

/// What a kind of entry is called. A note is an entry like any other: that there is a restricted one
/// is itself restricted.
fn named(kind: &str) -> (String, String) {
    let (one, many) = match kind {
        "patient-detail" => ("detail", "details"),
        "answer" => ("answer", "answers"),
        "item" => ("row of a list", "rows of lists"),
        "list-state" => ("list", "lists"),
        "assessment-started" => ("assessment started", "assessments started"),
        "assessment-finished" => ("assessment finished", "assessments finished"),
        "route-record" => ("safety record", "safety records"),
        "plan-text" => ("block of the plan", "blocks of the plan"),
        "plan-goals" => ("list of goals", "lists of goals"),
        "agreed-plan" => ("agreed plan", "agreed plans"),
        "plan-printed" => ("copy of the plan", "copies of the plan"),
        "plan-given" => ("plan given", "plans given"),
        "choice-before-proposal" => ("first choice", "first choices"),
        "entered-in-error" => ("mark of an error", "marks of errors"),
        "local-numbers" => ("list of emergency numbers", "lists of emergency numbers"),
        "pathway-event" => ("event of the pathway", "events of the pathway"),
        "clock-setting" => ("setting of the clock", "settings of the clock"),
        "form-used" => ("questionnaire", "questionnaires"),
        "attachment" => ("document", "documents"),
        "put-aside" => ("case put aside", "cases put aside"),
        "reviewed" => ("case reviewed", "cases reviewed"),
        "opinion-asked" => ("opinion asked for", "opinions asked for"),
        "opinion-settled" => ("opinion settled", "opinions settled"),
        "enquiry" => ("question to a site", "questions to sites"),
        "letter-approved" => ("letter approved", "letters approved"),
        "letter-sent" => ("letter sent", "letters sent"),
        "paper-made" => ("paper", "papers"),
        "note" => ("entry", "entries"),
        other => {
            let plain = other.replace('-', " ");
            return (plain.clone(), format!("{plain}s"));
        }
    };
    (one.into(), many.into())
}
