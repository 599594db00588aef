//! Second opinions: asked, given, hidden while they are blind, settled where the two differ.

mod agreement;
mod asking;
mod blind;
mod listing;
mod settling;

use record::role::Role;

use super::Room;
use super::room::PASSPHRASE;
use crate::opinion;
use crate::refusal::Refusal;
use crate::view::{
    AskOpinionForm, CaseOpinions, OpinionCase, OpinionForm, OpinionView, SettleOpinionForm,
};

/// A clinic of two consultants and a nurse. Ama Osei has signed D05, soon, and is at work.
struct Scene {
    room: Room,
    patient: String,
    assessment: String,
    osei: String,
    hale: String,
    nowak: String,
}

impl Scene {
    fn new() -> Self {
        let mut scene = Self::undecided();
        scene.room.sign(&scene.assessment);
        scene
    }

    /// The same with nothing signed.
    fn undecided() -> Self {
        let mut room = Room::demo();
        let hale = room.hire("Imran Hale", Role::Consultant);
        let nowak = room.hire("Bea Nowak", Role::Nurse);
        let (patient, assessment) = room.finished();
        let osei = room.osei.clone();
        Self {
            room,
            patient,
            assessment,
            osei,
            hale,
            nowak,
        }
    }

    /// One in which Hale is asked, blind or not, and sits down.
    fn asked(blind: bool) -> (Self, String) {
        let mut scene = Self::new();
        let form = AskOpinionForm {
            blind,
            ..of(&scene.hale)
        };
        let opinion = scene.ask(form).unwrap();
        let hale = scene.hale.clone();
        scene.room.seat(&hale);
        (scene, opinion)
    }

    /// Asks, and gives the opinion's id.
    fn ask(&mut self, form: AskOpinionForm) -> Result<String, Refusal> {
        let asked = opinion::ask_opinion(&mut self.room.desk, self.assessment.clone(), form)?;
        Ok(asked.opinions[0].opinion.clone())
    }

    fn opinions(&mut self) -> CaseOpinions {
        opinion::case_opinions(&mut self.room.desk, self.assessment.clone()).unwrap()
    }

    fn open(&mut self, opinion: &str) -> OpinionCase {
        opinion::open_opinion(&mut self.room.desk, opinion.to_owned()).unwrap()
    }

    fn shown(&mut self, opinion: &str) -> OpinionView {
        self.open(opinion).opinion
    }

    /// Whoever is at work answers on what they see now.
    fn give(&mut self, opinion: &str, form: OpinionForm) -> Result<OpinionCase, Refusal> {
        let basis_digest = self.open(opinion).result.basis_digest;
        let form = OpinionForm {
            basis_digest,
            passphrase: PASSPHRASE.into(),
            ..form
        };
        opinion::give_opinion(&mut self.room.desk, opinion.to_owned(), form)
    }

    /// Whoever is at work settles it on what they see now.
    fn settle(&mut self, opinion: &str, form: SettleOpinionForm) -> Result<OpinionCase, Refusal> {
        let basis_digest = self.open(opinion).result.basis_digest;
        let form = SettleOpinionForm {
            basis_digest,
            passphrase: PASSPHRASE.into(),
            ..form
        };
        opinion::settle_opinion(&mut self.room.desk, opinion.to_owned(), form)
    }

    /// Whoever keeps the keys hires a lead, who sits down.
    fn seat_lead(&mut self) {
        let osei = self.osei.clone();
        self.seat(&osei);
        self.room.seat_a(Role::Lead);
    }

    fn seat(&mut self, staff: &str) {
        self.room.seat(staff);
    }
}

/// What is asked of a colleague.
fn of(staff: &str) -> AskOpinionForm {
    AskOpinionForm {
        of_staff: staff.into(),
        by: "2026-11-30".into(),
        question: "pathway".into(),
        text: "Would you go another way?".into(),
        wished: "clinician".into(),
        ..AskOpinionForm::default()
    }
}

/// A view of one's own: another pathway, and more urgent than the first.
fn otherwise() -> OpinionForm {
    OpinionForm {
        agrees: "disagree".into(),
        lead: "D07".into(),
        urgency: "urgent".into(),
        reason: "The pain has changed since the scan.".into(),
        ..OpinionForm::default()
    }
}

/// The same as the first view.
fn likewise() -> OpinionForm {
    OpinionForm {
        agrees: "agree".into(),
        lead: "D05".into(),
        urgency: "soon".into(),
        reason: "Nothing speaks against it here.".into(),
        ..OpinionForm::default()
    }
}

/// The fields of a refused form.
fn fields<T>(answer: Result<T, Refusal>) -> Vec<String> {
    match answer {
        Err(Refusal::Invalid(faults)) => faults.into_iter().map(|it| it.field).collect(),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was taken"),
    }
}
