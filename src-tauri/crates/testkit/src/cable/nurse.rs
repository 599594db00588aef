//! A nurse at the screen: each answer is a command, as it is when somebody types it.

use std::collections::BTreeMap;

use clinic::view::{AnswerValue, AnswerView, QuestionKind, QuestionView, SectionView};
use clinic::{assess, intake};
use jiff::{ToSpan as _, civil::Date};
use serde::Deserialize;

use super::talking::Talking;
use crate::Fault;
use crate::names::person;
use crate::victim::{finish, form, given};

/// The invented patients of the demo clinic: what is written of each is what a nurse would write.
const PATIENTS: &str = include_str!("../../../../../assets/demo/patients.toml");

/// The day on which the laptops' clocks stand.
const TODAY: Date = jiff::civil::date(2026, 11, 24);

#[derive(Deserialize)]
struct Demo {
    patient: Vec<Told>,
}

#[derive(Deserialize)]
struct Told {
    referral: Letter,
    assessment: Option<Gathered>,
    /// What was done about warning signs that were found.
    #[serde(default)]
    route: Vec<toml::Table>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Letter {
    reason: String,
    letter: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Gathered {
    other_warning_signs: String,
    answers: BTreeMap<String, AnswerValue>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<BTreeMap<String, AnswerValue>>>,
}

/// Somebody who takes referrals and assesses.
pub struct Nurse {
    cases: Vec<(Letter, Gathered)>,
}

/// A case that was assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// The patient.
    pub patient: String,
    /// The finished assessment.
    pub assessment: String,
}

impl Nurse {
    /// Reads what there is to write.
    pub fn new() -> Result<Self, Fault> {
        let demo: Demo = toml::from_str(PATIENTS)?;
        // Those that were gathered to the end. Who has a warning sign is not sent home with a plan,
        // and is no typical case.
        let typical = |gathered: &Gathered| gathered.other_warning_signs == "absent";
        let ordinary = demo.patient.into_iter().filter(|it| it.route.is_empty());
        let whole = ordinary.filter_map(|it| Some((it.referral, it.assessment?)));
        Ok(Self {
            cases: whole.filter(|(_, gathered)| typical(gathered)).collect(),
        })
    }

    /// Takes the referral of person `number`.
    pub fn refer(&self, at: &Talking, number: u64) -> Result<String, Fault> {
        let mut form = form(&person(number, false));
        let (letter, _) = self.case(number)?;
        form.reason.clone_from(&letter.reason);
        form.letter.clone_from(&letter.letter);
        Ok(at
            .does(|desk| intake::save_referral(desk, form, None))?
            .patient)
    }

    /// Takes the referral of person `number`, asks section by section, and finishes.
    pub fn assess(&self, at: &Talking, number: u64) -> Result<Assessed, Fault> {
        let patient = self.refer(at, number)?;
        let assessment = start(at, &patient)?;
        let (_, gathered) = self.case(number)?;
        for section in sections(at, &assessment)? {
            ask(at, &assessment, &section, gathered)?;
            at.does(|desk| assess::leave_section(desk, assessment.clone()))?;
        }
        at.does(|desk| finish(desk, &assessment))?;
        Ok(Assessed {
            patient,
            assessment,
        })
    }

    /// Finds numbness between the legs: an emergency, and the first entries of it leave at once.
    pub fn emergency(&self, at: &Talking, number: u64) -> Result<String, Fault> {
        let patient = self.refer(at, number)?;
        let assessment = start(at, &patient)?;
        let found = given(AnswerValue::Text("present".into()));
        at.does(|desk| assess::record_answer(desk, assessment, "ces-saddle".into(), found))?;
        Ok(patient)
    }

    /// A few answers about a new person: what is written beside a running exchange.
    pub fn begin(&self, at: &Talking, number: u64) -> Result<String, Fault> {
        let patient = self.refer(at, number)?;
        let assessment = start(at, &patient)?;
        for question in ["pain-average", "pain-worst", "pain-now"] {
            let rating = given(AnswerValue::Number(i64::try_from(number % 11)?));
            let (assessment, question) = (assessment.clone(), question.to_owned());
            at.does(|desk| assess::record_answer(desk, assessment, question, rating))?;
        }
        at.does(|desk| assess::leave_section(desk, assessment))?;
        Ok(patient)
    }

    fn case(&self, number: u64) -> Result<&(Letter, Gathered), Fault> {
        let of = u64::try_from(self.cases.len())?.max(1);
        let case = self.cases.get(usize::try_from(number % of)?);
        Ok(case.ok_or("the demo clinic has no assessed patient")?)
    }
}

fn start(at: &Talking, patient: &str) -> Result<String, Fault> {
    let patient = patient.to_owned();
    Ok(at.does(|desk| assess::start_assessment(desk, patient, "in-person".into()))?)
}

fn sections(at: &Talking, assessment: &str) -> Result<Vec<SectionView>, Fault> {
    let id = assessment.to_owned();
    Ok(at.does(|desk| assess::open_assessment(desk, id))?.sections)
}

/// One section, in the order of the screen. An answer may show further questions, so each is looked
/// up again in what the screen shows then.
fn ask(
    at: &Talking,
    assessment: &str,
    section: &SectionView,
    gathered: &Gathered,
) -> Result<(), Fault> {
    for question in &section.questions {
        let Some(answer) = answer(question, gathered) else {
            continue;
        };
        let (id, question) = (assessment.to_owned(), question.id.clone());
        at.does(|desk| assess::record_answer(desk, id, question, answer))?;
    }
    for list in &section.lists {
        let rows = gathered.lists.get(&list.id).into_iter().flatten();
        for row in rows {
            let fields = row.iter().map(|(field, value)| {
                let kind = list.fields.iter().find(|it| it.id == *field);
                let value = kind.map_or_else(|| value.clone(), |it| dated(&it.kind, value));
                (field.clone(), value)
            });
            let (id, list, fields) = (assessment.to_owned(), list.id.clone(), fields.collect());
            at.does(|desk| assess::record_item(desk, id, list, None, fields))?;
        }
        if gathered.none.contains(&list.id) {
            let none = given(AnswerValue::Bool(true));
            let (id, list) = (assessment.to_owned(), list.id.clone());
            at.does(|desk| assess::record_list(desk, id, list, none))?;
        }
    }
    Ok(())
}

/// What is typed for a question; nothing where nothing is known. Warning signs are asked one by one,
/// and those that are not written were absent.
fn answer(question: &QuestionView, gathered: &Gathered) -> Option<AnswerView> {
    let known = gathered.answers.get(&question.id);
    let value = match (&question.kind, known) {
        (QuestionKind::Feature, Some(AnswerValue::Bool(true))) => {
            AnswerValue::Text("present".into())
        }
        (QuestionKind::Feature, _) if question.shown => AnswerValue::Text("absent".into()),
        (QuestionKind::Feature, _) | (_, None) => return None,
        (kind, Some(value)) => dated(kind, value),
    };
    Some(given(value))
}

/// A date of the demo clinic counts in days from the day of the assessment.
fn dated(kind: &QuestionKind, value: &AnswerValue) -> AnswerValue {
    let (QuestionKind::Date, AnswerValue::Text(text)) = (kind, value) else {
        return value.clone();
    };
    match text.parse::<i32>() {
        Ok(days) => AnswerValue::Text(TODAY.saturating_add(days.days()).to_string()),
        Err(_) => value.clone(),
    }
}
