//! What a person has to know of, each under its own name.

use crate::desk::Desk;
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
    Ok(all)
}

fn problem(id: &str, name: &str, words: String) -> SyncProblem {
    SyncProblem {
        id: id.to_owned(),
        name: name.to_owned(),
        words,
    }
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
                "{}: the record was copied, or put back from a backup, and went on in two places. Nothing is lost: both are kept, what they say differently is shown as a conflict, and the laptop writes in a new stream. Ask an administrator where the copy is.",
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
