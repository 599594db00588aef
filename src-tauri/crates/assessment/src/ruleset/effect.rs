//! What can follow from a rule.

use serde::{Deserialize, Serialize};

/// How soon, most urgent first. The one order used everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// 999 or the emergency department.
    Emergency,
    /// Mental health crisis, or safeguarding in immediate danger.
    CrisisOrSafeguardingNow,
    /// The same day.
    SameDay,
    /// Within 48 hours.
    #[serde(rename = "within-48-hours")]
    Within48Hours,
    /// An urgent suspected cancer referral.
    UrgentSuspectedCancer,
    /// Urgent; the target is the service's setting.
    Urgent,
    /// Soon; the target is the service's setting.
    Soon,
    /// Routine; the target is the service's setting.
    Routine,
    /// An open answer could still change it.
    NotSettled,
}

impl Urgency {
    /// Every urgency, most urgent first.
    pub const ALL: [Self; 9] = [
        Self::Emergency,
        Self::CrisisOrSafeguardingNow,
        Self::SameDay,
        Self::Within48Hours,
        Self::UrgentSuspectedCancer,
        Self::Urgent,
        Self::Soon,
        Self::Routine,
        Self::NotSettled,
    ];

    /// The urgency in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emergency => "Emergency",
            Self::CrisisOrSafeguardingNow => "Crisis or safeguarding now",
            Self::SameDay => "Same day",
            Self::Within48Hours => "Within 48 hours",
            Self::UrgentSuspectedCancer => "Urgent suspected cancer",
            Self::Urgent => "Urgent",
            Self::Soon => "Soon",
            Self::Routine => "Routine",
            Self::NotSettled => "Not settled",
        }
    }
}

/// Where a case goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Disposition {
    /// 999 or the emergency department.
    D01,
    /// Mental health crisis.
    D02,
    /// Safeguarding.
    D03,
    /// Urgent suspected cancer or the MSCC coordinator.
    D04,
    /// Spinal surgery or neurology.
    D05,
    /// Rheumatology.
    D06,
    /// Palliative or cancer pain care.
    D07,
    /// The hub's consultant or team.
    D08,
    /// Intervention.
    D09,
    /// Medicines optimisation.
    D10,
    /// A pain management programme.
    D11,
    /// Psychology.
    D12,
    /// Physiotherapy and exercise.
    D13,
    /// Acupuncture.
    D14,
    /// Follow-up by the community nurse.
    D15,
    /// Self-management with advice to the GP.
    D16,
    /// Social prescribing, work, benefits, carers.
    D17,
    /// More information, or return to the referrer.
    D18,
    /// Another specialist, urgently.
    D19,
}

impl Disposition {
    /// The disposition in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::D01 => "999 or emergency department",
            Self::D02 => "Mental health crisis care",
            Self::D03 => "Safeguarding",
            Self::D04 => "Urgent suspected cancer, or the spinal cord compression coordinator",
            Self::D05 => "Spinal surgery or neurology",
            Self::D06 => "Rheumatology",
            Self::D07 => "Palliative or cancer pain care",
            Self::D08 => "Hub consultant or team",
            Self::D09 => "Intervention",
            Self::D10 => "Medicines optimisation",
            Self::D11 => "Pain management programme",
            Self::D12 => "Psychology",
            Self::D13 => "Physiotherapy and exercise",
            Self::D14 => "Acupuncture",
            Self::D15 => "Community nurse follow-up",
            Self::D16 => "Self-management with advice to the GP",
            Self::D17 => "Social prescribing, work and carers",
            Self::D18 => "More information from the referrer",
            Self::D19 => "Another specialist, urgently",
        }
    }
}

/// A kind of care that the plan draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strand {
    /// Doctors.
    Medical,
    /// Nurses.
    Nursing,
    /// Physiotherapists.
    Physiotherapy,
    /// Psychologists.
    Psychology,
    /// Pharmacists.
    Pharmacy,
    /// Work, home, money and people.
    Social,
    /// Food, weight and what fills the day.
    EatingAndActivity,
}

impl Strand {
    /// Every strand, in the order shown.
    pub const ALL: [Self; 7] = [
        Self::Medical,
        Self::Nursing,
        Self::Physiotherapy,
        Self::Psychology,
        Self::Pharmacy,
        Self::Social,
        Self::EatingAndActivity,
    ];

    /// The strand in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Medical => "Medical",
            Self::Nursing => "Nursing",
            Self::Physiotherapy => "Physiotherapy",
            Self::Psychology => "Psychology",
            Self::Pharmacy => "Pharmacy",
            Self::Social => "Social",
            Self::EatingAndActivity => "Eating and activity",
        }
    }
}

/// What kind of pain it looks like. Several can hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PainType {
    /// No other condition explains it or its strength.
    ChronicPrimary,
    /// Another condition explains it.
    ChronicSecondary,
    /// From a disease or injury of nerves.
    Neuropathic,
    /// Possibly an inflamed spine or joints.
    PossibleInflammatory,
    /// Possibly complex regional pain syndrome.
    PossibleComplexRegional,
    /// From cancer or its treatment.
    CancerRelated,
}

impl PainType {
    /// The kind of pain in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::ChronicPrimary => "Chronic primary",
            Self::ChronicSecondary => "Chronic secondary",
            Self::Neuropathic => "Neuropathic",
            Self::PossibleInflammatory => "Possible inflammatory",
            Self::PossibleComplexRegional => "Possible complex regional",
            Self::CancerRelated => "Cancer related",
        }
    }
}
