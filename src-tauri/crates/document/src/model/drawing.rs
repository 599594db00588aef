//! Vector drawings: enough for a body map and a chart, and no more.

/// A drawing in its own units, with (0, 0) at the top left and y downwards.
///
/// At [`Size::Patient12`](crate::Size) one unit is one point (1/72 inch) unless the
/// drawing is wider than the column. Labels sit in the same units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width in units, above 0.
    pub width: f32,
    /// Height in units, above 0.
    pub height: f32,
    /// The shapes, back to front.
    pub shapes: Vec<Shape>,
}

/// An sRGB colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// A line's colour and thickness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its thickness in units.
    pub width: f32,
}

/// One step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Lift the pen and start here.
    Move(f32, f32),
    /// A straight line to here.
    Line(f32, f32),
    /// A cubic curve: first handle, second handle, end.
    Curve([f32; 2], [f32; 2], [f32; 2]),
    /// A straight line back to where the pen was put down.
    Close,
}

/// Where a label's point lies along its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At their beginning.
    Start,
    /// At their middle.
    Middle,
    /// At their end.
    End,
}

/// One shape of a drawing.
#[derive(Clone, PartialEq)]
pub enum Shape {
    /// An outline, filled, stroked or both.
    Path {
        /// The steps; the first is a [`Segment::Move`].
        segments: Vec<Segment>,
        /// The colour inside, if any.
        fill: Option<Colour>,
        /// The line, if any.
        stroke: Option<Stroke>,
    },
    /// An ellipse.
    Ellipse {
        /// Its middle.
        centre: [f32; 2],
        /// Half its width and half its height.
        radii: [f32; 2],
        /// The colour inside, if any.
        fill: Option<Colour>,
        /// The line, if any.
        stroke: Option<Stroke>,
    },
    /// A few words on one line.
    Label {
        /// A point on the line the letters stand on.
        at: [f32; 2],
        /// The words.
        text: String,
        /// The size of the letters in units.
        size: f32,
        /// Set bold.
        bold: bool,
        /// The colour of the letters.
        colour: Colour,
        /// Which part of the words the point is at.
        anchor: Anchor,
    },
}

impl Colour {
    /// Ordinary text.
    pub const INK: Self = Self(0x21, 0x2b, 0x32);
    /// Headings and strong bars.
    pub const DEEP: Self = Self(0x00, 0x30, 0x87);
    /// Bars, marks and lines that carry data.
    pub const BLUE: Self = Self(0x00, 0x5e, 0xb8);
    /// Furniture and labels: 6.4 to 1 against white.
    pub const GREY: Self = Self(0x4c, 0x62, 0x72);
    /// Thin rules.
    pub const HAIR: Self = Self(0xae, 0xb7, 0xbd);
    /// The tint of a plain box.
    pub const MIST: Self = Self(0xf0, 0xf4, 0xf5);
    /// The tint of an important box.
    pub const SKY: Self = Self(0xe3, 0xee, 0xf8);
    /// The band and the frame of an emergency.
    pub const RED: Self = Self(0xa8, 0x1d, 0x14);
    /// The tint of an emergency.
    pub const BLUSH: Self = Self(0xfd, 0xf1, 0xf0);
    /// Paper.
    pub const WHITE: Self = Self(0xff, 0xff, 0xff);
}

impl Shape {
    /// A straight line through all of these points.
    pub fn line(points: &[[f32; 2]], stroke: Stroke) -> Self {
        Self::Path {
            segments: steps(points),
            fill: None,
            stroke: Some(stroke),
        }
    }

    /// A closed outline with straight sides.
    pub fn polygon(points: &[[f32; 2]], fill: Option<Colour>, stroke: Option<Stroke>) -> Self {
        let mut segments = steps(points);
        segments.push(Segment::Close);
        Self::Path {
            segments,
            fill,
            stroke,
        }
    }

    /// A rectangle from its top left corner, its width and its height.
    pub fn rectangle(
        [x, y]: [f32; 2],
        [width, height]: [f32; 2],
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    ) -> Self {
        let (right, bottom) = (x + width, y + height);
        Self::polygon(
            &[[x, y], [right, y], [right, bottom], [x, bottom]],
            fill,
            stroke,
        )
    }
}

fn steps(points: &[[f32; 2]]) -> Vec<Segment> {
    points
        .iter()
        .enumerate()
        .map(|(index, &[x, y])| match index {
            0 => Segment::Move(x, y),
            _ => Segment::Line(x, y),
        })
        .collect()
}

/// A label's words may be a patient's: only its place is shown.
impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path { segments, .. } => write!(f, "Path({} steps)", segments.len()),
            Self::Ellipse { centre, .. } => write!(f, "Ellipse({centre:?})"),
            Self::Label { at, .. } => write!(f, "Label({at:?})"),
        }
    }
}
