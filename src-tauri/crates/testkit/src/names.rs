//! Made-up people.

use crate::Person;

const FAMILIES: [&str; 12] = [
    "Ndlovu",
    "Nowak",
    "Osei",
    "Marchetti",
    "Lindqvist",
    "Abara",
    "Quill",
    "Fenwick",
    "Tanaka",
    "Varga",
    "Moyo",
    "Idris",
];
const GIVEN: [&str; 8] = [
    "Thabo", "Anna", "Kofi", "Lucia", "Sven", "Ife", "Rowan", "Mei",
];

/// Number `number` of the made-up people. Family names end in a number in words of letters, so
/// that no two are alike.
pub(crate) fn person(number: u64, sign: bool) -> Person {
    let pick = |from: &[&str], by: u64| {
        let index = usize::try_from(by % from.len() as u64).unwrap_or(0);
        from.get(index).copied().unwrap_or_default().to_owned()
    };
    let family = format!("{}{}", pick(&FAMILIES, number), letters(number));
    Person {
        family,
        given: pick(&GIVEN, number / 3),
        born: format!(
            "19{:02}-{:02}-{:02}",
            40 + number % 60,
            1 + number % 12,
            1 + number % 28
        ),
        number: nhs_number(number),
        reason: format!("Back pain, letter {number}"),
        sign,
    }
}

fn letters(mut number: u64) -> String {
    let mut text = String::new();
    loop {
        let letter = u8::try_from(number % 26).unwrap_or(0);
        text.push(char::from(b'a' + letter));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}

/// The first valid NHS number at or after `999` and six digits made from `number`.
fn nhs_number(number: u64) -> String {
    let mut middle = number.wrapping_mul(7919) % 1_000_000;
    loop {
        let nine = format!("999{middle:06}");
        let sum: u32 = nine
            .chars()
            .zip((2..=10).rev())
            .filter_map(|(digit, weight)| digit.to_digit(10).map(|digit| digit * weight))
            .sum();
        match (11 - sum % 11) % 11 {
            10 => middle = (middle + 1) % 1_000_000,
            check => return format!("{nine}{check}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_thousand_made_up_people_have_names_and_valid_numbers_of_their_own() {
        let people: Vec<Person> = (0..1000).map(|number| person(number, false)).collect();
        let names: BTreeSet<&str> = people.iter().map(|person| person.family.as_str()).collect();
        assert_eq!(names.len(), 1000);
        for person in people {
            assert!(
                person
                    .number
                    .parse::<record::nhs_number::NhsNumber>()
                    .is_ok(),
                "{}",
                person.number
            );
        }
    }
}
