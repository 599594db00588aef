//! Renewing a colleague's certificate, and giving it another role or other sites.

use record::role::Role;
use store::StaffPublic;

use super::adding::{TOO_LONG, latest_day, wrong_passphrase};
use super::ending::{Ending, end_certificates};
use super::form::{date, ends, person, role_and_sites};
use super::listing::screen;
use crate::desk::Desk;
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::trust::{Person, Term};
use crate::view::{StaffChangeForm, StaffScreen};

/// Renews a certificate, before or after it has ended: for a year, or to the last day that is
/// given. Their key, their role and their sites stay. A lead renews locums only, and never for
/// longer than they may let one in.
pub fn renew_colleague(
    desk: &mut Desk,
    staff: String,
    last_day: String,
    own_passphrase: String,
) -> Result<StaffScreen, Refusal> {
    let keeps = desk.may(Act::KeepStaff)?;
    if !keeps {
        desk.allow(Act::GrantLocum)?;
    }
    let colleague = person(desk, &staff)?;
    if colleague.ended {
        return Err(Refusal::plain(
            "This account was ended and is not renewed. Add the colleague again.",
        ));
    }
    let term = checked_term(desk, &last_day, keeps, &colleague)?;
    desk.confirm_passphrase(&own_passphrase)
        .map_err(wrong_passphrase)?;
    desk.whole(|desk| {
        // Their right to certify comes from the root, and the rest may be issued under it.
        if colleague.administrator.is_some() {
            renew_administrator(desk, &colleague, &own_passphrase)?;
        }
        if colleague.role != Role::Administrator {
            let (name, role, sites) = (&colleague.name, colleague.role, &colleague.sites);
            desk.certify_for(&key_of(&colleague), name, role, sites, term)?;
        }
        Ok(())
    })?;
    desk.sitting()?
        .opened
        .describe_staff(colleague.staff, colleague.role, term.until)?;
    desk.sitting_mut()?.colleagues.take();
    screen(desk)
}

fn checked_term(
    desk: &Desk,
    last_day: &str,
    keeps: bool,
    colleague: &Person,
) -> Result<Term, Refusal> {
    let mut faults = Faults::default();
    let last = date(last_day, "last_day", &mut faults);
    if last.is_some_and(|last| last < desk.today()) {
        faults.add("last_day", "The last day lies in the past.");
    }
    if !keeps && !colleague.locum {
        return Err(Refusal::NotAllowed(Act::KeepStaff));
    }
    if !keeps && last.is_none_or(|last| last > latest_day(desk.today())) {
        faults.add("last_day", TOO_LONG);
    }
    faults.none()?;
    Ok(Term {
        from: None,
        until: last.and_then(|last| ends(last, desk.now())),
    })
}

/// Somebody whose own role can be renewed without the root key is not kept waiting for it.
fn renew_administrator(desk: &mut Desk, colleague: &Person, own: &str) -> Result<(), Refusal> {
    let renewed = desk.certify_administrator(&key_of(colleague), &colleague.name, own);
    let without_root = matches!(renewed, Err(Refusal::Plain(_)));
    if without_root && colleague.role != Role::Administrator {
        return Ok(());
    }
    renewed
}

/// Gives a colleague another role or other sites. The old certificate signs no more.
pub fn change_colleague(
    desk: &mut Desk,
    staff: String,
    form: StaffChangeForm,
) -> Result<StaffScreen, Refusal> {
    desk.allow(Act::KeepStaff)?;
    let colleague = person(desk, &staff)?;
    let mut faults = Faults::default();
    let (role, sites) = role_and_sites(desk, &form.role, &form.sites, &mut faults)?;
    if role == Some(Role::Administrator) {
        faults.add("role", "Add an administrator as a colleague of their own.");
    }
    faults.none()?;
    let Some(role) = role.filter(|_| !colleague.ended) else {
        return Err(Refusal::plain(
            "This account was ended and is not changed. Add the colleague again.",
        ));
    };
    desk.confirm_passphrase(&form.own_passphrase)
        .map_err(wrong_passphrase)?;
    desk.whole(|desk| {
        let ending = Ending {
            why: "replaced",
            spares_administrator: true,
        };
        end_certificates(desk, &colleague, &ending)?;
        desk.certify(&key_of(&colleague), &colleague.name, role, &sites)
    })?;
    desk.sitting()?
        .opened
        .describe_staff(colleague.staff, role, None)?;
    desk.sitting_mut()?.colleagues.take();
    screen(desk)
}

fn key_of(colleague: &Person) -> StaffPublic {
    StaffPublic {
        staff: colleague.staff,
        verifying: colleague.key,
    }
}
