//! What is known of a patient, and how they came.

use serde::{Deserialize, Serialize};

use crate::id::SiteId;

/// One detail of a patient, such as the family name. Slot `detail/<field>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// family, given, title, preferred, born, nhs-number, nhs-number-status, gender, phone, address,
    /// needs, gp, contact-by, contact-not.
    pub field: String,
    /// The value; empty when it is not known. A `nhs-number-status` names the number it is of, as
    /// `9990463380 verified`, so that it never passes to another number.
    pub value: String,
}

/// A request for help. Slot `referral/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Site that received it.
    pub site: SiteId,
    /// ISO date of receipt: starts the clock.
    pub received: String,
    /// Who refers.
    pub referrer: String,
    /// Reason for referral.
    pub reason: String,
    /// Urgency the referrer asked for, or empty.
    pub asked_urgency: String,
    /// The letter's text.
    pub letter: String,
    /// Warning signs the letter states as present (question ids). A letter can never say "absent".
    pub warning_signs: Vec<String>,
    /// typed or csv.
    pub source: String,
}

/// A place in a clinic list. Slot `appointment/<item>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// ISO date.
    pub date: String,
    /// HH:MM.
    pub time: String,
    /// What it is for.
    pub purpose: String,
    /// Name of the staff member it is with.
    pub with: String,
}
