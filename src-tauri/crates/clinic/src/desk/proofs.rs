//! What proves an erasure to a hub server, which reads no entries.

use std::collections::BTreeMap;

use record::cbor::Value;
use record::certificate::{Authorities, Fingerprint};
use record::entry::Kind;
use record::erasure::{Erased, Erasures};
use record::fold::Placed;
use record::id::{EnvelopeId, PatientId, ServiceId};
use record::warrant::{self, Claims, Hand, Proof, Warrant, WarrantId};

use super::{Desk, Line};
use crate::refusal::Refusal;

/// The warrants of the service scope, each with the erasure beside which it was signed.
pub(super) fn warrants(entries: &[Placed]) -> BTreeMap<EnvelopeId, Warrant> {
    let found = entries.iter().filter_map(|placed| {
        let Value::Bytes(bytes) = &placed.entry.body else {
            return None;
        };
        let is_one = placed.entry.kind == Kind::WARRANT && placed.entry.version == warrant::VERSION;
        let warrant = is_one.then(|| Warrant::from_bytes(bytes).ok()).flatten()?;
        Some((placed.id.envelope, warrant))
    });
    found.collect()
}

/// The proof of each erasure that two people signed, as far as it holds without the record.
pub(super) fn proofs(
    erasures: &Erasures,
    warrants: &BTreeMap<EnvelopeId, Warrant>,
    authorities: &Authorities,
    (service, root): (ServiceId, Fingerprint),
) -> Vec<Proof> {
    let of = |one: &Erased| {
        let hands = [one.asked.entry, one.confirmed.entry].map(|entry| {
            let warrant = warrants.get(&entry.envelope)?.clone();
            let chain = authorities.chain_to(&warrant.claims().authority)?;
            Some(Hand { warrant, chain })
        });
        let hands: Vec<Hand> = hands.into_iter().collect::<Option<_>>()?;
        let proof = Proof { hands };
        let proven = proof.check(service, &root).ok()?;
        (proven.records() == one.records).then_some(proof)
    };
    erasures.done.iter().filter_map(of).collect()
}

impl Desk {
    /// What the person at work signs beside an erasure of these records, so that the hub server can
    /// read it: the ids, and no word of why.
    pub(crate) fn warrant(
        &self,
        records: &[PatientId],
        confirms: Option<WarrantId>,
    ) -> Result<Line, Refusal> {
        let claims = Claims {
            service: self.sitting()?.opened.identity.service,
            authority: self.authority(&Kind::ERASURE, &record::scope::Subject::Service)?,
            claimed: self.now(),
            records: records.to_vec(),
            confirms,
        };
        let signed = Warrant::sign(&claims, &self.sitting()?.opened.signing);
        let signed = signed.map_err(|error| Refusal::plain(error.to_string()))?;
        Ok(Line {
            kind: Kind::WARRANT,
            version: warrant::VERSION,
            slot: None,
            body: Value::Bytes(signed.to_bytes()),
            reason: None,
            happened: None,
        })
    }
}
