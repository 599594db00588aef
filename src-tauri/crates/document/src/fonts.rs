//! The bundled typefaces: the only ones a document may use.
//!
//! Source Sans 3 because its zero is plain (a slashed zero in a dose reads as an 8), its `l`, `I`
//! and `1` differ, and it holds Latin, Greek and Cyrillic. Noto Sans stands in for the few
//! letters it lacks. System fonts are not read: the page must be the same on every machine.

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, LayoutContext};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::Arc;

use crate::{DocumentError, Segment};

/// The families in the order in which a letter is looked for.
pub(crate) const FAMILIES: &str = "'Source Sans 3', 'Noto Sans'";

/// All bundled faces have this many units per em, which is also what a PDF counts in.
pub(crate) const UNITS_PER_EM: f32 = 1000.0;

/// One bundled file.
pub(crate) struct Face {
    pub(crate) bytes: &'static [u8],
    /// Its PostScript name, as the PDF gives it.
    pub(crate) name: &'static str,
    bold: bool,
}

/// A face by its place in [`FACES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FaceId(pub(crate) u8);

macro_rules! face {
    ($file:literal, $bold:literal) => {
        Face {
            bytes: include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../assets/fonts/",
                $file,
                ".ttf"
            )),
            name: $file,
            bold: $bold,
        }
    };
}

/// The bundled faces.
pub(crate) static FACES: [Face; 4] = [
    face!("SourceSans3-Regular", false),
    face!("SourceSans3-Bold", true),
    face!("NotoSans-Regular", false),
    face!("NotoSans-Bold", true),
];

/// What there is to set text with.
pub(crate) struct Fonts {
    pub(crate) context: FontContext,
    pub(crate) layouts: LayoutContext<u16>,
    pub(crate) faces: Faces,
    blobs: Vec<u64>,
}

/// The faces, read.
pub(crate) struct Faces(Vec<FontRef<'static>>);

impl Fonts {
    pub(crate) fn read() -> Result<Self, DocumentError> {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        let mut blobs = Vec::with_capacity(FACES.len());
        let mut read = Vec::with_capacity(FACES.len());
        for face in &FACES {
            let blob = Blob::new(Arc::new(face.bytes));
            blobs.push(blob.id());
            collection.register_fonts(blob, None);
            read.push(
                FontRef::new(face.bytes)
                    .map_err(|_| DocumentError::Internal("a bundled font is damaged"))?,
            );
        }
        Ok(Self {
            context: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            faces: Faces(read),
            blobs,
        })
    }

    /// Which face the shaper took.
    pub(crate) fn face_of(&self, blob: u64) -> Option<FaceId> {
        let index = self.blobs.iter().position(|&id| id == blob)?;
        u8::try_from(index).ok().map(FaceId)
    }
}

impl Faces {
    /// Whether a face of that weight has the character.
    pub(crate) fn has(&self, character: char, bold: bool) -> bool {
        FACES
            .iter()
            .zip(&self.0)
            .any(|(face, font)| face.bold == bold && font.charmap().map(character).is_some())
    }

    /// The glyph of a space.
    pub(crate) fn space(&self, face: FaceId) -> u16 {
        let font = self.0.get(usize::from(face.0));
        let glyph = font.and_then(|font| font.charmap().map(' '));
        glyph.map_or(0, |id| u16::try_from(id.to_u32()).unwrap_or(0))
    }

    /// A glyph's own width in thousandths of an em, as the PDF reader will take it.
    pub(crate) fn advance(&self, face: FaceId, glyph: u16) -> f32 {
        self.0.get(usize::from(face.0)).map_or(0.0, |font| {
            font.glyph_metrics(Size::unscaled(), LocationRef::default())
                .advance_width(GlyphId::from(glyph))
                .unwrap_or(0.0)
        })
    }

    /// A glyph's outline in thousandths of an em, y upwards. Empty for a space.
    pub(crate) fn outline(&self, face: FaceId, glyph: u16) -> Vec<Segment> {
        let mut trace = Trace::default();
        if let Some(outline) = self
            .0
            .get(usize::from(face.0))
            .and_then(|font| font.outline_glyphs().get(GlyphId::from(glyph)))
        {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            if outline.draw(settings, &mut trace).is_err() {
                return Vec::new();
            }
        }
        trace.segments
    }
}

/// Collects an outline, with its quadratic curves raised to the cubic ones a PDF knows.
#[derive(Default)]
struct Trace {
    segments: Vec<Segment>,
    at: [f32; 2],
}

impl OutlinePen for Trace {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        self.segments.push(Segment::Move(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        self.segments.push(Segment::Line(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let raised = |end: f32, handle: f32| end + (handle - end) * 2.0 / 3.0;
        let [x0, y0] = self.at;
        self.curve_to(
            raised(x0, cx),
            raised(y0, cy),
            raised(x, cx),
            raised(y, cy),
            x,
            y,
        );
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.at = [x, y];
        self.segments
            .push(Segment::Curve([cx0, cy0], [cx1, cy1], [x, y]));
    }

    fn close(&mut self) {
        self.segments.push(Segment::Close);
    }
}
