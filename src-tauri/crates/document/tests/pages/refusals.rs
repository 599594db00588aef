//! What is not printed, and how it is said.

use crate::sample;
use document::{Block, Colour, DocumentError, Drawing, Shape, Size, Stroke, Text};

fn refused(blocks: Vec<Block>) -> DocumentError {
    let document = sample::document(Size::Patient12, blocks);
    document.typeset().unwrap_err()
}

fn table(rows: Vec<Vec<Text>>, widths: Vec<f32>) -> Block {
    Block::Table {
        head: vec!["A".into(), "B".into()],
        rows,
        widths,
    }
}

#[test]
fn bengali_in_a_table_is_refused_with_its_row_and_column() {
    let rows = vec![vec!["a".into(), "b".into()], vec!["a".into(), "ক্ষ".into()]];
    let blocks = vec![sample::heading(1, "Plan"), table(rows, vec![1.0, 1.0])];
    assert_eq!(
        refused(blocks).to_string(),
        "Row 2, column 2 of a table under heading 1 has words in Bengali script, which Felloe \
         cannot print yet. Print it without them and give those words another way."
    );
}

#[test]
fn arabic_in_the_foot_is_refused() {
    let mut document = sample::document(Size::Patient12, Vec::new());
    document.running.foot_left = "علي".into();
    let refused = document.typeset().unwrap_err().to_string();
    assert!(refused.starts_with("The head or foot of the page has words in Arabic script"));
}

#[test]
fn a_refusal_never_repeats_the_words() {
    let refused = refused(vec![Block::Paragraph("Zofia 😀".into())]);
    let said = format!("{refused} {refused:?}");
    assert!(said.contains("U+1F600"), "{said}");
    assert!(!said.contains("Zofia"), "{said}");
}

#[test]
fn a_table_whose_cells_do_not_fit_its_head_is_refused() {
    let short = table(vec![vec!["a".into()]], vec![1.0, 1.0]);
    assert!(matches!(
        refused(vec![short]),
        DocumentError::Columns { .. }
    ));
    let widths = table(Vec::new(), vec![1.0]);
    assert!(matches!(
        refused(vec![widths]),
        DocumentError::Columns { .. }
    ));
}

#[test]
fn a_drawing_that_is_not_all_numbers_is_refused() {
    let line = Stroke {
        colour: Colour::INK,
        width: 1.0,
    };
    let drawing = Drawing {
        width: 10.0,
        height: 10.0,
        shapes: vec![Shape::line(&[[0.0, 0.0], [f32::NAN, 1.0]], line)],
    };
    let figure = Block::Figure {
        alt: "A line".into(),
        drawing,
        caption: Text::default(),
    };
    assert!(matches!(
        refused(vec![figure]),
        DocumentError::Figure { .. }
    ));
}

#[test]
fn a_drawing_without_a_description_is_refused() {
    let drawing = Drawing {
        width: 10.0,
        height: 10.0,
        shapes: Vec::new(),
    };
    let figure = Block::Figure {
        alt: " ".into(),
        drawing,
        caption: Text::default(),
    };
    assert!(matches!(
        refused(vec![figure]),
        DocumentError::Figure { .. }
    ));
}

#[test]
fn more_than_a_square_code_holds_is_refused() {
    let code = Block::Qr {
        data: "x".repeat(4000),
        alt: "Link".into(),
    };
    assert!(matches!(refused(vec![code]), DocumentError::Qr { .. }));
}

#[test]
fn what_is_printed_is_never_shown_for_debugging() {
    let plan = sample::plan(Size::Patient12);
    let shown = format!("{plan:?} {:?}", plan.blocks);
    for secret in [
        "WIŚNIEWSKA",
        "999",
        "Morphine",
        "granddaughter",
        "lower back",
    ] {
        assert!(!shown.contains(secret), "{secret}");
    }
}
