//! What a laptop that wants to join asks for.

use std::fmt;

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::certificate::MAX_NAME_BYTES;
use crate::domain::{self, ENROLMENT_REQUEST, REQUEST_SIGNATURE};
use crate::id::{DeviceId, StaffId, hex_digest};
use crate::keys::{NotAKey, SigningKey, VerifyingKey};
use crate::moment::Moment;
use crate::signed::{reads_format, write_format};
use crate::words::SixWords;

/// The most bytes of one request: a name, three keys and two signatures take fewer than 700.
pub const MAX_REQUEST_BYTES: usize = 1024;

hex_digest! {
    /// The hash of what a request says, read out as six words.
    RequestId
}

/// What a request says.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestClaims {
    /// The laptop, by an id that it gave itself.
    pub device: DeviceId,
    /// What it will sign its headers with.
    pub device_key: VerifyingKey,
    /// The X25519 public key that scope keys are to be sealed to.
    pub sealing_key: [u8; 32],
    /// Who asks, by an id of the laptop's making. Somebody who is known to the service already
    /// keeps the id they have there.
    pub staff: StaffId,
    /// Their name, 1 to 200 bytes.
    pub name: String,
    /// What they will sign with on this laptop.
    pub staff_key: VerifyingKey,
    /// When, by the laptop's clock.
    pub made: Moment,
}

/// A request as it is kept and handed over: what it says, signed with both keys that it names.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    claims: RequestClaims,
    claims_bytes: Vec<u8>,
    by_device: [u8; 64],
    by_staff: [u8; 64],
}

impl Request {
    /// Asks with the keys of a laptop and of the person at it.
    pub fn sign(
        claims: &RequestClaims,
        device: &SigningKey,
        staff: &SigningKey,
    ) -> Result<Self, RequestError> {
        let own = (device.verifying_key(), staff.verifying_key());
        if own != (claims.device_key, claims.staff_key) {
            return Err(RequestError::Claims);
        }
        let claims_bytes = write(claims)?;
        Ok(Self {
            by_device: device.sign(REQUEST_SIGNATURE, &claims_bytes),
            by_staff: staff.sign(REQUEST_SIGNATURE, &claims_bytes),
            // Read back, so that what is asked is exactly what every reader will see.
            claims: read(&claims_bytes)?,
            claims_bytes,
        })
    }

    /// What it says. That the keys are those of whoever hands it over is known once the six words
    /// were compared.
    pub fn claims(&self) -> &RequestClaims {
        &self.claims
    }

    /// The hash of what it says.
    pub fn id(&self) -> RequestId {
        RequestId::from_bytes(domain::digest(ENROLMENT_REQUEST, &[&self.claims_bytes]))
    }

    /// The six words that are read out over the telephone.
    pub fn words(&self) -> SixWords {
        SixWords::of_digest(self.id().as_bytes())
    }

    /// The bytes as they are kept and handed over.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::new();
        to.array(3);
        to.bytes(&self.claims_bytes);
        to.bytes(&self.by_device);
        to.bytes(&self.by_staff);
        to.into_bytes()
    }

    /// Reads a request whose signatures fit the keys that it names.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RequestError> {
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(CborError::TooLong.into());
        }
        let mut from = Reader::new(bytes);
        from.array_of(3)?;
        let (claims_bytes, by_device, by_staff) =
            (from.bytes()?, from.bytes_of()?, from.bytes_of()?);
        from.end()?;
        let claims = read(claims_bytes)?;
        for (key, signature) in [
            (&claims.device_key, &by_device),
            (&claims.staff_key, &by_staff),
        ] {
            key.verify(REQUEST_SIGNATURE, claims_bytes, signature)
                .map_err(|_| RequestError::Altered)?;
        }
        Ok(Self {
            claims,
            claims_bytes: claims_bytes.to_vec(),
            by_device,
            by_staff,
        })
    }
}

fn write(claims: &RequestClaims) -> Result<Vec<u8>, RequestError> {
    check(claims)?;
    let mut to = Writer::new();
    to.map(9);
    write_format(&mut to);
    for (key, bytes) in [
        (2, claims.device.as_bytes().as_slice()),
        (3, &claims.device_key.to_bytes()),
        (4, &claims.sealing_key),
        (5, claims.staff.as_bytes()),
    ] {
        to.uint(key);
        to.bytes(bytes);
    }
    to.uint(6);
    to.text(&claims.name);
    to.uint(7);
    to.bytes(&claims.staff_key.to_bytes());
    to.uint(8);
    claims.made.write(&mut to);
    Ok(to.into_bytes())
}

fn read(bytes: &[u8]) -> Result<RequestClaims, RequestError> {
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    if !reads_format(&mut fields)? {
        return Err(RequestError::Newer);
    }
    let key = |r: &mut Reader<'_>| Ok(VerifyingKey::from_bytes(&r.bytes_of()?)?);
    let device = fields.required::<_, CborError>(2, |r| r.bytes_of().map(DeviceId::from_bytes))?;
    let device_key = fields.required::<_, RequestError>(3, key)?;
    let sealing_key = fields.required::<_, CborError>(4, Reader::bytes_of)?;
    let staff = fields.required::<_, CborError>(5, |r| r.bytes_of().map(StaffId::from_bytes))?;
    let name = fields.required::<_, CborError>(6, |r| r.text().map(str::to_owned))?;
    let staff_key = fields.required::<_, RequestError>(7, key)?;
    let made = fields.required::<_, CborError>(8, Moment::read)?;
    fields.end()?;
    from.end()?;
    let claims = RequestClaims {
        device,
        device_key,
        sealing_key,
        staff,
        name,
        staff_key,
        made,
    };
    check(&claims)?;
    Ok(claims)
}

/// A name of the right length, and two signing keys: one key for both would let the laptop sign in
/// a person's name.
fn check(claims: &RequestClaims) -> Result<(), RequestError> {
    let named = (1..=MAX_NAME_BYTES).contains(&claims.name.len());
    if named && claims.device_key != claims.staff_key {
        Ok(())
    } else {
        Err(RequestError::Claims)
    }
}

/// The name is left out.
impl fmt::Debug for RequestClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestClaims")
            .field("device", &self.device)
            .field("staff", &self.staff)
            .finish_non_exhaustive()
    }
}

/// The name is left out.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("id", &self.id())
            .field("device", &self.claims.device)
            .finish_non_exhaustive()
    }
}

/// Why a request was not made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The bytes are not a request.
    #[error(
        "This is not an enrolment request, or it is not whole. Ask for the file again, or have all of the text copied."
    )]
    Cbor(#[from] CborError),
    /// One of the keys cannot be used.
    #[error(transparent)]
    Key(#[from] NotAKey),
    /// Written by a newer version.
    #[error("This enrolment request was made by a newer version. Update Felloe to read it.")]
    Newer,
    /// A name that is empty or too long, or keys that are not the laptop's.
    #[error("This enrolment request cannot be right. Make a new one on the laptop that joins.")]
    Claims,
    /// A signature does not fit.
    #[error(
        "This enrolment request was altered on its way. Approve nothing; ask for it again by another way."
    )]
    Altered,
}
