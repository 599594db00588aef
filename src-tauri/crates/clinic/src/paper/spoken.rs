//! A document for the screen: the renderer's own pages, and their words in reading order for those
//! who cannot see them.

use document::{Block, Document, Text};

use crate::refusal::Refusal;
use crate::view::PlanPreview;

/// The pages as they are printed, with their words. `draft` says that DRAFT stands across them.
pub(crate) fn preview(document: &Document, draft: bool) -> Result<PlanPreview, Refusal> {
    let typeset = document.typeset()?;
    Ok(PlanPreview {
        pages: (0..typeset.pages())
            .map(|page| typeset.page_svg(page))
            .collect(),
        draft,
        words: spoken(document),
    })
}

/// The words of a document in reading order.
pub(crate) fn spoken(document: &Document) -> String {
    let lines: Vec<String> = document.blocks.iter().flat_map(of_block).collect();
    lines.join("\n")
}

fn of_block(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { text, .. } => vec![format!("{text}.")],
        Block::Paragraph(text) => vec![said(text)],
        Block::List { items, .. } => items.iter().map(said).collect(),
        Block::Table { rows, .. } => rows.iter().map(|row| in_a_row(row)).collect(),
        Block::Callout { title, body, .. } => {
            let body = body.iter().map(said);
            std::iter::once(format!("{title}.")).chain(body).collect()
        }
        Block::KeyValues(pairs) => pairs
            .iter()
            .map(|(label, text)| format!("{label}: {}", said(text)))
            .collect(),
        Block::SignatureLines(labels) => labels
            .iter()
            .map(|label| format!("To sign: {label}."))
            .collect(),
        _ => Vec::new(),
    }
}

/// The cells that say something.
fn in_a_row(row: &[Text]) -> String {
    let cells = row.iter().map(said).filter(|cell| !cell.trim().is_empty());
    cells.collect::<Vec<_>>().join(", ")
}

fn said(text: &Text) -> String {
    text.spans.iter().map(|span| span.text.as_str()).collect()
}
