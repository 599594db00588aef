//! Ending a colleague's account.

use record::body::{Action, Audit, Revocation};
use record::certificate::Grant;
use record::entry::Basis;
use record::scope::{Scope, Subject};

use super::adding::wrong_passphrase;
use super::form::person;
use super::listing::screen;
use crate::audit;
use crate::desk::{Desk, Line, Sign};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::trust::Person;
use crate::view::{StaffEndForm, StaffScreen};

/// How certificates are ended.
pub(super) struct Ending {
    /// replaced, left, lost or error.
    pub(super) why: &'static str,
    /// The right to certify others stays.
    pub(super) spares_administrator: bool,
}

/// Ends a colleague's account: their certificates are revoked from here on, and their place at the
/// door and their keys are taken off this laptop. What they wrote stays and counts.
pub fn end_colleague(
    desk: &mut Desk,
    staff: String,
    form: StaffEndForm,
) -> Result<StaffScreen, Refusal> {
    desk.allow(Act::KeepStaff)?;
    let colleague = person(desk, &staff)?;
    let mut faults = Faults::default();
    let why = match form.why.as_str() {
        "left" => "left",
        "lost" => "lost",
        _ => {
            faults.add("why", "Choose why the account ends.");
            ""
        }
    };
    if form.reason.split_whitespace().count() < 2 {
        faults.add("reason", "Say why in a few words.");
    }
    faults.none()?;
    if colleague.staff == desk.staff()? {
        return Err(Refusal::plain(
            "Nobody ends their own account. Ask another administrator.",
        ));
    }
    desk.confirm_passphrase(&form.own_passphrase)
        .map_err(wrong_passphrase)?;
    desk.whole(|desk| {
        let ending = Ending {
            why,
            spares_administrator: false,
        };
        end_certificates(desk, &colleague, &ending)?;
        audit::write(
            desk,
            Audit {
                action: Action::StaffChanged,
                patient: None,
                staff: Some(colleague.staff),
                note: format!("account ended, {why}"),
                reason: form.reason.trim().into(),
            },
        )
    })?;
    // What they took along opens nothing that is written from now on.
    let sites = colleague.sites.clone();
    let mut scopes = desk.own_scopes()?;
    scopes.retain(|scope| match scope {
        Scope::Site(site) => sites.is_empty() || sites.contains(site),
        Scope::Service | Scope::Audit => true,
    });
    desk.renew_scope_keys(&scopes)?;
    // Last, so that a laptop that fails in between shows a colleague who cannot get in, and not
    // one who is off it and still counts.
    match desk.sitting()?.opened.remove_staff(colleague.staff) {
        // On another laptop, or taken off already.
        Ok(()) | Err(store::UnlockError::UnknownStaff) => {}
        Err(error) => return Err(error.into()),
    }
    desk.sitting_mut()?.colleagues.take();
    screen(desk)
}

/// Revokes the certificates of a person that stand, each by an entry that an administrator signs
/// and that names the last envelope of each stream which still counts.
pub(super) fn end_certificates(
    desk: &mut Desk,
    colleague: &Person,
    ending: &Ending,
) -> Result<(), Refusal> {
    let sitting = desk.sitting()?;
    let authorities = sitting.authorities()?;
    let standing = authorities.certificates().filter(|one| {
        let grant = &one.claims().grant;
        let spared = ending.spares_administrator && matches!(grant, Grant::Administrator { .. });
        grant.staff() == Some(colleague.staff) && !authorities.is_ended(&one.id()) && !spared
    });
    let standing: Vec<_> = standing
        .map(|one| (one.id(), one.claims().grant.device()))
        .collect();
    for (certificate, device) in standing {
        let body = Revocation {
            certificate,
            why: ending.why.into(),
            accepted: desk.ends_of(device)?,
        };
        let line = Line::of(format!("revocation/{certificate}"), &body)?;
        let basis = Basis::default();
        desk.write_signed_in(Scope::Service, Subject::Service, vec![line], Sign { basis })?;
    }
    Ok(())
}
