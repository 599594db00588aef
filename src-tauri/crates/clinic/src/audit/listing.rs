//! The audit trail as it is read: who, when, on which device, what, of whom, and why.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use record::body::Action;
use record::id::{DeviceId, PatientId, StaffId};
use record::moment::Moment;
use store::{AuditFilter, AuditRow};

use super::words::{GROUPS, group, what};
use crate::audit;
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::summary::PatientSummary;
use crate::view::{AuditLine, AuditPage, AuditQuery, Choice};
use crate::words;

/// Lines sent to the screen at once. A design decision: about three screens full.
const PAGE: u32 = 100;

/// A part of the audit trail, newest first, `skip` lines down. Opening it is in the trail itself.
///
/// The lead, the administrator and the clinical safety officer may read all of it; a clinician may
/// read who opened one patient's record.
pub fn audit_trail(desk: &mut Desk, query: AuditQuery, skip: u32) -> Result<AuditPage, Refusal> {
    let wanted = Wanted::of(desk, &query)?;
    allowed(desk, wanted.patient)?;
    note_opened(desk, wanted.patient)?;
    let filter = wanted.filter();
    let store = &desk.sitting()?.opened.store;
    let (total, rows) = (
        store.audit_count(&filter)?,
        store.audit_rows(&filter, skip, PAGE)?,
    );
    let names = Names::of(desk)?;
    Ok(AuditPage {
        lines: rows
            .iter()
            .map(|row| names.line(desk, row))
            .collect::<Result<_, _>>()?,
        skip,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        page: PAGE,
        patient_name: wanted
            .patient
            .map(|patient| patient_name(desk, patient))
            .transpose()?,
        staff: names.choices(),
        groups: GROUPS
            .iter()
            .map(|(id, label, _)| choice(id, label))
            .collect(),
        whole: may(desk.role()?, Act::SeeAudit),
    })
}

/// Refuses who may not read this part of the trail.
pub(super) fn allowed(desk: &Desk, patient: Option<PatientId>) -> Result<(), Refusal> {
    let clinician = patient.is_some() && may(desk.role()?, Act::Assess);
    if clinician {
        Ok(())
    } else {
        desk.allow(Act::SeeAudit)
    }
}

/// That the trail was opened is in the trail, once for each sitting and each patient asked about.
fn note_opened(desk: &mut Desk, patient: Option<PatientId>) -> Result<(), Refusal> {
    if desk.sitting()?.audited.contains(&patient) {
        return Ok(());
    }
    audit::note(desk, Action::AuditOpened, patient, "")?;
    desk.sitting_mut()?.audited.insert(patient);
    Ok(())
}

/// What is asked for, read out of the form.
pub(super) struct Wanted {
    pub(super) patient: Option<PatientId>,
    staff: Option<StaffId>,
    actions: Vec<&'static str>,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl Wanted {
    pub(super) fn of(desk: &Desk, query: &AuditQuery) -> Result<Self, Refusal> {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let offset = desk.now().offset_seconds();
        let day = |field: &str, text: &str| -> Result<Option<Date>, Refusal> {
            match given(text) {
                None => Ok(None),
                Some(text) => words::iso(&text)
                    .map(Some)
                    .ok_or_else(|| Refusal::field(field, "Enter a date that exists.")),
            }
        };
        let until = day("until", &query.until)?;
        let until = until.and_then(|last| last.tomorrow().ok());
        Ok(Self {
            patient: given(&query.patient)
                .map(|id| patient_id(&id))
                .transpose()?,
            staff: given(&query.staff)
                .map(|id| id.parse().map_err(|_| Refusal::NotFound("That person")))
                .transpose()?,
            actions: group(&query.group),
            from: day("from", &query.from)?.and_then(|day| begins(day, offset)),
            until: until.and_then(|day| begins(day, offset)),
        })
    }

    pub(super) fn filter(&self) -> AuditFilter<'_> {
        AuditFilter {
            staff: self.staff,
            patient: self.patient,
            actions: &self.actions,
            from: self.from,
            until: self.until,
        }
    }
}

/// When a day begins at the desk.
fn begins(day: Date, offset_seconds: i32) -> Option<Timestamp> {
    let offset = jiff::tz::Offset::from_seconds(offset_seconds).ok()?;
    let zoned = day.to_zoned(TimeZone::fixed(offset)).ok()?;
    Some(zoned.timestamp())
}

/// Who is who and what is where, to put a line in words.
pub(super) struct Names {
    staff: BTreeMap<StaffId, String>,
    own: DeviceId,
    offset: i32,
}

impl Names {
    pub(super) fn of(desk: &Desk) -> Result<Self, Refusal> {
        Ok(Self {
            staff: desk.names()?,
            own: desk.sitting()?.opened.identity.device,
            offset: desk.now().offset_seconds(),
        })
    }

    fn choices(&self) -> Vec<Choice> {
        let mut all: Vec<Choice> = self
            .staff
            .iter()
            .map(|(id, name)| choice(&id.to_string(), name))
            .collect();
        all.sort_by(|a, b| a.label.cmp(&b.label));
        all
    }

    fn name(&self, staff: StaffId) -> String {
        let known = self.staff.get(&staff).cloned();
        known.unwrap_or_else(|| "somebody not known here".into())
    }

    pub(super) fn device(&self, device: DeviceId) -> String {
        if device == self.own {
            "this laptop".into()
        } else {
            let id = device.to_string();
            format!("device {}", id.get(..8).unwrap_or(&id))
        }
    }

    pub(super) fn line(&self, desk: &Desk, row: &AuditRow) -> Result<AuditLine, Refusal> {
        let action = Action::from(row.action.clone());
        let when = Moment::new(row.at, self.offset);
        Ok(AuditLine {
            id: row.entry.to_string(),
            when: when.map(words::staff_moment).unwrap_or_default(),
            who: self.name(row.staff),
            account: row.account.map(|staff| self.name(staff)),
            device: self.device(row.device),
            what: what(&action),
            note: row.note.clone(),
            patient: row.patient.map(|patient| patient.to_string()),
            patient_name: row
                .patient
                .map(|patient| patient_name(desk, patient))
                .transpose()?,
            reason: row.reason.clone(),
            grave: matches!(
                action,
                Action::FailedUnlock
                    | Action::WrongPassphrase
                    | Action::BreakGlass
                    | Action::Recovered
                    | Action::Restored
                    | Action::Erased
                    | Action::Withdrawn
            ),
        })
    }
}

fn patient_name(desk: &Desk, patient: PatientId) -> Result<String, Refusal> {
    let row = desk.sitting()?.opened.store.summary(patient)?;
    let known = row.as_ref().and_then(PatientSummary::from_row);
    Ok(known.map_or_else(
        || "a patient who is not on this laptop".into(),
        |known| PatientSummary::listed_name(&known.family, &known.given, &known.title),
    ))
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
    }
}
