//! Erasures at a hub server: it cannot read that two people signed one, so it is shown.

use std::collections::BTreeSet;

use record::warrant::{ErasuresDigest, Proof, Unproven, WarrantId};

use crate::admitted::Admitted;
use crate::wire::{Answer, NotErased};

use super::Shelf;

/// Which erasures of these it was never shown.
pub(super) fn unknown<S: Shelf>(shelf: &S, named: &[WarrantId]) -> Result<Answer, S::Error> {
    let known: BTreeSet<_> = shelf.erasures()?.into_iter().collect();
    let lacks = (0..)
        .zip(named)
        .filter_map(|(place, id)| (!known.contains(id)).then_some(place));
    Ok(Answer::Unknown {
        lacks: lacks.collect(),
    })
}

/// Carries out each that is proven; the rest is named with its reason. Whoever shows a proof need
/// not be one of those who signed: it stands by itself.
pub(super) fn erase<S: Shelf>(
    shelf: &mut S,
    device: &Admitted,
    proofs: &[Vec<u8>],
) -> Result<Answer, S::Error> {
    let mut refused = Vec::new();
    for (index, bytes) in (0..).zip(proofs) {
        let read = Proof::from_bytes(bytes).map_err(Unproven::from);
        match read.and_then(|proof| proof.check(device.service(), &shelf.root())) {
            Ok(erasure) => shelf.erase(&erasure)?,
            Err(reason) => refused.push(NotErased { index, reason }),
        }
    }
    Ok(Answer::Erased {
        erasures: digest(shelf)?,
        refused,
    })
}

pub(super) fn digest<S: Shelf>(shelf: &S) -> Result<ErasuresDigest, S::Error> {
    Ok(ErasuresDigest::of(&shelf.erasures()?))
}
