//! Two records of one person: linked, shown as one, and parted again.

use std::collections::{BTreeMap, BTreeSet};

use record::body::{Action, Merge, Unmerge};
use record::entry::Kind;
use record::fold::{Placed, fold};
use record::id::{EntryId, EnvelopeId, PatientId};
use record::links::{self, Links};
use record::scope::{Scope, Subject};

use super::shown::{open_person, who};
use crate::audit;
use crate::case::{Case, read};
use crate::desk::{Along, Desk, Line, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{LinkedRecord, PersonView};
use crate::words;

/// How it can be established that two records are of one person, or are not. No words of a patient
/// stand in a link, since every site reads it.
pub(crate) const GROUNDS: [(&str, &str); 4] = [
    ("number", "The NHS number, checked on the national record"),
    ("person", "The person, asked for name and date of birth"),
    ("gp", "The GP's record"),
    ("other", "Otherwise, written down in a note"),
];

/// Says that two records are of one person. `patient` leads: the person is found under it. Nothing
/// is rewritten; what differs between the two is a conflict until somebody settles it.
pub fn link_records(
    desk: &mut Desk,
    patient: String,
    other: String,
    grounds: String,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::LinkPatients)?;
    let (kept, joined) = two(&patient, &other, &grounds)?;
    // Both have to be here: nobody links what cannot be looked at.
    for record in [kept, joined] {
        desk.case(record)?;
        desk.seal_typed(record)?;
    }
    let known = desk.sitting_mut()?.known()?;
    if known.links.records(kept).contains(&joined) {
        return Err(Refusal::Stale(
            "These two records are linked already. Open the person again.",
        ));
    }
    let body = Merge {
        kept,
        joined,
        grounds,
    };
    let slot = links::slot(kept, joined);
    relink(desk, vec![Line::of(slot.as_str(), &body)?], &[kept, joined])?;
    audit::note(desk, Action::Merged, Some(kept), "")?;
    audit::note(desk, Action::Merged, Some(joined), "")?;
    open_person(desk, patient)
}

/// Says that a record is not of this person after all. Both are again what they were: what was
/// written meanwhile stands in the record it belongs to.
pub fn part_records(
    desk: &mut Desk,
    patient: String,
    other: String,
    grounds: String,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::LinkPatients)?;
    let (record, parted) = two(&patient, &other, &grounds)?;
    desk.seal_typed(record)?;
    let known = desk.sitting_mut()?.known()?;
    let together = known.links.records(record);
    let lines: Vec<Line> = touching(desk, parted)?
        .into_iter()
        .filter(|merge| {
            let others = [merge.kept, merge.joined];
            others.contains(&record) || others.iter().all(|one| together.contains(one))
        })
        .map(|merge| {
            let body = Unmerge {
                kept: merge.kept,
                joined: merge.joined,
                grounds: grounds.clone(),
            };
            Line::of(links::slot(merge.kept, merge.joined).as_str(), &body)
        })
        .collect::<Result<_, _>>()?;
    if lines.is_empty() {
        return Err(Refusal::Stale(
            "These two records are not linked. Open the person again.",
        ));
    }
    relink(desk, lines, &[record, parted])?;
    audit::note(desk, Action::Unmerged, Some(record), "")?;
    audit::note(desk, Action::Unmerged, Some(parted), "")?;
    open_person(desk, patient)
}

/// The two records that somebody speaks of, and that it was said how it was established.
pub(crate) fn two(
    one: &str,
    other: &str,
    grounds: &str,
) -> Result<(PatientId, PatientId), Refusal> {
    let (one, other) = (patient_id(one)?, patient_id(other)?);
    if one == other {
        return Err(Refusal::plain("That is the same record."));
    }
    if !GROUNDS.iter().any(|(known, _)| *known == grounds) {
        return Err(Refusal::field("grounds", "Choose how it was established."));
    }
    Ok((one, other))
}

/// The links that stand and touch a record, those in conflict included.
fn touching(desk: &Desk, record: PatientId) -> Result<Vec<Merge>, Refusal> {
    let service = fold(desk.sitting()?.open_all(Subject::Service)?);
    let mut found = Vec::new();
    for (_, now) in service.under("link") {
        let merges = now.all().iter().filter_map(|placed| read::<Merge>(placed));
        found.extend(
            merges
                .map(|found| found.body)
                .find(|body| [body.kept, body.joined].contains(&record)),
        );
    }
    Ok(found)
}

/// Writes links and, in the same transaction, the rows of everybody who stands otherwise for it.
fn relink(desk: &mut Desk, lines: Vec<Line>, about: &[PatientId]) -> Result<(), Refusal> {
    let before = desk.sitting_mut()?.known()?;
    let after = links_with(desk, &lines)?;
    let records: BTreeSet<PatientId> = about
        .iter()
        .flat_map(|record| [before.links.records(*record), after.records(*record)])
        .flatten()
        .collect();
    let leads: BTreeSet<PatientId> = records.iter().map(|record| after.lead(*record)).collect();
    let summaries = leads
        .iter()
        .map(|lead| {
            let person = desk.sitting()?.read_person(&after, *lead)?;
            PatientSummary::row_of(&person.written)
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    let joined: Vec<PatientId> = records.difference(&leads).copied().collect();
    let along = Along {
        summaries: &summaries,
        joined: &joined,
        ..Along::default()
    };
    desk.write_along(Scope::Service, Subject::Service, lines, along)
}

/// The links as they will stand once these lines are written.
fn links_with(desk: &Desk, lines: &[Line]) -> Result<Links, Refusal> {
    let sitting = desk.sitting()?;
    let mut entries = sitting.open_all(Subject::Service)?;
    let service = fold(entries.clone());
    let lamport = service.next_lamport();
    for (index, line) in (0_u16..).zip(lines) {
        entries.push(Placed {
            id: EntryId {
                envelope: EnvelopeId::from_bytes([u8::MAX; 32]),
                index,
            },
            subject: Subject::Service,
            scope: Scope::Service,
            device: sitting.opened.identity.device,
            incarnation: 0,
            sequence: u64::MAX,
            unverified: None,
            forked_at: None,
            entry: line
                .copy()
                .entry(&service, sitting.opened.staff, desk.now(), lamport),
        });
    }
    Ok(Links::of(&fold(entries)))
}

/// The other records of a person, each as it stands by itself.
pub(super) fn linked(desk: &Desk, case: &Case) -> Result<Vec<LinkedRecord>, Refusal> {
    if case.records().len() < 2 {
        return Ok(Vec::new());
    }
    lines(desk, case, case.records())
}

/// Records of which it is in conflict whether they are of this person.
pub(super) fn disputed(desk: &Desk, case: &Case) -> Result<Vec<LinkedRecord>, Refusal> {
    lines(desk, case, case.disputed())
}

fn lines(desk: &Desk, case: &Case, records: &[PatientId]) -> Result<Vec<LinkedRecord>, Refusal> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let sitting = desk.sitting()?;
    let (today, names) = (desk.today(), desk.names()?);
    let said = said(&sitting.open_all(Subject::Service)?);
    records
        .iter()
        .map(|record| {
            let alone = sitting.read_person(&Links::default(), *record)?.written;
            let identity = alone.identity();
            // Linked at the hub, which sees both: here it is only told that there is one.
            let elsewhere = alone.record.everything().is_empty();
            Ok(LinkedRecord {
                patient: record.to_string(),
                name: if elsewhere {
                    "A record of this person at another site".to_owned()
                } else {
                    PatientSummary::listed_name(&identity.family, &identity.given, &identity.title)
                },
                born: identity
                    .born
                    .map_or_else(|| "Not known".into(), |born| words::born(born, today)),
                nhs_number: identity.number_words(),
                leads: *record == case.patient,
                who: said
                    .get(record)
                    .map(|(grounds, placed)| format!("{grounds}. {}", who(placed, &names)))
                    .unwrap_or_default(),
            })
        })
        .collect()
}

/// What was last said of each record: how it was established, and in which entry.
fn said(service: &[Placed]) -> BTreeMap<PatientId, (&'static str, Placed)> {
    let mut said = BTreeMap::new();
    let links = [Kind::MERGE, Kind::UNMERGE];
    let record = fold(service.iter().cloned());
    for placed in record.timeline() {
        if !links.contains(&placed.entry.kind) {
            continue;
        }
        let (joined, grounds) = if let Some(found) = read::<Merge>(placed) {
            ([found.body.kept, found.body.joined], found.body.grounds)
        } else if let Some(found) = read::<Unmerge>(placed) {
            ([found.body.kept, found.body.joined], found.body.grounds)
        } else {
            continue;
        };
        let label = GROUNDS.iter().find(|(known, _)| *known == grounds);
        let label = label.map_or("Not said how", |(_, label)| *label);
        for one in joined {
            said.insert(one, (label, placed.clone()));
        }
    }
    said
}
