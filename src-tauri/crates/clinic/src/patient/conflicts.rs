//! Conflicts on the patient's screen, and how a clinician settles one.

use record::body::{AnswerState, Item, ListState};
use record::entry::Reason;
use record::fold::Placed;
use record::id::EntryId;

use super::moving::said_when;
use super::open_patient;
use super::timeline::{fields, in_words};
use crate::assess::reason_of;
use crate::case::{Against, Case, Conflict, identity_field, slots};
use crate::desk::{Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{ConflictVersion, ConflictView, Labelled, PatientView, SettleForm};
use crate::words;

/// Every conflict of a case.
pub(super) fn of(desk: &Desk, case: &Case) -> Result<Vec<ConflictView>, Refusal> {
    let may_settle = may(desk.role()?, Act::CorrectRecord);
    case.conflicts()
        .iter()
        .map(|conflict| {
            let versions = conflict.versions.iter();
            Ok(ConflictView {
                id: conflict.id(),
                what: what(conflict),
                holds: holds(conflict).into(),
                versions: versions
                    .map(|placed| version(desk, placed, &conflict.versions))
                    .collect::<Result<_, Refusal>>()?,
                settle: match conflict.against {
                    _ if conflict.wants_signature() => "sign",
                    Against::SameMedicine => "all-or-one",
                    Against::OneSlot | Against::NoneBesideRow => "one",
                }
                .into(),
                may_settle,
            })
        })
        .collect()
}

fn version(desk: &Desk, placed: &Placed, all: &[&Placed]) -> Result<ConflictVersion, Refusal> {
    let names = desk.names()?;
    let name = names.get(&placed.entry.author);
    let name = name.map_or("somebody not known here", String::as_str);
    let when = words::staff_moment(placed.entry.claimed);
    let happened = placed.entry.happened.as_ref();
    let late = happened.map(|it| format!("{}, typed ", words::happened(it, &names)));
    let reason = placed.entry.reason.as_ref();
    let place = desk.device_words(placed.device)?;
    Ok(ConflictVersion {
        entry: placed.id.to_string(),
        words: in_words(placed),
        place: if placed.is_of_copied_disk() {
            format!("{place}, copied disk")
        } else {
            place
        },
        who: format!("{}{when}, {name}", late.unwrap_or_default()),
        differs: differs(placed, all),
        reason: reason.map(|reason| reason.as_str().to_owned()),
    })
}

/// The fields of one version that another version says otherwise or not at all.
fn differs(placed: &Placed, all: &[&Placed]) -> Vec<Labelled> {
    let others: Vec<Vec<Labelled>> = all
        .iter()
        .filter(|other| other.id != placed.id)
        .map(|other| fields(other))
        .collect();
    let mut own = fields(placed);
    own.retain(|field| others.iter().any(|other| !other.contains(field)));
    own
}

/// First segment of the slot of a conflict's values.
fn place<'a>(conflict: &'a Conflict<'_>) -> (&'a str, &'a str) {
    let slot = conflict
        .versions
        .first()
        .and_then(|it| it.entry.slot.as_ref());
    let mut segments = slot
        .map(record::entry::Slot::segments)
        .into_iter()
        .flatten();
    (segments.next().unwrap_or(""), segments.next().unwrap_or(""))
}

fn what(conflict: &Conflict<'_>) -> String {
    match (conflict.against, place(conflict)) {
        (Against::SameMedicine, _) => "The same medicine twice".into(),
        (Against::NoneBesideRow, _) => "\"None\" beside something on the list".into(),
        (_, ("detail", field)) => words::sentence_case(&field.replace('-', " ")),
        (_, ("item", list)) if is_stopped(conflict) => {
            format!("A {list} taken off by one and changed by another")
        }
        (_, ("item", list)) => format!("Two versions of a {list}"),
        (_, ("answer", _)) => "Two answers to one question".into(),
        (_, ("list", _)) => "What is known of a whole list".into(),
        (_, ("decision", _)) => "Two decisions".into(),
        (_, ("plan", "agreed")) => "Two agreed plans".into(),
        (_, ("plan", _)) => "The plan".into(),
        (_, ("referral", _)) => "The referral".into(),
        (_, ("death", _)) => "Whether the person has died".into(),
        _ => "Two values of one thing".into(),
    }
}

fn is_stopped(conflict: &Conflict<'_>) -> bool {
    let mut rows = conflict.versions.iter();
    rows.any(|placed| {
        crate::case::read::<Item>(placed).is_some_and(|it| !it.body.removed.is_empty())
    })
}

/// What holds until it is settled: SAFETY.md 1, in words.
fn holds(conflict: &Conflict<'_>) -> &'static str {
    match (conflict.against, place(conflict)) {
        (Against::SameMedicine, _) | (_, ("item", _)) => "All of them count until it is settled.",
        (Against::NoneBesideRow, _) => "What is on the list counts until it is settled.",
        (_, ("detail", "phone" | "address" | "gp" | "contact-by" | "contact-not")) => {
            "None of them is used until it is settled."
        }
        (_, ("detail", field)) if identity_field(field).is_none() => {
            "The first is shown until it is settled."
        }
        (_, ("death" | "plan" | "detail", _)) => {
            "Nothing is printed, sent or signed until it is settled."
        }
        (_, ("decision", _)) => {
            "The more urgent one is acted on until a clinician signs one that saw both."
        }
        (_, ("answer", _)) => "The rules take the most urgent that could be true.",
        _ => "All are kept until it is settled.",
    }
}

/// Settles a conflict by a new entry that saw all of its values. Those that do not hold stay
/// readable.
pub fn settle_conflict(
    desk: &mut Desk,
    patient: String,
    form: SettleForm,
) -> Result<PatientView, Refusal> {
    desk.allow(Act::CorrectRecord)?;
    let id = patient_id(&patient)?;
    desk.seal_typed(id)?;
    let reason = reason_of(&form.reason)?;
    let case = desk.case(id)?;
    let all = case.conflicts();
    let conflict = all
        .iter()
        .find(|conflict| conflict.id() == form.conflict)
        .ok_or(Refusal::Stale(
            "This has changed since you opened it. Read it again, then settle it.",
        ))?;
    if conflict.wants_signature() {
        return Err(Refusal::plain(
            "Only a new signature settles this. Sign one that has seen both.",
        ));
    }
    let lines = settled(conflict, &kept(conflict, &form.holds)?, &reason)?;
    desk.write(id, lines)?;
    open_patient(desk, patient)
}

/// The values a person chose; at least one, and all of them only where all can hold.
fn kept(conflict: &Conflict<'_>, holds: &[String]) -> Result<Vec<EntryId>, Refusal> {
    let known = conflict.versions.iter().map(|placed| placed.id);
    let chosen: Vec<EntryId> = known.filter(|id| holds.contains(&id.to_string())).collect();
    let several = conflict.against != Against::OneSlot;
    if chosen.is_empty() || chosen.len() > 1 && !several {
        return Err(Refusal::field("holds", "Choose which of them holds."));
    }
    Ok(chosen)
}

fn settled(
    conflict: &Conflict<'_>,
    kept: &[EntryId],
    reason: &Reason,
) -> Result<Vec<Line>, Refusal> {
    let holds = |placed: &&&Placed| kept.contains(&placed.id);
    let versions = conflict.versions.iter();
    match conflict.against {
        Against::OneSlot => Ok(versions.filter(holds).map(|it| again(it, reason)).collect()),
        Against::SameMedicine if kept.len() == conflict.versions.len() => {
            Ok(versions.map(|it| again(it, reason)).collect())
        }
        Against::SameMedicine => versions
            .filter(|it| !holds(it))
            .map(|it| taken_off(it, reason))
            .collect(),
        Against::NoneBesideRow => {
            let none = conflict.versions.first();
            let none_holds = none.is_some_and(|it| kept.contains(&it.id));
            if none_holds && kept.len() > 1 {
                return Err(Refusal::field(
                    "holds",
                    "\"None\" cannot hold beside something on the list. Choose one of the two.",
                ));
            }
            let rows = versions.skip(1);
            if none_holds {
                rows.map(|it| taken_off(it, reason)).collect()
            } else {
                none.map(|it| not_none(it, reason)).into_iter().collect()
            }
        }
    }
}

/// The same value once more, over everything that stands in its slot. It was said when it was said.
fn again(placed: &Placed, reason: &Reason) -> Line {
    Line {
        kind: placed.entry.kind.clone(),
        version: placed.entry.version,
        slot: placed.entry.slot.clone(),
        body: placed.entry.body.clone(),
        reason: Some(reason.clone()),
        happened: Some(said_when(placed)),
    }
}

fn taken_off(placed: &Placed, reason: &Reason) -> Result<Line, Refusal> {
    let row = crate::case::read::<Item>(placed).ok_or(Refusal::NotFound("That row"))?;
    let body = Item {
        removed: reason.as_str().into(),
        ..row.body
    };
    Ok(Line::of(slots::item(&body.list, body.item), &body)?.because(reason.clone()))
}

fn not_none(placed: &Placed, reason: &Reason) -> Result<Line, Refusal> {
    let state = crate::case::read::<ListState>(placed).ok_or(Refusal::NotFound("That list"))?;
    let body = ListState {
        state: AnswerState::NotAsked,
        ..state.body
    };
    let slot = slots::list(body.assessment, &body.list);
    Ok(Line::of(slot, &body)?.because(reason.clone()))
}
