//! A scope inside a body: `service`, `audit`, or `site:` and the site.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::Scope;

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Site(site) => to.collect_str(&format_args!("site:{site}")),
            Self::Service => to.serialize_str("service"),
            Self::Audit => to.serialize_str("audit"),
        }
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match text.as_str() {
            "service" => Ok(Self::Service),
            "audit" => Ok(Self::Audit),
            _ => text
                .strip_prefix("site:")
                .and_then(|site| site.parse().ok())
                .map(Self::Site)
                .ok_or_else(|| D::Error::custom("no scope")),
        }
    }
}
