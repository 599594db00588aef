//! Sums and checks that need no patient and no desk: for `felloectl` and for anybody who wants to
//! see how a number is made.

use std::collections::BTreeMap;

use assessment::answer::{Answer, Value};
use assessment::fact::{Dated, Facts, Inputs};
use assessment::instrument::Instrument;
use assessment::medicine::{OmeTable, Regimen, Total, ome as total};
use assessment::proposal::{Part, evaluate};
use assessment::ruleset::Ruleset;
use jiff::civil::Date;
use record::nhs_number::NhsNumber;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::paper::{PlanPaper, PlanPart};
use crate::refusal::Refusal;
use crate::view::{Goal, Labelled};
use crate::words;

/// A score without a patient.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreAnswer {
    /// Instrument id.
    pub instrument: String,
    /// Version of its content.
    pub version: String,
    /// Every scored item is answered.
    pub complete: bool,
    /// Scored items answered.
    pub answered: usize,
    /// Scored items.
    pub of: usize,
    /// The total, only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Lowest total still possible.
    pub lowest: i64,
    /// Highest total still possible.
    pub highest: i64,
    /// Band beside the total, only when complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Cut-offs: label -> positive, absent while it is open.
    pub positive: BTreeMap<String, bool>,
    /// Prompts to the clinician.
    pub notes: Vec<String>,
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// Scores an instrument from answers such as `2,2,2,-,1,1,0,0,0`.
pub fn score(instrument: &str, answers: &str) -> Result<ScoreAnswer, Refusal> {
    let known = || {
        Instrument::shipped()
            .iter()
            .map(|form| form.id.clone())
            .collect::<Vec<_>>()
    };
    let form = Instrument::by_id(instrument).ok_or_else(|| {
        Refusal::plain(format!(
            "There is no instrument \"{instrument}\" here. Known are {}.",
            words::listed(&known())
        ))
    })?;
    let values = answers
        .split(',')
        .enumerate()
        .map(|(at, text)| match text.trim() {
            "-" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                Refusal::plain(format!("Answer {} is not a number. Write numbers and commas, and - where there is no answer.", at + 1))
            }),
        })
        .collect::<Result<Vec<Option<i64>>, _>>()?;
    let score = form
        .score(&values)
        .map_err(|error| Refusal::plain(error.to_string()))?;
    let words = match (&score.total, &score.band) {
        (Some(total), Some(band)) => format!("{}: {total}, {}", form.name, band.label),
        (Some(total), None) => format!("{}: {total}", form.name),
        (None, _) => format!(
            "{}: incomplete ({} of {}), {} to {} possible",
            form.name, score.answered, score.of, score.lowest, score.highest
        ),
    };
    Ok(ScoreAnswer {
        instrument: form.id.clone(),
        version: form.version.clone(),
        complete: score.complete,
        answered: score.answered,
        of: score.of,
        total: score.total,
        lowest: score.lowest,
        highest: score.highest,
        band: score.band.map(|band| band.label),
        positive: score
            .positive
            .into_iter()
            .filter_map(|cut| cut.positive.map(|positive| (cut.label, positive)))
            .collect(),
        notes: score.notes,
        words,
    })
}

/// An opioid total without a patient.
#[derive(Debug, Clone, Serialize)]
pub struct OmeAnswer {
    /// The usual total in mg a day, when everything counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub total_mg_per_day: Option<Decimal>,
    /// What it is at least, when something does not count.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub at_least_mg_per_day: Option<Decimal>,
    /// The most that is prescribed, in mg a day.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub maximum_mg_per_day: Option<Decimal>,
    /// Everything counts.
    pub complete: bool,
    /// Each item.
    pub items: Vec<OmeLine>,
    /// Table.
    pub table: String,
    /// Its version.
    pub version: String,
    /// The whole in words.
    pub words: String,
}

/// One item of a total.
#[derive(Debug, Clone, Serialize)]
pub struct OmeLine {
    /// As written.
    pub text: String,
    /// Approved name.
    pub drug: String,
    /// mg a day, when it counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub mg_per_day: Option<Decimal>,
    /// Factor of the table, when it counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub factor: Option<Decimal>,
    /// Confidence in the factor: V, V2, M or D.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_not: Option<String>,
    /// The table it was worked out by.
    pub table: String,
    /// Its version.
    pub version: String,
}

/// A decimal as a JSON number: whole where it is whole.
#[expect(clippy::ref_option, reason = "the shape that serde calls for a field")]
fn number<S: serde::Serializer>(value: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    let Some(value) = value.map(|value| value.normalize()) else {
        return to.serialize_none();
    };
    match i64::try_from(value) {
        Ok(whole) if Decimal::from(whole) == value => to.serialize_i64(whole),
        _ => to.serialize_f64(value.to_string().parse().unwrap_or(f64::NAN)),
    }
}

/// Adds up the opioids of a regimen such as `morphine MR 60 mg x2; fentanyl patch 25 microgram/h`.
pub fn ome(regimen: &str) -> Result<OmeAnswer, Refusal> {
    let regimen = Regimen::parse(regimen).map_err(|error| Refusal::plain(error.to_string()))?;
    let ome = total(&regimen.items, OmeTable::shipped());
    let exactly = |total: Total| match total {
        Total::Exactly(mg) => Some(mg),
        _ => None,
    };
    let at_least = match ome.typical {
        Total::AtLeast(mg) => Some(mg),
        _ => None,
    };
    let words = format!(
        "{} by {} {}",
        words::sentence_case(&ome.typical.words()),
        ome.table,
        ome.version
    );
    Ok(OmeAnswer {
        total_mg_per_day: exactly(ome.typical),
        at_least_mg_per_day: at_least,
        maximum_mg_per_day: exactly(ome.maximum),
        complete: ome.complete,
        items: ome
            .items
            .iter()
            .map(|item| OmeLine {
                text: item.text.clone(),
                drug: item.drug.clone(),
                mg_per_day: item.mg_per_day,
                factor: item.factor,
                mark: item.mark.map(|mark| format!("{mark:?}")),
                reason_not: item.reason_not.clone(),
                table: ome.table.clone(),
                version: ome.version.clone(),
            })
            .collect(),
        table: ome.table,
        version: ome.version,
        words,
    })
}

/// An NHS number, checked.
#[derive(Debug, Clone, Serialize)]
pub struct NumberAnswer {
    /// It can be one. That it is this person's, only a person can say.
    pub valid: bool,
    /// 3-3-4, when it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// From the range that is never issued.
    pub test_range: bool,
    /// In words.
    pub words: String,
}

/// Checks an NHS number.
pub fn nhs_number(text: &str) -> NumberAnswer {
    match NhsNumber::parse(text) {
        Ok(number) => NumberAnswer {
            valid: true,
            shown: Some(number.to_string()),
            test_range: number.is_test_range(),
            words: format!("{number}: the check digit is right. That does not prove whose it is."),
        },
        Err(error) => NumberAnswer {
            valid: false,
            shown: None,
            test_range: false,
            words: error.to_string(),
        },
    }
}

/// What is asked of the rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    on: Date,
    age: Option<i64>,
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    #[serde(default)]
    unanswered: BTreeMap<String, assessment::answer::Unanswered>,
}

/// What the rules propose.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// The proposal.
    pub proposal: serde_json::Value,
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// What the rules propose for answers given as JSON, and why.
pub fn explain(json: &str) -> Result<Explained, Refusal> {
    let asked: Question = serde_json::from_str(json)
        .map_err(|error| Refusal::plain(format!("The answers cannot be read: {error}.")))?;
    let catalogue = assessment::question::Catalogue::shipped();
    let named = asked.answers.keys().chain(asked.unanswered.keys());
    if let Some(unknown) = named
        .into_iter()
        .find(|id| catalogue.question(id).is_none())
    {
        return Err(Refusal::plain(format!(
            "There is no question \"{unknown}\"."
        )));
    }
    let given = asked
        .answers
        .into_iter()
        .map(|(id, value)| (id, Answer::Given(value)));
    let open = asked
        .unanswered
        .into_iter()
        .map(|(id, state)| (id, Answer::Unanswered(state)));
    let answers = given
        .chain(open)
        .map(|(id, answer)| (id, vec![Dated::asked(answer, asked.on)]))
        .collect();
    let facts = Facts::gather(
        &Inputs {
            answers,
            age: asked.age,
            ..Inputs::default()
        },
        asked.on,
    );
    let made = evaluate(Ruleset::shipped(), &facts, asked.on);
    let mut lines = vec![format!("Rules {} {} DRAFT", made.ruleset, made.version)];
    lines.push(
        made.refused
            .map_or_else(String::new, |refusal| refusal.words().to_owned()),
    );
    lines.push(said("Urgency", &made.urgency, |urgency| {
        urgency.words().to_owned()
    }));
    lines.push(said("Pathway", &made.lead, |lead| lead.words().to_owned()));
    lines.push(format!("Warning signs: {}", made.counted));
    for reason in made.warning_signs.because.iter().chain(&made.lead.because) {
        lines.push(format!(
            "  {} [{}, {:?}]",
            reason.words, reason.citation, reason.mark
        ));
    }
    lines.extend(
        made.next_question
            .iter()
            .map(|next| format!("Ask next: {}", next.text)),
    );
    lines.retain(|line| !line.is_empty());
    let proposal = serde_json::to_value(&made)
        .map_err(|_| Refusal::plain("The proposal could not be written."))?;
    Ok(Explained {
        proposal,
        words: lines.join("\n"),
    })
}

fn said<T>(name: &str, part: &Part<T>, say: impl Fn(&T) -> String) -> String {
    let values: Vec<String> = part.possible.iter().map(say).collect();
    if part.settled {
        format!("{name}: {}", words::listed(&values))
    } else {
        format!("{name}: not settled. Possible: {}", values.join(", "))
    }
}

/// A plan to be set without a record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    name: String,
    number: String,
    born: Date,
    date: Date,
    author: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    site: String,
    blocks: Vec<PlanFileBlock>,
    #[serde(default)]
    goals: Vec<Goal>,
    /// Name, how it is taken, what for.
    #[serde(default)]
    medicines: Vec<[String; 3]>,
    #[serde(default)]
    allergies: String,
    review: Option<Date>,
    #[serde(default)]
    contacts: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFileBlock {
    id: String,
    title: String,
    text: String,
}

/// A plan as PDF.
pub struct RenderedPlan {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Pages.
    pub pages: usize,
}

/// Sets a plan from a JSON file. It is never signed, so DRAFT stands across each page.
pub fn render_plan(json: &str, large: bool) -> Result<RenderedPlan, Refusal> {
    let file: PlanFile = serde_json::from_str(json)
        .map_err(|error| Refusal::plain(format!("The plan cannot be read: {error}.")))?;
    let paper = PlanPaper {
        service: file.service,
        site: file.site,
        name: file.name,
        number: file.number,
        born: words::patient_date(file.born),
        date: words::patient_date(file.date),
        version: 1,
        author: file.author,
        blocks: file
            .blocks
            .into_iter()
            .map(|block| PlanPart {
                id: block.id,
                title: block.title,
                text: block.text,
            })
            .collect(),
        goals: file.goals,
        medicines: file.medicines,
        allergies: file.allergies,
        review: file.review.map(words::patient_date).unwrap_or_default(),
        contacts: file
            .contacts
            .into_iter()
            .map(|(label, value)| Labelled { label, value })
            .collect(),
        agreed: "This is a draft. It is not signed.".into(),
        signed: false,
        printed: format!("Made {}", words::staff_date(file.date)),
        ruleset: crate::rules::standing(true).words,
        demo: false,
        large,
    };
    let typeset = crate::paper::plan(&paper).typeset()?;
    let midnight = file
        .date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(0, |at| at.timestamp().as_second());
    Ok(RenderedPlan {
        pages: typeset.pages(),
        bytes: typeset.pdf(midnight),
    })
}
