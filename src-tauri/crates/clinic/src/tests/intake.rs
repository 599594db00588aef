//! Referrals: nothing half in, nothing twice, nothing merged, nothing overwritten in silence.

use super::Room;
use super::forms::referral;
use crate::intake;
use crate::patient;
use crate::refusal::Refusal;
use crate::view::PatientView;
use crate::worklist;

const HEADINGS: &str = "NHS number,Family name,Given name,Date of birth,Received,Referrer,Reason\n";

fn file(rows: &[&str]) -> String {
    format!("{HEADINGS}{}\n", rows.join("\n"))
}

const NDLOVU: &str = "9991609938,Ndlovu,Thabo,17/09/1979,20/11/2026,Dr Example,Back pain";
const NOWAK: &str = "9991500286,Nowak,Anna,02/01/1980,20/11/2026,Dr Example,Neck pain";

fn everybody(room: &mut Room) -> u32 {
    worklist::worklist(&mut room.desk, "all".into(), String::new(), 0)
        .unwrap()
        .total
}

fn open(room: &mut Room, patient: &str) -> PatientView {
    patient::open_patient(&mut room.desk, patient.to_owned()).unwrap()
}

#[test]
fn a_file_is_taken_in_by_its_good_rows_and_each_bad_row_is_listed_with_line_field_and_reason() {
    let mut room = Room::live();
    let wrong_digit = "9991609937,Bad,Digit,17/09/1979,20/11/2026,Dr Example,Pain";
    let no_name = "9994851675,,Nobody,17/09/1979,20/11/2026,Dr Example,Pain";
    let text = file(&[NDLOVU, wrong_digit, NOWAK, no_name]);
    let looked = intake::check_csv(&mut room.desk, text.clone()).unwrap();
    assert_eq!(
        (looked.good.len(), looked.bad.len(), looked.imported),
        (2, 2, 0)
    );
    assert_eq!(everybody(&mut room), 0, "looking writes nothing");
    let report = intake::import_csv(&mut room.desk, text).unwrap();
    assert_eq!(report.imported, 2);
    assert_eq!(
        report.good.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 4]
    );
    let bad: Vec<_> = report
        .bad
        .iter()
        .map(|row| (row.line, row.field.as_str()))
        .collect();
    assert_eq!(bad, [(3, "NHS number"), (5, "Family name")]);
    assert!(
        report.bad.iter().all(|row| row.reason.ends_with('.')),
        "{:?}",
        report.bad
    );
    assert_eq!(everybody(&mut room), 2);
}

#[test]
fn the_same_file_a_second_time_takes_in_nothing_and_says_why_for_each_row() {
    let mut room = Room::live();
    let text = file(&[NDLOVU, NOWAK]);
    assert_eq!(
        intake::import_csv(&mut room.desk, text.clone())
            .unwrap()
            .imported,
        2
    );
    let again = intake::import_csv(&mut room.desk, text).unwrap();
    assert_eq!(
        (again.imported, again.good.len(), again.bad.len()),
        (0, 0, 2)
    );
    assert_eq!(everybody(&mut room), 2);
}

#[test]
fn a_person_who_stands_twice_in_one_file_is_taken_in_once() {
    let mut room = Room::live();
    let spelt = "9991609938,Ndlovu,Thabo J,17/09/1979,21/11/2026,Dr Other,Back pain";
    let report = intake::import_csv(&mut room.desk, file(&[NDLOVU, spelt])).unwrap();
    assert_eq!((report.imported, report.bad.len()), (1, 1));
    assert_eq!(report.bad[0].line, 3);
    assert_eq!(everybody(&mut room), 1);
}

#[test]
fn a_file_whose_headings_are_not_known_takes_in_nothing() {
    let mut room = Room::live();
    let refused = intake::import_csv(&mut room.desk, "Pets,Colour\nDog,Brown\n".into());
    assert!(matches!(refused, Err(Refusal::Invalid(fields)) if fields[0].field == "text"));
    assert_eq!(everybody(&mut room), 0);
}

#[test]
fn somebody_already_here_is_offered_by_number_and_by_likeness_and_never_chosen() {
    let mut room = Room::live();
    let mut first = referral("Ndlovu", "Thabo");
    first.nhs_number = "9991609938".into();
    let known = room.refer(first.clone());
    let mut other_name = referral("Smith", "John");
    other_name.born = "1950-01-01".into();
    other_name.nhs_number = "999 160 9938".into();
    let offered = |room: &mut Room, form| {
        let check = intake::check_referral(&mut room.desk, form).unwrap();
        check
            .already_known
            .into_iter()
            .map(|hit| (hit.patient, hit.why.unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        offered(&mut room, other_name),
        [(known.clone(), "same NHS number".to_owned())]
    );
    let alike = referral("ndlovu", "T.");
    assert_eq!(
        offered(&mut room, alike.clone()),
        [(known, "similar name and date of birth".to_owned())]
    );
    room.refer(alike);
    assert_eq!(
        everybody(&mut room),
        2,
        "saving without choosing makes a new patient"
    );
}

#[test]
fn a_second_referral_fills_in_what_was_not_known_and_keeps_the_history_of_what_changed() {
    let mut room = Room::live();
    let mut first = referral("Ndlovu", "Thabo");
    first.phone = "01632 960111".into();
    let id = room.refer(first);
    let mut second = referral("NDLOVU", "Thabo");
    second.phone = "01632 960222".into();
    second.gp = "Mill Lane Surgery".into();
    let saved = intake::save_referral(&mut room.desk, second, Some(id.clone())).unwrap();
    assert!(!saved.new_patient && saved.patient == id);
    let record = open(&mut room, &id);
    assert_eq!(record.banner.identity_conflict, None);
    let details = record
        .now
        .details
        .iter()
        .map(|line| line.value.as_str())
        .collect::<Vec<_>>();
    assert!(details.contains(&"01632 960222") && details.contains(&"Mill Lane Surgery"));
    let old = record
        .timeline
        .iter()
        .find(|entry| entry.detail.iter().any(|line| line.value == "01632 960111"))
        .unwrap();
    assert!(old.struck && old.reason.is_some());
}

#[test]
fn a_referral_never_overwrites_in_silence_who_a_patient_is() {
    let mut room = Room::live();
    let mut first = referral("Ndlovu", "Thabo");
    first.nhs_number = "9991609938".into();
    let id = room.refer(first.clone());
    let other = |edit: &dyn Fn(&mut crate::view::ReferralForm)| {
        let mut form = first.clone();
        edit(&mut form);
        form
    };
    let forms = [
        ("family", other(&|form| form.family = "Smith".into())),
        ("given", other(&|form| form.given = "Sipho".into())),
        ("born", other(&|form| form.born = "1979-09-18".into())),
        (
            "nhs_number",
            other(&|form| form.nhs_number = "9991500286".into()),
        ),
    ];
    for (field, form) in forms {
        let refused = intake::save_referral(&mut room.desk, form, Some(id.clone()));
        let Err(Refusal::Invalid(faults)) = refused else {
            panic!("{field} is not overwritten");
        };
        assert_eq!(faults[0].field, field);
        let banner = open(&mut room, &id).banner;
        assert_eq!(
            (banner.family.as_str(), banner.given.as_str()),
            ("NDLOVU", "Thabo")
        );
        assert_eq!(banner.nhs_number, "999\u{a0}160\u{a0}9938");
        assert!(banner.born.starts_with("17-Sep-1979"));
    }
}

#[test]
fn a_referral_needs_a_name_and_a_day_it_came_and_lists_what_else_is_missing() {
    let mut room = Room::live();
    let fault = |room: &mut Room, form| match intake::save_referral(&mut room.desk, form, None) {
        Err(Refusal::Invalid(fields)) => fields[0].field.clone(),
        _ => String::new(),
    };
    let mut form = referral("", "");
    assert_eq!(fault(&mut room, form.clone()), "family");
    form.family = "Ndlovu".into();
    form.received = "2026-11-25".into();
    assert_eq!(fault(&mut room, form.clone()), "received");
    form.received = "2026-02-30".into();
    assert_eq!(fault(&mut room, form.clone()), "received");
    form.received = "2026-11-20".into();
    form.born = "1879-01-01".into();
    assert_eq!(fault(&mut room, form.clone()), "born");
    form.born.clear();
    form.nhs_number = "9991609937".into();
    assert_eq!(fault(&mut room, form.clone()), "nhs_number");
    form.nhs_number.clear();
    form.reason.clear();
    let saved = intake::save_referral(&mut room.desk, form, None).unwrap();
    assert!(saved.missing.contains(&"Date of birth".to_owned()));
    assert!(saved.missing.contains(&"Reason".to_owned()));
    let list = worklist::worklist(&mut room.desk, "referrals".into(), String::new(), 0).unwrap();
    assert!(list.rows[0].next_step.starts_with("Ask the referrer"));
}

#[test]
fn an_nhs_number_is_judged_as_it_is_typed() {
    let mut room = Room::live();
    let mut state = |text: &str| {
        intake::check_nhs_number(&mut room.desk, text.into())
            .unwrap()
            .state
    };
    assert_eq!(state(""), "empty");
    assert_eq!(state("999 16"), "incomplete");
    assert_eq!(state("999 160 9938"), "valid");
    assert_eq!(state("999-160-9938"), "valid");
    assert_eq!(state("9991609937"), "invalid");
    assert_eq!(state("99916099380"), "invalid");
    assert_eq!(state("number"), "invalid");
}
