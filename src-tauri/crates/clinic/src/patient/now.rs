//! What stands now.

use super::trend::trend;
use crate::assess::{Shown, medicine_in_words};
use crate::banner::gender_words;
use crate::case::Case;
use crate::decide::{lead_words, tag, urgency_label, urgency_of};
use crate::desk::Desk;
use crate::view::{Labelled, PatientNow, UrgencyTag};
use crate::words;

pub(super) fn now(desk: &Desk, case: &Case) -> PatientNow {
    let today = desk.today();
    let identity = case.identity();
    let assessments = case.assessments();
    let newest = assessments.first();
    let names = std::collections::BTreeMap::new();
    let shown = newest.map(|facts| Shown::new(case, facts.id, facts.day(today), &names));
    let decided = assessments.iter().find_map(|facts| {
        case.decision(facts.id)
            .one()
            .map(|found| found.body.clone())
    });
    let planned = assessments
        .iter()
        .map(|facts| (facts.id, case.plan(facts.id)))
        .find(|(_, plan)| plan.agreed.is_some());
    let urgency = decided
        .as_ref()
        .and_then(|decision| urgency_of(&decision.urgency));
    let line = |label: &str, value: String| Labelled {
        label: label.into(),
        value,
    };
    PatientNow {
        decision: decided.as_ref().map(|decision| lead_words(&decision.lead)),
        urgency: urgency.map_or(UrgencyTag::NotKnown, tag),
        urgency_label: urgency.map_or("Not signed", urgency_label).into(),
        plan: planned.as_ref().and_then(|(_, plan)| {
            plan.agreed.as_ref().map(|(agreed, when)| {
                format!(
                    "Version {}, agreed {}",
                    agreed.version,
                    words::staff_date(when.local().date())
                )
            })
        }),
        plan_assessment: planned.as_ref().map(|(id, _)| id.to_string()),
        review: planned
            .as_ref()
            .and_then(|(_, plan)| plan.texts.get("review").map(|text| words::staff_iso(text))),
        medicines: shown
            .iter()
            .flat_map(|shown| &shown.items)
            .filter(|item| item.list == "medicine")
            .map(|item| {
                let [name, taken, _] = medicine_in_words(&item.fields);
                if taken.is_empty() {
                    name
                } else {
                    format!("{name}: {}", taken.to_lowercase())
                }
            })
            .collect(),
        ome: shown
            .as_ref()
            .and_then(|shown| shown.medicines().ome_words()),
        scores: ["phq-9", "gad-7", "phq-4", "audit-c"]
            .into_iter()
            .filter_map(|id| trend(case, id, today))
            .collect(),
        referral: case
            .referrals()
            .first()
            .map(|found| {
                vec![
                    line("Received", words::staff_iso(&found.body.received)),
                    line("From", found.body.referrer.clone()),
                    line("Reason", found.body.reason.clone()),
                ]
            })
            .unwrap_or_default(),
        details: vec![
            line("Gender", gender_words(&identity.gender).into()),
            line("Address", identity.address.clone()),
            line("Telephone", identity.phone.clone()),
            line("GP", identity.gp.clone()),
            line("Needs", identity.needs.clone()),
        ],
    }
}
