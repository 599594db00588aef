//! The columns of a referral file and the headings that name them.

use super::error::FileError;

/// A column that a referral file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Ten digits; may be left empty.
    NhsNumber,
    /// The only name of a person who has one name.
    FamilyName,
    /// Given names.
    GivenName,
    /// Mrs, Dr ...
    Title,
    /// Date of birth.
    DateOfBirth,
    /// How the person describes themself.
    Gender,
    /// Telephone.
    Phone,
    /// Address.
    Address,
    /// Communication and access needs.
    Needs,
    /// GP practice.
    GpPractice,
    /// Who refers.
    Referrer,
    /// When the referral was received; starts the clock.
    DateReceived,
    /// Reason for referral.
    Reason,
    /// Urgency the referrer asked for.
    UrgencyAsked,
    /// The letter's text.
    LetterText,
}

impl Column {
    /// Every column, in the order of the template.
    pub const ALL: [Self; 15] = [
        Self::NhsNumber,
        Self::FamilyName,
        Self::GivenName,
        Self::Title,
        Self::DateOfBirth,
        Self::Gender,
        Self::Phone,
        Self::Address,
        Self::Needs,
        Self::GpPractice,
        Self::Referrer,
        Self::DateReceived,
        Self::Reason,
        Self::UrgencyAsked,
        Self::LetterText,
    ];

    /// The heading as the template writes it.
    pub fn heading(self) -> &'static str {
        self.names().0
    }

    /// Other headings that mean this column. Case, spaces, hyphens and dots make no difference.
    pub fn aliases(self) -> &'static [&'static str] {
        self.names().1
    }

    /// Whether every file needs this column and every row a value in it.
    pub fn required(self) -> bool {
        matches!(
            self,
            Self::FamilyName
                | Self::DateOfBirth
                | Self::Referrer
                | Self::DateReceived
                | Self::Reason
        )
    }

    /// The most characters a cell may hold: far above any real one, so that a file whose cells
    /// have run into one another is noticed.
    pub fn longest(self) -> usize {
        match self {
            Self::NhsNumber
            | Self::Title
            | Self::DateOfBirth
            | Self::Gender
            | Self::DateReceived
            | Self::UrgencyAsked => 40,
            Self::FamilyName | Self::GivenName | Self::Phone => 100,
            Self::GpPractice | Self::Referrer => 200,
            Self::Address | Self::Needs => 500,
            Self::Reason => 4_000,
            Self::LetterText => 20_000,
        }
    }

    fn names(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::NhsNumber => ("NHS number", &["NHS No", "NHS Num", "NHS"]),
            Self::FamilyName => ("Family name", &["Surname", "Last name"]),
            Self::GivenName => (
                "Given name",
                &["Given names", "Forename", "Forenames", "First name"],
            ),
            Self::Title => ("Title", &["Name prefix"]),
            Self::DateOfBirth => ("Date of birth", &["DOB", "Birth date", "Born"]),
            Self::Gender => ("Gender", &[]),
            Self::Phone => ("Phone", &["Telephone", "Tel", "Phone number", "Mobile"]),
            Self::Address => ("Address", &["Home address"]),
            Self::Needs => ("Needs", &["Communication needs", "Access needs"]),
            Self::GpPractice => ("GP practice", &["GP", "Practice", "Surgery"]),
            Self::Referrer => ("Referrer", &["Referred by", "Referring clinician"]),
            Self::DateReceived => (
                "Date received",
                &["Received", "Date of receipt", "Referral received"],
            ),
            Self::Reason => ("Reason", &["Reason for referral", "Referral reason"]),
            Self::UrgencyAsked => (
                "Urgency asked",
                &["Urgency", "Priority", "Urgency requested"],
            ),
            Self::LetterText => ("Letter text", &["Letter", "Referral letter"]),
        }
    }

    fn of_heading(heading: &str) -> Option<Self> {
        let wanted = folded(heading);
        Self::ALL.into_iter().find(|column| {
            let (name, aliases) = column.names();
            std::iter::once(&name)
                .chain(aliases)
                .any(|known| folded(known) == wanted)
        })
    }
}

/// How a file is laid out: what parts its cells and what its columns are.
pub(super) struct Sheet {
    pub(super) delimiter: u8,
    pub(super) columns: Vec<Column>,
}

impl Sheet {
    /// Reads the first line. The delimiter is the one that makes more known headings; a comma when
    /// they are equal.
    pub(super) fn of(text: &str) -> Result<Self, FileError> {
        let comma = Headings::read(text, b',');
        let semicolon = Headings::read(text, b';');
        let better = if semicolon.known() > comma.known() {
            semicolon
        } else {
            comma
        };
        better.into_sheet()
    }
}

struct Headings {
    delimiter: u8,
    found: Vec<Option<Column>>,
}

impl Headings {
    fn read(text: &str, delimiter: u8) -> Self {
        let mut reader = reader(text, delimiter);
        let mut line = csv::StringRecord::new();
        // Reading text that is already UTF-8 from memory cannot fail; no line is no headings.
        let found = match reader.read_record(&mut line) {
            Ok(true) => line.iter().map(Column::of_heading).collect(),
            Ok(false) | Err(_) => Vec::new(),
        };
        Self { delimiter, found }
    }

    fn known(&self) -> usize {
        self.found.iter().flatten().count()
    }

    fn into_sheet(self) -> Result<Sheet, FileError> {
        if self.known() == 0 {
            return Err(FileError::NoHeadings);
        }
        let mut columns = Vec::with_capacity(self.found.len());
        for (at, column) in self.found.into_iter().enumerate() {
            let place = at + 1;
            let column = column.ok_or(FileError::UnknownHeading { place })?;
            if columns.contains(&column) {
                return Err(FileError::HeadingTwice {
                    heading: column.heading(),
                    place,
                });
            }
            columns.push(column);
        }
        let missing: Vec<&str> = Column::ALL
            .into_iter()
            .filter(|column| column.required() && !columns.contains(column))
            .map(Column::heading)
            .collect();
        if !missing.is_empty() {
            return Err(FileError::MissingHeadings {
                headings: missing.join(", "),
            });
        }
        Ok(Sheet {
            delimiter: self.delimiter,
            columns,
        })
    }
}

/// A reader over text that keeps lines of any width, so that a wrong width can be named.
pub(super) fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

fn folded(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Column, folded};
    use std::collections::BTreeMap;

    #[test]
    fn no_heading_or_alias_means_two_columns() {
        let mut seen = BTreeMap::new();
        for column in Column::ALL {
            for name in std::iter::once(&column.heading()).chain(column.aliases()) {
                let before = seen.insert(folded(name), column);
                assert_eq!(before, None, "{name} is named twice");
            }
        }
    }

    #[test]
    fn case_spaces_hyphens_and_dots_make_no_difference_to_a_heading() {
        for heading in [
            "NHS number",
            "nhs-number",
            " NHS_NUMBER ",
            "N.H.S. No.",
            "NhsNo",
        ] {
            assert_eq!(
                Column::of_heading(heading),
                Some(Column::NhsNumber),
                "{heading}"
            );
        }
        assert_eq!(Column::of_heading("DOB"), Some(Column::DateOfBirth));
        assert_eq!(Column::of_heading("Shoe size"), None);
    }
}
