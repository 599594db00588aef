//! What happens on a pathway, as far as a clock may care.

use jiff::civil::Date;

/// Something that happened on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The day; none where nobody wrote it down.
    pub on: Option<Date>,
    /// What happened.
    pub what: Happening,
}

/// What happened.
///
/// `told` is the day the patient, and then whoever referred, was told. Without it a stop is not
/// valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// Notice of a referral was received, a self-referral included; through e-RS, the day the
    /// booking reference was converted.
    ReferralReceived,
    /// The patient came, or was spoken to, for a first or later appointment.
    Attended,
    /// The patient did not come.
    Missed {
        /// Whether it is shown that the patient was told of the appointment in good time.
        notice_shown: bool,
    },
    /// The patient cancelled beforehand.
    Cancelled,
    /// After a missed first appointment: the patient rang to rebook, or the service decided to
    /// offer another.
    Rebooked,
    /// The patient was discharged after missing a later appointment.
    DischargedAfterMissing {
        /// Not against the patient's clinical interest, and the patient is not vulnerable.
        safe: bool,
        /// When the patient and the referrer were told.
        told: Option<Date>,
    },
    /// First definitive treatment, therapy included where that is how the condition is to be managed.
    FirstTreatment,
    /// Pain relief or other help while waiting for treatment.
    InterimRelief,
    /// A test or a scan.
    Diagnostics,
    /// Active monitoring was agreed.
    ActiveMonitoring {
        /// Who began it.
        by: Monitoring,
        /// When the patient and the referrer were told.
        told: Option<Date>,
    },
    /// Treatment was decided on, after active monitoring or otherwise.
    DecisionToTreat,
    /// A substantively new or different treatment, not in the agreed plan, was decided on.
    NewTreatmentDecided,
    /// The patient became fit and ready for the second side of a bilateral procedure.
    SecondSideReady,
    /// It was decided not to treat.
    DecisionNotToTreat {
        /// When the patient and the referrer were told.
        told: Option<Date>,
    },
    /// Care went back to the GP, with or without advice.
    ReturnedToPrimaryCare {
        /// When the patient and the referrer were told.
        told: Option<Date>,
    },
    /// The patient declined the treatment that was offered.
    Declined {
        /// When the referrer was told.
        told: Option<Date>,
    },
    /// The patient died.
    Died,
    /// The patient asked for time to think, or is away.
    PatientDelay,
    /// Care of the same condition went to another provider that is consultant-led.
    TransferredToConsultantLed,
}

/// Who began active monitoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Monitoring {
    /// The patient.
    Patient,
    /// The clinician.
    Clinician,
}

impl Event {
    /// An event of a known day.
    pub fn on(on: Date, what: Happening) -> Self {
        Self { on: Some(on), what }
    }

    /// An event whose day nobody wrote down.
    pub fn undated(what: Happening) -> Self {
        Self { on: None, what }
    }
}

impl Happening {
    /// The day the patient and the referrer were told, where that counts.
    pub fn told(self) -> Option<Date> {
        match self {
            Self::DischargedAfterMissing { told, .. }
            | Self::ActiveMonitoring { told, .. }
            | Self::DecisionNotToTreat { told }
            | Self::ReturnedToPrimaryCare { told }
            | Self::Declined { told } => told,
            _ => None,
        }
    }
}
