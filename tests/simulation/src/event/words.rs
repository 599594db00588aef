//! Events as people say them.

use std::fmt;

use super::{Event, Fate, Node, Timed, What};

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Laptop(number) => write!(f, "laptop {number}"),
            Self::Server(number) => write!(f, "hub server {number}"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Register => "a new patient",
            Self::Value => "a value",
            Self::Newer => "a value of a newer version",
            Self::Decision => "a signed decision",
            Self::Emergency => "an emergency",
            Self::Look => "an audit entry",
        })
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fine => f.write_str("fine"),
            Self::Lost => f.write_str("request lost"),
            Self::AnswerLost => f.write_str("answer lost"),
            Self::Twice(minutes) => write!(f, "again after {minutes} min"),
            Self::Late(minutes) => write!(f, "{minutes} min late"),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write {
                laptop,
                patient,
                slot,
                what,
            } => write!(
                f,
                "laptop {laptop} writes {what} (patient {patient}, slot {slot})"
            ),
            Self::Exchange {
                laptop,
                server,
                rate,
                weather,
            } => {
                write!(
                    f,
                    "laptop {laptop} exchanges with hub server {server} at {rate} B/s"
                )?;
                weather.iter().try_for_each(|fate| write!(f, ", {fate}"))
            }
            Self::Partition { laptop, hours } => {
                write!(f, "laptop {laptop} is cut off for {hours} h")
            }
            Self::Crash {
                node,
                writes,
                kept,
                minutes,
            } => {
                let kept = if *kept { "kept" } else { "not kept" };
                write!(
                    f,
                    "{node} crashes after {writes} more writes, the next {kept}, for {minutes} min"
                )
            }
            Self::Copy { laptop } => write!(f, "laptop {laptop}'s disk is copied"),
            Self::Backup { node } => write!(f, "{node} is backed up"),
            Self::PutBack { node } => write!(f, "{node} is put back to its last backup"),
            Self::Lose { laptop } => write!(f, "laptop {laptop} is lost for good"),
            Self::Carry {
                from,
                to,
                hours,
                damaged,
            } => {
                let damaged = if *damaged { "damaged " } else { "" };
                write!(
                    f,
                    "a {damaged}stick from laptop {from} is read {hours} h later at laptop {to}"
                )
            }
            Self::Revoke { laptop, minutes } => {
                write!(
                    f,
                    "laptop {laptop} is revoked, and blocked {minutes} min later"
                )
            }
            Self::Pry { laptop, server } => {
                write!(f, "laptop {laptop} pries at hub server {server}")
            }
            Self::Join { spoke } => write!(f, "a laptop joins at spoke {spoke}"),
            Self::Clock { laptop, years } => {
                write!(f, "laptop {laptop}'s clock is set wrong by {years} years")
            }
            Self::Program { laptop, newer } => write!(
                f,
                "laptop {laptop} gets a program whose exchange is {newer} versions newer"
            ),
        }
    }
}

impl fmt::Display for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Clock(self.at), self.event)
    }
}

/// Seconds since the service began, as people say them.
pub(crate) struct Clock(pub(crate) u64);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, second) = (self.0 / 86_400 + 1, self.0 % 86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "day {day:>2} {hour:02}:{minute:02}:{second:02}")
    }
}
