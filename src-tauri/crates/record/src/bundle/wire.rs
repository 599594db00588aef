//! The bytes of a head and of a manifest, given in `docs/format.md`.

use crate::body::BoxedKey;
use crate::cbor::{self, Error as CborError, Reader, Writer};
use crate::certificate::Certificate;
use crate::envelope::{FORMAT, SUITE, Stream};
use crate::id::{BundleId, DeviceId, ServiceId};
use crate::log::{Tail, Tips};
use crate::moment::Moment;
use crate::scope::Scope;

use super::head::{Head, Recipient};
use super::manifest::{Claims, Range};
use super::{Error, MAX_CHAIN, MAX_HEAD_BYTES, MAX_MANIFEST_BYTES, MAX_RECIPIENTS};

pub(super) fn write_head(head: &Head) -> Result<Vec<u8>, Error> {
    if !(1..=MAX_RECIPIENTS).contains(&head.recipients.len()) {
        return Err(Error::TooLarge);
    }
    let mut to = Writer::new();
    to.map(5);
    versions(&mut to);
    to.uint(2);
    to.bytes(head.service.as_bytes());
    to.uint(3);
    to.bytes(head.bundle.as_bytes());
    to.uint(4);
    to.array(head.recipients.len());
    for recipient in &head.recipients {
        to.array(2);
        to.bytes(recipient.device.as_bytes());
        to.bytes(recipient.boxed.as_bytes());
    }
    Ok(to.into_bytes())
}

pub(super) fn read_head(bytes: &[u8]) -> Result<Head, Error> {
    cbor::check_nesting(bytes, MAX_HEAD_BYTES)?;
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    known(&mut fields)?;
    let head = Head {
        service: fields.required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?,
        bundle: fields.required::<_, CborError>(3, |r| r.bytes_of().map(BundleId::from_bytes))?,
        recipients: fields.required::<_, CborError>(4, read_recipients)?,
    };
    fields.end()?;
    from.end()?;
    let in_order = head.recipients.is_sorted_by(|a, b| a.device < b.device);
    if in_order && (1..=MAX_RECIPIENTS).contains(&head.recipients.len()) {
        Ok(head)
    } else {
        Err(Error::Altered)
    }
}

fn read_recipients(from: &mut Reader<'_>) -> Result<Vec<Recipient>, CborError> {
    items(from, |from| {
        from.array_of(2)?;
        Ok(Recipient {
            device: DeviceId::from_bytes(from.bytes_of()?),
            boxed: BoxedKey::from_bytes(from.bytes_of()?),
        })
    })
}

pub(super) fn write_claims(claims: &Claims) -> Result<Vec<u8>, Error> {
    let mut to = Writer::new();
    to.map(12);
    versions(&mut to);
    to.uint(2);
    to.bytes(claims.service.as_bytes());
    to.uint(3);
    to.bytes(claims.bundle.as_bytes());
    to.uint(4);
    to.bytes(&claims.head);
    to.uint(5);
    to.bytes(claims.from.as_bytes());
    to.uint(6);
    to.uint(claims.incarnation.into());
    to.uint(7);
    to.uint(claims.number);
    to.uint(8);
    claims.made.write(&mut to);
    to.uint(9);
    to.array(claims.chain.len());
    for certificate in &claims.chain {
        to.bytes(&certificate.to_bytes());
    }
    to.uint(10);
    write_ranges(&mut to, &claims.ranges);
    to.uint(11);
    write_held(&mut to, &claims.held);
    let bytes = to.into_bytes();
    // Room for the signature and the lengths.
    if bytes.len() + 80 > MAX_MANIFEST_BYTES {
        return Err(Error::TooLarge);
    }
    Ok(bytes)
}

pub(super) fn read_claims(bytes: &[u8]) -> Result<Claims, Error> {
    cbor::check_nesting(bytes, MAX_MANIFEST_BYTES)?;
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    known(&mut fields)?;
    let service =
        fields.required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?;
    let claims = Claims {
        service,
        bundle: fields.required::<_, CborError>(3, |r| r.bytes_of().map(BundleId::from_bytes))?,
        head: fields.required::<_, CborError>(4, Reader::bytes_of)?,
        from: fields.required::<_, CborError>(5, |r| r.bytes_of().map(DeviceId::from_bytes))?,
        incarnation: fields.required::<_, CborError>(6, Reader::uint_as)?,
        number: fields.required::<_, CborError>(7, Reader::uint)?,
        made: fields.required::<_, CborError>(8, Moment::read)?,
        chain: fields.required::<_, Error>(9, read_chain)?,
        ranges: fields.required::<_, CborError>(10, |r| read_ranges(r, service))?,
        held: fields.required::<_, CborError>(11, |r| read_held(r, service))?,
    };
    fields.end()?;
    from.end()?;
    check(&claims).then_some(claims).ok_or(Error::Altered)
}

fn versions(to: &mut Writer) {
    for (key, number) in [(0, FORMAT), (1, SUITE)] {
        to.uint(key);
        to.uint(number);
    }
}

fn known(fields: &mut cbor::Fields<'_, '_>) -> Result<(), Error> {
    let format: u64 = fields.required::<_, CborError>(0, Reader::uint)?;
    let suite: u64 = fields.required::<_, CborError>(1, Reader::uint)?;
    if (format, suite) == (FORMAT, SUITE) {
        Ok(())
    } else {
        Err(Error::Newer)
    }
}

fn read_chain(from: &mut Reader<'_>) -> Result<Vec<Certificate>, Error> {
    let count = from.array()?;
    if count > MAX_CHAIN as u64 {
        return Err(Error::TooLarge);
    }
    (0..count)
        .map(|_| Ok(Certificate::from_bytes(from.bytes()?)?))
        .collect()
}

fn write_ranges(to: &mut Writer, ranges: &[Range]) {
    to.array(ranges.len());
    for range in ranges {
        to.array(5);
        write_stream(to, &range.stream);
        write_tails(to, &range.after);
        to.uint(range.envelopes);
    }
}

fn read_ranges(from: &mut Reader<'_>, service: ServiceId) -> Result<Vec<Range>, CborError> {
    items(from, |from| {
        from.array_of(5)?;
        Ok(Range {
            stream: read_stream(from, service)?,
            after: read_tails(from)?,
            envelopes: from.uint()?,
        })
    })
}

fn write_held(to: &mut Writer, held: &[Tips]) {
    to.array(held.len());
    for tips in held {
        to.array(4);
        write_stream(to, &tips.stream);
        write_tails(to, &tips.tails);
    }
}

fn read_held(from: &mut Reader<'_>, service: ServiceId) -> Result<Vec<Tips>, CborError> {
    items(from, |from| {
        from.array_of(4)?;
        Ok(Tips {
            stream: read_stream(from, service)?,
            tails: read_tails(from)?,
        })
    })
}

/// Scope, device and incarnation, as three items of the array they stand in.
fn write_stream(to: &mut Writer, stream: &Stream) {
    stream.scope.write(to);
    to.bytes(stream.device.as_bytes());
    to.uint(stream.incarnation.into());
}

fn read_stream(from: &mut Reader<'_>, service: ServiceId) -> Result<Stream, CborError> {
    Ok(Stream {
        service,
        scope: Scope::read(from)?,
        device: DeviceId::from_bytes(from.bytes_of()?),
        incarnation: from.uint_as()?,
    })
}

fn write_tails(to: &mut Writer, tails: &[Tail]) {
    to.array(tails.len());
    for tail in tails {
        to.array(2);
        to.uint(tail.sequence);
        to.bytes(&tail.header_hash);
    }
}

fn read_tails(from: &mut Reader<'_>) -> Result<Vec<Tail>, CborError> {
    items(from, |from| {
        from.array_of(2)?;
        Ok(Tail {
            sequence: from.uint()?,
            header_hash: from.bytes_of()?,
        })
    })
}

/// As many as the head says, if they are there: nothing is set aside for what it only promises.
fn items<'a, T>(
    from: &mut Reader<'a>,
    item: impl Fn(&mut Reader<'a>) -> Result<T, CborError>,
) -> Result<Vec<T>, CborError> {
    (0..from.array()?).map(|_| item(from)).collect()
}

/// One spelling for one manifest: all lists in order, and each thing once.
fn check(claims: &Claims) -> bool {
    let ascending = |tails: &[Tail]| tails.is_sorted_by(|a, b| a < b);
    let ranges = claims.ranges.is_sorted_by(|a, b| a.stream < b.stream)
        && claims
            .ranges
            .iter()
            .all(|range| ascending(&range.after) && range.envelopes > 0);
    let held = claims.held.is_sorted_by(|a, b| a.stream < b.stream)
        && claims
            .held
            .iter()
            .all(|tips| ascending(&tips.tails) && !tips.tails.is_empty());
    ranges && held
}
