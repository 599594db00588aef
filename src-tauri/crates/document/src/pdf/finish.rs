//! What makes a PDF of the pages: language, title, structure, headings, colour.

use lopdf::{Document as File, Object, ObjectId, Stream, dictionary};

use super::structure::{self, Content, integer};
use super::{Source, headings, metadata, srgb};
use crate::DocumentError;

/// Finishes the file, but for what hangs on its date.
pub(super) fn finish(
    file: &mut File,
    source: &Source<'_>,
    content: &Content<'_>,
) -> Result<(), DocumentError> {
    let pages = number_pages(file)?;
    let tree = structure::add(file, &pages, source.tags, content);
    let headings = headings::add(file, &pages, source.marks);
    let intent = intent(file);
    let metadata = metadata::add(file, source.document)?;
    let language = Object::string_literal(source.document.language.as_str());
    let catalog = file.catalog_mut().map_err(|_| damaged())?;
    catalog.set("Lang", language);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("StructTreeRoot", tree);
    let viewer = dictionary! { "DisplayDocTitle" => true };
    catalog.set("ViewerPreferences", viewer);
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent]);
    catalog.set("PageMode", "UseNone");
    if let Some(headings) = headings {
        catalog.set("Outlines", headings);
    }
    file.version = "1.7".into();
    Ok(())
}

/// Gives each page its number in the structure, and the pages' own numbers back.
fn number_pages(file: &mut File) -> Result<Vec<ObjectId>, DocumentError> {
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    for (number, page) in pages.iter().enumerate() {
        let page = file
            .get_object_mut(*page)
            .and_then(Object::as_dict_mut)
            .map_err(|_| damaged())?;
        page.set("StructParents", integer(number));
        page.set("Tabs", "S");
        page.remove(b"Annots");
    }
    Ok(pages)
}

/// Which colours the file means by its numbers.
fn intent(file: &mut File) -> Object {
    let profile = Stream::new(dictionary! { "N" => 3 }, srgb::profile());
    let profile = file.add_object(profile);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    intent.into()
}

pub(super) fn damaged() -> DocumentError {
    DocumentError::Internal("the PDF's own parts do not fit together")
}
