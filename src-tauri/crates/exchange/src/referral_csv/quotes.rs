//! Whether every quoted cell closes where a cell ends.
//!
//! The reader of the `csv` crate is lenient: a quote mark that is left open swallows the following
//! rows into one letter, and nobody would see that referrals are missing. So the marks are checked
//! first, and a file in which they do not match is refused.

use super::error::FileError;

enum State {
    CellStart,
    Plain,
    Quoted {
        since: u32,
    },
    /// After a quote mark inside a quoted cell: the end of the cell, or the first half of `""`.
    Closed {
        since: u32,
    },
}

/// Refuses text in which a quoted cell stays open, or goes on after its closing mark.
pub(super) fn check(text: &str, delimiter: u8) -> Result<(), FileError> {
    let delimiter = char::from(delimiter);
    let mut line: u32 = 1;
    let mut state = State::CellStart;
    for c in text.chars() {
        let ends_cell = c == delimiter || c == '\n';
        state = match state {
            State::CellStart if c == '"' => State::Quoted { since: line },
            State::CellStart | State::Plain if ends_cell => State::CellStart,
            State::CellStart | State::Plain => State::Plain,
            State::Quoted { since } if c == '"' => State::Closed { since },
            State::Quoted { since } => State::Quoted { since },
            State::Closed { since } if c == '"' => State::Quoted { since },
            State::Closed { .. } if ends_cell => State::CellStart,
            State::Closed { since } => return Err(FileError::Quotes { line: since }),
        };
        line = line.saturating_add(u32::from(c == '\n'));
    }
    match state {
        State::Quoted { since } => Err(FileError::Quotes { line: since }),
        State::CellStart | State::Plain | State::Closed { .. } => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::referral_csv::FileError;

    #[test]
    fn quoted_cells_may_hold_delimiters_line_breaks_and_doubled_marks() {
        let text = "a,\"b, \"\"c\"\"\nd\",e\n\"\",\"\"\"\",5\" nail\n\"last\"";
        assert_eq!(check(text, b','), Ok(()));
    }

    #[test]
    fn a_mark_left_open_is_refused_with_the_line_it_opened_on() {
        assert_eq!(
            check("a,b\n1,\"two\n3,4\n", b','),
            Err(FileError::Quotes { line: 2 })
        );
    }

    #[test]
    fn a_row_swallowed_up_to_the_next_quoted_cell_is_noticed() {
        let text = "a,b\n1,\"left open\n2,\"closed\"\n";
        assert_eq!(check(text, b','), Err(FileError::Quotes { line: 2 }));
    }
}
