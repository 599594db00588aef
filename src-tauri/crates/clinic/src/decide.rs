//! A named clinician decides. The proposal is beside it, never instead of it.

use assessment::ruleset::{Disposition, Strand, Urgency};
use record::body::{Choice as ChoiceBody, Decision};
use record::entry::Basis;
use record::fold::Placed;
use record::id::{EntryId, ItemId, PatientId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::assess::{Shown, item_words, state_words};
use crate::audit;
use crate::banner::banner;
use crate::case::{Case, Held, slots};
use crate::desk::{Desk, Line, Sign, item_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::triage::{self, Proposed};
use crate::view::{
    Choice, DecisionForm, DecisionView, FieldFault, Labelled, SignOffer, TriageResult, UrgencyTag,
};
use crate::{route, rules, words};

/// One case in so many has its proposal hidden until the clinician has chosen. A design decision
/// for the clinical safety officer.
const HIDDEN_IN: u8 = 10;

/// Why something other than the proposal is signed.
const REASONS: [(&str, &str); 6] = [
    ("patient-wish", "The patient wishes otherwise"),
    ("clinical-judgement", "Clinical judgement"),
    ("known-context", "Something known that the rules do not see"),
    ("not-available", "The service is not available"),
    ("second-opinion", "After a second opinion"),
    ("not-settled", "The proposal is not settled"),
];

fn to_value<T: Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn from_value<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(value.to_owned())).ok()
}

/// An urgency from its value; "not settled" is nothing a clinician can sign.
pub(crate) fn urgency_of(value: &str) -> Option<Urgency> {
    from_value(value).filter(|urgency| *urgency != Urgency::NotSettled)
}

/// The urgency in words.
pub(crate) fn urgency_label(urgency: Urgency) -> &'static str {
    urgency.words()
}

/// 1 for the most urgent, growing.
pub(crate) fn rank(urgency: Urgency) -> u8 {
    let place = Urgency::ALL
        .iter()
        .position(|known| *known == urgency)
        .unwrap_or(0);
    // Room between ranks, for what stands between two of them.
    u8::try_from(place * 2 + 2).unwrap_or(u8::MAX)
}

/// The tag of an urgency.
pub(crate) fn tag(urgency: Urgency) -> UrgencyTag {
    match urgency {
        Urgency::Emergency => UrgencyTag::Emergency,
        Urgency::CrisisOrSafeguardingNow => UrgencyTag::Crisis,
        Urgency::SameDay => UrgencyTag::SameDay,
        Urgency::Within48Hours => UrgencyTag::TwoDays,
        Urgency::UrgentSuspectedCancer => UrgencyTag::SuspectedCancer,
        Urgency::Urgent => UrgencyTag::Urgent,
        Urgency::Soon => UrgencyTag::Soon,
        Urgency::Routine => UrgencyTag::Routine,
        Urgency::NotSettled => UrgencyTag::NotSettled,
    }
}

/// A disposition's code in words.
pub(crate) fn lead_words(code: &str) -> String {
    from_value::<Disposition>(code).map_or_else(|| code.to_owned(), |lead| lead.words().to_owned())
}

/// The result of an assessment: what is proposed, what may be signed and what was.
pub fn triage_result(desk: &mut Desk, assessment: String) -> Result<TriageResult, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    audit::viewed(desk, patient)?;
    desk.seal_typed(patient)?;
    result(desk, patient, id)
}

fn result(desk: &mut Desk, patient: PatientId, id: ItemId) -> Result<TriageResult, Refusal> {
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    let names = desk.names()?;
    let shown = Shown::new(&case, id, facts.day(desk.today()), &names);
    let demo = desk.sitting()?.opened.identity.demo;
    let hub = crate::door::local_numbers(desk)?.hub;
    let decision = decision_view(desk, &case, id)?;
    let hidden = decision.is_none() && is_hidden(id) && case.choice(id).is_none() && demo;
    let mut triage = triage::so_far(desk, &shown)?;
    triage.hidden = hidden;
    if hidden {
        triage.parts.retain(|part| part.id == "warning-signs");
    }
    let proposed = if hidden || !demo {
        None
    } else {
        triage::proposed(&shown)
    };
    let heads = case.record.all_heads();
    Ok(TriageResult {
        assessment: id.to_string(),
        banner: banner(desk, &case, Some(&shown))?,
        sign_as_proposed: offer(
            desk,
            &case,
            id,
            hidden,
            proposed.as_ref(),
            facts.finished.is_some(),
        )?,
        dispositions: dispositions(),
        urgencies: urgencies(),
        strands: strands(),
        reasons: REASONS
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect(),
        proposed: proposed.as_ref().map(form_of).unwrap_or_default(),
        warning_signs: route::open_signs(&case, desk.today())
            .iter()
            .map(|sign| sign.said(&names))
            .collect(),
        open_actions: crate::worklist::open_actions_of(&case, desk.today(), &hub),
        basis: basis_words(&case),
        basis_digest: digest(&heads),
        summary: summary(&shown),
        scores: shown
            .sections()
            .into_iter()
            .flat_map(|section| section.scores)
            .collect(),
        may_sign: may(desk.role()?, Act::SignDecision),
        decision,
        triage,
    })
}

fn dispositions() -> Vec<Choice> {
    (1..=19)
        .filter_map(|number| from_value::<Disposition>(&format!("D{number:02}")))
        .map(|lead| Choice {
            value: to_value(lead),
            label: lead.words().into(),
        })
        .collect()
}

fn urgencies() -> Vec<Choice> {
    Urgency::ALL
        .into_iter()
        .filter(|urgency| *urgency != Urgency::NotSettled)
        .map(|urgency| Choice {
            value: to_value(urgency),
            label: urgency.words().into(),
        })
        .collect()
}

fn strands() -> Vec<Choice> {
    [
        (Strand::Medical, "Medical"),
        (Strand::Nursing, "Nursing"),
        (Strand::Physiotherapy, "Physiotherapy"),
        (Strand::Psychology, "Psychology"),
        (Strand::Pharmacy, "Pharmacy"),
        (Strand::Social, "Social"),
    ]
    .into_iter()
    .map(|(strand, label)| Choice {
        value: to_value(strand),
        label: label.into(),
    })
    .collect()
}

/// One assessment in ten, chosen by its random id, so that nobody can know beforehand and every
/// device agrees.
fn is_hidden(assessment: ItemId) -> bool {
    assessment
        .as_bytes()
        .last()
        .is_some_and(|byte| byte % HIDDEN_IN == 0)
}

fn form_of(proposed: &Proposed) -> DecisionForm {
    DecisionForm {
        lead: proposed.lead.map(to_value).unwrap_or_default(),
        urgency: proposed.urgency.map(to_value).unwrap_or_default(),
        strands: proposed
            .strands
            .iter()
            .map(|strand| to_value(*strand))
            .collect(),
        ..DecisionForm::default()
    }
}

fn offer(
    desk: &Desk,
    case: &Case,
    id: ItemId,
    hidden: bool,
    proposed: Option<&Proposed>,
    finished: bool,
) -> Result<SignOffer, Refusal> {
    let no = |why: &str| {
        Ok(SignOffer {
            allowed: false,
            why_not: Some(why.to_owned()),
        })
    };
    if rules::standing(desk.sitting()?.opened.identity.demo).off {
        return no(rules::OFF);
    }
    if !may(desk.role()?, Act::SignDecision) {
        return no("Your role does not sign decisions.");
    }
    if !finished {
        return no("The assessment is not finished.");
    }
    if case.identity().conflict.is_some() {
        return no("Who this patient is, is in conflict. Settle it first.");
    }
    if matches!(case.decision(id), Held::Conflict(_)) {
        return no(
            "Two decisions did not see each other. The more urgent one is acted on until it is settled.",
        );
    }
    if hidden {
        return no("In this case you choose first. The proposal is shown after.");
    }
    match proposed {
        Some(proposed) if proposed.settled => Ok(SignOffer {
            allowed: true,
            why_not: None,
        }),
        _ => no("Something is still not settled. Choose and say why, or ask what is missing."),
    }
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

fn digest(heads: &[EntryId]) -> String {
    let mut hash = blake3::Hasher::new();
    for head in heads {
        hash.update(&head.to_bytes());
    }
    hash.finalize().to_hex().to_string()
}

fn summary(shown: &Shown<'_>) -> Vec<Labelled> {
    let catalogue = assessment::question::Catalogue::shipped();
    let asked = [
        ("Main problem", "pain-main"),
        ("Average pain", "pain-average"),
        ("Worst pain", "pain-worst"),
        ("Effect on life", "impact"),
        ("Work", "work-status"),
        ("Sleep", "sleep-hours"),
        ("Matters most", "matters-most"),
    ];
    let mut lines: Vec<Labelled> = asked
        .into_iter()
        .filter_map(|(label, id)| catalogue.question(id).map(|question| (label, question)))
        .map(|(label, question)| Labelled {
            label: label.into(),
            value: state_words(&question.kind, &shown.state(&question.id)),
        })
        .collect();
    for id in ["region", "medicine", "allergy", "condition", "treatment"] {
        let Some(list) = catalogue.list(id) else {
            continue;
        };
        let rows: Vec<String> = shown
            .items
            .iter()
            .filter(|item| item.list == id)
            .map(|item| item_words(list, item))
            .collect();
        let value = if rows.is_empty() {
            "none recorded".into()
        } else {
            rows.join("; ")
        };
        lines.push(Labelled {
            label: list.title.clone(),
            value,
        });
    }
    lines
}

/// What the clinician chose before the proposal was shown.
pub fn choose_first(
    desk: &mut Desk,
    assessment: String,
    form: DecisionForm,
) -> Result<TriageResult, Refusal> {
    desk.allow(Act::SignDecision)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    check(&form)?;
    let body = ChoiceBody {
        assessment: id,
        lead: form.lead,
        urgency: form.urgency,
    };
    desk.write(patient, vec![Line::of(slots::choice(id), &body)?])?;
    result(desk, patient, id)
}

fn check(form: &DecisionForm) -> Result<(), Refusal> {
    let mut fields = Vec::new();
    if from_value::<Disposition>(&form.lead).is_none() {
        fields.push(FieldFault {
            field: "lead".into(),
            message: "Choose where the case goes.".into(),
        });
    }
    if urgency_of(&form.urgency).is_none() {
        fields.push(FieldFault {
            field: "urgency".into(),
            message: "Choose how urgent it is.".into(),
        });
    }
    if form
        .strands
        .iter()
        .any(|strand| from_value::<Strand>(strand).is_none())
    {
        fields.push(FieldFault {
            field: "strands".into(),
            message: "Choose strands from the list.".into(),
        });
    }
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(fields))
    }
}

/// Signs a decision. What it had seen is part of the signature; an entry that arrived since the
/// screen was drawn blocks it.
pub fn sign_decision(
    desk: &mut Desk,
    assessment: String,
    form: DecisionForm,
) -> Result<TriageResult, Refusal> {
    desk.allow(Act::SignDecision)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    check(&form)?;
    let drawn = result(desk, patient, id)?;
    if drawn.basis_digest != form.basis_digest {
        return Err(Refusal::Stale(
            "Something was added to this case since you opened it. Read it, then sign.",
        ));
    }
    if drawn.triage.hidden {
        return Err(Refusal::plain(
            "In this case you choose first. The proposal is shown after.",
        ));
    }
    let case = desk.case(patient)?;
    let facts = case
        .assessment(id)
        .ok_or(Refusal::NotFound("That assessment"))?;
    if facts.finished.is_none() {
        return Err(Refusal::plain(
            "Finish the assessment before you sign a decision.",
        ));
    }
    if let Some(field) = case.identity().conflict {
        return Err(Refusal::plain(format!(
            "The {field} is in conflict. Settle it before you sign."
        )));
    }
    let same = drawn.sign_as_proposed.allowed && agrees(&form, &drawn.proposed);
    if !same {
        need_reason(&form)?;
    }
    desk.confirm_passphrase(&form.passphrase)?;
    let basis = Basis {
        heads: case.record.all_heads(),
        ruleset: Some(rules::digest()),
        proposal: Some(proposal_digest(&drawn)),
    };
    let demo = desk.sitting()?.opened.identity.demo;
    let body = Decision {
        assessment: id,
        lead: form.lead,
        urgency: form.urgency,
        strands: form.strands,
        as_proposed: same,
        reason: form.reason,
        reason_text: form.reason_text.trim().into(),
        comment: form.comment.trim().into(),
        ruleset: rules::standing(demo).words,
    };
    desk.write_signed(
        patient,
        vec![Line::of(slots::decision(id), &body)?],
        Sign { basis },
    )?;
    audit::note(desk, "signed", Some(patient), "decision")?;
    result(desk, patient, id)
}

fn agrees(form: &DecisionForm, proposed: &DecisionForm) -> bool {
    let sorted = |strands: &[String]| {
        let mut all = strands.to_vec();
        all.sort();
        all
    };
    form.lead == proposed.lead
        && form.urgency == proposed.urgency
        && sorted(&form.strands) == sorted(&proposed.strands)
}

fn need_reason(form: &DecisionForm) -> Result<(), Refusal> {
    let mut fields = Vec::new();
    if !REASONS.iter().any(|(value, _)| *value == form.reason) {
        fields.push(FieldFault {
            field: "reason".into(),
            message: "Choose why this differs from the proposal.".into(),
        });
    }
    if form.reason_text.split_whitespace().count() < 3 {
        fields.push(FieldFault {
            field: "reason_text".into(),
            message: "Say why in at least a sentence.".into(),
        });
    }
    if fields.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Invalid(fields))
    }
}

/// What was on the screen when it was signed.
fn proposal_digest(drawn: &TriageResult) -> [u8; 32] {
    let said = serde_json::to_vec(&drawn.triage.parts).unwrap_or_default();
    *blake3::hash(&said).as_bytes()
}

fn decision_view(desk: &Desk, case: &Case, id: ItemId) -> Result<Option<DecisionView>, Refusal> {
    let held = case.decision(id);
    // Of two at once the more urgent one is acted on.
    let found = held
        .all()
        .iter()
        .min_by_key(|found| urgency_of(&found.body.urgency).map_or(u8::MAX, rank));
    let Some(found) = found else { return Ok(None) };
    let body = &found.body;
    let urgency = urgency_of(&body.urgency).unwrap_or(Urgency::NotSettled);
    Ok(Some(DecisionView {
        lead: lead_words(&body.lead),
        urgency: urgency.words().into(),
        urgency_tag: tag(urgency),
        strands: strands()
            .into_iter()
            .filter(|choice| body.strands.contains(&choice.value))
            .map(|choice| choice.label)
            .collect(),
        as_proposed: body.as_proposed,
        reason: (!body.as_proposed).then(|| {
            let label = REASONS
                .iter()
                .find(|(value, _)| *value == body.reason)
                .map_or("", |(_, label)| label);
            format!("{label}: {}", body.reason_text)
        }),
        comment: body.comment.clone(),
        signed: format!(
            "{}, {}",
            desk.name_and_role(found.placed.entry.author)?,
            words::staff_moment(found.placed.entry.claimed)
        ),
        ruleset: body.ruleset.clone(),
        not_seen: not_seen(case, found.placed),
    }))
}

/// Medicines, allergies, warning signs and identity that a signature had not seen.
fn not_seen(case: &Case, decision: &Placed) -> Vec<String> {
    let Some(signed) = &decision.entry.signed else {
        return Vec::new();
    };
    let seen: std::collections::BTreeSet<EntryId> = signed.basis.heads.iter().copied().collect();
    let mut all = std::collections::BTreeSet::new();
    for placed in case.record.timeline() {
        let slot = placed
            .entry
            .slot
            .as_ref()
            .map(record::entry::Slot::as_str)
            .unwrap_or_default();
        let what = match slot.split('/').next() {
            Some("answer") => sign_words(slot),
            Some("item") if slot.starts_with("item/medicine") => Some("a medicine".to_owned()),
            Some("item") if slot.starts_with("item/allergy") => Some("an allergy".to_owned()),
            Some("detail") => Some("a detail of identity".to_owned()),
            _ => None,
        };
        let later = placed.entry.lamport >= decision.entry.lamport || !covered(case, placed, &seen);
        if let Some(what) =
            what.filter(|_| later && placed.id != decision.id && !seen.contains(&placed.id))
        {
            all.insert(what);
        }
    }
    all.into_iter().collect()
}

/// A head that was seen covers what it replaced.
fn covered(case: &Case, placed: &Placed, seen: &std::collections::BTreeSet<EntryId>) -> bool {
    let Some(slot) = &placed.entry.slot else {
        return true;
    };
    let mut open: Vec<EntryId> = case
        .record
        .timeline()
        .into_iter()
        .filter(|other| other.entry.slot.as_ref() == Some(slot) && seen.contains(&other.id))
        .map(|other| other.id)
        .collect();
    let mut visited = std::collections::BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == placed.id {
            return true;
        }
        if visited.insert(id)
            && let Some(entry) = case.record.entry(&id)
        {
            open.extend(entry.entry.parents.iter().copied());
        }
    }
    false
}

fn sign_words(slot: &str) -> Option<String> {
    let question = slot.rsplit('/').next()?;
    let question = assessment::question::Catalogue::shipped().question(question)?;
    (question.kind == assessment::question::QuestionKind::Feature)
        .then(|| "a warning sign".to_owned())
}
