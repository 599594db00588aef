//! Random ids of people, places, devices and things, written as hyphenated UUIDs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::NotAnId;
use super::digest::fixed;

macro_rules! random_id {
    ($(#[doc = $doc:literal] $name:ident;)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// An id from 16 random bytes; six bits are overwritten to mark a version 4 UUID.
            pub const fn from_random(mut random: [u8; 16]) -> Self {
                random[6] = random[6] & 0x0f | 0x40;
                random[8] = random[8] & 0x3f | 0x80;
                Self(random)
            }

            /// The id these bytes already are, as they stand on the wire.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes that stand on the wire.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                ::uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                // Only the hyphenated form: one id has one spelling.
                if text.len() != 36 {
                    return Err(NotAnId);
                }
                ::uuid::Uuid::try_parse(text).map(|id| Self(id.into_bytes())).map_err(|_| NotAnId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() {
                    to.collect_str(self)
                } else {
                    to.serialize_bytes(&self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                fixed::<D, 16>(from, |text| text.parse::<Self>().ok().map(|id| id.0)).map(Self)
            }
        }
    )*};
}

random_id! {
    /// The organisation that runs the clinics.
    ServiceId;
    /// One place: the hub site or a spoke.
    SiteId;
    /// One installation of Felloe.
    DeviceId;
    /// One person who signs in.
    StaffId;
    /// One patient. Pseudonymous: it stands in clear in the header of an envelope.
    PatientId;
    /// One thing inside a record: a referral, an assessment, a medicine, a goal.
    ItemId;
    /// One backup.
    BackupId;
    /// One bundle.
    BundleId;
}
