//! Where the questions of the catalogue stand on paper.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::question::Catalogue;

/// The place of every question and list, so that names are compared once and not in a loop.
pub(super) struct Places {
    of: HashMap<&'static str, usize>,
}

static SHIPPED: LazyLock<Places> = LazyLock::new(|| {
    let catalogue = Catalogue::shipped();
    let questions = catalogue.questions().map(|question| question.id.as_str());
    let sections = catalogue.sections.iter();
    let lists = sections.flat_map(|section| section.lists.iter().map(|list| list.id.as_str()));
    Places {
        of: questions.chain(lists).zip(0..).collect(),
    }
});

impl Places {
    /// Those of the shipped catalogue.
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.of.len()
    }

    /// The place of a question or a list.
    pub(super) fn of(&self, id: &str) -> Option<usize> {
        self.of.get(id).copied()
    }
}
