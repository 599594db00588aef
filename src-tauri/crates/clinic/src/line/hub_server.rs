//! Which hub server this laptop speaks to.

use record::body::Action;
use serde::{Deserialize, Serialize};
use sync::http::{HubServer, NotAPin, NotAnAddress, Pin};
use sync::set_up::SetUp;

use crate::audit;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{HubServerForm, HubServerView, SavedHubSetUp};

/// The local setting it is kept under. It came with this laptop's enrolment, and is never sent.
pub(crate) const SETTING: &str = "hub-server";

#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    address: String,
    pin: String,
}

/// The hub server of this laptop; none before one was named.
pub(crate) fn named(desk: &Desk) -> Result<Option<HubServer>, Refusal> {
    let kept: Option<Kept> = desk.sitting()?.opened.store.setting(SETTING)?;
    let read = |kept: Kept| {
        let pin = kept.pin.parse().ok()?;
        HubServer::new(&kept.address, pin).ok()
    };
    Ok(kept.and_then(read))
}

/// Keeps where the hub server is: when the laptop is enrolled, or when an administrator says so.
pub(crate) fn keep(desk: &mut Desk, hub: &HubServer) -> Result<(), Refusal> {
    let store = &mut desk.sitting_mut()?.opened.store;
    store.put_setting(SETTING, &to_keep(hub))?;
    // Whatever stood of another server says nothing of this one.
    store.forget_blobs_there()?;
    desk.line.begin_anew();
    Ok(())
}

/// As it stands in the setting.
pub(crate) fn to_keep(hub: &HubServer) -> Kept {
    Kept {
        address: hub.address(),
        // As digits alone: an enrolment answer hands it on.
        pin: hub.pin.to_string().replace(' ', ""),
    }
}

/// The hub server of this laptop, for the settings.
pub fn hub_server(desk: &mut Desk) -> Result<HubServerView, Refusal> {
    let named = named(desk)?;
    Ok(HubServerView {
        address: named.as_ref().map(HubServer::address),
        pin: named.as_ref().map(|hub| hub.pin.to_string()),
        may_change: desk.may(Act::SetHubServer)?,
    })
}

/// Names the hub server that this laptop speaks to from now on.
pub fn save_hub_server(desk: &mut Desk, form: HubServerForm) -> Result<HubServerView, Refusal> {
    desk.allow(Act::SetHubServer)?;
    let pin = form
        .pin
        .parse::<Pin>()
        .map_err(|error: NotAPin| Refusal::field("pin", error.to_string()))?;
    let hub = HubServer::new(&form.address, pin)
        .map_err(|error: NotAnAddress| Refusal::field("address", error.to_string()))?;
    desk.whole(|desk| {
        keep(desk, &hub)?;
        audit::note(desk, Action::KeysChanged, None, "hub server of this laptop")
    })?;
    hub_server(desk)
}

/// The name of the set-up file.
const FILE: &str = "felloe-hub.setup";

/// Writes the file that a hub server is set up with. It holds nothing secret: the service's root
/// certificate and which site is its hub.
pub fn save_hub_set_up(desk: &mut Desk, folder: String) -> Result<SavedHubSetUp, Refusal> {
    desk.allow(Act::SetHubServer)?;
    let hub_site = desk.sites()?.into_values().find(|site| site.hub);
    let hub_site = hub_site.ok_or_else(|| {
        Refusal::plain("This service has no hub site yet. Open one in the settings first.")
    })?;
    let root = desk.sitting()?.origin()?.cloned();
    let root = root.ok_or(Refusal::NotFound("The service's root certificate"))?;
    let set_up =
        SetUp::new(root, hub_site.site).map_err(|error| Refusal::plain(error.to_string()))?;
    let six_words = desk.service_in_words()?;
    audit::note(
        desk,
        Action::Exported,
        None,
        "set-up file of the hub server",
    )?;
    let path = crate::print::save(&folder, FILE, &set_up.to_bytes())?;
    Ok(SavedHubSetUp { path, six_words })
}
