//! Signing for a content, and taking it out of use.

use assessment::ruleset::Ruleset;
use record::body::{Action, Adoptable, Adoption, Offered, Withdrawal};
use record::entry::Basis;
use record::fold::fold;
use record::scope::{Scope, Subject};

use super::contents::{self, Content};
use super::shown::{STATEMENT, adoptions, standing};
use crate::desk::{Desk, Line, Sign};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Adoptions, ContentState};
use crate::{audit, rulebook};

/// Keeps a ruleset's file in the record, so that it can be adopted. Nothing comes into use by it.
pub fn offer_ruleset(desk: &mut Desk, text: String) -> Result<Adoptions, Refusal> {
    desk.allow(Act::Adopt)?;
    let rules = Ruleset::parse(&text).map_err(|error| {
        Refusal::field("text", format!("Line {}: {}", error.line, error.expected))
    })?;
    let content = Content::ruleset(&rules);
    if !contents::all(desk)?.contains(&content) {
        let body = Offered {
            what: Adoptable::Ruleset,
            name: content.name.clone(),
            digest: content.digest.clone(),
            text,
        };
        let line = Line::of(contents::offered_slot(&content), &body)?;
        desk.write_in(Scope::Service, Subject::Service, vec![line])?;
    }
    adoptions(desk)
}

/// One person's signature for a content they have reviewed. The second, by another person, brings
/// it into use.
pub fn adopt_content(
    desk: &mut Desk,
    what: String,
    digest: String,
    passphrase: String,
) -> Result<Adoptions, Refusal> {
    desk.allow(Act::Adopt)?;
    let content = contents::one(desk, &what, &digest)?;
    let now = standing(desk, &content)?;
    if let Some(why_not) = now.why_not {
        return Err(Refusal::plain(why_not));
    }
    let Some(review) = desk.sitting()?.reviewed.get(&digest).cloned() else {
        return Err(Refusal::Stale(
            "Read the review of this content first, then sign.",
        ));
    };
    desk.confirm_passphrase(&passphrase)?;
    let body = Adoption {
        what: content.what.clone(),
        name: content.name.clone(),
        digest,
        review: review.clone(),
        statement: STATEMENT.to_owned(),
    };
    let line = Line::of(content.slot(), &body)?;
    let sign = signature(desk, &content, Some(&review))?;
    desk.whole(|desk| {
        desk.write_signed_in(Scope::Service, Subject::Service, vec![line], sign)?;
        audit::note(desk, Action::Adopted, None, &said(&content))
    })?;
    everything_is_read_anew(desk)?;
    adoptions(desk)
}

/// Takes a content out of use, at once.
pub fn withdraw_content(
    desk: &mut Desk,
    what: String,
    digest: String,
    reason: String,
    passphrase: String,
) -> Result<Adoptions, Refusal> {
    desk.allow(Act::WithdrawAdopted)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a sentence why it is withdrawn.",
        ));
    }
    let content = contents::one(desk, &what, &digest)?;
    let now = standing(desk, &content)?;
    if !matches!(
        now.state,
        ContentState::Half | ContentState::InUse | ContentState::Unsettled
    ) {
        return Err(Refusal::plain(
            "This is not in use and waits for no second signature, so there is nothing to withdraw.",
        ));
    }
    desk.confirm_passphrase(&passphrase)?;
    let body = Withdrawal {
        what: content.what.clone(),
        name: content.name.clone(),
        digest,
        reason: reason.to_owned(),
    };
    let line = Line::of(content.slot(), &body)?;
    let sign = signature(desk, &content, None)?;
    desk.whole(|desk| {
        desk.write_signed_in(Scope::Service, Subject::Service, vec![line], sign)?;
        audit::because(desk, Action::Withdrawn, None, &said(&content), reason)
    })?;
    everything_is_read_anew(desk)?;
    adoptions(desk)
}

/// "ruleset uk-community-pain 2026.1, digest 3fa9 12bc".
fn said(content: &Content) -> String {
    format!(
        "{} {}, digest {}",
        content.what.as_str().replace('-', " "),
        content.name,
        rulebook::short(&content.digest)
    )
}

/// What the signer had seen: the service's record, the content, and the review.
fn signature(desk: &Desk, content: &Content, review: Option<&str>) -> Result<Sign, Refusal> {
    let heads = fold(desk.sitting()?.open_all(Subject::Service)?).all_heads();
    let is_rules = content.what == Adoptable::Ruleset;
    let digest = |text: &str| {
        blake3::Hash::from_hex(text)
            .ok()
            .map(|hash| *hash.as_bytes())
    };
    Ok(Sign {
        basis: Basis {
            heads,
            ruleset: digest(&content.digest).filter(|_| is_rules),
            proposal: review.and_then(digest),
        },
    })
}

/// Whatever was read with what was in use before holds no longer.
fn everything_is_read_anew(desk: &mut Desk) -> Result<(), Refusal> {
    let sitting = desk.sitting_mut()?;
    sitting.shown = None;
    sitting.packs = None;
    sitting.reviewed.clear();
    Ok(())
}
