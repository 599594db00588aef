//! Two records that are of one person.

use serde::{Deserialize, Serialize};

use crate::id::PatientId;

/// The two records are of one person and are shown as one. In the service scope, slot
/// [`crate::links::slot`]. Nothing is rewritten: [`Unmerge`] in the same slot undoes it.
///
/// It holds no word of a patient, since every site reads it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The record under which the person is found from now on.
    pub kept: PatientId,
    /// The other one.
    pub joined: PatientId,
    /// How it was established: number, person, gp or other.
    pub grounds: String,
}

/// The two records are of two people after all. In the slot of the [`Merge`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmerge {
    /// As in the merge.
    pub kept: PatientId,
    /// As in the merge.
    pub joined: PatientId,
    /// How it was established: number, person, gp or other.
    pub grounds: String,
}
