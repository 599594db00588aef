//! What is left at the hub server for the recovery sheet, so that a blank laptop can be set up from
//! the two.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::DepositOf;
use sync::deposit::Leave;

use crate::desk::Desk;
use crate::recovered::{self, Recovered};
use crate::refusal::Refusal;

/// The local setting under which it is remembered.
const SETTING: &str = "left-for-the-sheet";

/// What the hub server has said to have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    digest: String,
    at: Timestamp,
}

/// A message that leaves something, and what to remember when it was answered.
pub(super) struct Leaving {
    pub(super) message: Vec<u8>,
    kept: Kept,
    ends_used_up: bool,
}

/// What has to be left now; none where the hub server has it, or where this laptop's sheet does not
/// hold the root key.
///
/// What was left for a sheet that was used goes only when the new sheet has been seen on paper: until
/// then the old one is all there is.
pub(super) fn leaving(desk: &mut Desk) -> Result<Option<Leaving>, Refusal> {
    let now = desk.now().at();
    let Some(of) = deposit_of(desk)? else {
        return Ok(None);
    };
    let opened = &desk.sitting()?.opened;
    let Some(digest) = opened.deposit_digest(&of)? else {
        return Ok(None);
    };
    let recovered = Recovered::of(&opened.store)?;
    let used_up = recovered.and_then(|recovered| recovered.used_up());
    let instead_of = used_up.filter(|_| opened.sheet_confirmed().unwrap_or(false));
    let kept: Option<Kept> = opened.store.setting(SETTING)?;
    if kept.is_some_and(|kept| kept.digest == digest) && instead_of.is_none() {
        return Ok(None);
    }
    let Desk {
        sitting, around, ..
    } = desk;
    let opened = &sitting.as_ref().ok_or(Refusal::Locked)?.opened;
    let deposit = opened.deposit(&of, &mut |bytes| around.fill(bytes), now)?;
    let service = opened.identity.service;
    Ok(deposit.map(|deposit| Leaving {
        message: Leave {
            service,
            lookup: deposit.lookup,
            bytes: deposit.bytes,
            instead_of,
        }
        .to_bytes(),
        kept: Kept { digest, at: now },
        ends_used_up: instead_of.is_some(),
    }))
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
pub(super) fn left(desk: &Desk, leaving: &Leaving) -> Result<(), Refusal> {
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

/// When what the sheet of this laptop opens was last left at the hub server; none when never.
pub(crate) fn left_for_the_sheet(desk: &Desk) -> Result<Option<Timestamp>, Refusal> {
    let kept: Option<Kept> = desk.sitting()?.opened.store.setting(SETTING)?;
    Ok(kept.map(|kept| kept.at))
}
