//! The NHS number: the whole table of the clinical facts.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use record::nhs_number::{NhsNumber, NotAnNhsNumber as Not};

#[test]
fn numbers_whose_check_digit_fits_are_taken() {
    for good in [
        "9990000018",
        "999 000 0026",
        "9990000050",
        "9990000107",
        "9990000123",
        "9990123454",
        "9991234578",
        "9998765439",
        "9999999999",
        "9434765919",
        "943-476-5919",
        "999\u{a0}000\u{a0}0026",
    ] {
        assert!(NhsNumber::parse(good).is_ok(), "{good}");
    }
}

#[test]
fn every_other_number_is_refused_with_the_reason() {
    for (bad, why) in [
        ("9991234560", Not::CheckDigit),
        ("9990000019", Not::CheckDigit),
        ("9990000081", Not::CheckDigit),
        ("987 654 4321", Not::CheckDigit),
        ("999000001", Not::Length { digits: 9 }),
        ("99900000180", Not::Length { digits: 11 }),
        ("99900O0018", Not::NotADigit { position: 6 }),
        ("999 00O 0018", Not::NotADigit { position: 7 }),
        ("٩٩٩٠٠٠٠٠١٨", Not::NotADigit { position: 1 }),
        ("", Not::Empty),
        (" - ", Not::Empty),
    ] {
        assert_eq!(NhsNumber::parse(bad).map(|_| ()), Err(why), "{bad}");
    }
}

#[test]
fn nine_digits_whose_check_would_be_ten_fit_no_tenth() {
    for start in ["999123456", "999000000", "999000014", "999000028"] {
        for last in 0..10 {
            assert_eq!(
                NhsNumber::parse(&format!("{start}{last}")).map(|_| ()),
                Err(Not::CheckDigit)
            );
        }
    }
}

#[test]
fn a_number_is_shown_in_three_parts_that_stay_together() {
    let number = NhsNumber::parse("999 000 0026").unwrap();
    assert_eq!(number.to_string(), "999\u{a0}000\u{a0}0026");
    assert_eq!(number.digits(), "9990000026");
    assert_eq!(number.to_string().parse(), Ok(number));
}

#[test]
fn the_test_range_is_told_apart() {
    assert!(NhsNumber::parse("9990000018").unwrap().is_test_range());
    assert!(!NhsNumber::parse("9434765919").unwrap().is_test_range());
}

#[test]
fn neither_debug_nor_an_error_repeats_the_number() {
    let number = NhsNumber::parse("9990000018").unwrap();
    assert!(!format!("{number:?}").contains("999"));
    assert!(
        !NhsNumber::parse("9990000019")
            .unwrap_err()
            .to_string()
            .contains("999")
    );
}

proptest! {
    #[test]
    fn one_wrong_digit_is_always_caught(nine in 0_u32..1_000_000_000, at in 0_usize..10, by in 1_u8..10) {
        let number = (0..10).find_map(|last| NhsNumber::parse(&format!("{nine:09}{last}")).ok());
        prop_assume!(number.is_some());
        let mut digits: Vec<u8> = number.unwrap().digits().bytes().map(|digit| digit - b'0').collect();
        digits[at] = (digits[at] + by) % 10;
        let changed: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        prop_assert_eq!(NhsNumber::parse(&changed).map(|_| ()), Err(Not::CheckDigit));
    }

    #[test]
    fn two_neighbours_swapped_are_always_caught(nine in 0_u32..1_000_000_000, at in 0_usize..9) {
        let number = (0..10).find_map(|last| NhsNumber::parse(&format!("{nine:09}{last}")).ok());
        prop_assume!(number.is_some());
        let mut digits = number.unwrap().digits().into_bytes();
        prop_assume!(digits[at] != digits[at + 1]);
        digits.swap(at, at + 1);
        prop_assert!(NhsNumber::parse(std::str::from_utf8(&digits).unwrap()).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = NhsNumber::parse(&text);
    }
}
