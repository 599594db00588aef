//! Blocks laid out as bricks.

mod boxes;
mod figure;
mod prose;
mod table;

use crate::brick::Brick;
use crate::display::{Mark, Owner, TagId};
use crate::fonts::Fonts;
use crate::lines::{self, Line, Style};
use crate::sheet::Sheet;
use crate::tags::Tags;
use crate::words::Words;
use crate::{Block, Colour, Document, DocumentError, Place, Text, Within};

/// Lays out a document's blocks, in order.
pub(crate) struct Layout<'a> {
    pub(crate) fonts: &'a mut Fonts,
    pub(crate) sheet: Sheet,
    pub(crate) tags: Tags,
    pub(crate) bricks: Vec<Brick>,
    language: &'a str,
    block: usize,
    section: usize,
    begin_page: bool,
    space: f32,
}

/// Words set in lines, with the tag they belong to.
struct Set {
    lines: Vec<Line>,
    tag: TagId,
    /// A tag for each span in another language.
    spans: Vec<Option<TagId>>,
}

impl<'a> Layout<'a> {
    pub(crate) fn of(document: &'a Document, fonts: &'a mut Fonts) -> Result<Self, DocumentError> {
        let mut layout = Self {
            fonts,
            sheet: Sheet::of(document.size),
            tags: Tags::new(),
            bricks: Vec::new(),
            language: &document.language,
            block: 0,
            section: 0,
            begin_page: false,
            space: 0.0,
        };
        for (index, block) in document.blocks.iter().enumerate() {
            layout.block = index + 1;
            layout.add(block)?;
        }
        Ok(layout)
    }

    fn add(&mut self, block: &Block) -> Result<(), DocumentError> {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraph(text),
            Block::List { kind, items } => self.list(*kind, items),
            Block::Table { head, rows, widths } => self.table(head, rows, widths),
            Block::Callout { tone, title, body } => self.callout(*tone, title, body),
            Block::KeyValues(pairs) => self.key_values(pairs),
            Block::Figure {
                alt,
                drawing,
                caption,
            } => self.figure(alt, drawing, caption),
            Block::Qr { data, alt } => self.qr(data, alt),
            Block::Rule => {
                self.rule();
                Ok(())
            }
            Block::PageBreak => {
                self.begin_page = true;
                Ok(())
            }
            Block::SignatureLines(labels) => self.signature_lines(labels),
            Block::Space(lines) => {
                self.space += lines.max(0.0) * self.sheet.line();
                Ok(())
            }
        }
    }

    /// Where the block that is being laid out stands.
    fn place(&self, within: Within) -> Place {
        Place::Block {
            number: self.block,
            section: self.section,
            within,
        }
    }

    /// Ordinary text.
    fn plain(&self) -> Style {
        Style {
            size: self.sheet.body,
            leading: self.sheet.leading,
            colour: Colour::INK,
        }
    }

    fn words(&self, text: &Text, bold: bool, within: Within) -> Result<Words, DocumentError> {
        Words::ready(text, bold, self.fonts, self.place(within))
    }

    /// Breaks words into lines that belong to a tag.
    fn set(
        &mut self,
        words: &Words,
        style: Style,
        width: f32,
        tag: TagId,
    ) -> Result<Set, DocumentError> {
        let lines = lines::set(words, style, width, self.fonts)?;
        let mut spans = Vec::with_capacity(words.spans.len());
        for span in &words.spans {
            let other = span.language.as_deref().filter(|of| *of != self.language);
            spans.push(other.map(|language| self.tags.add_language(tag, language)));
        }
        Ok(Set { lines, tag, spans })
    }

    /// Adds a brick after what is there, with the space and the page break that were asked for.
    fn lay(&mut self, mut brick: Brick) {
        brick.before += std::mem::take(&mut self.space);
        brick.new_page |= std::mem::take(&mut self.begin_page);
        self.bricks.push(brick);
    }

    /// Adds lines, one brick each, that may be parted only where two or more stay together.
    fn lay_lines(&mut self, set: &Set, x: f32, before: f32) {
        let count = set.lines.len();
        for (index, line) in set.lines.iter().enumerate() {
            let mut brick = Brick::tall(line.height);
            brick.before = if index == 0 { before } else { 0.0 };
            brick.keep = index + 1 < count && (index == 0 || index + 2 == count);
            set.draw(index, &mut brick, x, 0.0);
            self.lay(brick);
        }
    }

    /// Makes what was laid last stay with what comes next.
    fn keep_last(&mut self) {
        if let Some(brick) = self.bricks.last_mut() {
            brick.keep = true;
        }
    }
}

impl Set {
    fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.height).sum()
    }

    /// Gives all that is drawn another text to be read and copied as.
    fn read_as(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        let pieces = self.lines.iter_mut().flat_map(|line| &mut line.pieces);
        for cluster in pieces.flat_map(|piece| &mut piece.run.clusters) {
            text.clone_into(&mut cluster.text);
        }
    }

    /// Draws one line with its top at `y`.
    fn draw(&self, index: usize, brick: &mut Brick, x: f32, y: f32) {
        let Some(line) = self.lines.get(index) else {
            return;
        };
        for piece in &line.pieces {
            let tag = self.spans.get(piece.span).copied().flatten();
            brick.draw(
                Owner::Tag(tag.unwrap_or(self.tag)),
                Mark::Run {
                    run: piece.run.clone(),
                    x: x + piece.x,
                    baseline: y + line.baseline,
                },
            );
        }
    }

    /// Draws all lines, the first with its top at `y`.
    fn draw_all(&self, brick: &mut Brick, x: f32, mut y: f32) {
        for (index, line) in self.lines.iter().enumerate() {
            self.draw(index, brick, x, y);
            y += line.height;
        }
    }
}

/// A filled rectangle.
fn tint(left: f32, top: f32, width: f32, height: f32, colour: Colour) -> Mark {
    let (right, bottom) = (left + width, top + height);
    Mark::Path {
        segments: vec![
            crate::Segment::Move(left, top),
            crate::Segment::Line(right, top),
            crate::Segment::Line(right, bottom),
            crate::Segment::Line(left, bottom),
            crate::Segment::Close,
        ],
        fill: Some(colour),
        stroke: None,
    }
}

/// A level line, as a filled strip: it is then as thick on every screen.
fn strip(left: f32, y: f32, width: f32, thickness: f32, colour: Colour) -> Mark {
    tint(left, y - thickness / 2.0, width, thickness, colour)
}
