//! Rows: each one whole, or not at all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::nhs_number::NhsNumber;

use super::column::{self, Column, Sheet};
use super::error::FileError;
use super::referral::Referral;
use super::trouble::{Place, Trouble};
use super::{Bad, MAX_ROWS, Report, Row, cell, date};

/// Reads every data row of `text`, whose quote marks are known to match.
pub(super) fn read_all(text: &str, sheet: &Sheet, today: Date) -> Result<Report, FileError> {
    let mut report = Report {
        rows: Vec::new(),
        bad: Vec::new(),
        headings: sheet.columns.clone(),
    };
    let mut first_lines = BTreeMap::new();
    let mut count = 0_usize;
    let lines = column::reader(text, sheet.delimiter).into_records();
    for record in lines.skip(1) {
        // Text in memory that is already UTF-8 gives no error of its own.
        let record = record.map_err(|_| FileError::NotText)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        count += 1;
        if count > MAX_ROWS {
            return Err(FileError::TooManyRows);
        }
        let line = line_of(text, &record);
        let mut draft = Draft::new(sheet, &record, today);
        let referral = draft.referral(line, &mut first_lines);
        match referral {
            Some(referral) if draft.troubles.is_empty() => report.rows.push(Row { line, referral }),
            _ => report.bad.extend(draft.bad(line)),
        }
    }
    Ok(report)
}

/// The line a row starts on. The reader's own position stands before any empty lines it skipped.
fn line_of(text: &str, record: &csv::StringRecord) -> u32 {
    let (line, byte) = record
        .position()
        .map_or((0, 0), |at| (at.line(), at.byte()));
    let rest = usize::try_from(byte)
        .ok()
        .and_then(|byte| text.as_bytes().get(byte..));
    let skipped = rest
        .unwrap_or_default()
        .iter()
        .take_while(|byte| **byte == b'\n')
        .count();
    u32::try_from(line)
        .unwrap_or(u32::MAX)
        .saturating_add(u32::try_from(skipped).unwrap_or(0))
}

/// A row being read: its cells by column, and what is wrong so far.
struct Draft {
    cells: BTreeMap<Column, String>,
    troubles: Vec<(Place, Trouble)>,
    whole: bool,
    today: Date,
}

impl Draft {
    fn new(sheet: &Sheet, record: &csv::StringRecord, today: Date) -> Self {
        let mut draft = Self {
            cells: BTreeMap::new(),
            troubles: Vec::new(),
            whole: true,
            today,
        };
        let (cells, headings) = (record.len(), sheet.columns.len());
        if cells != headings {
            // Every cell may stand under the wrong heading, so nothing more is said of them.
            draft.whole = false;
            draft
                .troubles
                .push((Place::WholeRow, Trouble::Width { cells, headings }));
            return draft;
        }
        for (column, raw) in sheet.columns.iter().zip(record) {
            match cell::tidy(*column, raw) {
                Ok(text) => drop(draft.cells.insert(*column, text)),
                Err(trouble) => draft.troubles.push((Place::Cell(*column), trouble)),
            }
        }
        draft
    }

    /// The referral; none when something it needs is missing or wrong.
    fn referral(
        &mut self,
        line: u32,
        first_lines: &mut BTreeMap<NhsNumber, u32>,
    ) -> Option<Referral> {
        if !self.whole {
            return None;
        }
        let nhs_number = self.nhs_number(line, first_lines);
        let family_name = self.needed(Column::FamilyName);
        let born = self.date(Column::DateOfBirth);
        let gender = self.taken(Column::Gender, cell::gender);
        let referrer = self.needed(Column::Referrer);
        let received = self.date(Column::DateReceived);
        let reason = self.needed(Column::Reason);
        let urgency_asked = self.taken(Column::UrgencyAsked, cell::urgency);
        if let (Some(born), Some(received)) = (born, received)
            && born > received
        {
            self.wrong(Column::DateOfBirth, Trouble::BornAfterReceived);
        }
        Some(Referral {
            nhs_number,
            family_name: family_name?,
            given_name: self.text(Column::GivenName),
            title: self.text(Column::Title),
            born: born?,
            gender: gender?,
            phone: self.text(Column::Phone),
            address: self.text(Column::Address),
            needs: self.text(Column::Needs),
            gp_practice: self.text(Column::GpPractice),
            referrer: referrer?,
            received: received?,
            reason: reason?,
            urgency_asked: urgency_asked?,
            letter: self.text(Column::LetterText),
        })
    }

    /// The troubles in the order of the template, so that a list reads the same for every file.
    fn bad(self, line: u32) -> impl Iterator<Item = Bad> {
        let mut troubles = self.troubles;
        troubles.sort_by_key(|(place, _)| *place);
        troubles.into_iter().map(move |(field, reason)| Bad {
            line,
            field,
            reason,
        })
    }

    fn text(&self, column: Column) -> String {
        self.cells.get(&column).cloned().unwrap_or_default()
    }

    fn wrong(&mut self, column: Column, trouble: Trouble) {
        self.troubles.push((Place::Cell(column), trouble));
    }

    /// A cell that every row needs. One that could not be tidied has its trouble already.
    fn needed(&mut self, column: Column) -> Option<String> {
        let text = self.cells.get(&column)?.clone();
        if text.is_empty() {
            self.wrong(column, Trouble::Empty);
            return None;
        }
        Some(text)
    }

    fn date(&mut self, column: Column) -> Option<Date> {
        let text = self.needed(column)?;
        let date = date::read(&text, self.today);
        date.map_err(|trouble| self.wrong(column, trouble)).ok()
    }

    /// A cell that `read` gives a meaning; the outer none is a trouble.
    fn taken<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, Trouble>) -> Option<T> {
        let text = self.text(column);
        read(&text)
            .map_err(|trouble| self.wrong(column, trouble))
            .ok()
    }

    /// The number; none when there is none or it is wrong.
    fn nhs_number(
        &mut self,
        line: u32,
        first_lines: &mut BTreeMap<NhsNumber, u32>,
    ) -> Option<NhsNumber> {
        let text = self.text(Column::NhsNumber);
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse::<NhsNumber>();
        let number = parsed
            .map_err(|error| self.wrong(Column::NhsNumber, error.into()))
            .ok()?;
        // Rows with troubles count too: two rows for one person need a person to look at them.
        let first = *first_lines.entry(number).or_insert(line);
        if first != line {
            self.wrong(Column::NhsNumber, Trouble::SameNhsNumber { line: first });
        }
        Some(number)
    }
}
