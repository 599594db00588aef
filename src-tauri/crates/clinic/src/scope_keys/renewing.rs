//! New epochs: what is written from now on, whoever was ended cannot open.

use std::collections::{BTreeMap, BTreeSet};

use record::id::DeviceId;
use record::keys::{ContentKey, KeyId};
use record::scope::Scope;
use store::{KeyHolder, StoredKey};

use super::giving::scope_of;
use super::laptops::Laptop;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;

impl Desk {
    /// Begins a new epoch of each scope whose present key was given to a laptop that is not
    /// enrolled for it any more. Gives the scopes. Nothing is written where there is none, or where
    /// the person at work is no administrator.
    ///
    /// It is asked for after a laptop was ended, and again whenever an administrator unlocks: so
    /// what was cut short, or what another laptop could not do because it lacks a site's key, is
    /// done later.
    pub(crate) fn renew_where_wanted(&mut self) -> Result<BTreeSet<Scope>, Refusal> {
        if !self.may(Act::KeepLaptops)? {
            return Ok(BTreeSet::new());
        }
        let wanted = self.wanting_a_new_epoch()?;
        self.renew_scope_keys(&wanted)?;
        Ok(wanted)
    }

    /// The scopes among those held here whose present key somebody has who should not.
    fn wanting_a_new_epoch(&self) -> Result<BTreeSet<Scope>, Refusal> {
        let sitting = self.sitting()?;
        if sitting.is_alone()? {
            return Ok(BTreeSet::new());
        }
        let laptops = sitting.laptops()?;
        let mut holders: BTreeMap<KeyId, BTreeSet<DeviceId>> = BTreeMap::new();
        for (by, body) in self.given_scope_keys()? {
            let of = holders.entry(body.key).or_default();
            of.insert(by);
            of.extend(body.sealed.iter().map(|sealed| sealed.device));
        }
        let mut wanted = BTreeSet::new();
        for scope in self.own_scopes()? {
            let Some(key) = sitting.opened.store.key_to_write(KeyHolder::Scope(scope))? else {
                continue;
            };
            let mut of = holders.get(&key.key.id()).into_iter().flatten();
            let enrolled = |device: &DeviceId| {
                laptops
                    .get(device)
                    .is_some_and(|laptop| laptop.scopes().contains(&scope))
            };
            if !of.all(enrolled) {
                wanted.insert(scope);
            }
        }
        Ok(wanted)
    }

    /// The scopes whose keys this laptop holds and is enrolled for.
    pub(crate) fn own_scopes(&self) -> Result<BTreeSet<Scope>, Refusal> {
        let sitting = self.sitting()?;
        let held = sitting.opened.store.scope_keys()?;
        let held: BTreeSet<Scope> = held.iter().map(scope_of).collect();
        let Some(own) = sitting.this_laptop()? else {
            return Ok(held);
        };
        Ok(own.scopes().intersection(&held).copied().collect())
    }

    /// Begins a new epoch of each of these scopes' keys, given to the laptops that are enrolled for
    /// it today and to no others. Those whose key is not held here are passed over.
    pub(crate) fn renew_scope_keys(&mut self, scopes: &BTreeSet<Scope>) -> Result<(), Refusal> {
        // The service scope comes last, so that the entries of the others are under its epoch of
        // before, which every laptop that stays holds already.
        let (service, others): (Vec<Scope>, Vec<Scope>) =
            scopes.iter().partition(|scope| **scope == Scope::Service);
        for scope in others.into_iter().chain(service) {
            self.whole(|desk| desk.begin_epoch(scope))?;
        }
        Ok(())
    }

    fn begin_epoch(&mut self, scope: Scope) -> Result<(), Refusal> {
        let holder = KeyHolder::Scope(scope);
        let Some(before) = self.sitting()?.opened.store.key_to_write(holder)? else {
            return Ok(());
        };
        let key = StoredKey {
            holder,
            generation: before.generation.saturating_add(1),
            key: ContentKey::from_bytes(self.random()),
        };
        self.sheet_and_give(&key)
    }

    /// Makes the keys that this laptop's scopes do not have yet, while it is still the only one: a
    /// scope gets its key when something is first written in it, and from the second laptop on
    /// each key has to be given to all.
    pub(crate) fn complete_own_scopes(&mut self) -> Result<(), Refusal> {
        let Some(own) = self.sitting()?.this_laptop()? else {
            return Ok(());
        };
        let given: BTreeSet<Scope> = self
            .given_scope_keys()?
            .iter()
            .map(|(_, body)| body.scope)
            .collect();
        for scope in own.scopes().difference(&given) {
            let holder = KeyHolder::Scope(*scope);
            if self.sitting()?.opened.store.key_to_write(holder)?.is_none() {
                self.begin_scope(*scope)?;
            }
        }
        Ok(())
    }

    /// Makes the first key of a scope, for the laptops that are enrolled for it.
    pub(crate) fn begin_scope(&mut self, scope: Scope) -> Result<(), Refusal> {
        let key = StoredKey {
            holder: KeyHolder::Scope(scope),
            generation: 1,
            key: ContentKey::from_bytes(self.random()),
        };
        self.sheet_and_give(&key)
    }

    /// The sheet first: a key that seals entries and that no sheet opens would be lost with the
    /// laptop. Then the entry and the key itself, together or not at all.
    fn sheet_and_give(&mut self, key: &StoredKey) -> Result<(), Refusal> {
        let scope = scope_of(key);
        let laptops = self.sitting()?.laptops()?.into_values();
        let enrolled: Vec<Laptop> = laptops
            .filter(|laptop| laptop.scopes().contains(&scope))
            .collect();
        let Self {
            sitting, around, ..
        } = &mut *self;
        let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
        opened.seal_to_sheet(key, &mut |bytes| around.fill(bytes))?;
        self.give_scope_key(key, &enrolled, std::slice::from_ref(key))?;
        Ok(())
    }
}
