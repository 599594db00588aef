//! Bricks put on pages.

use crate::brick::{Bookmark, Brick};
use crate::display::Page;

/// Pages, and where the headings stand on them.
pub(crate) struct Paged {
    pub(crate) pages: Vec<Page>,
    pub(crate) marks: Vec<Marked>,
}

/// A heading's place.
pub(crate) struct Marked {
    pub(crate) bookmark: Bookmark,
    pub(crate) page: usize,
    /// From the top of the page.
    pub(crate) y: f32,
}

/// Puts bricks on pages whose text begins at `top` and is `room` high.
///
/// A brick that has to stay with the next one goes to the next page with it, unless all that
/// stays together would not fit on a page of its own.
pub(crate) fn paginate(bricks: Vec<Brick>, top: f32, room: f32) -> Paged {
    let bricks = cut_to(bricks, room);
    let mut paged = Paged {
        pages: vec![Page::default()],
        marks: Vec::new(),
    };
    let mut y = 0.0;
    for (index, brick) in bricks.iter().enumerate() {
        let together = together(bricks.get(index..).unwrap_or_default());
        let head = brick.head.as_deref().map_or(0.0, |head| head.height);
        let needed = if together + head > room {
            brick.height
        } else {
            together
        };
        let full = y + brick.before + needed > room + 0.01;
        if y > 0.0 && (brick.new_page || full) {
            paged.pages.push(Page::default());
            y = 0.0;
            if let Some(head) = &brick.head {
                paged.place(head, top);
                y = head.height;
            }
        } else if y > 0.0 {
            y += brick.before;
        }
        paged.place(brick, top + y);
        y += brick.height;
    }
    paged
}

impl Paged {
    fn place(&mut self, brick: &Brick, y: f32) {
        let number = self.pages.len() - 1;
        if let Some(page) = self.pages.last_mut() {
            let moved = brick.items.iter().map(|item| item.clone().moved(0.0, y));
            page.items.extend(moved);
        }
        if let Some(bookmark) = &brick.mark {
            self.marks.push(Marked {
                bookmark: bookmark.clone(),
                page: number,
                y,
            });
        }
    }
}

/// The height of the first brick with all that has to stay with it, without the space over it.
fn together(bricks: &[Brick]) -> f32 {
    let mut height = 0.0;
    for (index, brick) in bricks.iter().enumerate() {
        if index > 0 {
            if brick.new_page {
                break;
            }
            height += brick.before;
        }
        height += brick.height;
        if !brick.keep {
            break;
        }
    }
    height
}

/// Cuts the bricks that are taller than a page, and no others.
fn cut_to(bricks: Vec<Brick>, room: f32) -> Vec<Brick> {
    let mut cut = Vec::with_capacity(bricks.len());
    for mut brick in bricks {
        let head = brick.head.as_deref().map_or(0.0, |head| head.height);
        if brick.height + head <= room || brick.parts.is_empty() {
            cut.push(brick);
            continue;
        }
        let mut parts = std::mem::take(&mut brick.parts);
        if let Some(first) = parts.first_mut() {
            first.before = brick.before;
            first.new_page = brick.new_page;
        }
        if let Some(last) = parts.last_mut() {
            last.keep = brick.keep;
        }
        cut.append(&mut parts);
    }
    cut
}
