//! A laptop that is lost, or goes out of use.

use record::body::{Action, Audit, Revocation};
use record::entry::Basis;
use record::scope::{Scope, Subject};

use super::changing::laptop_of;
use super::handed::short;
use super::listing::screen;
use crate::audit;
use crate::desk::{Desk, Line, Sign};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::scope_keys::Laptop;
use crate::staff::wrong_passphrase;
use crate::view::{LaptopEndForm, Laptops};

/// Ends a laptop: what it writes from here on is shown as unverified, and a new epoch of each of its
/// scopes' keys begins that it is not given. What it wrote so far stays and counts; what it has read
/// cannot be called back.
pub fn end_laptop(
    desk: &mut Desk,
    laptop: String,
    form: LaptopEndForm,
) -> Result<Laptops, Refusal> {
    desk.allow(Act::KeepLaptops)?;
    let laptop = laptop_of(desk, &laptop)?;
    let mut faults = Faults::default();
    let why = match form.why.as_str() {
        "left" => "left",
        "lost" => "lost",
        _ => {
            faults.add("why", "Choose why the laptop ends.");
            ""
        }
    };
    if form.reason.split_whitespace().count() < 2 {
        faults.add("reason", "Say why in a few words.");
    }
    faults.none()?;
    if laptop.device == desk.sitting()?.opened.identity.device {
        return Err(Refusal::plain(
            "Nobody ends the laptop that they sit at. Do it on another one.",
        ));
    }
    desk.confirm_own("own_passphrase", &form.own_passphrase)
        .map_err(wrong_passphrase)?;
    desk.whole(|desk| {
        desk.revoke_laptop(&laptop, why)?;
        audit::write(
            desk,
            Audit {
                action: Action::StaffChanged,
                patient: None,
                staff: None,
                note: format!("laptop {} ended, {why}", short(laptop.device)),
                reason: form.reason.trim().into(),
            },
        )
    })?;
    // After the revocation and not with it: that must not wait for a key that is not held here.
    desk.renew_where_wanted()?;
    screen(desk)
}

impl Desk {
    fn revoke_laptop(&mut self, laptop: &Laptop, why: &str) -> Result<(), Refusal> {
        let accepted = self.ends_of(Some(laptop.device))?;
        for certificate in &laptop.standing {
            let body = Revocation {
                certificate: *certificate,
                why: why.into(),
                accepted: accepted.clone(),
            };
            let line = Line::of(format!("revocation/{certificate}"), &body)?;
            let basis = Basis::default();
            self.write_signed_in(Scope::Service, Subject::Service, vec![line], Sign { basis })?;
        }
        Ok(())
    }
}
