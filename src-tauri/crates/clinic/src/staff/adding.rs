//! A colleague or a locum on this laptop.

use jiff::ToSpan;
use jiff::civil::Date;
use record::certificate::{LOCUM_BEGINS_WITHIN, LOCUM_FOR, is_locum_role};
use record::role::Role;
use store::NewStaff;

use super::form::{begins, date, ends, role_and_sites};
use super::listing::screen;
use crate::desk::Desk;
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::trust::Term;
use crate::view::{ColleagueForm, StaffScreen};

/// Adds a colleague on this laptop: their keys are made, they set their passphrase, and they are
/// certified. A lead lets a locum in, for a short time that ends by itself.
pub fn add_colleague(desk: &mut Desk, form: ColleagueForm) -> Result<StaffScreen, Refusal> {
    let keeps = desk.may(Act::KeepStaff)?;
    if !keeps {
        desk.allow(Act::GrantLocum)?;
    }
    let (role, sites, term) = checked(desk, &form, keeps)?;
    desk.confirm_passphrase(&form.own_passphrase)
        .map_err(wrong_passphrase)?;
    let new = NewStaff {
        name: form.name.trim(),
        role,
        passphrase: &form.passphrase,
        stretch: desk.program.stretch,
    };
    let now = desk.now().at();
    let Desk {
        sitting,
        secrets,
        around,
        ..
    } = &mut *desk;
    let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
    let colleague =
        opened.add_staff(secrets.as_ref(), &new, &mut |bytes| around.fill(bytes), now)?;
    let certified = if role == Role::Administrator {
        desk.certify_administrator(&colleague, new.name, &form.own_passphrase)
    } else {
        desk.certify_for(&colleague, new.name, role, &sites, term)
    };
    let opened = &desk.sitting()?.opened;
    if let Err(refusal) = certified {
        // Somebody without a certificate must not stand at the door.
        opened.remove_staff(colleague.staff)?;
        desk.sitting_mut()?.colleagues.take();
        return Err(refusal);
    }
    opened.describe_staff(colleague.staff, role, term.until)?;
    desk.sitting_mut()?.colleagues.take();
    screen(desk)
}

/// What is said of a last day that is missing or too late.
pub(super) const TOO_LONG: &str = "Choose a last day at most 28 days from the first, both counted.";

fn days(of: jiff::SignedDuration) -> i32 {
    i32::try_from(of.as_hours() / 24).unwrap_or(0)
}

/// The last day for which a lead may let somebody in who begins on `first`.
pub(super) fn latest_day(first: Date) -> Date {
    first.saturating_add((days(LOCUM_FOR) - 1).days())
}

type Checked = (Role, std::collections::BTreeSet<record::id::SiteId>, Term);

fn checked(desk: &Desk, form: &ColleagueForm, keeps: bool) -> Result<Checked, Refusal> {
    let now = desk.now();
    let today = desk.today();
    let mut faults = Faults::default();
    if form.name.trim().is_empty() {
        faults.add("name", "Enter the full name.");
    }
    faults.passphrases(&form.passphrase, &form.passphrase_again);
    let (role, sites) = role_and_sites(desk, &form.role, &form.sites, &mut faults)?;
    let first = date(&form.first_day, "first_day", &mut faults).unwrap_or(today);
    let last = date(&form.last_day, "last_day", &mut faults);
    if first < today {
        faults.add("first_day", "The first day cannot lie in the past.");
    }
    if last.is_some_and(|last| last < first) {
        faults.add("last_day", "The last day lies before the first.");
    }
    if !keeps {
        let own = desk.sitting()?.me()?;
        if role.is_some_and(|role| !is_locum_role(role)) {
            faults.add(
                "role",
                "A lead lets in clinicians who are not leads. Ask an administrator for others.",
            );
        }
        if own.is_some_and(|own| !sites.iter().all(|site| own.works_at(*site))) {
            faults.add("sites", "Choose among your own sites.");
        }
        if first > today.saturating_add(days(LOCUM_BEGINS_WITHIN).days()) {
            faults.add("first_day", "Let them in at most 28 days ahead.");
        }
        if last.is_none_or(|last| last > latest_day(first)) {
            faults.add("last_day", TOO_LONG);
        }
    }
    faults.none()?;
    let term = Term {
        from: (first > today).then(|| begins(first, now)).flatten(),
        until: last.and_then(|last| ends(last, now)),
    };
    role.map(|role| (role, sites, term))
        .ok_or_else(|| Refusal::field("role", "Choose the role."))
}

/// A wrong passphrase of whoever is at work, under the field it was typed in.
pub(crate) fn wrong_passphrase(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid(_) => Refusal::field(
            "own_passphrase",
            "That is not your passphrase. Nothing was changed.",
        ),
        other => other,
    }
}
