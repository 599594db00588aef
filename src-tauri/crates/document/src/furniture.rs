//! What stands on each page: head, foot, page number and watermark.

use crate::display::{Item, Mark, Owner, Page};
use crate::fonts::{Fonts, UNITS_PER_EM};
use crate::lines::{self, Line, Style};
use crate::sheet::{COLUMN, EDGE, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, Sheet};
use crate::words::Words;
use crate::{Colour, Document, DocumentError, Place, Segment, Text};

/// The watermark: faint enough to read through, dark enough for a photocopier.
const FAINT: Colour = Colour(0xe9, 0xec, 0xee);

/// The furniture of a document's pages.
pub(crate) struct Furniture {
    head_left: Vec<Line>,
    head_right: Vec<Line>,
    foot: Vec<Line>,
    watermark: Vec<Segment>,
    style: Style,
    /// Where the text begins, from the top of the page.
    pub(crate) top: f32,
    /// Where the text has to end, from the top of the page.
    pub(crate) bottom: f32,
}

impl Furniture {
    pub(crate) fn of(document: &Document, fonts: &mut Fonts) -> Result<Self, DocumentError> {
        let sheet = Sheet::of(document.size);
        let style = Style {
            size: sheet.small,
            leading: 1.3,
            colour: Colour::GREY,
        };
        let running = &document.running;
        let left = ready(&running.head_left, true, fonts)?;
        let head_left = lines::set(&left, style, COLUMN * 0.56, fonts)?;
        let right = ready(&running.head_right, false, fonts)?;
        let mut head_right = lines::set(&right, style, COLUMN * 0.4, fonts)?;
        let mut watermark = Vec::new();
        if let Some(text) = &document.watermark {
            let words = ready(text, true, fonts)?;
            let dark = Style {
                colour: Colour::INK,
                ..style
            };
            head_right.extend(lines::set(&words, dark, COLUMN * 0.4, fonts)?);
            watermark = across(&words, fonts)?;
        }
        let foot = ready(&running.foot_left, false, fonts)?;
        let number = page_number(999, 999, style, fonts)?;
        let number_width = number.first().map_or(0.0, |line| line.width);
        let foot = lines::set(&foot, style, COLUMN - number_width - 18.0, fonts)?;
        let head_height = height(&head_left).max(height(&head_right));
        let foot_height = height(&foot).max(style.size * style.leading);
        Ok(Self {
            head_left,
            head_right,
            foot,
            watermark,
            style,
            top: EDGE + head_height + 6.0 + sheet.line() * 1.1,
            bottom: PAGE_HEIGHT - EDGE - foot_height - 6.0 - sheet.line() * 0.8,
        })
    }

    /// Adds the furniture to one page, `number` of `count`, counted from 1.
    pub(crate) fn dress(
        &self,
        page: &mut Page,
        number: usize,
        count: usize,
        fonts: &mut Fonts,
    ) -> Result<(), DocumentError> {
        let mut before = Vec::new();
        if !self.watermark.is_empty() {
            before.push(path(self.watermark.clone(), FAINT));
        }
        let head_height = height(&self.head_left).max(height(&self.head_right));
        draw(&self.head_left, EDGE, false, &mut before);
        draw(&self.head_right, EDGE, true, &mut before);
        before.push(hairline(EDGE + head_height + 6.0));
        let foot_height = height(&self.foot).max(self.style.size * self.style.leading);
        let foot_top = PAGE_HEIGHT - EDGE - foot_height;
        let mut after = vec![hairline(foot_top - 6.0)];
        draw(&self.foot, foot_top, false, &mut after);
        let numbered = page_number(number, count, self.style, fonts)?;
        draw(&numbered, foot_top, true, &mut after);
        before.append(&mut page.items);
        before.append(&mut after);
        page.items = before;
        Ok(())
    }
}

fn ready(text: &str, bold: bool, fonts: &Fonts) -> Result<Words, DocumentError> {
    Words::ready(&Text::plain(text), bold, fonts, Place::Running)
}

fn page_number(
    number: usize,
    count: usize,
    style: Style,
    fonts: &mut Fonts,
) -> Result<Vec<Line>, DocumentError> {
    let words = ready(&format!("Page {number} of {count}"), false, fonts)?;
    lines::set(&words, style, COLUMN, fonts)
}

fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}

fn draw(lines: &[Line], mut top: f32, to_right: bool, items: &mut Vec<Item>) {
    for line in lines {
        let left = if to_right {
            PAGE_WIDTH - MARGIN - line.width
        } else {
            MARGIN
        };
        for piece in &line.pieces {
            items.push(Item {
                owner: Owner::Furniture,
                mark: Mark::Run {
                    run: piece.run.clone(),
                    x: left + piece.x,
                    baseline: top + line.baseline,
                },
            });
        }
        top += line.height;
    }
}

fn path(segments: Vec<Segment>, fill: Colour) -> Item {
    Item {
        owner: Owner::Furniture,
        mark: Mark::Path {
            segments,
            fill: Some(fill),
            stroke: None,
        },
    }
}

fn hairline(y: f32) -> Item {
    let (right, below) = (MARGIN + COLUMN, y + 0.6);
    path(
        vec![
            Segment::Move(MARGIN, y),
            Segment::Line(right, y),
            Segment::Line(right, below),
            Segment::Line(MARGIN, below),
            Segment::Close,
        ],
        Colour::HAIR,
    )
}

/// The watermark from corner to corner, as outlines: as letters it would be mixed up with the
/// words of the page when those are copied. As words it stands in the running head.
fn across(words: &Words, fonts: &mut Fonts) -> Result<Vec<Segment>, DocumentError> {
    let size = 100.0;
    let style = Style {
        size,
        leading: 1.0,
        colour: FAINT,
    };
    let set = lines::set(words, style, f32::MAX, fonts)?;
    let Some(line) = set.first().filter(|line| line.width > 0.0) else {
        return Ok(Vec::new());
    };
    let scale = (PAGE_WIDTH.hypot(PAGE_HEIGHT) * 0.68 / line.width).min(1.1);
    let (rise, run) = PAGE_HEIGHT.atan2(PAGE_WIDTH).sin_cos();
    let mut segments = Vec::new();
    for piece in &line.pieces {
        for glyph in piece.run.clusters.iter().flat_map(|c| &c.glyphs) {
            let place = |[x, y]: [f32; 2]| {
                let x = (piece.x + glyph.x + x * size / UNITS_PER_EM - line.width / 2.0) * scale;
                // A third of the size is half the height of a capital.
                let y = (glyph.y + y * size / UNITS_PER_EM - size * 0.33) * scale;
                [
                    PAGE_WIDTH / 2.0 + x * run - y * rise,
                    PAGE_HEIGHT / 2.0 - x * rise - y * run,
                ]
            };
            let outline = fonts.faces.outline(piece.run.face, glyph.id);
            segments.extend(outline.into_iter().map(|step| step.map(place)));
        }
    }
    Ok(segments)
}
