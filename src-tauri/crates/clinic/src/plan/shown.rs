//! The plan as the screen shows it.

use std::collections::BTreeMap;

use record::body::{PlanAgreed, PlanGiven, PlanGoal};
use record::id::{ItemId, PatientId, StaffId};
use record::moment::Moment;

use super::{PRESENT, bank, draft};
use crate::banner::banner;
use crate::case::{Case, PlanNow};
use crate::desk::Desk;
use crate::readability::reading_age;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{Choice, Goal, Phrase, PlanBlock, PlanView};
use crate::words;

/// Blocks without which a plan is not agreed.
pub(super) const NEEDED: [&str; 4] = [
    "what-matters",
    "what-we-agreed",
    "flare-up",
    "warning-signs",
];

pub(super) fn view(desk: &mut Desk, patient: PatientId, id: ItemId) -> Result<PlanView, Refusal> {
    let saved_at = desk.last_saved(patient)?.map(words::clock_seconds);
    let case = desk.case(patient)?;
    case.unveiled(id)?;
    let names = desk.names()?;
    let plan = case.plan(id);
    let drafted = draft::texts(&case, id, desk.today(), &names);
    let blocks: Vec<PlanBlock> = bank::blocks()
        .iter()
        .map(|block| block_view(block, &plan, &drafted))
        .collect();
    let decision = decision_words(&case, id, &names);
    Ok(PlanView {
        assessment: id.to_string(),
        banner: banner(desk, &case, None)?,
        version: plan.version(),
        missing: missing(&blocks, &plan, decision.is_some(), &case, id),
        goals: plan.goals.iter().map(goal).collect(),
        review: plan.texts.get("review").cloned().unwrap_or_default(),
        agreed: plan
            .agreed
            .as_ref()
            .map(|(agreed, when)| agreed_words(agreed, *when)),
        changed_since_agreed: plan.changed_since_agreed(),
        given: plan
            .given
            .as_ref()
            .map(|(given, when)| given_words(given, *when)),
        decision,
        saved_at,
        present_choices: PRESENT
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect(),
        may_sign: desk.may(Act::AgreePlan)?,
        blocks,
    })
}

/// Who signed the decision behind the plan, and when.
fn decision_words(case: &Case, id: ItemId, names: &BTreeMap<StaffId, String>) -> Option<String> {
    let decision = case.decision(id);
    let found = decision.one()?;
    let entry = &found.placed.entry;
    let who = names.get(&entry.author).cloned().unwrap_or_default();
    Some(format!(
        "{}, signed by {who} {}",
        crate::decide::lead_words(&found.body.decided.lead),
        words::staff_moment(entry.claimed)
    ))
}

fn given_words(given: &PlanGiven, when: Moment) -> String {
    format!(
        "Version {} given to {} {}",
        given.version,
        to_words(&given.to),
        words::staff_moment(when)
    )
}

fn block_view(
    block: &bank::Block,
    plan: &PlanNow,
    drafted: &std::collections::BTreeMap<String, String>,
) -> PlanBlock {
    let written = plan.texts.get(&block.id);
    let text = written
        .or_else(|| drafted.get(&block.id))
        .cloned()
        .unwrap_or_default();
    PlanBlock {
        id: block.id.clone(),
        title: block.title.clone(),
        hint: block.hint.clone(),
        reading_age: reading_age(&text),
        drafted: written.is_none() && !text.is_empty(),
        text,
        phrases: block
            .phrases
            .iter()
            .map(|phrase| Phrase {
                text: phrase.text.clone(),
                source: format!("{} [{}]", phrase.source, phrase.mark),
            })
            .collect(),
    }
}

pub(super) fn missing(
    blocks: &[PlanBlock],
    plan: &PlanNow,
    decided: bool,
    case: &Case,
    assessment: ItemId,
) -> Vec<String> {
    let mut all = Vec::new();
    if !decided {
        all.push("A signed decision".to_owned());
    }
    if let Some(what) = case.unsettled_for_paper(assessment) {
        all.push(format!("{what} is in conflict and has to be settled first"));
    }
    for block in blocks
        .iter()
        .filter(|block| NEEDED.contains(&block.id.as_str()) && block.text.trim().is_empty())
    {
        all.push(block.title.clone());
    }
    if plan.goals.is_empty() {
        all.push("At least one goal".to_owned());
    }
    if !plan.texts.contains_key("review") {
        all.push("A review date".to_owned());
    }
    all
}

pub(super) fn goal(goal: &PlanGoal) -> Goal {
    Goal {
        text: goal.text.clone(),
        by: goal.by.clone(),
        confidence: goal.confidence,
    }
}

pub(super) fn agreed_words(agreed: &PlanAgreed, when: record::moment::Moment) -> String {
    format!(
        "Version {}: {} {}",
        agreed.version,
        words::agreed(&agreed.state),
        words::staff_moment(when)
    )
}

pub(super) fn to_words(to: &str) -> &'static str {
    match to {
        "carer" => "a carer",
        "post" => "the post",
        _ => "the patient",
    }
}
