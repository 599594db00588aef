//! Roles: what each may do, and what each is called.

mod matrix;

pub(crate) use matrix::{Act, may};

use record::role::Role;

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
