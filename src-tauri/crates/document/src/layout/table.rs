//! Tables, and labels with their values.

use std::rc::Rc;

use super::{Layout, Set, strip, tint};
use crate::brick::Brick;
use crate::display::Owner;
use crate::lines::{self, Style};
use crate::sheet::{COLUMN, MARGIN};
use crate::tags::Attribute;
use crate::words::Words;
use crate::{Colour, DocumentError, Text, Within};

/// Where a column begins and how wide its words may be.
#[derive(Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
}

impl Layout<'_> {
    pub(super) fn table(
        &mut self,
        head: &[String],
        rows: &[Vec<Text>],
        widths: &[f32],
    ) -> Result<(), DocumentError> {
        let columns = head.len();
        if columns == 0 || widths.len() != columns {
            let place = self.place(Within::Table);
            return Err(DocumentError::Columns { place });
        }
        if let Some(row) = rows.iter().position(|row| row.len() != columns) {
            let place = self.place(Within::Row(row + 1));
            return Err(DocumentError::Columns { place });
        }
        let head_words = self.head_words(head)?;
        let row_words = self.row_words(rows)?;
        let every: Vec<&Vec<Words>> = std::iter::once(&head_words).chain(&row_words).collect();
        let columns = self.columns(widths, &every);

        self.tags.open("Table");
        self.tags.open("THead");
        let mut head = self.row(&head_words, &columns, true)?;
        head.before = self.gap_here();
        head.keep = true;
        self.tags.close();
        let again = Rc::new(head.repeated());
        self.lay(head);
        self.tags.open("TBody");
        for (index, words) in row_words.iter().enumerate() {
            let mut brick = self.row(words, &columns, false)?;
            // The last row does not stand alone on a page.
            brick.keep = index > 0 && index + 2 == row_words.len();
            under_head(&mut brick, &again, self.padding());
            self.lay(brick);
        }
        self.tags.close();
        self.tags.close();
        self.space += self.sheet.line() * 0.35;
        Ok(())
    }

    fn head_words(&self, head: &[String]) -> Result<Vec<Words>, DocumentError> {
        head.iter()
            .enumerate()
            .map(|(column, text)| {
                let within = Within::Head(column + 1);
                self.words(&Text::plain(text.as_str()), true, within)
            })
            .collect()
    }

    fn row_words(&self, rows: &[Vec<Text>]) -> Result<Vec<Vec<Words>>, DocumentError> {
        let cell = |row: usize, column: usize, text: &Text| {
            self.words(text, false, Within::Cell(row + 1, column + 1))
        };
        rows.iter()
            .enumerate()
            .map(|(row, cells)| {
                let cells = cells.iter().enumerate();
                cells
                    .map(|(column, text)| cell(row, column, text))
                    .collect()
            })
            .collect()
    }

    fn padding(&self) -> f32 {
        self.sheet.body * 0.55
    }

    /// Shares out the width as asked, but gives each column room for its longest word first.
    fn columns(&mut self, shares: &[f32], rows: &[&Vec<Words>]) -> Vec<Column> {
        let padding = self.padding();
        let style = self.plain();
        let mut least = vec![0.0_f32; shares.len()];
        for row in rows {
            for (least, words) in least.iter_mut().zip(row.iter()) {
                let word = lines::widest_word(words, style, self.fonts);
                *least = least.max(word + 2.0 * padding + 0.5);
            }
        }
        let mut x = MARGIN;
        let mut columns = Vec::with_capacity(shares.len());
        for width in share_out(shares, &least, COLUMN) {
            columns.push(Column {
                x: x + padding,
                width: width - 2.0 * padding,
            });
            x += width;
        }
        columns
    }

    fn row(
        &mut self,
        cells: &[Words],
        columns: &[Column],
        head: bool,
    ) -> Result<Brick, DocumentError> {
        self.tags.open("TR");
        let mut sets = Vec::with_capacity(cells.len());
        for (index, (words, column)) in cells.iter().zip(columns).enumerate() {
            let scope = match (head, index) {
                (true, _) => Some("Column"),
                (false, 0) => Some("Row"),
                _ => None,
            };
            let tag = self.tags.add(if scope.is_some() { "TH" } else { "TD" });
            if let Some(scope) = scope {
                self.tags.attribute(tag, Attribute::Scope(scope));
            }
            let colour = if head { Colour::DEEP } else { Colour::INK };
            let style = Style {
                colour,
                ..self.plain()
            };
            sets.push((*column, self.set(words, style, column.width, tag)?));
        }
        self.tags.close();
        let padding = self.padding();
        let mut brick = row_brick(&sets, padding, padding, head);
        if !head {
            brick.parts = row_cut(&sets, padding);
        }
        Ok(brick)
    }

    pub(super) fn key_values(&mut self, pairs: &[(String, Text)]) -> Result<(), DocumentError> {
        if pairs.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(pairs.len());
        for (index, (key, value)) in pairs.iter().enumerate() {
            let within = Within::KeyValue(index + 1);
            let key = self.words(&Text::plain(key.as_str()), true, within)?;
            rows.push(vec![key, self.words(value, false, within)?]);
        }
        let mut columns = self.columns(&[0.3, 0.7], &rows.iter().collect::<Vec<_>>());
        if let [key, value] = columns.as_mut_slice() {
            // Labels line up with the text round them, and values have the room to the edge.
            key.x = MARGIN;
            value.width = MARGIN + COLUMN - value.x;
        }
        let list = self.tags.open("L");
        self.tags.attribute(list, Attribute::Numbering("None"));
        let count = rows.len();
        for (index, words) in rows.iter().enumerate() {
            self.tags.open("LI");
            let mut sets = Vec::with_capacity(2);
            for (kind, (words, column)) in
                ["Lbl", "LBody"].into_iter().zip(words.iter().zip(&columns))
            {
                let tag = self.tags.add(kind);
                sets.push((*column, self.set(words, self.plain(), column.width, tag)?));
            }
            self.tags.close();
            let padding = self.padding() * 0.75;
            let mut brick = row_brick(&sets, padding, padding, false);
            brick.parts = row_cut(&sets, padding);
            brick.before = if index == 0 { self.gap_here() } else { 0.0 };
            brick.keep = index == 0 && count > 1;
            self.lay(brick);
        }
        self.tags.close();
        self.space += self.sheet.line() * 0.35;
        Ok(())
    }
}

/// One row with the rule under it.
fn row_brick(sets: &[(Column, Set)], over: f32, under: f32, head: bool) -> Brick {
    let tallest = sets.iter().map(|(_, set)| set.height()).fold(0.0, f32::max);
    let height = over + tallest + under;
    let mut brick = Brick::tall(height);
    if head {
        brick.draw(
            Owner::Decoration,
            tint(MARGIN, 0.0, COLUMN, height, Colour::MIST),
        );
    }
    let (thickness, colour) = if head {
        (1.4, Colour::DEEP)
    } else {
        (0.6, Colour::HAIR)
    };
    let rule = strip(MARGIN, height - thickness / 2.0, COLUMN, thickness, colour);
    brick.draw(Owner::Decoration, rule);
    for (column, set) in sets {
        set.draw_all(&mut brick, column.x, over);
    }
    brick
}

/// Gives a row its head to repeat, with some room under it over the rest of a row that was cut.
fn under_head(row: &mut Brick, head: &Rc<Brick>, room: f32) {
    row.head = Some(Rc::clone(head));
    let mut over = Brick::clone(head);
    over.height += room;
    let over = Rc::new(over);
    for part in &mut row.parts {
        part.head = Some(Rc::clone(&over));
    }
}

/// A row line by line, for one that is taller than a page: a line of each cell at a time.
fn row_cut(sets: &[(Column, Set)], padding: f32) -> Vec<Brick> {
    let count = sets.iter().map(|(_, set)| set.lines.len()).max();
    let count = count.unwrap_or(0);
    (0..count)
        .map(|index| {
            let lines = sets.iter().filter_map(|(_, set)| set.lines.get(index));
            let line = lines.map(|line| line.height).fold(0.0, f32::max);
            let over = if index == 0 { padding } else { 0.0 };
            let ends = index + 1 == count;
            let mut brick = Brick::tall(over + line + if ends { padding } else { 0.0 });
            for (column, set) in sets {
                set.draw(index, &mut brick, column.x, over);
            }
            if ends {
                let rule = strip(MARGIN, brick.height - 0.3, COLUMN, 0.6, Colour::HAIR);
                brick.draw(Owner::Decoration, rule);
            }
            brick
        })
        .collect()
}

/// Shares a width out in proportion, raising the columns that would be below their least width
/// at the cost of those that have some to spare. When even the least widths do not fit, the
/// proportions stand and long words are broken.
fn share_out(shares: &[f32], least: &[f32], width: f32) -> Vec<f32> {
    let shares: Vec<f32> = shares.iter().map(|share| share.clamp(0.01, 1e6)).collect();
    let total: f32 = shares.iter().sum();
    let asked: Vec<f32> = shares.iter().map(|share| width * share / total).collect();
    if least.iter().sum::<f32>() > width {
        return asked;
    }
    let short: f32 = asked.iter().zip(least).map(|(a, l)| (l - a).max(0.0)).sum();
    let spare: f32 = asked.iter().zip(least).map(|(a, l)| (a - l).max(0.0)).sum();
    if short <= 0.0 || spare <= 0.0 {
        return asked;
    }
    let kept = 1.0 - short / spare;
    asked
        .iter()
        .zip(least)
        .map(|(asked, least)| {
            if asked < least {
                *least
            } else {
                least + (asked - least) * kept
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn columns_share_the_width_as_asked_when_each_word_fits() {
        assert_eq!(share_out(&[1.0, 3.0], &[10.0, 10.0], 100.0), [25.0, 75.0]);
    }

    #[test]
    fn a_column_with_a_long_word_takes_its_room_from_those_with_some_to_spare() {
        let widths = share_out(&[1.0, 3.0], &[40.0, 10.0], 100.0);
        assert_eq!(widths, [40.0, 60.0]);
    }

    #[test]
    fn shares_stand_when_the_long_words_do_not_fit_together() {
        assert_eq!(share_out(&[1.0, 1.0], &[80.0, 80.0], 100.0), [50.0, 50.0]);
    }
}
