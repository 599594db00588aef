use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Banner;

/// The plan editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanView {
    /// Assessment id.
    pub assessment: String,
    /// Banner.
    pub banner: Banner,
    /// Version of the plan, from 1.
    pub version: u32,
    /// Blocks in order.
    pub blocks: Vec<PlanBlock>,
    /// Goals.
    pub goals: Vec<Goal>,
    /// ISO date of the review; empty when not chosen.
    pub review: String,
    /// Agreed, in words: "Agreed 24-Nov-2026 with the patient, signed by A. Osei".
    pub agreed: Option<String>,
    /// Changed since it was agreed: must be agreed again.
    pub changed_since_agreed: bool,
    /// Given to the patient, in words.
    pub given: Option<String>,
    /// What is missing before it can be agreed.
    pub missing: Vec<String>,
    /// A signed decision is behind this plan.
    pub decision: Option<String>,
    /// HH:MM:SS of the last save.
    pub saved_at: Option<String>,
    /// Who was present, choices.
    pub present_choices: Vec<super::Choice>,
    /// This person may sign it.
    pub may_sign: bool,
}

/// One block of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanBlock {
    /// Id.
    pub id: String,
    /// Heading as printed.
    pub title: String,
    /// What belongs here.
    pub hint: String,
    /// Text; each line is one paragraph or list item.
    pub text: String,
    /// Phrases to add with one press, with their source.
    pub phrases: Vec<Phrase>,
    /// Reading age in words, while there are enough of them.
    pub reading_age: Option<String>,
    /// Filled by the program from the assessment until somebody writes in it.
    pub drafted: bool,
}

/// A phrase of the phrase bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Phrase {
    /// Words.
    pub text: String,
    /// Source and mark, shown to staff.
    pub source: String,
}

/// A goal in the patient's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Goal {
    /// Goal.
    pub text: String,
    /// By when, ISO or empty.
    pub by: String,
    /// Confidence 0 to 10, none when not asked.
    pub confidence: Option<u8>,
}

/// The preview: the renderer's own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanPreview {
    /// Each page as SVG.
    pub pages: Vec<String>,
    /// True when DRAFT stands across each page.
    pub draft: bool,
    /// Words of the pages, for those who cannot see them.
    pub words: String,
}

/// How the plan was agreed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgreeForm {
    /// agreed, agreed-in-part, not-agreed.
    pub state: String,
    /// What was not agreed.
    pub part: String,
    /// Who was present, values.
    pub present: Vec<String>,
    /// Copies to.
    pub copies: String,
    /// Passphrase again.
    pub passphrase: String,
}

/// Where a PDF was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedPdf {
    /// Full path.
    pub path: String,
    /// Pages.
    pub pages: u32,
}

/// A printer of the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Printers {
    /// Names.
    pub names: Vec<String>,
    /// The system's default, if any.
    pub default: Option<String>,
    /// One sentence when there is none.
    pub words: String,
    /// Where a PDF would be saved by default.
    pub folder: String,
    /// File name without patient data.
    pub file_name: String,
}

/// A print order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct PrintForm {
    /// Printer name.
    pub printer: String,
    /// 1 to 9.
    pub copies: u8,
    /// 18 pt.
    pub large: bool,
}

/// What became of a print order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Printed {
    /// One sentence.
    pub words: String,
}

/// The plan is given: two identifiers confirmed by a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct GivenForm {
    /// Name checked with the patient.
    pub name_checked: bool,
    /// Date of birth as the patient said it, ISO.
    pub born: String,
    /// To whom: patient, carer, post.
    pub to: String,
}
