//! A document laid out on pages.

use crate::display::Page;
use crate::fonts::{Faces, Fonts};
use crate::furniture::Furniture;
use crate::layout::Layout;
use crate::pdf::{self, Source, Undated};
use crate::{Document, DocumentError, paging, svg};

/// A document laid out on pages: what is drawn where, and the PDF of it.
pub struct Typeset {
    pages: Vec<Page>,
    faces: Faces,
    pdf: Undated,
}

impl Document {
    /// Breaks the document into lines and pages.
    ///
    /// Refuses, naming the place, what it cannot print right: a script or a character the
    /// bundled fonts do not have, a table whose rows do not fit its head, a figure without words.
    pub fn typeset(&self) -> Result<Typeset, DocumentError> {
        let mut fonts = Fonts::read()?;
        let furniture = Furniture::of(self, &mut fonts)?;
        let Layout { tags, bricks, .. } = Layout::of(self, &mut fonts)?;
        let room = furniture.bottom - furniture.top;
        let mut paged = paging::paginate(bricks, furniture.top, room);
        let count = paged.pages.len();
        for (index, page) in paged.pages.iter_mut().enumerate() {
            furniture.dress(page, index + 1, count, &mut fonts)?;
        }
        let source = Source {
            document: self,
            pages: &paged.pages,
            tags: &tags,
            marks: &paged.marks,
        };
        let pdf = pdf::make(&source, &fonts.faces)?;
        Ok(Typeset {
            pages: paged.pages,
            faces: fonts.faces,
            pdf,
        })
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
        self.pdf.dated(made_at)
    }

    /// One page (counted from 0) as a self-contained SVG image, with the letters as outlines.
    /// Empty when there is no such page.
    pub fn page_svg(&self, page: usize) -> String {
        let Some(content) = self.pages.get(page) else {
            return String::new();
        };
        svg::page(content, page + 1, self.pages.len(), &self.faces)
    }
}

/// Shows the number of pages and nothing of what is on them.
impl std::fmt::Debug for Typeset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typeset({} pages)", self.pages.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Typeset;

    #[test]
    fn pages_may_be_made_on_one_thread_and_shown_on_another() {
        fn shared<T: Send + Sync>() {}
        shared::<Typeset>();
    }
}
