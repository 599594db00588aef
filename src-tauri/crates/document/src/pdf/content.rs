//! Pages as drawing operations, each inside marked content that says what it belongs to.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, DictItem, Op, PaintMode, PdfFontHandle, Polygon, PolygonRing, Pt, TextItem,
    TextMatrix, WindingOrder,
};

use super::faces::{self, Used};
use super::outline::{colour, rings, rounded};
use crate::display::{Cluster, Glyph, Mark, Owner, Page, Run, TagId};
use crate::fonts::{FaceId, Faces};
use crate::sheet::PAGE_HEIGHT;
use crate::tags::Tags;
use crate::{Colour, Segment, Stroke};

/// The operations of all pages, and what the structure tree and the fonts need to know of them.
#[derive(Default)]
pub(super) struct Content {
    pub(super) pages: Vec<Vec<Op>>,
    /// Each marked piece, in reading order.
    pub(super) pieces: Vec<Piece>,
    /// Left, top, right and bottom of what each tag's outlines cover.
    pub(super) bounds: BTreeMap<TagId, [f32; 4]>,
    pub(super) used: BTreeMap<FaceId, Used>,
}

/// A piece of a page that belongs to a tag, under its number on that page.
pub(super) struct Piece {
    pub(super) tag: TagId,
    pub(super) page: usize,
    pub(super) number: i64,
    /// What it is read as, where its glyphs would say something else.
    pub(super) instead: Option<String>,
}

/// Writes one page after the other.
struct Writer<'a> {
    content: Content,
    ops: Vec<Op>,
    page: usize,
    next: i64,
    open: Option<Owner>,
    tags: &'a Tags,
    faces: &'a Faces,
}

pub(super) fn write(pages: &[Page], tags: &Tags, faces: &Faces) -> Content {
    let mut writer = Writer {
        content: Content::default(),
        ops: Vec::new(),
        page: 0,
        next: 0,
        open: None,
        tags,
        faces,
    };
    for (number, page) in pages.iter().enumerate() {
        writer.page = number;
        writer.next = 0;
        for item in &page.items {
            writer.enter(item.owner);
            match &item.mark {
                Mark::Run { run, x, baseline } => writer.run(run, *x, *baseline, item.owner),
                Mark::Path {
                    segments,
                    fill,
                    stroke,
                } => writer.path(segments, *fill, *stroke, item.owner),
            }
        }
        writer.leave();
        let ops = std::mem::take(&mut writer.ops);
        writer.content.pages.push(ops);
    }
    writer.content
}

impl Writer<'_> {
    /// Opens the marked content of this owner, unless it is open already.
    fn enter(&mut self, owner: Owner) {
        if self.open == Some(owner) {
            return;
        }
        self.leave();
        let (tag, map) = match owner {
            Owner::Tag(id) => {
                let kind = self.tags.nodes().get(id.0).map_or("Span", |tag| tag.kind);
                (kind, self.numbered(id, None))
            }
            Owner::Decoration => ("Artifact", artifact("Layout")),
            Owner::Furniture => ("Artifact", artifact("Pagination")),
        };
        self.begin(tag, map);
        self.open = Some(owner);
    }

    fn leave(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn begin(&mut self, tag: &str, map: BTreeMap<String, DictItem>) {
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict { map },
        });
    }

    /// Takes the next number on this page for a piece of that tag.
    fn numbered(&mut self, tag: TagId, instead: Option<String>) -> BTreeMap<String, DictItem> {
        let number = self.next;
        self.next += 1;
        self.content.pieces.push(Piece {
            tag,
            page: self.page,
            number,
            instead,
        });
        BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))])
    }

    /// Letters. A glyph can stand for one text only in a PDF's table. A word in which one stands
    /// for another, or in which several make up a letter, has its text given in place: as a whole,
    /// because readers that go by distance would see gaps round part of it.
    fn run(&mut self, run: &Run, x: f32, baseline: f32, owner: Owner) {
        let mut plain: Vec<&Cluster> = Vec::new();
        let blank = |cluster: &Cluster| cluster.text.trim().is_empty();
        for word in run.clusters.chunk_by(|a, b| !blank(a) && !blank(b)) {
            let used = self.content.used.entry(run.face).or_default();
            let odd = word.iter().filter(|cluster| !used.stands_for(cluster));
            if odd.count() == 0 {
                plain.extend(word);
                continue;
            }
            self.show(run, &plain, x, baseline);
            plain.clear();
            self.instead(word, owner);
            self.show(run, &word.iter().collect::<Vec<_>>(), x, baseline);
            self.ops.push(Op::EndMarkedContent);
            if matches!(owner, Owner::Tag(_)) {
                self.enter(owner);
            }
        }
        self.show(run, &plain, x, baseline);
    }

    /// Opens a span that is read as the word's text. In content it takes the place of the owner's
    /// piece, because some readers pass over a text given inside another piece.
    fn instead(&mut self, word: &[Cluster], owner: Owner) {
        let text: String = word.iter().map(|cluster| cluster.text.as_str()).collect();
        let text = faces::readable(&text);
        let data = faces::utf16(&text);
        let mut map = BTreeMap::new();
        if let Owner::Tag(tag) = owner {
            self.leave();
            map = self.numbered(tag, Some(text));
        }
        let text = DictItem::String {
            data,
            literal: false,
        };
        map.insert("ActualText".to_owned(), text);
        self.begin("Span", map);
    }

    /// Draws clusters, split where their glyphs leave the line.
    fn show(&mut self, run: &Run, clusters: &[&Cluster], x: f32, baseline: f32) {
        let glyphs: Vec<Glyph> = clusters.iter().flat_map(|c| c.glyphs.clone()).collect();
        if glyphs.is_empty() {
            return;
        }
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor {
            col: colour(run.colour),
        });
        self.ops.push(Op::SetFont {
            font: PdfFontHandle::External(faces::id(run.face)),
            size: Pt(run.size),
        });
        for level in glyphs.chunk_by(|a, b| (a.y - b.y).abs() < 0.01) {
            let Some(first) = level.first() else { continue };
            let right = rounded(x + first.x);
            let up = rounded(PAGE_HEIGHT - baseline + first.y);
            self.ops.push(Op::SetTextMatrix {
                matrix: TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, right, up]),
            });
            let items = vec![TextItem::GlyphIds(self.codes(run, level))];
            self.ops.push(Op::ShowText { items });
        }
        self.ops.push(Op::EndTextSection);
    }

    /// Glyphs with the corrections that bring each to its place: a reader moves by the font's own
    /// widths.
    fn codes(&mut self, run: &Run, glyphs: &[Glyph]) -> Vec<Codepoint> {
        let start = glyphs.first().map_or(0.0, |glyph| glyph.x);
        let used = self.content.used.entry(run.face).or_default();
        let mut pen = 0.0;
        let mut codes: Vec<Codepoint> = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let wanted = (glyph.x - start) * 1000.0 / run.size;
            let correction = (pen - wanted).round();
            if correction != 0.0
                && let Some(last) = codes.last_mut()
            {
                last.offset = correction;
                pen -= correction;
            }
            let (gid, text) = used.take(glyph.id);
            codes.push(Codepoint {
                gid,
                offset: 0.0,
                cid: Some(text),
            });
            pen += self.faces.advance(run.face, glyph.id);
        }
        codes
    }

    fn path(
        &mut self,
        segments: &[Segment],
        fill: Option<Colour>,
        stroke: Option<Stroke>,
        owner: Owner,
    ) {
        if let Owner::Tag(tag) = owner {
            self.cover(tag, segments);
        }
        if let Some(fill) = fill {
            self.ops.push(Op::SetFillColor { col: colour(fill) });
            let rings = rings(segments);
            self.polygon(
                rings.into_iter().map(|(ring, _)| ring).collect(),
                PaintMode::Fill,
            );
        }
        let Some(stroke) = stroke else { return };
        self.ops.push(Op::SetOutlineColor {
            col: colour(stroke.colour),
        });
        self.ops.push(Op::SetOutlineThickness {
            pt: Pt(rounded(stroke.width)),
        });
        for (ring, closed) in rings(segments) {
            if closed {
                self.polygon(vec![ring], PaintMode::Stroke);
            } else {
                let line = printpdf::Line {
                    points: ring.points,
                    is_closed: false,
                };
                self.ops.push(Op::DrawLine { line });
            }
        }
    }

    fn polygon(&mut self, rings: Vec<PolygonRing>, mode: PaintMode) {
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings,
                mode,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    fn cover(&mut self, tag: TagId, segments: &[Segment]) {
        let nothing = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let bounds = self.content.bounds.entry(tag).or_insert(nothing);
        for point in rings(segments).iter().flat_map(|(ring, _)| &ring.points) {
            let (x, y) = (point.p.x.0, PAGE_HEIGHT - point.p.y.0);
            let [left, top, right, bottom] = *bounds;
            *bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
        }
    }
}

fn artifact(kind: &str) -> BTreeMap<String, DictItem> {
    let kind = DictItem::Name(kind.as_bytes().to_vec());
    BTreeMap::from([("Type".to_owned(), kind)])
}
