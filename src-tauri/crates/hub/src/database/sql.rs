//! Lists in SQL. Their lengths are powers of two, so that few statements have to be kept prepared.

use std::fmt::Write as _;

/// The longest list: PostgreSQL takes 65,535 parameters and SQLite 32,766, and a row has nine.
const LONGEST: usize = 512;

/// Cuts `items` into parts of powers of two, the longest first.
pub(crate) fn steps<T>(mut items: &[T]) -> Vec<&[T]> {
    let mut parts = Vec::new();
    while !items.is_empty() {
        let length = LONGEST.min(1 << items.len().ilog2());
        let (part, rest) = items.split_at(length);
        parts.push(part);
        items = rest;
    }
    parts
}

/// `($2, $3, $4)`: a list of `length` parameters, the first with the number `first`.
pub(crate) fn in_list(first: usize, length: usize) -> String {
    let mut list = String::from("(");
    for at in 0..length {
        let comma = if at == 0 { "" } else { ", " };
        // Writing to a text does not fail.
        let _ = write!(list, "{comma}${}", first + at);
    }
    list.push(')');
    list
}

/// `($1, $2), ($3, $4)`: `rows` rows of `columns` parameters.
pub(crate) fn rows_list(rows: usize, columns: usize) -> String {
    let lists: Vec<String> = (0..rows)
        .map(|row| in_list(row * columns + 1, columns))
        .collect();
    lists.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_into_powers_of_two_and_nothing_is_left_out() {
        for length in [0, 1, 2, 3, 511, 512, 513, 1300] {
            let items: Vec<usize> = (0..length).collect();
            let parts = steps(&items);
            assert!(
                parts
                    .iter()
                    .all(|part| part.len().is_power_of_two() && part.len() <= LONGEST)
            );
            assert_eq!(parts.concat(), items);
        }
    }

    #[test]
    fn parameters_are_numbered_in_order() {
        assert_eq!(in_list(2, 3), "($2, $3, $4)");
        assert_eq!(rows_list(2, 2), "($1, $2), ($3, $4)");
    }
}
