//! Where pages may end, and where they may not.

use crate::reader::{all_words, page_of, words};
use crate::sample;
use document::{Block, ListKind, Size, Text, Tone, Typeset};

fn set(blocks: Vec<Block>) -> (Vec<u8>, Typeset) {
    let document = sample::document(Size::Patient12, blocks);
    let set = document.typeset().unwrap();
    (set.pdf(sample::MADE), set)
}

/// Paragraphs of one line each, to push what follows down the page.
fn push(lines: usize) -> Vec<Block> {
    (0..lines)
        .map(|_| Block::Paragraph("Filling.".into()))
        .collect()
}

fn row(first: &str, second: &str) -> Vec<Text> {
    vec![first.into(), second.into()]
}

fn table(rows: Vec<Vec<Text>>) -> Block {
    Block::Table {
        head: vec!["Thing".into(), "Reason".into()],
        rows,
        widths: vec![1.0, 2.0],
    }
}

#[test]
fn a_heading_is_never_last_on_a_page() {
    for lines in 0..32 {
        let mut blocks = push(lines);
        blocks.push(sample::heading(2, "Stranded"));
        blocks.push(sample::heading(3, "Deeper"));
        blocks.push(Block::List {
            kind: ListKind::Bullets,
            items: vec!["Followed.".into()],
        });
        let (pdf, set) = set(blocks);
        let heading = page_of(&pdf, set.pages(), "Stranded");
        assert_eq!(
            heading,
            page_of(&pdf, set.pages(), "Followed"),
            "{lines} lines"
        );
    }
}

#[test]
fn a_heading_over_a_table_stays_with_its_first_row() {
    for lines in 10..32 {
        let mut blocks = push(lines);
        blocks.push(sample::heading(2, "Stranded"));
        blocks.push(table(vec![row("First", "One"), row("Second", "Two")]));
        let (pdf, set) = set(blocks);
        let heading = page_of(&pdf, set.pages(), "Stranded");
        assert_eq!(
            heading,
            page_of(&pdf, set.pages(), "First"),
            "{lines} lines"
        );
    }
}

#[test]
fn words_that_lead_on_stay_with_what_they_lead_to() {
    for lines in 10..32 {
        let mut blocks = push(lines);
        blocks.push(Block::Paragraph("You will:".into()));
        blocks.push(Block::List {
            kind: ListKind::Numbers,
            items: vec!["Walk.".into()],
        });
        let (pdf, set) = set(blocks);
        let before = page_of(&pdf, set.pages(), "You will:");
        assert_eq!(before, page_of(&pdf, set.pages(), "Walk."), "{lines} lines");
    }
}

#[test]
fn a_row_is_never_split_and_the_head_is_on_each_page() {
    let rows = (0..40).map(|number| {
        let long = format!(
            "begin{number} {}end{number}",
            "and so on with it ".repeat(7)
        );
        row(&format!("Thing {number}"), &long)
    });
    let (pdf, set) = set(vec![table(rows.collect())]);
    assert!(set.pages() > 3);
    for number in 0..40 {
        let begins = page_of(&pdf, set.pages(), &format!("begin{number} "));
        let ends = page_of(&pdf, set.pages(), &format!("end{number} "));
        assert_eq!(begins, ends, "row {number}");
    }
    for page in 1..=set.pages() {
        assert!(words(&pdf, page).contains("Thing Reason"), "page {page}");
    }
}

#[test]
fn the_last_row_does_not_stand_alone_on_a_page() {
    for lines in 10..32 {
        let mut blocks = push(lines);
        let rows = ["one", "two", "three", "four"].map(|name| row(name, "Why"));
        blocks.push(table(rows.to_vec()));
        let (pdf, set) = set(blocks);
        let last = page_of(&pdf, set.pages(), "four");
        assert_eq!(last, page_of(&pdf, set.pages(), "three"), "{lines} lines");
    }
}

#[test]
fn a_row_longer_than_a_page_goes_on_with_all_its_words() {
    let long: Vec<String> = (0..900).map(|number| format!("word{number}")).collect();
    let (pdf, set) = set(vec![table(vec![row("Long", &long.join(" "))])]);
    assert!(set.pages() > 1);
    let said = all_words(&pdf);
    for word in long {
        assert!(said.contains(&word), "{word}");
    }
}

#[test]
fn a_box_is_not_split_unless_longer_than_a_page() {
    for tone in [Tone::Plain, Tone::Important, Tone::Emergency] {
        for lines in 15..30 {
            let mut blocks = push(lines);
            blocks.push(Block::Callout {
                tone,
                title: "Begin".into(),
                body: vec!["Middle ".repeat(60).into(), "End".into()],
            });
            let (pdf, set) = set(blocks);
            let begins = page_of(&pdf, set.pages(), "Begin");
            assert_eq!(begins, page_of(&pdf, set.pages(), "End"), "{lines} lines");
        }
        let body: Vec<String> = (0..1200).map(|number| format!("word{number}")).collect();
        let (pdf, set) = set(vec![Block::Callout {
            tone,
            title: "Begin".into(),
            body: vec![body.join(" ").into()],
        }]);
        assert!(set.pages() > 1);
        assert!(words(&pdf, set.pages()).contains("word1199"));
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    for lines in 12..32 {
        let mut blocks = push(lines);
        // Four lines that can be told apart.
        let text = ["one", "two", "three", "four"].join("\n");
        blocks.push(Block::Paragraph(text.into()));
        let (pdf, set) = set(blocks);
        let page = |wanted| page_of(&pdf, set.pages(), wanted);
        assert_eq!(page("one"), page("two"), "{lines} lines");
        assert_eq!(page("three"), page("four"), "{lines} lines");
    }
}

#[test]
fn signature_lines_stay_together_and_with_what_is_signed() {
    for lines in 12..32 {
        let mut blocks = push(lines);
        blocks.push(Block::Paragraph("I agree to this plan.".into()));
        blocks.push(Block::SignatureLines(vec![
            "Signed by me".into(),
            "Date one".into(),
            "Signed for us".into(),
            "Date two".into(),
        ]));
        let (pdf, set) = set(blocks);
        let page = |wanted| page_of(&pdf, set.pages(), wanted);
        assert_eq!(page("I agree"), page("Signed by me"), "{lines} lines");
        assert_eq!(page("I agree"), page("Date two"), "{lines} lines");
    }
}

#[test]
fn a_page_break_begins_a_page_and_makes_no_empty_one() {
    let blocks = vec![
        Block::PageBreak,
        Block::Paragraph("First".into()),
        Block::PageBreak,
        Block::PageBreak,
        Block::Paragraph("Second".into()),
        Block::PageBreak,
    ];
    let (pdf, set) = set(blocks);
    assert_eq!(set.pages(), 2);
    assert!(words(&pdf, 2).contains("Second"));
}

#[test]
fn empty_sections_and_an_empty_document_are_printed_in_peace() {
    assert_eq!(set(Vec::new()).1.pages(), 1);
    let blocks = vec![
        sample::heading(2, "Nothing"),
        Block::List {
            kind: ListKind::Bullets,
            items: Vec::new(),
        },
        Block::KeyValues(Vec::new()),
        Block::Paragraph(Text::default()),
        table(Vec::new()),
        Block::SignatureLines(Vec::new()),
        Block::Callout {
            tone: Tone::Plain,
            title: String::new(),
            body: Vec::new(),
        },
        sample::heading(2, "After it"),
    ];
    let (pdf, set) = set(blocks);
    assert_eq!(set.pages(), 1);
    assert!(words(&pdf, 1).contains("Nothing Thing Reason After it"));
}
