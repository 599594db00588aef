//! Giving the keys of scopes to laptops, and taking those that were given to this one.

use std::collections::BTreeSet;

use record::body::{Body, EpochKey, SealedKey};
use record::entry::Basis;
use record::fold::Placed;
use record::id::DeviceId;
use record::keys::KeyId;
use record::scope::{Scope, Subject};
use store::{KeyHolder, StoredKey, seal_epoch_key};

use super::Laptop;
use crate::case::read;
use crate::desk::{Along, Desk, Line, Sign};
use crate::refusal::Refusal;

impl Desk {
    /// Every epoch of these scopes' keys that this laptop holds, by scope, epoch and id. Refuses
    /// when it holds none of one of them.
    pub(crate) fn held_scope_keys(
        &self,
        scopes: &BTreeSet<Scope>,
    ) -> Result<Vec<StoredKey>, Refusal> {
        let mut held = self.sitting()?.opened.store.scope_keys()?;
        held.retain(|key| matches!(key.holder, KeyHolder::Scope(scope) if scopes.contains(&scope)));
        for scope in scopes {
            if !held
                .iter()
                .any(|key| key.holder == KeyHolder::Scope(*scope))
            {
                return Err(self.no_key_of(*scope)?);
            }
        }
        held.sort_by_key(|key| (scope_of(key), key.generation, key.key.id()));
        Ok(held)
    }

    /// What is said where this laptop lacks a scope's key.
    pub(crate) fn no_key_of(&self, scope: Scope) -> Result<Refusal, Refusal> {
        let Scope::Site(site) = scope else {
            return Ok(Refusal::plain(
                "This laptop does not hold the keys of the service. Ask an administrator to enrol it again.",
            ));
        };
        let named = self.sites()?.remove(&site);
        let name = named.map_or_else(|| "that site".to_owned(), |site| site.name);
        Ok(Refusal::plain(format!(
            "This laptop is not enrolled for {name} and does not hold its keys. Do this on a laptop that is."
        )))
    }

    /// Gives one epoch of a scope's key to laptops, in an entry that the administrator at work
    /// signs.
    pub(crate) fn give_scope_key(
        &mut self,
        key: &StoredKey,
        to: &[Laptop],
        along: &[StoredKey],
    ) -> Result<EpochKey, Refusal> {
        let body = self.sealed_to(key, to)?;
        let line = Line::appended(&body)?;
        let along = Along {
            sign: Some(Sign {
                basis: Basis::default(),
            }),
            keys: along,
            ..Along::default()
        };
        self.write_along(Scope::Service, Subject::Service, vec![line], along)?;
        Ok(body)
    }

    fn sealed_to(&mut self, key: &StoredKey, to: &[Laptop]) -> Result<EpochKey, Refusal> {
        let Self {
            sitting, around, ..
        } = self;
        let service = sitting
            .as_ref()
            .ok_or(Refusal::Locked)?
            .opened
            .identity
            .service;
        let mut sealed = Vec::new();
        for laptop in to {
            let fill = &mut |bytes: &mut [u8]| around.fill(bytes);
            let boxed = seal_epoch_key(service, key, laptop.device, &laptop.sealing_key, fill)?;
            sealed.push(SealedKey {
                device: laptop.device,
                boxed,
            });
        }
        Ok(EpochKey {
            scope: scope_of(key),
            epoch: key.generation,
            key: key.key.id(),
            sealed,
        })
    }

    /// Takes the scope keys that were given to this laptop and that it does not hold yet. What
    /// came before a key may open with it, so whoever asks reads again; gives the scopes.
    pub(crate) fn take_scope_keys(&mut self) -> Result<BTreeSet<Scope>, Refusal> {
        let mut taken = BTreeSet::new();
        // A new key of the service scope may open entries that give more keys.
        loop {
            let new = self.given_and_not_held()?;
            if new.is_empty() {
                return Ok(taken);
            }
            for key in new {
                let Self {
                    sitting, around, ..
                } = self;
                let sitting = sitting.as_mut().ok_or(Refusal::Locked)?;
                let fill = &mut |bytes: &mut [u8]| around.fill(bytes);
                sitting.opened.keep_epoch_key(&key, fill)?;
                taken.insert(scope_of(&key));
            }
            let sitting = self.sitting_mut()?;
            sitting.authorities.take();
            sitting.in_service.take();
            sitting.known = None;
            sitting.shown = None;
        }
    }

    fn given_and_not_held(&self) -> Result<Vec<StoredKey>, Refusal> {
        let opened = &self.sitting()?.opened;
        let mut seen: BTreeSet<KeyId> = BTreeSet::new();
        let mut new = Vec::new();
        for (_, body) in self.given_scope_keys()? {
            if seen.contains(&body.key) || opened.store.content_key(body.key)?.is_some() {
                continue;
            }
            if let Some(key) = opened.open_epoch_key(&body) {
                seen.insert(body.key);
                new.push(key);
            }
        }
        Ok(new)
    }

    /// Every entry that gives a scope's key and counts, with who signed it from which laptop.
    pub(super) fn given_scope_keys(&self) -> Result<Vec<(DeviceId, EpochKey)>, Refusal> {
        let entries = self.sitting()?.open_all(Subject::Service)?;
        let counted = entries.iter().filter(|placed| placed.unverified.is_none());
        Ok(counted.filter_map(given).collect())
    }
}

fn given(placed: &Placed) -> Option<(DeviceId, EpochKey)> {
    (placed.entry.kind == EpochKey::kind())
        .then(|| read::<EpochKey>(placed))
        .flatten()
        .map(|found| (placed.device, found.body))
}

/// The scope that a scope's key is of.
pub(super) fn scope_of(key: &StoredKey) -> Scope {
    match key.holder {
        KeyHolder::Scope(scope) => scope,
        KeyHolder::Patient(_) => unreachable!("the store lists the keys of scopes only"),
    }
}
