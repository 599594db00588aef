//! One patient after the other.

use std::collections::BTreeMap;

use assessment::question::Catalogue;
use jiff::civil::Date;
use record::body::Appointment as AppointmentBody;
use record::id::ItemId;

use super::super::cast::{
    Assessed, Decision, FollowUp, Patient, Plan, Stage, days_after, days_before,
};
use super::Story;
use crate::assess::{Gathered, gather};
use crate::case::slots;
use crate::desk::{Line, patient_id};
use crate::refusal::Refusal;
use crate::view::{
    AgreeForm, DecisionForm, FinishForm, FinishTaskForm, GivenForm, Goal, LateEntry, ReferralForm,
    RouteForm,
};
use crate::{assess, decide, intake, plan, route, task};

impl Story<'_> {
    pub(super) fn live_through(&mut self, patient: &Patient) -> Result<(), Refusal> {
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

    pub(super) fn referral(&self, patient: &Patient) -> ReferralForm {
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
            late: LateEntry::default(),
        }
    }

    pub(super) fn assess(
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
                FinishForm {
                    reason: assessed.reason.clone(),
                    safety_net: assessed.safety_net.clone(),
                    sure: true,
                    passphrase: crate::demo::passphrase(),
                },
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

    pub(super) fn decide(
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
        decide::sign_decision(self.desk, assessment.to_owned(), form)?;
        // The next scene is hours later.
        task::follow_all(self.desk)
    }

    pub(super) fn agree(
        &mut self,
        patient: &Patient,
        agreed: &Plan,
        assessment: &str,
    ) -> Result<(), Refusal> {
        self.at(agreed.agreed_days_ago, 14, 5);
        self.seat(&agreed.by, &patient.site)?;
        self.write_plan(agreed, assessment)?;
        if patient.stage < Stage::PlanAgreed {
            return Ok(());
        }
        let state = if agreed.not_agreed.is_empty() {
            "agreed"
        } else {
            "agreed-in-part"
        };
        let form = AgreeForm {
            state: state.into(),
            part: agreed.not_agreed.clone(),
            present: agreed.present.clone(),
            copies: agreed.copies.clone(),
            passphrase: self.cast.clinic.service.passphrase.clone(),
        };
        plan::agree_plan(self.desk, assessment.to_owned(), form)?;
        match agreed.given_days_ago {
            Some(days_ago) => self.give(patient, agreed, days_ago, assessment),
            None => Ok(()),
        }
    }

    fn write_plan(&mut self, agreed: &Plan, assessment: &str) -> Result<(), Refusal> {
        let day = days_before(self.today, agreed.agreed_days_ago);
        let id = || assessment.to_owned();
        for (block, text) in &agreed.blocks {
            plan::save_plan_block(self.desk, id(), block.clone(), text.clone())?;
        }
        let goals = agreed.goals.iter().map(|goal| Goal {
            text: goal.text.clone(),
            by: days_after(day, goal.in_days).to_string(),
            confidence: Some(goal.confidence),
        });
        plan::save_plan_goals(self.desk, id(), goals.collect())?;
        let review = days_after(day, agreed.review_in_days);
        plan::save_plan_review(self.desk, id(), review.to_string())?;
        Ok(())
    }

    fn give(
        &mut self,
        patient: &Patient,
        agreed: &Plan,
        days_ago: i32,
        assessment: &str,
    ) -> Result<(), Refusal> {
        self.at(days_ago, 14, 25);
        let born = patient.born(self.today).map(|born| born.to_string());
        let to = Some(agreed.given_to.clone()).filter(|to| !to.is_empty());
        let form = GivenForm {
            name_checked: true,
            born: born.unwrap_or_default(),
            to: to.unwrap_or_else(|| "patient".into()),
        };
        plan::plan_given(self.desk, assessment.to_owned(), form)?;
        self.do_tasks(patient, days_ago)
    }

    /// By the time the plan is in the patient's hands, what the decision asked for is done.
    fn do_tasks(&mut self, patient: &Patient, days_ago: i32) -> Result<(), Refusal> {
        let Some(id) = self.patients.get(&patient.id).cloned() else {
            return Ok(());
        };
        let form = FinishTaskForm {
            done_on: days_before(self.today, days_ago).to_string(),
            told: "Their reception, by telephone".into(),
            receipt: "Written in their list".into(),
        };
        let tasks = task::tasks_of(self.desk, id.clone())?.tasks;
        for open in tasks.into_iter().filter(|one| one.state == "open") {
            task::finish_task(self.desk, id.clone(), open.id, form.clone())?;
        }
        Ok(())
    }

    pub(super) fn follow_up(
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

pub(super) fn route_form(outcome: &str, fields: &BTreeMap<String, String>, day: Date) -> RouteForm {
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
        late: LateEntry::default(),
    }
}
