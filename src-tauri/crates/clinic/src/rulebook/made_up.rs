//! Made-up cases: from the screen to what the rules read, and from a vignette to the screen.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use assessment::answer::{Answer, Value};
use assessment::fact::{
    Dated, Fact, FactId, Facts, Inputs, Known, ListAnswer, Origin, Row, RowVersion, row_of,
};
use assessment::medicine::Regimen;
use assessment::question::{Catalogue, Question, check_answer};
use assessment::vignette::Vignette;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::assess::{from_engine, from_screen, to_engine, to_screen};
use crate::faults::Faults;
use crate::refusal::Refusal;
use crate::view::{BenchAnswer, BenchCase, BenchFact, Choice, FieldFault};

/// The medicine list's name in the catalogue.
const MEDICINES: &str = "medicine";

/// The day of every made-up case, that of the vignettes, so that a case is the same tomorrow.
pub(super) const ON: Date = Vignette::ON;

/// What may be said of all questions at once: an id of the vignettes' bases, and its words.
const BASES: [(&str, &str); 2] = [
    ("nothing-found", "All asked, nothing found"),
    ("nothing-asked", "Nothing asked yet"),
];

/// What may be said of all questions that a case does not name.
pub(super) fn bases() -> Vec<Choice> {
    let all = BASES.into_iter();
    all.map(|(value, label)| Choice {
        value: value.into(),
        label: label.into(),
    })
    .collect()
}

/// The inputs of each base.
static BASE_INPUTS: LazyLock<BTreeMap<&'static str, Inputs>> = LazyLock::new(|| {
    let read = |(id, _): (&'static str, _)| {
        let text = format!(
            "[[vignette]]\nid = \"base\"\nbase = \"{id}\"\nexpect = {{ urgency = \"routine\" }}\n"
        );
        let made = Vignette::parse("base", &text).ok()?.pop()?;
        Some((id, made.inputs))
    };
    BASES.into_iter().filter_map(read).collect()
});

/// What the rules read of a made-up case.
pub(super) fn inputs(case: &BenchCase) -> Result<Inputs, Refusal> {
    let mut inputs = BASE_INPUTS
        .get(case.base.as_str())
        .cloned()
        .unwrap_or_default();
    if let Some(vignette) = vignette(&case.vignette) {
        inputs.lists.clone_from(&vignette.inputs.lists);
        inputs
            .once_present
            .clone_from(&vignette.inputs.once_present);
    }
    inputs.age = case.age.map(i64::from);
    let mut faults = Faults::default();
    for answer in &case.answers {
        match dated(answer) {
            Ok(dated) => drop(inputs.answers.insert(answer.question.clone(), dated)),
            Err(fault) => faults.push(fault),
        }
    }
    if let Some(regimen) = &case.medicines {
        match medicines(regimen) {
            Ok(list) => drop(inputs.lists.insert(MEDICINES.into(), list)),
            Err(fault) => faults.push(fault),
        }
    }
    faults.none()?;
    Ok(inputs)
}

/// The facts of a made-up case, with those its vignette sets outright.
pub(crate) fn facts(case: &BenchCase) -> Result<Facts, Refusal> {
    let mut facts = Facts::gather(&inputs(case)?, ON);
    if let Some(vignette) = vignette(&case.vignette) {
        let kept = |id: &FactId| case.facts.iter().any(|fact| fact.fact == id.as_str());
        for (id, known) in vignette.set.iter().filter(|(id, _)| kept(id)) {
            facts.set(id.clone(), Fact::settled(known.clone()));
        }
    }
    Ok(facts)
}

pub(super) fn vignette(id: &str) -> Option<&'static Vignette> {
    Vignette::shipped()
        .iter()
        .find(|vignette| vignette.id == id)
}

/// The case of a vignette: the base it differs least from, and the answers by which it does.
pub(super) fn of_vignette(
    vignette: &Vignette,
    say: impl Fn(&FactId, &Known) -> String,
) -> BenchCase {
    let differing = BASES.iter().map(|(id, _)| {
        let base = BASE_INPUTS.get(id).cloned().unwrap_or_default();
        (*id, differences(&base, &vignette.inputs))
    });
    let (base, answers) = differing
        .min_by_key(|(_, all)| all.len())
        .unwrap_or_default();
    BenchCase {
        base: base.into(),
        vignette: vignette.id.clone(),
        age: vignette.inputs.age.and_then(|age| u32::try_from(age).ok()),
        answers,
        medicines: None,
        facts: vignette
            .set
            .iter()
            .map(|(id, known)| BenchFact {
                fact: id.to_string(),
                words: say(id, known),
            })
            .collect(),
    }
}

/// The answers by which a case differs from its base, in the order they are asked. A question that
/// only the base answers is shown as not asked.
fn differences(base: &Inputs, case: &Inputs) -> Vec<BenchAnswer> {
    let asked = Catalogue::shipped().questions();
    let differing =
        asked.filter(|question| base.answers.get(&question.id) != case.answers.get(&question.id));
    differing
        .map(|question| {
            shown(
                question,
                case.answers.get(&question.id).map_or(&[], Vec::as_slice),
            )
        })
        .collect()
}

fn shown(question: &Question, dated: &[Dated]) -> BenchAnswer {
    let answers = dated
        .iter()
        .map(|it| to_screen(&question.kind, &from_engine(&it.answer)));
    let first = dated.first();
    let days = first
        .and_then(|it| it.on.until(ON).ok())
        .map_or(0, |span| span.get_days());
    let mut answers: Vec<_> = answers.collect();
    if answers.is_empty() {
        answers.push(crate::view::AnswerView::NotAsked);
    }
    BenchAnswer {
        question: question.id.clone(),
        answers,
        days_ago: u32::try_from(days).unwrap_or(0),
        origin: match first.map(|it| it.origin) {
            Some(Origin::Patient) => "patient",
            Some(Origin::Paper) => "paper",
            _ => "clinician",
        }
        .into(),
    }
}

/// The answers to one question, each of which it can have.
fn dated(answer: &BenchAnswer) -> Result<Vec<Dated>, FieldFault> {
    let fault = |message: String| FieldFault {
        field: format!("answer-{}", answer.question),
        message,
    };
    let question = Catalogue::shipped()
        .question(&answer.question)
        .ok_or_else(|| fault("There is no such question. Choose one from the list.".into()))?;
    let origin = match answer.origin.as_str() {
        "patient" => Origin::Patient,
        "paper" => Origin::Paper,
        _ => Origin::Clinician,
    };
    let on = ON.saturating_sub(i64::from(answer.days_ago).days());
    let all = answer.answers.iter().map(|one| {
        let answer = to_engine(&from_screen(&question.kind, one.clone()));
        check_answer(question, &answer).map_err(|error| fault(error.to_string()))?;
        Ok(Dated { answer, on, origin })
    });
    all.collect()
}

/// The medicine list of a regimen; an empty one says that there are none.
fn medicines(regimen: &str) -> Result<ListAnswer, FieldFault> {
    if regimen.trim().is_empty() {
        let none = Dated::asked(Answer::Given(Value::Bool(true)), ON);
        return Ok(ListAnswer {
            rows: Vec::new(),
            none: Some(none),
        });
    }
    let read = Regimen::parse(regimen).map_err(|error| FieldFault {
        field: "medicines".into(),
        message: error.to_string(),
    })?;
    let rows = read.items.iter().enumerate().map(|(at, item)| Row {
        id: format!("{MEDICINES}-{}", at + 1),
        versions: vec![RowVersion {
            fields: row_of(item),
            on: ON,
        }],
        taken_off: false,
    });
    Ok(ListAnswer {
        rows: rows.collect(),
        none: None,
    })
}
