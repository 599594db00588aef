//! Which cases a withdrawal is about: those that stand under a content, and those decided under it.

use record::body::Adoptable;
use record::fold::fold;
use record::scope::Subject;

use super::contents::{self, Content};
use crate::audit;
use crate::case::Case;
use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::summary::PatientSummary;
use crate::view::{AffectedCase, CasesUnder};
use crate::words;

/// The cases of patients who live that a content bears on. Those whose newest decision was signed
/// under it are to be looked at again once it is withdrawn; of the open ones it says what changes.
///
/// Every assessed patient's record is read, a few milliseconds each: a withdrawal is rare and must
/// miss nobody.
pub fn cases_under(desk: &mut Desk, what: String, digest: String) -> Result<CasesUnder, Refusal> {
    desk.allow(Act::CompareRules)?;
    audit::listed(desk)?;
    let content = contents::one(desk, &what, &digest)?;
    let in_use = desk
        .sitting()?
        .in_service()?
        .is_in_use(&content.slot(), &digest);
    let mut found = CasesUnder {
        words: String::new(),
        decided: Vec::new(),
        open: Vec::new(),
    };
    let assessed = |it: &PatientSummary| it.died.is_none() && !it.assessments.is_empty();
    for summary in desk.summaries()?.into_iter().filter(assessed) {
        let patient = patient_id(&summary.patient)?;
        let in_service = desk.sitting()?.in_service()?;
        let entries = desk.sitting()?.open_all(Subject::Patient(patient))?;
        let case = Case::new(patient, fold(entries)).read_with(in_service.in_use.clone());
        match bears_on(desk, &case, &content, in_use) {
            Some((Side::Decided, why)) => found.decided.push(affected(&summary, why)),
            Some((Side::Open, why)) => found.open.push(affected(&summary, why)),
            None => {}
        }
    }
    found.words = format!(
        "{} decided under it, {} open.",
        words::count(found.decided.len(), "case was", "cases were"),
        words::count(found.open.len(), "case is", "cases are")
    );
    Ok(found)
}

enum Side {
    Decided,
    Open,
}

/// Whether a content bears on a case, and how.
fn bears_on(desk: &Desk, case: &Case, content: &Content, in_use: bool) -> Option<(Side, String)> {
    let newest = case.assessments().first()?;
    let decisions = case.decision(newest.id);
    let Some(decided) = decisions.all().first() else {
        let open = match content.what {
            Adoptable::Ruleset if in_use => proposal_words(desk, case),
            Adoptable::Ruleset => None,
            _ => used(desk, case, content),
        };
        return open.map(|why| (Side::Open, why));
    };
    let signed = words::staff_moment(decided.placed.entry.claimed);
    let under = match content.what {
        Adoptable::Ruleset => {
            let basis = decided.placed.entry.signed.as_ref().map(|it| &it.basis);
            let rules = basis.and_then(|basis| basis.ruleset);
            rules
                .is_some_and(|rules| contents::hex(&rules) == content.digest)
                .then(String::new)
        }
        _ => used(desk, case, content).map(|used| format!(" {used}")),
    };
    under.map(|under| (Side::Decided, format!("Decision signed {signed}.{under}")))
}

/// What an open case loses with the rules.
fn proposal_words(desk: &Desk, case: &Case) -> Option<String> {
    let newest = case.assessments().first()?;
    let judged = case.judged(newest.id, newest.day(desk.today()));
    let made = judged.proposal();
    let settled = [
        made.urgency.value().map(|it| it.words().to_owned()),
        made.lead.value().map(|it| it.words().to_owned()),
    ];
    let settled: Vec<String> = settled.into_iter().flatten().collect();
    Some(if settled.is_empty() {
        "Nothing was settled yet; it will be chosen by hand.".into()
    } else {
        format!(
            "{} would no longer be proposed; it will be chosen by hand.",
            words::listed(&settled)
        )
    })
}

/// How a table or a pack is used in the newest assessment.
fn used(desk: &Desk, case: &Case, content: &Content) -> Option<String> {
    let newest = case.assessments().first()?;
    match content.what {
        Adoptable::MedicinesTable => {
            let judged = case.judged(newest.id, newest.day(desk.today()));
            let total = judged.facts.ome.as_ref()?;
            let counts = !total.items.is_empty() && total.table == content.title;
            counts.then(|| "Its opioid total was worked out by this table.".into())
        }
        Adoptable::InstrumentPack => {
            let forms = case.forms(newest.id);
            let asked = forms.values().any(|used| used.pack == content.digest);
            asked.then(|| "Asked in the words of this pack.".into())
        }
        _ => None,
    }
}

fn affected(summary: &PatientSummary, why: String) -> AffectedCase {
    AffectedCase {
        patient: summary.patient.clone(),
        name: PatientSummary::listed_name(&summary.family, &summary.given, &summary.title),
        note: crate::worklist::stage_words(summary.stage).into(),
        why,
    }
}
