//! Finding people, and drawing lists of them.

use super::laptop::{Laptop, PASSPHRASE};
use crate::*;
use proptest::prelude::*;
use record::id::PatientId;

/// Family, other words, numbers.
const PEOPLE: [(&str, &str, &[&str]); 6] = [
    (
        "wisniewska",
        "hanna 1979y 79y 0105d 19790105",
        &["9990463380", "01632960111"],
    ),
    ("ndlovu", "thabo smith 1979y 79y", &["9991234567"]),
    ("obrien brien", "maeve 1980y 80y", &["9995550001"]),
    ("smithson", "ada 1958y 58y", &[]),
    ("smith", "zoe 1990y 90y", &["9990463111"]),
    ("", "sukarno 1966y 66y", &[]),
];

fn patient(number: usize) -> PatientId {
    PatientId::from_random([u8::try_from(number).unwrap(); 16])
}

fn person(number: usize) -> Summary {
    let (family, words, numbers) = PEOPLE[number];
    let given = words.split(' ').next().unwrap_or_default();
    Summary {
        patient: patient(number),
        known_by: KnownBy {
            family: family.to_owned(),
            words: words.to_owned(),
            numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
            items: vec![format!("assessment-{number}")],
            days: vec![format!("2026-12-0{}", number % 2 + 1)],
            likeness: Likeness {
                family: family.to_owned(),
                given: given.to_owned(),
                ..Likeness::default()
            },
        },
        standing: Standing {
            list: if number.is_multiple_of(2) {
                "even"
            } else {
                "odd"
            }
            .to_owned(),
            priority: u8::try_from(number / 2).unwrap(),
            due: format!("2026-12-1{}", 9 - number),
            rests_until: ["", "2026-12-24", "9999-12-31"][number % 3].to_owned(),
            breach: ["", "2027-01-05"][number % 2].to_owned(),
            red: number == 3,
            written: format!("2026-11-0{}", number + 1),
        },
        json: "{}".to_owned(),
    }
}

fn clinic() -> (Laptop, Opened) {
    let (laptop, staff, _) = Laptop::ready();
    let mut opened = laptop.unlock(staff, PASSPHRASE).unwrap();
    let people: Vec<Summary> = (0..PEOPLE.len()).map(person).collect();
    write(&mut opened, &people);
    (laptop, opened)
}

fn write(opened: &mut Opened, summaries: &[Summary]) {
    let derived = Derived {
        summaries,
        ..Derived::default()
    };
    opened.store.append(&[], derived).unwrap();
}

fn way(words: &str, whole: &str, digits: &str) -> Way {
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let digits = Some(digits.to_owned()).filter(|digits| !digits.is_empty());
    Way::new(split(words), split(whole), digits)
}

fn asked(words: &str, whole: &str, digits: &str) -> Asked {
    Asked {
        ways: vec![way(words, whole, digits)],
    }
}

fn found(opened: &Opened, asked: &Asked) -> Vec<PatientId> {
    let people = opened.store.search(asked, 50).unwrap();
    people.rows.into_iter().map(|row| row.patient).collect()
}

fn listed(rows: Rows) -> Vec<PatientId> {
    rows.rows.into_iter().map(|row| row.patient).collect()
}

#[test]
fn a_patient_is_found_by_the_beginning_of_any_word_in_any_order_and_by_any_run_of_digits() {
    let (_laptop, opened) = clinic();
    for (words, whole, digits) in [
        ("wisn", "", ""),
        ("hanna wis", "", ""),
        ("w", "", ""),
        ("", "", "0463380"),
        ("", "", "3380"),
        ("", "", "960111"),
        ("", "0105d", ""),
        ("han", "79y", "046"),
    ] {
        assert_eq!(found(&opened, &asked(words, whole, digits)), [patient(0)]);
    }
    assert_eq!(found(&opened, &asked("hanna thabo", "", "")), []);
    assert_eq!(found(&opened, &asked("niewska", "", "")), []);
    assert_eq!(found(&opened, &asked("", "", "3381")), []);
    assert_eq!(found(&opened, &asked("", "79", "")), []);
    assert_eq!(found(&opened, &asked("", "", "")), []);
    assert_eq!(found(&opened, &Asked::default()), []);
}

#[test]
fn a_whole_family_name_comes_first_then_its_beginning_then_any_other_word() {
    let (_laptop, opened) = clinic();
    let smiths = [4, 3, 1].map(patient);
    assert_eq!(found(&opened, &asked("smith", "", "")), smiths);
    let people = opened.store.search(&asked("smith", "", ""), 2).unwrap();
    assert_eq!(
        (people.rows.len(), people.count, people.or_more),
        (2, 3, false)
    );
}

#[test]
fn any_of_several_ways_to_read_what_was_typed_finds() {
    let (_laptop, opened) = clinic();
    let either = Asked {
        ways: vec![way("", "1980y", ""), way("", "", "046")],
    };
    let mut all = found(&opened, &either);
    all.sort();
    assert_eq!(all, [0, 2, 4].map(patient));
}

/// So many people who are known as somebody is.
fn crowd(count: usize, like: &Summary) -> Vec<Summary> {
    let of = |number: usize| {
        let mut bytes = [9; 16];
        bytes[..8].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
        Summary {
            patient: PatientId::from_random(bytes),
            ..like.clone()
        }
    };
    (0..count).map(of).collect()
}

#[test]
fn who_bears_the_name_typed_is_shown_though_more_than_fit_were_here_before() {
    let (_laptop, mut opened) = clinic();
    write(&mut opened, &crowd(COUNTED + 50, &person(3)));
    let mut last = person(4);
    last.patient = patient(40);
    last.known_by.words = "abe".to_owned();
    last.known_by.likeness.given = "abe".to_owned();
    write(&mut opened, &[last]);
    let people = opened.store.search(&asked("smith", "", ""), 20).unwrap();
    let first: Vec<PatientId> = people.rows.iter().map(|row| row.patient).take(2).collect();
    assert_eq!(first, [patient(40), patient(4)]);
    assert!(
        people.rows[2..]
            .iter()
            .all(|row| row.known_by.family == "smithson")
    );
    assert_eq!(
        (people.rows.len(), people.count, people.or_more),
        (20, COUNTED, true)
    );
}

#[test]
fn who_alone_has_both_is_found_though_many_have_the_name_and_many_the_digits() {
    let (_laptop, mut opened) = clinic();
    let mut namesake = person(4);
    namesake.known_by.numbers = Vec::new();
    write(&mut opened, &crowd(COUNTED + 50, &namesake));
    let mut stranger = person(0);
    stranger.known_by.numbers = vec!["9990463111".to_owned()];
    let strangers = crowd(COUNTED + 300, &stranger);
    write(&mut opened, &strangers[COUNTED + 50..]);
    let found = found(&opened, &asked("smith", "", "463111"));
    assert_eq!(found, [patient(4)]);
}

#[test]
fn counting_stops_and_says_so() {
    let (_laptop, mut opened) = clinic();
    write(&mut opened, &crowd(COUNTED + 1, &person(0)));
    for asked in [
        asked("w", "", ""),
        asked("", "", "046"),
        asked("hanna", "", "046"),
    ] {
        let people = opened.store.search(&asked, 10).unwrap();
        assert_eq!(
            (people.rows.len(), people.count, people.or_more),
            (10, COUNTED, true)
        );
    }
    let rest = opened
        .store
        .search(&asked("hanna", "", "9991"), 10)
        .unwrap();
    assert_eq!((rest.count, rest.or_more), (0, false));
}

#[test]
fn a_changed_name_and_number_are_found_under_the_new_ones_only() {
    let (_laptop, mut opened) = clinic();
    let mut renamed = person(1);
    renamed.known_by.family = "khumalo".to_owned();
    renamed.known_by.numbers = vec!["9997654321".to_owned()];
    write(&mut opened, &[renamed.clone()]);
    assert_eq!(found(&opened, &asked("ndlovu", "", "")), []);
    assert_eq!(found(&opened, &asked("", "", "1234567")), []);
    assert_eq!(found(&opened, &asked("khumalo", "", "")), [patient(1)]);
    assert_eq!(found(&opened, &asked("", "", "7654")), [patient(1)]);
    assert_eq!(opened.store.summary(patient(1)).unwrap().unwrap(), renamed);
    assert_eq!(opened.store.count().unwrap(), 6);
}

#[test]
fn whose_an_item_is_is_known_without_reading_everybody() {
    let (_laptop, opened) = clinic();
    let whose = |item: &str| opened.store.patient_of(item).unwrap();
    assert_eq!(whose("assessment-3"), Some(patient(3)));
    assert_eq!(whose("assessment-9"), None);
}

#[test]
fn a_list_is_in_order_of_priority_then_due_and_is_read_in_pages() {
    let (_laptop, opened) = clinic();
    let list = |list, skip, limit| listed(opened.store.list(list, skip, limit).unwrap());
    assert_eq!(list(List::All, 0, 9), [1, 0, 3, 2, 5, 4].map(patient));
    assert_eq!(list(List::All, 1, 2), [0, 3].map(patient));
    assert_eq!(list(List::Named("odd"), 0, 9), [1, 3, 5].map(patient));
    assert_eq!(list(List::ToDo("2026-12-23"), 0, 9), [0, 3].map(patient));
    assert_eq!(
        list(List::ToDo("2026-12-24"), 0, 9),
        [1, 0, 3, 4].map(patient)
    );
    assert_eq!(list(List::ToDo("2026-12-24"), 1, 2), [0, 3].map(patient));
    assert_eq!(list(List::Breaching("2027-01-04"), 0, 9), []);
    assert_eq!(
        list(List::Breaching("2027-01-05"), 0, 9),
        [1, 3, 5].map(patient)
    );
    assert_eq!(list(List::Red, 0, 9), [patient(3)]);
    assert_eq!(list(List::On("2026-12-02"), 0, 9), [1, 3, 5].map(patient));
    let newest = opened.store.last_written().unwrap().unwrap();
    assert_eq!(newest.patient, patient(5));
}

#[test]
fn the_counts_of_lists_follow_every_change() {
    let (_laptop, mut opened) = clinic();
    let counts = |opened: &Opened| {
        [
            List::All,
            List::Named("odd"),
            List::Named("done"),
            List::ToDo("2026-12-24"),
        ]
        .map(|list| opened.store.count_of(list).unwrap())
    };
    assert_eq!(counts(&opened), [6, 3, 0, 4]);
    let mut moved = person(1);
    moved.standing.list = "done".to_owned();
    moved.standing.rests_until = String::new();
    write(&mut opened, &[moved]);
    assert_eq!(counts(&opened), [6, 2, 1, 4]);
    let connection = &opened.store.connection;
    connection.execute("DELETE FROM summary", []).unwrap();
    assert_eq!(counts(&opened), [0, 0, 0, 0]);
    let left = "SELECT (SELECT count(*) FROM found_by) + (SELECT count(*) FROM tally)";
    let left: i64 = connection.query_row(left, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    assert_eq!(found(&opened, &asked("smith", "", "")), []);
}

#[test]
fn a_filtered_list_holds_those_of_the_list_who_fit() {
    let (_laptop, opened) = clinic();
    let smith = asked("smith", "", "");
    let rows = opened
        .store
        .filtered(List::Named("odd"), &smith, 0, 1)
        .unwrap();
    assert_eq!((rows.count, rows.or_more), (2, false));
    assert_eq!(listed(rows), [patient(1)]);
}

#[test]
fn who_is_like_whom_goes_by_family_with_birth_given_or_address_and_by_birth_with_given() {
    let (_laptop, mut opened) = clinic();
    let like = |family: &str, given: &str, place: &str, born: &str| Likeness {
        family: family.to_owned(),
        given: given.to_owned(),
        place: place.to_owned(),
        born: born.to_owned(),
    };
    let mut ada = person(3);
    ada.known_by.likeness = like("smithson", "ada", "4 mill lane", "1958-03-01");
    write(&mut opened, &[ada.clone()]);
    let near = Some(("1957-03-01", "1959-03-02"));
    let far = Some(("1977-03-01", "1979-03-02"));
    for (one, days, is) in [
        (like("smithson", "eve", "", "1958-02-01"), near, true),
        (like("smithson", "eve", "", "1978-02-01"), far, false),
        (like("smithson", "ada", "", "1978-02-01"), far, true),
        (
            like("smithson", "eve", "4 mill lane", "1978-02-01"),
            far,
            true,
        ),
        (like("smithson", "eve", "", ""), None, true),
        (like("jones", "ada", "", "1958-03-01"), near, true),
        (
            like("jones", "eve", "4 mill lane", "1958-03-01"),
            near,
            false,
        ),
        (like("", "eve", "", ""), None, false),
        // Somebody whose own birth date is not known.
        (like("ndlovu", "eve", "", "1978-02-01"), far, true),
    ] {
        assert_eq!(
            !opened.store.likes(None, &one, days, 1).unwrap().is_empty(),
            is
        );
    }
    let own = &ada.known_by.likeness;
    assert!(
        opened
            .store
            .likes(Some(ada.patient), own, near, 1)
            .unwrap()
            .is_empty()
    );
}

/// When not all are shown, nobody is left out who is nearer to what was typed than one who is not.
fn steps_are_whole(opened: &Opened, asked: &Asked) -> Result<(), TestCaseError> {
    let step = |row: &Summary| {
        let mut nearest = 2;
        for word in asked.ways.iter().flat_map(|way| &way.words) {
            for part in row.known_by.family.split(' ') {
                match part.strip_prefix(word.as_str()) {
                    Some("") => nearest = 0,
                    Some(_) => nearest = nearest.min(1),
                    None => {}
                }
            }
        }
        nearest
    };
    let all = opened.store.search(asked, 50).unwrap().rows;
    for limit in 0..all.len() {
        let shown = opened.store.search(asked, limit).unwrap().rows;
        let left = all.iter().filter(|row| !shown.contains(row));
        prop_assert_eq!(shown.len(), limit);
        prop_assert!(shown.is_sorted_by_key(step));
        prop_assert!(shown.iter().map(step).max() <= left.map(step).min() || limit == 0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Whatever is typed, the search answers, and answers as looking through every row would.
    #[test]
    fn whatever_is_typed_the_search_agrees_with_looking_through_every_row(
        words in prop_oneof![
            "[a-z0-9 '\"*%_()\u{0}é-]{0,10}",
            "(s|sm|smith|smithso|o|b|h|z)( (a|s|t|z|1)){0,1}",
        ],
        whole in "([0-9]{2,4}[yd])?",
        digits in "[0-9]{0,4}",
    ) {
        thread_local!(static CLINIC: (Laptop, Opened) = clinic());
        CLINIC.with(|(_, opened)| {
            let asked = asked(&words, &whole, &digits);
            let mut expected: Vec<PatientId> = (0..PEOPLE.len())
                .map(person)
                .filter(|person| asked.fits(&person.known_by))
                .map(|person| person.patient)
                .collect();
            let mut got = found(opened, &asked);
            expected.sort();
            got.sort();
            prop_assert_eq!(got, expected);
            steps_are_whole(opened, &asked)
        })?;
    }
}
