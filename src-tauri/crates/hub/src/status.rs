use std::fmt::Write as _;

use hub::Address;
use hub::server_key::Pin;
use hub::shelf::{About, Standing};
use serde_json::json;
use sync::record::words::SixWords;

use crate::looking_after::known_by;

/// How a hub server stands.
pub(crate) struct Status {
    pub(crate) about: About,
    pub(crate) address: String,
    pub(crate) pin: Pin,
    pub(crate) store: Address,
    pub(crate) standing: Standing,
}

impl Status {
    pub(crate) fn json(&self) -> serde_json::Value {
        let standing = &self.standing;
        json!({
            "service": self.about.service.to_string(),
            "root_words": self.root_words(),
            "address": self.address,
            "pin": self.pin.to_string(),
            "pin_words": self.pin.words().to_string(),
            "store": self.store.to_string(),
            "envelopes": standing.envelopes,
            "bytes": standing.bytes,
            "ahead": standing.ahead,
            "streams": standing.streams,
            "forked": standing.forked,
            "erasures": standing.erasures,
            "devices": standing.devices,
            "blocked": self.blocked(),
        })
    }

    pub(crate) fn words(&self) -> String {
        let standing = &self.standing;
        let mut words = format!(
            "  service   {}\n  its root  {}\n{}\n  store     {}\n\n\
             {} envelopes, {} bytes, in {} streams of {} devices.\n\
             {} wait for one before them. {} streams have forked. {} erasures were carried out.",
            self.about.service,
            self.root_words(),
            known_by(&self.address, self.pin),
            self.store,
            standing.envelopes,
            standing.bytes,
            standing.streams,
            standing.devices,
            standing.ahead,
            standing.forked,
            standing.erasures,
        );
        for device in self.blocked() {
            // Writing to a text does not fail.
            let _ = write!(words, "\nBlocked: {device}");
        }
        words
    }

    fn root_words(&self) -> String {
        SixWords::of(&self.about.root).to_string()
    }

    fn blocked(&self) -> Vec<String> {
        let blocked = self.standing.blocked.iter();
        blocked.map(|one| one.device.to_string()).collect()
    }
}
