//! A referral as a file brings it.

use std::fmt;

use jiff::civil::Date;
use record::nhs_number::NhsNumber;

/// One referral. Text is trimmed; an empty text means that nothing was said.
///
/// There is no warning sign among its fields: a file cannot say that one is absent, and a letter
/// that names one is read by a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Referral {
    /// Checked; none when the cell was empty.
    pub nhs_number: Option<NhsNumber>,
    /// Never empty.
    pub family_name: String,
    /// Empty for a person with one name.
    pub given_name: String,
    /// Title.
    pub title: String,
    /// From 1900 to the day of reading, and not after `received`.
    pub born: Date,
    /// How the person describes themself; none when the cell was empty.
    pub gender: Option<Gender>,
    /// Telephone.
    pub phone: String,
    /// Address on one line.
    pub address: String,
    /// Communication and access needs, on one line.
    pub needs: String,
    /// GP practice.
    pub gp_practice: String,
    /// Never empty.
    pub referrer: String,
    /// From 1900 to the day of reading. It starts the clock.
    pub received: Date,
    /// Never empty.
    pub reason: String,
    /// None when the cell was empty.
    pub urgency_asked: Option<AskedUrgency>,
    /// The letter, with its line breaks.
    pub letter: String,
}

/// How a person describes themself. Sex for clinical criteria is asked in the assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Another gender.
    Other,
    /// Asked and not known.
    NotKnown,
}

/// The urgency a referrer asks for. Anything faster needs a phone call, not a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedUrgency {
    /// Routine.
    Routine,
    /// Soon.
    Soon,
    /// Urgent.
    Urgent,
}

impl Gender {
    /// `male`, `female`, `other` or `not-known`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Other => "other",
            Self::NotKnown => "not-known",
        }
    }
}

impl AskedUrgency {
    /// `routine`, `soon` or `urgent`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Soon => "soon",
            Self::Urgent => "urgent",
        }
    }
}

/// A referral is about a patient, so nothing of it reaches a log.
impl fmt::Debug for Referral {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Referral(..)")
    }
}
