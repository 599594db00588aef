//! Who, what and when: the parts of the file that say what it is, and its date.

use jiff::Timestamp;
use lopdf::{Document as File, Object, ObjectId, Stream, StringFormat, dictionary};

use super::finish::damaged;
use super::structure::text;
use crate::{Document, DocumentError};

/// Stands for the date until it is known; as long as one.
const DATE: &str = "D:00010101000000Z";
/// The same, as the metadata writes dates.
const XMP_DATE: &str = "0001-01-01T00:00:00Z";
/// The last second of the year 9999: dates are four digits long.
const LAST: i64 = 253_402_300_799;

/// A PDF complete but for its date, which can be put in without making it again.
pub(crate) struct Undated {
    bytes: Vec<u8>,
}

impl Undated {
    /// The PDF, dated so many seconds after 1 January 1970 00:00 UTC.
    pub(crate) fn dated(&self, made_at: i64) -> Vec<u8> {
        let made = Timestamp::from_second(made_at.clamp(0, LAST)).unwrap_or_default();
        let mut bytes = self.bytes.clone();
        let dates = [
            (DATE, made.strftime("D:%Y%m%d%H%M%SZ").to_string()),
            (XMP_DATE, made.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        ];
        for (standing_in, date) in dates {
            replace(&mut bytes, standing_in.as_bytes(), date.as_bytes());
        }
        bytes
    }
}

/// Replaces by something of the same length, so that nothing in the file moves.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    if old.len() != new.len() {
        return;
    }
    let places: Vec<usize> = bytes
        .windows(old.len())
        .enumerate()
        .filter(|(_, window)| *window == old)
        .map(|(at, _)| at)
        .collect();
    for at in places {
        if let Some(place) = bytes.get_mut(at..at + old.len()) {
            place.copy_from_slice(new);
        }
    }
}

/// Adds the metadata, with dates to be put in, and gives its number.
pub(super) fn add(file: &mut File, document: &Document) -> Result<ObjectId, DocumentError> {
    let information = file
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .map_err(|_| damaged())?;
    let date = || Object::string_literal(DATE);
    let about = dictionary! {
        "Title" => text(&document.title),
        "Creator" => Object::string_literal("Felloe"),
        "Producer" => Object::string_literal("Felloe"),
        "CreationDate" => date(),
        "ModDate" => date(),
    };
    file.objects.insert(information, about.into());
    let head = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let stream = Stream::new(head, xmp(document).into_bytes()).with_compression(false);
    Ok(file.add_object(stream))
}

/// Saves the file under an identity made from its content.
pub(super) fn save(file: &mut File) -> Result<Undated, DocumentError> {
    file.compress();
    file.trailer.remove(b"ID");
    let identity = blake3::hash(&written(file)?);
    let identity: Vec<u8> = identity.as_bytes().iter().take(16).copied().collect();
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![identity.clone(), identity]);
    let bytes = written(file)?;
    Ok(Undated { bytes })
}

fn written(file: &mut File) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|_| damaged())?;
    Ok(bytes)
}

fn xmp(document: &Document) -> String {
    format!(
        concat!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
            "<rdf:Description rdf:about=\"\"",
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"",
            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"",
            " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">",
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>",
            "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>",
            "<xmp:CreatorTool>Felloe</xmp:CreatorTool>",
            "<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>",
            "<pdf:Producer>Felloe</pdf:Producer>",
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
        ),
        title = escaped(&document.title),
        language = escaped(&document.language),
        date = XMP_DATE,
    )
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .map(|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}
