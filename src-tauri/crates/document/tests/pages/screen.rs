//! The page images beside the PDF.

use crate::reader;
use crate::sample;
use document::Size;
use std::collections::BTreeSet;

/// What stands between `before` and `after`, each time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let pieces = text.split(before).skip(1);
    pieces
        .filter_map(|piece| piece.split(after).next())
        .collect()
}

#[test]
fn there_is_one_image_for_each_page_of_the_pdf() {
    for size in [
        Size::Compact10,
        Size::Clinician11,
        Size::Patient12,
        Size::Large18,
    ] {
        let plan = sample::plan(size).typeset().unwrap();
        let said = reader::ask("pdfinfo", &["FILE"], &plan.pdf(sample::MADE));
        assert!(
            said.contains(&format!("Pages:           {}\n", plan.pages())),
            "{said}"
        );
        for page in 0..plan.pages() {
            let title = format!("<title>Page {} of {}</title>", page + 1, plan.pages());
            assert!(plan.page_svg(page).contains(&title));
        }
        assert_eq!(plan.page_svg(plan.pages()), "");
    }
}

#[test]
fn a_page_image_holds_all_it_draws_and_fetches_nothing() {
    let plan = sample::plan(Size::Patient12).typeset().unwrap();
    for page in 0..plan.pages() {
        let svg = plan.page_svg(page);
        let defined: BTreeSet<&str> = between(&svg, "<path id=\"", "\"").into_iter().collect();
        let used: BTreeSet<&str> = between(&svg, "<use href=\"#", "\"").into_iter().collect();
        assert!(!used.is_empty());
        assert_eq!(defined, used);
        // Neither fonts nor scripts nor styles, which the window's policy would refuse.
        for forbidden in ["<text", "style=", "<script", "font", "http:", "url("] {
            let own = svg.replace("http://www.w3.org/2000/svg", "");
            assert!(!own.contains(forbidden), "{forbidden}");
        }
    }
}

#[test]
fn the_same_page_is_the_same_image() {
    let image = || sample::plan(Size::Large18).typeset().unwrap().page_svg(0);
    assert_eq!(image(), image());
}

#[test]
fn the_image_draws_as_many_letters_as_the_paper() {
    let plan = sample::plan(Size::Patient12).typeset().unwrap();
    let pdf = lopdf::Document::load_mem(&plan.pdf(sample::MADE)).unwrap();
    for (page, id) in pdf.get_pages().into_values().enumerate() {
        let content = pdf.get_and_decode_page_content(id).unwrap();
        let shown = content.operations.iter().filter(|op| op.operator == "TJ");
        let glyphs = shown
            .filter_map(|op| op.operands[0].as_array().ok())
            .flatten()
            .filter(|item| item.as_str().is_ok())
            .count();
        let drawn = between(&plan.page_svg(page), "<use ", ">").len();
        // The image leaves spaces out: about one glyph in six.
        assert!(
            drawn < glyphs && drawn * 10 > glyphs * 7,
            "{drawn} of {glyphs}"
        );
    }
}
