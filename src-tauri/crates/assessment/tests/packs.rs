//! Instrument packs: what is read, and what is refused with its place and its reason.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assessment::instrument::{Instrument, Pack, PackError, PackFault, pack_digest};
use jiff::civil::date;
use proptest::prelude::*;

const PAGE: &str = include_str!("../../../../docs/instrument-packs.md");

/// The two files on the page: the made-up instrument and its pack.
fn on_the_page() -> (Instrument, String) {
    let mut files = PAGE.split("```toml\n").skip(1);
    let mut next = || {
        files
            .next()
            .unwrap()
            .split("```")
            .next()
            .unwrap()
            .to_owned()
    };
    (Instrument::parse(&next()).unwrap(), next())
}

fn read(text: &str) -> Result<Pack, PackError> {
    Pack::read(text, &[on_the_page().0])
}

/// The pack of the page with something else in it and the digest that fits.
fn with(from: &str, to: &str) -> String {
    let (_, text) = on_the_page();
    assert!(text.contains(from), "{from}");
    sealed(&text.replacen(from, to, 1))
}

fn sealed(text: &str) -> String {
    let line = text.lines().find(|line| line.starts_with("digest"));
    let digest = format!("digest = \"{}\"", pack_digest(text));
    line.map_or_else(|| text.to_owned(), |line| text.replacen(line, &digest, 1))
}

fn fault(text: &str) -> PackFault {
    read(text).unwrap_err().fault
}

#[test]
fn the_example_on_the_page_is_read_as_it_stands() {
    let pack = read(&on_the_page().1).unwrap();
    assert_eq!(pack.instrument, "kettle-2");
    assert_eq!(pack.licence_holder, "The Kettle Society");
    assert_eq!(pack.licence_reference, "KS-2026-014");
    assert_eq!(pack.held_by, "Example Pain Service");
    assert_eq!(pack.items.len(), 2);
    assert_eq!(pack.items[1].options, ["Never", "At times", "Always"]);
    let form = on_the_page().0;
    assert_eq!(
        pack.item(&form, 1).unwrap().text,
        "It pours where I point it."
    );
    assert_eq!(pack.item(&form, 2), None);
}

#[test]
fn the_page_names_every_instrument_that_takes_a_pack() {
    let takes = PAGE
        .split("## Which instruments take a pack")
        .nth(1)
        .unwrap();
    let list = takes
        .split("Their ids")
        .next()
        .unwrap()
        .replace(" and ", ", ");
    let named: Vec<&str> = list.trim().trim_end_matches('.').split(", ").collect();
    let licensed: Vec<&str> = Instrument::shipped()
        .iter()
        .filter(|form| form.wording == assessment::instrument::Wording::Licensed)
        .map(|form| form.name.as_str())
        .collect();
    assert_eq!(named, licensed);
}

#[test]
fn it_holds_through_its_last_day() {
    let pack = read(&on_the_page().1).unwrap();
    assert!(pack.holds_on(date(2027, 3, 31)));
    assert!(!pack.holds_on(date(2027, 4, 1)));
}

#[test]
fn windows_line_ends_give_the_same_digest() {
    let (_, text) = on_the_page();
    let other = text.replace('\n', "\r\n");
    assert_eq!(pack_digest(&text), pack_digest(&other));
    assert_eq!(read(&other).unwrap().digest, read(&text).unwrap().digest);
}

#[test]
fn options_may_be_left_out_and_the_answers_stay_numbers() {
    let pack = read(&with(
        "options = [\"Never\", \"At times\", \"Always\"]\n",
        "",
    ))
    .unwrap();
    assert!(pack.items[0].options.is_empty() && !pack.items[1].options.is_empty());
}

#[test]
fn a_word_changed_on_the_way_is_found_and_the_right_digest_said() {
    let (_, text) = on_the_page();
    let changed = text.replace("pours", "drips");
    let error = read(&changed).unwrap_err();
    assert_eq!(error.fault, PackFault::Digest(pack_digest(&changed)));
    assert_eq!((error.line, error.column), (11, 10));
}

#[test]
fn each_fault_is_refused_with_its_place() {
    let place = |text: &str| {
        let error = read(text).unwrap_err();
        (error.line, error.column)
    };
    assert_eq!(fault(&with("pack-1", "pack-2")), PackFault::Format);
    assert_eq!(place(&with("pack-1", "pack-2")), (1, 10));
    assert_eq!(fault(&with("2027-03-31", "31 March")), PackFault::Date);
    assert_eq!(place(&with("2027-03-31", "31 March")), (8, 15));
    assert_eq!(
        fault(&with("KS-2026-014", "  ")),
        PackFault::Empty("licence-reference")
    );
    assert_eq!(place(&with("KS-2026-014", "  ")), (6, 21));
    assert_eq!(
        fault(&with("boils", "b\\u202eoils")),
        PackFault::Unreadable("text")
    );
    let long = "x".repeat(2_001);
    assert_eq!(fault(&with("boils", &long)), PackFault::Unreadable("text"));
    assert!(matches!(fault(&with("stem", "steam")), PackFault::Shape(_)));
    assert!(matches!(
        fault(&with("held-by = \"Example Pain Service\"\n", "")),
        PackFault::Shape(_)
    ));
    assert!(matches!(fault(""), PackFault::Shape(_)));
}

#[test]
fn the_number_of_items_and_of_answers_must_be_the_form_s() {
    let second = "[[item]]\ntext = \"It pours where I point it.\"\noptions = [\"Never\", \"At times\", \"Always\"]\n";
    assert!(matches!(
        fault(&with(second, "")),
        PackFault::ItemCount {
            wanted: 2,
            given: 1,
            ..
        }
    ));
    assert!(matches!(
        fault(&with(second, &format!("{second}\n{second}"))),
        PackFault::ItemCount {
            wanted: 2,
            given: 3,
            ..
        }
    ));
    assert!(matches!(
        fault(&with("\"Never\", ", "")),
        PackFault::OptionCount {
            item: 1,
            wanted: 3,
            given: 2
        }
    ));
}

#[test]
fn an_unknown_instrument_or_one_with_its_own_words_is_refused() {
    assert_eq!(
        fault(&with("kettle-2", "kettle-3")),
        PackFault::UnknownInstrument {
            nearest: Some("kettle-2".into())
        }
    );
    let (_, text) = on_the_page();
    let error = Pack::read(&text.replace("kettle-2", "phq-9"), Instrument::shipped()).unwrap_err();
    assert_eq!(error.fault, PackFault::NotLicensed("PHQ-9".into()));
}

#[test]
fn a_file_larger_than_any_questionnaire_is_not_even_read() {
    assert_eq!(fault(&"#".repeat(300_000)), PackFault::TooLarge);
}

#[test]
fn neither_an_error_nor_debug_repeats_the_wording() {
    let pack = read(&on_the_page().1).unwrap();
    assert!(!format!("{pack:?}").contains("boils"));
    assert!(!format!("{:?}", pack.items).contains("boils"));
    let broken = with("options = [", "options = [[");
    assert!(!read(&broken).unwrap_err().to_string().contains("boils"));
}

proptest! {
    /// Whatever a file holds, reading it ends in a pack or in a plain error inside the file.
    #[test]
    fn any_change_of_the_file_is_read_or_refused_in_its_place(
        at in any::<prop::sample::Index>(),
        put in "[ -~\n\"=\\[\\]éß]{0,6}",
        cut in 0_usize..12,
    ) {
        let (_, text) = on_the_page();
        let signs: Vec<char> = text.chars().collect();
        let at = at.index(signs.len());
        let end = (at + cut).min(signs.len());
        let changed: String = signs[..at].iter().copied().chain(put.chars()).chain(signs[end..].iter().copied()).collect();
        for text in [changed.clone(), sealed(&changed)] {
            if let Err(error) = read(&text) {
                prop_assert!(error.line >= 1 && error.line <= text.lines().count() + 1);
                prop_assert!(error.column >= 1);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
