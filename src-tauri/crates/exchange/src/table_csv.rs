//! A table of text as a CSV file, for people who read it in a spreadsheet.

/// The file: headings, then rows, quoted where needed, lines ending in CR LF (RFC 4180).
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it: what staff
/// typed must not run on another's machine.
///
/// # Errors
/// When a row has another number of cells than there are headings.
pub fn table_csv<'a>(
    headings: &[&str],
    rows: impl IntoIterator<Item = &'a [String]>,
) -> Result<Vec<u8>, csv::Error> {
    let mut to = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    to.write_record(headings)?;
    for row in rows {
        to.write_record(row.iter().map(|cell| plain(cell)))?;
    }
    to.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

fn plain(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::table_csv;

    #[test]
    fn a_cell_with_commas_quotes_and_lines_is_one_cell() {
        let row = ["a, \"b\"\nc".to_owned(), "d".to_owned()];
        let file = table_csv(&["one", "two"], [&row[..]]).unwrap();
        let file = String::from_utf8(file).unwrap();
        assert_eq!(file, "one,two\r\n\"a, \"\"b\"\"\nc\",d\r\n");
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_text() {
        let row = ["=HYPERLINK(\"x\")".to_owned()];
        let file = table_csv(&["one"], [&row[..]]).unwrap();
        assert!(String::from_utf8(file).unwrap().contains("'=HYPERLINK"));
    }
}
