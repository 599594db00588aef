//! The story of the demo clinic, told one patient after the other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use assessment::question::Catalogue;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use record::body::{Appointment as AppointmentBody, Site as SiteBody};
use record::id::{ItemId, SiteId, StaffId};
use record::moment::Moment;
use record::role::Role;
use store::{DeviceSecrets, NewStaff, SetUp, SiteKind as StoreSite, StaffPublic, Stretch};

use super::Staged;
use super::cast::{
    Assessed, Cast, Decision, FollowUp, Patient, Plan, SiteKind, Staff, Stage, days_after,
    days_before,
};
use crate::assess::{Gathered, gather};
use crate::case::slots;
use crate::desk::{Desk, Line, Surroundings, patient_id};
use crate::refusal::Refusal;
use crate::view::{
    AgreeForm, DecisionForm, GivenForm, Goal, LocalNumbers, ReferralForm, RouteForm,
};
use crate::{assess, decide, door, intake, plan, route};

/// Days before today on which the service of the demo began: before its oldest referral, and late
/// enough that the certificates of that day hold until they are renewed at the end of the story.
const BEGAN_DAYS_AGO: i32 = 200;

/// A printed passphrase keeps nothing, so stretching it would only make the demo slow.
const PRINTED: Stretch = Stretch {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};

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
    fn tell(&mut self, progress: &mut dyn FnMut(&str)) -> Result<(), Refusal> {
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
    fn one_day(&mut self, folder: &str, progress: &mut dyn FnMut(&str)) -> Result<String, Refusal> {
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
    fn at(&self, days_ago: i32, hour: i8, minute: i8) {
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

    fn set_up(&mut self) -> Result<(), Refusal> {
        self.at(BEGAN_DAYS_AGO, 9, 0);
        let clinic = self.cast.clinic.clone();
        let keyring = self.desk.secrets.usable().is_ok();
        let first = clinic
            .staff
            .iter()
            .find(|staff| staff.role == Role::Administrator)
            .ok_or(Refusal::NotFound("An administrator"))?;
        let home = clinic
            .sites
            .iter()
            .find(|site| site.kind == SiteKind::Spoke)
            .ok_or(Refusal::NotFound("A spoke"))?;
        let new = NewStaff {
            name: &first.name,
            role: first.role,
            passphrase: &clinic.service.passphrase,
            stretch: PRINTED,
        };
        let asked = SetUp {
            service_name: &clinic.service.name,
            site_name: &home.name,
            site_kind: StoreSite::Spoke,
            demo: true,
            first: new,
            keyring,
        };
        let now = self.desk.now().at();
        let Desk {
            place,
            secrets,
            around,
            ..
        } = &mut *self.desk;
        let (opened, _sheet) = store::set_up(
            place,
            secrets.as_ref(),
            &asked,
            &mut |bytes| around.fill(bytes),
            now,
        )?;
        opened.confirm_sheet()?;
        self.staff.insert(first.id.clone(), opened.staff);
        self.sites.insert(home.id.clone(), opened.identity.site);
        let more = self.other_sites(&home.id);
        self.desk.sit(opened, None);
        self.desk.certify_first(&more)?;
        for staff in clinic.staff.iter().filter(|staff| staff.id != first.id) {
            self.hire(staff)?;
        }
        self.enter_numbers()
    }

    fn other_sites(&mut self, home: &str) -> Vec<SiteBody> {
        let others: Vec<_> = self
            .cast
            .clinic
            .sites
            .iter()
            .filter(|site| site.id != home)
            .cloned()
            .collect();
        others
            .into_iter()
            .map(|site| {
                let id = SiteId::from_random(self.desk.random());
                self.sites.insert(site.id, id);
                SiteBody {
                    site: id,
                    name: site.name,
                    hub: site.kind == SiteKind::Hub,
                }
            })
            .collect()
    }

    fn hire(&mut self, staff: &Staff) -> Result<(), Refusal> {
        let passphrase = self.cast.clinic.service.passphrase.clone();
        let new = NewStaff {
            name: &staff.name,
            role: staff.role,
            passphrase: &passphrase,
            stretch: PRINTED,
        };
        let now = self.desk.now().at();
        let Desk {
            sitting,
            secrets,
            around,
            ..
        } = &mut *self.desk;
        let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
        let public =
            opened.add_staff(secrets.as_ref(), &new, &mut |bytes| around.fill(bytes), now)?;
        self.staff.insert(staff.id.clone(), public.staff);
        self.certify(staff, &public)?;
        self.hired.push((staff.clone(), public));
        Ok(())
    }

    fn certify(&mut self, staff: &Staff, public: &StaffPublic) -> Result<(), Refusal> {
        let sites = staff
            .sites
            .iter()
            .filter_map(|site| self.sites.get(site).copied())
            .collect();
        self.desk.certify(public, &staff.name, staff.role, &sites)
    }

    /// Everybody is certified anew, so that the demo can be signed in for a year from today.
    fn renew(&mut self) -> Result<(), Refusal> {
        self.at(1, 17, 0);
        let home = self.cast.clinic.sites.first().map(|site| site.id.clone());
        self.seat(&self.administrator(), &home.unwrap_or_default())?;
        for (staff, public) in std::mem::take(&mut self.hired) {
            self.certify(&staff, &public)?;
        }
        Ok(())
    }

    fn enter_numbers(&mut self) -> Result<(), Refusal> {
        let number = |name: &str| {
            self.cast
                .clinic
                .numbers
                .get(name)
                .cloned()
                .unwrap_or_default()
        };
        let numbers = LocalNumbers {
            hub: number("hub"),
            crisis: number("crisis"),
            mscc: number("mscc"),
            safeguarding: number("safeguarding"),
            spinal: number("spinal"),
            clinic: number("clinic"),
            out_of_hours: number("out-of-hours"),
            confirmed: true,
        };
        door::save_local_numbers(self.desk, numbers).map(|_| ())
    }

    /// Somebody comes to the desk at a site.
    fn seat(&mut self, staff: &str, site: &str) -> Result<(), Refusal> {
        let id = *self
            .staff
            .get(staff)
            .ok_or(Refusal::NotFound("Somebody in the demo's staff"))?;
        if self
            .desk
            .sitting
            .as_ref()
            .is_none_or(|sitting| sitting.opened.staff != id)
        {
            // The folder is held by whoever sits there.
            self.desk.sitting = None;
            let secrets: &dyn DeviceSecrets = self.desk.secrets.as_ref();
            let passphrase = &self.cast.clinic.service.passphrase;
            let opened = store::unlock(
                &self.desk.place,
                secrets,
                id,
                passphrase,
                self.desk.now().at(),
            )?;
            self.desk.sit(opened, None);
        }
        let at = *self
            .sites
            .get(site)
            .ok_or(Refusal::NotFound("A site of the demo"))?;
        self.desk.sitting_mut()?.at = at;
        Ok(())
    }

    fn administrator(&self) -> String {
        self.cast
            .clinic
            .staff
            .iter()
            .find(|staff| staff.role == Role::Administrator)
            .map(|staff| staff.id.clone())
            .unwrap_or_default()
    }

    fn live_through(&mut self, patient: &Patient) -> Result<(), Refusal> {
        let administrator = self.administrator();
        self.at(patient.referral.received_days_ago, 9, 20);
        self.seat(&administrator, &patient.site)?;
        let id = intake::save_referral(self.desk, self.referral(patient), None)?.patient;
        self.patients.insert(patient.id.clone(), id.clone());
        if let Some(appointment) = &patient.appointment {
            let with = self
                .cast
                .clinic
                .staff
                .iter()
                .find(|staff| staff.id == appointment.with)
                .map(|staff| staff.name.clone());
            let item = ItemId::from_random(self.desk.random());
            let body = AppointmentBody {
                date: appointment.date(self.today).to_string(),
                time: appointment.time.clone(),
                purpose: appointment.purpose.clone(),
                with: with.unwrap_or_default(),
            };
            self.desk.write(
                patient_id(&id)?,
                vec![Line::of(slots::appointment(item), &body)?],
            )?;
        }
        let Some(assessed) = &patient.assessment else {
            return Ok(());
        };
        let assessment = self.assess(patient, assessed, &id)?;
        if let Some(decision) = &patient.decision {
            self.decide(patient, decision, &assessment)?;
        }
        if let Some(plan) = &patient.plan {
            self.agree(patient, plan, &assessment)?;
        }
        if let Some(follow_up) = &patient.follow_up {
            self.follow_up(patient, follow_up, &id)?;
        }
        Ok(())
    }

    fn referral(&self, patient: &Patient) -> ReferralForm {
        ReferralForm {
            nhs_number: patient.nhs_number.clone(),
            family: patient.family.clone(),
            given: patient.given.clone(),
            title: patient.title.clone(),
            preferred: patient.preferred.clone(),
            born: patient
                .born(self.today)
                .map(|born| born.to_string())
                .unwrap_or_default(),
            gender: patient.gender.clone(),
            phone: patient.phone.clone(),
            address: patient.address.clone(),
            needs: patient.needs.clone(),
            gp: patient.gp.clone(),
            referrer: patient.referral.referrer.clone(),
            received: days_before(self.today, patient.referral.received_days_ago).to_string(),
            reason: patient.referral.reason.clone(),
            asked_urgency: patient.referral.asked_urgency.clone(),
            letter: patient.referral.letter.clone(),
            safety: patient
                .referral
                .warning_signs
                .iter()
                .map(|sign| (sign.clone(), "present".to_owned()))
                .collect(),
        }
    }

    fn assess(
        &mut self,
        patient: &Patient,
        assessed: &Assessed,
        id: &str,
    ) -> Result<String, Refusal> {
        self.at(assessed.days_ago, 9, 40);
        self.seat(&assessed.by, &patient.site)?;
        let day = days_before(self.today, assessed.days_ago);
        let assessment =
            assess::start_assessment(self.desk, id.to_owned(), assessed.mode().to_owned())?;
        let gathered = Gathered {
            answers: assessed.answers(Catalogue::shipped(), day),
            rows: assessed.rows(Catalogue::shipped(), day),
            none: assessed.none.clone(),
        };
        gather(self.desk, &assessment, gathered)?;
        for acted in &patient.routes {
            let form = route_form(&acted.outcome, &acted.fields, day);
            route::record_route(self.desk, id.to_owned(), acted.route.clone(), form)?;
        }
        if patient.stage != Stage::AssessmentStarted {
            self.at(assessed.days_ago, 10, 35);
            let outcome = assess::finish_assessment(
                self.desk,
                assessment.clone(),
                assessed.reason.clone(),
                assessed.safety_net.clone(),
            )?;
            if !outcome.finished {
                let open: Vec<String> = outcome
                    .missing
                    .iter()
                    .map(|missing| missing.value.clone())
                    .chain(outcome.blocked_by)
                    .collect();
                return Err(Refusal::plain(format!(
                    "the assessment does not finish: {}",
                    open.join(", ")
                )));
            }
        }
        Ok(assessment)
    }

    fn decide(
        &mut self,
        patient: &Patient,
        decision: &Decision,
        assessment: &str,
    ) -> Result<(), Refusal> {
        self.at(decision.days_ago, 15, 10);
        self.seat(&decision.by, &patient.site)?;
        let mut drawn = decide::triage_result(self.desk, assessment.to_owned())?;
        let form = DecisionForm {
            lead: decision.lead.clone(),
            urgency: decision.urgency.clone(),
            strands: decision.strands.clone(),
            reason: "clinical-judgement".into(),
            reason_text: if decision.if_different.is_empty() {
                decision.comment.clone()
            } else {
                decision.if_different.clone()
            },
            comment: decision.comment.clone(),
            basis_digest: String::new(),
            passphrase: self.cast.clinic.service.passphrase.clone(),
        };
        if drawn.triage.hidden {
            drawn = decide::choose_first(self.desk, assessment.to_owned(), form.clone())?;
        }
        let form = DecisionForm {
            basis_digest: drawn.basis_digest,
            ..form
        };
        decide::sign_decision(self.desk, assessment.to_owned(), form).map(|_| ())
    }

    fn agree(&mut self, patient: &Patient, agreed: &Plan, assessment: &str) -> Result<(), Refusal> {
        let day = days_before(self.today, agreed.agreed_days_ago);
        self.at(agreed.agreed_days_ago, 14, 5);
        self.seat(&agreed.by, &patient.site)?;
        let id = assessment.to_owned();
        for (block, text) in &agreed.blocks {
            plan::save_plan_block(self.desk, id.clone(), block.clone(), text.clone())?;
        }
        let goals = agreed
            .goals
            .iter()
            .map(|goal| Goal {
                text: goal.text.clone(),
                by: days_after(day, goal.in_days).to_string(),
                confidence: Some(goal.confidence),
            })
            .collect();
        plan::save_plan_goals(self.desk, id.clone(), goals)?;
        plan::save_plan_review(
            self.desk,
            id.clone(),
            days_after(day, agreed.review_in_days).to_string(),
        )?;
        if patient.stage < Stage::PlanAgreed {
            return Ok(());
        }
        let form = AgreeForm {
            state: if agreed.not_agreed.is_empty() {
                "agreed".into()
            } else {
                "agreed-in-part".into()
            },
            part: agreed.not_agreed.clone(),
            present: agreed.present.clone(),
            copies: agreed.copies.clone(),
            passphrase: self.cast.clinic.service.passphrase.clone(),
        };
        plan::agree_plan(self.desk, id.clone(), form)?;
        let Some(days_ago) = agreed.given_days_ago else {
            return Ok(());
        };
        self.at(days_ago, 14, 25);
        let born = patient
            .born(self.today)
            .map(|born| born.to_string())
            .unwrap_or_default();
        let to = if agreed.given_to.is_empty() {
            "patient".into()
        } else {
            agreed.given_to.clone()
        };
        plan::plan_given(
            self.desk,
            id,
            GivenForm {
                name_checked: true,
                born,
                to,
            },
        )
        .map(|_| ())
    }

    fn follow_up(
        &mut self,
        patient: &Patient,
        follow_up: &FollowUp,
        id: &str,
    ) -> Result<(), Refusal> {
        self.at(follow_up.days_ago, 11, 0);
        self.seat(&follow_up.by, &patient.site)?;
        let assessment =
            assess::start_assessment(self.desk, id.to_owned(), follow_up.mode().to_owned())?;
        let gathered = Gathered {
            answers: follow_up.answers(Catalogue::shipped()),
            rows: Vec::new(),
            none: Vec::new(),
        };
        gather(self.desk, &assessment, gathered)
    }
}

fn route_form(outcome: &str, fields: &BTreeMap<String, String>, day: Date) -> RouteForm {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let review = field("review");
    RouteForm {
        outcome: outcome.into(),
        done: field("done"),
        told: field("told"),
        told_at: field("told-at"),
        safety_net: field("safety-net"),
        reason: field("reason"),
        said: field("said"),
        intent: field("intent"),
        plan: field("plan"),
        means: field("means"),
        protective: field("protective"),
        review: review
            .parse::<i32>()
            .map_or(review, |days| days_after(day, days).to_string()),
        hub_call: field("hub-call"),
    }
}
