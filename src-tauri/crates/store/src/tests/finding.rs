use super::laptop::{Laptop, PASSPHRASE};
use crate::*;
use proptest::prelude::*;
use record::id::PatientId;

const PEOPLE: [(&str, u8, &str); 4] = [
    ("wisniewska hanna 9990463380 999 046 3380", 2, "routine"),
    ("ndlovu thabo 9991234567 999 123 4567", 0, "urgent"),
    ("o'brien maeve 9995550001", 1, "routine"),
    ("o\"quote 100% _under", 1, "routine"),
];

fn patient(number: usize) -> PatientId {
    PatientId::from_random([u8::try_from(number).unwrap(); 16])
}

fn clinic() -> (Laptop, Opened) {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let summaries: Vec<Summary> = PEOPLE
        .iter()
        .enumerate()
        .map(|(number, (search, priority, stage))| Summary {
            patient: patient(number),
            search: (*search).to_owned(),
            sort: (*priority, "2026-12-01".to_owned()),
            json: format!("{{\"stage\": \"{stage}\"}}"),
        })
        .collect();
    opened
        .store
        .append(
            &[],
            Derived {
                summaries: &summaries,
                ..Derived::default()
            },
        )
        .unwrap();
    (laptop, opened)
}

fn found(opened: &Opened, text: &str) -> Vec<PatientId> {
    opened
        .store
        .search(text, 50)
        .unwrap()
        .into_iter()
        .map(|summary| summary.patient)
        .collect()
}

#[test]
fn a_patient_is_found_by_any_part_of_a_name_or_number_in_any_order() {
    let (_laptop, opened) = clinic();
    for text in [
        "wisnie",
        "niewska",
        "hanna wis",
        "046 33",
        "0463380",
        "hanna 338",
        "wi",
        "ha ws",
        "w",
    ] {
        assert!(found(&opened, text).contains(&patient(0)), "{text}");
    }
    assert_eq!(found(&opened, "999 123"), [patient(1)]);
    assert_eq!(found(&opened, "hanna thabo"), []);
    assert_eq!(found(&opened, "o'b"), [patient(2)]);
    assert_eq!(found(&opened, "  "), []);
}

#[test]
fn characters_with_a_meaning_in_queries_are_looked_for_as_they_are() {
    let (_laptop, opened) = clinic();
    assert_eq!(found(&opened, "o\"q"), [patient(3)]);
    assert_eq!(found(&opened, "%"), [patient(3)]);
    assert_eq!(found(&opened, "_u"), [patient(3)]);
    assert_eq!(found(&opened, "han* OR thabo"), []);
}

#[test]
fn a_changed_name_is_found_under_the_new_one_only() {
    let (_laptop, mut opened) = clinic();
    let renamed = Summary {
        patient: patient(1),
        search: "khumalo thabo".to_owned(),
        sort: (0, String::new()),
        json: "{}".to_owned(),
    };
    opened
        .store
        .append(
            &[],
            Derived {
                summaries: &[renamed],
                ..Derived::default()
            },
        )
        .unwrap();
    assert_eq!(found(&opened, "ndlovu"), []);
    assert_eq!(found(&opened, "khumalo"), [patient(1)]);
    assert_eq!(opened.store.count().unwrap(), 4);
}

#[test]
fn the_worklist_is_sorted_by_priority_then_due_and_can_be_filtered_and_paged() {
    let (_laptop, opened) = clinic();
    let list = |filter: Filter<'_>| -> Vec<PatientId> {
        opened
            .store
            .summaries(&filter)
            .unwrap()
            .into_iter()
            .map(|row| row.patient)
            .collect()
    };
    assert_eq!(list(Filter::default()), [1, 2, 3, 0].map(patient));
    assert_eq!(
        list(Filter {
            skip: 1,
            limit: Some(2),
            ..Filter::default()
        }),
        [2, 3].map(patient)
    );
    let urgent = Filter {
        field: Some(("stage", "urgent")),
        ..Filter::default()
    };
    assert_eq!(list(urgent), [patient(1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever is typed, the search answers, and answers as plain substring search would.
    #[test]
    fn whatever_is_typed_the_search_agrees_with_looking_through_every_row(text in "[a-z0-9 '\"*%_()-]{0,12}") {
        thread_local!(static CLINIC: (Laptop, Opened) = clinic());
        CLINIC.with(|(_, opened)| {
            let parts: Vec<&str> = text.split_whitespace().collect();
            let mut expected: Vec<PatientId> = (0..PEOPLE.len())
                .filter(|&n| !parts.is_empty() && parts.iter().all(|part| PEOPLE[n].0.contains(part)))
                .map(patient)
                .collect();
            let mut got = found(opened, &text);
            expected.sort();
            got.sort();
            prop_assert_eq!(got, expected);
            Ok(())
        })?;
    }
}
