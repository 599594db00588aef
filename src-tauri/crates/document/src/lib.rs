//! Typesetting: a document goes in, pages come out, as PDF bytes and as SVG page images.
//!
//! A [`Document`] says *what* is printed: headings, paragraphs, lists, tables, callouts and
//! figures, in reading order. [`Document::typeset`] breaks lines and pages with the bundled
//! fonts and gives a [`Typeset`]: one display list, from which both the PDF and the page images
//! on screen are made, so that the preview is the print and not a picture of something like it.
//!
//! Terms: a *block* is one element of the document; a *brick* is a piece of a block that is
//! never cut; a *page* is a list of things to draw; a *tag* is a node of the PDF's structure
//! tree, which screen readers read; *furniture* is what repeats on each page (running head, foot,
//! watermark) and is not read out.
//!
//! What may not enter: the clinic's words and rules (a plan is turned into a document
//! elsewhere), the clock (the time is an argument), files, the network, and the system's fonts:
//! the same document is the same bytes on every machine.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod brick;
mod display;
mod error;
mod fonts;
mod furniture;
mod layout;
mod lines;
mod model;
mod paging;
mod pdf;
mod sheet;
mod svg;
mod tags;
mod typeset;
mod words;

pub use error::{DocumentError, Place, Within};
pub use model::{
    Anchor, Block, Colour, Document, Drawing, ListKind, Running, Segment, Shape, Size, Span,
    Stroke, Text, Tone,
};
pub use typeset::Typeset;
