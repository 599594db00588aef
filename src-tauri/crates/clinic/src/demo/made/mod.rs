//! The story of the demo clinic, told one patient after the other.

mod lives;
mod service;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use record::id::{SiteId, StaffId};
use record::moment::Moment;
use store::StaffPublic;

use super::Staged;
use super::cast::{Cast, Staff, Stage, days_before};
use crate::desk::{Desk, Surroundings};
use crate::refusal::Refusal;

/// Days before today on which the service of the demo began: before its oldest referral, and late
/// enough that the certificates of that day hold until they are renewed at the end of the story.
const BEGAN_DAYS_AGO: i32 = 200;

/// The story so far: who is who, where, and what time it is in it.
struct Story<'a> {
    desk: &'a mut Desk,
    cast: Cast,
    clock: Arc<Mutex<Moment>>,
    /// When the story is told; nothing in it happens later.
    real: Moment,
    today: Date,
    offset: i32,
    staff: BTreeMap<String, StaffId>,
    hired: Vec<(Staff, StaffPublic)>,
    sites: BTreeMap<String, SiteId>,
    /// Patient ids by the cast's short names.
    patients: BTreeMap<String, String>,
}

/// Makes the clinic.
pub(super) fn clinic(desk: &mut Desk, progress: &mut dyn FnMut(&str)) -> Result<(), Refusal> {
    told(desk, |story| story.tell(progress))
}

/// Makes the clinic, then lives through one patient's day in it. Gives the signed plan's path.
pub(super) fn day(
    desk: &mut Desk,
    folder: &str,
    progress: &mut dyn FnMut(&str),
) -> Result<String, Refusal> {
    told(desk, |story| {
        story.tell(progress)?;
        story.one_day(folder, progress)
    })
}

/// Sets the stage, tells the story, and gives the desk its real clock again whatever happened.
fn told<T>(
    desk: &mut Desk,
    tell: impl FnOnce(&mut Story<'_>) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let cast = Cast::shipped().map_err(|error| Refusal::plain(error.to_string()))?;
    let real = desk.now();
    let clock = Arc::new(Mutex::new(real));
    let own = std::mem::replace(&mut desk.around, Box::new(Still(real)));
    let own = Arc::new(Mutex::new(own));
    desk.around = Box::new(Staged {
        at: Arc::clone(&clock),
        real: Arc::clone(&own),
    });
    let mut story = Story {
        real,
        today: real.local().date(),
        offset: real.offset_seconds(),
        desk,
        cast,
        clock,
        staff: BTreeMap::new(),
        hired: Vec::new(),
        sites: BTreeMap::new(),
        patients: BTreeMap::new(),
    };
    let told = tell(&mut story);
    story.desk.sitting = None;
    story.desk.around = Box::new(Shared(own));
    told
}

/// The desk's own clock and randomness, back in their place.
struct Shared(Arc<Mutex<Box<dyn Surroundings>>>);

impl Surroundings for Shared {
    fn now(&self) -> Moment {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill(bytes);
    }
}

/// Stands in for a moment while the clock is changed.
struct Still(Moment);

impl Surroundings for Still {
    fn now(&self) -> Moment {
        self.0
    }

    fn fill(&mut self, _bytes: &mut [u8]) {}
}

impl Story<'_> {
    pub(super) fn tell(&mut self, progress: &mut dyn FnMut(&str)) -> Result<(), Refusal> {
        progress("Setting up the service, its sites and its staff");
        self.set_up()?;
        let patients = self.cast.patients.clone();
        let all = patients.len();
        for (number, patient) in patients.iter().enumerate() {
            self.live_through(patient).map_err(|refusal| {
                Refusal::plain(format!(
                    "The demo stopped at patient {}: {refusal}",
                    patient.id
                ))
            })?;
            if (number + 1) % 10 == 0 || number + 1 == all {
                progress(&format!("{} of {all} invented patients", number + 1));
            }
        }
        self.renew()
    }

    /// Somebody who is booked for today is assessed, decided on, and goes home with a plan. What
    /// they say is what another invented patient said.
    pub(super) fn one_day(
        &mut self,
        folder: &str,
        progress: &mut dyn FnMut(&str),
    ) -> Result<String, Refusal> {
        let missing = || Refusal::NotFound("A patient for the day in the demo");
        let booked = self
            .cast
            .patients
            .iter()
            .find(|patient| patient.stage == Stage::Booked)
            .cloned()
            .ok_or_else(missing)?;
        let like = self
            .cast
            .patients
            .iter()
            .find(|patient| patient.stage == Stage::PlanGiven && patient.routes.is_empty());
        let like = like.cloned().ok_or_else(missing)?;
        let id = self.patients.get(&booked.id).cloned().ok_or_else(missing)?;
        let mut assessed = like.assessment.clone().ok_or_else(missing)?;
        let mut decision = like.decision.clone().ok_or_else(missing)?;
        let mut plan = like.plan.clone().ok_or_else(missing)?;
        assessed.days_ago = 0;
        decision.days_ago = 0;
        plan.agreed_days_ago = 0;
        plan.given_days_ago = None;
        let mut today = like;
        today.stage = Stage::PlanAgreed;
        today.site.clone_from(&booked.site);
        progress("A nurse assesses somebody who is booked today");
        let assessment = self.assess(&today, &assessed, &id)?;
        progress("A clinician reads the proposal and signs a decision");
        self.decide(&today, &decision, &assessment)?;
        progress("The plan is written with the patient, agreed, signed and saved");
        self.agree(&today, &plan, &assessment)?;
        Ok(crate::plan::save_plan_pdf(self.desk, assessment, false, folder.to_owned())?.path)
    }

    /// Turns the clock of the story.
    pub(super) fn at(&self, days_ago: i32, hour: i8, minute: i8) {
        let day = days_before(self.today, days_ago);
        let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight());
        let turned = Offset::from_seconds(self.offset)
            .ok()
            .and_then(|offset| offset.to_timestamp(day.to_datetime(time)).ok())
            .and_then(|at| Moment::new(at.min(self.real.at()), self.offset).ok());
        if let Some(moment) = turned {
            *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        }
    }
}
