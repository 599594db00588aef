//! Sizes and distances, in points, for each [`Size`].

use crate::Size;

/// A4.
pub(crate) const PAGE_WIDTH: f32 = 595.276;
/// A4.
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// 20 mm: room for a thumb and for two punched holes.
pub(crate) const MARGIN: f32 = 56.693;
/// The width of the text.
pub(crate) const COLUMN: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// From the paper's edge to the furniture: office printers leave 12 mm blank at worst.
pub(crate) const EDGE: f32 = 36.0;

/// The measures of one size.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    /// Ordinary text.
    pub(crate) body: f32,
    /// Height of a line of ordinary text, as a multiple of its size.
    pub(crate) leading: f32,
    /// Headings of level 1 to 3.
    pub(crate) headings: [f32; 3],
    /// Head, foot, captions and the words under a signature line.
    pub(crate) small: f32,
}

impl Sheet {
    /// Source Sans draws small for its size: at 12.8 pt its letters are as tall as Arial's at
    /// 12 pt, which is what clear print means by 12. So patients' sizes are 1.065 of their name.
    pub(crate) fn of(size: Size) -> Self {
        match size {
            Size::Compact10 => Self {
                body: 10.0,
                leading: 1.25,
                headings: [19.0, 13.0, 11.0],
                small: 9.0,
            },
            Size::Clinician11 => Self {
                body: 11.0,
                leading: 1.38,
                headings: [21.0, 14.5, 12.0],
                small: 9.0,
            },
            Size::Patient12 => Self {
                body: 12.8,
                leading: 1.45,
                headings: [27.0, 18.0, 14.5],
                small: 12.0,
            },
            Size::Large18 => Self {
                body: 19.2,
                leading: 1.4,
                headings: [32.0, 24.5, 20.5],
                small: 16.0,
            },
        }
    }

    /// The height of a line of ordinary text.
    pub(crate) fn line(&self) -> f32 {
        self.body * self.leading
    }
}
