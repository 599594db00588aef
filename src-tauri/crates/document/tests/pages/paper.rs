//! The PDF read back.

use crate::reader::{all_words, ask, words};
use crate::sample;
use document::{Block, ListKind, Size, Text};

const SIZES: [Size; 4] = [
    Size::Compact10,
    Size::Clinician11,
    Size::Patient12,
    Size::Large18,
];

fn printed(size: Size) -> (Vec<u8>, usize) {
    let plan = sample::plan(size).typeset().unwrap();
    (plan.pdf(sample::MADE), plan.pages())
}

fn of(blocks: Vec<Block>) -> Vec<u8> {
    let document = sample::document(Size::Patient12, blocks);
    document.typeset().unwrap().pdf(sample::MADE)
}

#[test]
fn qpdf_finds_nothing_wrong() {
    for size in SIZES {
        let (pdf, _) = printed(size);
        let said = ask("qpdf", &["--check", "FILE"], &pdf);
        assert!(
            said.contains("No syntax or stream encoding errors"),
            "{said}"
        );
    }
}

#[test]
fn each_page_has_the_patients_name_and_number_and_its_own() {
    for size in SIZES {
        let (pdf, pages) = printed(size);
        assert!(pages > 1);
        for page in 1..=pages {
            let words = words(&pdf, page);
            assert!(words.contains(sample::NAME), "page {page}");
            assert!(words.contains(sample::NUMBER), "page {page}");
            assert!(
                words.contains(&format!("Page {page} of {pages}")),
                "page {page}"
            );
        }
    }
}

#[test]
fn each_page_of_a_draft_says_so_in_words() {
    let (pdf, pages) = printed(Size::Patient12);
    for page in 1..=pages {
        assert!(
            words(&pdf, page).contains("DRAFT, not signed"),
            "page {page}"
        );
    }
}

#[test]
fn a_signed_document_has_no_watermark() {
    let mut plan = sample::document(Size::Patient12, vec![sample::heading(1, "Plan")]);
    plan.watermark = None;
    let signed = plan.typeset().unwrap();
    assert!(!all_words(&signed.pdf(sample::MADE)).contains("not signed"));
    assert!(!signed.page_svg(0).contains("#e9ecee"));
}

#[test]
fn the_same_document_and_time_give_the_same_bytes() {
    assert_eq!(printed(Size::Patient12), printed(Size::Patient12));
}

#[test]
fn another_time_changes_the_dates_alone() {
    let plan = sample::plan(Size::Patient12).typeset().unwrap();
    let (first, second) = (plan.pdf(sample::MADE), plan.pdf(sample::MADE + 3600));
    assert_eq!(first.len(), second.len());
    // One digit of the hour in each of two dates of the file and two of its metadata.
    let changed = first.iter().zip(&second).filter(|(a, b)| a != b).count();
    assert_eq!(changed, 4);
    let said = ask("pdfinfo", &["-isodates", "FILE"], &first);
    assert!(
        said.contains("CreationDate:    2026-11-24T10:42:00Z"),
        "{said}"
    );
}

#[test]
fn words_are_read_back_exactly_and_in_order() {
    let (pdf, _) = printed(Size::Patient12);
    let said = all_words(&pdf);
    let mut from = 0;
    for wanted in [
        "Your pain plan We wrote this plan with you on 24 November 2026.",
        "Name WIŚNIEWSKA-ȚÎRLEA, Zofia Öykü Nguyễn Born 17 September 1979",
        "Interpreter Polish. Proszę zadzwonić do nas, jeśli coś jest niejasne.",
        "What matters to you “I want to walk my granddaughter to school again",
        "1. Walk to the corner shop and back on four days each week",
        "2. Sleep: get up at the same time each day, even after a bad night.",
        "None recorded.",
        "Your medicines",
        "☐ Slow down, do not stop.",
        "Go to A&E or call 999 at once if you have New numbness",
        "Your signature, if you agree",
    ] {
        let at = said[from..].find(wanted);
        from += at.unwrap_or_else(|| panic!("{wanted:?} is missing or out of order"));
    }
}

#[test]
fn names_keep_all_their_accents() {
    let names =
        "Wiśniewska Țîrlea Öztürk Nguyễn Ștefan Çağrı Đặng Þóra Ωμέγα Щукина Ọlámídé Łukasz";
    assert!(all_words(&of(vec![Block::Paragraph(names.into())])).contains(names));
    assert!(all_words(&of(vec![Block::Paragraph(Text::bold(names))])).contains(names));
}

#[test]
fn letters_drawn_as_one_shape_are_read_as_the_letters_they_are() {
    let text = "Office, difficult, affluent, fjord, afflict, first flight";
    let pdf = of(vec![Block::Paragraph(text.into())]);
    assert!(all_words(&pdf).contains(text));
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    let tables = file.objects.values().filter_map(|object| {
        let content = object.as_stream().ok()?.decompressed_content().ok()?;
        String::from_utf8(content).ok()
    });
    let ligature = tables
        .filter(|text| text.contains("begincmap"))
        .any(|text| text.to_lowercase().contains("<00660066>"));
    assert!(
        ligature,
        "the ff of difficult has a shape and a text of its own"
    );
}

#[test]
fn one_shape_for_two_characters_is_read_as_each_of_them() {
    // Source Sans draws both with the same glyph.
    let text = "5 µm is not 5 μm";
    let pdf = of(vec![Block::Paragraph(text.into())]);
    assert!(all_words(&pdf).contains(text));
    // The tree says it too: there a screen reader looks for it.
    assert_eq!(actual_texts(&pdf), ["μm"]);
}

/// What the spans of the structure tree are read as.
fn actual_texts(pdf: &[u8]) -> Vec<String> {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    let elements = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    elements
        .filter_map(|element| element.get(b"ActualText").ok())
        .map(|text| lopdf::decode_text_string(text).unwrap())
        .collect()
}

#[test]
fn a_letter_with_an_accent_set_apart_is_read_whole() {
    // No single character exists for these letters of Yoruba.
    let text = "Ọ́lá àti Ẹ̀kọ́";
    let pdf = of(vec![Block::Paragraph(text.into())]);
    assert!(all_words(&pdf).contains(text), "{}", all_words(&pdf));
}

#[test]
fn a_dose_is_found_by_its_ordinary_spaces() {
    let pdf = of(vec![Block::Paragraph("Morphine 10 mg/5 mL".into())]);
    assert!(all_words(&pdf).contains("Morphine 10 mg/5 mL"));
}

#[test]
fn a_dose_is_not_broken_over_two_lines() {
    // One more letter each time, so that the line ends at each place in turn.
    for length in 20..56 {
        let words = format!("{} {}", "x".repeat(length), "y".repeat(length));
        let text = format!("{words} use 10 mg/5 mL, 25 micrograms/hour now");
        let pdf = of(vec![Block::Paragraph(text.into())]);
        let said = ask("pdftotext", &["FILE", "-"], &pdf);
        assert!(said.contains("10 mg/5 mL"), "{said}");
        assert!(said.contains("25 micrograms/hour"), "{said}");
    }
}

#[test]
fn kerned_letters_stand_where_the_line_was_measured() {
    let mut document = sample::document(Size::Large18, Vec::new());
    document.running.head_right = "AVATAR To. Ty. LT".into();
    document.watermark = None;
    let pdf = document.typeset().unwrap().pdf(sample::MADE);
    let said = ask("pdftotext", &["-bbox", "FILE", "-"], &pdf);
    let word = said
        .lines()
        .find(|line| line.ends_with(">LT</word>"))
        .unwrap();
    let right = word.split("xMax=\"").nth(1).unwrap();
    let right: f32 = right.split('"').next().unwrap().parse().unwrap();
    // 20 mm from the edge of the paper, where the line was set to end.
    assert!((right - (595.276 - 56.693)).abs() < 0.3, "{right}");
}

#[test]
fn a_word_wider_than_its_cell_is_broken_and_not_cut_off() {
    let long = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3);
    let table = Block::Table {
        head: vec!["A".into(), "B".into()],
        rows: vec![vec![long.as_str().into(), "b".into()]],
        widths: vec![1.0, 1.0],
    };
    let said: String = all_words(&of(vec![table])).split(' ').collect();
    assert!(said.contains(&long), "{said}");
}

#[test]
fn a_screen_reader_hears_what_each_part_is() {
    let (pdf, _) = printed(Size::Patient12);
    let said = ask("pdfinfo", &["-struct-text", "FILE"], &pdf);
    let heard: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in [
        "H1 (block) \"Your pain plan\"",
        "Lbl (block) \"1.\" LBody (block) \"Walk to the corner shop and back on four days",
        "TH: /Scope /Row \"Amitriptyline 10 mg tablets\"",
        "Span (inline) \"Proszę zadzwonić do nas, jeśli coś jest niejasne.\"",
    ] {
        assert!(heard.contains(wanted), "{wanted}");
    }
    // What repeats on each page is not read out each time.
    assert!(!heard.contains("Page 1 of"));
    assert!(!heard.contains("Printed 24-Nov-2026"));
    // The head of the table is drawn on two pages and heard once.
    assert_eq!(heard.matches("\"How to take it\"").count(), 1);
}

#[test]
fn the_file_says_its_language_and_title_and_is_tagged() {
    let (pdf, _) = printed(Size::Patient12);
    let said = ask("pdfinfo", &["FILE"], &pdf);
    assert!(said.contains("Your pain plan: WIŚNIEWSKA-ȚÎRLEA"), "{said}");
    assert!(said.contains("Tagged:          yes"), "{said}");
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    let language = file.catalog().unwrap().get(b"Lang").unwrap();
    assert_eq!(language.as_str().unwrap(), b"en-GB");
}

#[test]
fn all_that_is_painted_belongs_to_a_tag_or_is_marked_as_not_read() {
    let (pdf, _) = printed(Size::Patient12);
    let file = lopdf::Document::load_mem(&pdf).unwrap();
    for page in file.get_pages().into_values() {
        let content = file.get_and_decode_page_content(page).unwrap();
        let mut depth = 0;
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" => depth += 1,
                "EMC" => depth -= 1,
                "f" | "S" | "B" | "b" | "TJ" | "Tj" => assert!(depth > 0, "{operation:?}"),
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn only_the_letters_used_are_embedded() {
    let (pdf, _) = printed(Size::Patient12);
    assert!(pdf.len() < 150_000, "{} bytes", pdf.len());
    let said = ask("pdffonts", &["FILE"], &pdf);
    assert!(said.contains("AAAAAA+SourceSans3-Regular"), "{said}");
    assert!(
        !said.contains(" no "),
        "each is embedded, cut down and readable: {said}"
    );
}

#[test]
fn a_box_to_tick_is_read_as_one_beside_its_words_and_beside_none() {
    let list = Block::List {
        kind: ListKind::Checkboxes,
        items: vec!["Walk".into(), Text::default(), "a plain □ square".into()],
    };
    let said = all_words(&of(vec![list]));
    assert!(said.contains("☐ Walk ☐ ☐ a plain □ square"), "{said}");
}
