//! Sums and checks that need no patient and no desk: for `felloectl` and for anybody who wants to
//! see how a number is made.

mod checked;
mod explained;
mod impacted;
mod opioids;
mod rendered;
mod ruleset;
mod scored;
mod tested;
mod waiting;

pub use crate::reading::ReadingTable;
pub use checked::{CheckedRules, check_rules};
pub use explained::{Explained, explain};
pub use impacted::{Impacted, Mover, Named, impact, is_shipped};
pub use opioids::{OmeAnswer, OmeLine, ome};
pub use rendered::{RenderedPlan, render_plan};
pub use ruleset::{RenderedRules, render_rules, ruleset};
pub use scored::{ScoreAnswer, score};
pub use tested::{TestedRules, TestedVignette, test_rules};
pub use waiting::{ClockAnswer, ClockStepAnswer, clock};

use record::nhs_number::NhsNumber;
use serde::Serialize;

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
