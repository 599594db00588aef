//! Letters: drafted from the signed case, traced to their entries, approved, and held back.

mod content;
mod leaving;
mod paper;

use jiff::SignedDuration;

use super::Room;
use super::room::PASSPHRASE;
use crate::letter;
use crate::refusal::Refusal;
use crate::view::{ApproveLetterForm, LetterPartView, LetterView, SavedPdf};

/// Every kind of letter.
const KINDS: [&str; 5] = ["gp", "patient", "hospital", "hospice", "discharge"];

/// Somebody whose assessment is decided, more than the minute ago in which that can be taken back.
fn decided() -> (Room, String, String) {
    let mut room = Room::demo();
    let (patient, assessment) = room.finished();
    room.sign(&assessment);
    room.turn(SignedDuration::from_secs(61));
    (room, patient, assessment)
}

impl Room {
    fn letter(&mut self, assessment: &str, to: &str) -> LetterView {
        letter::open_letter(&mut self.desk, assessment.into(), to.into()).unwrap()
    }

    fn write_part(&mut self, assessment: &str, to: &str, part: &str, text: &str) -> LetterView {
        letter::save_letter_part(
            &mut self.desk,
            assessment.into(),
            to.into(),
            part.into(),
            text.into(),
        )
        .unwrap()
    }

    /// Writes whatever only a person can write.
    fn complete(&mut self, assessment: &str, to: &str) -> LetterView {
        let open = self.letter(assessment, to);
        if open.addressee.is_empty() {
            self.write_part(assessment, to, "addressee", "Harbour Lane Practice");
        }
        for part in open
            .parts
            .iter()
            .filter(|part| part.needed && part.text.is_empty())
        {
            self.write_part(assessment, to, &part.id, "As agreed together today.");
        }
        self.letter(assessment, to)
    }

    fn try_approving(&mut self, assessment: &str, to: &str) -> Result<LetterView, Refusal> {
        let form = ApproveLetterForm {
            copies: "The patient".into(),
            passphrase: PASSPHRASE.into(),
        };
        letter::approve_letter(&mut self.desk, assessment.into(), to.into(), form)
    }

    /// Completes and approves a letter.
    fn approve(&mut self, assessment: &str, to: &str) -> LetterView {
        self.complete(assessment, to);
        self.try_approving(assessment, to).unwrap()
    }

    fn try_saving(&mut self, assessment: &str, to: &str, large: bool) -> Result<SavedPdf, Refusal> {
        let folder = self.folder().display().to_string();
        letter::save_letter_pdf(&mut self.desk, assessment.into(), to.into(), large, folder)
    }
}

fn part<'a>(view: &'a LetterView, id: &str) -> &'a LetterPartView {
    view.parts.iter().find(|part| part.id == id).unwrap()
}
