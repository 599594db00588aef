//! Bricks: the pieces of a document that are never cut, on their way to becoming pages.

use std::rc::Rc;

use crate::display::{Item, Mark, Owner};

/// A piece of a document that is not cut.
#[derive(Clone, Default)]
pub(crate) struct Brick {
    /// Empty height over it, which vanishes at the top of a page.
    pub(crate) before: f32,
    pub(crate) height: f32,
    /// Whether it has to stand on the same page as the next brick.
    pub(crate) keep: bool,
    /// What is drawn, counted from the page's left edge and the brick's own top.
    pub(crate) items: Vec<Item>,
    /// What it is cut into after all when it is taller than a page. Empty: it cannot be.
    pub(crate) parts: Vec<Brick>,
    /// What is drawn again over it when it comes first on a page: a table's head.
    pub(crate) head: Option<Rc<Brick>>,
    pub(crate) mark: Option<Bookmark>,
    /// It begins a page.
    pub(crate) new_page: bool,
}

/// An entry of the PDF's list of headings.
#[derive(Clone)]
pub(crate) struct Bookmark {
    pub(crate) level: u8,
    pub(crate) title: String,
}

impl Brick {
    /// An empty brick of that height.
    pub(crate) fn tall(height: f32) -> Self {
        Self {
            height,
            ..Self::default()
        }
    }

    pub(crate) fn draw(&mut self, owner: Owner, mark: Mark) {
        self.items.push(Item { owner, mark });
    }

    /// The same, drawn as furniture and not read out again.
    pub(crate) fn repeated(&self) -> Self {
        let mut again = self.clone();
        for item in &mut again.items {
            item.owner = Owner::Furniture;
        }
        again
    }
}
