//! Everything that ever happened, newest first, one line for each entry or sitting of answers.

mod administrative;
mod clinical;
mod followed;
mod noted;
mod planned;

use std::collections::BTreeMap;

use administrative::administrative;
use clinical::clinical;
use followed::followed;
use noted::{is_left_out, noted};
use planned::planned;
use record::body::{
    Body, Death, Decision, Detail, EnteredInError, Item, Letter, Note, OpinionAsked, PlanAgreed,
    Referral, SupervisedDecision, Task,
};
use record::entry::Kind;
use record::fold::Placed;
use record::id::StaffId;

use super::correctable;
use super::moving::{assessment_of, moves_alone};
use crate::case::{Case, read};
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{Labelled, TimelineEntry};
use crate::words;

/// What one entry says.
struct Said {
    group: &'static str,
    title: String,
    detail: Vec<Labelled>,
}

/// The timeline of a case.
pub(super) fn of(desk: &Desk, case: &Case) -> Result<Vec<TimelineEntry>, Refusal> {
    let names = desk.names()?;
    let moves = may(desk.role()?, Act::MoveEntries);
    let site = desk.sitting()?.opened.identity.site_name.clone();
    let role = desk.role()?;
    let mut lines: Vec<TimelineEntry> = Vec::new();
    let mut all = case.record.timeline();
    all.reverse();
    for placed in all
        .into_iter()
        .filter(|placed| placed.entry.kind != Kind::PATIENT_KEY)
        .filter(|placed| !is_left_out(case, placed, role))
    {
        let restricted = case.restricted_note(placed).map(|note| note.to_string());
        let mut said = noted(case, placed).unwrap_or_else(|| said(placed));
        said.detail
            .extend(why(placed).filter(|_| restricted.is_none()));
        if placed.unverified.is_some() {
            said.title = format!("Unverified: {}", said.title);
        }
        let error = case
            .record
            .in_error(&placed.id)
            .and_then(read::<EnteredInError>);
        let superseded = placed.unverified.is_none() && is_superseded(case, placed);
        let who = who(placed, &names, &site);
        let when = placed.entry.claimed;
        // A sitting of answers is one line that opens, not forty. It cannot be marked as an error
        // as a whole, since one press would then strike one answer of many.
        let (date, struck) = (
            words::staff_date(when.local().date()),
            error.is_some() || superseded,
        );
        if matches!(said.group, "assessments" | "record")
            && let (Some(last), [answer]) = (lines.last_mut(), said.detail.as_slice())
            && (&last.title, &last.date, last.struck) == (&said.title, &date, struck)
            && last.who == who
        {
            last.detail.push(answer.clone());
            last.correctable = false;
            last.movable = false;
            continue;
        }
        lines.push(TimelineEntry {
            id: placed.id.to_string(),
            group: said.group.into(),
            date,
            time: words::clock(when),
            title: said.title,
            who,
            detail: said.detail,
            struck,
            reason: error
                .map(|found| match restricted {
                    // Why it was an error may say what it said.
                    Some(_) => "Entered in error".to_owned(),
                    None => format!("Entered in error: {}", found.body.reason),
                })
                .or_else(|| placed.unverified.map(|why| why.to_string()))
                .or_else(|| superseded.then(|| "Replaced by a later entry".into())),
            correctable: correctable(&placed.entry.kind),
            note: read::<Note>(placed).map(|found| found.body.note.to_string()),
            restricted: restricted.is_some(),
            movable: moves && moves_alone(&case.record, placed),
            assessment: assessment_of(case, placed)
                .filter(|_| moves)
                .map(|id| id.to_string()),
        });
    }
    Ok(lines)
}

/// A detail or a plan block that a later entry replaced. Answers are many and are not struck.
fn is_superseded(case: &Case, placed: &Placed) -> bool {
    let watched = [
        Detail::kind(),
        Death::kind(),
        Note::kind(),
        Referral::kind(),
        Item::kind(),
        PlanAgreed::kind(),
        Decision::kind(),
        SupervisedDecision::kind(),
        OpinionAsked::kind(),
        Task::kind(),
        Letter::kind(),
    ];
    let Some(slot) = placed
        .entry
        .slot
        .as_ref()
        .filter(|_| watched.contains(&placed.entry.kind))
    else {
        return false;
    };
    !case.record.heads(slot).contains(&placed.id)
}

/// Why an entry replaces something, if somebody said so.
fn why(placed: &Placed) -> Option<Labelled> {
    let reason = placed.entry.reason.as_ref();
    reason.map(|reason| line("Why it was changed", reason.as_str()))
}

/// Who and where, and when it happened where it is written up later.
fn who(placed: &Placed, names: &BTreeMap<StaffId, String>, site: &str) -> String {
    let name = names.get(&placed.entry.author).map(String::as_str);
    let name = name.unwrap_or("somebody not known here");
    match &placed.entry.happened {
        Some(happened) => {
            let when = words::happened(happened, names);
            format!("{name}, {site}; of {when}")
        }
        None => format!("{name}, {site}"),
    }
}

/// What one entry says, on one line.
pub(crate) fn in_words(placed: &Placed) -> String {
    let said = said(placed);
    let lines: Vec<String> = said
        .detail
        .iter()
        .map(|line| format!("{}: {}", line.label, line.value))
        .collect();
    match (said.title, lines.as_slice()) {
        (title, []) => title,
        (_, [one]) => one.clone(),
        (title, several) => format!("{title}. {}", several.join("; ")),
    }
}

/// What an entry says, field by field, for another version to be held against it.
pub(super) fn fields(placed: &Placed) -> Vec<Labelled> {
    let said = said(placed);
    if said.detail.is_empty() {
        return vec![line("Says", said.title)];
    }
    said.detail
}

fn line(label: &str, value: impl Into<String>) -> Labelled {
    Labelled {
        label: label.into(),
        value: value.into(),
    }
}

fn said(placed: &Placed) -> Said {
    clinical(placed)
        .or_else(|| planned(placed))
        .or_else(|| followed(placed))
        .or_else(|| administrative(placed))
        .unwrap_or_else(|| Said {
            group: "record",
            title: "An entry of a kind this version cannot read. Update Felloe.".into(),
            detail: Vec::new(),
        })
}

fn filled<const N: usize>(pairs: [(&str, String); N]) -> Vec<Labelled> {
    pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| line(label, value))
        .collect()
}
