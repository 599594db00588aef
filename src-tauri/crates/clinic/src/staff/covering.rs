//! Absences that are covered, and cases that are handed over.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::body::{Action, Audit, Cover, HandedOver};
use record::entry::Slot;
use record::fold::fold;
use record::id::{ItemId, StaffId};
use record::scope::{Scope, Subject};

use super::form::{date, person};
use super::listing::screen;
use crate::audit;
use crate::case::{body_of, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::patient::open_patient;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{CoverForm, CoverRow, HandOverForm, PatientView, StaffScreen};
use crate::words;

/// Who covers whom on a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Covers(Vec<Standing>);

#[derive(Debug, Clone)]
struct Standing {
    absent: StaffId,
    by: StaffId,
}

impl Covers {
    /// Who covers somebody today. Of several the first that was written.
    pub(crate) fn of(&self, absent: StaffId) -> Option<StaffId> {
        let covered = self.0.iter().find(|cover| cover.absent == absent);
        covered.map(|cover| cover.by)
    }

    /// Whom somebody covers today.
    pub(crate) fn by(&self, covering: StaffId) -> impl Iterator<Item = StaffId> + '_ {
        let mine = self.0.iter().filter(move |cover| cover.by == covering);
        mine.map(|cover| cover.absent)
    }
}

impl Desk {
    /// Who covers whom today.
    pub(crate) fn covers(&self) -> Result<Covers, Refusal> {
        let today = self.today();
        let standing = all(self)?.into_values();
        Ok(Covers(
            standing
                .filter(|cover| is_on(cover, today))
                .map(|cover| Standing {
                    absent: cover.absent,
                    by: cover.by,
                })
                .collect(),
        ))
    }
}

/// Covers that have not been taken back, by their ids. One that was changed in two places at once
/// stands as long as one of them does: a case that two see to is safer than one nobody sees to.
fn all(desk: &Desk) -> Result<BTreeMap<ItemId, Cover>, Refusal> {
    let record = fold(desk.sitting()?.open_all(Subject::Service)?);
    let mut found = BTreeMap::new();
    for (_, now) in record.under("cover") {
        let bodies = now
            .all()
            .iter()
            .filter_map(|it| body_of::<Cover>(&it.entry));
        for body in bodies.filter(|body| body.withdrawn.is_empty()) {
            found.insert(body.cover, body);
        }
    }
    Ok(found)
}

fn is_on(cover: &Cover, day: Date) -> bool {
    let (from, to) = (words::iso(&cover.from), words::iso(&cover.to));
    from.is_some_and(|from| from <= day) && to.is_some_and(|to| day <= to)
}

/// The names of those whom the person at work covers today.
pub(crate) fn covering(desk: &Desk) -> Result<Vec<String>, Refusal> {
    let names = desk.names()?;
    let me = desk.staff()?;
    let covers = desk.covers()?;
    Ok(covers
        .by(me)
        .map(|absent| names.get(&absent).cloned().unwrap_or_default())
        .collect())
}

/// Absences that are covered now or will be.
pub(super) fn rows(desk: &Desk) -> Result<Vec<CoverRow>, Refusal> {
    let names = desk.names()?;
    let name = |staff: StaffId| names.get(&staff).cloned().unwrap_or_default();
    let today = desk.today();
    let may_end = desk.may(Act::HandOver)?;
    let mut covers: Vec<Cover> = all(desk)?
        .into_values()
        .filter(|cover| words::iso(&cover.to).is_some_and(|to| to >= today))
        .collect();
    covers.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let day = |text: &str| words::iso(text).map(words::staff_date).unwrap_or_default();
    Ok(covers
        .iter()
        .map(|cover| CoverRow {
            id: cover.cover.to_string(),
            absent: name(cover.absent),
            by: name(cover.by),
            dates: format!("{} to {}", day(&cover.from), day(&cover.to)),
            now: is_on(cover, today),
            note: cover.note.clone(),
            may_end,
        })
        .collect())
}

/// Says who sees to somebody's cases and tasks while they are away. It ends by itself after the
/// last day.
pub fn cover_absence(desk: &mut Desk, form: CoverForm) -> Result<StaffScreen, Refusal> {
    desk.allow(Act::HandOver)?;
    let now = desk.now();
    let today = desk.today();
    let mut faults = Faults::default();
    let from = date(&form.from, "from", &mut faults);
    let to = date(&form.to, "to", &mut faults);
    if from.is_none() {
        faults.add("from", "Enter the first day.");
    }
    if to.is_none_or(|to| to < today || from.is_some_and(|from| to < from)) {
        faults.add(
            "to",
            "Enter a last day that is not before the first, nor past.",
        );
    }
    let absent = person(desk, &form.absent);
    let by = person(desk, &form.by);
    if absent.is_err() {
        faults.add("absent", "Choose who is away.");
    }
    match &by {
        Ok(by) if !by.holds(now) || !by.role.is_clinical() => {
            faults.add("by", "Choose a clinician whose certificate holds.");
        }
        Ok(_) if form.absent == form.by => faults.add("by", "Choose somebody else to cover."),
        Ok(_) => {}
        Err(_) => faults.add("by", "Choose who covers."),
    }
    faults.none()?;
    let (absent, by) = (absent?, by?);
    let cover = ItemId::from_random(desk.random());
    let body = Cover {
        cover,
        absent: absent.staff,
        by: by.staff,
        from: form.from.trim().into(),
        to: form.to.trim().into(),
        note: form.note.trim().into(),
        withdrawn: String::new(),
    };
    write(desk, &body)?;
    screen(desk)
}

/// Takes an absence back, or ends it before its last day.
pub fn take_cover_back(desk: &mut Desk, cover: String) -> Result<StaffScreen, Refusal> {
    desk.allow(Act::HandOver)?;
    let missing = || Refusal::NotFound("That absence");
    let id: ItemId = cover.parse().map_err(|_| missing())?;
    let body = all(desk)?.remove(&id).ok_or_else(missing)?;
    let body = Cover {
        withdrawn: "taken back".into(),
        ..body
    };
    write(desk, &body)?;
    screen(desk)
}

fn write(desk: &mut Desk, body: &Cover) -> Result<(), Refusal> {
    let line = Line::of(format!("cover/{}", body.cover), body)?;
    desk.write_in(Scope::Service, Subject::Service, vec![line])
}

/// Gives a case with its open tasks to a colleague.
pub fn hand_over(
    desk: &mut Desk,
    patient: String,
    form: HandOverForm,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::HandOver)?;
    let id = patient_id(&patient)?;
    let now = desk.now();
    let Ok(to) = person(desk, &form.to) else {
        return Err(Refusal::field("to", "Choose who takes the case over."));
    };
    if !to.holds(now) || !to.role.is_clinical() {
        return Err(Refusal::field(
            "to",
            "Choose a clinician whose certificate holds.",
        ));
    }
    let case = desk.case(id)?;
    let from = Slot::new(slots::OWNER)
        .ok()
        .and_then(|slot| case.record.current(&slot).all().first().copied())
        .and_then(|placed| body_of::<HandedOver>(&placed.entry))
        .map(|body| body.to);
    let body = HandedOver {
        from,
        to: to.staff,
        note: form.note.trim().into(),
    };
    desk.whole(|desk| {
        desk.write(id, vec![Line::of(slots::OWNER, &body)?])?;
        audit::write(
            desk,
            Audit {
                action: Action::HandedOver,
                patient: Some(id),
                staff: Some(to.staff),
                note: String::new(),
                reason: String::new(),
            },
        )
    })?;
    open_patient(desk, patient)
}
