use jiff::civil::date;
use proptest::prelude::*;
use store::KnownBy;

use super::asked;
use crate::known_by::born;
use crate::known_by::words_of;

/// Somebody of that family name and given name, born 5 January 1979.
fn known(family: &str, given: &str) -> KnownBy {
    let words = [words_of(given), born::words(date(1979, 1, 5))].concat();
    KnownBy {
        family: words_of(family).join(" "),
        words: words.join(" "),
        numbers: vec!["9990461376".into(), "01632960001".into()],
        ..KnownBy::default()
    }
}

fn finds(text: &str, family: &str, given: &str) -> bool {
    asked(text).fits(&known(family, given))
}

#[test]
fn a_name_is_found_without_accents_apostrophes_or_hyphens_and_in_any_order() {
    for (text, family, given) in [
        ("oneill", "O'Neill", "Mary"),
        ("o'neill", "ONeill", "Mary"),
        ("o neill", "O’Neill", "Mary"),
        ("neill", "O'Neill", "Mary"),
        ("mary o", "O'Neill", "Mary"),
        ("ONEILL MARY", "O'Neill", "Mary"),
        ("smith-jones", "Smith Jones", "Ada"),
        ("smith-jones", "Smithjones", "Ada"),
        ("jones", "Smith-Jones", "Ada"),
        ("smithj", "Smith-Jones", "Ada"),
        ("smith jones", "Smith–Jones", "Ada"),
        ("mc donald", "McDonald", "Ewan"),
        ("mcdonald", "Mc Donald", "Ewan"),
        ("wisniewska", "Wiśniewska", "Łucja"),
        ("lucja", "Wiśniewska", "Łucja"),
        ("muller", "Müller", "Jürgen"),
        ("strauss", "Strauß", "Eva"),
        ("sukarno", "", "Sukarno"),
        ("sukarno", "Sukarno", ""),
        ("de la c", "de la Cruz", "Ana"),
        ("may", "May", "Theo"),
        ("jan", "Kowalski", "Jan"),
        ("нин", "Нина", ""),
    ] {
        assert!(finds(text, family, given), "{text}: {family}, {given}");
    }
    assert!(!finds("smith mary", "Smith", "John"));
    assert!(!finds("mith", "Smith", "John"));
}

#[test]
fn a_date_of_birth_is_found_in_any_usual_form() {
    for text in [
        "05-Jan-1979",
        "5/1/79",
        "5 1 1979",
        "05.01.1979",
        "1979-01-05",
        "1979 01 05",
        "5 jan",
        "5 january 1979",
        "5jan1979",
        "jan 5 1979",
        "05/01",
        "1979",
        "79",
        "jan 1979",
        "jan 79",
        "1/1979",
        "1979-01",
        "05011979",
        "050179",
        "19790105",
        "smith 79",
        "79 smith",
        "smith 5/1/1979 john",
        "john 5 jan smith",
    ] {
        assert!(finds(text, "Smith", "John"), "{text}");
    }
    for text in [
        "6/1/79",
        "5/2/79",
        "1/5/1979",
        "31/2/1979",
        "5 feb",
        "1978",
        "78",
        "smith 80",
        "1980-01-05",
    ] {
        assert!(!finds(text, "Smith", "John"), "{text}");
    }
}

#[test]
fn any_run_of_digits_of_a_number_is_found_spaced_or_not_and_with_a_name() {
    for text in [
        "9990461376",
        "999 046 1376",
        "999-046-1376",
        "046",
        "0461",
        "04 61 37",
        "1376",
        "smith 1376",
        "046 smith",
        "01632 960001",
    ] {
        assert!(finds(text, "Smith", "John"), "{text}");
    }
    for text in ["9990461377", "jones 1376", "smith 1377"] {
        assert!(!finds(text, "Smith", "John"), "{text}");
    }
}

#[test]
fn a_date_under_way_does_not_hide_who_was_found_by_name() {
    for text in [
        "smith 5",
        "smith 5/",
        "smith 5/1",
        "smith 5/1/",
        "smith 5/1/7",
        "smith 5/1/79",
    ] {
        // Only the last but one is no date and no number yet: "517".
        assert_eq!(
            finds(text, "Smith", "John"),
            text != "smith 5/1/7",
            "{text}"
        );
    }
}

#[test]
fn nothing_typed_asks_for_nobody() {
    for text in ["", "  ", "-", "'", "5"] {
        assert!(!finds(text, "Smith", "John"), "{text}");
    }
}

proptest! {
    /// Whatever name a person has, each of its words and any beginning of one finds them.
    #[test]
    fn any_beginning_of_any_word_of_a_name_finds_the_person(
        name in "[A-Za-zÀ-ÿ]{1,8}(['’ -][A-Za-zÀ-ÿ]{1,8}){0,3}",
        length in 1_usize..9,
    ) {
        for word in name.split([' ', '-']) {
            let typed: String = word.chars().take(length).collect();
            let is_name = !words_of(&typed).is_empty();
            prop_assert!(!is_name || finds(&typed, &name, ""), "{} in {}", typed, name);
        }
        prop_assert!(words_of(&name).is_empty() || finds(&name, &name, ""), "{}", name);
    }

    #[test]
    fn whatever_is_typed_is_read_in_few_ways(text in any::<String>()) {
        prop_assert!(asked(&text).ways.len() <= super::MOST_WAYS);
    }
}
