//! The rules in words, each with its confidence mark.

/// How well a rule's wording was checked when it was compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Read at the source.
    V,
    /// Read in a secondary copy.
    V2,
    /// From memory; a named person has to check it.
    M,
    /// A decision of this design, not a published rule.
    D,
}

/// Why a clock stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// First definitive treatment.
    Treatment,
    /// Active monitoring begun by the patient.
    MonitoringByPatient,
    /// Active monitoring begun by the clinician.
    MonitoringByClinician,
    /// A decision not to treat, or a return to primary care.
    NotTreated,
    /// The patient declined treatment.
    Declined,
    /// Discharged after missing a later appointment.
    DischargedAfterMissing,
    /// The patient died.
    Died,
}

impl StopReason {
    /// The RTT status codes that fit (V2). Two where the local mapping decides.
    pub fn status_codes(self) -> &'static [u8] {
        match self {
            Self::Treatment => &[30],
            Self::MonitoringByPatient => &[31],
            Self::MonitoringByClinician => &[32],
            Self::NotTreated => &[34],
            Self::Declined => &[35],
            Self::DischargedAfterMissing => &[33, 34],
            Self::Died => &[36],
        }
    }

    pub(super) fn rule(self) -> Rule {
        match self {
            Self::Treatment => Rule::StopTreatment,
            Self::MonitoringByPatient | Self::MonitoringByClinician => Rule::StopMonitoring,
            Self::NotTreated => Rule::StopNotTreated,
            Self::Declined => Rule::StopDeclined,
            Self::DischargedAfterMissing => Rule::StopDischargedAfterMissing,
            Self::Died => Rule::StopDied,
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident, $mark:ident, $words:literal;)*) => {
        /// A rule that was applied to an event.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule {
            $($(#[$doc])* $name,)*
        }

        impl Rule {
            /// The rule in one sentence.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }

            /// How well its wording was checked.
            pub fn mark(self) -> Mark {
                match self { $(Self::$name => Mark::$mark,)* }
            }
        }
    };
}

rules! {
    /// No clock yet.
    NotStarted, M, "Rules 1 and 2: no clock has started, because no referral has been received.";
    /// A start without a day.
    UndatedStart, D, "The day the referral was received is not recorded, so the wait cannot be counted.";
    /// Anything else without a day.
    Undated, D, "The day of this is not recorded, so it does not move the clock until it is entered.";
    /// Not a service with a national clock.
    NotConsultantLed, M, "A service that is neither consultant-led nor an interface service has no national clock; its local wait is counted.";
    /// Rule 1 or 2.
    StartReferral, M, "Rules 1 and 2: the clock starts on the day notice of the referral is received, a self-referral included.";
    /// Rule 3, re-referral.
    StartReReferral, M, "Rule 3: a new referral after a completed pathway starts a new clock.";
    /// Rule 3, after active monitoring.
    StartAfterMonitoring, M, "Rule 3: a decision to treat after active monitoring starts a new clock.";
    /// Rule 3, a new treatment.
    StartNewTreatment, M, "Rule 3: a decision on a substantively new treatment outside the agreed plan starts a new clock.";
    /// Rule 3, the second side.
    StartSecondSide, M, "Rule 3: being fit and ready for the second side starts a new clock.";
    /// After a nullified clock.
    StartRebooked, V2, "A new clock starts when the patient rings to rebook a missed first appointment, or the service decides to offer another.";
    /// Rule 4.
    StopTreatment, M, "Rule 4: first definitive treatment, therapy included, stops the clock.";
    /// Rule 5, active monitoring.
    StopMonitoring, M, "Rule 5: the start of active monitoring stops the clock.";
    /// Rule 5, no treatment.
    StopNotTreated, M, "Rule 5: a decision not to treat, or a return to primary care, stops the clock.";
    /// Rule 5, declined.
    StopDeclined, M, "Rule 5: a patient declining the treatment offered stops the clock.";
    /// Rule 5, a missed follow-up.
    StopDischargedAfterMissing, M, "Rule 5: a safe discharge after a missed later appointment, with notice shown, stops the clock.";
    /// Rule 5, death.
    StopDied, M, "Rule 5: the patient's death stops the clock.";
    /// A missed first appointment.
    Nullified, V2, "A missed first appointment with notice shown nullifies the clock: the wait is not counted.";
    /// A stop that nobody was told of.
    StopNotTold, D, "A stop counts only once the patient and the referrer have been told; the clock runs on.";
    /// A missed appointment that changes nothing.
    MissedWithoutNotice, M, "Without notice shown, a missed appointment does not touch the clock.";
    /// A missed later appointment.
    MissedLater, M, "A missed later appointment does not stop the clock unless the patient is discharged.";
    /// A miss that may be the first or a later one.
    MissedOrderUnknown, D, "An attendance has no date, so nobody can tell whether this was the first appointment; the clock runs on.";
    /// A discharge that does not meet the conditions.
    UnsafeDischarge, M, "A discharge after a missed appointment stops the clock only with notice shown, when safe and not against the patient's interest.";
    /// A cancellation.
    Cancelled, M, "A cancellation is not a missed appointment: the clock runs on.";
    /// Waiting on the patient.
    NoPause, V, "Patient pauses ended on 1 October 2015: the clock runs on.";
    /// Relief in the meantime.
    InterimRelief, M, "Pain relief while waiting is not first treatment: the clock runs on.";
    /// A test.
    Diagnostics, M, "A test is not treatment: the clock runs on.";
    /// A transfer.
    Transferred, M, "The same condition at another provider keeps its original start; send the inter-provider transfer data set.";
    /// A referral on from a service without a clock.
    StartsElsewhere, M, "The national clock starts with the referral to the consultant-led service.";
    /// An attendance.
    Attended, M, "An appointment that is neither treatment nor a decision leaves the clock as it is.";
    /// Nothing to do.
    NoEffect, M, "The clock is not in a state that this changes.";
}

#[cfg(test)]
mod tests {
    use super::StopReason;

    #[test]
    fn the_status_codes_are_those_of_the_data_dictionary() {
        let codes = [
            (StopReason::Treatment, &[30][..]),
            (StopReason::MonitoringByPatient, &[31]),
            (StopReason::MonitoringByClinician, &[32]),
            (StopReason::NotTreated, &[34]),
            (StopReason::Declined, &[35]),
            (StopReason::Died, &[36]),
        ];
        for (reason, expected) in codes {
            assert_eq!(reason.status_codes(), expected);
        }
    }
}
