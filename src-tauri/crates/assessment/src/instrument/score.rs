//! Scoring, with missing answers kept missing.

use super::form::{Instrument, Totalling};
use super::measure::{Group, bands_between};
use super::outcome::{Item9Prompt, ScaleScore, Score, ScoreError};

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
        let scales = self.scales.iter();
        let scales: Vec<ScaleScore> = scales.map(|it| self.scale_score(it, &answers)).collect();
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
        let cuts = self.cuts.iter().filter(|_| self.has_total());
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
            possible_bands: bands_between(&self.bands, lowest, highest),
            positive: cuts
                .map(|cut| self.cut_result(cut, &answers, &scored))
                .collect(),
            scales,
            group: only(&possible_groups),
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

/// The group, once there is no other.
fn only(possible: &[Group]) -> Option<Group> {
    match possible {
        [only] => Some(only.clone()),
        _ => None,
    }
}
