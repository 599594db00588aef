//! Words broken into lines.

use std::ops::Range;

use parley::{
    BaseDirection, Cluster as Shaped, FontFamily, FontWeight, Layout, LineBreakContext, LineHeight,
    OverflowWrap, StyleProperty,
};

use crate::display::{Cluster, Glyph, Run};
use crate::fonts::{FAMILIES, FaceId, Fonts};
use crate::words::Words;
use crate::{Colour, DocumentError};

/// How words are set.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    /// The height of a line as a multiple of the size.
    pub(crate) leading: f32,
    pub(crate) colour: Colour,
}

/// One line, with its runs from left to right.
pub(crate) struct Line {
    pub(crate) height: f32,
    /// From the top of the line to the line the letters stand on.
    pub(crate) baseline: f32,
    /// Without the space that hangs over its end.
    pub(crate) width: f32,
    pub(crate) pieces: Vec<Piece>,
}

/// A run, its distance from the beginning of the line, and the span it came from.
pub(crate) struct Piece {
    pub(crate) x: f32,
    pub(crate) span: usize,
    pub(crate) run: Run,
}

/// Breaks words into lines no wider than `width`. A word wider than that is broken where it must
/// be rather than cut off.
pub(crate) fn set(
    words: &Words,
    style: Style,
    width: f32,
    fonts: &mut Fonts,
) -> Result<Vec<Line>, DocumentError> {
    let layout = shape(words, style, fonts, Some(width));
    layout
        .lines()
        .map(|line| taken(&line, words, style, fonts))
        .collect()
}

/// The width of the widest word.
pub(crate) fn widest_word(words: &Words, style: Style, fonts: &mut Fonts) -> f32 {
    shape(words, style, fonts, None)
        .calculate_content_widths()
        .min
}

fn shape(words: &Words, style: Style, fonts: &mut Fonts, width: Option<f32>) -> Layout<u16> {
    let mut builder = fonts
        .layouts
        .ranged_builder(&mut fonts.context, &words.text, 1.0, false);
    // Neither a slash in `micrograms/h` nor one in `10 mg/5 mL` is a place to break.
    let no_break_at_slash = |at: LineBreakContext| (at.before == '/').then_some(false);
    builder.set_base_direction(BaseDirection::Ltr);
    builder.set_line_break_override(Some(&no_break_at_slash));
    builder.push_default(StyleProperty::FontFamily(FontFamily::Source(
        FAMILIES.into(),
    )));
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(
        style.leading,
    )));
    if width.is_some() {
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
    }
    for (index, span) in words.spans.iter().enumerate() {
        let brush = u16::try_from(index).unwrap_or(u16::MAX);
        builder.push(StyleProperty::Brush(brush), span.range.clone());
        if span.bold {
            builder.push(
                StyleProperty::FontWeight(FontWeight::BOLD),
                span.range.clone(),
            );
        }
    }
    let mut layout = builder.build(&words.text);
    layout.break_all_lines(width);
    layout
}

fn taken(
    line: &parley::Line<'_, u16>,
    words: &Words,
    style: Style,
    fonts: &Fonts,
) -> Result<Line, DocumentError> {
    let metrics = line.metrics();
    let mut pieces = Vec::new();
    let mut pen = metrics.offset;
    for run in line.runs() {
        let face = fonts
            .face_of(run.font().data.id())
            .ok_or(DocumentError::Internal("a letter was set in another font"))?;
        for shaped in run.visual_clusters() {
            let span = usize::from(shaped.style().brush);
            let (cluster, advance) = cluster(&shaped, &words.text, face, fonts)?;
            let Some(cluster) = cluster else { continue };
            let same = |last: &Piece| last.span == span && last.run.face == face;
            if !pieces.last().is_some_and(same) {
                pieces.push(Piece::begin(pen, span, face, style));
            }
            if let Some(piece) = pieces.last_mut() {
                piece.add(cluster, pen);
            }
            pen += advance;
        }
    }
    Ok(Line {
        height: metrics.line_height,
        baseline: metrics.baseline - metrics.block_min_coord,
        width: metrics.advance - metrics.hanging_advance,
        pieces,
    })
}

impl Piece {
    fn begin(x: f32, span: usize, face: FaceId, style: Style) -> Self {
        let run = Run {
            face,
            size: style.size,
            colour: style.colour,
            clusters: Vec::new(),
        };
        Self { x, span, run }
    }

    /// Adds a cluster whose glyphs are counted from `pen`, a distance from the line's beginning.
    fn add(&mut self, mut cluster: Cluster, pen: f32) {
        for glyph in &mut cluster.glyphs {
            glyph.x += pen - self.x;
        }
        self.run.clusters.push(cluster);
    }
}

/// The glyphs of a cluster and how far they move the pen; none for the rest of a
/// ligature.
fn cluster(
    shaped: &Shaped<'_, u16>,
    text: &str,
    face: FaceId,
    fonts: &Fonts,
) -> Result<(Option<Cluster>, f32), DocumentError> {
    let text = text.get(covered(shaped)).unwrap_or_default();
    let mut pen = 0.0;
    let mut glyphs = Vec::new();
    for glyph in shaped.glyphs() {
        // Every character was looked up before; this is for what shaping alone can bring about.
        if glyph.id == 0 && text != "\n" {
            return Err(DocumentError::Internal("a letter has no shape"));
        }
        glyphs.push(Glyph {
            id: u16::try_from(glyph.id).unwrap_or_default(),
            x: pen + glyph.x,
            y: -glyph.y,
        });
        pen += glyph.advance;
    }
    if text == "\n" {
        // Read aloud or copied, the words on either side must not run together.
        glyphs = vec![Glyph {
            id: fonts.faces.space(face),
            x: 0.0,
            y: 0.0,
        }];
    }
    if glyphs.is_empty() {
        return Ok((None, 0.0));
    }
    let text = text.replace('\n', " ");
    Ok((Some(Cluster { text, glyphs }), pen))
}

/// The characters a cluster stands for, with those of a whole ligature at its beginning.
fn covered(shaped: &Shaped<'_, u16>) -> Range<usize> {
    let mut range = shaped.text_range();
    let mut next = shaped.next_logical();
    while let Some(more) = next.filter(Shaped::is_ligature_continuation) {
        range.end = range.end.max(more.text_range().end);
        next = more.next_logical();
    }
    range
}
