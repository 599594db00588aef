//! Headings, paragraphs, lists and rules.

use super::{Layout, strip};
use crate::brick::{Bookmark, Brick};
use crate::display::Owner;
use crate::lines::Style;
use crate::sheet::{COLUMN, MARGIN};
use crate::tags::Attribute;
use crate::{Colour, DocumentError, ListKind, Text, Within};

/// What stands before an item.
struct Sign {
    drawn: String,
    /// What it is read as, where that is not what is drawn.
    read: Option<&'static str>,
    bold: bool,
    colour: Colour,
    /// As a multiple of ordinary text.
    size: f32,
    /// How far it is lowered, as a multiple of ordinary text.
    drop: f32,
}

impl Sign {
    fn of(kind: ListKind, index: usize) -> Self {
        let sign = Self {
            drawn: "•".to_owned(),
            read: None,
            bold: true,
            colour: Colour::BLUE,
            size: 1.0,
            drop: 0.0,
        };
        match kind {
            ListKind::Bullets => sign,
            ListKind::Numbers => Self {
                drawn: format!("{}.", index + 1),
                colour: Colour::DEEP,
                ..sign
            },
            // The typeface draws its ballot box with a shadow and too small for a pen's tick; its
            // square is plain. It is a ballot box to those who listen.
            ListKind::Checkboxes => Self {
                drawn: "□".to_owned(),
                read: Some("☐"),
                bold: false,
                colour: Colour::INK,
                size: 1.7,
                drop: 0.23,
            },
        }
    }
}

impl Layout<'_> {
    pub(super) fn heading(&mut self, level: u8, text: &str) -> Result<(), DocumentError> {
        let level = level.clamp(1, 3);
        self.section += 1;
        let text = Text::plain(text);
        let words = self.words(&text, true, Within::Heading)?;
        if words.text.trim().is_empty() {
            return Ok(());
        }
        let title = words.text.replace('\n', " ");
        let [first, second, third] = self.sheet.headings;
        let (kind, size, colour, before) = match level {
            1 => ("H1", first, Colour::DEEP, 0.6),
            2 => ("H2", second, Colour::DEEP, 1.25),
            _ => ("H3", third, Colour::INK, 0.9),
        };
        let style = Style {
            size,
            leading: 1.2,
            colour,
        };
        let tag = self.tags.add(kind);
        let set = self.set(&words, style, COLUMN, tag)?;
        let mut brick = Brick::tall(set.height());
        brick.before = before * self.sheet.line();
        brick.keep = true;
        brick.mark = Some(Bookmark { level, title });
        set.draw_all(&mut brick, MARGIN, 0.0);
        self.lay(brick);
        Ok(())
    }

    pub(super) fn paragraph(&mut self, text: &Text) -> Result<(), DocumentError> {
        if text.is_empty() {
            return Ok(());
        }
        let words = self.words(text, false, Within::Paragraph)?;
        let leads_on = words.text.trim_end().ends_with(':');
        let tag = self.tags.add("P");
        let set = self.set(&words, self.plain(), COLUMN, tag)?;
        let before = self.gap_here();
        self.lay_lines(&set, MARGIN, before);
        if leads_on {
            self.keep_last();
        }
        Ok(())
    }

    /// The space over the block that comes now: less under a heading, which it belongs to.
    pub(super) fn gap_here(&self) -> f32 {
        let heading = self.bricks.last().and_then(|last| last.mark.as_ref());
        let lines = match heading.map(|mark| mark.level) {
            Some(1) | None => 0.55,
            Some(_) => 0.3,
        };
        self.sheet.line() * lines
    }

    pub(super) fn list(&mut self, kind: ListKind, items: &[Text]) -> Result<(), DocumentError> {
        if items.is_empty() {
            return Ok(());
        }
        let (numbering, indent) = match kind {
            ListKind::Bullets => ("Disc", 1.45),
            ListKind::Numbers if items.len() > 9 => ("Decimal", 2.3),
            ListKind::Numbers => ("Decimal", 1.75),
            ListKind::Checkboxes => ("None", 1.95),
        };
        let list = self.tags.open("L");
        self.tags.attribute(list, Attribute::Numbering(numbering));
        for (index, item) in items.iter().enumerate() {
            let before = if index == 0 {
                self.gap_here()
            } else {
                self.sheet.line() * 0.32
            };
            self.item(kind, index, item, indent * self.sheet.body, before)?;
        }
        self.tags.close();
        Ok(())
    }

    fn item(
        &mut self,
        kind: ListKind,
        index: usize,
        text: &Text,
        indent: f32,
        before: f32,
    ) -> Result<(), DocumentError> {
        let within = Within::Item(index + 1);
        let sign = Sign::of(kind, index);
        self.tags.open("LI");
        let label = self.words(&Text::plain(sign.drawn), sign.bold, within)?;
        let tag = self.tags.add("Lbl");
        let style = Style {
            size: self.sheet.body * sign.size,
            colour: sign.colour,
            ..self.plain()
        };
        let mut label = self.set(&label, style, indent, tag)?;
        label.read_as(sign.read);
        let words = self.words(text, false, within)?;
        let tag = self.tags.add("LBody");
        let body = self.set(&words, self.plain(), COLUMN - indent, tag)?;
        self.tags.close();
        let baseline = body.lines.first().map_or(0.0, |line| line.baseline);
        let top = match label.lines.first() {
            Some(line) => baseline - line.baseline + sign.drop * self.sheet.body,
            None => 0.0,
        };
        let first = self.bricks.len();
        self.lay_lines(&body, MARGIN + indent, before);
        if let Some(brick) = self.bricks.get_mut(first) {
            let own = std::mem::take(&mut brick.items);
            label.draw_all(brick, MARGIN + 0.25 * self.sheet.body, top);
            brick.items.extend(own);
        }
        Ok(())
    }

    pub(super) fn rule(&mut self) {
        let mut brick = Brick::tall(1.0);
        brick.before = self.sheet.line() * 0.9;
        brick.draw(
            Owner::Decoration,
            strip(MARGIN, 0.5, COLUMN, 0.6, Colour::HAIR),
        );
        self.lay(brick);
        self.space += self.sheet.line() * 0.35;
    }
}
