//! The list of headings that PDF readers show beside the pages.

use lopdf::{Dictionary, Document as File, Object, ObjectId, dictionary};

use super::structure::{integer, text};
use crate::paging::Marked;
use crate::sheet::PAGE_HEIGHT;

/// Adds the list, with deeper headings inside the ones over them; none when there are none.
pub(super) fn add(file: &mut File, pages: &[ObjectId], marks: &[Marked]) -> Option<ObjectId> {
    if marks.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = marks.iter().map(|_| file.new_object_id()).collect();
    let parents = parents(marks);
    for (index, (mark, &id)) in marks.iter().zip(&ids).enumerate() {
        let parent = parents.get(index).copied().flatten();
        let mut entry = dictionary! {
            "Title" => text(&mark.bookmark.title),
            "Parent" => parent.and_then(|of| ids.get(of).copied()).unwrap_or(root),
        };
        if let Some(&page) = pages.get(mark.page) {
            let up = Object::Real((PAGE_HEIGHT - mark.y + 6.0).round());
            entry.set(
                "Dest",
                vec![page.into(), "XYZ".into(), 0.into(), up, Object::Null],
            );
        }
        let siblings = children(&parents, parent);
        let at = siblings.iter().position(|&sibling| sibling == index);
        let beside = |step: isize| {
            let at = at?.checked_add_signed(step)?;
            siblings.get(at).and_then(|&of| ids.get(of).copied())
        };
        if let Some(before) = beside(-1) {
            entry.set("Prev", before);
        }
        if let Some(after) = beside(1) {
            entry.set("Next", after);
        }
        span(&mut entry, Some(index), &parents, &ids);
        file.objects.insert(id, entry.into());
    }
    let mut list = dictionary! { "Type" => "Outlines" };
    span(&mut list, None, &parents, &ids);
    file.objects.insert(root, list.into());
    Some(root)
}

/// Which heading each heading stands under.
fn parents(marks: &[Marked]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(marks.len());
    for (index, mark) in marks.iter().enumerate() {
        let above = |of: &usize| {
            let level = marks.get(*of).map_or(0, |other| other.bookmark.level);
            level < mark.bookmark.level
        };
        while open.last().is_some_and(|of| !above(of)) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

fn children(parents: &[Option<usize>], of: Option<usize>) -> Vec<usize> {
    let entries = parents.iter().enumerate();
    entries
        .filter(|(_, parent)| **parent == of)
        .map(|(index, _)| index)
        .collect()
}

/// Names the first and the last entry inside, and how many there are at any depth.
fn span(entry: &mut Dictionary, of: Option<usize>, parents: &[Option<usize>], ids: &[ObjectId]) {
    let inside = children(parents, of);
    let id = |index: Option<&usize>| index.and_then(|&of| ids.get(of).copied());
    if let (Some(first), Some(last)) = (id(inside.first()), id(inside.last())) {
        entry.set("First", first);
        entry.set("Last", last);
        entry.set("Count", integer(all_inside(parents, of)));
    }
}

fn all_inside(parents: &[Option<usize>], of: Option<usize>) -> usize {
    let inside = children(parents, of);
    let deeper = inside.iter().map(|&child| all_inside(parents, Some(child)));
    inside.len() + deeper.sum::<usize>()
}
