//! Which entries are moved, and which of them are entered anew.

use record::body::{
    Answered, Appointment, AssessmentFinished, AssessmentStarted, Attachment, Body, Choice,
    Decision, Enquiry, FormUsed, Item, Letter, LetterApproved, LetterSent, ListState, OpenAction,
    Opinion, OpinionAsked, OpinionSettled, PaperMade, PlanAgreed, PlanGiven, PlanGoals,
    PlanPrinted, PlanText, PutAside, Referral, Reviewed, RouteRecord, SupervisedDecision, Task,
    Withdrawal,
};
use record::entry::Kind;
use record::fold::{Placed, Record};
use record::id::{EntryId, ItemId};

use crate::case::{Case, read};
use crate::desk::item_id;
use crate::refusal::Refusal;
use crate::view::MoveForm;

/// Kinds that move one by one.
fn alone() -> [Kind; 5] {
    [
        Attachment::kind(),
        Referral::kind(),
        Appointment::kind(),
        Item::kind(),
        RouteRecord::kind(),
    ]
}

/// Kinds that are entered anew. What was signed, printed or handed over was so of the wrong
/// patient: it is signed, printed and handed over again.
fn again() -> [Kind; 13] {
    [
        Attachment::kind(),
        Referral::kind(),
        Appointment::kind(),
        AssessmentStarted::kind(),
        AssessmentFinished::kind(),
        Answered::kind(),
        Item::kind(),
        ListState::kind(),
        FormUsed::kind(),
        OpenAction::kind(),
        RouteRecord::kind(),
        PlanText::kind(),
        PlanGoals::kind(),
    ]
}

/// Whether an entry can be moved by itself: it stands, and nothing stands above it.
pub(in crate::patient) fn moves_alone(record: &Record, placed: &Placed) -> bool {
    let slot = placed.entry.slot.as_ref();
    let current = slot.is_none_or(|slot| record.heads(slot) == [placed.id]);
    record.stands(&placed.id) && current && alone().contains(&placed.entry.kind)
}

/// The assessment an entry belongs to.
pub(crate) fn assessment_of(case: &Case, placed: &Placed) -> Option<ItemId> {
    fn of<B: Body>(
        case: &Case,
        placed: &Placed,
        id: impl Fn(&B) -> Option<ItemId>,
    ) -> Option<ItemId> {
        case.read::<B>(placed).and_then(|found| id(found.body))
    }
    of::<Answered>(case, placed, |it| Some(it.assessment))
        .or_else(|| of::<Item>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<ListState>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<AssessmentStarted>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<AssessmentFinished>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<FormUsed>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<OpenAction>(case, placed, |it| it.assessment))
        .or_else(|| of::<RouteRecord>(case, placed, |it| it.assessment))
        .or_else(|| of::<Choice>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<Decision>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PlanText>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PlanGoals>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PlanAgreed>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PlanPrinted>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PlanGiven>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<SupervisedDecision>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PutAside>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<Reviewed>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<OpinionAsked>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<Opinion>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<OpinionSettled>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<Task>(case, placed, |it| it.assessment))
        .or_else(|| of::<Enquiry>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<Letter>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<LetterApproved>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<LetterSent>(case, placed, |it| Some(it.assessment)))
        .or_else(|| of::<PaperMade>(case, placed, |it| it.assessment))
        .or_else(|| taken_back(placed))
}

/// The assessment whose decision was taken back, which its slot names.
fn taken_back(placed: &Placed) -> Option<ItemId> {
    read::<Withdrawal>(placed)?;
    let slot = placed.entry.slot.as_ref()?.to_string();
    slot.strip_prefix("decision/")?.parse().ok()
}

/// The entries a person chose, oldest first.
pub(super) fn entries<'a>(case: &'a Case, form: &MoveForm) -> Result<Vec<&'a Placed>, Refusal> {
    let chosen = if form.assessment.is_empty() {
        let id: EntryId = form
            .entry
            .parse()
            .map_err(|_| Refusal::NotFound("That entry"))?;
        let placed = case
            .record
            .entry(&id)
            .ok_or(Refusal::NotFound("That entry"))?;
        if !moves_alone(&case.record, placed) {
            return Err(Refusal::plain(
                "This entry does not move by itself. Move its assessment, or mark it as entered in error.",
            ));
        }
        vec![placed]
    } else {
        let wanted = item_id(&form.assessment)?;
        let all = case.record.timeline().into_iter();
        all.filter(|placed| assessment_of(case, placed) == Some(wanted))
            .collect()
    };
    if chosen.is_empty() {
        return Err(Refusal::NotFound("That assessment"));
    }
    let in_conflict = |placed: &&Placed| {
        let slot = placed.entry.slot.as_ref();
        slot.is_some_and(|slot| case.record.heads(slot).len() > 1)
    };
    if chosen.iter().any(in_conflict) {
        return Err(Refusal::plain(
            "Something in it is in conflict. Settle the conflict, then move it.",
        ));
    }
    Ok(chosen)
}

/// Those whose content is entered anew: what stands, and of lists only the rows as they are now.
pub(super) fn anew<'a>(case: &Case, chosen: &[&'a Placed]) -> Vec<&'a Placed> {
    let kinds = again();
    let is_row_of_now = |placed: &Placed| {
        read::<Item>(placed).is_none_or(|row| {
            let slot = placed.entry.slot.as_ref();
            let current = slot.is_some_and(|slot| case.record.heads(slot) == [placed.id]);
            current && row.body.removed.is_empty()
        })
    };
    chosen
        .iter()
        .copied()
        .filter(|placed| kinds.contains(&placed.entry.kind))
        .filter(|placed| case.record.stands(&placed.id))
        .filter(|placed| is_row_of_now(placed))
        .collect()
}
