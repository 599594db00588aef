//! A person's signature over an entry: what was said, where it stands, and what had been seen.

use crate::cbor::{Error as CborError, Fields, Reader, Writer};
use crate::certificate::CertificateId;
use crate::domain::{SIGNED_PLACE, STAFF_SIGNATURE, digest as domain_digest};
use crate::envelope::{Header, Position};
use crate::id::{EntryId, EnvelopeId};
use crate::keys::{SigningKey, VerifyingKey};
use crate::scope::Subject;

use super::{Entry, Error, MAX_BASIS_HEADS, wire};

/// What a person's signature carries beside the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What had been seen.
    pub basis: Basis,
    /// The signer's certificate.
    pub authority: CertificateId,
    /// Tells for which place it was given, so that one that was moved is known from one that was
    /// altered. The signature covers it and the place itself.
    pub place: [u8; 16],
    /// Ed25519, over the entry, its place and the basis.
    pub signature: [u8; 64],
}

/// What the signer had seen of this subject's record, and what the engine had proposed.
///
/// Entries of the same envelope with a lower index count as seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// The heads that had been seen, in any order; at most [`MAX_BASIS_HEADS`].
    pub heads: Vec<EntryId>,
    /// The digest of the ruleset, when one was used.
    pub ruleset: Option<[u8; 32]>,
    /// The digest of the proposal that was shown, when one was.
    pub proposal: Option<[u8; 32]>,
}

/// Signs `entry` as a person, for one place: `index` in the envelope at `position` on `subject`.
///
/// The signature holds nowhere else, so a signed entry cannot be lifted onto another patient or
/// played back later.
pub fn sign_entry(
    mut entry: Entry,
    position: &Position,
    subject: Subject,
    index: u16,
    basis: Basis,
    authority: CertificateId,
    key: &SigningKey,
) -> Result<Entry, Error> {
    let mut signed = Signed {
        basis,
        authority,
        place: digest_of(&place(position, subject, index)),
        signature: [0; 64],
    };
    let payload = payload(&entry, &signed, position, subject, index)?;
    signed.signature = key.sign(STAFF_SIGNATURE, &payload);
    entry.signed = Some(signed);
    Ok(entry)
}

/// Checks a person's signature over the entry at `index` of the envelope under `header`.
///
/// Whether the person may sign this kind is for [`crate::certificate::check_signed`].
pub fn verify_signed(
    entry: &Entry,
    header: &Header,
    index: u16,
    key: &VerifyingKey,
) -> Result<(), Error> {
    let signed = entry.signed.as_ref().ok_or(Error::NotSigned)?;
    let position = header.position();
    if signed.place != digest_of(&place(&position, header.subject, index)) {
        return Err(Error::Elsewhere);
    }
    let payload = payload(entry, signed, &position, header.subject, index)?;
    key.verify(STAFF_SIGNATURE, &payload, &signed.signature)
        .map_err(Error::from)
}

/// What is signed: the place, then the entry with everything but the signature itself.
fn payload(
    entry: &Entry,
    signed: &Signed,
    position: &Position,
    subject: Subject,
    index: u16,
) -> Result<Vec<u8>, Error> {
    let mut inner = Writer::new();
    wire::write(&mut inner, entry, Some((signed, false)))?;
    let mut to = Writer::new();
    to.array(2);
    to.bytes(&place(position, subject, index));
    to.bytes(&inner.into_bytes());
    Ok(to.into_bytes())
}

fn place(position: &Position, subject: Subject, index: u16) -> Vec<u8> {
    let mut to = Writer::new();
    to.array(7);
    to.bytes(position.service.as_bytes());
    position.scope.write(&mut to);
    subject.write(&mut to);
    to.bytes(position.device.as_bytes());
    to.uint(position.incarnation.into());
    to.uint(position.sequence);
    to.uint(index.into());
    to.into_bytes()
}

/// Half a hash: it only tells why a signature fails, which does not rest on it.
fn digest_of(place: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&domain_digest(SIGNED_PLACE, &[place])[..16]);
    half
}

impl Signed {
    pub(super) fn write(&self, to: &mut Writer, with_signature: bool) -> Result<(), Error> {
        to.map(3 + usize::from(with_signature));
        to.uint(0);
        self.basis.write(to)?;
        to.uint(1);
        to.bytes(self.authority.as_bytes());
        to.uint(2);
        to.bytes(&self.place);
        if with_signature {
            to.uint(3);
            to.bytes(&self.signature);
        }
        Ok(())
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        let mut fields = from.fields()?;
        let basis = fields.required(0, Basis::read)?;
        let authority =
            fields.required::<_, CborError>(1, |r| r.bytes_of().map(CertificateId::from_bytes))?;
        let place = fields.required::<_, CborError>(2, Reader::bytes_of)?;
        let signature = fields.required::<_, CborError>(3, Reader::bytes_of)?;
        fields.end()?;
        Ok(Self {
            basis,
            authority,
            place,
            signature,
        })
    }
}

impl Basis {
    fn write(&self, to: &mut Writer) -> Result<(), Error> {
        if self.heads.len() > MAX_BASIS_HEADS {
            return Err(Error::Basis);
        }
        to.map(1 + usize::from(self.ruleset.is_some()) + usize::from(self.proposal.is_some()));
        to.uint(0);
        write_heads(to, &self.heads);
        for (key, digest) in [(1, self.ruleset), (2, self.proposal)] {
            if let Some(digest) = digest {
                to.uint(key);
                to.bytes(&digest);
            }
        }
        Ok(())
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Error> {
        let mut fields = from.fields()?;
        let heads = fields.required(0, read_heads)?;
        let ruleset = digest(&mut fields, 1)?;
        let proposal = digest(&mut fields, 2)?;
        fields.end()?;
        Ok(Self {
            heads,
            ruleset,
            proposal,
        })
    }
}

fn digest(fields: &mut Fields<'_, '_>, key: u64) -> Result<Option<[u8; 32]>, CborError> {
    fields.optional(key, Reader::bytes_of)
}

/// Grouped by envelope: a section of forty answers has one envelope id and forty small indexes.
fn write_heads(to: &mut Writer, heads: &[EntryId]) {
    let mut sorted = heads.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let groups: Vec<_> = sorted.chunk_by(|a, b| a.envelope == b.envelope).collect();
    to.array(groups.len());
    for group in groups {
        to.array(1 + group.len());
        to.bytes(group[0].envelope.as_bytes());
        for head in group {
            to.uint(head.index.into());
        }
    }
}

fn read_heads(from: &mut Reader<'_>) -> Result<Vec<EntryId>, Error> {
    let mut heads: Vec<EntryId> = Vec::new();
    for _ in 0..from.array()? {
        let indexes = from
            .array()?
            .checked_sub(1)
            .filter(|count| *count > 0)
            .ok_or(Error::Basis)?;
        let envelope = EnvelopeId::from_bytes(from.bytes_of()?);
        if heads
            .last()
            .is_some_and(|before| before.envelope >= envelope)
        {
            return Err(Error::Basis);
        }
        for _ in 0..indexes {
            let head = EntryId {
                envelope,
                index: from.uint_as()?,
            };
            if heads.len() >= MAX_BASIS_HEADS || heads.last().is_some_and(|before| *before >= head)
            {
                return Err(Error::Basis);
            }
            heads.push(head);
        }
    }
    Ok(heads)
}
