//! The display list: everything on a page, in the order it is drawn and read, from which both
//! the PDF and the page images are made.
//!
//! Coordinates are points from the page's top left corner, y downwards.

use crate::fonts::FaceId;
use crate::{Colour, Segment, Stroke};

/// One page.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
}

/// Something drawn, and what it belongs to.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) owner: Owner,
    pub(crate) mark: Mark,
}

/// What a mark is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Content, read out as part of this tag.
    Tag(TagId),
    /// Rules and tints: not read out.
    Decoration,
    /// Head, foot, watermark and repeated table heads: not read out.
    Furniture,
}

/// A tag by its place in the structure tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TagId(pub(crate) usize);

/// Something drawn.
#[derive(Clone)]
pub(crate) enum Mark {
    /// Letters on one line.
    Run {
        run: Run,
        /// Where its first glyph begins.
        x: f32,
        /// The line the letters stand on.
        baseline: f32,
    },
    /// An outline.
    Path {
        segments: Vec<Segment>,
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    },
}

/// Letters of one face, size, colour and language.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) face: FaceId,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) clusters: Vec<Cluster>,
}

/// The glyphs that stand for some characters together: one for one mostly, one for two in a
/// ligature, two for one where an accent is set apart.
#[derive(Clone)]
pub(crate) struct Cluster {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
}

/// A glyph and its distance from the beginning of its run: x to the right, y upwards.
#[derive(Clone, Copy)]
pub(crate) struct Glyph {
    pub(crate) id: u16,
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Item {
    /// This item moved.
    pub(crate) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self.mark {
            Mark::Run { x, baseline, .. } => {
                *x += dx;
                *baseline += dy;
            }
            Mark::Path { segments, .. } => {
                for segment in segments {
                    *segment = segment.map(|[x, y]| [x + dx, y + dy]);
                }
            }
        }
        self
    }
}

impl Segment {
    /// This step with each of its points put elsewhere.
    pub(crate) fn map(self, place: impl Fn([f32; 2]) -> [f32; 2]) -> Self {
        match self {
            Self::Move(x, y) => {
                let [x, y] = place([x, y]);
                Self::Move(x, y)
            }
            Self::Line(x, y) => {
                let [x, y] = place([x, y]);
                Self::Line(x, y)
            }
            Self::Curve(first, second, end) => Self::Curve(place(first), place(second), place(end)),
            Self::Close => Self::Close,
        }
    }
}
