//! The end of a record: asked for by one person, confirmed by another, and gone.

use record::body::{Action, Erasure};
use record::entry::Basis;
use record::erasure::{Asked, Hand};
use record::id::{EntryId, PatientId};
use record::scope::{Scope, Subject};
use record::warrant::WarrantId;

use super::shown::open_person;
use crate::audit;
use crate::case::Case;
use crate::desk::{Along, Desk, Line, Sign, patient_id};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{ErasureForm, ErasureLine, ErasuresView, PersonView};
use crate::words;

/// The legal grounds on which content may be removed.
pub(super) const GROUNDS: [(&str, &str); 3] = [
    ("retention", "The time for which it has to be kept is over"),
    ("court", "Order of a court"),
    ("request", "Request of the person, upheld"),
];

/// The longest reference, in characters.
const LONGEST_REFERENCE: usize = 80;

/// Asks that the content of a person's record be removed. It takes effect when somebody else
/// confirms it.
pub fn ask_erasure(
    desk: &mut Desk,
    patient: String,
    form: ErasureForm,
) -> Result<PersonView, Refusal> {
    desk.allow(Act::Erase)?;
    let id = patient_id(&patient)?;
    let case = desk.case(id)?;
    check(&form)?;
    refuse_unready(&case)?;
    if asked_now(desk, id)?.is_some() {
        return Err(Refusal::plain(
            "Somebody has asked for this already. Another person confirms it, or it is taken back.",
        ));
    }
    desk.confirm_own("passphrase", &form.passphrase)?;
    let body = Erasure {
        records: sorted(case.records()),
        step: "asked".into(),
        asked: None,
        ground: form.ground,
        reference: form.reference.trim().into(),
    };
    let warrant = desk.warrant(&body.records, None)?;
    sign(desk, Some(warrant), &body, Vec::new(), &[])?;
    audit::note(desk, Action::Erased, Some(id), "asked for")?;
    open_person(desk, patient)
}

fn check(form: &ErasureForm) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if !GROUNDS.iter().any(|(known, _)| *known == form.ground) {
        faults.add("ground", "Choose the legal ground.");
    }
    let reference = form.reference.trim();
    faults.need(
        "reference",
        reference,
        "Say where the paper is filed. No name.",
    );
    if reference.chars().count() > LONGEST_REFERENCE {
        faults.add("reference", "At most 80 characters.");
    }
    faults.none()
}

/// Nothing is erased while it is not settled whose it is, or while somebody has yet to act.
fn refuse_unready(case: &Case) -> Result<(), Refusal> {
    case.settled()?;
    if case.open_actions().is_empty() {
        Ok(())
    } else {
        Err(Refusal::plain(
            "A red action is open on this person. Close it before the record is erased.",
        ))
    }
}

/// Confirms an erasure that somebody else asked for. The content, the keys, what was typed and the
/// rows of the lists go in the same transaction as the signature is written.
pub fn confirm_erasure(
    desk: &mut Desk,
    asked: String,
    passphrase: String,
) -> Result<ErasuresView, Refusal> {
    desk.allow(Act::Erase)?;
    let asked = waiting(desk, &asked)?;
    if asked.asked.staff == desk.staff()? {
        return Err(Refusal::plain(
            "You asked for this erasure. Somebody else has to confirm it.",
        ));
    }
    let first = *asked.records.first().ok_or(NOT_ASKED)?;
    let case = desk.case(first)?;
    refuse_unready(&case)?;
    if sorted(case.records()) != asked.records {
        return Err(Refusal::Stale(
            "The person's records were linked or parted since this was asked for. Take it back and ask again.",
        ));
    }
    desk.confirm_own("passphrase", &passphrase)?;
    let body = Erasure {
        step: "confirmed".into(),
        ..answer(&asked)
    };
    let before = warrant_of(desk, &asked)?;
    let warrant = desk.warrant(&asked.records, Some(before))?;
    sign(
        desk,
        Some(warrant),
        &body,
        vec![asked.asked.entry],
        &asked.records,
    )?;
    desk.sitting()?.keep_erasures()?;
    for record in &asked.records {
        audit::note(
            desk,
            Action::Erased,
            Some(*record),
            "confirmed, content gone",
        )?;
    }
    erasures(desk)
}

/// No longer asks for an erasure that nobody has confirmed.
pub fn take_back_erasure(
    desk: &mut Desk,
    asked: String,
    passphrase: String,
) -> Result<ErasuresView, Refusal> {
    desk.allow(Act::Erase)?;
    let asked = waiting(desk, &asked)?;
    desk.confirm_own("passphrase", &passphrase)?;
    let body = Erasure {
        step: "taken-back".into(),
        ..answer(&asked)
    };
    sign(desk, None, &body, vec![asked.asked.entry], &[])?;
    for record in &asked.records {
        audit::note(desk, Action::Erased, Some(*record), "no longer asked for")?;
    }
    erasures(desk)
}

const NOT_ASKED: Refusal = Refusal::NotFound("That erasure");

fn waiting(desk: &mut Desk, asked: &str) -> Result<Asked, Refusal> {
    let id: EntryId = asked.parse().map_err(|_| NOT_ASKED)?;
    let known = desk.sitting_mut()?.known()?;
    let found = known
        .erasures
        .asked
        .iter()
        .find(|one| one.asked.entry == id);
    found.cloned().ok_or(NOT_ASKED)
}

fn answer(asked: &Asked) -> Erasure {
    Erasure {
        records: asked.records.clone(),
        step: String::new(),
        asked: Some(asked.asked.entry),
        ground: asked.ground.clone(),
        reference: asked.reference.clone(),
    }
}

fn sorted(records: &[PatientId]) -> Vec<PatientId> {
    let mut records = records.to_vec();
    records.sort_unstable();
    records
}

/// What was signed beside the first signature, for the hub server.
fn warrant_of(desk: &mut Desk, asked: &Asked) -> Result<WarrantId, Refusal> {
    let known = desk.sitting_mut()?.known()?;
    let first = known.warrants.get(&asked.asked.entry.envelope);
    let fits = first.filter(|first| first.claims().records == asked.records);
    fits.map(record::warrant::Warrant::id).ok_or_else(|| {
        Refusal::plain(
            "What was signed first does not tell the hub server what to erase. Take it back and ask again.",
        )
    })
}

fn sign(
    desk: &mut Desk,
    warrant: Option<Line>,
    body: &Erasure,
    seen: Vec<EntryId>,
    erased: &[PatientId],
) -> Result<(), Refusal> {
    let first = body.records.first().ok_or(NOT_ASKED)?;
    let line = Line::of(format!("erasure/{first}"), body)?;
    let along = Along {
        sign: Some(Sign {
            basis: Basis {
                heads: seen,
                ..Basis::default()
            },
        }),
        erased,
        ..Along::default()
    };
    let lines = warrant.into_iter().chain([line]).collect();
    desk.write_along(Scope::Service, Subject::Service, lines, along)
}

/// Every erasure of the service: what waits for a second signature, and what is gone.
pub fn erasures(desk: &mut Desk) -> Result<ErasuresView, Refusal> {
    desk.allow(Act::Look)?;
    let known = desk.sitting_mut()?.known()?;
    let mut asked = Vec::new();
    for one in &known.erasures.asked {
        asked.push(waiting_line(desk, one)?);
    }
    let done = known.erasures.done.iter().map(|one| {
        let record = one.records.first().copied();
        Ok(ErasureLine {
            asked: one.asked.entry.to_string(),
            patient: record.map(|id| id.to_string()).unwrap_or_default(),
            whom: record.map(unnamed).unwrap_or_default(),
            ground: ground_words(&one.ground),
            reference: one.reference.clone(),
            asked_by: hand_words(desk, &one.asked)?,
            confirmed_by: Some(hand_words(desk, &one.confirmed)?),
            may_confirm: false,
        })
    });
    Ok(ErasuresView {
        done: done.collect::<Result<_, Refusal>>()?,
        asked,
        may_erase: may(desk.role()?, Act::Erase),
    })
}

/// What somebody asked for, about this person.
pub(super) fn asked_for(desk: &mut Desk, case: &Case) -> Result<Option<ErasureLine>, Refusal> {
    match asked_now(desk, case.patient)? {
        Some(asked) => Ok(Some(waiting_line(desk, &asked)?)),
        None => Ok(None),
    }
}

fn asked_now(desk: &mut Desk, patient: PatientId) -> Result<Option<Asked>, Refusal> {
    let known = desk.sitting_mut()?.known()?;
    let lead = known.links.lead(patient);
    Ok(known.erasures.asked_for(lead).cloned())
}

fn waiting_line(desk: &Desk, asked: &Asked) -> Result<ErasureLine, Refusal> {
    let record = asked.records.first().copied();
    let named = record
        .map(|id| {
            desk.sitting()?
                .opened
                .store
                .summary(id)
                .map_err(Refusal::from)
        })
        .transpose()?
        .flatten()
        .as_ref()
        .and_then(crate::summary::PatientSummary::from_row)
        .map(|row| {
            crate::summary::PatientSummary::listed_name(&row.family, &row.given, &row.title)
        });
    let whom = named.or_else(|| record.map(unnamed)).unwrap_or_default();
    Ok(ErasureLine {
        asked: asked.asked.entry.to_string(),
        patient: record.map(|id| id.to_string()).unwrap_or_default(),
        whom,
        ground: ground_words(&asked.ground),
        reference: asked.reference.clone(),
        asked_by: hand_words(desk, &asked.asked)?,
        confirmed_by: None,
        may_confirm: may(desk.role()?, Act::Erase) && asked.asked.staff != desk.staff()?,
    })
}

/// A record that has no name any more.
fn unnamed(record: PatientId) -> String {
    let id = record.to_string();
    format!("Record {}", id.get(..8).unwrap_or(&id))
}

fn ground_words(ground: &str) -> String {
    let known = GROUNDS.iter().find(|(known, _)| *known == ground);
    known.map_or_else(|| ground.to_owned(), |(_, label)| (*label).to_owned())
}

fn hand_words(desk: &Desk, hand: &Hand) -> Result<String, Refusal> {
    let name = desk.name_and_role(hand.staff)?;
    Ok(format!("{name}, {}", words::staff_moment(hand.claimed)))
}
