//! The structure tree, as screen readers walk it.

use std::collections::BTreeMap;

use lopdf::{Document as File, Object, ObjectId, dictionary};

use super::content::Piece;
use super::faces::utf16;
use crate::display::TagId;
use crate::sheet::PAGE_HEIGHT;
use crate::tags::{Attribute, Tag, Tags};

/// What the pages hold, as far as the tree is concerned.
pub(super) struct Content<'a> {
    pub(super) pieces: &'a [Piece],
    pub(super) bounds: &'a BTreeMap<TagId, [f32; 4]>,
}

/// A piece as the tree holds it.
struct Part {
    tag: TagId,
    page: usize,
    /// The element that the piece itself is in.
    owner: ObjectId,
    /// What the tag's element lists.
    kid: Object,
}

/// Adds the tree and gives the number of its root.
pub(super) fn add(
    file: &mut File,
    pages: &[ObjectId],
    tags: &Tags,
    content: &Content<'_>,
) -> ObjectId {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = tags.nodes().iter().map(|_| file.new_object_id()).collect();
    let id = |tag: TagId| ids.get(tag.0).copied().unwrap_or(root);
    let pieces = content.pieces.iter();
    let parts: Vec<Part> = pieces
        .filter_map(|piece| Some(part(file, piece, id(piece.tag), *pages.get(piece.page)?)))
        .collect();
    let kids = kids(tags, &parts, &id);
    for ((index, tag), kids) in tags.nodes().iter().enumerate().zip(kids) {
        let number = TagId(index);
        let parent = tag.parent.map_or(root, id);
        let element = element(tag, content.bounds.get(&number), kids, parent);
        file.objects.insert(id(number), element);
    }
    let mut numbers = Vec::with_capacity(pages.len() * 2);
    for page in 0..pages.len() {
        let own = parts.iter().filter(|part| part.page == page);
        let owners: Vec<Object> = own.map(|part| part.owner.into()).collect();
        numbers.push(integer(page));
        numbers.push(owners.into());
    }
    let parents = file.add_object(dictionary! { "Nums" => numbers });
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => id(TagId(0)),
        "ParentTree" => parents,
        "ParentTreeNextKey" => integer(pages.len()),
    };
    file.objects.insert(root, tree.into());
    root
}

/// A piece; one that is read as another text is in a span of its own that gives it, because some
/// readers heed that text only in the tree.
fn part(file: &mut File, piece: &Piece, tag: ObjectId, page: ObjectId) -> Part {
    let reference = dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => piece.number };
    let mut part = Part {
        tag: piece.tag,
        page: piece.page,
        owner: tag,
        kid: reference.into(),
    };
    if let Some(instead) = &piece.instead {
        let span = dictionary! {
            "Type" => "StructElem",
            "S" => "Span",
            "P" => tag,
            "ActualText" => text(instead),
            "K" => vec![part.kid],
        };
        part.owner = file.add_object(span);
        part.kid = part.owner.into();
    }
    part
}

/// The children of each node. A node with content of its own has its parts in the order in which
/// they are drawn; any other has its children in the order in which they were written, so that
/// an empty cell keeps its column.
fn kids(tags: &Tags, parts: &[Part], id: &impl Fn(TagId) -> ObjectId) -> Vec<Vec<Object>> {
    let mut kids: Vec<Vec<(usize, Object)>> = tags.nodes().iter().map(|_| Vec::new()).collect();
    let mut first = vec![usize::MAX; kids.len()];
    for (order, part) in parts.iter().enumerate() {
        if let Some(own) = kids.get_mut(part.tag.0) {
            own.push((order, part.kid.clone()));
        }
        if let Some(first) = first.get_mut(part.tag.0) {
            *first = order.min(*first);
        }
    }
    let with_content: Vec<bool> = kids.iter().map(|own| !own.is_empty()).collect();
    for (index, tag) in tags.nodes().iter().enumerate() {
        let Some(parent) = tag.parent else { continue };
        let order = first.get(index).copied().unwrap_or(usize::MAX);
        if let Some(siblings) = kids.get_mut(parent.0) {
            siblings.push((order, id(TagId(index)).into()));
        }
    }
    kids.into_iter()
        .zip(with_content)
        .map(|(mut own, mixed)| {
            if mixed {
                own.sort_by_key(|(order, _)| *order);
            }
            own.into_iter().map(|(_, kid)| kid).collect()
        })
        .collect()
}

fn element(tag: &Tag, bounds: Option<&[f32; 4]>, kids: Vec<Object>, parent: ObjectId) -> Object {
    let mut element = dictionary! { "Type" => "StructElem", "S" => tag.kind, "P" => parent };
    if let Some(alt) = &tag.alt {
        element.set("Alt", text(alt));
    }
    if let Some(language) = &tag.language {
        element.set("Lang", Object::string_literal(language.as_str()));
    }
    match tag.attribute {
        Some(Attribute::Scope(scope)) => {
            element.set("A", dictionary! { "O" => "Table", "Scope" => scope });
        }
        Some(Attribute::Numbering(marks)) => {
            element.set("A", dictionary! { "O" => "List", "ListNumbering" => marks });
        }
        None => {}
    }
    if let (Some(&[left, top, right, bottom]), "Figure") = (bounds, tag.kind) {
        let corners = [left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top];
        let corners: Vec<Object> = corners.into_iter().map(Object::Real).collect();
        element.set(
            "A",
            dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners },
        );
    }
    element.set("K", kids);
    element.into()
}

/// A text string that may hold any character.
pub(super) fn text(text: &str) -> Object {
    Object::String(utf16(text), lopdf::StringFormat::Hexadecimal)
}

/// A count as a PDF number.
pub(super) fn integer(count: usize) -> Object {
    Object::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
