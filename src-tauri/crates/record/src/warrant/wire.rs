//! The bytes of a warrant and of a proof, given in `docs/format.md`.

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::certificate::{Certificate, CertificateId};
use crate::id::{PatientId, ServiceId};
use crate::moment::Moment;
use crate::signed::{reads_format, write_format};

use super::proof::{Hand, Proof};
use super::{Claims, Error, MAX_RECORDS, Warrant, WarrantId};

/// Two people sign; room to say so when it is another number.
const MAX_HANDS: u64 = 8;
/// Root, administrator, lead, and room for what may come.
const MAX_CHAIN: u64 = 8;

pub(super) fn write(claims: &Claims) -> Vec<u8> {
    let mut to = Writer::new();
    to.map(6 + usize::from(claims.confirms.is_some()));
    write_format(&mut to);
    to.uint(2);
    to.bytes(claims.service.as_bytes());
    to.uint(3);
    to.bytes(claims.authority.as_bytes());
    to.uint(4);
    claims.claimed.write(&mut to);
    to.uint(5);
    to.array(claims.records.len());
    for record in &claims.records {
        to.bytes(record.as_bytes());
    }
    if let Some(confirms) = &claims.confirms {
        to.uint(6);
        to.bytes(confirms.as_bytes());
    }
    to.into_bytes()
}

pub(super) fn read(bytes: &[u8]) -> Result<Claims, Error> {
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    if !reads_format(&mut fields)? {
        return Err(Error::Newer);
    }
    let claims = Claims {
        service: fields.required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?,
        authority: fields
            .required::<_, CborError>(3, |r| r.bytes_of().map(CertificateId::from_bytes))?,
        claimed: fields.required::<_, CborError>(4, Moment::read)?,
        records: fields.required::<_, Error>(5, read_records)?,
        confirms: fields
            .optional::<_, CborError>(6, |r| r.bytes_of().map(WarrantId::from_bytes))?,
    };
    fields.end()?;
    from.end()?;
    Ok(claims)
}

/// Ascending and each once, so that one list has one spelling.
fn read_records(from: &mut Reader<'_>) -> Result<Vec<PatientId>, Error> {
    let count = from.array()?;
    if !(1..=MAX_RECORDS as u64).contains(&count) {
        return Err(Error::Claims);
    }
    let records = (0..count).map(|_| Ok(PatientId::from_bytes(from.bytes_of()?)));
    let records: Vec<PatientId> = records.collect::<Result<_, CborError>>()?;
    if records.is_sorted_by(|a, b| a < b) {
        Ok(records)
    } else {
        Err(Error::Claims)
    }
}

pub(super) fn write_proof(proof: &Proof) -> Vec<u8> {
    let mut to = Writer::new();
    to.array(proof.hands.len());
    for hand in &proof.hands {
        to.array(2);
        to.bytes(&hand.warrant.to_bytes());
        to.array(hand.chain.len());
        for certificate in &hand.chain {
            to.bytes(&certificate.to_bytes());
        }
    }
    to.into_bytes()
}

pub(super) fn read_proof(bytes: &[u8]) -> Result<Proof, Error> {
    let mut from = Reader::new(bytes);
    let hands = items(&mut from, MAX_HANDS, |from| {
        from.array_of(2)?;
        Ok(Hand {
            warrant: Warrant::from_bytes(from.bytes()?)?,
            chain: items(from, MAX_CHAIN, |from| {
                Ok(Certificate::from_bytes(from.bytes()?)?)
            })?,
        })
    })?;
    from.end()?;
    Ok(Proof { hands })
}

fn items<'a, T>(
    from: &mut Reader<'a>,
    most: u64,
    item: impl Fn(&mut Reader<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let count = from.array()?;
    if count > most {
        return Err(CborError::TooLong.into());
    }
    // Nothing is set aside for what the head promises: it grows with what is there.
    (0..count).map(|_| item(from)).collect()
}
