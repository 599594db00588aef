//! Blocks, goals and the review date, kept as they are typed.

use record::body::{PlanGoal, PlanGoals, PlanText};

use super::bank;
use super::editable;
use super::shown::view;
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::view::{Goal, PlanView};
use crate::words;

/// Keeps the text of a block.
pub fn save_plan_block(
    desk: &mut Desk,
    assessment: String,
    block: String,
    text: String,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    if !bank::blocks().iter().any(|known| known.id == block) {
        return Err(Refusal::NotFound("That block"));
    }
    let body = PlanText {
        assessment: id,
        block: block.clone(),
        text,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, &block), &body)?)?;
    view(desk, patient, id)
}

/// Keeps the goals.
pub fn save_plan_goals(
    desk: &mut Desk,
    assessment: String,
    goals: Vec<Goal>,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    if goals
        .iter()
        .any(|goal| goal.confidence.is_some_and(|sure| sure > 10))
    {
        return Err(Refusal::field(
            "confidence",
            "Confidence is a number from 0 to 10.",
        ));
    }
    if goals
        .iter()
        .any(|goal| !goal.by.is_empty() && words::iso(&goal.by).is_none())
    {
        return Err(Refusal::field(
            "by",
            "Enter a date that exists, or leave it empty.",
        ));
    }
    let goals = goals
        .into_iter()
        .filter(|goal| !goal.text.trim().is_empty())
        .map(|goal| PlanGoal {
            text: goal.text.trim().into(),
            by: goal.by,
            confidence: goal.confidence,
        })
        .collect();
    let body = PlanGoals {
        assessment: id,
        goals,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, "goals"), &body)?)?;
    view(desk, patient, id)
}

/// Keeps the review date.
pub fn save_plan_review(
    desk: &mut Desk,
    assessment: String,
    review: String,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let today = desk.today();
    match words::iso(&review) {
        Some(date) if date > today => {}
        Some(_) => return Err(Refusal::field("review", "Choose a day after today.")),
        None => return Err(Refusal::field("review", "Enter a date that exists.")),
    }
    let body = PlanText {
        assessment: id,
        block: "review".into(),
        text: review,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, "review"), &body)?)?;
    view(desk, patient, id)
}
