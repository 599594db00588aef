//! The PDF: the display list as `printpdf` operations, finished with structure, language,
//! headings and identification, which `printpdf` does not write.
//!
//! Built to PDF/A-2a and PDF/UA-1; not validated against them.

mod content;
mod faces;
mod finish;
mod headings;
mod metadata;
mod outline;
mod srgb;
mod structure;

use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use crate::display::Page;
use crate::fonts::Faces;
use crate::paging::Marked;
use crate::tags::Tags;
use crate::{Document, DocumentError};

pub(crate) use metadata::Undated;

/// What a PDF is made from.
pub(crate) struct Source<'a> {
    pub(crate) document: &'a Document,
    pub(crate) pages: &'a [Page],
    pub(crate) tags: &'a Tags,
    pub(crate) marks: &'a [Marked],
}

/// Makes the PDF, complete but for its date.
pub(crate) fn make(source: &Source<'_>, faces: &Faces) -> Result<Undated, DocumentError> {
    let content = content::write(source.pages, source.tags, faces);
    let mut pdf = PdfDocument::new("");
    for (id, font) in faces::embed(&content.used)? {
        pdf.resources.fonts.map.insert(id, font);
    }
    let paper = |ops| PdfPage::new(Mm(210.0), Mm(297.0), ops);
    pdf.with_pages(content.pages.into_iter().map(paper).collect());
    let options = PdfSaveOptions {
        optimize: true,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let mut file = pdf.to_lopdf_document(&options, &mut warnings);
    if !warnings.is_empty() {
        return Err(DocumentError::Internal("the PDF was not drawn whole"));
    }
    let structure = structure::Content {
        pieces: &content.pieces,
        bounds: &content.bounds,
    };
    finish::finish(&mut file, source, &structure)?;
    metadata::save(&mut file)
}
