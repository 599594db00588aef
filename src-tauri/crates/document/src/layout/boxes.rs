//! Callouts and lines to sign on.

use super::{Layout, Set, strip, tint};
use crate::brick::Brick;
use crate::display::Owner;
use crate::lines::Style;
use crate::sheet::{COLUMN, MARGIN};
use crate::{Colour, DocumentError, Text, Tone, Within};

/// How a tone is drawn.
struct Look {
    tint: Colour,
    bar: Colour,
    /// The width of the bar at the left.
    bar_width: f32,
    title: Colour,
    /// Whether the title stands on a band in the bar's colour, with a frame round the box.
    band: bool,
}

/// One paragraph of a callout and the space over it.
struct Part {
    before: f32,
    set: Set,
}

impl Look {
    fn of(tone: Tone) -> Self {
        match tone {
            Tone::Plain => Self {
                tint: Colour::MIST,
                bar: Colour::GREY,
                bar_width: 3.0,
                title: Colour::INK,
                band: false,
            },
            Tone::Important => Self {
                tint: Colour::SKY,
                bar: Colour::BLUE,
                bar_width: 6.0,
                title: Colour::DEEP,
                band: false,
            },
            Tone::Emergency => Self {
                tint: Colour::BLUSH,
                bar: Colour::RED,
                bar_width: 6.0,
                title: Colour::WHITE,
                band: true,
            },
        }
    }
}

impl Layout<'_> {
    pub(super) fn callout(
        &mut self,
        tone: Tone,
        title: &str,
        body: &[Text],
    ) -> Result<(), DocumentError> {
        if title.trim().is_empty() && body.iter().all(Text::is_empty) {
            return Ok(());
        }
        let look = Look::of(tone);
        let padding = self.sheet.body * 1.05;
        let inset = padding + look.bar_width;
        let parts = self.callout_parts(&look, title, body, COLUMN - inset - padding)?;
        let titled = !title.trim().is_empty();
        let band = match parts.first() {
            Some(first) if look.band && titled => first.set.height() + padding,
            _ => 0.0,
        };
        let mut brick = callout_brick(&look, &parts, padding, band);
        brick.before = self.gap_here().max(self.sheet.line() * 0.8);
        brick.parts = callout_cut(&look, &parts, padding, band > 0.0);
        self.lay(brick);
        self.space += self.sheet.line() * 0.3;
        Ok(())
    }

    fn callout_parts(
        &mut self,
        look: &Look,
        title: &str,
        body: &[Text],
        width: f32,
    ) -> Result<Vec<Part>, DocumentError> {
        let mut parts = Vec::new();
        self.tags.open("Sect");
        if !title.trim().is_empty() {
            let words = self.words(&Text::plain(title), true, Within::CalloutTitle)?;
            let tag = self.tags.add("P");
            let style = Style {
                size: self.sheet.headings[2],
                leading: 1.25,
                colour: look.title,
            };
            let set = self.set(&words, style, width, tag)?;
            parts.push(Part { before: 0.0, set });
        }
        for (index, text) in body.iter().filter(|text| !text.is_empty()).enumerate() {
            let words = self.words(text, false, Within::CalloutBody(index + 1))?;
            let tag = self.tags.add("P");
            let set = self.set(&words, self.plain(), width, tag)?;
            let before = match parts.len() {
                0 => 0.0,
                1 if look.band => self.sheet.line() * 0.5,
                1 => self.sheet.line() * 0.2,
                _ => self.sheet.line() * 0.4,
            };
            parts.push(Part { before, set });
        }
        self.tags.close();
        Ok(parts)
    }

    pub(super) fn signature_lines(&mut self, labels: &[String]) -> Result<(), DocumentError> {
        let style = Style {
            size: self.sheet.small,
            leading: 1.3,
            colour: Colour::GREY,
        };
        let between = 24.0;
        let width = (COLUMN - between) / 2.0;
        let rows = labels.len().div_ceil(2);
        // A signature alone on a page belongs to nothing.
        self.keep_last();
        for (row, pair) in labels.chunks(2).enumerate() {
            let over = self.sheet.line() * 1.9;
            let mut brick = Brick::tall(0.0);
            for (column, label) in pair.iter().enumerate() {
                let number = row * 2 + column;
                let within = Within::Signature(number + 1);
                let words = self.words(&Text::plain(label.as_str()), false, within)?;
                let tag = self.tags.add("P");
                let set = self.set(&words, style, width, tag)?;
                let x = if column == 0 {
                    MARGIN
                } else {
                    MARGIN + width + between
                };
                brick.draw(Owner::Decoration, strip(x, over, width, 0.8, Colour::INK));
                set.draw_all(&mut brick, x, over + 4.0);
                brick.height = brick.height.max(over + 4.0 + set.height());
            }
            brick.before = self.sheet.line() * 0.3;
            brick.keep = row + 1 < rows;
            self.lay(brick);
        }
        Ok(())
    }
}

/// The whole callout as one brick. `band` is the height of the title's band, 0 for none.
fn callout_brick(look: &Look, parts: &[Part], padding: f32, band: f32) -> Brick {
    let inside: f32 = parts.iter().map(|p| p.before + p.set.height()).sum();
    // The band has half a padding over and under the title; the text has a whole one round it.
    let top = if band > 0.0 { padding / 2.0 } else { padding };
    let drop = if band > 0.0 { padding / 2.0 } else { 0.0 };
    let title_alone = band > 0.0 && parts.len() == 1;
    let height = if title_alone {
        band
    } else {
        top + drop + inside + padding
    };
    let mut brick = Brick::tall(height);
    let back = Owner::Decoration;
    brick.draw(back, tint(MARGIN, 0.0, COLUMN, height, look.tint));
    brick.draw(back, tint(MARGIN, 0.0, look.bar_width, height, look.bar));
    if band > 0.0 {
        brick.draw(back, tint(MARGIN, 0.0, COLUMN, band, look.bar));
        let right = MARGIN + COLUMN - 1.2;
        brick.draw(back, tint(right, 0.0, 1.2, height, look.bar));
        let bottom = height - 1.2;
        brick.draw(back, tint(MARGIN, bottom, COLUMN, 1.2, look.bar));
    }
    let x = MARGIN + look.bar_width + padding;
    let mut y = top;
    for (index, part) in parts.iter().enumerate() {
        y += part.before + if index == 1 { drop } else { 0.0 };
        part.set.draw_all(&mut brick, x, y);
        y += part.set.height();
    }
    brick
}

/// The callout line by line, for one that is longer than a page.
fn callout_cut(look: &Look, parts: &[Part], padding: f32, banded: bool) -> Vec<Brick> {
    let mut cut = Vec::new();
    let last = parts.len().saturating_sub(1);
    let x = MARGIN + look.bar_width + padding;
    for (number, part) in parts.iter().enumerate() {
        let lines = part.set.lines.len();
        let title_band = banded && number == 0;
        for (index, line) in part.set.lines.iter().enumerate() {
            let over = match (number, index) {
                (0, 0) => padding,
                (_, 0) => part.before,
                _ => 0.0,
            };
            let ends = number == last && index + 1 == lines;
            let under = if ends { padding } else { 0.0 };
            let height = over + line.height + under;
            let mut brick = Brick::tall(height);
            // No tint: over a whole page it would hide the watermark.
            let width = if title_band { COLUMN } else { look.bar_width };
            let bar = tint(MARGIN, 0.0, width, height, look.bar);
            brick.draw(Owner::Decoration, bar);
            part.set.draw(index, &mut brick, x, over);
            brick.keep = number == 0 && number != last;
            cut.push(brick);
        }
    }
    cut
}
