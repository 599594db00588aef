//! What people type: short ways to say it in a test.

use std::collections::BTreeMap;

use assessment::question::Catalogue;

use super::Room;
use super::room::PASSPHRASE;
use crate::assess::{self, Gathered, gather};
use crate::decide;
use crate::demo::Cast;
use crate::intake;
use crate::plan;
use crate::refusal::Refusal;
use crate::view::{
    AfterAnswer, AgreeForm, AnswerValue, AnswerView, AssessmentView, DecisionForm, FinishForm,
    FinishOutcome, Goal, PlanView, ReferralForm, TriageResult,
};

/// Somebody in the demo's files whose assessment closes without any emergency.
const UNTROUBLED: &str = "mistry";

pub(super) fn referral(family: &str, given: &str) -> ReferralForm {
    ReferralForm {
        family: family.into(),
        given: given.into(),
        born: "1979-09-17".into(),
        received: "2026-11-20".into(),
        referrer: "Dr Example".into(),
        reason: "Back pain for three years".into(),
        ..ReferralForm::default()
    }
}

pub(super) fn present() -> AnswerView {
    text("present")
}

pub(super) fn absent() -> AnswerView {
    text("absent")
}

pub(super) fn text(value: &str) -> AnswerView {
    AnswerView::Given {
        value: AnswerValue::Text(value.into()),
    }
}

pub(super) fn number(value: i64) -> AnswerView {
    AnswerView::Given {
        value: AnswerValue::Number(value),
    }
}

pub(super) fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, AnswerValue> {
    pairs
        .iter()
        .map(|(field, value)| ((*field).to_owned(), AnswerValue::Text((*value).to_owned())))
        .collect()
}

impl Room {
    /// A referral is taken. Gives the patient's id.
    pub(super) fn refer(&mut self, form: ReferralForm) -> String {
        intake::save_referral(&mut self.desk, form, None)
            .unwrap()
            .patient
    }

    /// A referral for Thabo Ndlovu and an assessment on it. Gives the patient and the assessment.
    pub(super) fn begin(&mut self) -> (String, String) {
        let patient = self.refer(referral("Ndlovu", "Thabo"));
        let assessment = self.start(&patient);
        (patient, assessment)
    }

    pub(super) fn start(&mut self, patient: &str) -> String {
        assess::start_assessment(&mut self.desk, patient.to_owned(), "in-person".into()).unwrap()
    }

    pub(super) fn try_answer(
        &mut self,
        assessment: &str,
        question: &str,
        answer: AnswerView,
    ) -> Result<AfterAnswer, Refusal> {
        assess::record_answer(
            &mut self.desk,
            assessment.to_owned(),
            question.to_owned(),
            answer,
        )
    }

    /// Answers, and says why where a sign that was present is answered otherwise.
    pub(super) fn answer(
        &mut self,
        assessment: &str,
        question: &str,
        answer: AnswerView,
    ) -> AfterAnswer {
        match self.try_answer(assessment, question, answer.clone()) {
            Err(Refusal::Invalid(fields)) if fields[0].field == "reason" => assess::correct_answer(
                &mut self.desk,
                assessment.to_owned(),
                question.to_owned(),
                answer,
                "Asked again".into(),
            )
            .unwrap(),
            other => other.unwrap(),
        }
    }

    pub(super) fn view(&mut self, assessment: &str) -> AssessmentView {
        assess::open_assessment(&mut self.desk, assessment.to_owned()).unwrap()
    }

    pub(super) fn row(
        &mut self,
        assessment: &str,
        list: &str,
        row: &[(&str, &str)],
    ) -> AfterAnswer {
        assess::record_item(
            &mut self.desk,
            assessment.to_owned(),
            list.to_owned(),
            None,
            fields(row),
        )
        .unwrap()
    }

    /// Everything that has to be asked is asked; no warning sign is present.
    pub(super) fn ask_everything(&mut self, assessment: &str) {
        let cast = Cast::shipped().unwrap();
        let like = cast
            .patients
            .iter()
            .find(|patient| patient.id == UNTROUBLED)
            .unwrap();
        let said = like.assessment.as_ref().unwrap();
        let (catalogue, today) = (Catalogue::shipped(), self.desk.today());
        let gathered = Gathered {
            answers: said.answers(catalogue, today),
            rows: said.rows(catalogue, today),
            none: said.none.clone(),
        };
        gather(&mut self.desk, assessment, gathered).unwrap();
    }

    pub(super) fn finish(&mut self, assessment: &str) -> FinishOutcome {
        assess::finish_assessment(&mut self.desk, assessment.to_owned(), sure("", "")).unwrap()
    }

    /// A patient whose assessment is asked and finished.
    pub(super) fn finished(&mut self) -> (String, String) {
        let (patient, assessment) = self.begin();
        self.ask_everything(&assessment);
        assert!(self.finish(&assessment).finished);
        (patient, assessment)
    }

    /// The result as a clinician sees it, the proposal shown.
    pub(super) fn result(&mut self, assessment: &str) -> TriageResult {
        let drawn = decide::triage_result(&mut self.desk, assessment.to_owned()).unwrap();
        if drawn.triage.hidden {
            decide::choose_first(&mut self.desk, assessment.to_owned(), own_choice(&drawn)).unwrap()
        } else {
            drawn
        }
    }

    /// Signs a decision of one's own, with a reason.
    pub(super) fn sign(&mut self, assessment: &str) -> TriageResult {
        let drawn = self.result(assessment);
        decide::sign_decision(&mut self.desk, assessment.to_owned(), own_choice(&drawn)).unwrap()
    }

    /// A plan with all that has to be in it.
    pub(super) fn write_plan(&mut self, assessment: &str) -> PlanView {
        let id = || assessment.to_owned();
        for (block, text) in [
            ("what-matters", "Walk to the allotment"),
            ("what-we-agreed", "Physiotherapy once a fortnight"),
            (
                "flare-up",
                "Rest for a day, then half of what you usually do",
            ),
        ] {
            plan::save_plan_block(&mut self.desk, id(), block.into(), text.into()).unwrap();
        }
        let goal = Goal {
            text: "Walk for ten minutes".into(),
            by: "2027-01-15".into(),
            confidence: Some(7),
        };
        plan::save_plan_goals(&mut self.desk, id(), vec![goal]).unwrap();
        plan::save_plan_review(&mut self.desk, id(), "2027-02-24".into()).unwrap()
    }

    /// The plan is agreed in full with the patient.
    pub(super) fn agree(&mut self, assessment: &str) -> Result<PlanView, Refusal> {
        let form = AgreeForm {
            state: "agreed".into(),
            present: vec!["patient".into()],
            passphrase: PASSPHRASE.into(),
            ..AgreeForm::default()
        };
        plan::agree_plan(&mut self.desk, assessment.to_owned(), form)
    }
}

/// What a clinician signs who does not follow the proposal.
pub(super) fn own_choice(drawn: &TriageResult) -> DecisionForm {
    DecisionForm {
        lead: "D05".into(),
        urgency: "soon".into(),
        reason: "clinical-judgement".into(),
        reason_text: "Seen together with the physiotherapist today.".into(),
        basis_digest: drawn.basis_digest.clone(),
        passphrase: PASSPHRASE.into(),
        ..DecisionForm::default()
    }
}

/// "Finish" as somebody presses it who has read in whose name.
pub(super) fn sure(reason: &str, safety_net: &str) -> FinishForm {
    FinishForm {
        reason: reason.into(),
        safety_net: safety_net.into(),
        sure: true,
        passphrase: super::room::PASSPHRASE.into(),
    }
}
