//! A document laid out on pages.

use crate::{Document, DocumentError};

/// A document laid out on pages: what is drawn where, and the PDF of it.
pub struct Typeset {
    pages: Vec<String>,
    pdf: Vec<u8>,
}

impl Document {
    /// Breaks the document into lines and pages.
    ///
    /// Refuses, naming the place, what it cannot print right: a script or a character the
    /// bundled fonts do not have, a table whose rows do not fit its head, a figure without words.
    pub fn typeset(&self) -> Result<Typeset, DocumentError> {
        Err(DocumentError::Internal("not laid out"))
    }
}

impl Typeset {
    /// How many pages there are; at least 1.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The PDF, dated `made_at` seconds after 1 January 1970 00:00 UTC. The same document and
    /// time give the same bytes.
    pub fn pdf(&self, made_at: i64) -> Vec<u8> {
        let _ = made_at;
        self.pdf.clone()
    }

    /// One page (counted from 0) as a self-contained SVG image, with the letters as outlines.
    /// Empty when there is no such page.
    pub fn page_svg(&self, page: usize) -> String {
        self.pages.get(page).cloned().unwrap_or_default()
    }
}
