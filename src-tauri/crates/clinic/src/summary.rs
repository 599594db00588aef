//! What the worklist and the search know of a patient without opening the record.
//!
//! A summary is derived from the case whenever something is written, kept beside the journal in the
//! same transaction, and can be made again from it. It holds no day-dependent words: those are made
//! when the list is drawn.

mod awaits;

pub(crate) use awaits::{AWAITS, Step, StepKind, UNOPENED, Unopened};

use assessment::ruleset::Urgency;
use jiff::ToSpan;
use jiff::civil::Date;
use record::body::Decided;
use record::body::{Appointment as AppointmentBody, HandedOver, SupervisedDecision};
use record::id::{ItemId, SiteId};
use record::moment::Moment;
use serde::{Deserialize, Serialize};
use store::{KnownBy, Standing, Summary};

use crate::case::{Case, Died, Found, Held, slots};
use crate::clock::{ClockEvent, events_of};
use crate::known_by::{former_names, known_by, same_as};
use crate::refusal::Refusal;
use crate::words;

/// Days in which each step is taken after the one before. A design decision, for the service to set.
const STEP_WITHIN_DAYS: i32 = 7;

/// Where a patient stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stage {
    /// A referral has come and something is missing from it.
    ReferralIncomplete,
    /// A referral has come.
    Referral,
    /// An appointment is made.
    Booked,
    /// Questions are being asked.
    Assessing,
    /// Finished, not signed.
    ToSign,
    /// Signed, the plan is to be written and agreed.
    ToPlan,
    /// Agreed, to be handed over.
    ToGive,
    /// The patient has the plan.
    FollowUp,
}

impl Stage {
    /// The list of the worklist that holds it; empty for those between lists.
    fn list(self) -> &'static str {
        match self {
            Self::ReferralIncomplete | Self::Referral => "referrals",
            Self::Booked | Self::Assessing => "assessments",
            Self::ToSign => "to-sign",
            Self::FollowUp => "follow-up",
            Self::ToPlan | Self::ToGive => "",
        }
    }
}

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
    pub(crate) last_written: Option<Moment>,
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

impl PatientSummary {
    /// A patient's summary as of a day.
    pub(crate) fn of(case: &Case, today: Date) -> Self {
        let identity = case.identity();
        let assessments = case.assessments();
        let referrals = case.referrals();
        let newest = assessments.first();
        let decided = decided(case);
        let decision = decided.as_ref().map(|(_, body, _)| body);
        let plan = decided
            .as_ref()
            .map(|(id, _, _)| case.plan(*id))
            .unwrap_or_default();
        let waiting = newest.and_then(|facts| case.supervised(facts.id));
        let owner_staff = owner_staff(case, waiting.as_ref());
        let given_on = plan.given.as_ref().map(|(_, moment)| moment.local().date());
        let received = referrals
            .first()
            .and_then(|found| words::iso(&found.body.received));
        let missing = referrals
            .first()
            .map(|found| crate::intake::missing_of(identity, found.body))
            .unwrap_or_default();
        let on_newest = decided
            .as_ref()
            .is_some_and(|(id, _, _)| Some(*id) == newest.map(|facts| facts.id));
        let again = newest.and_then(|facts| decide_again(case, facts.id));
        let unopened = Unopened::of(case);
        let steps = Step::all(case);
        let booked = case
            .appointments()
            .iter()
            .any(|slot| words::iso(&slot.date).is_some_and(|date| date >= today));
        let (stage, since) = match (newest, &decided) {
            (_, Some((_, _, day))) if on_newest && again.is_some() => (Stage::ToSign, Some(*day)),
            _ if plan.given.is_some() => (Stage::FollowUp, given_on),
            (_, Some((_, _, day))) if on_newest => match &plan.agreed {
                Some((_, when)) if plan.is_agreed() => (Stage::ToGive, Some(when.local().date())),
                _ => (Stage::ToPlan, Some(*day)),
            },
            (Some(facts), _) => match facts.finished {
                Some(finished) => (Stage::ToSign, Some(finished.local().date())),
                None => (Stage::Assessing, Some(facts.started.local().date())),
            },
            (None, _) if !missing.is_empty() => (Stage::ReferralIncomplete, received),
            (None, _) if booked => (Stage::Booked, received),
            (None, _) => (Stage::Referral, received),
        };
        Self {
            patient: case.patient.to_string(),
            former: former_names(case, identity),
            known_by: KnownBy {
                items: items(
                    case,
                    owner_staff.as_deref(),
                    unopened.is_some(),
                    !steps.is_empty(),
                ),
                days: appointments(case)
                    .iter()
                    .map(|(day, _, _)| day.to_string())
                    .collect(),
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
            urgency: decision
                .and_then(|signed| crate::decide::urgency_of(&signed.urgency))
                .or_else(|| asked_urgency(case, today)),
            urgency_signed: decision.is_some(),
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
            assessments: assessments
                .iter()
                .map(|facts| facts.id.to_string())
                .collect(),
            conflict: identity.conflict.is_some() || !case.conflicts().is_empty(),
            again,
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

/// Signs present in the letter or recorded make it the most urgent they carry until a clinician
/// signs; else what the referrer asked for.
fn asked_urgency(case: &Case, today: Date) -> Option<Urgency> {
    let signs = crate::route::open_signs(case, today);
    let from_signs = signs
        .iter()
        .map(|sign| sign.urgency)
        .min_by_key(|urgency| crate::decide::rank(*urgency));
    from_signs.or_else(|| {
        let asked = case
            .referrals()
            .first()
            .map(|found| found.body.asked_urgency.clone())?;
        crate::decide::urgency_of(&asked)
    })
}

/// The newest decision that is acted on, its assessment and its day.
fn decided(case: &Case) -> Option<(ItemId, Decided, Date)> {
    case.assessments().iter().find_map(|facts| {
        let found = case.acted_on(facts.id)?;
        let day = found.placed.entry.claimed.local().date();
        Some((facts.id, found.body.decided.clone(), day))
    })
}

/// What was signed is looked at again when two decisions did not see each other, or when one did
/// not see a warning sign, a medicine, an allergy or who the patient is.
fn decide_again(case: &Case, assessment: ItemId) -> Option<String> {
    let decision = case.acted_on(assessment)?;
    if case.decision(assessment).is_unsettled() {
        return Some("Two decisions did not see each other: sign one that saw both".to_owned());
    }
    let unseen = crate::decide::not_seen(case, decision.placed);
    (!unseen.is_empty()).then(|| {
        format!(
            "Decide again: made without seeing {}",
            words::listed(&unseen)
        )
    })
}

fn appointments(case: &Case) -> Vec<(Date, String, String)> {
    case.appointments()
        .into_iter()
        .filter_map(|slot| words::iso(&slot.date).map(|date| (date, slot.time, slot.purpose)))
        .collect()
}

/// Under what else a patient is found: their assessments, whoever has the case, what is awaited.
fn items(case: &Case, owner_staff: Option<&str>, unopened: bool, awaits: bool) -> Vec<String> {
    let assessments = case.assessments().iter();
    assessments
        .map(|facts| facts.id.to_string())
        .chain(Some(owner_item(owner_staff.unwrap_or(&owner(case)))))
        .chain(unopened.then(|| UNOPENED.to_owned()))
        .chain(awaits.then(|| AWAITS.to_owned()))
        .chain(same_as(case))
        .collect()
}

/// The item under which whatever belongs to somebody is found: by their id, or by their name where
/// an appointment says no more.
pub(crate) fn owner_item(owner: &str) -> String {
    format!("owner/{owner}")
}

/// A supervisor who is asked to countersign, else whoever the case was given to after the last
/// appointment was made.
fn owner_staff(case: &Case, waiting: Option<&Found<'_, &SupervisedDecision>>) -> Option<String> {
    if let Some(waiting) = waiting {
        return Some(waiting.body.supervisor.to_string());
    }
    let held = case.held::<HandedOver>(slots::OWNER);
    let given = held
        .all()
        .iter()
        .max_by_key(|found| found.placed.entry.lamport)?;
    let later = case.under::<AppointmentBody>("appointment/");
    let later = later.iter().flat_map(Held::all).any(|found| {
        !found.body.with.is_empty() && found.placed.entry.lamport > given.placed.entry.lamport
    });
    (!later).then(|| given.body.to.to_string())
}

/// The site that keeps the record. In doubt the lowest, so that every device lists it alike.
fn site(case: &Case) -> Option<SiteId> {
    case.kept_at(case.patient).first().copied()
}

fn owner(case: &Case) -> String {
    case.appointments()
        .into_iter()
        .map(|slot| slot.with)
        .rfind(|with| !with.is_empty())
        .unwrap_or_default()
}

fn actions(case: &Case) -> Vec<SummaryAction> {
    case.open_actions()
        .into_iter()
        .map(|found| SummaryAction {
            id: found.body.action.to_string(),
            what: found.body.what.clone(),
            route: found.body.route.clone(),
            assessment: found.body.assessment.map(|id| id.to_string()),
            since: found.placed.entry.claimed,
        })
        .collect()
}
