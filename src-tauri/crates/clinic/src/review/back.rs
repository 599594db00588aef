//! Taking a decision back: for a minute after it was signed, by whoever signed it. What was signed
//! stays in the record; the withdrawal stands above it.

use jiff::SignedDuration;
use record::body::{Adoptable, Decision, Withdrawal};
use record::cbor;
use record::entry::Basis;
use record::id::ItemId;

use super::case::drawn;
use crate::case::{Case, Found, Held, slots};
use crate::decide::TAKEN_BACK_WITHIN;
use crate::desk::{Desk, Line, Sign, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{ReviewStep, UndoView};

/// What a withdrawal in the slot of a decision withdraws.
const DECISION: &str = "decision";

/// Why, in the record: one key was pressed, and nobody was asked.
const REASON: &str = "Taken back by the signer within a minute of signing.";

/// Takes back a decision of the session that the person at work signed less than a minute ago. The
/// case is to do again, and is drawn again.
pub fn take_back(desk: &mut Desk, assessment: String) -> Result<ReviewStep, Refusal> {
    desk.allow(Act::Review)?;
    desk.allow(Act::SignDecision)?;
    let id = item_id(&assessment)?;
    desk.review()?.place_of(id)?;
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let held = case.decision(id);
    let found = standing(&held)?;
    let left = left(desk, found)?.ok_or_else(|| {
        Refusal::plain("It can be taken back for a minute, by whoever signed it, until the screen locks. Sign a new decision instead.")
    })?;
    debug_assert!(left > SignedDuration::ZERO);
    let body = withdrawal(found)?;
    let basis = Basis {
        heads: case.record.all_heads(),
        ..Basis::default()
    };
    desk.confirm_signer("")?;
    let line = Line::of(slots::decision(id), &body)?;
    desk.write_signed(patient, vec![line], Sign { basis })?;
    desk.mark(id, None)?;
    Ok(ReviewStep {
        said: "Taken back. No decision stands on this case now.".into(),
        undo: None,
        next: Some(drawn(desk, id)?),
        session: desk.review_drawn()?,
    })
}

/// The one decision that stands. Where another did not see it, taking one back would leave the
/// other, which somebody meant: both have to be seen first.
fn standing<'a, 'b>(
    held: &'b Held<Found<'a, &'a Decision>>,
) -> Result<&'b Found<'a, &'a Decision>, Refusal> {
    match held {
        Held::One(found) => Ok(found),
        Held::Nothing => Err(Refusal::NotFound("A decision on this case")),
        Held::Conflict(_) | Held::Newer(_) => Err(Refusal::plain(
            "Another decision arrived that did not see this one. Sign one that saw both.",
        )),
    }
}

fn withdrawal(found: &Found<'_, &Decision>) -> Result<Withdrawal, Refusal> {
    let decided = &found.body.decided;
    let said = cbor::encode(&found.placed.entry.body)?;
    Ok(Withdrawal {
        what: Adoptable::from(DECISION.to_owned()),
        name: format!("{} {}", decided.lead, decided.urgency),
        digest: blake3::hash(&said).to_hex().to_string(),
        reason: REASON.into(),
    })
}

/// How long a decision can still be taken back here: it is this person's, signed in this sitting,
/// and the minute is not over. A clock that was set back ends it.
fn left(desk: &Desk, found: &Found<'_, &Decision>) -> Result<Option<SignedDuration>, Refusal> {
    let entry = &found.placed.entry;
    let (now, signed) = (desk.now().at(), entry.claimed.at());
    let own = entry.author == desk.staff()? && signed >= desk.sitting()?.since;
    let gone = now.duration_since(signed);
    let left = TAKEN_BACK_WITHIN - gone;
    Ok((own && gone >= SignedDuration::ZERO && left > SignedDuration::ZERO).then_some(left))
}

/// What may still be taken back of a case that was just signed.
pub(super) fn undo_of(desk: &mut Desk, id: ItemId) -> Result<Option<UndoView>, Refusal> {
    let patient = desk.patient_of(id)?;
    let case = desk.case(patient)?;
    let held = case.decision(id);
    let Some(found) = held.one() else {
        return Ok(None);
    };
    let left = left(desk, found)?;
    Ok(left.map(|left| UndoView {
        assessment: id.to_string(),
        name: name(&case),
        seconds: u32::try_from(left.as_secs()).unwrap_or_default(),
    }))
}

fn name(case: &Case) -> String {
    let identity = case.identity();
    PatientSummary::listed_name(&identity.family, &identity.given, "")
}
