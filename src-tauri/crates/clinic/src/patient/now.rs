//! What stands now.

use assessment::instrument::Instrument;

use super::trend::trends;
use crate::assess::{Shown, medicine_in_words};
use crate::banner::gender_words;
use crate::case::{Case, Identity, PlanNow, VEILED};
use crate::decide::{lead_words, tag, urgency_label};
use crate::desk::Desk;
use crate::known_by::former_names;
use crate::view::{Labelled, PatientNow, Trend, UrgencyTag};
use crate::words;

/// The forms of every assessment that are followed over time.
const FOLLOWED: [&str; 4] = ["phq-9", "gad-7", "phq-4", "audit-c"];

pub(super) fn now(desk: &Desk, case: &Case) -> PatientNow {
    let today = desk.today();
    let assessments = case.assessments();
    let names = std::collections::BTreeMap::new();
    let shown = assessments
        .first()
        .map(|facts| Shown::new(case, facts.id, facts.day(today), &names));
    let decided = assessments.iter().find_map(|facts| {
        case.acted_on(facts.id).map(|found| {
            let lead = lead_words(&found.body.decided.lead);
            (facts.id, found.placed.entry.claimed, lead)
        })
    });
    let newest = assessments.first().map(|facts| facts.id);
    let planned = assessments
        .iter()
        .map(|facts| (facts.id, case.plan(facts.id)))
        .find(|(_, plan)| plan.agreed.is_some());
    let urgency = decided
        .as_ref()
        .and_then(|(id, ..)| case.urgency_acted_on(*id));
    let veiled = case.has_veil();
    let plan = planned.as_ref().map(|(_, plan)| plan);
    PatientNow {
        decision: match decided {
            _ if veiled => Some(VEILED.into()),
            // What was decided before does not answer what has been found since.
            Some((of, when, lead)) if newest != Some(of) => {
                let date = words::staff_date(when.local().date());
                Some(format!(
                    "{lead} (of {date}; nothing is signed on the newest assessment)"
                ))
            }
            decided => decided.map(|(_, _, lead)| lead),
        },
        urgency: match urgency {
            Some(urgency) if !veiled => tag(urgency),
            _ => UrgencyTag::NotKnown,
        },
        urgency_label: match urgency {
            _ if veiled => "Hidden".into(),
            urgency => urgency.map_or("Not signed", urgency_label).into(),
        },
        plan: plan.and_then(agreed),
        plan_assessment: planned.as_ref().map(|(id, _)| id.to_string()),
        review: plan
            .and_then(|plan| plan.texts.get("review"))
            .map(|text| words::staff_iso(text)),
        medicines: shown.as_ref().map(medicines).unwrap_or_default(),
        ome: shown
            .as_ref()
            .and_then(|shown| shown.medicines().ome_words()),
        scores: followed(case),
        referral: referral(case),
        details: details(case),
    }
}

/// The scores that are followed over time. The short forms are parts of the long ones, and ratings
/// are read one by one.
pub(crate) fn followed(case: &Case) -> Vec<Trend> {
    let forms = Instrument::shipped()
        .iter()
        .filter(|form| form.on_request || FOLLOWED.contains(&form.id.as_str()));
    forms.flat_map(|form| trends(case, form)).collect()
}

fn agreed(plan: &PlanNow) -> Option<String> {
    let (agreed, when) = plan.agreed.as_ref()?;
    let date = words::staff_date(when.local().date());
    let state = words::agreed(&agreed.state);
    Some(format!("Version {}, {state} {date}", agreed.version))
}

fn medicines(shown: &Shown<'_>) -> Vec<String> {
    let rows = shown.items.iter().filter(|item| item.list == "medicine");
    rows.map(|item| {
        let [name, taken, _] = medicine_in_words(&item.fields);
        if taken.is_empty() {
            name
        } else {
            format!("{name}: {}", taken.to_lowercase())
        }
    })
    .collect()
}

fn line(label: &str, value: impl Into<String>) -> Labelled {
    Labelled {
        label: label.into(),
        value: value.into(),
    }
}

fn referral(case: &Case) -> Vec<Labelled> {
    let referrals = case.referrals();
    let Some(newest) = referrals.first() else {
        return Vec::new();
    };
    vec![
        line("Received", words::staff_iso(&newest.body.received)),
        line("From", &newest.body.referrer),
        line("Reason", &newest.body.reason),
    ]
}

fn details(case: &Case) -> Vec<Labelled> {
    let identity = case.identity();
    let reached = |what: &str, label: &str, value: &str| {
        if identity.unreachable.contains(&what) {
            line(label, "In conflict, use none")
        } else {
            line(label, value)
        }
    };
    let mut all = vec![
        line("Gender", gender_words(&identity.gender)),
        reached("address", "Address", &identity.address),
        reached("telephone", "Telephone", &identity.phone),
        reached(
            "way to be reached",
            "Reach by",
            contact_words(&identity.contact_by),
        ),
        reached("way not to be reached", "Do not", &identity.contact_not),
        line("GP", &identity.gp),
        line("Needs", &identity.needs),
        line("NHS number", number_status_words(identity)),
        line("Former names", former_names(case, identity).join(", ")),
        line("Former numbers", identity.former_numbers.join(", ")),
    ];
    // What nobody said is not a line here; what everybody has is, and says "Not known" elsewhere.
    let always = ["Gender", "Address", "Telephone", "GP", "Needs"];
    all.retain(|line| !line.value.is_empty() || always.contains(&line.label.as_str()));
    all
}

fn contact_words(by: &str) -> &'static str {
    match by {
        "phone" => "Telephone",
        "text" => "Text message",
        "letter" => "Letter",
        "email" => "Email",
        _ => "",
    }
}

fn number_status_words(identity: &Identity) -> &'static str {
    match identity.number_status.as_str() {
        "verified" => "Traced and verified",
        "not-traced" => "Not yet traced",
        "no-match" => "Traced, no single match",
        _ => "",
    }
}
