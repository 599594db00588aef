//! The faces a document uses, cut down to its letters, with what each glyph stands for.

use std::collections::BTreeMap;

use printpdf::{FontId, ParsedFont, PdfFont};
use subsetter::GlyphRemapper;

use crate::DocumentError;
use crate::display::Cluster;
use crate::fonts::{FACES, FaceId};

/// The glyphs of one face that a document uses.
#[derive(Default)]
pub(super) struct Used {
    glyphs: GlyphRemapper,
    texts: BTreeMap<u16, String>,
}

impl Used {
    /// Whether a cluster is one glyph that stands for its text here and everywhere else.
    pub(super) fn stands_for(&mut self, cluster: &Cluster) -> bool {
        let text = readable(&cluster.text);
        if let [glyph] = cluster.glyphs.as_slice() {
            let known = self.texts.entry(glyph.id).or_insert_with(|| text.clone());
            return *known == text;
        }
        // A letter and an accent set apart from it: each has its own character.
        if cluster.glyphs.len() == text.chars().count() {
            for (glyph, part) in cluster.glyphs.iter().zip(text.chars()) {
                self.texts.entry(glyph.id).or_insert_with(|| part.into());
            }
        }
        false
    }

    /// A glyph's number in the cut-down face, and the text it stands for.
    pub(super) fn take(&mut self, glyph: u16) -> (u16, String) {
        let text = self.texts.get(&glyph).cloned();
        // A mark that only ever stands as part of a letter has no text of its own.
        (
            self.glyphs.remap(glyph),
            text.unwrap_or_else(|| '\u{fffd}'.to_string()),
        )
    }
}

/// A text as it should be found and copied: with ordinary spaces and hyphens.
pub(super) fn readable(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{a0}' | '\u{202f}' => ' ',
            '\u{2010}' | '\u{2011}' => '-',
            other => other,
        })
        .collect()
}

/// A text as a PDF wants it outside ASCII: UTF-16 with its mark in front.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

/// The name a face has inside the PDF.
pub(super) fn id(face: FaceId) -> FontId {
    FontId(format!("Face{}", face.0))
}

/// The faces cut down to the glyphs used, ready for the PDF.
pub(super) fn embed(
    used: &BTreeMap<FaceId, Used>,
) -> Result<Vec<(FontId, PdfFont)>, DocumentError> {
    let damaged = DocumentError::Internal("a bundled font could not be cut down");
    let mut fonts = Vec::with_capacity(used.len());
    for (&face, used) in used {
        let bundled = FACES.get(usize::from(face.0)).ok_or(damaged.clone())?;
        let cut = subsetter::subset(bundled.bytes, 0, &used.glyphs).map_err(|_| damaged.clone())?;
        let parsed = ParsedFont::from_bytes(&cut, 0, &mut Vec::new());
        let mut parsed = parsed.ok_or(damaged.clone())?;
        // Six letters and a plus say that the face is cut down.
        let letter = char::from(b'A' + face.0);
        let prefix: String = std::iter::repeat_n(letter, 6).collect();
        parsed.font_name = Some(format!("{prefix}+{}", bundled.name));
        fonts.push((id(face), PdfFont::new(parsed)));
    }
    Ok(fonts)
}
