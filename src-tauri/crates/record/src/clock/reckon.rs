//! The state machine: one event after another.

use jiff::civil::Date;

use super::event::{Happening, Monitoring};
use super::reading::{Missing, MissingDate, Reading, State, Wait};
use super::{Configuration, End, MissedFollowUp, Period, Rule, Service, Step, StopReason};

pub(super) struct Reckoning {
    configuration: Configuration,
    today: Date,
    periods: Vec<Period>,
    steps: Vec<Step>,
    missing: Vec<Missing>,
    /// The patient came once, nobody knows when: whether a miss is the first cannot be told.
    attended_some_day: bool,
    /// A referral was received, nobody knows when.
    start_undated: bool,
    /// Whether the patient has come since the clock started: a miss is then a later one.
    has_attended: bool,
    /// The last missed later appointment with notice shown, which a discharge may follow.
    missed_later: Option<Date>,
    starts_elsewhere: Option<Date>,
}

impl Reckoning {
    pub(super) fn new(configuration: Configuration, today: Date, attended_some_day: bool) -> Self {
        Self {
            configuration,
            today,
            periods: Vec::new(),
            steps: Vec::new(),
            missing: Vec::new(),
            attended_some_day,
            start_undated: false,
            has_attended: false,
            missed_later: None,
            starts_elsewhere: None,
        }
    }

    pub(super) fn take(&mut self, on: Date, event: usize, what: Happening) {
        let rule = self.apply(on, what);
        if rule == Rule::StopNotTold && what.told().is_none() {
            self.miss(event, MissingDate::Told);
        }
        self.steps.push(Step {
            on: Some(on),
            event,
            rule,
        });
    }

    /// An event without a day. It may have started or stopped a clock; which wait that makes would
    /// be a guess.
    pub(super) fn take_undated(&mut self, event: usize, what: Happening) {
        self.miss(event, MissingDate::Day);
        let is_start = what == Happening::ReferralReceived;
        self.start_undated |= is_start;
        let rule = if is_start {
            Rule::UndatedStart
        } else {
            Rule::Undated
        };
        self.steps.push(Step {
            on: None,
            event,
            rule,
        });
    }

    fn miss(&mut self, event: usize, date: MissingDate) {
        self.missing.push(Missing { event, date });
    }

    fn apply(&mut self, on: Date, what: Happening) -> Rule {
        match what {
            Happening::ReferralReceived => self.referred(on),
            Happening::Attended => self.attended(),
            Happening::Missed { notice_shown } => self.missed(on, notice_shown),
            Happening::Cancelled => Rule::Cancelled,
            Happening::Rebooked => self.start_if(self.is_nullified(), on, Rule::StartRebooked),
            Happening::DischargedAfterMissing { safe, told } => self.discharged(on, safe, told),
            Happening::FirstTreatment => self.stop(on, StopReason::Treatment),
            Happening::InterimRelief => Rule::InterimRelief,
            Happening::Diagnostics => Rule::Diagnostics,
            Happening::ActiveMonitoring {
                by: Monitoring::Patient,
                told,
            } => self.stop_told(on, StopReason::MonitoringByPatient, told),
            Happening::ActiveMonitoring {
                by: Monitoring::Clinician,
                told,
            } => self.stop_told(on, StopReason::MonitoringByClinician, told),
            Happening::DecisionToTreat => {
                self.start_if(self.is_monitored(), on, Rule::StartAfterMonitoring)
            }
            Happening::NewTreatmentDecided => {
                self.start_if(self.is_stopped(), on, Rule::StartNewTreatment)
            }
            Happening::SecondSideReady => {
                self.start_if(self.is_stopped(), on, Rule::StartSecondSide)
            }
            Happening::DecisionNotToTreat { told } | Happening::ReturnedToPrimaryCare { told } => {
                self.stop_told(on, StopReason::NotTreated, told)
            }
            Happening::Declined { told } => self.stop_told(on, StopReason::Declined, told),
            Happening::Died => self.stop(on, StopReason::Died),
            Happening::PatientDelay => Rule::NoPause,
            Happening::TransferredToConsultantLed => self.transferred(on),
        }
    }

    fn referred(&mut self, on: Date) -> Rule {
        match self.periods.last() {
            None => self.start(on, Rule::StartReferral),
            Some(period) if period.end.is_some() => self.start(on, Rule::StartReReferral),
            Some(_) => Rule::NoEffect,
        }
    }

    fn attended(&mut self) -> Rule {
        self.has_attended = true;
        Rule::Attended
    }

    fn missed(&mut self, on: Date, notice_shown: bool) -> Rule {
        if !self.is_running() {
            return Rule::NoEffect;
        }
        if !notice_shown {
            return Rule::MissedWithoutNotice;
        }
        if !self.has_attended && self.attended_some_day {
            return Rule::MissedOrderUnknown;
        }
        if self.has_attended {
            self.missed_later = Some(on);
            return Rule::MissedLater;
        }
        self.end(End::Nullified(on));
        Rule::Nullified
    }

    fn discharged(&mut self, on: Date, safe: bool, told: Option<Date>) -> Rule {
        if !self.is_running() {
            return Rule::NoEffect;
        }
        let Some(missed) = self.missed_later.filter(|_| safe) else {
            return Rule::UnsafeDischarge;
        };
        let stop = match self.configuration.missed_follow_up {
            MissedFollowUp::Discharge => on,
            MissedFollowUp::Appointment => missed,
        };
        self.stop_told(stop, StopReason::DischargedAfterMissing, told)
    }

    fn transferred(&mut self, on: Date) -> Rule {
        if self.configuration.service == Service::Community {
            self.starts_elsewhere.get_or_insert(on);
            return Rule::StartsElsewhere;
        }
        Rule::Transferred
    }

    fn stop_told(&mut self, on: Date, reason: StopReason, told: Option<Date>) -> Rule {
        if self.is_running() && told.is_none_or(|told| told > self.today) {
            return Rule::StopNotTold;
        }
        self.stop(on, reason)
    }

    fn stop(&mut self, on: Date, reason: StopReason) -> Rule {
        if !self.is_running() {
            return Rule::NoEffect;
        }
        self.end(End::Stopped { on, reason });
        reason.rule()
    }

    fn start_if(&mut self, ready: bool, on: Date, rule: Rule) -> Rule {
        if ready {
            self.start(on, rule)
        } else {
            Rule::NoEffect
        }
    }

    fn start(&mut self, on: Date, rule: Rule) -> Rule {
        self.periods.push(Period {
            start: on,
            started_by: rule,
            end: None,
        });
        self.has_attended = false;
        self.missed_later = None;
        rule
    }

    fn end(&mut self, end: End) {
        if let Some(period) = self.periods.last_mut() {
            period.end = Some(end);
        }
    }

    fn last_end(&self) -> Option<End> {
        self.periods.last().and_then(|period| period.end)
    }

    fn is_running(&self) -> bool {
        self.periods
            .last()
            .is_some_and(|period| period.end.is_none())
    }

    fn is_nullified(&self) -> bool {
        matches!(self.last_end(), Some(End::Nullified(_)))
    }

    fn is_stopped(&self) -> bool {
        matches!(self.last_end(), Some(End::Stopped { .. }))
    }

    fn is_monitored(&self) -> bool {
        matches!(
            self.last_end(),
            Some(End::Stopped {
                reason: StopReason::MonitoringByPatient | StopReason::MonitoringByClinician,
                ..
            })
        )
    }

    pub(super) fn reading(self) -> Reading {
        let national = match self.periods.last() {
            Some(period) => standing(period, self.today),
            None if self.start_undated => State::StartNotKnown,
            None => State::NotStarted,
        };
        let is_community = self.configuration.service == Service::Community;
        let state = if is_community {
            self.local(national)
        } else {
            national
        };
        Reading {
            state,
            periods: self.periods,
            steps: self.steps,
            missing: self.missing,
            returned_nationally: self.configuration.returned_nationally && !is_community,
        }
    }

    /// The local wait of a service without a national clock.
    fn local(&self, national: State) -> State {
        let (local, runs) = match national {
            State::Running(wait) => (Some(wait), true),
            State::Stopped { wait, .. } => (Some(wait), false),
            _ => (None, false),
        };
        State::NoNationalClock {
            local,
            runs,
            starts_elsewhere: self.starts_elsewhere,
        }
    }
}

fn standing(period: &Period, today: Date) -> State {
    match period.end {
        None => State::Running(Wait::between(period.start, today)),
        Some(End::Stopped { on, reason }) => State::Stopped {
            wait: Wait::between(period.start, on),
            on,
            reason,
        },
        Some(End::Nullified(on)) => State::Nullified {
            start: period.start,
            on,
        },
    }
}
