//! What is left at the hub server for the recovery sheet, so that a blank laptop can be set up from
//! the two.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Deposit, DepositOf};
use sync::deposit::Leave;

use super::hub_server::named;
use crate::desk::Desk;
use crate::recovered::{self, Recovered};
use crate::refusal::Refusal;

/// The local setting under which it is remembered.
const SETTING: &str = "left-for-the-sheet";

/// After how long it is left once more although nothing has changed: the hub server may have been
/// put back from a backup that has it not. A design decision, the same as for documents.
const MAKE_SURE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What the hub server has said to have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// What tells it from any other, and which hub server has it.
    digest: String,
    at: Timestamp,
    /// What whoever has the sheet finds it by; empty where an older version left it.
    #[serde(default)]
    lookup: String,
}

impl Kept {
    /// Nothing has changed since, and it is not long ago. A clock that was set back tells nothing.
    fn stands(&self, digest: &str, now: Timestamp) -> bool {
        let ago = now.duration_since(self.at);
        self.digest == digest && (SignedDuration::ZERO..MAKE_SURE).contains(&ago)
    }
}

/// A message that leaves something, and what to remember when it was answered.
pub(crate) struct Leaving {
    pub(crate) message: Vec<u8>,
    kept: Kept,
    ends_used_up: bool,
}

/// What has to be left now; none where the hub server has it, or where this laptop's sheet does not
/// hold the root key.
///
/// The hub server keeps one deposit of each laptop. So what the sheet in the safe opens, and what was
/// left for a sheet that was used, goes only when the new sheet has been seen on paper: until then
/// the old one is all there is.
pub(crate) fn leaving(desk: &mut Desk) -> Result<Option<Leaving>, Refusal> {
    let now = desk.now().at();
    let Some((of, digest)) = to_leave(desk)? else {
        return Ok(None);
    };
    let opened = &desk.sitting()?.opened;
    let on_paper = opened.sheet_confirmed()?;
    let recovered = Recovered::of(&opened.store)?;
    let used_up = recovered.and_then(|recovered| recovered.used_up());
    let instead_of = used_up.filter(|_| on_paper);
    let kept: Option<Kept> = opened.store.setting(SETTING)?;
    let stands = kept.as_ref().is_some_and(|kept| kept.stands(&digest, now));
    if stands && instead_of.is_none() {
        return Ok(None);
    }
    let Some(deposit) = sealed(desk, &of, now)? else {
        return Ok(None);
    };
    let lookup = HEXLOWER.encode(&deposit.lookup);
    if !on_paper && kept.is_some_and(|kept| kept.lookup != lookup) {
        return Ok(None);
    }
    let leave = Leave {
        service: desk.sitting()?.opened.identity.service,
        lookup: deposit.lookup,
        bytes: deposit.bytes,
        instead_of,
    };
    Ok(Some(Leaving {
        message: leave.to_bytes(),
        kept: Kept {
            digest,
            at: now,
            lookup,
        },
        ends_used_up: instead_of.is_some(),
    }))
}

/// What the sheet opens, sealed to it.
fn sealed(desk: &mut Desk, of: &DepositOf, now: Timestamp) -> Result<Option<Deposit>, Refusal> {
    let Desk {
        sitting, around, ..
    } = desk;
    let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
    Ok(opened.deposit(of, &mut |bytes| around.fill(bytes), now)?)
}

/// What a deposit is made of, and what tells it from what any hub server was left before; none where
/// there is nobody to leave it with or nothing to leave.
fn to_leave(desk: &Desk) -> Result<Option<(DepositOf, String)>, Refusal> {
    let (Some(hub), Some(of)) = (named(desk)?, deposit_of(desk)?) else {
        return Ok(None);
    };
    let digest = desk.sitting()?.opened.deposit_digest(&of)?;
    Ok(digest.map(|digest| (of, format!("{digest}/{}", hub.pin))))
}

/// What a deposit says of the service; none before there is a hub site, or while the record is still
/// on its way to a recovered laptop.
fn deposit_of(desk: &Desk) -> Result<Option<DepositOf>, Refusal> {
    let Some(hub) = desk.sites()?.into_values().find(|site| site.hub) else {
        return Ok(None);
    };
    let laptops = desk.sitting()?.laptops()?;
    Ok(Some(DepositOf {
        hub_site: hub.site,
        devices: laptops
            .values()
            .map(|laptop| (laptop.device, laptop.key))
            .collect(),
    }))
}

/// The hub server has it on its disk.
pub(crate) fn left(desk: &Desk, leaving: &Leaving) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    store.put_setting(SETTING, &leaving.kept)?;
    if leaving.ends_used_up
        && let Some(mut recovered) = Recovered::of(store)?
    {
        recovered.used_up = None;
        store.put_setting(recovered::SETTING, &recovered)?;
    }
    Ok(())
}

/// When what the sheet of this laptop opens was last left at its hub server, as it is now; none when
/// that is still to be done.
pub(crate) fn left_for_the_sheet(desk: &Desk) -> Result<Option<Timestamp>, Refusal> {
    let kept: Option<Kept> = desk.sitting()?.opened.store.setting(SETTING)?;
    let now = to_leave(desk)?.map(|(_, digest)| digest);
    let kept = kept.filter(|kept| Some(&kept.digest) == now.as_ref());
    Ok(kept.map(|kept| kept.at))
}
