//! Roles, and which of them may sign what.

use serde::{Deserialize, Serialize};

use crate::entry::Kind;
use crate::scope::Subject;

/// What a member of staff is certified as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nurse.
    Nurse,
    /// Physiotherapist.
    Physiotherapist,
    /// Psychologist.
    Psychologist,
    /// Pharmacist.
    Pharmacist,
    /// Doctor in training.
    DoctorInTraining,
    /// Consultant.
    Consultant,
    /// Clinical lead.
    Lead,
    /// Administrator: certifies staff and devices.
    Administrator,
    /// Clinical safety officer.
    ClinicalSafetyOfficer,
}

impl Role {
    /// Every role, in the order of its number on the wire.
    pub const ALL: [Self; 9] = [
        Self::Nurse,
        Self::Physiotherapist,
        Self::Psychologist,
        Self::Pharmacist,
        Self::DoctorInTraining,
        Self::Consultant,
        Self::Lead,
        Self::Administrator,
        Self::ClinicalSafetyOfficer,
    ];

    /// The number on the wire.
    pub(crate) fn number(self) -> u64 {
        self as u64
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Whether the person treats patients.
    pub fn is_clinical(self) -> bool {
        !matches!(self, Self::Administrator | Self::ClinicalSafetyOfficer)
    }

    /// Whether a signature of this role makes an entry of `kind` on `subject` valid.
    ///
    /// Frozen with the format: it decides for ever whether what is written counts. It is wider
    /// than the role matrix, which is checked when writing and may change.
    pub fn may_sign(self, kind: &Kind, subject: &Subject) -> bool {
        let on_patient = matches!(subject, Subject::Patient(_));
        let on_service = matches!(subject, Subject::Service);
        if *kind == Kind::DECISION {
            on_patient && self.is_clinical() && self != Self::DoctorInTraining
        } else if *kind == Kind::SUPERVISED_DECISION {
            on_patient && self == Self::DoctorInTraining
        } else if [Kind::OPINION, Kind::AGREED_PLAN].contains(kind) {
            on_patient && self.is_clinical()
        } else if *kind == Kind::ADOPTION {
            on_service
                && matches!(
                    self,
                    Self::Lead | Self::Consultant | Self::Pharmacist | Self::ClinicalSafetyOfficer
                )
        } else if *kind == Kind::WITHDRAWAL {
            on_patient && self.is_clinical() || on_service && self == Self::ClinicalSafetyOfficer
        } else if [Kind::REVOCATION, Kind::EPOCH_KEY].contains(kind) {
            on_service && self == Self::Administrator
        } else if *kind == Kind::ERASURE {
            (on_patient || on_service) && matches!(self, Self::Administrator | Self::Lead)
        } else {
            false
        }
    }
}
