//! The shape of `questions.toml`, before it is checked.

use serde::Deserialize;

use super::kind::{Condition, Labelled, QuestionKind, Validity, ValidityKind};
use crate::mark::Mark;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCatalogue {
    pub(super) version: String,
    pub(super) status: String,
    #[serde(rename = "section")]
    pub(super) sections: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawSection {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) hint: String,
    #[serde(default, rename = "group")]
    pub(super) groups: Vec<RawGroup>,
    #[serde(default, rename = "question")]
    pub(super) questions: Vec<RawQuestion>,
    #[serde(default, rename = "list")]
    pub(super) lists: Vec<RawList>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawGroup {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) warning_sign: bool,
    pub(super) citation: Option<String>,
    pub(super) mark: Option<Mark>,
}

// Unknown keys are refused by `RawKind`, which is given every key not named here.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RawQuestion {
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(flatten)]
    pub(super) kind: RawKind,
    pub(super) must: Option<bool>,
    pub(super) group: Option<String>,
    pub(super) valid: Option<RawValid>,
    #[serde(default)]
    pub(super) copy_forward: bool,
    pub(super) show_when: Option<Condition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawList {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) hint: String,
    pub(super) empty_choice: String,
    pub(super) valid: RawValid,
    #[serde(default)]
    pub(super) must: bool,
    #[serde(default)]
    pub(super) copy_forward: bool,
    #[serde(rename = "field")]
    pub(super) fields: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RawField {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(flatten)]
    pub(super) kind: RawKind,
}

/// `"this-contact"`, `"stable"` or a number of days.
#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
pub(super) enum RawValid {
    Days(i32),
    Word(RawValidWord),
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawValidWord {
    ThisContact,
    Stable,
}

impl RawValid {
    /// Every length of validity is a decision for the service.
    pub(super) fn validity(self) -> Validity {
        let kind = match self {
            Self::Days(days) => ValidityKind::Days(days),
            Self::Word(RawValidWord::ThisContact) => ValidityKind::ThisContact,
            Self::Word(RawValidWord::Stable) => ValidityKind::Stable,
        };
        Validity {
            kind,
            mark: Mark::D,
        }
    }
}

#[derive(Deserialize)]
#[serde(
    tag = "kind",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub(super) enum RawKind {
    // Braces, because a unit variant would let unknown keys through.
    Feature {},
    YesNo {},
    Choice {
        options: Vec<(String, String)>,
    },
    Choices {
        options: Vec<(String, String)>,
    },
    Rating {
        low: String,
        high: String,
    },
    Number {
        min: i64,
        max: i64,
        unit: String,
        odd_below: Option<i64>,
        odd_above: Option<i64>,
    },
    Decimal {
        min: i64,
        max: i64,
        unit: String,
    },
    Text {
        lines: Option<u8>,
    },
    Date {},
    /// Stands for items `from` to `to` of an instrument.
    Instrument {
        instrument: String,
        from: usize,
        to: usize,
    },
    /// Stands for all items of every instrument that is used on request.
    OnRequest {},
}

impl RawKind {
    /// The checked kind; `None` for instruments, which are several questions.
    pub(super) fn checked(self) -> Option<QuestionKind> {
        Some(match self {
            Self::Feature {} => QuestionKind::Feature,
            Self::YesNo {} => QuestionKind::YesNo,
            Self::Choice { options } => QuestionKind::Choice {
                options: labelled(options),
            },
            Self::Choices { options } => QuestionKind::Choices {
                options: labelled(options),
            },
            Self::Rating { low, high } => QuestionKind::Rating { low, high },
            Self::Number {
                min,
                max,
                unit,
                odd_below,
                odd_above,
            } => QuestionKind::Number {
                min,
                max,
                unit,
                odd_below,
                odd_above,
            },
            Self::Decimal { min, max, unit } => QuestionKind::Decimal { min, max, unit },
            Self::Text { lines } => QuestionKind::Text {
                lines: lines.unwrap_or(1),
            },
            Self::Date {} => QuestionKind::Date,
            Self::Instrument { .. } | Self::OnRequest {} => return None,
        })
    }
}

fn labelled(options: Vec<(String, String)>) -> Vec<Labelled> {
    options
        .into_iter()
        .map(|(value, label)| Labelled { value, label })
        .collect()
}
