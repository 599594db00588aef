//! Review sessions: whose cases, one signature after another, and what may be taken back.

mod aside;
mod back;
mod ending;
mod session;

use jiff::ToSpan;
use store::List;

use crate::decide;
use crate::refusal::Refusal;
use crate::review::{begin_review, review_case, sign_reviewed};
use crate::tests::Room;
use crate::tests::forms::{own_choice, referral};
use crate::tests::room::PASSPHRASE;
use crate::view::{DecisionForm, ReviewCase, ReviewForm, ReviewSession, ReviewStep};

/// Family names far enough apart to be no similar ones.
const FAMILIES: [&str; 4] = ["Abernethy", "Quayle", "Flanagan", "Upton"];

impl Room {
    /// So many patients whose assessments are finished, each with theirs.
    fn waiting_cases(&mut self, count: usize) -> Vec<(String, String)> {
        let families = FAMILIES.into_iter().take(count);
        families
            .map(|family| {
                let patient = self.refer(referral(family, "Ruth"));
                let assessment = self.start(&patient);
                self.ask_everything(&assessment);
                assert!(self.finish(&assessment).finished);
                (patient, assessment)
            })
            .collect()
    }

    fn begin_session(&mut self) -> ReviewSession {
        begin_review(&mut self.desk, all()).unwrap()
    }

    /// A session over so many new cases: their assessments, as they stand in the queue.
    fn queue(&mut self, count: usize) -> Vec<String> {
        self.waiting_cases(count);
        let session = self.begin_session();
        assessments(&session)
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    /// A case of the session, with the choice made where the proposal was hidden.
    fn look(&mut self, assessment: &str) -> ReviewCase {
        let case = review_case(&mut self.desk, assessment.to_owned()).unwrap();
        if !case.result.triage.hidden {
            return case;
        }
        let form = own_choice(&case.result);
        decide::choose_first(&mut self.desk, assessment.to_owned(), form).unwrap();
        review_case(&mut self.desk, assessment.to_owned()).unwrap()
    }

    /// Signs something of one's own, with this typed.
    fn sign_in_session(
        &mut self,
        assessment: &str,
        passphrase: &str,
    ) -> Result<ReviewStep, Refusal> {
        let case = self.look(assessment);
        let form = DecisionForm {
            passphrase: passphrase.to_owned(),
            ..own_choice(&case.result)
        };
        sign_reviewed(&mut self.desk, assessment.to_owned(), String::new(), form)
    }

    fn signed(&mut self, assessment: &str) -> ReviewStep {
        self.sign_in_session(assessment, PASSPHRASE).unwrap()
    }

    fn unsigned(&mut self) -> usize {
        let store = &self.desk.sitting().unwrap().opened.store;
        store
            .list(List::Named("to-sign"), 0, 99)
            .unwrap()
            .rows
            .len()
    }

    fn in_days(&self, days: i32) -> String {
        self.desk.today().saturating_add(days.days()).to_string()
    }
}

fn all() -> ReviewForm {
    ReviewForm {
        most: 20,
        ..ReviewForm::default()
    }
}

fn only(what: &str) -> ReviewForm {
    ReviewForm {
        only: what.to_owned(),
        ..all()
    }
}

fn asked_again(refused: &Refusal) -> bool {
    matches!(refused, Refusal::Invalid(fields) if fields[0].field == "passphrase")
}

fn assessments(session: &ReviewSession) -> Vec<&str> {
    session
        .queue
        .iter()
        .map(|row| row.assessment.as_str())
        .collect()
}
