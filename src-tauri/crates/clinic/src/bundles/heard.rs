//! What other laptops said to hold, in bundles of theirs that were read here.

use data_encoding::HEXLOWER;
use record::bundle::Claims;
use record::envelope::Stream;
use record::id::DeviceId;
use record::log::{Tail, Tips};
use record::moment::Moment;
use record::scope::Scope;
use serde::{Deserialize, Serialize};

use super::laptops::Laptop;
use crate::desk::Desk;
use crate::refusal::Refusal;

/// What one laptop said last. The later of two is known by its own count and not by a clock.
#[derive(Serialize, Deserialize)]
pub(super) struct Heard {
    incarnation: u32,
    number: u64,
    pub(super) made: Moment,
    held: Vec<HeardStream>,
}

#[derive(Serialize, Deserialize)]
struct HeardStream {
    scope: Scope,
    device: DeviceId,
    incarnation: u32,
    /// Sequence and hash of the header, hexadecimal.
    tails: Vec<(u64, String)>,
}

fn setting(device: DeviceId) -> String {
    format!("bundle-held/{device}")
}

/// What a laptop said last; none when nothing ever came from it by a bundle.
pub(super) fn heard(desk: &Desk, device: DeviceId) -> Result<Option<Heard>, Refusal> {
    Ok(desk.sitting()?.opened.store.setting(&setting(device))?)
}

/// How far a laptop is known to hold what stands here: by its own word, and at the hub site by the
/// hub server's as well, from which it has the rest.
pub(super) fn holds(desk: &Desk, laptop: &Laptop) -> Result<Vec<Tips>, Refusal> {
    let opened = &desk.sitting()?.opened;
    let mut held = Vec::new();
    if let Some(heard) = heard(desk, laptop.device)? {
        held = heard.tips(opened.identity.service);
    }
    if laptop.hub {
        for scope in laptop.admitted.scopes() {
            for tips in opened.store.acknowledged(scope)? {
                join(&mut held, tips);
            }
        }
    }
    Ok(held)
}

/// Keeps what a bundle's writer said to hold, unless something later of it is known. What stands at
/// the hub site has arrived at the hub: the queue to the hub is shorter by it.
pub(super) fn keep(desk: &mut Desk, claims: &Claims, at_hub: bool) -> Result<(), Refusal> {
    let known = heard(desk, claims.from)?;
    if known.is_some_and(|known| !claims.is_later_than(known.incarnation, known.number)) {
        return Ok(());
    }
    let now = desk.now().at();
    let store = &mut desk.sitting_mut()?.opened.store;
    store.put_setting(&setting(claims.from), &Heard::of(claims))?;
    if !at_hub {
        return Ok(());
    }
    let mut known = Vec::new();
    for tips in &claims.held {
        let acknowledged = store.acknowledged(tips.stream.scope)?;
        let mut both = acknowledged
            .into_iter()
            .filter(|known| known.stream == tips.stream)
            .collect();
        join(&mut both, tips.clone());
        known.append(&mut both);
    }
    // Only ever more: an old bundle takes nothing back that the hub server has said since.
    Ok(store.acknowledge(&known, now)?)
}

/// Adds the ends of one stream to what is known of it.
fn join(held: &mut Vec<Tips>, more: Tips) {
    match held.iter_mut().find(|known| known.stream == more.stream) {
        Some(known) => {
            known.tails.extend(more.tails);
            known.tails.sort_unstable();
            known.tails.dedup();
        }
        None => held.push(more),
    }
}

impl Heard {
    fn of(claims: &Claims) -> Self {
        let held = claims.held.iter().map(|tips| HeardStream {
            scope: tips.stream.scope,
            device: tips.stream.device,
            incarnation: tips.stream.incarnation,
            tails: tips
                .tails
                .iter()
                .map(|tail| (tail.sequence, HEXLOWER.encode(&tail.header_hash)))
                .collect(),
        });
        Self {
            incarnation: claims.incarnation,
            number: claims.number,
            made: claims.made,
            held: held.collect(),
        }
    }

    fn tips(&self, service: record::id::ServiceId) -> Vec<Tips> {
        let each = self.held.iter().map(|held| Tips {
            stream: Stream {
                service,
                scope: held.scope,
                device: held.device,
                incarnation: held.incarnation,
            },
            tails: held.tails.iter().filter_map(tail).collect(),
        });
        each.collect()
    }
}

fn tail((sequence, hash): &(u64, String)) -> Option<Tail> {
    let hash = HEXLOWER.decode(hash.as_bytes()).ok()?;
    Some(Tail {
        sequence: *sequence,
        header_hash: hash.try_into().ok()?,
    })
}
