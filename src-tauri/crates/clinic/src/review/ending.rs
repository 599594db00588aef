//! The end of a session: what was done of each case, and what has not been sent.

use super::session::Step;
use crate::audit;
use crate::desk::Desk;
use crate::line;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ReviewEnd, ReviewRow};

/// Ends the session. The next signature asks for the PIN or the passphrase again.
pub fn end_review(desk: &mut Desk) -> Result<ReviewEnd, Refusal> {
    desk.allow(Act::Review)?;
    audit::listed(desk)?;
    let rows = desk.queue_rows()?;
    let unsent = line::unsent(desk)?;
    desk.put_review(None)?;
    Ok(ReviewEnd {
        words: said(&rows),
        rows,
        unsent,
    })
}

/// "9 signed, 2 changed, 1 put aside, 2 not decided"; what did not happen is not said.
fn said(rows: &[ReviewRow]) -> String {
    let of = |state: &str| rows.iter().filter(|row| row.state == state).count();
    let counts = [
        (of(Step::Signed.word()), "signed as proposed"),
        (of(Step::Changed.word()), "signed with a reason"),
        (of(Step::PutAside.word()), "put aside"),
        (of(Step::Enquired.word()), "asked of the spoke"),
        (of("elsewhere"), "decided elsewhere"),
        (of(Step::Passed.word()) + of("to-do"), "not decided"),
    ];
    let said = counts.into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, words)| format!("{count} {words}"))
        .collect::<Vec<_>>()
        .join(", ")
}
