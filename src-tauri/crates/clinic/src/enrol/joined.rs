//! What an answer has to hold before anything of it is taken.

use std::collections::BTreeMap;

use record::body::Site;
use record::certificate::{Authorities, Fingerprint, Grant, Stated};
use record::enrolment::{Answer, AnswerError};
use record::entry::Entry;
use record::envelope::{Envelope, Header};
use record::fold::fold;
use record::id::{SiteId, StaffId};
use record::keys::KeyId;
use record::role::Role;
use store::{Identity, Join, JoiningKeys, SiteKind, StoredKey};

use crate::case::body_of;
use crate::refusal::Refusal;

/// An answer that was checked against its request and the words that were heard, read as far as a
/// laptop needs to join.
pub(super) fn read<'a>(
    answer: &Answer,
    keys: &JoiningKeys,
    passphrase: &'a str,
) -> Result<Join<'a>, Refusal> {
    let claims = answer.claims();
    let given = given(answer, keys)?;
    let entries = service_record(answer, &given)?;
    let home = home(&entries, claims.site)?;
    let (staff, name, role) = person(answer)?;
    Ok(Join {
        identity: Identity {
            service: answer.service(),
            service_name: service_name(answer)?,
            site: claims.site,
            site_name: home.name,
            site_kind: if home.hub {
                SiteKind::Hub
            } else {
                SiteKind::Spoke
            },
            device: keys.request.claims().device,
            demo: claims.demo,
        },
        root: claims.root.claims().key,
        staff,
        name,
        role,
        passphrase,
        keys: given,
        envelopes: claims.envelopes.clone(),
    })
}

/// The keys of the laptop's scopes, every one of which has to open here.
fn given(answer: &Answer, keys: &JoiningKeys) -> Result<Vec<StoredKey>, Refusal> {
    let service = answer.service();
    let opened = answer.claims().keys.iter();
    opened
        .map(|given| {
            let key = keys.open_given(service, given);
            key.ok_or(Refusal::Answer(AnswerError::SomebodyElse))
        })
        .collect()
}

type Opened<'a> = Vec<(&'a Envelope, Vec<Entry>)>;

/// The service's record in the answer: each envelope signed by a device that the certificates in it
/// name. What the given keys do not open stays closed.
fn service_record<'a>(answer: &'a Answer, given: &[StoredKey]) -> Result<Opened<'a>, Refusal> {
    let by_id: BTreeMap<KeyId, &StoredKey> = given.iter().map(|key| (key.key.id(), key)).collect();
    let mut opened: Opened<'a> = Vec::new();
    for envelope in &answer.claims().envelopes {
        let key = by_id.get(&envelope.header().key);
        let entries = match key {
            Some(key) if !envelope.is_erased() => envelope.open(&key.key)?,
            _ => Vec::new(),
        };
        opened.push((envelope, entries));
    }
    let authorities = authorities(answer, &opened)?;
    for (envelope, _) in &opened {
        let signed = authorities
            .device_key(envelope.header().device)
            .is_some_and(|key| envelope.verify(&key).is_ok());
        if !signed {
            return Err(Refusal::Answer(AnswerError::Altered));
        }
    }
    Ok(opened)
}

fn authorities(answer: &Answer, opened: &Opened<'_>) -> Result<Authorities, Refusal> {
    let root = answer.claims().root.claims();
    let enrolled = Fingerprint::of(root.service, &root.key);
    let stated: Vec<Stated<'_>> = opened
        .iter()
        .flat_map(|(envelope, entries)| stated(envelope.header(), entries))
        .collect();
    let authorities = Authorities::new(&enrolled, &stated);
    // The laptop's own certificates have to stand in the record that it takes.
    let claims = answer.claims();
    let known = [&claims.device, &claims.person].iter().all(|own| {
        authorities.certificate(&own.id()).is_some() && !authorities.is_ended(&own.id())
    });
    if known {
        Ok(authorities)
    } else {
        Err(Refusal::Answer(AnswerError::Claims))
    }
}

fn stated<'a>(header: &'a Header, entries: &'a [Entry]) -> impl Iterator<Item = Stated<'a>> {
    (0..).zip(entries).map(move |(index, entry)| Stated {
        header,
        index,
        entry,
    })
}

/// The site where the laptop stands, by its name.
fn home(opened: &Opened<'_>, site: SiteId) -> Result<Site, Refusal> {
    let placed = opened
        .iter()
        .flat_map(|(envelope, entries)| envelope.place(entries.clone()));
    let record = fold(placed.collect::<Vec<_>>());
    let mut sites = record.under("site").filter_map(|(_, now)| {
        let mut all = now.all().iter().filter_map(|it| body_of::<Site>(&it.entry));
        all.next()
    });
    sites
        .find(|known| known.site == site)
        .ok_or(Refusal::Answer(AnswerError::Claims))
}

fn person(answer: &Answer) -> Result<(StaffId, String, Role), Refusal> {
    match &answer.claims().person.claims().grant {
        Grant::Administrator { staff, name, .. } => Ok((*staff, name.clone(), Role::Administrator)),
        Grant::Staff {
            staff, name, role, ..
        } => Ok((*staff, name.clone(), *role)),
        Grant::Root { .. } | Grant::Device { .. } => Err(Refusal::Answer(AnswerError::Claims)),
    }
}

fn service_name(answer: &Answer) -> Result<String, Refusal> {
    match &answer.claims().root.claims().grant {
        Grant::Root { name } => Ok(name.clone()),
        _ => Err(Refusal::Answer(AnswerError::Claims)),
    }
}
