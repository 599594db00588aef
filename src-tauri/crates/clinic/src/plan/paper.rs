//! A plan as it stands becomes what the page needs.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::id::{ItemId, PatientId};

use super::shown::goal;
use super::{bank, draft};
use crate::assess::{Shown, medicine_in_words};
use crate::case::PlanNow;
use crate::desk::{Desk, Sitting};
use crate::paper::{PlanPaper, PlanPart};
use crate::refusal::Refusal;
use crate::view::Labelled;
use crate::{role, words};

/// The plan on paper. Signed means: a decision is signed and the plan is agreed as it stands.
pub(crate) fn of(
    desk: &mut Desk,
    patient: PatientId,
    id: ItemId,
    large: bool,
) -> Result<PlanPaper, Refusal> {
    let case = desk.case(patient)?;
    case.unveiled(id)?;
    let names = desk.names()?;
    let numbers = crate::door::local_numbers(desk)?;
    let now = desk.now();
    let today = desk.today();
    let identity = case.identity();
    let plan = case.plan(id);
    let shown = Shown::new(&case, id, today, &names);
    let drafted = draft::texts(&case, id, today, &names);
    let signed = case.decision(id).one().is_some() && plan.is_agreed();
    let sitting = desk.sitting()?;
    let opened = &sitting.opened;
    let (author, written) = written_by(desk, &plan, signed)?;
    Ok(PlanPaper {
        service: opened.identity.service_name.clone(),
        site: opened.identity.site_name.clone(),
        name: identity.spoken(),
        number: identity.number_words(),
        born: identity
            .born
            .map_or_else(|| "date not known".into(), words::patient_date),
        date: words::patient_date(written),
        version: plan.version(),
        author,
        blocks: parts(&plan, &drafted),
        goals: plan.goals.iter().map(goal).collect(),
        medicines: medicines(&shown),
        allergies: crate::banner::allergies(&shown).words,
        review: review(&plan),
        contacts: contacts(&numbers.clinic, &numbers.out_of_hours),
        agreed: agreed(&plan, signed),
        signed,
        printed: format!(
            "Made {} by {}",
            words::staff_moment(now),
            words::short_name(&opened.name)
        ),
        ruleset: rules_in_force(sitting)?,
        demo: opened.identity.demo,
        large,
    })
}

/// Who wrote the plan with the patient, and when: whoever signed it, else whoever is at work.
fn written_by(desk: &Desk, plan: &PlanNow, signed: bool) -> Result<(String, Date), Refusal> {
    if let (true, Some(staff), Some((_, when))) = (signed, plan.agreed_by, &plan.agreed) {
        return Ok((desk.name_and_role(staff)?, when.local().date()));
    }
    let role = role::words(desk.role()?).to_lowercase();
    let opened = &desk.sitting()?.opened;
    Ok((format!("{}, {role}", opened.name), desk.today()))
}

/// The blocks with a text, as written or else as drafted, and those that are printed anyway.
fn parts(plan: &PlanNow, drafted: &BTreeMap<String, String>) -> Vec<PlanPart> {
    let text = |id: &str| plan.texts.get(id).or_else(|| drafted.get(id)).cloned();
    let anyway = ["medicines", "contacts", "what-we-agreed"];
    bank::blocks()
        .iter()
        .map(|block| PlanPart {
            id: block.id.clone(),
            title: block.title.clone(),
            text: text(&block.id).unwrap_or_default(),
        })
        .filter(|part| !part.text.trim().is_empty() || anyway.contains(&part.id.as_str()))
        .collect()
}

fn medicines(shown: &Shown<'_>) -> Vec<[String; 3]> {
    let rows = shown.items.iter().filter(|item| item.list == "medicine");
    rows.map(|item| medicine_in_words(&item.fields)).collect()
}

fn review(plan: &PlanNow) -> String {
    let chosen = plan.texts.get("review").and_then(|text| words::iso(text));
    chosen.map(words::patient_date).unwrap_or_default()
}

/// Whom a patient calls: the numbers this site has entered, and those that hold everywhere.
pub(crate) fn contacts(clinic: &str, out_of_hours: &str) -> Vec<Labelled> {
    let line = |label: &str, value: &str| Labelled {
        label: label.into(),
        value: value.into(),
    };
    let mut lines = Vec::new();
    if !clinic.is_empty() {
        lines.push(line("The clinic, in working hours", clinic));
    }
    if !out_of_hours.is_empty() {
        lines.push(line("At night and at weekends", out_of_hours));
    }
    lines.push(line("Emergency", "999"));
    lines.push(line(
        "Mental health, at any hour",
        "NHS 111, choose mental health",
    ));
    lines
}

fn agreed(plan: &PlanNow, signed: bool) -> String {
    match &plan.agreed {
        Some((agreed, when)) if signed => {
            let date = words::patient_date(when.local().date());
            match agreed.state.as_str() {
                "agreed-in-part" => format!(
                    "We agreed this plan in part on {date}. Not agreed: {}",
                    agreed.part
                ),
                _ => format!("We agreed this plan together on {date}."),
            }
        }
        _ => "This is a draft. It is not signed.".into(),
    }
}

/// Rules that nobody adopted proposed nothing here, so the paper does not name them.
fn rules_in_force(sitting: &Sitting) -> Result<String, Refusal> {
    let standing = crate::rules::standing(sitting)?;
    Ok(if standing.off.is_some() {
        String::new()
    } else {
        standing.words
    })
}
