//! First run, unlocking and recovery.

use jiff::Timestamp;
use record::body::Action;
use store::{
    DeviceSecrets, Entropy, KeysError, NewStaff, Opened, Place, Presence, Recovery, RecoverySheet,
    SetUp, SiteKind, look, recover as recover_store, set_up as set_up_store,
    unlock as unlock_store,
};

use super::sheet::sheet_view;
use super::sitting::session;
use super::status;
use crate::audit;
use crate::desk::Desk;
use crate::faults::{Faults, typed_twice};
use crate::line;
use crate::refusal::Refusal;
use crate::role::{self};
use crate::staff;
use crate::view::{RecoverForm, RecoverySheetView, Session, SetUpForm, Status};

/// Sets up a service and its first staff member. The recovery sheet comes back and is shown once.
pub fn set_up(desk: &mut Desk, form: SetUpForm) -> Result<RecoverySheetView, Refusal> {
    let role = check_set_up(&form)?;
    let asked = SetUp {
        service_name: form.service.trim(),
        site_name: form.site.trim(),
        site_kind: if form.hub {
            SiteKind::Hub
        } else {
            SiteKind::Spoke
        },
        demo: false,
        first: NewStaff {
            name: form.name.trim(),
            role,
            passphrase: &form.passphrase,
            stretch: desk.program.stretch,
        },
        keyring: form.use_keyring,
    };
    let (opened, sheet) = open_with(desk, &asked, set_up_store)?;
    desk.sit(opened, Some(sheet));
    // The sheet is shown only here. Whatever comes between it and the person, they set up again.
    settle(desk)
        .and_then(|()| sheet_view(desk))
        .inspect_err(|_| {
            if let Some(sitting) = desk.sitting.take() {
                store::take_back_set_up(sitting.opened, desk.secrets.as_ref());
            }
        })
}

/// Opens the record in one of the ways that make a new recovery sheet.
fn open_with<A>(
    desk: &mut Desk,
    asked: &A,
    way: impl FnOnce(
        &Place,
        &dyn DeviceSecrets,
        &A,
        Entropy<'_>,
        Timestamp,
    ) -> Result<(Opened, RecoverySheet), KeysError>,
) -> Result<(Opened, RecoverySheet), KeysError> {
    let now = desk.now().at();
    let Desk {
        place,
        secrets,
        around,
        ..
    } = desk;
    let random = &mut |bytes: &mut [u8]| around.fill(bytes);
    way(place, secrets.as_ref(), asked, random, now)
}

pub(super) fn check_set_up(form: &SetUpForm) -> Result<record::role::Role, Refusal> {
    let mut faults = Faults::default();
    faults.need("service", &form.service, "Enter the name of the service.");
    faults.need("site", &form.site, "Enter the name of this site.");
    faults.need("name", &form.name, "Enter your full name.");
    faults.passphrases(&form.passphrase, &form.passphrase_again);
    faults.intended_use(form.read_intended_use);
    let Some(role) = role::from_value(&form.role) else {
        faults.add("role", "Choose your role.");
        return Err(faults.refused());
    };
    faults.none()?;
    Ok(role)
}

/// Makes the demo clinic if it is not there, and stands at its door.
pub fn set_up_demo(desk: &mut Desk) -> Result<Status, Refusal> {
    let Some(folder) = desk.program.demo.clone() else {
        return Err(Refusal::plain(
            "This installation has no folder for the demo clinic. Start Felloe with --demo.",
        ));
    };
    desk.sitting = None;
    desk.end_line();
    desk.place = store::Place::new(folder);
    if matches!(
        look(&desk.place, desk.secrets.as_ref(), desk.now().at()),
        Presence::FirstRun
    ) {
        crate::demo::make(desk, &mut |_| {})?;
        desk.sitting = None;
    }
    status(desk)
}

/// Opens the record for one person.
pub fn unlock(desk: &mut Desk, staff: String, passphrase: String) -> Result<Session, Refusal> {
    let id = staff
        .parse()
        .map_err(|_| Refusal::NotFound("That person"))?;
    desk.end_line();
    let opened = unlock_store(
        &desk.place,
        desk.secrets.as_ref(),
        id,
        &passphrase,
        desk.now().at(),
    )?;
    sit_down(desk, opened, None, |desk| {
        desk.certify_after_crash(&passphrase)?;
        desk.refuse_ended()?;
        desk.take_scope_keys()?;
        desk.renew_where_wanted()?;
        staff::settle_site(desk)?;
        staff::note_used(desk)?;
        audit::failed_tries(desk, &Action::FailedUnlock)?;
        audit::note(desk, Action::Unlocked, None, "")
    })?;
    session(desk)
}

/// The person sits down, or the desk stays locked: one that refuses must not stand open behind its
/// refusal.
pub(crate) fn sit_down(
    desk: &mut Desk,
    opened: store::Opened,
    sheet: Option<RecoverySheet>,
    then: impl FnOnce(&mut Desk) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    desk.sit(opened, sheet);
    let seated = settle(desk)
        .and_then(|()| then(desk))
        .and_then(|()| line::note_copy_found(desk));
    if seated.is_err() {
        desk.sitting = None;
    }
    seated
}

fn settle(desk: &mut Desk) -> Result<(), Refusal> {
    desk.certify_first(&[])?;
    // A file that was restored, or that hears of it late, drops what two people signed away.
    desk.erase_again()?;
    desk.derived_up_to_date()?;
    // A bundle whose reading was broken off. What is done of it stays done, should this be too.
    while desk.make_owed_rows()? > 0 {}
    // What was typed before a crash, by whoever typed it.
    for patient in desk.seal_all_typed()? {
        crate::route::after_crash(desk, patient)?;
    }
    // What was signed before it, by whoever signed.
    crate::task::follow_all(desk)
}

/// Opens the record with the recovery sheet. A new sheet comes back; the old one no longer works.
pub fn recover(desk: &mut Desk, form: RecoverForm) -> Result<RecoverySheetView, Refusal> {
    typed_twice(&form.passphrase, &form.passphrase_again)?;
    let asked = Recovery {
        code: &form.code,
        staff: form
            .staff
            .parse()
            .map_err(|_| Refusal::field("staff", "Choose whose account to reopen."))?,
        passphrase: &form.passphrase,
        stretch: desk.program.stretch,
        keyring: form.use_keyring,
    };
    desk.end_line();
    let (opened, sheet) = open_with(desk, &asked, recover_store)?;
    sit_down(desk, opened, Some(sheet), |desk| {
        audit::failed_tries(desk, &Action::FailedUnlock)?;
        audit::note(desk, Action::Recovered, None, "")
    })?;
    crate::keys::renew_after_recovery(desk, &form.passphrase)?;
    sheet_view(desk)
}
