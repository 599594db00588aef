//! A death, and what is still open about somebody who has died.

use record::body::Death;

use super::reason;
use super::shown::open_person;
use crate::case::{Case, Held, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{DeathForm, PersonView};
use crate::words;

/// Who may have told of a death. A design decision.
pub(super) const SOURCES: [(&str, &str); 6] = [
    ("family", "Family or carer"),
    ("gp", "GP"),
    ("hospital", "Hospital"),
    ("national-record", "National record"),
    ("coroner", "Coroner or medical examiner"),
    ("other", "Other"),
];

/// Records a death, corrects what is recorded of one, or takes back one that was recorded in error.
///
/// The date may be known in part. The person leaves the lists of those who wait; what is still open
/// about them is listed, and the clock stops on the day, if it is known.
pub fn record_death(
    desk: &mut Desk,
    patient: String,
    form: DeathForm,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::KeepDetails)?;
    let id = patient_id(&patient)?;
    let case = desk.case(id)?;
    let recorded = !matches!(case.held::<Death>(slots::DEATH), Held::Nothing);
    refuse_impossible(desk, &case, &form, recorded)?;
    let body = Death {
        died: form.died,
        date: if form.died {
            form.date.trim().into()
        } else {
            String::new()
        },
        source: if form.died {
            form.source
        } else {
            String::new()
        },
        note: form.note.trim().into(),
    };
    let mut line = Line::of(slots::DEATH, &body)?;
    if recorded {
        line = line.because(reason(
            &form.reason,
            "Say why what was recorded does not hold.",
        )?);
    }
    desk.write(id, vec![line])?;
    open_person(desk, patient)
}

fn refuse_impossible(
    desk: &Desk,
    case: &Case,
    form: &DeathForm,
    recorded: bool,
) -> Result<(), Refusal> {
    if !form.died {
        return if recorded {
            Ok(())
        } else {
            Err(Refusal::plain(
                "No death is recorded, so there is none to take back.",
            ))
        };
    }
    let mut faults = Faults::default();
    let typed = form.date.trim();
    match words::partial_days(typed) {
        _ if typed.is_empty() => {}
        None => faults.add("date", "Enter a day, a month and year, or a year."),
        Some((first, _)) if first > desk.today() => {
            faults.add("date", "This date is in the future.");
        }
        Some((_, last)) if case.identity().born.is_some_and(|born| last < born) => {
            faults.add("date", "This is before the person was born.");
        }
        Some(_) => {}
    }
    if !SOURCES.iter().any(|(known, _)| *known == form.source) {
        faults.add("source", "Choose who told of the death.");
    }
    faults.none()
}

/// What is still open about somebody who has died, in sentences; nobody closes it unseen.
pub(super) fn left(desk: &Desk, case: &Case) -> Vec<String> {
    let today = desk.today();
    let actions = case.open_actions().into_iter().map(|found| {
        let words = crate::worklist::action_words(&found.body.what);
        format!("A red action is open: {}.", words.to_lowercase())
    });
    let running = case
        .assessments()
        .iter()
        .filter(|facts| facts.finished.is_none())
        .map(|facts| {
            let since = words::staff_date(facts.started.local().date());
            format!("An assessment that was started on {since} is not finished.")
        });
    let booked = case.appointments().into_iter().filter_map(|slot| {
        let on = words::iso(&slot.date).filter(|on| *on >= today)?;
        Some(format!(
            "An appointment on {} is to be cancelled.",
            words::staff_date(on)
        ))
    });
    let unsigned = case
        .assessments()
        .iter()
        .filter(|facts| facts.finished.is_some() && case.decision(facts.id).one().is_none())
        .map(|_| "A finished assessment has no signed decision.".to_owned());
    actions
        .chain(running)
        .chain(unsigned)
        .chain(booked)
        .collect()
}
