//! How far two views agree beyond what chance alone would give.
//!
//! Cohen J. A coefficient of agreement for nominal scales. Educational and Psychological
//! Measurement 1960;20:37-46.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

/// Decimal places that are shown. A design decision: the counts behind it carry no more.
const PLACES: u32 = 2;

/// Pairs of views on the same cases, counted.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: BTreeMap<String, u64>,
    columns: BTreeMap<String, u64>,
    same: u64,
    pairs: u64,
}

impl Table {
    /// The table of pairs of a first and a second view.
    pub(super) fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut table = Self::default();
        for (first, second) in pairs {
            *table.rows.entry(first.to_owned()).or_default() += 1;
            *table.columns.entry(second.to_owned()).or_default() += 1;
            table.same += u64::from(first == second);
            table.pairs += 1;
        }
        table
    }

    /// How many pairs there are.
    pub(super) fn pairs(&self) -> u64 {
        self.pairs
    }

    /// Kappa, from -1 to 1, to two places; none where chance alone would make all agree, as with no
    /// pairs or a single category, and agreement therefore says nothing.
    pub(super) fn kappa(&self) -> Option<Decimal> {
        // Multiplied by the square of the number of pairs, all of it is whole numbers.
        let expected = self.rows.iter().map(|(category, first)| {
            let second = self.columns.get(category).copied().unwrap_or(0);
            Decimal::from(*first) * Decimal::from(second)
        });
        let expected: Decimal = expected.sum();
        let pairs = Decimal::from(self.pairs);
        let observed = pairs * Decimal::from(self.same);
        let kappa = (observed - expected).checked_div(pairs * pairs - expected)?;
        Some(kappa.round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of two categories by its four counts.
    fn two(both: usize, first: usize, second: usize, neither: usize) -> Table {
        let cells = [
            (("D05", "D05"), both),
            (("D05", "D07"), first),
            (("D07", "D05"), second),
            (("D07", "D07"), neither),
        ];
        let pairs = cells.map(|(pair, count)| std::iter::repeat_n(pair, count));
        Table::of(pairs.into_iter().flatten())
    }

    #[test]
    fn kappa_of_the_textbook_table_is_two_fifths() {
        // Observed 35 of 50, expected 25 of 50.
        assert_eq!(two(20, 5, 10, 15).kappa(), Some(Decimal::new(40, 2)));
    }

    #[test]
    fn views_that_always_agree_have_kappa_one_and_those_that_never_do_minus_one() {
        assert_eq!(two(6, 0, 0, 4).kappa(), Some(Decimal::ONE));
        assert_eq!(two(0, 5, 5, 0).kappa(), Some(Decimal::NEGATIVE_ONE));
    }

    #[test]
    fn agreement_no_better_than_chance_has_kappa_nought() {
        assert_eq!(two(5, 5, 5, 5).kappa(), Some(Decimal::ZERO));
    }

    #[test]
    fn one_category_alone_and_no_pairs_at_all_have_no_kappa() {
        assert_eq!(two(12, 0, 0, 0).kappa(), None);
        assert_eq!(two(0, 0, 0, 0).kappa(), None);
    }

    #[test]
    fn a_category_that_only_one_of_the_two_uses_counts_as_disagreement() {
        // Observed 2 of 4; expected (2 * 3 + 2 * 0 + 0 * 1) of 16.
        let table = Table::of([("a", "a"), ("a", "a"), ("b", "a"), ("b", "c")]);
        assert_eq!(table.pairs(), 4);
        assert_eq!(table.kappa(), Some(Decimal::new(20, 2)));
    }
}
