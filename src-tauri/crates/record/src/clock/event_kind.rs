//! The events by name: what a file or a form calls them, and which details each asks for.

use jiff::civil::Date;

use super::event::{Event, Happening, Monitoring};

/// What is known of an event beside its day. What a kind does not ask for is not looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Details {
    /// The day the patient and the referrer were told.
    pub told: Option<Date>,
    /// It is shown that the patient was told of the appointment in good time.
    pub notice_shown: bool,
    /// Not against the patient's clinical interest, and the patient is not vulnerable.
    pub safe: bool,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $name:literal, $words:literal, $what:expr;)*) => {
        /// A kind of event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum EventKind {
            $($(#[$doc])* $kind,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The name in files and entries.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The kind in a few words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$kind => $words,)* }
            }

            fn happening(self, details: Details) -> Happening {
                match self { $(Self::$kind => {
                    let what: fn(Details) -> Happening = $what;
                    what(details)
                })* }
            }
        }
    };
}

kinds! {
    /// A referral.
    ReferralReceived, "referral-received", "Referral received", |_| Happening::ReferralReceived;
    /// An attendance.
    Attended, "attended", "Attended", |_| Happening::Attended;
    /// A missed appointment.
    Missed, "missed", "Did not attend", |of| Happening::Missed { notice_shown: of.notice_shown };
    /// A cancellation.
    Cancelled, "cancelled", "Cancelled by the patient or by us", |_| Happening::Cancelled;
    /// Rebooking after a missed first appointment.
    Rebooked, "rebooked", "Rang to rebook, or we decided to offer again", |_| Happening::Rebooked;
    /// Discharge after a missed later appointment.
    DischargedAfterMissing, "discharged-after-missing", "Discharged after missing a later appointment", |of| Happening::DischargedAfterMissing { safe: of.safe, told: of.told };
    /// First definitive treatment.
    FirstTreatment, "first-treatment", "First treatment started, therapy included", |_| Happening::FirstTreatment;
    /// Relief in the meantime.
    InterimRelief, "interim-relief", "Pain relief while waiting", |_| Happening::InterimRelief;
    /// A test.
    Diagnostics, "diagnostics", "Test or scan", |_| Happening::Diagnostics;
    /// Active monitoring begun by the patient.
    MonitoringByPatient, "active-monitoring-patient", "Active monitoring, the patient's wish", |of| Happening::ActiveMonitoring { by: Monitoring::Patient, told: of.told };
    /// Active monitoring begun by the clinician.
    MonitoringByClinician, "active-monitoring-clinician", "Active monitoring, the clinician's advice", |of| Happening::ActiveMonitoring { by: Monitoring::Clinician, told: of.told };
    /// A decision to treat.
    DecisionToTreat, "decision-to-treat", "Decision to treat after active monitoring", |_| Happening::DecisionToTreat;
    /// A new treatment.
    NewTreatmentDecided, "new-treatment", "Decision on a new treatment outside the plan", |_| Happening::NewTreatmentDecided;
    /// The second side.
    SecondSideReady, "second-side-ready", "Fit and ready for the second side", |_| Happening::SecondSideReady;
    /// A decision not to treat.
    DecisionNotToTreat, "decision-not-to-treat", "Decision not to treat", |of| Happening::DecisionNotToTreat { told: of.told };
    /// Back to the GP.
    ReturnedToPrimaryCare, "returned-to-primary-care", "Returned to the GP", |of| Happening::ReturnedToPrimaryCare { told: of.told };
    /// Treatment declined.
    Declined, "declined", "Patient declined the treatment offered", |of| Happening::Declined { told: of.told };
    /// Death.
    Died, "died", "Patient died", |_| Happening::Died;
    /// A delay the patient asked for.
    PatientDelay, "patient-delay", "Patient away or thinking it over", |_| Happening::PatientDelay;
    /// A transfer.
    Transferred, "transferred", "Referred on to a consultant-led service", |_| Happening::TransferredToConsultantLed;
}

impl EventKind {
    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The event of this kind.
    pub fn event(self, on: Option<Date>, details: Details) -> Event {
        Event {
            on,
            what: self.happening(details),
        }
    }

    /// Whether it counts only once the patient and the referrer were told.
    pub fn asks_told(self) -> bool {
        matches!(
            self,
            Self::DischargedAfterMissing
                | Self::MonitoringByPatient
                | Self::MonitoringByClinician
                | Self::DecisionNotToTreat
                | Self::ReturnedToPrimaryCare
                | Self::Declined
        )
    }

    /// Whether it matters that notice of the appointment is shown.
    pub fn asks_notice(self) -> bool {
        self == Self::Missed
    }

    /// Whether somebody has to say that it was safe.
    pub fn asks_safe(self) -> bool {
        self == Self::DischargedAfterMissing
    }
}

#[cfg(test)]
mod tests {
    use super::{Details, EventKind};

    #[test]
    fn every_kind_is_found_by_its_name_and_asks_for_what_its_event_holds() {
        let told = jiff::civil::date(2026, 2, 2);
        let details = Details {
            told: Some(told),
            ..Details::default()
        };
        for kind in EventKind::ALL {
            assert_eq!(EventKind::named(kind.name()), Some(*kind));
            let event = kind.event(None, details);
            assert_eq!(event.what.told().is_some(), kind.asks_told(), "{kind:?}");
            let noticed = Details {
                notice_shown: true,
                ..details
            };
            let safe = Details {
                safe: true,
                ..details
            };
            assert_eq!(kind.event(None, noticed) != event, kind.asks_notice());
            assert_eq!(kind.event(None, safe) != event, kind.asks_safe());
        }
        assert_eq!(EventKind::named("treatment"), None);
    }
}
