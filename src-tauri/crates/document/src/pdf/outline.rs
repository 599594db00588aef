//! Outlines and colours as `printpdf` writes them, from the page's bottom left corner.

use printpdf::{Color, LinePoint, Point, PolygonRing, Pt, Rgb};

use crate::sheet::PAGE_HEIGHT;
use crate::{Colour, Segment};

/// A colour in parts of 1.
pub(super) fn colour(Colour(red, green, blue): Colour) -> Color {
    let part = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb::new(part(red), part(green), part(blue), None))
}

/// Hundredths of a point, so that the bytes do not hang on the last bit of a sum.
pub(super) fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// An outline's rings, and whether each is closed.
pub(super) fn rings(segments: &[Segment]) -> Vec<(PolygonRing, bool)> {
    let point = |x: f32, y: f32, bezier: bool| LinePoint {
        p: Point {
            x: Pt(rounded(x)),
            y: Pt(rounded(PAGE_HEIGHT - y)),
        },
        bezier,
    };
    let mut rings: Vec<(PolygonRing, bool)> = Vec::new();
    for segment in segments {
        if let Segment::Move(x, y) = *segment {
            let points = vec![point(x, y, false)];
            rings.push((PolygonRing { points }, false));
            continue;
        }
        let Some((ring, closed)) = rings.last_mut() else {
            continue;
        };
        match *segment {
            Segment::Line(x, y) => ring.points.push(point(x, y, false)),
            Segment::Curve([ax, ay], [bx, by], [x, y]) => {
                let curve = [point(ax, ay, true), point(bx, by, true), point(x, y, false)];
                ring.points.extend(curve);
            }
            Segment::Close => *closed = true,
            Segment::Move(..) => {}
        }
    }
    rings
}
