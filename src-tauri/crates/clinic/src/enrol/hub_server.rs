//! Where the hub server is reached: kept on each laptop, and handed on to one that joins.

use data_encoding::HEXLOWER_PERMISSIVE;
use record::enrolment::HubServer;
use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::refusal::Refusal;

/// The setting that holds it.
const SETTING: &str = "hub-server";

#[derive(Serialize, Deserialize)]
struct Kept {
    address: String,
    /// 64 hexadecimal digits.
    pin: String,
}

impl Desk {
    /// The hub server of this laptop, if it was told of one.
    pub(crate) fn hub_server_known(&self) -> Result<Option<HubServer>, Refusal> {
        let kept: Option<Kept> = self.sitting()?.opened.store.setting(SETTING)?;
        Ok(kept.and_then(|kept| {
            let pin = HEXLOWER_PERMISSIVE.decode(kept.pin.as_bytes()).ok()?;
            Some(HubServer {
                address: kept.address,
                pin: pin.try_into().ok()?,
            })
        }))
    }

    /// Keeps what an answer says of the hub server.
    pub(crate) fn keep_hub_server(
        &mut self,
        hub_server: Option<&HubServer>,
    ) -> Result<(), Refusal> {
        let Some(hub_server) = hub_server else {
            return Ok(());
        };
        let kept = Kept {
            address: hub_server.address.clone(),
            pin: HEXLOWER_PERMISSIVE.encode(&hub_server.pin),
        };
        Ok(self.sitting()?.opened.store.put_setting(SETTING, &kept)?)
    }
}
