//! What the worklist and the search know of a patient without opening the record.
//!
//! A summary is derived from the case whenever something is written, kept beside the journal in the
//! same transaction, and can be made again from it. It holds no day-dependent words: those are made
//! when the list is drawn.

mod awaits;
mod gathered;
mod opinions;
mod session;
mod stage;
mod tasks;

pub(crate) use awaits::{AWAITS, Step, StepKind, UNOPENED, Unopened};
pub(crate) use gathered::owner_item;
pub(crate) use opinions::{OpinionListed, OpinionState, of_role, of_staff};
pub(crate) use session::SignedInSession;
pub(crate) use stage::Stage;
pub(crate) use tasks::{ASKED, SummaryEnquiry, SummaryTask, WITH_TASKS, reply_item};

use std::collections::BTreeMap;

use assessment::ruleset::Urgency;
use jiff::ToSpan;
use jiff::civil::Date;
use record::id::SiteId;
use record::moment::Moment;
use serde::{Deserialize, Serialize};
use store::{KnownBy, Standing, Summary};

use crate::case::{Case, Died};
use crate::clock::{ClockEvent, events_of};
use crate::known_by::{former_names, known_by};
use crate::refusal::Refusal;
use crate::words;

use gathered::{
    actions, appointments, asked_urgency, days, decide_again, decided, items, owner, owner_staff,
    site,
};
use stage::Course;

/// Days in which each step is taken after the one before. A design decision, for the service to set.
const STEP_WITHIN_DAYS: i32 = 7;

/// Later than any day.
const NEVER: &str = "9999-12-31";

/// One patient in lists.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the list by itself"
)]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PatientSummary {
    pub(crate) patient: String,
    pub(crate) family: String,
    pub(crate) given: String,
    pub(crate) title: String,
    pub(crate) born: Option<Date>,
    /// Ten digits or empty.
    pub(crate) nhs_number: String,
    /// NHS numbers that stand no more, ten digits each.
    pub(crate) former_numbers: Vec<String>,
    pub(crate) place: String,
    /// Family names the patient had before.
    pub(crate) former: Vec<String>,
    pub(crate) died: Option<Died>,
    pub(crate) stage: Stage,
    /// The day it came to this stage.
    pub(crate) since: Option<Date>,
    /// What a clinician signed, else what the referral or the open warning signs say.
    pub(crate) urgency: Option<Urgency>,
    pub(crate) urgency_signed: bool,
    /// What the waiting-time clock stands on.
    pub(crate) clock: Vec<ClockEvent>,
    pub(crate) appointments: Vec<(Date, String, String)>,
    pub(crate) review: Option<Date>,
    pub(crate) missing: Vec<String>,
    pub(crate) owner: String,
    /// Whose case it is, where it was given to somebody or waits for a supervisor.
    pub(crate) owner_staff: Option<String>,
    /// What a doctor in training decided waits for a supervisor.
    pub(crate) to_countersign: bool,
    /// A warning sign, an allergy or a medicine is unverified.
    pub(crate) unverified: bool,
    /// The site whose patient it is; none before anything is written.
    pub(crate) site: Option<SiteId>,
    pub(crate) actions: Vec<SummaryAction>,
    /// The hub raised the urgency and nobody at the spoke has opened it.
    pub(crate) unopened: Option<Unopened>,
    /// Steps that somebody waits for.
    pub(crate) steps: Vec<Step>,
    /// Newest first.
    pub(crate) assessments: Vec<String>,
    pub(crate) conflict: bool,
    /// Why a signed decision came back to be looked at again.
    #[serde(default)]
    pub(crate) again: Option<String>,
    /// Until when the assessment that waits to be signed is put aside in review sessions. Left out
    /// where there is none, so that rows of before are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) aside: Option<Date>,
    /// Who has looked at the assessment that waits to be signed, each with their last entry there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) looked: BTreeMap<String, String>,
    /// How the decision that is acted on was signed, where that was in a review session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signed_in_session: Option<SignedInSession>,
    /// Second opinions that are asked for or were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) opinions: Vec<OpinionListed>,
    /// What was decided is hidden from whoever the list is drawn for.
    #[serde(skip)]
    pub(crate) veiled: bool,
    pub(crate) last_written: Option<Moment>,
    /// Tasks that are open. Left out of the row where there is none, as it is in earlier rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tasks: Vec<SummaryTask>,
    /// What the spoke was asked, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) enquiries: Vec<SummaryEnquiry>,
    /// Kept in columns of their own, for finding.
    #[serde(skip)]
    pub(crate) known_by: KnownBy,
}

/// A red action in a summary.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SummaryAction {
    pub(crate) id: String,
    pub(crate) what: String,
    pub(crate) route: String,
    pub(crate) assessment: Option<String>,
    pub(crate) since: Moment,
}

fn is_booked(case: &Case, today: Date) -> bool {
    let mut booked = case.appointments().into_iter();
    booked.any(|slot| words::iso(&slot.date).is_some_and(|date| date >= today))
}

impl PatientSummary {
    /// A patient's summary as of a day.
    pub(crate) fn of(case: &Case, today: Date) -> Self {
        let identity = case.identity();
        let assessments = case.assessments();
        let referrals = case.referrals();
        let newest = assessments.first();
        let decided = decided(case);
        let plan = decided.map(|(id, _)| case.plan(id)).unwrap_or_default();
        let waiting = newest.and_then(|facts| case.supervised(facts.id));
        let owner_staff = owner_staff(case, waiting.as_ref());
        let received = referrals
            .first()
            .and_then(|found| words::iso(&found.body.received));
        let missing = referrals
            .first()
            .map(|found| crate::intake::missing_of(identity, found.body))
            .unwrap_or_default();
        let again = newest.and_then(|facts| decide_again(case, facts.id));
        let unopened = Unopened::of(case);
        let steps = Step::all(case, today);
        let opinions = OpinionListed::all(case);
        let (tasks, enquiries) = (SummaryTask::all(case), SummaryEnquiry::all(case));
        let course = Course {
            newest,
            decided,
            plan: &plan,
            again: again.is_some(),
            incomplete: !missing.is_empty(),
            received,
            booked: is_booked(case, today),
        };
        let (stage, since) = course.stage();
        let to_sign = newest.filter(|_| stage == Stage::ToSign);
        Self {
            patient: case.patient.to_string(),
            former: former_names(case, identity),
            known_by: KnownBy {
                items: items(
                    case,
                    owner_staff.as_deref(),
                    unopened.is_some(),
                    !steps.is_empty(),
                    &opinions,
                )
                .into_iter()
                .chain(tasks::items(&tasks, &enquiries))
                .collect(),
                days: days(case),
                ..known_by(case)
            },
            family: identity.family.clone(),
            given: identity.given.clone(),
            title: identity.title.clone(),
            born: identity.born,
            nhs_number: identity
                .nhs_number
                .as_ref()
                .map(record::nhs_number::NhsNumber::digits)
                .unwrap_or_default(),
            place: identity.address.clone(),
            died: identity.died.clone(),
            former_numbers: identity.former_numbers.clone(),
            stage,
            since,
            urgency: decided
                .and_then(|(id, _)| case.urgency_acted_on(id))
                .or_else(|| asked_urgency(case, today)),
            urgency_signed: decided.is_some(),
            clock: events_of(case),
            appointments: appointments(case),
            review: plan.texts.get("review").and_then(|text| words::iso(text)),
            missing,
            owner: owner(case),
            owner_staff,
            to_countersign: waiting.is_some(),
            unverified: !case.unverified().is_empty(),
            site: site(case),
            actions: actions(case),
            unopened,
            steps,
            tasks,
            enquiries,
            assessments: assessments
                .iter()
                .map(|facts| facts.id.to_string())
                .collect(),
            conflict: identity.conflict.is_some() || !case.conflicts().is_empty(),
            again,
            aside: to_sign.and_then(|facts| Some(case.aside(facts.id)?.until)),
            looked: to_sign.map_or_else(BTreeMap::new, |facts| case.looked(facts.id)),
            signed_in_session: SignedInSession::of(case),
            opinions,
            veiled: false,
            last_written: case
                .record
                .timeline()
                .last()
                .map(|placed| placed.entry.claimed),
        }
    }

    /// The summary that is kept. It is as of the day of the patient's last entry, so that making it
    /// again on another day gives the same row.
    pub(crate) fn row_of(case: &Case) -> Result<Summary, Refusal> {
        let last = case.record.timeline().last().map(|last| last.entry.claimed);
        let day = last.map_or(Date::MIN, |claimed| claimed.local().date());
        Self::of(case, day).to_row()
    }

    /// `NDLOVU, Thabo (Mr)`.
    pub(crate) fn listed_name(family: &str, given: &str, title: &str) -> String {
        let given = if given.is_empty() {
            String::new()
        } else {
            format!(", {given}")
        };
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" ({title})")
        };
        format!("{}{given}{title}", family.to_uppercase())
    }

    /// The row that is kept.
    pub(crate) fn to_row(&self) -> Result<Summary, Refusal> {
        let json = serde_json::to_string(self)
            .map_err(|_| Refusal::plain("This patient's summary could not be made. Try again."))?;
        Ok(Summary {
            patient: crate::desk::patient_id(&self.patient)?,
            known_by: self.known_by.clone(),
            standing: self.standing(),
            json,
        })
    }

    fn standing(&self) -> Standing {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Standing {
            // Nobody waits for the dead. What is still open about them is a red action.
            list: match self.died {
                Some(_) => "died".into(),
                None => self.stage.list().into(),
            },
            priority: self.rank(),
            due: day(self.soonest()),
            rests_until: self.rests_until(),
            breach: day(self.breaches_on().filter(|_| self.died.is_none())),
            red: !self.actions.is_empty(),
            written: self
                .last_written
                .map(|moment| format!("{:.3}", moment.at()))
                .unwrap_or_default(),
        }
    }

    /// The day from which there is something to do; empty when there is now.
    fn rests_until(&self) -> String {
        let resting = |until: Option<Date>| until.map_or(NEVER.into(), |day| day.to_string());
        match self.stage {
            _ if self.died.is_some() => NEVER.into(),
            _ if !self.actions.is_empty() => String::new(),
            Stage::FollowUp => resting(self.review),
            Stage::Booked => self.due().map(|day| day.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The row as it was kept.
    pub(crate) fn from_row(row: &Summary) -> Option<Self> {
        let summary: Self = serde_json::from_str(&row.json).ok()?;
        Some(Self {
            known_by: row.known_by.clone(),
            ..summary
        })
    }

    /// Red actions first, then urgency; what nobody knows yet stands between soon and routine, so
    /// that it is neither forgotten nor in the way.
    pub(crate) fn rank(&self) -> u8 {
        if !self.actions.is_empty() {
            return 0;
        }
        match self.urgency {
            Some(urgency) => crate::decide::rank(urgency),
            None => crate::decide::rank(Urgency::Soon) + 1,
        }
    }

    /// What comes first, by which equals are put in order: when the next step is due, or the last
    /// day within 18 weeks.
    pub(crate) fn soonest(&self) -> Option<Date> {
        let last_within = self.breaches_on().and_then(|day| day.yesterday().ok());
        [self.due(), last_within].into_iter().flatten().min()
    }

    /// The first day past 18 weeks of a wait that runs. Which kind of service it is changes what
    /// such a wait is called, never how long it is: so no setting is asked for here.
    pub(crate) fn breaches_on(&self) -> Option<Date> {
        let events = &self.clock;
        let days = events.iter().flat_map(|event| [event.on, event.told]);
        let last = days.flatten().max()?;
        crate::clock::read(events, crate::clock::UNSET, last).breaches_on()
    }

    /// When the next step is due: the review of a plan, the appointment, else some days after it
    /// came to this stage; at once for what cannot wait for another day.
    pub(crate) fn due(&self) -> Option<Date> {
        let appointment = self.appointments.iter().map(|(date, _, _)| *date).max();
        let days = match self.urgency {
            Some(urgency) if urgency <= Urgency::SameDay => 0,
            _ => STEP_WITHIN_DAYS,
        };
        let usual = self.since.map(|since| since.saturating_add(days.days()));
        match self.stage {
            Stage::FollowUp => self.review,
            Stage::Booked | Stage::Assessing => appointment.max(self.since),
            _ => usual,
        }
    }
}
