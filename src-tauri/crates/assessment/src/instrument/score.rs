//! Scoring, with missing answers kept missing.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::form::{Instrument, Totalling};
use super::measure::{Band, Cut, Figure, Group, Scale, band_of, bands_between};
use super::points::{add, figure};
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
    /// The total, unrounded; only when complete, and only of a form that has one.
    pub total: Option<Decimal>,
    /// The lowest total still possible; 0 for a form that has none.
    pub lowest: Decimal,
    /// The highest total still possible; 0 for a form that has none.
    pub highest: Decimal,
    /// The band of the total; only when complete.
    pub band: Option<Band>,
    /// The bands still possible.
    pub possible_bands: Vec<Band>,
    /// Each cut-off, and whether it is reached.
    pub positive: Vec<CutResult>,
    /// Each scale.
    pub scales: Vec<ScaleScore>,
    /// The group; only when no open answer can change it.
    pub group: Option<Group>,
    /// The groups still possible.
    pub possible_groups: Vec<Group>,
    /// The answers of the profile's items written side by side; only when all are there.
    pub profile: Option<String>,
    /// What the item about self-harm asks of the clinician, on a form that has one.
    pub item9: Option<Item9Prompt>,
    /// What to know beside the figure.
    pub notes: Vec<String>,
}

/// The figure of one scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleScore {
    /// The scale's fixed name.
    pub id: String,
    /// Its name as shown.
    pub name: String,
    /// How many of its items have an answer.
    pub answered: usize,
    /// How many items it has.
    pub of: usize,
    /// The figure, unrounded; only when enough items are answered.
    pub value: Option<Decimal>,
    /// The band of the figure.
    pub band: Option<Band>,
    /// How many decimals it is shown with.
    pub decimals: u32,
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
        let scales: Vec<ScaleScore> = self
            .scales
            .iter()
            .map(|scale| self.scale_score(scale, &answers))
            .collect();
        let (lowest, highest) = self.limits(&answers, &scored);
        let profile = self.profile_of(&answers);
        let complete = if self.has_total() {
            self.is_enough(&answers, &scored)
        } else {
            scales.iter().all(|scale| scale.value.is_some())
                && (self.profile.is_empty() || profile.is_some())
        };
        let total = (complete && self.has_total()).then(|| self.total(&answers, &scored));
        let possible_groups = self.possible_groups(&answers);
        let (possible_bands, positive) = if self.has_total() {
            let cuts = self.cuts.iter();
            let cuts = cuts.map(|cut| self.cut_result(cut, &answers, &scored));
            (bands_between(&self.bands, lowest, highest), cuts.collect())
        } else {
            (Vec::new(), Vec::new())
        };
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
            possible_bands,
            positive,
            scales,
            group: match possible_groups.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            possible_groups,
            profile,
            item9: self.safety_prompt(&answers),
            notes: self.notes(&answers, complete, &scored),
        })
    }

    /// Whether enough is answered for a total.
    fn is_enough(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> bool {
        let chosen = self
            .weights_by
            .is_none_or(|number| answers.get(number - 1).copied().flatten().is_some());
        chosen && scored.iter().flatten().count() >= self.needs.unwrap_or(scored.len())
    }

    /// The total of a form of which enough is answered.
    fn total(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> Decimal {
        let answered = |at: usize| answers.get(at).copied().flatten().is_some();
        match self.kind_of_figure() {
            Figure::Sum => Decimal::from(self.bounds(answers, scored).0),
            kind => {
                let here: Vec<usize> = self
                    .scored_items()
                    .map(|(at, _)| at)
                    .filter(|at| answered(*at))
                    .collect();
                let greatest = here.iter().map(|at| self.span(*at, None, None).1).sum();
                figure(self.sum(answers, answered).0, kind, here.len(), greatest)
            }
        }
    }

    fn kind_of_figure(&self) -> Figure {
        match self.totalling {
            Totalling::Mean => Figure::Mean,
            Totalling::Percent => Figure::Percent,
            _ => Figure::Sum,
        }
    }

    /// The lowest and highest total over every way of completing the answers.
    fn limits(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> (Decimal, Decimal) {
        if !self.has_total() {
            return (Decimal::ZERO, Decimal::ZERO);
        }
        let (lowest, highest) = self.bounds(answers, scored);
        let all = self.scored_items().map(|(at, _)| self.span(at, None, None));
        let greatest = all.fold((0, 0), add).1;
        let kind = self.kind_of_figure();
        (
            figure(lowest, kind, scored.len(), greatest),
            figure(highest, kind, scored.len(), greatest),
        )
    }

    fn scale_score(&self, scale: &Scale, answers: &[Option<i64>]) -> ScaleScore {
        let here: Vec<(i64, i64)> = scale
            .items
            .iter()
            .map(|number| number - 1)
            .filter_map(|at| {
                let answer = answers.get(at).copied().flatten()?;
                Some((
                    self.span(at, Some(answer), None).0,
                    self.span(at, None, None).1,
                ))
            })
            .collect();
        let enough = here.len() >= scale.needs.unwrap_or(scale.items.len());
        let (sum, greatest) = here.iter().copied().fold((0, 0), add);
        let value = enough.then(|| figure(sum, scale.figure, here.len(), greatest));
        ScaleScore {
            id: scale.id.clone(),
            name: scale.name.clone(),
            answered: here.len(),
            of: scale.items.len(),
            value,
            band: value
                .and_then(|value| band_of(&scale.bands, value))
                .cloned(),
            decimals: scale.decimals,
        }
    }

    fn profile_of(&self, answers: &[Option<i64>]) -> Option<String> {
        let digits: Option<Vec<String>> = self
            .profile
            .iter()
            .map(|number| {
                answers
                    .get(number - 1)
                    .copied()
                    .flatten()
                    .map(|it| it.to_string())
            })
            .collect();
        digits
            .map(|digits| digits.concat())
            .filter(|profile| !profile.is_empty())
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

    /// The lowest and highest sum over every way of completing the answers.
    fn bounds(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> (i64, i64) {
        let (mut lowest, mut highest) = self.sum(&self.with_implied(answers, scored), |_| true);
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

    /// The answers with those that the first one implies.
    fn with_implied(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> Vec<Option<i64>> {
        let mut all = answers.to_vec();
        for ((at, _), value) in self.scored_items().zip(scored) {
            if let Some(answer) = all.get_mut(at) {
                *answer = *value;
            }
        }
        all
    }

    fn cut_result(&self, cut: &Cut, answers: &[Option<i64>], scored: &[Option<i64>]) -> CutResult {
        let (lowest, highest) = if cut.items.is_empty() {
            self.limits(answers, scored)
        } else {
            let some = |at| cut.items.contains(&(at + 1));
            let (low, high) = self.sum(&self.with_implied(answers, scored), some);
            (Decimal::from(low), Decimal::from(high))
        };
        let at = Decimal::from(cut.at);
        let positive = if lowest >= at {
            Some(true)
        } else if highest < at {
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

/// A figure as it is shown, with so many decimals; half is rounded away from zero.
pub fn shown(value: Decimal, decimals: u32) -> String {
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.places$}", places = decimals as usize)
}
