#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
//! Whole files, as referrers and their spreadsheets write them.

use exchange::referral_csv::{
    AskedUrgency, Column, FileError, Gender, MAX_BYTES, MAX_ROWS, Report, read, template,
};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 24);
const HEADINGS: &str = "NHS number,Family name,Date of birth,Referrer,Date received,Reason";

fn file(rows: &[&str]) -> String {
    std::iter::once(HEADINGS)
        .chain(rows.iter().copied())
        .collect::<Vec<_>>()
        .join("\n")
}

fn report(text: &str) -> Report {
    read(text.as_bytes(), TODAY).expect("the file is read row by row")
}

/// Each trouble as the screen lists it: line, field, reason.
fn listed(report: &Report) -> Vec<(u32, String, String)> {
    let bad = report.bad.iter();
    bad.map(|bad| (bad.line, bad.field.to_string(), bad.reason.to_string()))
        .collect()
}

fn refusal(text: &str) -> FileError {
    read(text.as_bytes(), TODAY).expect_err("the file is refused")
}

#[test]
fn a_file_from_a_spreadsheet_with_awkward_quoting_is_read_whole() {
    let report = report(include_str!("fixtures/awkward-quoting.csv"));
    assert_eq!(listed(&report), []);
    let [first, second, third] = &report.rows[..] else {
        panic!("three rows")
    };
    assert_eq!((first.line, second.line, third.line), (2, 7, 9));
    let referral = &first.referral;
    assert_eq!(
        referral.nhs_number.map(|number| number.digits()).as_deref(),
        Some("9990000018")
    );
    assert_eq!(referral.family_name, "O'Neill-Wiśniewska");
    assert_eq!(referral.given_name, "Seán \"Jack\"");
    assert_eq!(referral.address, "Flat 2, The Old Bakery, 5 Mill Lane");
    assert_eq!(referral.gender, Some(Gender::Male));
    assert_eq!(referral.urgency_asked, Some(AskedUrgency::Soon));
    assert_eq!(
        referral.letter,
        "Dear team,\n\nHe says \"it burns\", worse at night."
    );
    assert_eq!(
        second.referral.reason,
        "=SUM(A1:A9); +44 and @home are text, like all else"
    );
    assert_eq!(second.referral.given_name, "");
    assert_eq!(third.referral.born, date(1958, 3, 4));
}

#[test]
fn a_semicolon_file_with_a_byte_order_mark_and_crlf_reads_the_same() {
    let plain = file(&["9990000018,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain"]);
    let marked = format!(
        "\u{FEFF}{}\r\n",
        plain.replace(',', ";").replace('\n', "\r\n")
    );
    assert_eq!(report(&marked), report(&plain));
    assert_eq!(report(&plain).rows.len(), 1);
}

#[test]
fn headings_are_known_by_their_aliases_and_come_back_in_the_files_order() {
    let text = "surname;D.O.B.;Referred-by;RECEIVED;reason for referral;nhs no\n\
                Okafor;4/3/1958;Dr P. Lindqvist;20-Nov-2026;Back pain;999 000 0018";
    let report = report(text);
    assert_eq!(report.headings[0], Column::FamilyName);
    assert_eq!(report.headings[5], Column::NhsNumber);
    assert_eq!(report.rows.len(), 1);
}

#[test]
fn every_trouble_of_a_row_is_listed_and_nothing_of_it_goes_in() {
    let report = report(&file(&[
        "9990000019,,31/02/1958,,25-Nov-2026,",
        "9990000026,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
    ]));
    let fields: Vec<String> = listed(&report)
        .into_iter()
        .map(|(_, field, _)| field)
        .collect();
    let expected = [
        "NHS number",
        "Family name",
        "Date of birth",
        "Referrer",
        "Date received",
        "Reason",
    ];
    assert_eq!(fields, expected);
    assert!(report.bad.iter().all(|bad| bad.line == 2));
    assert_eq!((report.rows.len(), report.bad_rows()), (1, 1));
}

#[test]
fn the_troubles_of_a_row_stand_in_the_order_of_the_template() {
    let long = "a".repeat(Column::Reason.longest() + 1);
    let report = report(&file(&[&format!(
        "9990000019,,1958-03-04,Dr P. Lindqvist,2026-11-20,{long}"
    )]));
    let fields: Vec<String> = listed(&report)
        .into_iter()
        .map(|(_, field, _)| field)
        .collect();
    assert_eq!(fields, ["NHS number", "Family name", "Reason"]);
}

#[test]
fn the_second_row_with_one_nhs_number_is_refused_and_names_the_first() {
    let report = report(&file(&[
        "9990000018,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
        "999 000 0018,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
    ]));
    let reason = "The same NHS number is on line 2. Keep one row for each person.".to_owned();
    assert_eq!(listed(&report), [(3, "NHS number".to_owned(), reason)]);
    assert_eq!(report.rows.len(), 1);
}

#[test]
fn a_row_of_another_width_is_refused_because_its_cells_may_have_moved() {
    let report = report(&file(&[
        "9990000018,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain, worse at night",
        "9990000026,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20",
    ]));
    let places: Vec<(u32, String)> = listed(&report)
        .into_iter()
        .map(|(line, field, _)| (line, field))
        .collect();
    assert_eq!(
        places,
        [(2, "Whole row".to_owned()), (3, "Whole row".to_owned())]
    );
}

#[test]
fn a_person_born_after_the_referral_was_received_is_refused() {
    let report = report(&file(&[
        ",Okafor,2026-11-21,Dr P. Lindqvist,2026-11-20,Back pain",
    ]));
    assert_eq!(
        listed(&report)[0].2,
        "The date of birth is after the date received."
    );
}

#[test]
fn empty_lines_and_rows_of_empty_cells_count_for_nothing_but_keep_the_line_numbers() {
    let report = report(&file(&[
        "",
        ",,,,,",
        "",
        "9990000018,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
        "  ",
        "9990000019,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
    ]));
    assert_eq!(report.rows[0].line, 5);
    assert_eq!(report.bad[0].line, 7);
}

#[test]
fn a_cell_over_its_limit_is_named_and_the_others_still_go_in() {
    let long = "ś".repeat(Column::FamilyName.longest() + 1);
    let report = report(&file(&[
        &format!("9990000018,{long},1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain"),
        "9990000026,Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain",
    ]));
    assert_eq!(listed(&report)[0].1, "Family name");
    assert_eq!(
        listed(&report)[0].2,
        "This is too long: at most 100 characters are taken."
    );
    assert_eq!(report.rows.len(), 1);
}

#[test]
fn files_that_cannot_be_taken_row_by_row_are_refused_with_what_to_do() {
    let row = ",Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain";
    assert_eq!(refusal(""), FileError::Empty);
    assert_eq!(refusal(row), FileError::NoHeadings);
    let extra = file(&[row]).replacen("Reason", "Reason,Shoe size", 1);
    assert_eq!(refusal(&extra), FileError::UnknownHeading { place: 7 });
    let twice = file(&[row]).replacen("Referrer", "Surname", 1);
    assert_eq!(
        refusal(&twice),
        FileError::HeadingTwice {
            heading: "Family name",
            place: 4
        }
    );
    let short = "Family name,Reason\nOkafor,Back pain";
    let headings = "Date of birth, Referrer, Date received".to_owned();
    assert_eq!(refusal(short), FileError::MissingHeadings { headings });
    let open = file(&[&row.replace("Back", "\"Back")]);
    assert_eq!(refusal(&open), FileError::Quotes { line: 2 });
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(read(&large, TODAY), Err(FileError::TooLarge));
}

#[test]
fn five_thousand_rows_are_read_and_one_more_is_refused() {
    let row = ",Okafor,1958-03-04,Dr P. Lindqvist,2026-11-20,Back pain";
    let full = file(&vec![row; MAX_ROWS]);
    assert_eq!(report(&full).rows.len(), 5_000);
    assert_eq!(refusal(&format!("{full}\n{row}")), FileError::TooManyRows);
}

#[test]
fn the_template_has_every_heading_and_no_row() {
    let report = report(&template());
    assert_eq!(report.headings, Column::ALL);
    assert_eq!((report.rows.len(), report.bad.len()), (0, 0));
}

#[test]
fn no_trouble_and_no_debug_output_repeats_what_the_row_holds() {
    let report = report(&file(&[
        "99912Q4560,Zyxwvut,41/02/1958,Zyxwvut,1066-01-01,Zyxwvut",
        "9990000018,Zyxwvut,1958-03-04,Zyxwvut,2026-11-20,Zyxwvut",
    ]));
    assert_eq!((report.rows.len(), report.bad_rows()), (1, 1));
    let said = format!("{:?} {report:?}", listed(&report));
    for secret in ["Zyxwvut", "9991", "4560", "41/02", "1066", "1958-03-04"] {
        assert!(!said.contains(secret), "{secret} is repeated");
    }
}
