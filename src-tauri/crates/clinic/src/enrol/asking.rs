//! A blank laptop asks to join a service.

use record::enrolment::Request;
use store::{NewJoining, begin_joining as begin_in_store, give_up_joining as give_up_in_store};

use super::handed::{as_text, request_name, short};
use crate::desk::Desk;
use crate::door::{about, status};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::view::{JoinForm, Joining, SavedFile, Status};
use crate::words;

/// Makes the keys of this laptop and of the person at it, and the request that names them. Nothing
/// of any patient is here until an answer was taken.
pub fn begin_joining(desk: &mut Desk, form: JoinForm) -> Result<Status, Refusal> {
    check(&form)?;
    let asked = NewJoining {
        name: form.name.trim(),
        passphrase: &form.passphrase,
        stretch: desk.program.stretch,
        keyring: form.use_keyring,
        made: desk.now(),
    };
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    begin_in_store(place, secrets.as_ref(), &asked, &mut |bytes| {
        around.fill(bytes);
    })?;
    status(desk)
}

fn check(form: &JoinForm) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    faults.need("name", &form.name, "Enter your full name.");
    faults.passphrases(&form.passphrase, &form.passphrase_again);
    faults.intended_use(form.read_intended_use);
    faults.none()
}

/// Writes the request as a file where the person chose.
pub fn save_request(desk: &mut Desk, folder: String) -> Result<SavedFile, Refusal> {
    let request = store::joining(&desk.place)?.ok_or(store::KeysError::NotJoining)?;
    let name = request_name(request.claims().device);
    let path = crate::print::save(&folder, &name, &request.to_bytes())?;
    Ok(SavedFile { path })
}

/// Gives the request up: this laptop is at its first run again.
pub fn give_up_joining(desk: &mut Desk) -> Result<Status, Refusal> {
    give_up_in_store(&desk.place, desk.secrets.as_ref())?;
    status(desk)
}

/// What a laptop shows that waits for its answer.
pub(crate) fn waiting(desk: &Desk, request: &Request) -> Joining {
    let claims = request.claims();
    Joining {
        name: claims.name.clone(),
        laptop: short(claims.device),
        made: words::staff_moment(claims.made),
        words: request.words().words().to_vec(),
        text: as_text(request),
        folder: crate::print::usual_folder(),
        about: about(desk),
    }
}
