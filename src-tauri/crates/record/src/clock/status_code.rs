//! The national referral-to-treatment status codes, as data. They classify; they do not decide.

/// What an activity of that code does to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A clock starts.
    Starts,
    /// The clock runs on.
    RunsOn,
    /// The clock stops.
    Stops,
    /// The clock is nullified, and only where it is shown that the patient was told of the
    /// appointment.
    Nullifies,
    /// There is no clock that it belongs to.
    NoClock,
    /// Nobody can tell.
    NotKnown,
}

/// One status code. Confidence V2 throughout: NHS England, how to measure referral to treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusCode {
    /// Two digits.
    pub code: u8,
    /// In words.
    pub words: &'static str,
    /// What it does.
    pub effect: Effect,
}

/// Every code, ascending.
pub const STATUS_CODES: &[StatusCode] = &[
    code(10, "First activity of the pathway", Effect::Starts),
    code(11, "First activity after active monitoring", Effect::Starts),
    code(
        12,
        "Consultant referral for a separate condition",
        Effect::Starts,
    ),
    code(20, "Subsequent activity, more to come", Effect::RunsOn),
    code(21, "Transfer to another provider", Effect::RunsOn),
    code(30, "First treatment", Effect::Stops),
    code(31, "Active monitoring begun by the patient", Effect::Stops),
    code(
        32,
        "Active monitoring begun by the clinician",
        Effect::Stops,
    ),
    code(
        33,
        "Did not attend the first care activity",
        Effect::Nullifies,
    ),
    code(34, "Decision not to treat", Effect::Stops),
    code(35, "Patient declined treatment", Effect::Stops),
    code(36, "Patient died", Effect::Stops),
    code(90, "After treatment", Effect::NoClock),
    code(91, "During active monitoring", Effect::NoClock),
    code(92, "Not yet referred: tests by the GP", Effect::NoClock),
    code(98, "Not applicable", Effect::NoClock),
    code(99, "Not known", Effect::NotKnown),
];

const fn code(code: u8, words: &'static str, effect: Effect) -> StatusCode {
    StatusCode {
        code,
        words,
        effect,
    }
}

impl StatusCode {
    /// The code of that number.
    pub fn of(code: u8) -> Option<&'static Self> {
        STATUS_CODES.iter().find(|known| known.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::{Effect, STATUS_CODES, StatusCode};
    use crate::clock::StopReason;

    #[test]
    fn the_table_holds_every_code_once_in_order_with_its_effect() {
        let codes: Vec<u8> = STATUS_CODES.iter().map(|known| known.code).collect();
        let all = [
            10, 11, 12, 20, 21, 30, 31, 32, 33, 34, 35, 36, 90, 91, 92, 98, 99,
        ];
        assert_eq!(codes, all);
        let with = |effect| -> Vec<u8> {
            let found = STATUS_CODES.iter().filter(|known| known.effect == effect);
            found.map(|known| known.code).collect()
        };
        assert_eq!(with(Effect::Starts), [10, 11, 12]);
        assert_eq!(with(Effect::RunsOn), [20, 21]);
        assert_eq!(with(Effect::Stops), [30, 31, 32, 34, 35, 36]);
        assert_eq!(with(Effect::Nullifies), [33]);
        assert_eq!(StatusCode::of(13), None);
    }

    #[test]
    fn every_stop_has_a_code_that_stops_a_clock() {
        for reason in [
            StopReason::Treatment,
            StopReason::MonitoringByPatient,
            StopReason::MonitoringByClinician,
            StopReason::NotTreated,
            StopReason::Declined,
            StopReason::DischargedAfterMissing,
            StopReason::Died,
        ] {
            let stops = |code: &u8| StatusCode::of(*code).map(|known| known.effect);
            let codes = reason.status_codes();
            assert!(
                codes.iter().any(|code| stops(code) == Some(Effect::Stops)),
                "{reason:?}"
            );
        }
    }
}
