//! What a laptop that was set up from the recovery sheet knows of its service until the record has
//! come from the hub server.

use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use record::id::{DeviceId, SiteId};
use record::keys::VerifyingKey;
use serde::{Deserialize, Serialize};
use store::{LeftBehind, Store};
use sync::deposit::Lookup;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::view::SyncProblem;
use crate::words;

/// The local setting it is kept under.
pub(crate) const SETTING: &str = "recovered";

/// For how long the sync screen says what a recovered record may lack: a week. A design decision: as
/// long as it takes to reach everybody who had a laptop.
const SAID_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was left for the sheet, as far as it is needed here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Recovered {
    /// The sites whose keys the sheet opened.
    pub(crate) sites: Vec<SiteId>,
    pub(crate) hub_site: SiteId,
    /// Devices and the keys they sign with: their certificates are in what is still to come, and it
    /// is by these keys that what comes first is checked. Empty once the record is here.
    devices: Vec<(DeviceId, String)>,
    /// By whom the sheet that was used is found; none once that is gone from the hub server.
    pub(crate) used_up: Option<String>,
    /// When this laptop was set up.
    at: Timestamp,
    /// When the keys were left for the sheet.
    left: Timestamp,
    /// When the copy was made from which the hub server was put back.
    put_back_from: Option<Timestamp>,
}

impl Recovered {
    pub(crate) fn new(left: &LeftBehind, put_back_from: Option<Timestamp>, at: Timestamp) -> Self {
        let sites = left.keys.iter().filter_map(|key| match key.holder {
            store::KeyHolder::Scope(record::scope::Scope::Site(site)) => Some(site),
            _ => None,
        });
        let mut sites: Vec<SiteId> = sites.chain([left.identity.site]).collect();
        sites.sort_unstable();
        sites.dedup();
        let devices = left.devices.iter();
        Self {
            sites,
            hub_site: left.hub_site,
            devices: devices
                .map(|(id, key)| (*id, HEXLOWER.encode(&key.to_bytes())))
                .collect(),
            used_up: Some(HEXLOWER.encode(&left.lookup)),
            at,
            left: left.left,
            put_back_from,
        }
    }

    /// What is known of this; none on a laptop that was not set up from a sheet.
    pub(crate) fn of(store: &Store) -> Result<Option<Self>, Refusal> {
        Ok(store.setting(SETTING)?)
    }

    /// The key that a device signs with, as it was left for the sheet.
    pub(crate) fn device_key(&self, device: DeviceId) -> Option<VerifyingKey> {
        let (_, key) = self.devices.iter().find(|(id, _)| *id == device)?;
        let bytes = HEXLOWER.decode(key.as_bytes()).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok()
    }

    /// What was left for the sheet that was used, and has to go.
    pub(crate) fn used_up(&self) -> Option<Lookup> {
        let digits = self.used_up.as_ref()?;
        HEXLOWER.decode(digits.as_bytes()).ok()?.try_into().ok()
    }
}

/// The record has come: from now on devices are known by their certificates alone.
pub(crate) fn record_is_here(desk: &Desk) -> Result<(), Refusal> {
    let store = &desk.sitting()?.opened.store;
    let Some(mut recovered) = Recovered::of(store)? else {
        return Ok(());
    };
    if !recovered.devices.is_empty() {
        recovered.devices.clear();
        store.put_setting(SETTING, &recovered)?;
    }
    Ok(())
}

/// What whoever goes on with a recovered record has to know.
pub(crate) fn problem(desk: &Desk) -> Result<Option<SyncProblem>, Refusal> {
    let store = &desk.sitting()?.opened.store;
    let Some(recovered) = Recovered::of(store)? else {
        return Ok(None);
    };
    if desk.now().at().duration_since(recovered.at) > SAID_FOR {
        return Ok(None);
    }
    let day = |at: Timestamp| words::staff_date(desk.local(at).date());
    let mut said = format!(
        "This laptop was set up from the recovery sheet, with keys that were left on {}. What other laptops had not sent is not here: hold the times under \"As of\" against what you know of each site. End every lost laptop under Laptops, so that what is written from now on is under new keys.",
        day(recovered.left)
    );
    if let Some(from) = recovered.put_back_from {
        said.push(' ');
        said.push_str(&rolled_back(&day(from)));
    }
    let closed = store.closed()?;
    if closed > 0 {
        let count = words::count(closed, "envelope", "envelopes");
        said.push_str(" Of what came, ");
        said.push_str(&count);
        said.push_str(" cannot be opened with what was left: a key came after it.");
    }
    Ok(Some(SyncProblem {
        id: "recovered".to_owned(),
        name: "Recovered".to_owned(),
        words: said,
    }))
}

/// Said of a hub server that was put back from a copy made on this day.
pub(crate) fn rolled_back(day: &str) -> String {
    format!(
        "The hub server was put back from a copy of {day}: what was written after that is missing unless a laptop has brought it since. Ask whoever looks after it for a newer copy."
    )
}
