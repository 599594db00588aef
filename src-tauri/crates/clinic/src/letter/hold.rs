//! Why a letter may not leave.

use assessment::question::Catalogue;
use record::body::{AnswerState, AnswerValue};
use record::entry::Slot;
use record::moment::Moment;

use super::draft::Draft;
use crate::assess::state_words;
use crate::case::{Case, slots};
use crate::decide::{TAKEN_BACK_WITHIN, not_seen};
use crate::words;

/// Everything that keeps a letter back, in sentences; none when it may leave.
pub(super) fn holds(draft: &Draft, now: Moment) -> Vec<String> {
    let case = &*draft.case;
    let mut all = Vec::new();
    all.extend(in_conflict(case, draft));
    all.extend(unseen(case, draft));
    all.extend(to_whom(case, draft));
    all.extend(too_soon(case, draft, now));
    all.extend(not_approved(case, draft));
    all
}

/// Whether the letter is final: approved as it stands, over a decision that is settled. Only the
/// minute in which the decision may be taken back, and to whom it may go, are left out.
pub(super) fn stands(draft: &Draft) -> bool {
    let case = &*draft.case;
    let against = [
        in_conflict(case, draft),
        unseen(case, draft),
        not_approved(case, draft),
    ];
    against.iter().all(Option::is_none)
}

fn in_conflict(case: &Case, draft: &Draft) -> Option<String> {
    // Beside a decision there can stand a taking back that did not see it.
    let decided = Slot::new(slots::decision(draft.assessment));
    let several = decided.is_ok_and(|slot| case.record.heads(&slot).len() > 1);
    let what = case
        .unsettled_for_paper(draft.assessment)
        .or_else(|| several.then(|| "The decision".to_owned()))
        .or_else(|| {
            let letter = case.letter(draft.id);
            letter.held.is_unsettled().then(|| "This letter".to_owned())
        })?;
    Some(format!(
        "{what} is in conflict. Settle it on the record before anything leaves."
    ))
}

fn unseen(case: &Case, draft: &Draft) -> Option<String> {
    let signed = case.record.entry(&draft.decision)?;
    let unseen = not_seen(case, signed);
    (!unseen.is_empty()).then(|| {
        format!(
            "The decision was made without seeing {}. Sign it again first.",
            words::listed(&unseen)
        )
    })
}

/// The person may have died, or not have agreed that others are told. Of leave that was given the
/// narrowest holds (SAFETY 1); a question that nobody answered is no leave.
fn to_whom(case: &Case, draft: &Draft) -> Option<String> {
    if draft.spec.to == "patient" {
        let died = case.identity().died.as_ref()?;
        return Some(format!(
            "This person died {}. No letter goes to them.",
            died.words
        ));
    }
    let share = first(case, draft, "consent-share");
    let said = match &share {
        AnswerState::Given {
            value: AnswerValue::Text(value),
        } => value.as_str(),
        _ => "",
    };
    if matches!(said, "team-gp" | "limited") {
        return None;
    }
    let question = Catalogue::shipped().question("consent-share")?;
    Some(format!(
        "Leave to share outside the team: {}. Ask the person, and record what they say in the assessment.",
        state_words(&question.kind, &share).to_lowercase()
    ))
}

fn first(case: &Case, draft: &Draft, question: &str) -> AnswerState {
    let answers = case.answers(draft.assessment);
    let stands = answers.get(question).and_then(|all| all.first());
    stands.map_or(AnswerState::NotAsked, |now| now.state.clone())
}

/// A clock that was set since says nothing: then the time is over or has not begun, and in either
/// case nobody can take it back here any more.
fn too_soon(case: &Case, draft: &Draft, now: Moment) -> Option<String> {
    let signed = case.record.entry(&draft.decision)?.entry.claimed;
    let since = now.at().duration_since(signed.at());
    if since.abs() >= TAKEN_BACK_WITHIN {
        return None;
    }
    let over = signed.at().checked_add(TAKEN_BACK_WITHIN).ok()?;
    let over = Moment::new(over, now.offset_seconds()).ok()?;
    Some(format!(
        "The decision can still be taken back. The letter may leave from {}.",
        words::clock_seconds(over)
    ))
}

fn not_approved(case: &Case, draft: &Draft) -> Option<String> {
    let stale = draft.stale();
    let letter = case.letter(draft.id);
    if letter.approved.is_none() {
        return Some("It is not approved yet.".into());
    }
    if !letter.is_approved() {
        return Some("It was changed since it was approved. Approve it again.".into());
    }
    (!stale.is_empty()).then(|| {
        format!(
            "Facts changed since it was approved: {}. Look at them, then approve it again.",
            words::listed(&stale)
        )
    })
}

/// Whether a letter may be sent to the person's home.
pub(super) fn is_safe_by_post(draft: &Draft) -> bool {
    let said = first(&draft.case, draft, "safe-contact");
    let safe = ["any", "letter"].map(|value| AnswerState::Given {
        value: AnswerValue::Text(value.into()),
    });
    safe.contains(&said)
}
