//! The plan: written with the patient, agreed, signed, shown, printed and given.

mod bank;
mod draft;
mod paper;

#[cfg(test)]
pub(crate) use paper::of as paper_of;

use record::body::{PlanAgreed, PlanGiven, PlanGoal, PlanGoals, PlanPrinted, PlanText};
use record::entry::Basis;
use record::id::{ItemId, PatientId};

use crate::audit;
use crate::banner::banner;
use crate::case::{Case, PlanNow, slots};
use crate::desk::{Desk, Line, Sign, item_id};
use crate::readability::reading_age;
use crate::refusal::Refusal;
use crate::role::{Act, may};
use crate::view::{
    AgreeForm, Choice, GivenForm, Goal, Phrase, PlanBlock, PlanPreview, PlanView, PrintForm,
    Printed, Printers, SavedPdf,
};
use crate::words;

/// Blocks without which a plan is not agreed.
const NEEDED: [&str; 4] = [
    "what-matters",
    "what-we-agreed",
    "flare-up",
    "warning-signs",
];

/// Who can be present when a plan is agreed.
const PRESENT: [(&str, &str); 5] = [
    ("patient", "The patient"),
    ("carer", "A carer"),
    ("family", "Family"),
    ("interpreter", "An interpreter"),
    ("advocate", "An advocate"),
];

/// The plan of an assessment.
pub fn open_plan(desk: &mut Desk, assessment: String) -> Result<PlanView, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    audit::viewed(desk, patient)?;
    view(desk, patient, id)
}

fn view(desk: &mut Desk, patient: PatientId, id: ItemId) -> Result<PlanView, Refusal> {
    let saved_at = desk.last_saved(patient)?.map(words::clock_seconds);
    let case = desk.case(patient)?;
    let names = desk.names()?;
    let plan = case.plan(id);
    let drafted = draft::texts(&case, id, desk.today(), &names);
    let blocks: Vec<PlanBlock> = bank::blocks()
        .iter()
        .map(|block| block_view(block, &plan, &drafted))
        .collect();
    let decision = case.decision(id).one().map(|found| {
        let who = names
            .get(&found.placed.entry.author)
            .cloned()
            .unwrap_or_default();
        format!(
            "{}, signed by {who} {}",
            crate::decide::lead_words(&found.body.lead),
            words::staff_moment(found.placed.entry.claimed)
        )
    });
    Ok(PlanView {
        assessment: id.to_string(),
        banner: banner(desk, &case, None)?,
        version: plan.version(),
        missing: missing(&blocks, &plan, decision.is_some(), &case),
        goals: plan.goals.iter().map(goal).collect(),
        review: plan.texts.get("review").cloned().unwrap_or_default(),
        agreed: plan
            .agreed
            .as_ref()
            .map(|(agreed, when)| agreed_words(agreed, *when)),
        changed_since_agreed: plan.changed_since_agreed(),
        given: plan.given.as_ref().map(|(given, when)| {
            format!(
                "Version {} given to {} {}",
                given.version,
                to_words(&given.to),
                words::staff_moment(*when)
            )
        }),
        decision,
        saved_at,
        present_choices: PRESENT
            .iter()
            .map(|(value, label)| Choice {
                value: (*value).into(),
                label: (*label).into(),
            })
            .collect(),
        may_sign: may(desk.role()?, Act::AgreePlan),
        blocks,
    })
}

fn block_view(
    block: &bank::Block,
    plan: &PlanNow,
    drafted: &std::collections::BTreeMap<String, String>,
) -> PlanBlock {
    let written = plan.texts.get(&block.id);
    let text = written
        .or_else(|| drafted.get(&block.id))
        .cloned()
        .unwrap_or_default();
    PlanBlock {
        id: block.id.clone(),
        title: block.title.clone(),
        hint: block.hint.clone(),
        reading_age: reading_age(&text),
        drafted: written.is_none() && !text.is_empty(),
        text,
        phrases: block
            .phrases
            .iter()
            .map(|phrase| Phrase {
                text: phrase.text.clone(),
                source: format!("{} [{}]", phrase.source, phrase.mark),
            })
            .collect(),
    }
}

fn missing(blocks: &[PlanBlock], plan: &PlanNow, decided: bool, case: &Case) -> Vec<String> {
    let mut all = Vec::new();
    if !decided {
        all.push("A signed decision".to_owned());
    }
    if let Some(field) = case.identity().conflict {
        all.push(format!(
            "The {field} is in conflict and has to be settled first"
        ));
    }
    for block in blocks
        .iter()
        .filter(|block| NEEDED.contains(&block.id.as_str()) && block.text.trim().is_empty())
    {
        all.push(block.title.clone());
    }
    if plan.goals.is_empty() {
        all.push("At least one goal".to_owned());
    }
    if !plan.texts.contains_key("review") {
        all.push("A review date".to_owned());
    }
    all
}

fn goal(goal: &PlanGoal) -> Goal {
    Goal {
        text: goal.text.clone(),
        by: goal.by.clone(),
        confidence: goal.confidence,
    }
}

fn agreed_words(agreed: &PlanAgreed, when: record::moment::Moment) -> String {
    let state = match agreed.state.as_str() {
        "agreed" => "Agreed",
        "agreed-in-part" => "Agreed in part",
        _ => "Not agreed",
    };
    format!(
        "Version {}: {} {}",
        agreed.version,
        state.to_lowercase(),
        words::staff_moment(when)
    )
}

fn to_words(to: &str) -> &'static str {
    match to {
        "carer" => "a carer",
        "post" => "the post",
        _ => "the patient",
    }
}

fn editable(desk: &mut Desk, assessment: &str) -> Result<(ItemId, PatientId), Refusal> {
    desk.allow(Act::AgreePlan)?;
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    Ok((id, patient))
}

/// Keeps the text of a block.
pub fn save_plan_block(
    desk: &mut Desk,
    assessment: String,
    block: String,
    text: String,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    if !bank::blocks().iter().any(|known| known.id == block) {
        return Err(Refusal::NotFound("That block"));
    }
    let body = PlanText {
        assessment: id,
        block: block.clone(),
        text,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, &block), &body)?)?;
    view(desk, patient, id)
}

/// Keeps the goals.
pub fn save_plan_goals(
    desk: &mut Desk,
    assessment: String,
    goals: Vec<Goal>,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    if goals
        .iter()
        .any(|goal| goal.confidence.is_some_and(|sure| sure > 10))
    {
        return Err(Refusal::field(
            "confidence",
            "Confidence is a number from 0 to 10.",
        ));
    }
    if goals
        .iter()
        .any(|goal| !goal.by.is_empty() && words::iso(&goal.by).is_none())
    {
        return Err(Refusal::field(
            "by",
            "Enter a date that exists, or leave it empty.",
        ));
    }
    let goals = goals
        .into_iter()
        .filter(|goal| !goal.text.trim().is_empty())
        .map(|goal| PlanGoal {
            text: goal.text.trim().into(),
            by: goal.by,
            confidence: goal.confidence,
        })
        .collect();
    let body = PlanGoals {
        assessment: id,
        goals,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, "goals"), &body)?)?;
    view(desk, patient, id)
}

/// Keeps the review date.
pub fn save_plan_review(
    desk: &mut Desk,
    assessment: String,
    review: String,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let today = desk.today();
    match words::iso(&review) {
        Some(date) if date > today => {}
        Some(_) => return Err(Refusal::field("review", "Choose a day after today.")),
        None => return Err(Refusal::field("review", "Enter a date that exists.")),
    }
    let body = PlanText {
        assessment: id,
        block: "review".into(),
        text: review,
    };
    desk.keep_typed(patient, Line::of(slots::plan(id, "review"), &body)?)?;
    view(desk, patient, id)
}

/// Agrees the plan with the patient and signs it. What the program drafted and nobody changed is
/// written first, so that what was agreed is in the record word for word.
pub fn agree_plan(
    desk: &mut Desk,
    assessment: String,
    form: AgreeForm,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let now = view(desk, patient, id)?;
    if !now.missing.is_empty() {
        return Err(Refusal::plain(format!(
            "The plan cannot be agreed yet. Missing: {}.",
            words::listed(&now.missing).to_lowercase()
        )));
    }
    if !["agreed", "agreed-in-part", "not-agreed"].contains(&form.state.as_str()) {
        return Err(Refusal::field(
            "state",
            "Choose whether the plan was agreed.",
        ));
    }
    if form.state != "agreed" && form.part.trim().is_empty() {
        return Err(Refusal::field("part", "Say what was not agreed."));
    }
    if form.present.is_empty() {
        return Err(Refusal::field("present", "Say who was present."));
    }
    desk.confirm_passphrase(&form.passphrase)?;
    for block in now.blocks.iter().filter(|block| block.drafted) {
        let body = PlanText {
            assessment: id,
            block: block.id.clone(),
            text: block.text.clone(),
        };
        desk.keep_typed(patient, Line::of(slots::plan(id, &block.id), &body)?)?;
    }
    desk.seal_typed(patient)?;
    let case = desk.case(patient)?;
    let body = PlanAgreed {
        assessment: id,
        version: now.version,
        state: form.state,
        part: form.part.trim().into(),
        present: form.present,
        copies: form.copies.trim().into(),
        blocks: case.plan(id).heads,
    };
    let basis = Basis {
        heads: case.record.all_heads(),
        ruleset: Some(crate::rules::digest()),
        proposal: None,
    };
    desk.write_signed(
        patient,
        vec![Line::of(slots::plan(id, "agreed"), &body)?],
        Sign { basis },
    )?;
    audit::note(desk, "signed", Some(patient), "plan")?;
    view(desk, patient, id)
}

/// The renderer's own pages.
pub fn preview_plan(
    desk: &mut Desk,
    assessment: String,
    large: bool,
) -> Result<PlanPreview, Refusal> {
    desk.allow(Act::Look)?;
    let id = item_id(&assessment)?;
    let patient = desk.patient_of(id)?;
    let paper = paper::of(desk, patient, id, large)?;
    let document = crate::paper::plan(&paper);
    let words = paper::spoken(&document);
    let typeset = document.typeset()?;
    Ok(PlanPreview {
        pages: (0..typeset.pages())
            .map(|page| typeset.page_svg(page))
            .collect(),
        draft: !paper.signed,
        words,
    })
}

struct Made {
    patient: PatientId,
    id: ItemId,
    version: u32,
    pages: usize,
    bytes: Vec<u8>,
}

fn make(desk: &mut Desk, assessment: &str, large: bool) -> Result<Made, Refusal> {
    let id = item_id(assessment)?;
    let patient = desk.patient_of(id)?;
    if let Some(field) = desk.case(patient)?.identity().conflict {
        return Err(Refusal::plain(format!(
            "The {field} is in conflict. Settle it before anything is printed."
        )));
    }
    let paper = paper::of(desk, patient, id, large)?;
    let typeset = crate::paper::plan(&paper).typeset()?;
    let version = if paper.signed { paper.version } else { 0 };
    Ok(Made {
        patient,
        id,
        version,
        pages: typeset.pages(),
        bytes: typeset.pdf(crate::print::made(desk.now())),
    })
}

fn note_copy(
    desk: &mut Desk,
    made: &Made,
    how: &str,
    copies: u8,
    large: bool,
) -> Result<(), Refusal> {
    let body = PlanPrinted {
        assessment: made.id,
        version: made.version,
        how: how.into(),
        copies,
        large,
    };
    desk.write(made.patient, vec![Line::appended(&body)?])?;
    audit::note(desk, how, Some(made.patient), "plan")
}

/// Saves the plan as a PDF where a person chose, under a name without patient data.
pub fn save_plan_pdf(
    desk: &mut Desk,
    assessment: String,
    large: bool,
    folder: String,
) -> Result<SavedPdf, Refusal> {
    desk.allow(Act::AgreePlan)?;
    let made = make(desk, &assessment, large)?;
    let path = crate::print::save(&folder, &file_name(made.id), &made.bytes)?;
    note_copy(desk, &made, "saved", 1, large)?;
    Ok(SavedPdf {
        path,
        pages: u32::try_from(made.pages).unwrap_or(u32::MAX),
    })
}

/// The assessment's random id and nothing of the patient.
fn file_name(id: ItemId) -> String {
    let id = id.to_string();
    format!("treatment-plan-{}.pdf", id.get(..8).unwrap_or(&id))
}

/// The system's printers.
pub fn printers(desk: &mut Desk) -> Result<Printers, Refusal> {
    desk.allow(Act::Look)?;
    Ok(crate::print::offer("treatment-plan.pdf".into()))
}

/// Prints the plan with the system's printing.
pub fn print_plan(
    desk: &mut Desk,
    assessment: String,
    form: PrintForm,
) -> Result<Printed, Refusal> {
    desk.allow(Act::AgreePlan)?;
    let made = make(desk, &assessment, form.large)?;
    crate::print::print(&form.printer, form.copies, &made.bytes)?;
    note_copy(desk, &made, "printed", form.copies, form.large)?;
    Ok(Printed {
        words: format!(
            "{} of {} sent to {}.",
            words::count(form.copies.into(), "copy", "copies"),
            words::count(made.pages, "page", "pages"),
            form.printer
        ),
    })
}

/// The plan is in the right hands: a person checked the name and the date of birth as the patient
/// said it. Never taken from the printer.
pub fn plan_given(
    desk: &mut Desk,
    assessment: String,
    form: GivenForm,
) -> Result<PlanView, Refusal> {
    let (id, patient) = editable(desk, &assessment)?;
    let case = desk.case(patient)?;
    let plan = case.plan(id);
    if !plan.is_agreed() {
        return Err(Refusal::plain(
            "The plan is not agreed as it stands. Agree it before it is given.",
        ));
    }
    if !form.name_checked {
        return Err(Refusal::field(
            "name_checked",
            "Check the name with the person first.",
        ));
    }
    if case.identity().born.is_none() || words::iso(&form.born) != case.identity().born {
        return Err(Refusal::field(
            "born",
            "This is not the date of birth on the record. Check that this is the right person.",
        ));
    }
    let body = PlanGiven {
        assessment: id,
        version: plan.version(),
        to: form.to,
    };
    desk.write(patient, vec![Line::appended(&body)?])?;
    view(desk, patient, id)
}
