//! The parts that several messages share.

use jiff::Timestamp;
use record::cbor::{Error as CborError, Reader, Writer};
use record::certificate::Certificate;
use record::envelope::Stream;
use record::id::{DeviceId, EnvelopeId, ServiceId};
use record::log::Tail;
use record::scope::Scope;

use super::{Error, MAX_CHAIN, MAX_ITEMS};

/// A list of at most [`MAX_ITEMS`].
pub(super) fn list<'a, T>(
    from: &mut Reader<'a>,
    item: impl Fn(&mut Reader<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    of_at_most(MAX_ITEMS, from, item)
}

fn of_at_most<'a, T>(
    most: u64,
    from: &mut Reader<'a>,
    item: impl Fn(&mut Reader<'a>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let length = from.array()?;
    if length > most {
        return Err(Error::TooMany);
    }
    // Nothing is set aside for what the head promises: it grows with what is there.
    (0..length).map(|_| item(from)).collect()
}

pub(super) fn write_list<T>(to: &mut Writer, items: &[T], item: impl Fn(&mut Writer, &T)) {
    to.array(items.len());
    for one in items {
        item(to, one);
    }
}

pub(super) fn write_stream(to: &mut Writer, stream: &Stream) {
    to.array(3);
    stream.scope.write(to);
    to.bytes(stream.device.as_bytes());
    to.uint(stream.incarnation.into());
}

pub(super) fn read_stream(from: &mut Reader<'_>, service: ServiceId) -> Result<Stream, Error> {
    from.array_of(3)?;
    Ok(Stream {
        service,
        scope: Scope::read(from)?,
        device: DeviceId::from_bytes(from.bytes_of()?),
        incarnation: from.uint_as()?,
    })
}

pub(super) fn write_tails(to: &mut Writer, tails: &[Tail]) {
    write_list(to, tails, |to, tail| {
        to.array(2);
        to.uint(tail.sequence);
        to.bytes(&tail.header_hash);
    });
}

pub(super) fn read_tails(from: &mut Reader<'_>) -> Result<Vec<Tail>, Error> {
    list(from, |from| {
        from.array_of(2)?;
        Ok(Tail {
            sequence: from.uint()?,
            header_hash: from.bytes_of()?,
        })
    })
}

pub(super) fn write_ids(to: &mut Writer, ids: &[EnvelopeId]) {
    write_list(to, ids, |to, id| to.bytes(id.as_bytes()));
}

pub(super) fn read_ids(from: &mut Reader<'_>) -> Result<Vec<EnvelopeId>, Error> {
    list(from, |from| Ok(EnvelopeId::from_bytes(from.bytes_of()?)))
}

/// Things that are passed on as they were written: envelopes, proofs.
pub(super) fn write_whole(to: &mut Writer, written: &[Vec<u8>]) {
    write_list(to, written, |to, one| to.bytes(one));
}

pub(super) fn read_whole(from: &mut Reader<'_>) -> Result<Vec<Vec<u8>>, Error> {
    list(from, |from| Ok(from.bytes()?.to_vec()))
}

pub(super) fn write_places(to: &mut Writer, places: &[u32]) {
    write_list(to, places, |to, place| to.uint((*place).into()));
}

pub(super) fn read_places(from: &mut Reader<'_>) -> Result<Vec<u32>, Error> {
    list(from, |from| Ok(from.uint_as()?))
}

pub(crate) fn write_certificates(to: &mut Writer, chain: &[Certificate]) {
    write_list(to, chain, |to, one| to.bytes(&one.to_bytes()));
}

pub(crate) fn read_certificates(from: &mut Reader<'_>) -> Result<Vec<Certificate>, Error> {
    of_at_most(MAX_CHAIN, from, |from| {
        Certificate::from_bytes(from.bytes()?).map_err(|_| Error::Certificate)
    })
}

pub(crate) fn write_time(to: &mut Writer, time: Timestamp) {
    to.int(time.as_millisecond());
}

pub(crate) fn read_time(from: &mut Reader<'_>) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(from.int()?).map_err(|_| CborError::OutOfRange.into())
}
