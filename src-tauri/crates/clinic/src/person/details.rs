//! Changing who a patient is, and settling what did not see each other.

use record::body::Detail;

use super::fields::{FIELDS, Field, by_id};
use super::reason;
use super::shown::open_person;
use crate::case::{Case, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DetailsForm, PersonView};

/// What to write when the reason is missing.
const WHY: &str = "Say in a few words why this changes.";

/// Changes details of a patient. What stood there stays in the history, and a former name or number
/// still finds the person. A reason is needed where something was wrong, where it says who somebody
/// is, and where values were in conflict.
pub fn change_details(
    desk: &mut Desk,
    patient: String,
    form: DetailsForm,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::KeepDetails)?;
    let id = patient_id(&patient)?;
    let case = desk.case(id)?;
    let changes = changes(&case, &form, desk)?;
    if changes.is_empty() {
        return Err(Refusal::plain("Nothing was changed, so nothing was saved."));
    }
    let needed = changes.iter().any(|(field, _)| {
        let stood = !case.standing_detail(field.id).is_empty();
        stood && (form.corrects || field.identifies) || case.differs(field.id)
    });
    let why = match form.reason.trim() {
        "" if !needed => None,
        typed => Some(reason(typed, WHY)?),
    };
    let mut lines = Vec::new();
    for (field, value) in changes {
        let line = line(field, value)?;
        lines.push(match &why {
            Some(why) => line.because(why.clone()),
            None => line,
        });
    }
    desk.write(id, lines)?;
    open_person(desk, patient)
}

/// What differs from what stands, checked.
fn changes(
    case: &Case,
    form: &DetailsForm,
    desk: &Desk,
) -> Result<Vec<(&'static Field, String)>, Refusal> {
    let today = desk.today();
    let (mut changes, mut faults) = (Vec::new(), Faults::default());
    // A status is said of a number, and never passes to another one.
    let number = form.fields.get("nhs-number").map_or_else(
        || Ok(case.standing_detail("nhs-number")),
        |typed| by_id("nhs-number").map_or(Ok(String::new()), |field| field.kept(typed, today)),
    );
    for field in &FIELDS {
        let Some(typed) = form.fields.get(field.id) else {
            continue;
        };
        let kept = match (field.kept(typed, today), field.id, &number) {
            (Ok(status), "nhs-number-status", Ok(number)) if !status.is_empty() => {
                if number.is_empty() {
                    Err("Enter the NHS number this is said of.".to_owned())
                } else {
                    Ok(format!("{number} {status}"))
                }
            }
            (kept, _, _) => kept,
        };
        match kept {
            Ok(value) if value == case.standing_detail(field.id) && !case.differs(field.id) => {}
            Ok(value) => changes.push((field, value)),
            Err(message) => faults.add(field.id, message),
        }
    }
    faults.none()?;
    Ok(changes)
}

fn line(field: &Field, value: String) -> Result<Line, Refusal> {
    let body = Detail {
        field: field.id.into(),
        value,
    };
    Line::of(slots::detail(field.id), &body)
}

/// Settles a detail of which several values stand: one of them holds, and why. The others stay in
/// the history.
pub fn settle_detail(
    desk: &mut Desk,
    patient: String,
    field: String,
    value: String,
    reason: String,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::KeepDetails)?;
    let id = patient_id(&patient)?;
    let field = by_id(&field).ok_or(Refusal::NotFound("That detail"))?;
    let case = desk.case(id)?;
    if !case.differs(field.id) {
        return Err(Refusal::Stale(
            "This was settled since you opened it. Look at what stands now.",
        ));
    }
    if !case.detail_values(field.id).contains(&value) {
        return Err(Refusal::field("value", "Choose one of the values."));
    }
    let why = super::reason(&reason, "Say how it was found out which of them is right.")?;
    desk.write(id, vec![line(field, value)?.because(why)])?;
    open_person(desk, patient)
}

impl Case {
    /// The values of a detail that stand now; several only while they are in conflict.
    pub(super) fn detail_values(&self, field: &str) -> Vec<String> {
        let held = self.held::<Detail>(&slots::detail(field));
        let values = held.all().iter();
        values.map(|found| found.body.value.clone()).collect()
    }

    /// The value of a detail that stands now; of several the first.
    pub(super) fn standing_detail(&self, field: &str) -> String {
        let values = self.detail_values(field);
        values.into_iter().next().unwrap_or_default()
    }
}
