//! Choosing the cases of a session: from the rows of the list, without opening a record.

use jiff::civil::Date;
use record::body::{Body, Receipt, Reviewed};
use record::entry::Entry;
use record::id::{EntryId, ItemId, SiteId, StaffId};
use record::scope::Subject;
use store::List;

use super::session::{Queued, Review};
use crate::audit;
use crate::clock::wait;
use crate::decide::{rank, urgency_label, urgency_value};
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{CountedChoice, ReviewChoices, ReviewForm, ReviewSession};

/// How many cases a session may have, the usual number first. A design decision: ten to twenty are
/// gone through in one sitting.
const SIZES: [u32; 3] = [20, 15, 10];

/// The most cases of a session.
const MOST: u32 = 20;

/// Waits by level, each with those above it.
const WAITS: [(&str, &str); 3] = [
    ("mid", "From day 84"),
    ("near", "From day 112"),
    ("over", "Over 18 weeks"),
];

/// What is asked for where nobody knows the urgency.
const NOT_KNOWN: &str = "not-known";

/// Something was kept here since the person at work last looked.
const CHANGED: &str = "changed";
/// It was put aside until a day that has come.
const PUT_ASIDE: &str = "put-aside";
/// What the person at work asked of the spoke or of a colleague has been answered.
const REPLY: &str = "reply";

/// What speaks for looking at a case again.
const AGAIN: [(&str, &str); 3] = [
    (CHANGED, "Changed since I looked"),
    (PUT_ASIDE, "Put aside until today"),
    (REPLY, "Reply in"),
];

/// A case that waits to be signed, with what it can be chosen by.
struct Waiting {
    assessment: ItemId,
    summary: PatientSummary,
    /// ok, mid, near or over.
    level: String,
    /// What speaks for looking at it again, by the values of [`AGAIN`].
    again: Vec<&'static str>,
    /// It is put aside until a later day, and nothing speaks against that.
    rests: bool,
}

/// What a session may be made of, and the one that is under way.
pub fn review_choices(desk: &mut Desk) -> Result<ReviewChoices, Refusal> {
    desk.allow(Act::Review)?;
    audit::listed(desk)?;
    let (resting, waiting): (Vec<_>, Vec<_>) =
        all_waiting(desk)?.into_iter().partition(|case| case.rests);
    let under_way = desk.take_up_review()?.is_some();
    Ok(ReviewChoices {
        waiting: few(waiting.len()),
        aside: few(resting.len()),
        sites: sites(desk, &waiting)?,
        urgencies: urgencies(&waiting),
        waits: WAITS
            .into_iter()
            .map(|(level, label)| {
                counted(level, label, &waiting, |case| waits_as_long(case, level))
            })
            .collect(),
        only: AGAIN
            .into_iter()
            .map(|(what, label)| counted(what, label, &waiting, |case| case.again.contains(&what)))
            .collect(),
        sizes: SIZES.to_vec(),
        under_way: if under_way {
            Some(desk.review_drawn()?)
        } else {
            None
        },
    })
}

/// Begins a session: the most urgent first, then what is due first. It takes the place of one that
/// was under way.
pub fn begin_review(desk: &mut Desk, form: ReviewForm) -> Result<ReviewSession, Refusal> {
    desk.allow(Act::Review)?;
    audit::listed(desk)?;
    let mut chosen = all_waiting(desk)?;
    chosen.retain(|case| !case.rests && fits(case, &form));
    if chosen.is_empty() {
        return Err(Refusal::plain(
            "No case fits what you chose. Leave something open, then begin.",
        ));
    }
    chosen.sort_by_key(|case| {
        let summary = &case.summary;
        (summary.rank(), summary.soonest(), summary.patient.clone())
    });
    let most = usize::try_from(form.most.clamp(1, MOST)).unwrap_or_default();
    let queue = chosen
        .into_iter()
        .take(most)
        .map(|case| {
            Ok(Queued {
                assessment: case.assessment,
                patient: patient_id(&case.summary.patient)?,
                step: None,
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    let session = ItemId::from_random(desk.random());
    desk.put_review(Some(Review::new(session, queue)))?;
    desk.review_drawn()
}

fn all_waiting(desk: &mut Desk) -> Result<Vec<Waiting>, Refusal> {
    let (today, me) = (desk.today(), desk.staff()?);
    let (configuration, _) = desk.clock_configuration()?;
    let store = &desk.sitting()?.opened.store;
    let rows = store.list(List::Named("to-sign"), 0, u32::MAX)?.rows;
    let mut all = Vec::new();
    for summary in desk.seen(&rows)? {
        let Some(assessment) = summary.assessments.first().and_then(|id| id.parse().ok()) else {
            continue;
        };
        let changed = changed_since_a_look(desk, &summary)?;
        let until = summary.aside;
        all.push(Waiting {
            assessment,
            level: wait(&summary.clock, configuration, today).level,
            again: [
                (CHANGED, changed),
                (PUT_ASIDE, until.is_some_and(|until| until <= today)),
                (REPLY, is_answered(&summary, assessment, me)),
            ]
            .into_iter()
            .filter_map(|(what, holds)| holds.then_some(what))
            .collect(),
            rests: until.is_some_and(|until| rests(&summary, until, today)) && !changed,
            summary,
        });
    }
    Ok(all)
}

/// Whether the spoke or a colleague has answered what somebody asked about an assessment.
fn is_answered(summary: &PatientSummary, assessment: ItemId, asker: StaffId) -> bool {
    let mut enquiries = summary.enquiries.iter();
    let mut opinions = summary.opinions.iter();
    enquiries.any(|it| it.answered && (it.assessment, it.asker) == (assessment, asker))
        || opinions
            .any(|it| it.answered.is_some() && (it.assessment, it.asked_by) == (assessment, asker))
}

/// Nothing urgent rests, and nothing with a red action, whatever somebody wrote.
fn rests(summary: &PatientSummary, until: Date, today: Date) -> bool {
    let urgent = summary
        .urgency
        .is_some_and(|urgency| rank(urgency) <= rank(super::aside::NEVER_RESTS));
    until > today && !urgent && summary.actions.is_empty()
}

/// Whether something that says anything, by somebody else, was kept on this laptop after the person
/// at work last looked. It goes by what this laptop kept when, since what was written offline may
/// arrive late under an early time.
fn changed_since_a_look(desk: &mut Desk, summary: &PatientSummary) -> Result<bool, Refusal> {
    let me = desk.staff()?;
    let look = summary.looked.get(&me.to_string());
    let Some(look) = look.and_then(|look| look.parse::<EntryId>().ok()) else {
        return Ok(false);
    };
    let patient = patient_id(&summary.patient)?;
    let known = desk.sitting_mut()?.known()?;
    let sitting = desk.sitting()?;
    for record in known.links.records(patient) {
        let kept = sitting
            .opened
            .store
            .envelopes_of(Subject::Patient(record))?;
        let looked = kept.iter().position(|it| it.id() == look.envelope);
        let later = looked.map_or(0, |looked| looked + 1);
        for envelope in kept.iter().skip(later).filter(|_| looked.is_some()) {
            let entries = sitting.open(envelope)?;
            if entries
                .iter()
                .any(|it| it.author != me && says_something(it))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether an entry is more than a receipt, a key, or somebody's look.
pub(super) fn says_something(entry: &Entry) -> bool {
    let silent = [Receipt::kind(), Reviewed::kind()];
    !silent.contains(&entry.kind) && !audit::is_key(entry)
}

fn fits(case: &Waiting, form: &ReviewForm) -> bool {
    let at = |site: SiteId| site.to_string() == form.site;
    (form.site.is_empty() || case.summary.site.is_some_and(at))
        && (form.urgency.is_empty() || urgency_of(case) == form.urgency)
        && (form.wait.is_empty() || waits_as_long(case, &form.wait))
        && (form.only.is_empty() || case.again.contains(&form.only.as_str()))
}

fn urgency_of(case: &Waiting) -> String {
    let urgency = case.summary.urgency;
    urgency.map_or_else(|| NOT_KNOWN.to_owned(), urgency_value)
}

/// Whether a case waits at this level or above it.
fn waits_as_long(case: &Waiting, level: &str) -> bool {
    let place = |level: &str| WAITS.iter().position(|(known, _)| *known == level);
    place(&case.level).is_some_and(|own| place(level).is_some_and(|asked| own >= asked))
}

fn sites(desk: &Desk, waiting: &[Waiting]) -> Result<Vec<CountedChoice>, Refusal> {
    let sites = desk.sites()?.into_iter();
    let choices = sites.map(|(site, body)| {
        counted(&site.to_string(), &body.name, waiting, |case| {
            case.summary.site == Some(site)
        })
    });
    Ok(choices.filter(|choice| choice.count > 0).collect())
}

fn urgencies(waiting: &[Waiting]) -> Vec<CountedChoice> {
    let known = assessment::ruleset::Urgency::ALL.into_iter();
    let known = known.map(|urgency| (urgency_value(urgency), urgency_label(urgency)));
    let choices = known
        .chain(Some((NOT_KNOWN.to_owned(), "Not known")))
        .map(|(value, label)| counted(&value, label, waiting, |case| urgency_of(case) == value));
    choices.filter(|choice| choice.count > 0).collect()
}

fn counted(
    value: &str,
    label: &str,
    waiting: &[Waiting],
    fits: impl Fn(&Waiting) -> bool,
) -> CountedChoice {
    CountedChoice {
        value: value.to_owned(),
        label: label.to_owned(),
        count: few(waiting.iter().filter(|case| fits(case)).count()),
    }
}

fn few(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
