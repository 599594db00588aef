//! What a person has to know of, each under its own name.

use record::warrant::{Unproven, WarrantId};
use sync::exchange::{NotTaken, Outcome};

use crate::desk::Desk;
use crate::exchanging;
use crate::recovered;
use crate::refusal::Refusal;
use crate::view::SyncProblem;
use crate::words;

/// How far two clocks may be apart before it is said: two minutes, as at enrolment.
const CLOCKS_APART: jiff::SignedDuration = jiff::SignedDuration::from_mins(2);

/// Everything that is so now.
pub(super) fn of(desk: &Desk) -> Result<Vec<SyncProblem>, Refusal> {
    let mut all = desk.line.problems.clone();
    all.extend(forks(desk)?);
    all.extend(clock(desk));
    all.extend(recovered::problem(desk)?);
    Ok(all)
}

fn problem(id: &str, name: &str, words: String) -> SyncProblem {
    SyncProblem {
        id: id.to_owned(),
        name: name.to_owned(),
        words,
    }
}

/// What an exchange leaves for a person to know of.
pub(super) fn left_by(desk: &Desk, outcome: &Outcome) -> Result<Vec<SyncProblem>, Refusal> {
    let mut all: Vec<SyncProblem> = [
        refused_there(&outcome.refused_there),
        refused_here(&outcome.refused_here),
        not_served(outcome.not_served.len()),
        without_content(outcome.without_content.len()),
        not_erased(&outcome.not_erased),
    ]
    .into_iter()
    .flatten()
    .collect();
    let withheld = (0..).zip(exchanging::withheld(desk)?);
    all.extend(
        withheld.map(|(at, words): (u32, String)| {
            problem(&format!("withheld-{at}"), "Withheld", words)
        }),
    );
    Ok(all)
}

fn refused_there(all: &[NotTaken]) -> Option<SyncProblem> {
    (!all.is_empty()).then(|| {
        let (count, why) = (envelopes(all.len()), reasons(all));
        problem(
            "refused-there",
            "Refused by the hub server",
            format!("{count}: {why}. They stay on this laptop. Tell an administrator."),
        )
    })
}

fn refused_here(all: &[NotTaken]) -> Option<SyncProblem> {
    (!all.is_empty()).then(|| {
        let (count, why) = (envelopes(all.len()), reasons(all));
        problem(
            "refused-here",
            "Refused by this laptop",
            format!("{count} came and were not kept: {why}. Tell an administrator."),
        )
    })
}

fn not_served(scopes: usize) -> Option<SyncProblem> {
    (scopes > 0).then(|| {
        problem(
            "not-served",
            "Not all sites",
            "The hub server does not give this laptop all that it is enrolled for. Ask an administrator to look at the laptop in the settings."
                .to_owned(),
        )
    })
}

fn without_content(count: usize) -> Option<SyncProblem> {
    (count > 0).then(|| {
        let count = envelopes(count);
        problem(
            "without-content",
            "Came without content",
            format!(
                "{count} came without what is in them. That is right for what two people erased; anything else the hub server withholds. Tell an administrator when nothing was erased."
            ),
        )
    })
}

fn not_erased(all: &[(WarrantId, Unproven)]) -> Option<SyncProblem> {
    (!all.is_empty()).then(|| {
        let count = words::count(all.len(), "erasure", "erasures");
        let why = each_once(all.iter().map(|(_, why)| why.to_string()));
        problem(
            "not-erased",
            "Not erased at the hub server",
            format!("{count}: {why}. It still keeps the sealed content. Tell an administrator."),
        )
    })
}

fn envelopes(count: usize) -> String {
    words::count(count, "envelope", "envelopes")
}

fn reasons(all: &[NotTaken]) -> String {
    each_once(all.iter().map(|one| one.reason.to_string()))
}

/// Each reason once, in words.
fn each_once(all: impl Iterator<Item = String>) -> String {
    let mut said: Vec<String> = Vec::new();
    for words in all {
        let words = words.trim_end_matches('.').to_owned();
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join("; ")
}

/// Streams in which two envelopes stand at one place.
fn forks(desk: &Desk) -> Result<Option<SyncProblem>, Refusal> {
    let forks = desk.sitting()?.opened.store.forks()?;
    let mut places: Vec<String> = Vec::new();
    for (stream, _) in &forks {
        let place = desk.device_words(stream.device)?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok((!places.is_empty()).then(|| {
        problem(
            "fork",
            "Copied disk",
            format!(
                "{}: the record was copied, or put back from a backup, and went on in two places. Nothing is lost: both are kept, what they say differently is shown as a conflict, and each goes on under a number of its own. Ask an administrator where the copy is.",
                words::listed(&places)
            ),
        )
    }))
}

fn clock(desk: &Desk) -> Option<SyncProblem> {
    let ahead = desk.line.ahead?;
    if ahead.abs() <= CLOCKS_APART {
        return None;
    }
    let minutes = usize::try_from(ahead.abs().as_mins()).unwrap_or(usize::MAX);
    let way = if ahead.is_negative() {
        "behind"
    } else {
        "ahead of"
    };
    Some(problem(
        "clock",
        "Clock",
        format!(
            "This laptop's clock is {} {way} the hub server's. Times that are written here may be wrong; the order of entries is not. Set the clock.",
            words::count(minutes, "minute", "minutes")
        ),
    ))
}
