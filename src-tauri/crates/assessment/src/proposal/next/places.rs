//! Where the questions of the catalogue stand on paper.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::instrument::Instrument;
use crate::question::{Catalogue, Question, QuestionKind};

/// The place of every question and list, so that names are compared once and not in a loop.
pub(super) struct Places {
    of: HashMap<&'static str, usize>,
    /// Whether the question at each place is about somebody's safety, or decides whether one is
    /// asked that is. Such as item 9 of the PHQ-9, which stands with the warning signs.
    about_safety: Vec<bool>,
}

static SHIPPED: LazyLock<Places> = LazyLock::new(|| {
    let catalogue = Catalogue::shipped();
    let questions = catalogue.questions().map(|question| question.id.as_str());
    let sections = catalogue.sections.iter();
    let lists = sections.flat_map(|section| section.lists.iter().map(|list| list.id.as_str()));
    let of: HashMap<&str, usize> = questions.chain(lists).zip(0..).collect();
    let mut about_safety = vec![false; of.len()];
    for question in questions_about_safety() {
        if let Some(&place) = of.get(question) {
            about_safety[place] = true;
        }
    }
    Places { of, about_safety }
});

fn questions_about_safety() -> BTreeSet<&'static str> {
    let items = Catalogue::shipped()
        .questions()
        .filter(|it| is_safety_item(it));
    items
        .flat_map(|item| {
            let deciding = item.show_when.as_ref().map(|it| it.question.as_str());
            [Some(item.id.as_str()), deciding]
        })
        .flatten()
        .collect()
}

fn is_safety_item(question: &Question) -> bool {
    match &question.kind {
        QuestionKind::InstrumentItem {
            instrument, item, ..
        } => Instrument::by_id(instrument).and_then(|it| it.safety_item) == Some(*item),
        _ => false,
    }
}

impl Places {
    /// Those of the shipped catalogue.
    pub(super) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.of.len()
    }

    /// Whether the question at a place is about somebody's safety.
    pub(super) fn is_about_safety(&self, place: usize) -> bool {
        self.about_safety.get(place).copied().unwrap_or_default()
    }

    /// The place of a question or a list.
    pub(super) fn of(&self, id: &str) -> Option<usize> {
        self.of.get(id).copied()
    }
}
