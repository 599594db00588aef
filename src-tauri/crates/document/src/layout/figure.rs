//! Drawings and square codes.

use qrcode::{Color, EcLevel, QrCode};

use super::Layout;
use crate::brick::Brick;
use crate::display::{Mark, Owner, TagId};
use crate::lines::{self, Style};
use crate::sheet::{COLUMN, MARGIN, PAGE_HEIGHT};
use crate::{Anchor, Colour, DocumentError, Drawing, Place, Segment, Shape, Stroke, Text, Within};

/// How far the handles of a cubic curve reach to draw a quarter of a circle of radius 1.
const QUARTER: f32 = 0.552_284_7;

/// The side of a square code at patient size: 30 mm, with its quiet margin.
const QR_SIDE: f32 = 85.0;

impl Layout<'_> {
    pub(super) fn figure(
        &mut self,
        alt: &str,
        drawing: &Drawing,
        caption: &Text,
    ) -> Result<(), DocumentError> {
        let place = self.place(Within::Figure);
        if alt.trim().is_empty() || !is_whole(drawing) {
            return Err(DocumentError::Figure { place });
        }
        let scale = self.scale(drawing);
        let tag = self.tags.add("Figure");
        self.tags.describe(tag, alt);
        let mut brick = Brick::tall(drawing.height * scale);
        brick.before = self.gap_here().max(self.sheet.line() * 0.5);
        let left = MARGIN + (COLUMN - drawing.width * scale) / 2.0;
        for shape in &drawing.shapes {
            let mark = self.shape(shape, [left, 0.0], scale, place)?;
            for mark in mark {
                brick.draw(Owner::Tag(tag), mark);
            }
        }
        self.caption(&mut brick, caption)?;
        self.lay(brick);
        self.space += self.sheet.line() * 0.3;
        Ok(())
    }

    /// Grows with the text, but never past the column or two thirds of the page.
    fn scale(&self, drawing: &Drawing) -> f32 {
        let wanted = (self.sheet.body / 12.8).max(0.9);
        let wide = COLUMN / drawing.width;
        let high = PAGE_HEIGHT * 0.66 / drawing.height;
        wanted.min(wide).min(high)
    }

    fn caption(&mut self, brick: &mut Brick, caption: &Text) -> Result<(), DocumentError> {
        if caption.is_empty() {
            return Ok(());
        }
        let words = self.words(caption, false, Within::Figure)?;
        let tag = self.tags.add("P");
        let style = Style {
            size: self.sheet.small.max(self.sheet.body * 0.9),
            leading: 1.35,
            colour: Colour::GREY,
        };
        let set = self.set(&words, style, COLUMN, tag)?;
        let top = brick.height + self.sheet.line() * 0.3;
        set.draw_all(brick, MARGIN, top);
        brick.height = top + set.height();
        Ok(())
    }

    fn shape(
        &mut self,
        shape: &Shape,
        origin: [f32; 2],
        scale: f32,
        place: Place,
    ) -> Result<Vec<Mark>, DocumentError> {
        let put = |[x, y]: [f32; 2]| [origin[0] + x * scale, origin[1] + y * scale];
        let drawn = |segments: Vec<Segment>, fill: &Option<Colour>, stroke: &Option<Stroke>| {
            let segments = segments.into_iter().map(|step| step.map(put)).collect();
            vec![path(segments, *fill, *stroke, scale)]
        };
        Ok(match shape {
            Shape::Path {
                segments,
                fill,
                stroke,
            } => drawn(segments.clone(), fill, stroke),
            Shape::Ellipse {
                centre,
                radii,
                fill,
                stroke,
            } => drawn(ellipse(*centre, *radii), fill, stroke),
            Shape::Label {
                at,
                text,
                size,
                bold,
                colour,
                anchor,
            } => {
                // No drawing is a way round the least size of print.
                let size = (size * scale).max(self.sheet.small);
                let style = Style {
                    size,
                    leading: 1.2,
                    colour: *colour,
                };
                self.label(text, *bold, style, put(*at), *anchor, place)?
            }
        })
    }

    fn label(
        &mut self,
        text: &str,
        bold: bool,
        style: Style,
        [x, baseline]: [f32; 2],
        anchor: Anchor,
        place: Place,
    ) -> Result<Vec<Mark>, DocumentError> {
        let text = Text::plain(text.replace('\n', " "));
        let words = crate::words::Words::ready(&text, bold, self.fonts, place)?;
        let set = lines::set(&words, style, f32::MAX, self.fonts)?;
        let Some(line) = set.into_iter().next() else {
            return Ok(Vec::new());
        };
        let x = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - line.width / 2.0,
            Anchor::End => x - line.width,
        };
        Ok(line
            .pieces
            .into_iter()
            .map(|piece| Mark::Run {
                x: x + piece.x,
                run: piece.run,
                baseline,
            })
            .collect())
    }

    pub(super) fn qr(&mut self, data: &str, alt: &str) -> Result<(), DocumentError> {
        let place = self.place(Within::Qr);
        if alt.trim().is_empty() {
            return Err(DocumentError::Figure { place });
        }
        let code = QrCode::with_error_correction_level(data, EcLevel::M)
            .map_err(|_| DocumentError::Qr { place })?;
        let side = QR_SIDE * (self.sheet.body / 12.8).max(1.0);
        let tag: TagId = self.tags.add("Figure");
        self.tags.describe(tag, alt);
        let mut brick = Brick::tall(side);
        brick.before = self.gap_here();
        // It means nothing without the words that say what it opens.
        self.keep_last();
        let mark = Mark::Path {
            segments: squares(&code, side),
            fill: Some(Colour(0, 0, 0)),
            stroke: None,
        };
        brick.draw(Owner::Tag(tag), mark);
        self.lay(brick);
        Ok(())
    }
}

fn path(segments: Vec<Segment>, fill: Option<Colour>, stroke: Option<Stroke>, scale: f32) -> Mark {
    let thick = |stroke: Stroke| Stroke {
        width: stroke.width * scale,
        ..stroke
    };
    Mark::Path {
        segments,
        fill,
        stroke: stroke.map(thick),
    }
}

/// Whether a drawing has a size, and each shape a beginning and places that are numbers.
fn is_whole(drawing: &Drawing) -> bool {
    let size = |length: f32| length.is_finite() && length > 0.0;
    let place = |at: [f32; 2]| at.iter().all(|part| part.is_finite());
    let step = |step: &Segment| match *step {
        Segment::Move(x, y) | Segment::Line(x, y) => place([x, y]),
        Segment::Curve(first, second, end) => place(first) && place(second) && place(end),
        Segment::Close => true,
    };
    let whole = |shape: &Shape| match shape {
        Shape::Path { segments, .. } => {
            matches!(segments.first(), Some(Segment::Move(..))) && segments.iter().all(step)
        }
        Shape::Ellipse { centre, radii, .. } => place(*centre) && place(*radii),
        Shape::Label { at, size: of, .. } => place(*at) && size(*of),
    };
    size(drawing.width) && size(drawing.height) && drawing.shapes.iter().all(whole)
}

fn ellipse([x, y]: [f32; 2], [rx, ry]: [f32; 2]) -> Vec<Segment> {
    let (kx, ky) = (rx * QUARTER, ry * QUARTER);
    vec![
        Segment::Move(x + rx, y),
        Segment::Curve([x + rx, y + ky], [x + kx, y + ry], [x, y + ry]),
        Segment::Curve([x - kx, y + ry], [x - rx, y + ky], [x - rx, y]),
        Segment::Curve([x - rx, y - ky], [x - kx, y - ry], [x, y - ry]),
        Segment::Curve([x + kx, y - ry], [x + rx, y - ky], [x + rx, y]),
        Segment::Close,
    ]
}

/// The dark squares of a code, each row's neighbours as one rectangle, inside a quiet margin of
/// four squares as the standard asks.
fn squares(code: &QrCode, side: f32) -> Vec<Segment> {
    let across = code.width();
    let colours = code.to_colors();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a code has at most 177 squares a side"
    )]
    let place = |count: usize| side * (count as f32 + 4.0) / (across as f32 + 8.0);
    let mut segments = Vec::new();
    for (row, line) in colours.chunks(across).enumerate() {
        let mut column = 0;
        for stretch in line.chunk_by(|a, b| a == b) {
            let end = column + stretch.len();
            if stretch.first() == Some(&Color::Dark) {
                let (left, right) = (MARGIN + place(column), MARGIN + place(end));
                let (top, bottom) = (place(row), place(row + 1));
                segments.extend([
                    Segment::Move(left, top),
                    Segment::Line(right, top),
                    Segment::Line(right, bottom),
                    Segment::Line(left, bottom),
                    Segment::Close,
                ]);
            }
            column = end;
        }
    }
    segments
}
