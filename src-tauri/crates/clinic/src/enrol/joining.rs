//! A laptop takes the answer to its request.

use record::body::Action;
use record::enrolment::AnswerError;
use record::words::SixWords;
use store::{KeysError, UnlockError, join, open_joining};

use super::hub_server::taken;
use super::{handed, joined};
use crate::audit;
use crate::desk::Desk;
use crate::door::{sheet_view, sit_down};
use crate::refusal::Refusal;
use crate::view::{FinishJoiningForm, RecoverySheetView};

/// Joins the service that answered. The six words are the service's own, typed as the
/// administrator read them out: so a laptop joins the service of the person on the telephone and no
/// other. The recovery sheet of this laptop comes back and is shown once.
pub fn finish_joining(
    desk: &mut Desk,
    form: FinishJoiningForm,
) -> Result<RecoverySheetView, Refusal> {
    let heard: SixWords = form
        .words
        .parse()
        .map_err(|error: record::words::NotSixWords| Refusal::field("words", error.to_string()))?;
    let answer = handed::answer("answer", &form.answer)?;
    let now = desk.now();
    let keys = open_joining(
        &desk.place,
        desk.secrets.as_ref(),
        &form.passphrase,
        now.at(),
    )
    .map_err(wrong)?;
    answer
        .check(&keys.request, &heard)
        .map_err(|error| match error {
            AnswerError::OtherService => Refusal::field("words", error.to_string()),
            other => Refusal::field("answer", other.to_string()),
        })?;
    let asked = joined::read(&answer, &keys, &form.passphrase)?;
    let Desk { place, around, .. } = desk;
    let fill = &mut |bytes: &mut [u8]| around.fill(bytes);
    let (opened, sheet) = join(place, &keys, asked, fill, now.at())?;
    sit_down(desk, opened, Some(sheet), |desk| {
        crate::staff::settle_site(desk)?;
        crate::staff::note_used(desk)?;
        taken(desk, answer.claims().hub_server.as_ref())?;
        audit::note(desk, Action::KeysChanged, None, "laptop joined the service")
    })?;
    sheet_view(desk)
}

/// A wrong passphrase under its field; a wait as the door says it.
fn wrong(error: KeysError) -> Refusal {
    match error {
        KeysError::Unlock(UnlockError::WrongPassphrase {
            wait_seconds: 0, ..
        }) => Refusal::field(
            "passphrase",
            "That is not the passphrase that this laptop asked with. Nothing was taken.",
        ),
        KeysError::Unlock(error) => Refusal::Unlock(error),
        other => other.into(),
    }
}
