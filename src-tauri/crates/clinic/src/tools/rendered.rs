//! A plan on paper without a record.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::paper::{PlanPaper, PlanPart};
use crate::refusal::Refusal;
use crate::view::{Goal, Labelled};
use crate::words;

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
    let date = file.date;
    let typeset = crate::paper::plan(&paper(file, large)).typeset()?;
    let midnight = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(0, |at| at.timestamp().as_second());
    Ok(RenderedPlan {
        pages: typeset.pages(),
        bytes: typeset.pdf(midnight),
    })
}

fn paper(file: PlanFile, large: bool) -> PlanPaper {
    PlanPaper {
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
        ruleset: crate::rules::draft_words(),
        demo: false,
        large,
    }
}
