//! Who may do what. Checked when something is written, never when a record is read.

use record::role::Role;

/// Something a person asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// See patients and the worklist.
    Look,
    /// Take referrals, typed or from a file.
    TakeReferral,
    /// Ask questions and record answers and routes.
    Assess,
    /// Sign a decision.
    SignDecision,
    /// Write the plan and agree it with the patient.
    AgreePlan,
    /// Enter and confirm the local emergency numbers.
    SetNumbers,
    /// Import and withdraw instrument packs.
    KeepPacks,
    /// See who of the open cases would move under other rules.
    CompareRules,
}

/// Whether a role may do it.
///
/// A trainee assesses and writes plans, and does not sign decisions alone.
pub(crate) fn may(role: Role, act: Act) -> bool {
    let clinical = role.is_clinical();
    match act {
        Act::Look | Act::TakeReferral => {
            clinical || matches!(role, Role::Administrator | Role::ClinicalSafetyOfficer)
        }
        Act::Assess | Act::AgreePlan => clinical,
        Act::CompareRules => clinical || role == Role::ClinicalSafetyOfficer,
        Act::SignDecision => clinical && role != Role::DoctorInTraining,
        // Who may adopt an instrument pack when two have to: they answer for its licence.
        Act::KeepPacks => matches!(
            role,
            Role::Lead | Role::Consultant | Role::Pharmacist | Role::ClinicalSafetyOfficer
        ),
        Act::SetNumbers => matches!(
            role,
            Role::Lead
                | Role::Administrator
                | Role::ClinicalSafetyOfficer
                | Role::Nurse
                | Role::Consultant
        ),
    }
}

/// The role as people say it.
pub(crate) fn words(role: Role) -> &'static str {
    match role {
        Role::Nurse => "Nurse",
        Role::Physiotherapist => "Physiotherapist",
        Role::Psychologist => "Psychologist",
        Role::Pharmacist => "Pharmacist",
        Role::DoctorInTraining => "Doctor in training",
        Role::Consultant => "Consultant",
        Role::Lead => "Lead",
        Role::Administrator => "Administrator",
        Role::ClinicalSafetyOfficer => "Clinical safety officer",
    }
}

/// How the role is put before a name in the app bar: "Nurse A. Osei".
pub(crate) fn before_name(role: Role) -> &'static str {
    match role {
        Role::Nurse => "Nurse ",
        Role::Consultant | Role::DoctorInTraining => "Dr ",
        _ => "",
    }
}

/// The value that stands for a role in a form.
pub(crate) fn value(role: Role) -> String {
    words(role).to_lowercase().replace(' ', "-")
}

/// The role behind a form's value.
pub(crate) fn from_value(text: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| value(*role) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrator_takes_referrals_and_signs_nothing_clinical() {
        assert!(may(Role::Administrator, Act::TakeReferral));
        assert!(!may(Role::Administrator, Act::Assess));
        assert!(!may(Role::Administrator, Act::SignDecision));
    }

    #[test]
    fn a_doctor_in_training_assesses_and_does_not_sign_alone() {
        assert!(may(Role::DoctorInTraining, Act::Assess));
        assert!(!may(Role::DoctorInTraining, Act::SignDecision));
    }
}
