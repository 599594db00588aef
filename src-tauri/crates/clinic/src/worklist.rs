//! The worklist, and finding a patient by part of a name or number.

use assessment::ruleset::Urgency;
use jiff::civil::Date;
use record::body::OpenAction as ActionBody;
use record::clock::{Configuration, Event, Happening, Led, MissedFollowUp, State, read};
use store::Filter;

use crate::case::Case;
use crate::decide::{tag, urgency_label};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::{PatientSummary, Stage};
use crate::view::{ClinicSlot, Hit, OpenAction, Opens, Tab, UrgencyTag, Wait, WorkRow, Worklist};
use crate::words;

/// Rows drawn at once: a thousand table rows take up to half a second in the window.
const ROWS: usize = 200;

const TABS: [(&str, &str); 6] = [
    ("to-do", "To do"),
    ("referrals", "New referrals"),
    ("assessments", "Assessments"),
    ("to-sign", "To sign"),
    ("follow-up", "Follow-up"),
    ("all", "All"),
];

/// One tab of the worklist.
pub fn worklist(
    desk: &mut Desk,
    tab: String,
    filter: String,
    all: bool,
) -> Result<Worklist, Refusal> {
    desk.allow(Act::Look)?;
    let today = desk.today();
    let me = desk.sitting()?.opened.name.clone();
    let summaries = desk.summaries()?;
    let tab = if TABS.iter().any(|(id, _)| *id == tab) {
        tab
    } else {
        "to-do".to_owned()
    };
    let tabs = TABS
        .iter()
        .map(|(id, label)| Tab {
            id: (*id).into(),
            label: (*label).into(),
            count: count(summaries.iter().filter(|s| belongs(s, id, today))),
        })
        .collect();
    let in_tab: Vec<&PatientSummary> = summaries
        .iter()
        .filter(|summary| belongs(summary, &tab, today))
        .collect();
    let wanted = words::folded(&filter);
    let matching: Vec<&&PatientSummary> = in_tab
        .iter()
        .filter(|summary| {
            wanted
                .split_whitespace()
                .all(|part| summary.search.contains(part))
        })
        .collect();
    let numbers = crate::door::local_numbers(desk)?;
    let rows = matching
        .iter()
        .take(if all { usize::MAX } else { ROWS })
        .map(|summary| row(summary, &summaries, today, &me))
        .collect();
    Ok(Worklist {
        tabs,
        tab,
        rows,
        matching: count(matching.iter()),
        total: count(in_tab.iter()),
        sorted: "sorted by priority, then due".into(),
        open_actions: summaries
            .iter()
            .flat_map(|summary| red_actions(summary, &numbers.hub))
            .collect(),
        today: todays_clinic(&summaries, today),
        today_label: words::weekday_date(today),
        last_saved: summaries
            .iter()
            .filter_map(|summary| summary.last_written)
            .max()
            .map(words::clock_seconds),
        entries_kept: u32::try_from(desk.sitting()?.opened.store.lamport()?).unwrap_or(u32::MAX),
    })
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn belongs(summary: &PatientSummary, tab: &str, today: Date) -> bool {
    match tab {
        "referrals" => matches!(summary.stage, Stage::Referral | Stage::ReferralIncomplete),
        "assessments" => matches!(summary.stage, Stage::Booked | Stage::Assessing),
        "to-sign" => summary.stage == Stage::ToSign,
        "follow-up" => summary.stage == Stage::FollowUp,
        "all" => true,
        _ => {
            let resting = match summary.stage {
                Stage::FollowUp => summary.review.is_none_or(|review| review > today),
                Stage::Booked => summary.due().is_some_and(|due| due > today),
                _ => false,
            };
            summary.died.is_none() && (!resting || !summary.actions.is_empty())
        }
    }
}

fn row(summary: &PatientSummary, everybody: &[PatientSummary], today: Date, me: &str) -> WorkRow {
    let due = summary.due();
    let late = due
        .map(|due| (today - due).get_days())
        .filter(|days| *days > 0);
    WorkRow {
        patient: summary.patient.clone(),
        urgency: summary.urgency.map_or(UrgencyTag::NotKnown, tag),
        urgency_label: summary.urgency.map_or("Not known", short_label).into(),
        urgency_signed: summary.urgency_signed,
        family: summary.family.to_uppercase(),
        given: summary.given.clone(),
        title: if summary.title.is_empty() {
            String::new()
        } else {
            format!("({})", summary.title)
        },
        born: summary
            .born
            .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
        nhs_number: number(summary),
        similar_name: similar(summary, everybody),
        next_step: next_step(summary),
        stage: stage_words(summary.stage).into(),
        due: due.map_or_else(
            || "No date".into(),
            |due| {
                if due == today {
                    "Today".into()
                } else {
                    words::staff_date(due)
                }
            },
        ),
        late: late.map(|days| {
            format!(
                "{} late",
                words::count(usize::try_from(days).unwrap_or(0), "day", "days")
            )
        }),
        wait: wait(summary.received, summary.stopped, today),
        owner: if summary.owner.is_empty() {
            "Unassigned".into()
        } else if summary.owner == me {
            "You".into()
        } else {
            words::short_name(&summary.owner)
        },
        record_state: if summary.conflict {
            "Conflict".into()
        } else {
            "Kept".into()
        },
        opens: match summary.stage {
            Stage::Assessing => Opens::Assessment,
            Stage::ToSign => Opens::Result,
            Stage::ToPlan | Stage::ToGive => Opens::Plan,
            _ => Opens::Patient,
        },
        assessment: summary.assessments.first().cloned(),
    }
}

/// The urgency where there is room for two words.
fn short_label(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::CrisisOrSafeguardingNow => "Crisis now",
        Urgency::Within48Hours => "48 hours",
        Urgency::UrgentSuspectedCancer => "Cancer?",
        other => urgency_label(other),
    }
}

fn number(summary: &PatientSummary) -> String {
    summary
        .nhs_number
        .parse::<record::nhs_number::NhsNumber>()
        .map_or_else(|_| "No NHS number".into(), |number| number.to_string())
}

/// Same surname and a near birth date, or the same birth date and given name: easy to mistake.
fn similar(one: &PatientSummary, everybody: &[PatientSummary]) -> bool {
    everybody
        .iter()
        .any(|other| other.patient != one.patient && alike(one, other))
}

/// Days between birth dates that count as near. A design decision.
const NEAR_BIRTH_DAYS: i32 = 366;

pub(crate) fn alike(one: &PatientSummary, other: &PatientSummary) -> bool {
    let (a, b) = (one.likeness(), other.likeness());
    let (family, given) = (a.family == b.family, a.given == b.given);
    let address = !one.place.is_empty() && a.place == b.place;
    let near = match (one.born, other.born) {
        (Some(a), Some(b)) => (a - b).get_days().abs() <= NEAR_BIRTH_DAYS,
        _ => true,
    };
    let same_born = one.born.is_some() && one.born == other.born;
    family && (near || given || address) || same_born && given
}

fn next_step(summary: &PatientSummary) -> String {
    if let Some(action) = summary.actions.first() {
        return action_words(&action.what).into();
    }
    match summary.stage {
        Stage::ReferralIncomplete => format!(
            "Ask the referrer: {}",
            summary.missing.join(", ").to_lowercase()
        ),
        Stage::Referral => "Book a first appointment".into(),
        Stage::Booked => "Start the assessment".into(),
        Stage::Assessing => "Finish the assessment".into(),
        Stage::ToSign => "Read the proposal and sign a decision".into(),
        Stage::ToPlan => "Write the plan with the patient".into(),
        Stage::ToGive => "Give the plan to the patient".into(),
        Stage::FollowUp => "Review the plan".into(),
    }
}

pub(crate) fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::ReferralIncomplete => "Referral incomplete",
        Stage::Referral => "Referral received",
        Stage::Booked => "Appointment booked",
        Stage::Assessing => "Assessment in progress",
        Stage::ToSign => "Assessment finished",
        Stage::ToPlan => "Decision signed",
        Stage::ToGive => "Plan agreed",
        Stage::FollowUp => "Follow-up",
    }
}

/// What an open action says.
pub(crate) fn action_words(what: &str) -> &'static str {
    match what {
        "emergency-record" => "Acting now: record what was done",
        "safety-record" => "Safety record to be written",
        "hub-not-told" => "Hub NOT told",
        _ => "Open action",
    }
}

fn red_actions(summary: &PatientSummary, hub: &str) -> Vec<OpenAction> {
    summary
        .actions
        .iter()
        .map(|action| OpenAction {
            id: action.id.clone(),
            patient: summary.patient.clone(),
            assessment: action.assessment.clone(),
            name: listed(summary),
            words: action_words(&action.what).into(),
            since: words::staff_moment(action.since),
            phone: (action.what == "hub-not-told" && !hub.is_empty()).then(|| hub.to_owned()),
            kind: action.what.clone(),
            route: Some(action.route.clone()).filter(|route| !route.is_empty()),
        })
        .collect()
}

fn listed(summary: &PatientSummary) -> String {
    PatientSummary::listed_name(&summary.family, &summary.given, "")
}

/// Red actions open on one patient.
pub(crate) fn open_actions_of(case: &Case, today: Date, hub: &str) -> Vec<OpenAction> {
    red_actions(&PatientSummary::of(case, today), hub)
}

/// How many emergencies the hub has not been told of.
pub(crate) fn hub_not_told(desk: &Desk) -> Result<u32, Refusal> {
    let summaries = desk.summaries()?;
    Ok(count(
        summaries
            .iter()
            .flat_map(|summary| &summary.actions)
            .filter(|action| action.what == "hub-not-told"),
    ))
}

/// Whether an action of that kind is open on a route.
pub(crate) fn is_open(case: &Case, what: &str, route: &str) -> Option<ActionBody> {
    case.open_actions()
        .into_iter()
        .map(|found| found.body)
        .find(|action| action.what == what && action.route == route)
        .cloned()
}

fn todays_clinic(summaries: &[PatientSummary], today: Date) -> Vec<ClinicSlot> {
    let mut slots: Vec<ClinicSlot> = summaries
        .iter()
        .flat_map(|summary| summary.appointments.iter().map(move |slot| (summary, slot)))
        .filter(|(_, (date, _, _))| *date == today)
        .map(|(summary, (_, time, purpose))| {
            let (state, button) = match summary.stage {
                Stage::Referral | Stage::ReferralIncomplete | Stage::Booked => ("later", "Start"),
                Stage::Assessing => ("next", "Continue"),
                Stage::ToSign | Stage::ToPlan | Stage::ToGive => ("next", "Open"),
                Stage::FollowUp => ("done", "Open"),
            };
            ClinicSlot {
                time: time.clone(),
                patient: summary.patient.clone(),
                assessment: summary.assessments.first().cloned(),
                name: listed(summary),
                purpose: purpose.clone(),
                state: state.into(),
                button: button.into(),
            }
        })
        .collect();
    slots.sort_by(|a, b| a.time.cmp(&b.time));
    slots
}

/// The waiting-time clock in words. The service is taken as consultant-led and left out of the
/// national return, as a community service is; a site that is not says so in its settings.
pub(crate) fn wait(received: Option<Date>, stopped: Option<Date>, today: Date) -> Wait {
    let Some(received) = received else {
        return Wait {
            words: "No referral date".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule: String::new(),
        };
    };
    let mut events = vec![Event {
        on: received,
        what: Happening::ReferralReceived,
    }];
    if let Some(on) = stopped {
        events.push(Event {
            on,
            what: Happening::FirstTreatment,
        });
    }
    let configuration = Configuration {
        led: Led::ByConsultant {
            returned_nationally: false,
        },
        missed_follow_up: MissedFollowUp::Discharge,
    };
    let reading = read(&events, configuration, today);
    let rule = reading
        .steps
        .last()
        .map(|step| step.rule.words().to_owned())
        .unwrap_or_default();
    match reading.state {
        State::Running(wait) => running(wait.days, rule),
        State::NoNationalClock { .. } => Wait {
            words: "No national clock".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule,
        },
        _ => Wait {
            words: "Clock stopped".into(),
            day: None,
            percent: None,
            level: "ok".into(),
            rule,
        },
    }
}

/// The last day within 18 weeks, day 0 being the day of receipt. CLINICAL facts section 5.1.
const LAST_DAY: u32 = 126;

fn running(days: i32, rule: String) -> Wait {
    let day = u32::try_from(days).unwrap_or(0);
    let level = match day {
        0..84 => "ok",
        84..112 => "mid",
        112..=LAST_DAY => "near",
        _ => "over",
    };
    Wait {
        words: format!("Day {day} of {LAST_DAY}"),
        day: Some(day),
        percent: Some((day * 100 / LAST_DAY).min(100)),
        level: level.into(),
        rule,
    }
}

/// Patients found by parts of a name or a number, the likeliest first.
pub fn search(desk: &mut Desk, text: String) -> Result<Vec<Hit>, Refusal> {
    desk.allow(Act::Look)?;
    let today = desk.today();
    let wanted = searchable(&text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let everybody = desk.summaries()?;
    let rows = desk.sitting()?.opened.store.search(&wanted, 50)?;
    Ok(rows
        .iter()
        .filter_map(PatientSummary::from_row)
        .map(|summary| hit(&summary, &everybody, today, None))
        .collect())
}

/// Folded words; digits typed in groups are put together, so that "999 046" finds a number.
fn searchable(text: &str) -> String {
    let folded = words::folded(text);
    let digits = folded
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace());
    if digits {
        folded.split_whitespace().collect()
    } else {
        folded.trim().to_owned()
    }
}

pub(crate) fn hit(
    summary: &PatientSummary,
    everybody: &[PatientSummary],
    today: Date,
    why: Option<&str>,
) -> Hit {
    Hit {
        patient: summary.patient.clone(),
        name: PatientSummary::listed_name(&summary.family, &summary.given, &summary.title),
        born: summary
            .born
            .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
        nhs_number: number(summary),
        place: summary.place.clone(),
        similar_name: similar(summary, everybody),
        why: why.map(str::to_owned),
    }
}

impl Desk {
    /// Every patient on this laptop, in the worklist's order.
    pub(crate) fn summaries(&self) -> Result<Vec<PatientSummary>, Refusal> {
        let rows = self.sitting()?.opened.store.summaries(&Filter::default())?;
        Ok(rows.iter().filter_map(PatientSummary::from_row).collect())
    }
}
