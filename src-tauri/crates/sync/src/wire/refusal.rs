//! Why something was not taken, and its number on the wire.

use record::cbor::Error as CborError;
use record::warrant::Unproven;

/// Something that travels as its number.
pub(super) trait Coded: Sized {
    fn code(self) -> u64;
    fn of(code: u64) -> Result<Self, CborError>;
}

macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),* $(,)? } $(else $other:literal)?) => {
        impl Coded for $name {
            fn code(self) -> u64 {
                match self { $(Self::$variant => $code,)* $(_ => $other)? }
            }

            fn of(code: u64) -> Result<Self, CborError> {
                match code {
                    $($code => Ok(Self::$variant),)*
                    _ => Err(CborError::OutOfRange),
                }
            }
        }
    };
}

/// Why one envelope was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    /// Its bytes are not an envelope.
    #[error("It cannot be read. Check the record of the device that sent it.")]
    Unreadable,
    /// It is from a newer version.
    #[error("It was written by a newer version. Update Felloe, and the hub server with it.")]
    Newer,
    /// It belongs to another service.
    #[error("It belongs to another service. Tell whoever looks after the service.")]
    OtherService,
    /// It is in a scope, or of a stream, that this device may not read.
    #[error("This device is not enrolled for its site. Ask an administrator.")]
    NotEntitled,
    /// No certificate names the device that wrote it.
    #[error(
        "The device that wrote it is not known. Bring the certificates of the service up to date."
    )]
    UnknownDevice,
    /// The signature is not of the device that it names.
    #[error(
        "It was not signed by the device it names, so it was not accepted. Tell whoever looks after the service."
    )]
    Signature,
}

codes!(Reason {
    Unreadable = 0,
    Newer = 1,
    OtherService = 2,
    NotEntitled = 3,
    UnknownDevice = 4,
    Signature = 5,
});

/// Why a whole request was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Failure {
    /// The version of the request is not spoken.
    #[error(
        "This device and the hub server speak different versions of the exchange. Update the older of the two."
    )]
    Version,
    /// It cannot be read.
    #[error("The hub server could not read what this device sent. Update the older of the two.")]
    Malformed,
    /// It is longer than the hub server takes.
    #[error("This device sent more at once than the hub server takes. Update Felloe.")]
    TooLong,
    /// It names another service than the device's.
    #[error("The hub server keeps another service. Check its address.")]
    OtherService,
    /// It asks for a scope or a stream that the device may not read.
    #[error("This device is not enrolled for that site. Ask an administrator.")]
    NotEntitled,
    /// The device was shut out.
    #[error("An administrator has shut this device out. Ask at the hub site.")]
    Blocked,
    /// A chain of certificates proves nothing.
    #[error(
        "The hub server does not accept the certificates. Ask an administrator to certify the device again."
    )]
    Certificates,
}

codes!(Failure {
    Version = 0,
    Malformed = 1,
    TooLong = 2,
    OtherService = 3,
    NotEntitled = 4,
    Blocked = 5,
    Certificates = 6,
});

codes!(Unproven {
    Unreadable = 0,
    Newer = 1,
    NotTwo = 2,
    SamePerson = 3,
    OtherRecords = 4,
    OtherService = 5,
    Certificates = 6,
    Role = 7,
    Expired = 8,
    Signature = 9,
} else 0);

/// Why a blob, or a piece of one, was not kept or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotKept {
    /// All of it came, and it is not the blob that was named. Nothing of it was kept.
    #[error("A document reached the hub server damaged. It is sent again.")]
    Altered,
    /// This device has as much there as one device may.
    #[error(
        "The hub server keeps no more documents from this laptop. They stay on this laptop. Tell whoever looks after the hub server."
    )]
    FullForDevice,
    /// The service has as much there as it may.
    #[error(
        "The hub server has no room for more documents. They stay on this laptop. Tell whoever looks after the hub server."
    )]
    FullForService,
    /// The hub server does not have it whole.
    #[error(
        "The hub server does not have this document yet. The laptop that it was attached on sends it when it has a connection."
    )]
    NotHere,
    /// Two people signed this record away.
    #[error("Two people erased this record, so the hub server keeps none of its documents.")]
    Erased,
}

impl NotKept {
    /// The reason of this number on the wire; none of a number that means nothing here.
    pub fn of_number(number: u32) -> Option<Self> {
        Self::of(number.into()).ok()
    }

    /// Its number on the wire, for a device that remembers it.
    pub fn number(self) -> u32 {
        u32::try_from(self.code()).unwrap_or(u32::MAX)
    }
}

codes!(NotKept {
    Altered = 0,
    FullForDevice = 1,
    FullForService = 2,
    NotHere = 3,
    Erased = 4,
});
