//! Records of two sites that may be of one person. Only the hub sees both; it names them to somebody
//! there, who links them or tells them apart. The program never does.

use std::collections::BTreeSet;

use record::body::{Action, Unmerge};
use record::fold::fold;
use record::id::PatientId;
use record::links;
use record::scope::{Scope, Subject};

use super::{at_hub, listed, number};
use crate::audit;
use crate::desk::{Desk, Line};
use crate::known_by::{SAME_NUMBER, SAME_PERSON};
use crate::person::{GROUNDS, choices, two};
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::summary::PatientSummary;
use crate::view::{CompareRow, DuplicatePair, Duplicates};
use crate::words;

/// More pairs are not named at once. A design decision: the next come when these are settled.
const MOST: usize = 200;

/// Two records, and why they are thought to be of one person.
type Pair = (PatientId, PatientId, &'static str);

/// The pairs that nobody has spoken on yet, both identities side by side.
pub fn duplicates(desk: &mut Desk) -> Result<Duplicates, Refusal> {
    desk.allow(Act::Look)?;
    audit::listed(desk)?;
    let mut shown = Vec::new();
    for (one, other, why) in pairs(desk)? {
        shown.push(side_by_side(desk, &one, &other, why)?);
    }
    Ok(Duplicates {
        at_hub: at_hub(desk)?,
        pairs: shown,
        grounds: choices(&GROUNDS),
        may_link: may(desk.role()?, Act::LinkPatients),
    })
}

/// Says that two records are of two people. It stands in the record like a link that was undone, and
/// both sites read it.
pub fn tell_apart(
    desk: &mut Desk,
    patient: String,
    other: String,
    grounds: String,
) -> Result<Duplicates, Refusal> {
    desk.allow(Act::LinkPatients)?;
    let (kept, joined) = two(&patient, &other, &grounds)?;
    // Nobody says of a record what they may not look at.
    for record in [kept, joined] {
        desk.case_beside(record)?;
    }
    let known = desk.sitting_mut()?.known()?;
    if known.links.records(kept).contains(&joined) {
        return Err(Refusal::Stale(
            "These two records are linked. Part them on the screen of the person.",
        ));
    }
    let body = Unmerge {
        kept,
        joined,
        grounds,
    };
    let line = Line::of(links::slot(kept, joined).as_str(), &body)?;
    desk.whole(|desk| {
        desk.write_in(Scope::Service, Subject::Service, vec![line])?;
        audit::note(desk, Action::Unmerged, Some(kept), "")?;
        audit::note(desk, Action::Unmerged, Some(joined), "")
    })?;
    duplicates(desk)
}

/// How many there are; none anywhere but at the hub.
pub(super) fn count_duplicates(desk: &mut Desk) -> Result<u32, Refusal> {
    let sitting = desk.sitting()?;
    let written = sitting.opened.store.lamport()?;
    if let Some((counted_at, count)) = sitting.duplicates
        && counted_at == written
    {
        return Ok(count);
    }
    let count = super::count(pairs(desk)?.into_iter());
    desk.sitting_mut()?.duplicates = Some((written, count));
    Ok(count)
}

fn pairs(desk: &Desk) -> Result<Vec<(PatientSummary, PatientSummary, &'static str)>, Refusal> {
    if !at_hub(desk)? {
        return Ok(Vec::new());
    }
    let sitting = desk.sitting()?;
    let (mut found, mut known) = (Vec::<Pair>::new(), BTreeSet::new());
    for (begins, why) in [
        (SAME_NUMBER, "Same NHS number"),
        (SAME_PERSON, "Same names and same date of birth"),
    ] {
        for (_, all) in sitting.opened.store.shared(begins, u32::MAX)? {
            for (at, one) in all.iter().enumerate() {
                let others = all.iter().skip(at + 1);
                let new = others.filter(|other| known.insert((*one, **other)));
                found.extend(new.map(|other| (*one, *other, why)));
            }
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let service = fold(sitting.open_all(Subject::Service)?);
    found.retain(|(one, other, _)| service.heads(&links::slot(*one, *other)).is_empty());
    // Only here is it known which of them somebody has to look at: none of the others takes a place.
    let mut pairs = Vec::new();
    for (one, other, why) in found {
        if pairs.len() == MOST {
            break;
        }
        let rows = [
            sitting.opened.store.summary(one)?,
            sitting.opened.store.summary(other)?,
        ];
        let rows: Vec<store::Summary> = rows.into_iter().flatten().collect();
        if let [one, other] = desk.seen(&rows)?.as_slice()
            && one.site != other.site
        {
            pairs.push((one.clone(), other.clone(), why));
        }
    }
    Ok(pairs)
}

fn side_by_side(
    desk: &Desk,
    one: &PatientSummary,
    other: &PatientSummary,
    why: &str,
) -> Result<DuplicatePair, Refusal> {
    let (today, sites) = (desk.today(), desk.sites()?);
    let born = |summary: &PatientSummary| {
        summary
            .born
            .map_or_else(|| "Not known".to_owned(), |born| words::born(born, today))
    };
    let site = |summary: &PatientSummary| {
        let known = summary.site.and_then(|site| sites.get(&site));
        known.map_or_else(
            || "A site not known here".to_owned(),
            |site| site.name.clone(),
        )
    };
    let place = |summary: &PatientSummary| match summary.place.as_str() {
        "" => "Not known".to_owned(),
        place => place.to_owned(),
    };
    let former = |summary: &PatientSummary| match summary.former.as_slice() {
        [] => "None known".to_owned(),
        former => former.join(", "),
    };
    let compare = |label: &str, of: &dyn Fn(&PatientSummary) -> String| {
        let (one, other) = (of(one), of(other));
        CompareRow {
            label: label.to_owned(),
            differs: one != other,
            one,
            other,
        }
    };
    Ok(DuplicatePair {
        id: format!("{}-{}", one.patient, other.patient),
        why: why.to_owned(),
        one: one.patient.clone(),
        other: other.patient.clone(),
        one_name: listed(one),
        other_name: listed(other),
        rows: vec![
            compare("Site", &site),
            compare("Name", &|it| {
                PatientSummary::listed_name(&it.family, &it.given, &it.title)
            }),
            compare("Born", &born),
            compare("NHS number", &number),
            compare("Address", &place),
            compare("Former names", &former),
        ],
    })
}
