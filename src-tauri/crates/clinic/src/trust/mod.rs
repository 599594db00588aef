//! Certificates on this device: the chain from the root to whoever is at work, and what counts.

mod devices;
mod issuing;
mod laptops;
mod people;

pub(crate) use issuing::Term;
pub(crate) use laptops::a_year;
pub(crate) use people::Person;

use std::collections::BTreeMap;

use record::certificate::{Authorities, Certificate, Fingerprint, Grant};
use record::entry::Kind;
use record::id::StaffId;
use record::moment::Moment;
use record::role::Role;
use record::scope::Subject;
use record::words::SixWords;

use crate::desk::{Desk, Sitting};
use crate::entries;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::words;

impl Sitting {
    /// What counts on this device, read once in a sitting and again after anything was written in
    /// the service's scope.
    pub(crate) fn authorities(&self) -> Result<&Authorities, Refusal> {
        if let Some(known) = self.authorities.get() {
            return Ok(known);
        }
        let identity = &self.opened.identity;
        let enrolled = Fingerprint::of(identity.service, &self.opened.root_public);
        let opened = self.open_unchecked(Subject::Service)?;
        let read = entries::authorities(&enrolled, &opened);
        Ok(self.authorities.get_or_init(|| read))
    }

    /// The root's certificate, where this device holds it.
    pub(crate) fn origin(&self) -> Result<Option<&Certificate>, Refusal> {
        let root = self.opened.root_public;
        let mut held = self.authorities()?.certificates();
        Ok(held.find(|one| one.claims().key == root && one.fingerprint().is_some()))
    }

    /// Everybody with a certificate, by their id.
    pub(crate) fn people(&self) -> Result<BTreeMap<StaffId, Person>, Refusal> {
        let here = self.opened.identity.device;
        Ok(people::people(self.authorities()?, here))
    }

    /// Whoever is at work, as the certificates of their present key say; none before they have any.
    pub(crate) fn me(&self) -> Result<Option<Person>, Refusal> {
        let key = self.opened.signing.verifying_key();
        let own = people::holder(self.authorities()?, self.opened.staff, &key);
        Ok(own.filter(|person| !person.ended))
    }

    /// The certificate under which the person at work signs an entry of this kind: the newest of
    /// their present key that holds now and whose role signs it. A signature under one that has
    /// ended would not count.
    pub(crate) fn signing_certificate(
        &self,
        kind: &Kind,
        subject: &Subject,
        now: Moment,
    ) -> Result<Option<&Certificate>, Refusal> {
        let own = self.opened.signing.verifying_key();
        let authorities = self.authorities()?;
        let fits = |one: &&Certificate| {
            let grant = &one.claims().grant;
            one.claims().key == own
                && grant.staff() == Some(self.opened.staff)
                && grant.valid().is_some_and(|valid| valid.covers(&now))
                && !authorities.is_ended(&one.id())
                && grant
                    .role()
                    .is_some_and(|role| !kind.needs_signature() || role.may_sign(kind, subject))
        };
        Ok(authorities.certificates().filter(fits).max_by_key(|one| {
            let works = matches!(one.claims().grant, Grant::Staff { .. });
            (works, one.claims().issued, one.id())
        }))
    }
}

impl Desk {
    /// Whether the person at work may do it, in their role or as an administrator beside it.
    pub(crate) fn may(&self, act: Act) -> Result<bool, Refusal> {
        let Some(me) = self.sitting()?.me()? else {
            return Ok(false);
        };
        // Also past its end: whoever holds the root key renews themselves, and without it nothing
        // that they would certify or end counts.
        let administers = me.administrator.is_some();
        Ok(may(me.role, act) || administers && may(Role::Administrator, act))
    }

    /// Refuses what the person at work may not do.
    pub(crate) fn allow(&self, act: Act) -> Result<(), Refusal> {
        if self.sitting()?.me()?.is_none() {
            return Err(Refusal::plain(
                "You have no certificate on this laptop. Ask an administrator to certify you.",
            ));
        }
        if self.may(act)? {
            Ok(())
        } else {
            Err(Refusal::NotAllowed(act))
        }
    }

    /// Refuses somebody whose account here was ended, or was let in by a lead for another time.
    pub(crate) fn refuse_ended(&self) -> Result<(), Refusal> {
        let now = self.now();
        let sitting = self.sitting()?;
        let certified = sitting.people()?.contains_key(&sitting.opened.staff);
        match sitting.me()? {
            None if certified => Err(Refusal::plain(
                "Your account on this laptop was ended. Ask an administrator of the service.",
            )),
            Some(me) if me.locum && !me.holds(now) => Err(Refusal::Plain(locum_words(&me, now))),
            _ => Ok(()),
        }
    }

    /// The service's root in six words, for the telephone and the recovery sheet.
    pub(crate) fn service_in_words(&self) -> Result<String, Refusal> {
        let opened = &self.sitting()?.opened;
        let print = Fingerprint::of(opened.identity.service, &opened.root_public);
        Ok(SixWords::of(&print).to_string())
    }
}

fn locum_words(me: &Person, now: Moment) -> String {
    if now.at() < me.valid.not_before {
        let begins = words::day_of(me.valid.not_before, now);
        return format!("Your account on this laptop begins on {begins}. Come back then.");
    }
    let ended = words::day_of(me.valid.not_after, now);
    format!(
        "Your account on this laptop ended on {ended}. Ask the lead of the site to let you in again."
    )
}
