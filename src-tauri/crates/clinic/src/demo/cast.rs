//! The people of the demo clinic, read from `assets/demo`.
//!
//! Everybody here is invented. The files say what their fields mean; these types say the same to
//! the compiler. Days are relative, and become dates against the day the demo is made.

mod assessed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use record::role::Role;
use serde::Deserialize;

pub(crate) use assessed::{Assessed, FollowUp};

/// Why the demo cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("The demo clinic's file {file} cannot be read: {source}")]
pub(crate) struct CastError {
    file: &'static str,
    source: toml::de::Error,
}

/// The service with its sites, staff and patients.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub(crate) clinic: DemoClinic,
    pub(crate) patients: Vec<Patient>,
}

/// The service, its sites and staff.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemoClinic {
    pub(crate) service: Service,
    /// Local emergency number by name, as the routes name them.
    pub(crate) numbers: BTreeMap<String, String>,
    #[serde(rename = "site")]
    pub(crate) sites: Vec<Site>,
    pub(crate) staff: Vec<Staff>,
}

/// The service as a whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) name: String,
    /// The passphrase of all staff; printed on purpose, since it keeps nothing.
    pub(crate) passphrase: String,
}

/// A place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Site {
    /// Short name, used in these files only.
    pub(crate) id: String,
    pub(crate) kind: SiteKind,
    pub(crate) name: String,
}

/// One hub, many spokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SiteKind {
    Hub,
    Spoke,
}

/// A member of staff.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Staff {
    /// Short name, used in these files only.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Where they work, and so where their signature counts.
    pub(crate) sites: Vec<String>,
}

/// How far a patient has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    ReferralNew,
    ReferralIncomplete,
    Booked,
    AssessmentStarted,
    AssessmentFinished,
    Signed,
    PlanAgreed,
    PlanGiven,
    FollowUp,
}

/// One invented patient. An empty text is not known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Patient {
    /// Short name, used in these files only.
    pub(crate) id: String,
    pub(crate) stage: Stage,
    pub(crate) site: String,
    pub(crate) family: String,
    #[serde(default)]
    pub(crate) given: String,
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) preferred: String,
    born: Option<Date>,
    born_days_ago: Option<i32>,
    pub(crate) gender: String,
    #[serde(default)]
    pub(crate) nhs_number: String,
    #[serde(default)]
    pub(crate) phone: String,
    pub(crate) address: String,
    #[serde(default)]
    pub(crate) needs: String,
    pub(crate) gp: String,
    pub(crate) referral: Referral,
    pub(crate) appointment: Option<Appointment>,
    pub(crate) assessment: Option<Assessed>,
    #[serde(default, rename = "route")]
    pub(crate) routes: Vec<Acted>,
    pub(crate) decision: Option<Decision>,
    pub(crate) plan: Option<Plan>,
    pub(crate) follow_up: Option<FollowUp>,
}

/// The referral that opened the pathway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Referral {
    pub(crate) received_days_ago: i32,
    #[serde(default)]
    pub(crate) referrer: String,
    #[serde(default)]
    pub(crate) asked_urgency: String,
    #[serde(default)]
    pub(crate) reason: String,
    #[serde(default)]
    pub(crate) letter: String,
    /// Warning signs the letter states as present. A letter never says absent.
    #[serde(default)]
    pub(crate) warning_signs: Vec<String>,
}

/// A place in a clinic list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Appointment {
    in_days: i32,
    /// HH:MM.
    pub(crate) time: String,
    pub(crate) purpose: String,
    /// Short name of the member of staff.
    pub(crate) with: String,
}

/// What was done about a warning sign.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acted {
    pub(crate) route: String,
    pub(crate) outcome: String,
    /// Field of the route's form -> text; `review` is days from the assessment, such as "+3".
    #[serde(default)]
    pub(crate) fields: BTreeMap<String, String>,
}

/// What a clinician signs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Decision {
    pub(crate) by: String,
    pub(crate) days_ago: i32,
    /// D01 to D19.
    pub(crate) lead: String,
    pub(crate) urgency: String,
    pub(crate) strands: Vec<String>,
    pub(crate) comment: String,
    /// The reason, where the decision differs from the proposal.
    pub(crate) if_different: String,
}

/// A plan agreed with the patient.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Plan {
    pub(crate) by: String,
    pub(crate) agreed_days_ago: i32,
    pub(crate) given_days_ago: Option<i32>,
    /// patient, carer or post.
    #[serde(default)]
    pub(crate) given_to: String,
    /// Counted from the day it was agreed.
    pub(crate) review_in_days: i32,
    pub(crate) present: Vec<String>,
    pub(crate) copies: String,
    /// What the patient left open; empty when all was agreed.
    #[serde(default)]
    pub(crate) not_agreed: String,
    /// Block id -> text, each line one item.
    pub(crate) blocks: BTreeMap<String, String>,
    #[serde(rename = "goal")]
    pub(crate) goals: Vec<Goal>,
}

/// A goal in the patient's words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Goal {
    pub(crate) text: String,
    /// Counted from the day the plan was agreed.
    pub(crate) in_days: i32,
    /// 0 to 10.
    pub(crate) confidence: u8,
}

impl Cast {
    /// Everybody who comes with the program.
    pub(crate) fn shipped() -> Result<Self, CastError> {
        const CLINIC: &str = include_str!("../../../../../assets/demo/clinic.toml");
        const PATIENTS: &str = include_str!("../../../../../assets/demo/patients.toml");
        let clinic = parsed("clinic.toml", CLINIC)?;
        let patients: Patients = parsed("patients.toml", PATIENTS)?;
        Ok(Self {
            clinic,
            patients: patients.patients,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patients {
    #[serde(rename = "patient")]
    patients: Vec<Patient>,
}

impl Patient {
    /// The date of birth; none when the referral did not say.
    pub(crate) fn born(&self, today: Date) -> Option<Date> {
        self.born
            .or_else(|| self.born_days_ago.map(|days| days_before(today, days)))
    }
}

impl Appointment {
    /// The day: today's clinic whatever the day of the week, later ones never at a weekend.
    pub(crate) fn date(&self, today: Date) -> Date {
        let day = days_after(today, self.in_days);
        match day.weekday() {
            _ if self.in_days == 0 => day,
            Weekday::Saturday => days_after(day, 2),
            Weekday::Sunday => days_after(day, 1),
            _ => day,
        }
    }
}

/// The day so many days before `day`.
pub(crate) fn days_before(day: Date, days: i32) -> Date {
    day.saturating_sub(days.days())
}

/// The day so many days after `day`.
pub(crate) fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

fn parsed<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, CastError> {
    toml::from_str(text).map_err(|source| CastError { file, source })
}
