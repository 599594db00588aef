//! The call card: what to say on the telephone, on screen at once and on one page.
//!
//! It needs no signature and no connection, and nothing of the route waits for it. Whoever may see
//! the route may print it: in an emergency that is whoever is at the laptop.

use assessment::question::Catalogue;
use assessment::route::{Route, Routes};
use document::{Document, Typeset};
use record::body::{Action, AnswerState, AnswerValue, PaperMade};
use record::id::{ItemId, PatientId};

use super::shown::{features, phones};
use crate::assess::{Shown, item_words, state_words};
use crate::audit;
use crate::banner::{allergies, gender_words, newest};
use crate::case::Case;
use crate::desk::{Desk, Line, patient_id};
use crate::paper::{self, CallPaper};
use crate::refusal::Refusal;
use crate::role::{self, Act};
use crate::view::{Labelled, PlanPreview, PrintForm, Printed, SavedPdf};
use crate::{decide, triage, words};

/// The card on screen: what to read out.
pub fn call_card(desk: &mut Desk, patient: String, route: String) -> Result<PlanPreview, Refusal> {
    let (_, document) = made(desk, &patient, &route)?;
    paper::preview(&document, false)
}

/// Prints the card with the system's printing.
pub fn print_call_card(
    desk: &mut Desk,
    patient: String,
    route: String,
    form: PrintForm,
) -> Result<Printed, Refusal> {
    let (patient, document) = made(desk, &patient, &route)?;
    let typeset = on_paper(desk, patient, &document)?;
    audit::note(desk, Action::Printed, Some(patient), "call card")?;
    let bytes = typeset.pdf(crate::print::made(desk.now()));
    crate::print::print(&form.printer, form.copies, &bytes)?;
    note_copy(desk, patient, "printed", form.copies)?;
    Ok(crate::print::sent(
        form.copies,
        typeset.pages(),
        &form.printer,
    ))
}

/// Saves the card as a PDF where a person chose, under a name without patient data.
pub fn save_call_card(
    desk: &mut Desk,
    patient: String,
    route: String,
    folder: String,
) -> Result<SavedPdf, Refusal> {
    let (patient, document) = made(desk, &patient, &route)?;
    let typeset = on_paper(desk, patient, &document)?;
    audit::note(desk, Action::Exported, Some(patient), "call card")?;
    let bytes = typeset.pdf(crate::print::made(desk.now()));
    let path = crate::print::save(&folder, "call-card.pdf", &bytes)?;
    note_copy(desk, patient, "saved", 1)?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(typeset.pages()).unwrap_or(u32::MAX),
    })
}

fn made(desk: &mut Desk, patient: &str, route: &str) -> Result<(PatientId, Document), Refusal> {
    desk.allow(Act::Look)?;
    let patient = patient_id(patient)?;
    let route = Routes::shipped()
        .route(route)
        .ok_or(Refusal::NotFound("That route"))?;
    let card = gathered(desk, patient, route)?;
    Ok((patient, paper::call_card(&card)?))
}

/// On the screen a name in conflict is said beside the card; a sheet with it would go on alone.
fn on_paper(desk: &mut Desk, patient: PatientId, document: &Document) -> Result<Typeset, Refusal> {
    desk.case(patient)?.settled()?;
    Ok(document.typeset()?)
}

fn note_copy(desk: &mut Desk, patient: PatientId, how: &str, copies: u8) -> Result<(), Refusal> {
    let assessment = newest(&*desk.case(patient)?);
    let body = PaperMade {
        assessment,
        what: "call-card".into(),
        how: how.into(),
        copies,
    };
    desk.write(patient, vec![Line::appended(&body)?])?;
    Ok(())
}

/// What the card says, from the record as it stands.
pub(super) fn gathered(
    desk: &mut Desk,
    patient: PatientId,
    route: &'static Route,
) -> Result<CallPaper, Refusal> {
    let case = desk.case(patient)?;
    let numbers = crate::door::local_numbers(desk)?;
    let names = desk.names()?;
    let now = desk.now();
    let identity = case.identity();
    let opened = &desk.sitting()?.opened;
    let (site, service) = (&opened.identity.site_name, &opened.identity.service_name);
    let in_conflict = identity
        .conflict
        .map(|what| format!("The {what} is in conflict on this record."));
    let newest = newest(&case);
    let shown = newest.map(|id| Shown::new(&case, id, case.day(id, desk.today()), &names));
    Ok(CallPaper {
        title: route.title.clone(),
        caller: format!(
            "{}, {}",
            opened.name,
            role::words(desk.role()?).to_lowercase()
        ),
        place: format!("{site}, {service}"),
        ring_back: numbers.clinic.clone(),
        name: identity.spoken(),
        born: identity.born_words(desk.today()),
        gender: gender(&identity.gender),
        number: identity.number_words(),
        in_conflict,
        signs: features(desk, &case, route)?,
        ask: route.ask.clone(),
        background: background(shown.as_ref()),
        assessment: assessed(desk, &case, newest, shown.as_ref(), route)?,
        within: route.within.clone(),
        phones: phones(desk, route, &numbers)?,
        source: format!(
            "Route content {} {}: {} [{:?}].",
            Routes::shipped().version,
            Routes::shipped().status,
            route.citation,
            route.mark
        ),
        made: format!(
            "Made {} by {}",
            words::staff_moment(now),
            words::short_name(&opened.name)
        ),
        demo: opened.identity.demo,
    })
}

fn gender(said: &str) -> String {
    match gender_words(said) {
        "Not known" => "gender not known".into(),
        known => known.to_lowercase(),
    }
}

fn line(label: &str, value: impl Into<String>) -> Labelled {
    Labelled {
        label: label.into(),
        value: value.into(),
    }
}

/// Main problem, medicines, allergies, cancer and implants; each unanswered one says so.
fn background(shown: Option<&Shown<'_>>) -> Vec<Labelled> {
    let Some(shown) = shown else {
        return vec![line("Not assessed yet", "nothing else is on the record")];
    };
    let mut all = vec![
        line("Main problem", answer(shown, "pain-main")),
        line("Medicines", medicines(shown)),
    ];
    if let Some(ome) = shown.medicines().ome_words() {
        all.push(line("Opioids together", format!("OME {ome}")));
    }
    all.push(line("Allergies", allergies(shown).words));
    all.push(line(
        "Cancer",
        format!(
            "now or in the past: {}; at present: {}",
            answer(shown, "cancer-history"),
            answer(shown, "cancer-now").to_lowercase()
        ),
    ));
    all.push(line("Implanted pump or stimulator", implants(shown)));
    all
}

/// An answer in words, or which of the four unanswered states it has.
fn answer(shown: &Shown<'_>, question: &str) -> String {
    let known = Catalogue::shipped().question(question);
    known.map_or_else(String::new, |question| {
        state_words(&question.kind, &shown.state(&question.id))
    })
}

/// Every medicine that stands: of versions that did not see each other all (SAFETY 1).
fn medicines(shown: &Shown<'_>) -> String {
    rows(shown, "medicine", |item| {
        if item.taken_off {
            " (one entry says it was stopped)"
        } else if item.conflict {
            " (two entries differ)"
        } else {
            ""
        }
    })
}

fn implants(shown: &Shown<'_>) -> String {
    let devices = rows(shown, "device", |_| "");
    let asked = answer(shown, "implanted-device").to_lowercase();
    let any = shown.items.iter().any(|item| item.list == "device");
    if any { devices } else { asked }
}

fn rows(
    shown: &Shown<'_>,
    list: &str,
    remark: impl Fn(&crate::case::ItemNow) -> &'static str,
) -> String {
    let Some(spec) = Catalogue::shipped().list(list) else {
        return String::new();
    };
    let items = shown.items.iter().filter(|item| item.list == list);
    let said: Vec<String> = items
        .map(|item| format!("{}{}", item_words(spec, item), remark(item)))
        .collect();
    if !said.is_empty() {
        return said.join("; ");
    }
    match shown.case.list_states(shown.assessment).get(list) {
        Some(AnswerState::Given { .. }) => spec.empty_choice.to_lowercase(),
        Some(state) => state_words(&assessment::question::QuestionKind::YesNo, state),
        None => "not asked".into(),
    }
}

/// How many signs were asked and found, what was examined, and how urgent the route says it is.
fn assessed(
    desk: &Desk,
    case: &Case,
    newest: Option<ItemId>,
    shown: Option<&Shown<'_>>,
    route: &Route,
) -> Result<Vec<Labelled>, Refusal> {
    let mut all = Vec::new();
    if let Some(shown) = shown {
        let counted = &triage::proposal(shown).counted;
        let how = answer(shown, "contact-mode").to_lowercase();
        all.push(line("Warning signs", format!("{counted}; seen: {how}")));
        all.push(match shown.state("exam-neurology") {
            AnswerState::Given {
                value: AnswerValue::Text(text),
            } => line("Power, reflexes, feeling", text),
            _ => line("Examined", answer(shown, "examined").to_lowercase()),
        });
    }
    let decided = newest.and_then(|id| case.acted_on(id));
    let veiled = newest.is_some_and(|id| case.is_veiled(id));
    let decided = match decided {
        _ if veiled => "not known to the caller".into(),
        Some(found) => format!(
            "{}, signed by {}",
            decide::lead_words(&found.body.decided.lead),
            desk.name_and_role(found.placed.entry.author)?
        ),
        None => "no decision is signed, and none is waited for".into(),
    };
    let urgency = decide::urgency_label(route.urgency);
    all.push(line("Urgency of this route", urgency));
    all.push(line("Decision", decided));
    Ok(all)
}
