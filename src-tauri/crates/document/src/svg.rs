//! Pages as SVG, with the letters as outlines: the page looks the same in any viewer, with no
//! font of its own to fetch.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::display::{Mark, Page, Run};
use crate::fonts::{FaceId, Faces, UNITS_PER_EM};
use crate::sheet::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::{Colour, Segment, Stroke};

/// One page as an SVG document, `number` of `count`, counted from 1.
pub(crate) fn page(page: &Page, number: usize, count: usize, faces: &Faces) -> String {
    let mut used = BTreeSet::new();
    let mut body = String::new();
    for item in &page.items {
        match &item.mark {
            Mark::Run { run, x, baseline } => letters(run, *x, *baseline, &mut used, &mut body),
            Mark::Path {
                segments,
                fill,
                stroke,
            } => outline(segments, *fill, *stroke, &mut body),
        }
    }
    let mut shapes = String::new();
    for (face, glyph) in used {
        let d = steps(&faces.outline(face, glyph));
        let _ = write!(shapes, r#"<path id="{}" d="{d}"/>"#, name(face, glyph));
    }
    let (w, h, white) = (PAGE_WIDTH, PAGE_HEIGHT, hex(Colour::WHITE));
    let mut svg = String::with_capacity(shapes.len() + body.len() + 300);
    svg.push_str(r#"<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm""#);
    let _ = write!(svg, r#" viewBox="0 0 {w} {h}" role="img">"#);
    let _ = write!(svg, "<title>Page {number} of {count}</title>");
    let _ = write!(svg, "<defs>{shapes}</defs>");
    let _ = write!(
        svg,
        r#"<path d="M0 0H{w}V{h}H0Z" fill="{white}"/>{body}</svg>"#
    );
    svg
}

/// The same outline has the same name in every page, so that pages may share one HTML document.
fn name(face: FaceId, glyph: u16) -> String {
    format!("f{}g{glyph}", face.0)
}

fn letters(
    run: &Run,
    x: f32,
    baseline: f32,
    used: &mut BTreeSet<(FaceId, u16)>,
    body: &mut String,
) {
    let scale = run.size / UNITS_PER_EM;
    let _ = write!(
        body,
        r#"<g fill="{}" transform="translate({} {}) scale({scale} -{scale})">"#,
        hex(run.colour),
        short(x),
        short(baseline),
    );
    for cluster in &run.clusters {
        // Spaces have nothing to draw.
        if cluster.text.trim().is_empty() {
            continue;
        }
        for glyph in &cluster.glyphs {
            used.insert((run.face, glyph.id));
            let name = name(run.face, glyph.id);
            let (x, y) = ((glyph.x / scale).round(), (glyph.y / scale).round());
            let _ = write!(body, r##"<use href="#{name}" x="{x}" y="{y}"/>"##);
        }
    }
    body.push_str("</g>");
}

fn outline(segments: &[Segment], fill: Option<Colour>, stroke: Option<Stroke>, body: &mut String) {
    let fill = fill.map_or_else(|| "none".to_owned(), hex);
    let _ = write!(body, r#"<path d="{}" fill="{fill}""#, steps(segments));
    if let Some(Stroke { colour, width }) = stroke {
        let (colour, width) = (hex(colour), short(width));
        let _ = write!(body, r#" stroke="{colour}" stroke-width="{width}""#);
    }
    body.push_str("/>");
}

fn steps(segments: &[Segment]) -> String {
    let mut d = String::new();
    for segment in segments {
        let _ = match *segment {
            Segment::Move(x, y) => write!(d, "M{} {}", short(x), short(y)),
            Segment::Line(x, y) => write!(d, "L{} {}", short(x), short(y)),
            Segment::Curve([ax, ay], [bx, by], [x, y]) => write!(
                d,
                "C{} {} {} {} {} {}",
                short(ax),
                short(ay),
                short(bx),
                short(by),
                short(x),
                short(y)
            ),
            Segment::Close => write!(d, "Z"),
        };
    }
    d
}

/// Hundredths of a point are finer than any screen or printer.
fn short(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn hex(Colour(red, green, blue): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
