//! The bytes of an answer: `[claims, signature]`, given in `docs/format.md`.

use crate::body::BoxedKey;
use crate::cbor::{Error as CborError, Reader, Writer};
use crate::certificate::Certificate;
use crate::envelope::Envelope;
use crate::id::SiteId;
use crate::keys::KeyId;
use crate::moment::Moment;
use crate::scope::Scope;
use crate::signed::{reads_format, write_format};

use super::answer::{AnswerClaims, AnswerError, GivenKey, HubServer, MAX_ANSWER_BYTES};
use super::request::RequestId;

/// The most bytes of a hub server's address.
const MAX_ADDRESS_BYTES: usize = 255;

pub(super) fn write(claims: &AnswerClaims) -> Result<Vec<u8>, AnswerError> {
    check(claims)?;
    let mut to = Writer::new();
    to.map(10 + usize::from(claims.hub_server.is_some()));
    write_format(&mut to);
    to.uint(2);
    to.bytes(claims.root.claims().service.as_bytes());
    to.uint(3);
    to.bytes(claims.request.as_bytes());
    to.uint(4);
    claims.made.write(&mut to);
    to.uint(5);
    to.array(4);
    for certificate in [
        &claims.root,
        &claims.administrator,
        &claims.device,
        &claims.person,
    ] {
        to.bytes(&certificate.to_bytes());
    }
    to.uint(6);
    to.bytes(claims.site.as_bytes());
    to.uint(7);
    to.uint(claims.demo.into());
    to.uint(8);
    write_keys(&mut to, &claims.keys);
    if let Some(hub_server) = &claims.hub_server {
        to.uint(9);
        to.array(2);
        to.text(&hub_server.address);
        to.bytes(&hub_server.pin);
    }
    to.uint(10);
    to.array(claims.envelopes.len());
    for envelope in &claims.envelopes {
        to.bytes(&envelope.to_bytes());
    }
    let bytes = to.into_bytes();
    // Room for the signature and the lengths.
    if bytes.len() + 80 > MAX_ANSWER_BYTES {
        return Err(CborError::TooLong.into());
    }
    Ok(bytes)
}

fn write_keys(to: &mut Writer, keys: &[GivenKey]) {
    to.array(keys.len());
    for given in keys {
        to.array(4);
        given.scope.write(to);
        to.uint(given.epoch.into());
        to.bytes(given.key.as_bytes());
        to.bytes(given.boxed.as_bytes());
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<AnswerClaims, AnswerError> {
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    if !reads_format(&mut fields)? {
        return Err(AnswerError::Newer);
    }
    let service: [u8; 16] = fields.required::<_, CborError>(2, Reader::bytes_of)?;
    let request =
        fields.required::<_, CborError>(3, |r| r.bytes_of().map(RequestId::from_bytes))?;
    let made = fields.required::<_, CborError>(4, Moment::read)?;
    let [root, administrator, device, person] = fields.required(5, read_certificates)?;
    let site = fields.required::<_, CborError>(6, |r| r.bytes_of().map(SiteId::from_bytes))?;
    let demo = fields.required::<_, CborError>(7, Reader::uint)?;
    let keys = fields.required::<_, CborError>(8, read_keys)?;
    let hub_server = fields.optional::<_, CborError>(9, read_hub_server)?;
    let envelopes = fields.required(10, read_envelopes)?;
    fields.end()?;
    from.end()?;
    let claims = AnswerClaims {
        request,
        made,
        root,
        administrator,
        device,
        person,
        site,
        demo: demo == 1,
        keys,
        hub_server,
        envelopes,
    };
    check(&claims)?;
    if demo > 1 || claims.root.claims().service.as_bytes() != &service {
        return Err(AnswerError::Claims);
    }
    Ok(claims)
}

fn read_certificates(from: &mut Reader<'_>) -> Result<[Certificate; 4], AnswerError> {
    from.array_of(4)?;
    let mut next =
        || -> Result<Certificate, AnswerError> { Ok(Certificate::from_bytes(from.bytes()?)?) };
    Ok([next()?, next()?, next()?, next()?])
}

fn read_keys(from: &mut Reader<'_>) -> Result<Vec<GivenKey>, CborError> {
    let mut keys = Vec::new();
    for _ in 0..from.array()? {
        from.array_of(4)?;
        keys.push(GivenKey {
            scope: Scope::read(from)?,
            epoch: from.uint_as()?,
            key: KeyId::from_bytes(from.bytes_of()?),
            boxed: BoxedKey::from_bytes(from.bytes_of()?),
        });
    }
    Ok(keys)
}

fn read_hub_server(from: &mut Reader<'_>) -> Result<HubServer, CborError> {
    from.array_of(2)?;
    Ok(HubServer {
        address: from.text()?.to_owned(),
        pin: from.bytes_of()?,
    })
}

fn read_envelopes(from: &mut Reader<'_>) -> Result<Vec<Envelope>, AnswerError> {
    let mut envelopes = Vec::new();
    for _ in 0..from.array()? {
        envelopes.push(Envelope::from_bytes(from.bytes()?)?);
    }
    Ok(envelopes)
}

/// One spelling for one answer: keys in order and each once, an address of some length.
fn check(claims: &AnswerClaims) -> Result<(), AnswerError> {
    let order = |given: &GivenKey| (given.scope, given.epoch, given.key);
    let ordered = claims
        .keys
        .windows(2)
        .all(|pair| order(&pair[0]) < order(&pair[1]));
    let counted = claims.keys.iter().all(|given| given.epoch > 0);
    let addressed = claims
        .hub_server
        .as_ref()
        .is_none_or(|it| (1..=MAX_ADDRESS_BYTES).contains(&it.address.len()));
    if ordered && counted && addressed {
        Ok(())
    } else {
        Err(AnswerError::Claims)
    }
}
