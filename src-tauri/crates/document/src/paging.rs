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

/// Cuts the bricks that are taller than a page with what has to stay with them, and no others.
fn cut_to(bricks: Vec<Brick>, room: f32) -> Vec<Brick> {
    let mut cut = Vec::with_capacity(bricks.len());
    // The height of the bricks before that have to stay with this one.
    let mut kept = 0.0;
    for mut brick in bricks {
        let head = brick.head.as_deref().map_or(0.0, |head| head.height);
        let height = brick.before + brick.height;
        let over = if kept > 0.0 {
            kept + brick.before
        } else {
            head
        };
        kept = if brick.keep { kept + height } else { 0.0 };
        if over + brick.height <= room || brick.parts.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn pages(bricks: Vec<Brick>) -> usize {
        paginate(bricks, 0.0, 100.0).pages.len()
    }

    fn mark() -> Bookmark {
        let title = String::new();
        Bookmark { level: 2, title }
    }

    #[test]
    fn a_document_with_nothing_in_it_is_one_page() {
        assert_eq!(pages(Vec::new()), 1);
    }

    #[test]
    fn bricks_that_fit_stay_on_one_page() {
        assert_eq!(pages(vec![Brick::tall(60.0), Brick::tall(40.0)]), 1);
        assert_eq!(pages(vec![Brick::tall(60.0), Brick::tall(41.0)]), 2);
    }

    #[test]
    fn the_space_over_a_brick_is_gone_at_the_top_of_a_page() {
        let spaced = Brick {
            before: 50.0,
            ..Brick::tall(100.0)
        };
        assert_eq!(pages(vec![spaced.clone(), spaced]), 2);
    }

    #[test]
    fn a_heading_goes_to_the_next_page_with_what_it_stands_over() {
        let heading = Brick {
            keep: true,
            mark: Some(mark()),
            ..Brick::tall(10.0)
        };
        let bricks = vec![Brick::tall(80.0), heading, Brick::tall(30.0)];
        let paged = paginate(bricks, 0.0, 100.0);
        assert_eq!(paged.marks[0].page, 1);
        assert_eq!(paged.pages.len(), 2);
    }

    #[test]
    fn a_heading_is_not_left_behind_by_a_box_that_fills_a_page() {
        let heading = Brick {
            keep: true,
            mark: Some(mark()),
            ..Brick::tall(10.0)
        };
        let full = Brick {
            parts: vec![Brick::tall(48.0), Brick::tall(47.0)],
            ..Brick::tall(95.0)
        };
        let bricks = vec![Brick::tall(50.0), heading, full];
        let paged = paginate(bricks, 0.0, 100.0);
        assert_eq!(paged.marks[0].page, 1);
        assert_eq!(paged.pages.len(), 3);
    }

    #[test]
    fn only_a_brick_taller_than_a_page_is_cut() {
        let parts = vec![Brick::tall(60.0), Brick::tall(60.0)];
        let tall = Brick {
            parts: parts.clone(),
            ..Brick::tall(120.0)
        };
        assert_eq!(cut_to(vec![tall], 100.0).len(), 2);
        let fits = Brick {
            parts,
            ..Brick::tall(100.0)
        };
        assert_eq!(cut_to(vec![fits], 100.0).len(), 1);
    }

    #[test]
    fn a_repeated_head_takes_its_room_on_the_page() {
        let row = Brick {
            head: Some(Rc::new(Brick::tall(20.0))),
            ..Brick::tall(40.0)
        };
        // Two rows of 40 under a head of 20 fill a page, and so again on the next ones.
        assert_eq!(pages(vec![Brick::tall(20.0), row.clone(), row.clone()]), 1);
        let five = std::iter::repeat_n(row, 5);
        let bricks = std::iter::once(Brick::tall(20.0)).chain(five).collect();
        assert_eq!(pages(bricks), 3);
    }
}
