//! The bytes of a manifest: `[claims, signature]`, given in `docs/format.md`.

use crate::cbor::{Error as CborError, Reader, Writer};
use crate::envelope::Stream;
use crate::id::{BackupId, DeviceId, ServiceId};
use crate::keys::VerifyingKey;
use crate::moment::Moment;
use crate::scope::Scope;
use crate::signed::{reads_format, write_format};

use super::{Claims, Error, MAX_MANIFEST_BYTES, MAX_VERSION_BYTES, StreamCount};

pub(super) fn write(claims: &Claims) -> Result<Vec<u8>, Error> {
    check(claims)?;
    let mut to = Writer::new();
    to.map(15);
    write_format(&mut to);
    to.uint(2);
    to.bytes(claims.service.as_bytes());
    to.uint(3);
    to.bytes(claims.device.as_bytes());
    to.uint(4);
    to.uint(claims.incarnation.into());
    to.uint(5);
    to.bytes(claims.backup.as_bytes());
    to.uint(6);
    claims.made.write(&mut to);
    to.uint(7);
    to.text(&claims.program);
    to.uint(8);
    to.uint(claims.tables.into());
    to.uint(9);
    to.bytes(&claims.device_key.to_bytes());
    to.uint(10);
    to.array(2);
    to.uint(claims.size);
    to.bytes(&claims.copy_hash);
    to.uint(11);
    to.bytes(&claims.keys_hash);
    to.uint(12);
    write_streams(&mut to, &claims.streams);
    to.uint(13);
    to.bytes(&claims.sealed_key);
    to.uint(14);
    to.bytes(&claims.sheet_key);
    let bytes = to.into_bytes();
    // Room for the signature and the lengths.
    if bytes.len() + 80 > MAX_MANIFEST_BYTES {
        return Err(CborError::TooLong.into());
    }
    Ok(bytes)
}

fn write_streams(to: &mut Writer, streams: &[StreamCount]) {
    to.array(streams.len());
    for count in streams {
        to.array(6);
        count.stream.scope.write(to);
        to.bytes(count.stream.device.as_bytes());
        to.uint(count.stream.incarnation.into());
        to.uint(count.envelopes);
        to.uint(count.sequence);
        to.bytes(&count.head);
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Claims, Error> {
    let mut from = Reader::new(bytes);
    let mut fields = from.fields()?;
    if !reads_format(&mut fields)? {
        return Err(Error::Newer);
    }
    let service =
        fields.required::<_, CborError>(2, |r| r.bytes_of().map(ServiceId::from_bytes))?;
    let device = fields.required::<_, CborError>(3, |r| r.bytes_of().map(DeviceId::from_bytes))?;
    let incarnation = fields.required::<_, CborError>(4, Reader::uint_as)?;
    let backup = fields.required::<_, CborError>(5, |r| r.bytes_of().map(BackupId::from_bytes))?;
    let made = fields.required::<_, CborError>(6, Moment::read)?;
    let program = fields.required::<_, CborError>(7, |r| r.text().map(str::to_owned))?;
    let tables = fields.required::<_, CborError>(8, Reader::uint_as)?;
    let device_key =
        fields.required::<_, Error>(9, |r| Ok(VerifyingKey::from_bytes(&r.bytes_of()?)?))?;
    let (size, copy_hash) = fields.required::<_, CborError>(10, |r| {
        r.array_of(2)?;
        Ok((r.uint()?, r.bytes_of()?))
    })?;
    let keys_hash = fields.required::<_, CborError>(11, Reader::bytes_of)?;
    let streams = fields.required::<_, CborError>(12, |r| read_streams(r, service))?;
    let sealed_key = fields.required::<_, CborError>(13, Reader::bytes_of)?;
    let sheet_key = fields.required::<_, CborError>(14, Reader::bytes_of)?;
    fields.end()?;
    from.end()?;
    let claims = Claims {
        service,
        device,
        incarnation,
        backup,
        made,
        program,
        tables,
        device_key,
        size,
        copy_hash,
        keys_hash,
        streams,
        sealed_key,
        sheet_key,
    };
    check(&claims)?;
    Ok(claims)
}

fn read_streams(from: &mut Reader<'_>, service: ServiceId) -> Result<Vec<StreamCount>, CborError> {
    let mut streams = Vec::new();
    for _ in 0..from.array()? {
        from.array_of(6)?;
        let stream = Stream {
            service,
            scope: Scope::read(from)?,
            device: DeviceId::from_bytes(from.bytes_of()?),
            incarnation: from.uint_as()?,
        };
        streams.push(StreamCount {
            stream,
            envelopes: from.uint()?,
            sequence: from.uint()?,
            head: from.bytes_of()?,
        });
    }
    Ok(streams)
}

/// One spelling for one backup: streams in order and each once, all of its own service.
fn check(claims: &Claims) -> Result<(), Error> {
    let ordered = claims
        .streams
        .windows(2)
        .all(|pair| order(&pair[0]) < order(&pair[1]));
    let own = claims
        .streams
        .iter()
        .all(|count| count.stream.service == claims.service);
    let named = (1..=MAX_VERSION_BYTES).contains(&claims.program.len());
    if ordered && own && named {
        Ok(())
    } else {
        Err(Error::Claims)
    }
}

fn order(count: &StreamCount) -> (Scope, DeviceId, u32) {
    let stream = &count.stream;
    (stream.scope, stream.device, stream.incarnation)
}
