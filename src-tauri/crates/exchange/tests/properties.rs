#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! What holds for every file, however it was made.

use exchange::referral_csv::read;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);
const HEADINGS: &str = "NHS number,Family name,Date of birth,Referrer,Date received,Reason";

/// Cells that are right, wrong, awkward or dangerous in turn.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("9990000018".to_owned()),
        Just("1958-03-04".to_owned()),
        Just("25-Nov-2026".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        "[a-zA-Zśțő',; \"\n]{0,12}",
        Just(String::new()),
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn data_row(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.trim().is_empty())
}

proptest! {
    #[test]
    fn no_bytes_whatever_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, TODAY);
    }

    #[test]
    fn no_text_below_good_headings_makes_the_reader_panic(text in "[\\PC\n\r\t\",;]{0,400}") {
        let _ = read(format!("{HEADINGS}\n{text}").as_bytes(), TODAY);
    }

    /// Every data row is in exactly one of the two lists: none is lost, none goes in half.
    #[test]
    fn good_rows_and_bad_rows_together_are_the_data_rows(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 1..8), 0..12),
        crlf in any::<bool>(),
    ) {
        let ending = if crlf { "\r\n" } else { "\n" };
        let mut text = HEADINGS.to_owned() + ending;
        for row in &rows {
            text.push_str(&row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
            text.push_str(ending);
        }
        let report = read(text.as_bytes(), TODAY).unwrap();
        let expected = rows.iter().filter(|row| data_row(row)).count();
        prop_assert_eq!(report.rows.len() + report.bad_rows(), expected);
        for row in &report.rows {
            prop_assert!(report.bad.iter().all(|bad| bad.line != row.line));
        }
    }

    /// Whatever a good row says comes out as it went in, apart from blanks around it.
    #[test]
    fn a_good_rows_words_come_out_as_they_went_in(
        name in "[a-zA-Zśțő'-]{1,20}",
        reason in "[a-zA-Z0-9 ,;\"\n=@+-]{0,60}[a-z]",
    ) {
        let row = format!(",{},1958-03-04,Dr,2026-11-20,{}", quoted(&name), quoted(&reason));
        let report = read(format!("{HEADINGS}\n{row}").as_bytes(), TODAY).unwrap();
        prop_assert_eq!(&report.bad, &[]);
        prop_assert_eq!(&report.rows[0].referral.family_name, &name);
        prop_assert_eq!(&report.rows[0].referral.reason, reason.trim());
    }
}
