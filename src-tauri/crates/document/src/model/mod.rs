//! What a document says, before anything is measured.

mod block;
mod drawing;
mod text;

pub use block::{Block, ListKind, Tone};
pub use drawing::{Anchor, Colour, Drawing, Segment, Shape, Stroke};
pub use text::{Span, Text};

/// One document for paper: an A4 page size, a language, and blocks in reading order.
#[derive(Clone, PartialEq)]
pub struct Document {
    /// The title, shown by PDF readers in place of the file's name. Not printed on the page.
    pub title: String,
    /// The language of the text as a BCP 47 tag, such as `en-GB`.
    pub language: String,
    /// How large it is set.
    pub size: Size,
    /// What stands at the top and foot of each page.
    pub running: Running,
    /// Words drawn lightly across each page and repeated in the running head, such as
    /// `DRAFT, not signed`.
    pub watermark: Option<String>,
    /// The content, in reading order.
    pub blocks: Vec<Block>,
}

/// How large a document is set. The number is the size of ordinary text in points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Size {
    /// For staff, where one page must not become two: 10 pt text set closer.
    Compact10,
    /// For staff: 11 pt text, smaller furniture.
    Clinician11,
    /// For patients: nothing on the page is smaller than 12 pt.
    #[default]
    Patient12,
    /// Large print: 18 pt text, nothing smaller than 16 pt.
    Large18,
}

/// What repeats at the top and the foot of each page. The page number is added by itself.
#[derive(Clone, Default, PartialEq)]
pub struct Running {
    /// Top left: the service or the clinic.
    pub head_left: String,
    /// Top right: which document this is.
    pub head_right: String,
    /// Bottom left: whose document this is (name and number) and when it was printed by whom.
    /// It wraps, and is never cut.
    pub foot_left: String,
}

/// Shows the shape of the document and none of its words, which are a patient's.
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("language", &self.language)
            .field("size", &self.size)
            .field("blocks", &self.blocks.len())
            .finish_non_exhaustive()
    }
}
