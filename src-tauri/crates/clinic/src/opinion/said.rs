//! What each of the two says, in words.

use record::body::{Decided, Opinion};
use record::fold::Placed;

use super::choices::{WAYS, words_of};
use crate::case::{Case, OpinionNow, Verdict};
use crate::decide::{lead_words, strand_words, tag, urgency_of};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::{OpinionSaid, UrgencyTag};
use crate::words;

/// Who signed something, and when.
pub(super) fn signed(desk: &Desk, placed: &Placed) -> Result<String, Refusal> {
    let who = desk.name_and_role(placed.entry.author)?;
    Ok(format!(
        "{who}, {}",
        words::staff_moment(placed.entry.claimed)
    ))
}

fn said(who: String, verdict: &str, lead: &str, urgency: &str, strands: &[String]) -> OpinionSaid {
    let known = urgency_of(urgency);
    OpinionSaid {
        who,
        verdict: verdict.into(),
        disagrees: false,
        blind: false,
        lead: lead_words(lead),
        urgency: known.map_or_else(|| urgency.to_owned(), |known| known.words().to_owned()),
        urgency_tag: known.map_or(UrgencyTag::NotKnown, tag),
        strands: strand_words(strands),
        change: String::new(),
        reason: String::new(),
    }
}

/// The decision an opinion is the second view to.
pub(super) fn decided(
    desk: &Desk,
    placed: &Placed,
    decided: &Decided,
) -> Result<OpinionSaid, Refusal> {
    let who = signed(desk, placed)?;
    Ok(OpinionSaid {
        reason: decided.reason_text.clone(),
        ..said(
            who,
            "Decided first",
            &decided.lead,
            &decided.urgency,
            &decided.strands,
        )
    })
}

/// An answer.
pub(super) fn answered(
    desk: &Desk,
    case: &Case,
    opinion: &OpinionNow<'_>,
    placed: &Placed,
    given: &Opinion,
) -> Result<OpinionSaid, Refusal> {
    let verdict = case.verdict(opinion, given);
    let words = match verdict {
        Some(Verdict::Agrees) => "Agrees",
        Some(Verdict::WithChange) => "Agrees, with a change",
        Some(Verdict::Disagrees) => "Disagrees",
        None => "Given before a decision",
    };
    let who = signed(desk, placed)?;
    Ok(OpinionSaid {
        disagrees: verdict == Some(Verdict::Disagrees),
        blind: given.blind,
        change: given.change.clone(),
        reason: given.reason.clone(),
        ..said(who, words, &given.lead, &given.urgency, &given.strands)
    })
}

/// How it was settled, by whom and why.
pub(super) fn settled(desk: &Desk, opinion: &OpinionNow<'_>) -> Result<Option<String>, Refusal> {
    let Some(settled) = &opinion.settled else {
        return Ok(None);
    };
    let how = words_of(&WAYS, &settled.body.how);
    let who = signed(desk, settled.placed)?;
    Ok(Some(format!(
        "{how}. {} {who}",
        sentence(&settled.body.words)
    )))
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}
