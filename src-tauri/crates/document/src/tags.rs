//! The structure tree: what each piece of the page is, for those who listen to it.

use crate::display::TagId;

/// The structure of a document, in reading order: a parent comes before its children.
pub(crate) struct Tags {
    nodes: Vec<Tag>,
    open: Vec<TagId>,
}

/// One node.
pub(crate) struct Tag {
    /// Its standard structure type in PDF 1.7, such as `P`.
    pub(crate) kind: &'static str,
    pub(crate) parent: Option<TagId>,
    /// What stands in for it when it is read out.
    pub(crate) alt: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) attribute: Option<Attribute>,
}

/// A property of a node that a reader needs.
#[derive(Clone, Copy)]
pub(crate) enum Attribute {
    /// A head cell speaks for its column, or for its row.
    Scope(&'static str),
    /// How a list's items are marked.
    Numbering(&'static str),
}

impl Tags {
    pub(crate) fn new() -> Self {
        let root = Tag {
            kind: "Document",
            parent: None,
            alt: None,
            language: None,
            attribute: None,
        };
        Self {
            nodes: vec![root],
            open: vec![TagId(0)],
        }
    }

    /// Adds a node and makes it the one that what follows is inside of.
    pub(crate) fn open(&mut self, kind: &'static str) -> TagId {
        let id = self.add(kind);
        self.open.push(id);
        id
    }

    /// Goes back to the parent of the node last opened.
    pub(crate) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds a node with nothing inside but what is drawn.
    pub(crate) fn add(&mut self, kind: &'static str) -> TagId {
        let parent = self.open.last().copied();
        self.push(kind, parent)
    }

    /// Adds a stretch of another language inside a node.
    pub(crate) fn add_language(&mut self, parent: TagId, language: &str) -> TagId {
        let id = self.push("Span", Some(parent));
        if let Some(tag) = self.nodes.get_mut(id.0) {
            tag.language = Some(language.to_owned());
        }
        id
    }

    pub(crate) fn describe(&mut self, id: TagId, alt: &str) {
        if let Some(tag) = self.nodes.get_mut(id.0) {
            tag.alt = Some(alt.to_owned());
        }
    }

    pub(crate) fn attribute(&mut self, id: TagId, attribute: Attribute) {
        if let Some(tag) = self.nodes.get_mut(id.0) {
            tag.attribute = Some(attribute);
        }
    }

    pub(crate) fn nodes(&self) -> &[Tag] {
        &self.nodes
    }

    fn push(&mut self, kind: &'static str, parent: Option<TagId>) -> TagId {
        let id = TagId(self.nodes.len());
        self.nodes.push(Tag {
            kind,
            parent,
            alt: None,
            language: None,
            attribute: None,
        });
        id
    }
}
