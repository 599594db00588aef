//! The figures of a form: totals, scales, profile, cut-offs, and what is still possible.

use rust_decimal::Decimal;

use super::form::{Instrument, Totalling};
use super::measure::{Cut, Figure, Scale, band_of};
use super::outcome::{CutResult, ScaleScore};
use super::points::{add, figure};

impl Instrument {
    /// The total of a form of which enough is answered.
    pub(super) fn total(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> Decimal {
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
    pub(super) fn limits(
        &self,
        answers: &[Option<i64>],
        scored: &[Option<i64>],
    ) -> (Decimal, Decimal) {
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

    pub(super) fn scale_score(&self, scale: &Scale, answers: &[Option<i64>]) -> ScaleScore {
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

    pub(super) fn profile_of(&self, answers: &[Option<i64>]) -> Option<String> {
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

    /// The lowest and highest sum over every way of completing the answers.
    fn bounds(&self, answers: &[Option<i64>], scored: &[Option<i64>]) -> (i64, i64) {
        let (mut lowest, highest) = self.sum(&self.with_implied(answers, scored), |_| true);
        // "Never" fits only while no later answer is above zero; otherwise the first is at least 1.
        if self.totalling == Totalling::SumUnlessFirstIsZero && scored.first() == Some(&None) {
            if scored.iter().flatten().any(|value| *value > 0) {
                lowest += 1;
            } else {
                lowest = 0;
            }
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

    pub(super) fn cut_result(
        &self,
        cut: &Cut,
        answers: &[Option<i64>],
        scored: &[Option<i64>],
    ) -> CutResult {
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
}
