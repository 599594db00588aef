//! Scoring, with missing answers kept missing.

use serde::Serialize;

use super::form::{Band, Cut, Instrument, Totalling};
use crate::mark::Mark;

/// What the answers to an instrument come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Score {
    /// The instrument's id.
    pub instrument: String,
    /// The version of the scoring rule.
    pub version: String,
    /// How many scored items have an answer.
    pub answered: usize,
    /// How many scored items need one.
    pub of: usize,
    /// Whether every item that needs an answer has one.
    pub complete: bool,
    /// The total; only when complete.
    pub total: Option<i64>,
    /// The lowest total still possible.
    pub lowest: i64,
    /// The highest total still possible.
    pub highest: i64,
    /// The band of the total; only when complete.
    pub band: Option<Band>,
    /// The bands still possible.
    pub possible_bands: Vec<Band>,
    /// Each cut-off, and whether it is reached.
    pub positive: Vec<CutResult>,
    /// What the item about self-harm asks of the clinician, on a form that has one.
    pub item9: Option<Item9Prompt>,
    /// What to know beside the figure.
    pub notes: Vec<String>,
}

/// Whether a cut-off is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CutResult {
    /// The cut-off's fixed name.
    pub id: String,
    /// What it means.
    pub label: String,
    /// The least positive total.
    pub at: i64,
    /// Whether it is the usual one.
    pub usual: bool,
    /// Whether it is reached; `None` while an open answer could change that.
    pub positive: Option<bool>,
    /// The confidence in the cut-off.
    pub mark: Mark,
    /// Where it comes from.
    pub citation: String,
}

/// What PHQ-9 item 9 asks of the clinician. There is no other use of that answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item9Prompt {
    /// Answered above 0: talk about safety now and record what was agreed.
    Raised,
    /// Not answered: ask.
    NotAnswered,
    /// Answered 0. This does not rule risk out.
    No,
}

/// Why answers cannot be scored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// The number of answers is wrong.
    #[error(
        "{name} has {wanted} answers, but {given} were given. Write - for each that was not answered."
    )]
    Count {
        /// The instrument's name.
        name: String,
        /// How many it takes.
        wanted: usize,
        /// How many were given.
        given: usize,
    },
    /// An answer is not permitted.
    #[error("Item {item} of {name} can be {least} to {greatest}. Check that answer.")]
    Value {
        /// The instrument's name.
        name: String,
        /// The item, from 1.
        item: usize,
        /// The least permitted.
        least: i64,
        /// The greatest permitted.
        greatest: i64,
    },
    /// The first answer says that the others do not apply, yet one was given.
    #[error(
        "Item 1 of {name} means that item {item} does not apply, yet it has an answer. Correct one of the two."
    )]
    Contradiction {
        /// The instrument's name.
        name: String,
        /// The later item, from 1.
        item: usize,
    },
    /// The instrument has no total by design.
    #[error("{name} are read one by one and have no total. Look at each rating by itself.")]
    NoTotal {
        /// The instrument's name.
        name: String,
    },
}

impl Instrument {
    /// Scores answers, one for each scored item in order; `None` is unanswered.
    ///
    /// Answers to unscored items may follow and are checked but never counted.
    pub fn score(&self, answers: &[Option<i64>]) -> Result<Score, ScoreError> {
        if self.totalling == Totalling::None {
            return Err(ScoreError::NoTotal {
                name: self.name.clone(),
            });
        }
        let answers = self.checked(answers)?;
        let scored = self.countable(&answers)?;
        let (lowest, highest) = self.bounds(&scored);
        let complete = scored.iter().all(Option::is_some);
        let total = complete.then_some(lowest);
        let overlaps = |band: &&Band| band.low <= highest && lowest <= band.high;
        Ok(Score {
            instrument: self.id.clone(),
            version: self.version.clone(),
            answered: scored.iter().flatten().count(),
            of: scored.len(),
            complete,
            total,
            lowest,
            highest,
            band: total.and_then(|total| self.band(total)).cloned(),
            possible_bands: self.bands.iter().filter(overlaps).cloned().collect(),
            positive: self
                .cuts
                .iter()
                .map(|cut| self.cut_result(cut, &scored))
                .collect(),
            item9: self.safety_prompt(&answers),
            notes: self.notes(&answers, complete, &scored),
        })
    }

    /// The answers, padded to all items, each of them permitted.
    fn checked(&self, answers: &[Option<i64>]) -> Result<Vec<Option<i64>>, ScoreError> {
        let wanted = self.needed();
        let stopped_at_gate = self.totalling == Totalling::SumAfterGate && answers == [Some(0)];
        if answers.len() != wanted && answers.len() != self.items.len() && !stopped_at_gate {
            let name = self.name.clone();
            return Err(ScoreError::Count {
                name,
                wanted,
                given: answers.len(),
            });
        }
        for (at, (answer, item)) in answers.iter().zip(&self.items).enumerate() {
            let permitted = self.options_of(item).iter().map(|option| option.value);
            if answer.is_some_and(|value| !permitted.clone().any(|known| known == value)) {
                let (least, greatest) = self.item_range(item);
                let name = self.name.clone();
                return Err(ScoreError::Value {
                    name,
                    item: at + 1,
                    least,
                    greatest,
                });
            }
        }
        let mut padded = answers.to_vec();
        padded.resize(self.items.len(), None);
        Ok(padded)
    }

    /// How many answers a call needs: the scored items, and the gate where there is one.
    fn needed(&self) -> usize {
        let gate = usize::from(self.totalling == Totalling::SumAfterGate);
        self.scored_items().count() + gate
    }

    /// The scored answers, with those that the first one implies.
    fn countable(&self, answers: &[Option<i64>]) -> Result<Vec<Option<i64>>, ScoreError> {
        let scored: Vec<Option<i64>> = self
            .scored_items()
            .map(|(at, _)| answers.get(at).copied().flatten())
            .collect();
        let stops = matches!(
            self.totalling,
            Totalling::SumUnlessFirstIsZero | Totalling::SumAfterGate
        ) && answers.first() == Some(&Some(0));
        if !stops {
            return Ok(scored);
        }
        let later = answers
            .iter()
            .skip(1)
            .position(|answer| answer.is_some_and(|value| value > 0));
        match later {
            Some(at) => Err(ScoreError::Contradiction {
                name: self.name.clone(),
                item: at + 2,
            }),
            None => Ok(vec![Some(0); scored.len()]),
        }
    }

    /// The lowest and highest total over every way of completing the answers.
    fn bounds(&self, scored: &[Option<i64>]) -> (i64, i64) {
        let (mut lowest, mut highest) = self.plain_bounds(scored, |_| true);
        // "Never" fits only while no later answer is above zero; otherwise the first is at least 1.
        if self.totalling == Totalling::SumUnlessFirstIsZero && scored.first() == Some(&None) {
            if scored.iter().flatten().any(|value| *value > 0) {
                lowest += 1;
            } else {
                lowest = 0;
            }
        }
        // A gate that is still open may end at zero whatever follows, unless something did follow.
        if self.totalling == Totalling::SumAfterGate {
            highest = highest.max(lowest);
        }
        (lowest, highest)
    }

    /// The bounds of a plain sum over the scored items that `include` keeps.
    fn plain_bounds(&self, scored: &[Option<i64>], include: impl Fn(usize) -> bool) -> (i64, i64) {
        self.scored_items()
            .zip(scored)
            .filter(|((at, _), _)| include(*at))
            .fold((0, 0), |(lowest, highest), ((_, item), answer)| {
                let (low, high) = answer.map_or_else(|| self.item_range(item), |it| (it, it));
                (lowest + low, highest + high)
            })
    }

    fn cut_result(&self, cut: &Cut, scored: &[Option<i64>]) -> CutResult {
        let (lowest, highest) = if cut.items.is_empty() {
            self.bounds(scored)
        } else {
            self.plain_bounds(scored, |at| cut.items.contains(&(at + 1)))
        };
        let positive = if lowest >= cut.at {
            Some(true)
        } else if highest < cut.at {
            Some(false)
        } else {
            None
        };
        CutResult {
            id: cut.id.clone(),
            label: cut.label.clone(),
            at: cut.at,
            usual: cut.usual,
            positive,
            mark: cut.mark,
            citation: cut.citation.clone(),
        }
    }

    fn safety_prompt(&self, answers: &[Option<i64>]) -> Option<Item9Prompt> {
        let at = self.safety_item?.checked_sub(1)?;
        Some(match answers.get(at).copied().flatten() {
            Some(value) if value > 0 => Item9Prompt::Raised,
            Some(_) => Item9Prompt::No,
            None => Item9Prompt::NotAnswered,
        })
    }

    fn notes(
        &self,
        answers: &[Option<i64>],
        complete: bool,
        scored: &[Option<i64>],
    ) -> Vec<String> {
        let mut notes = Vec::new();
        if !complete {
            let done = scored.iter().flatten().count();
            notes.push(format!("Incomplete ({done} of {}).", scored.len()));
        }
        match self.safety_prompt(answers) {
            Some(Item9Prompt::Raised) => notes.push(
                "Item 9 is above 0. Talk about safety now and record what was agreed.".to_owned(),
            ),
            Some(Item9Prompt::NotAnswered) => {
                notes.push("Item 9 was not answered. Ask.".to_owned());
            }
            Some(Item9Prompt::No) | None => {}
        }
        if self.totalling == Totalling::SumAfterGate && complete {
            notes.push(
                if answers.first() == Some(&Some(0)) {
                    "0 because the first question was answered no."
                } else {
                    "All questions were asked."
                }
                .to_owned(),
            );
        }
        notes.extend(self.band_note.clone().filter(|_| complete));
        notes
    }
}
