//! The result of an assessment: what is proposed, what may be signed and what was.

use assessment::question::{Catalogue, ListSpec};
use assessment::ruleset::Urgency;
use record::body::{Body, Letter, LetterApproved, LetterSent, PaperMade, Receipt, Reviewed, Task};
use record::id::{EntryId, ItemId, PatientId};

use super::choices::{
    REASONS, dispositions, form_of, lead_words, reasons, strands, tag, urgencies, urgency_of,
};
use super::later::not_seen;
use super::offer::{hides_proposal, offer};
use super::supervised::{countersigned, supervised_view, supervisors};
use crate::assess::{Shown, item_words, state_words};
use crate::banner::banner;
use crate::case::Case;
use crate::desk::{Desk, item_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DecisionView, Labelled, Triage, TriageResult};
use crate::{route, rules, triage, words};

/// The result of an assessment: what is proposed, what may be signed and what was.
pub fn triage_result(desk: &mut Desk, assessment: String) -> Result<TriageResult, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    desk.seal_typed(patient)?;
    crate::line::opened(desk, patient)?;
    result(desk, patient, id)
}

/// The result as it stands, with nothing written.
pub(crate) fn result(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
) -> Result<TriageResult, Refusal> {
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, facts.day(desk.today()), &names);
    let proposing = rules::standing(desk.sitting()?)?.off.is_none();
    let hub = crate::door::local_numbers(desk)?.hub;
    let decision = decision_view(desk, &case, id)?;
    let hidden = decision.is_none() && hides_proposal(&case, id) && proposing;
    let proposed = (!hidden && proposing)
        .then(|| triage::proposed(&shown))
        .flatten();
    let signs = route::open_signs(&case, desk.today());
    let scores = shown.sections().into_iter().flat_map(|of| of.scores);
    Ok(TriageResult {
        assessment: id.to_string(),
        banner: banner(desk, &case, Some(&shown))?,
        sign_as_proposed: offer(desk, &case, facts, hidden, proposed.as_ref())?,
        dispositions: dispositions(),
        urgencies: urgencies(),
        strands: strands(),
        reasons: reasons(),
        proposed: proposed.as_ref().map(form_of).unwrap_or_default(),
        warning_signs: signs.iter().map(|sign| sign.said(&names)).collect(),
        open_actions: crate::worklist::open_actions_of(&case, desk.today(), &hub),
        basis: basis_words(&case),
        basis_digest: digest(&seen_by_a_signer(&case)),
        summary: summary(&shown),
        scores: scores.collect(),
        may_sign: desk.may(Act::SignDecision)?,
        supervised: supervised_view(desk, &case, id)?,
        supervisors: supervisors(desk)?,
        unverified: case.unverified(),
        decision,
        triage: panel(desk, &shown, hidden)?,
    })
}

/// "Triage so far"; hidden, it says what holds of the warning signs and no more.
fn panel(desk: &Desk, shown: &Shown<'_>, hidden: bool) -> Result<Triage, Refusal> {
    let mut triage = triage::so_far(desk, shown)?;
    triage.hidden = hidden;
    if hidden {
        triage.parts.retain(|part| part.id == "warning-signs");
    }
    Ok(triage)
}

fn basis_words(case: &Case) -> String {
    let timeline = case.record.timeline();
    let last = timeline
        .last()
        .map(|placed| words::staff_moment(placed.entry.claimed))
        .unwrap_or_default();
    format!(
        "{}, the last of {last}",
        words::count(timeline.len(), "entry", "entries")
    )
}

/// What a signer has to have seen: everything but receipts, keys, and what follows from decisions,
/// on which no decision rests. One that arrives meanwhile does not stop a signature.
fn seen_by_a_signer(case: &Case) -> Vec<EntryId> {
    let beside = [
        Receipt::kind(),
        Reviewed::kind(),
        Task::kind(),
        Letter::kind(),
        LetterApproved::kind(),
        LetterSent::kind(),
        PaperMade::kind(),
    ];
    let says_something = |id: &EntryId| {
        let placed = case.record.entry(id);
        placed.is_none_or(|placed| {
            let entry = &placed.entry;
            !beside.contains(&entry.kind) && !crate::audit::is_key(entry)
        })
    };
    let mut heads = case.record.all_heads();
    heads.retain(says_something);
    heads
}

fn digest(heads: &[EntryId]) -> String {
    let mut hash = blake3::Hasher::new();
    for head in heads {
        hash.update(&head.to_bytes());
    }
    hash.finalize().to_hex().to_string()
}

/// Questions whose answers a signer reads again, in this order.
const READ_AGAIN: [&str; 7] = [
    "pain-main",
    "pain-average",
    "pain-worst",
    "impact",
    "work-status",
    "sleep-hours",
    "matters-most",
];

/// The same for lists.
const LISTS: [&str; 5] = ["region", "medicine", "allergy", "condition", "treatment"];

fn summary(shown: &Shown<'_>) -> Vec<Labelled> {
    read_again(shown, &LISTS)
}

/// The answers a signer reads again, and these lists in short.
pub(crate) fn read_again(shown: &Shown<'_>, lists: &[&str]) -> Vec<Labelled> {
    let catalogue = Catalogue::shipped();
    let questions = READ_AGAIN
        .into_iter()
        .filter_map(|id| catalogue.question(id));
    let lists = lists.iter().filter_map(|id| catalogue.list(id));
    let answers = questions.map(|question| Labelled {
        label: question.text.clone(),
        value: state_words(&question.kind, &shown.state(&question.id)),
    });
    let rows = lists.map(|list| Labelled {
        label: list.title.clone(),
        value: rows(shown, list),
    });
    answers.chain(rows).collect()
}

fn rows(shown: &Shown<'_>, list: &ListSpec) -> String {
    let rows: Vec<String> = shown
        .items
        .iter()
        .filter(|item| item.list == list.id)
        .map(|item| item_words(list, item))
        .collect();
    if rows.is_empty() {
        "none recorded".into()
    } else {
        rows.join("; ")
    }
}

fn decision_view(desk: &Desk, case: &Case, id: ItemId) -> Result<Option<DecisionView>, Refusal> {
    let found = case.acted_on(id);
    let Some(found) = found else { return Ok(None) };
    let body = &found.body.decided;
    let urgency = urgency_of(&body.urgency).unwrap_or(Urgency::NotSettled);
    Ok(Some(DecisionView {
        lead: lead_words(&body.lead),
        urgency: urgency.words().into(),
        urgency_tag: tag(urgency),
        strands: strand_words(&body.strands),
        as_proposed: body.as_proposed,
        reason: (!body.as_proposed).then(|| reason_words(&body.reason, &body.reason_text)),
        comment: body.comment.clone(),
        signed: format!(
            "{}, {}",
            desk.name_and_role(found.placed.entry.author)?,
            words::staff_moment(found.placed.entry.claimed)
        ),
        countersigns: countersigned(desk, case, found.body.countersigns)?,
        ruleset: rules::signed_under(&body.ruleset, &found.placed.entry),
        withdrawn: rules::withdrawn_since(desk.sitting()?, &found.placed.entry)?,
        not_seen: not_seen(case, found.placed),
    }))
}

/// Strands in words.
pub(crate) fn strand_words(values: &[String]) -> Vec<String> {
    strands()
        .into_iter()
        .filter(|choice| values.contains(&choice.value))
        .map(|choice| choice.label)
        .collect()
}

/// A reason with its words.
pub(super) fn reason_words(reason: &str, text: &str) -> String {
    let label = REASONS
        .iter()
        .find(|(value, _)| *value == reason)
        .map_or("", |(_, label)| label);
    format!("{label}: {text}")
}
