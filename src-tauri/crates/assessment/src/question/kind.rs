//! What kind of answer a question takes, when it is shown and how long it lasts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Value};
use crate::mark::Mark;

/// A choice: the value that is stored and the words that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labelled {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum QuestionKind {
    /// A warning sign: present (`true`) or absent (`false`).
    Feature,
    /// Yes or no.
    YesNo,
    /// One of several.
    Choice {
        /// What may be chosen, in the order shown.
        options: Vec<Labelled>,
    },
    /// Any number of several.
    Choices {
        /// What may be chosen, in the order shown.
        options: Vec<Labelled>,
    },
    /// A whole number from 0 to 10, in our own words; it has no bands.
    Rating {
        /// What 0 means.
        low: String,
        /// What 10 means.
        high: String,
    },
    /// A whole number.
    Number {
        /// The least possible.
        min: i64,
        /// The greatest possible.
        max: i64,
        /// The unit, as shown after the box.
        unit: String,
        /// Below this the screen asks "Is 14 correct?".
        odd_below: Option<i64>,
        /// Above this the screen asks the same.
        odd_above: Option<i64>,
    },
    /// A decimal number, stored as text so that 52.5 stays 52.5.
    Decimal {
        /// The least possible.
        min: i64,
        /// The greatest possible.
        max: i64,
        /// The unit, as shown after the box.
        unit: String,
    },
    /// Free text.
    Text {
        /// How many lines the box shows.
        lines: u8,
    },
    /// A date, stored as `2026-11-24`.
    Date,
    /// One item of an instrument.
    InstrumentItem {
        /// The instrument's id.
        instrument: String,
        /// The item's number, from 1.
        item: usize,
        /// The permitted answers; their values are whole numbers.
        options: Vec<Labelled>,
    },
}

/// How long an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityKind {
    /// Only on the day it was asked.
    ThisContact,
    /// For so many days after the day it was asked.
    Days(i32),
    /// Until somebody changes it.
    Stable,
}

/// How long an answer counts, and how sure that figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Validity {
    /// How long.
    pub kind: ValidityKind,
    /// The confidence in that figure.
    pub mark: Mark,
}

impl Validity {
    /// Whether an answer given on `asked` still counts on `on`.
    ///
    /// A date after `on` does not count: a case looked at "as of" a day knows nothing later.
    pub fn holds(self, asked: Date, on: Date) -> bool {
        let Ok(age) = asked.until(on) else {
            return false;
        };
        let age = age.get_days();
        match self.kind {
            ValidityKind::ThisContact => age == 0,
            ValidityKind::Days(days) => (0..=days).contains(&age),
            ValidityKind::Stable => age >= 0,
        }
    }
}

/// When a question is shown: when another has one of these values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// The question that decides.
    pub question: String,
    /// The values that show this one. Yes and present are `yes`, no and absent are `no`.
    pub one_of: Vec<String>,
}

impl Condition {
    /// Whether the deciding question's answer shows this one; `None` while it is unanswered.
    pub fn met_by(&self, answer: Option<&Answer>) -> Option<bool> {
        let value = answer?.value()?;
        let has = |text: &str| self.one_of.iter().any(|wanted| wanted == text);
        Some(match value {
            Value::Bool(yes) => has(if *yes { "yes" } else { "no" }),
            Value::Number(number) => has(&number.to_string()),
            Value::Text(text) => has(text),
            Value::Choices(chosen) => chosen.iter().any(|one| has(one)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Validity, ValidityKind};
    use crate::mark::Mark;
    use jiff::civil::date;

    fn days(days: i32) -> Validity {
        Validity {
            kind: ValidityKind::Days(days),
            mark: Mark::D,
        }
    }

    #[test]
    fn an_answer_counts_on_its_last_day_and_not_on_the_next() {
        let asked = date(2026, 10, 12);
        assert!(days(28).holds(asked, date(2026, 11, 9)));
        assert!(!days(28).holds(asked, date(2026, 11, 10)));
    }

    #[test]
    fn an_answer_from_a_later_day_is_not_known_as_of_an_earlier_one() {
        let stable = Validity {
            kind: ValidityKind::Stable,
            mark: Mark::D,
        };
        assert!(!stable.holds(date(2026, 11, 25), date(2026, 11, 24)));
    }
}
