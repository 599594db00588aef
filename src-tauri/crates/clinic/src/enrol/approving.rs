//! An administrator answers a request to join.

use std::collections::BTreeSet;

use record::body::Action;
use record::certificate::{Certificate, Grant};
use record::enrolment::{Answer, AnswerClaims, GivenKey, Request};
use record::id::{SiteId, StaffId};
use record::role::Role;
use record::scope::Scope;
use record::words::SixWords;
use store::StoredKey;

use super::handed::{self, answer_name, short};
use super::hub_server::handed_on;
use super::listing::screen;
use crate::audit;
use crate::desk::Desk;
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::scope_keys::{Laptop, scopes_of};
use crate::staff::{role_and_sites, wrong_passphrase};
use crate::trust::Person;
use crate::view::{ApproveForm, Approved, RequestView};
use crate::words;

/// Reads a request and says whose it is. Its six words are not shown: the person who asks reads
/// them out, and they are typed as they were heard.
pub fn look_at_request(desk: &mut Desk, request: String) -> Result<RequestView, Refusal> {
    desk.allow(Act::KeepLaptops)?;
    let request = handed::request("request", &request)?;
    let claims = request.claims();
    Ok(RequestView {
        name: claims.name.clone(),
        laptop: short(claims.device),
        made: words::staff_moment(claims.made),
        known: desk.sitting()?.laptops()?.contains_key(&claims.device),
    })
}

/// What an approval rests on, once the form was checked.
struct Checked {
    request: Request,
    /// Who asks, as the service knows them.
    staff: StaffId,
    name: String,
    role: Role,
    sites: BTreeSet<SiteId>,
    home: SiteId,
}

/// Approves a request: certifies the laptop and the person at it, gives the laptop the keys of its
/// scopes, and writes the answer where the administrator chose.
pub fn approve_joining(desk: &mut Desk, form: ApproveForm) -> Result<Approved, Refusal> {
    desk.allow(Act::KeepLaptops)?;
    let checked = checked(desk, &form)?;
    desk.confirm_own("own_passphrase", &form.own_passphrase)
        .map_err(wrong_passphrase)?;
    crate::print::expect_folder(&form.folder)?;
    let scopes = scopes_of(&checked.sites);
    desk.whole(Desk::complete_own_scopes)?;
    let keys = desk.held_scope_keys(&scopes)?;
    let laptop = short(checked.request.claims().device);
    let answer = desk.whole(|desk| {
        let certified = desk.certified_laptop(&checked, &form.own_passphrase)?;
        let given = desk.give_all(&keys, &certified.device)?;
        audit::because(
            desk,
            Action::StaffChanged,
            None,
            &format!("laptop {laptop} enrolled"),
            "",
        )?;
        desk.answer(&checked, certified, given)
    })?;
    audit::note(desk, Action::Exported, None, "enrolment answer")?;
    let name = answer_name(checked.request.claims().device);
    let path = crate::print::save(&form.folder, &name, &answer.to_bytes())?;
    Ok(Approved {
        path,
        words: words_of(&desk.service_in_words()?),
        screen: screen(desk)?,
    })
}

fn words_of(words: &str) -> Vec<String> {
    words.split(' ').map(str::to_owned).collect()
}

fn checked(desk: &Desk, form: &ApproveForm) -> Result<Checked, Refusal> {
    let request = handed::request("request", &form.request)?;
    let mut faults = Faults::default();
    match form.words.parse::<SixWords>() {
        Err(error) => faults.add("words", error.to_string()),
        Ok(heard) if heard != request.words() => faults.add(
            "words",
            "These are not the six words of this request. Have them read out again; if they still differ, this request was not made on that laptop: approve nothing.",
        ),
        Ok(_) => {}
    }
    let (role, sites) = role_and_sites(desk, &form.role, &form.sites, &mut faults)?;
    if sites.is_empty() {
        faults.add("sites", "Choose at least one site for the laptop.");
    }
    let home = form.home.parse().ok().filter(|home| sites.contains(home));
    if home.is_none() {
        faults.add("home", "Choose where the laptop stands, among its sites.");
    }
    let colleague = colleague(desk, form, &mut faults)?;
    faults.none()?;
    let claims = request.claims();
    let (staff, name) = match &colleague {
        Some(known) => (known.staff, known.name.clone()),
        None => (claims.staff, claims.name.clone()),
    };
    match (role, home) {
        (Some(role), Some(home)) => Ok(Checked {
            request,
            staff,
            name,
            role,
            sites,
            home,
        }),
        _ => Err(Refusal::field("role", "Choose the role.")),
    }
}

/// The colleague who asks with another laptop; none for somebody new.
fn colleague(
    desk: &Desk,
    form: &ApproveForm,
    faults: &mut Faults,
) -> Result<Option<Person>, Refusal> {
    if form.colleague.is_empty() {
        return Ok(None);
    }
    let staff: Option<StaffId> = form.colleague.parse().ok();
    let found = match staff {
        Some(staff) => desk.sitting()?.people()?.remove(&staff),
        None => None,
    };
    let found = found.filter(|person| !person.ended);
    if found.is_none() {
        faults.add("colleague", "Choose a colleague whose account stands.");
    }
    Ok(found)
}

/// The certificates that an answer carries.
struct Certified {
    root: Certificate,
    administrator: Certificate,
    device: Certificate,
    person: Certificate,
}

impl Desk {
    fn certified_laptop(&mut self, checked: &Checked, own: &str) -> Result<Certified, Refusal> {
        let asked = checked.request.claims();
        let (root, administrator) = self.issuing_chain()?;
        let device = Grant::Device {
            device: asked.device,
            sites: checked.sites.clone(),
            sealing_key: asked.sealing_key,
        };
        let issued = self.after_all_of(asked.device)?;
        let device = self.issue(&administrator, device, asked.device_key, issued)?;
        let person = if checked.role == Role::Administrator {
            self.administrator_elsewhere(
                &root,
                (checked.staff, &checked.name),
                asked.device,
                asked.staff_key,
                own,
            )?
        } else {
            let grant = Grant::Staff {
                staff: checked.staff,
                name: checked.name.clone(),
                role: checked.role,
                sites: checked.sites.clone(),
                device: asked.device,
                valid: crate::trust::a_year(self.now()),
            };
            self.issue(&administrator, grant, asked.staff_key, self.now())?
        };
        self.write_certificates(&[device.clone(), person.clone()])?;
        self.sitting_mut()?.colleagues.take();
        Ok(Certified {
            root,
            administrator,
            device,
            person,
        })
    }

    /// Gives the laptop every epoch of its scopes' keys. This laptop is named among the recipients,
    /// so that it stands in the record who held which epoch.
    fn give_all(
        &mut self,
        keys: &[StoredKey],
        device: &Certificate,
    ) -> Result<Vec<GivenKey>, Refusal> {
        let laptops = self.sitting()?.laptops()?;
        let own = self.sitting()?.opened.identity.device;
        let theirs = device.claims().grant.device();
        let to: Vec<Laptop> = [Some(own), theirs]
            .into_iter()
            .flatten()
            .filter_map(|device| laptops.get(&device).cloned())
            .collect();
        let mut given = Vec::new();
        for key in keys {
            let entry = self.give_scope_key(key, &to, &[])?;
            let mut sealed = entry.sealed.iter();
            let boxed = sealed.find(|sealed| Some(sealed.device) == theirs);
            let boxed = boxed.ok_or(Refusal::NotFound("That laptop"))?.boxed;
            given.push(GivenKey {
                scope: entry.scope,
                epoch: entry.epoch,
                key: entry.key,
                boxed,
            });
        }
        Ok(given)
    }

    fn answer(
        &self,
        checked: &Checked,
        certified: Certified,
        keys: Vec<GivenKey>,
    ) -> Result<Answer, Refusal> {
        let opened = &self.sitting()?.opened;
        let claims = AnswerClaims {
            request: checked.request.id(),
            made: self.now(),
            root: certified.root,
            administrator: certified.administrator,
            device: certified.device,
            person: certified.person,
            site: checked.home,
            demo: opened.identity.demo,
            keys,
            hub_server: handed_on(self)?,
            envelopes: opened.store.envelopes_in(Scope::Service)?,
        };
        Ok(Answer::sign(&claims, &opened.signing)?)
    }
}
