//! The whole record of one patient: what stands now, and everything that ever happened.

mod timeline;

use assessment::instrument::{Direction, Instrument, change};
use record::body::EnteredInError;
use record::entry::Kind;
use record::id::EntryId;

use crate::assess::{Shown, item_values, medicine_in_words};
use crate::audit;
use crate::banner::{banner, gender_words};
use crate::case::Case;
use crate::decide::{lead_words, tag, urgency_label, urgency_of};
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{Labelled, PatientNow, PatientView, Tab, Trend, TrendPoint, UrgencyTag};
use crate::words;
use crate::worklist::stage_words;

/// A patient's record.
pub fn open_patient(desk: &mut Desk, patient: String) -> Result<PatientView, Refusal> {
    desk.allow(Act::Look)?;
    let id = patient_id(&patient)?;
    audit::viewed(desk, id)?;
    let case = desk.case(id)?;
    let timeline = timeline::of(desk, &case)?;
    let assessments = case.assessments();
    let groups = [
        ("all", "All"),
        ("assessments", "Assessments"),
        ("decisions", "Decisions"),
        ("plans", "Plans"),
        ("medicines", "Medicines"),
        ("letters", "Referrals"),
        ("contacts", "Contacts"),
        ("record", "Details"),
    ];
    Ok(PatientView {
        banner: banner(desk, &case, None)?,
        filters: groups
            .iter()
            .map(|(group, label)| Tab {
                id: (*group).into(),
                label: (*label).into(),
                count: u32::try_from(
                    timeline
                        .iter()
                        .filter(|entry| *group == "all" || entry.group == *group)
                        .count(),
                )
                .unwrap_or(u32::MAX),
            })
            .collect(),
        open_assessment: assessments
            .iter()
            .find(|facts| facts.finished.is_none())
            .map(|facts| facts.id.to_string()),
        finished_assessment: assessments
            .iter()
            .find(|facts| facts.finished.is_some())
            .map(|facts| facts.id.to_string()),
        now: now(desk, &case),
        next_step: stage_words(PatientSummary::of(&case, desk.today()).stage).into(),
        timeline,
    })
}

fn now(desk: &Desk, case: &Case) -> PatientNow {
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

/// An instrument's totals over the assessments, oldest first; none while it was never asked.
fn trend(case: &Case, instrument: &str, today: jiff::civil::Date) -> Option<Trend> {
    let form = Instrument::by_id(instrument)?;
    let points: Vec<TrendPoint> = case
        .assessments()
        .iter()
        .rev()
        .filter_map(|facts| {
            let values = item_values(form, &case.answers(facts.id));
            let score = form
                .score(&values)
                .ok()
                .filter(|score| score.answered > 0)?;
            Some(TrendPoint {
                date: words::staff_date(facts.day(today)),
                total: score.total,
            })
        })
        .collect();
    let last = points.last()?;
    let (_, max) = form.range();
    let band = last
        .total
        .and_then(|total| form.band(total))
        .map(|band| format!(", {}", band.label))
        .unwrap_or_default();
    let words = last.total.map_or_else(
        || "incomplete".to_owned(),
        |total| format!("{total} of {max}{band}"),
    );
    let totals: Vec<i64> = points.iter().filter_map(|point| point.total).collect();
    let change = match totals.as_slice() {
        [.., before, after] => {
            Some(change(form, *before, *after)).map(|change| match change.direction {
                Direction::NoReliableChange => "no reliable change".to_owned(),
                _ => change.words,
            })
        }
        _ => None,
    };
    let each: Vec<String> = points
        .iter()
        .map(|point| {
            format!(
                "{} on {}",
                point
                    .total
                    .map_or_else(|| "incomplete".into(), |total| total.to_string()),
                point.date
            )
        })
        .collect();
    Some(Trend {
        name: form.name.clone(),
        max,
        summary: format!("{}: {}.", form.name, words::listed(&each)),
        last: words,
        change,
        points,
    })
}

/// Marks an entry as made in error. It stays readable, struck through, with the reason.
pub fn mark_in_error(
    desk: &mut Desk,
    patient: String,
    entry: String,
    reason: String,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::Assess)?;
    if reason.trim().is_empty() {
        return Err(Refusal::field(
            "reason",
            "Say in a few words why this entry is wrong.",
        ));
    }
    let id = patient_id(&patient)?;
    let entry: EntryId = entry.parse().map_err(|_| Refusal::NotFound("That entry"))?;
    let case = desk.case(id)?;
    let placed = case
        .record
        .entry(&entry)
        .ok_or(Refusal::NotFound("That entry"))?;
    if !correctable(&placed.entry.kind) {
        return Err(Refusal::plain(
            "A signed entry is not taken back this way. Sign a new one.",
        ));
    }
    let body = EnteredInError {
        entry,
        reason: reason.trim().into(),
    };
    desk.write(id, vec![Line::appended(&body)?])?;
    open_patient(desk, patient)
}

/// Whether this kind of entry can be marked as made in error.
pub(crate) fn correctable(kind: &Kind) -> bool {
    !kind.needs_signature() && *kind != Kind::ENTERED_IN_ERROR && *kind != Kind::PATIENT_KEY
}
