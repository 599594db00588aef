//! Sections with their questions and lists.

use assessment::question::{Catalogue, Field, ListSpec, Question, QuestionKind, Section};
use record::body::AnswerState;

use super::super::convert::{to_screen, value_to_screen};
use super::Shown;
use super::said::item_words;
use crate::case::ItemNow;
use crate::view;
use crate::view::{AnswerView, Choice, ItemView, ListView, QuestionView, SectionView};

impl Shown<'_> {
    /// Every section.
    pub(crate) fn sections(&self) -> Vec<SectionView> {
        Catalogue::shipped()
            .sections
            .iter()
            .map(|section| self.section(section))
            .collect()
    }

    pub(super) fn section(&self, section: &Section) -> SectionView {
        let questions = self.questions(section);
        let lists: Vec<ListView> = section.lists.iter().map(|list| self.list(list)).collect();
        let shown: Vec<&QuestionView> =
            questions.iter().filter(|question| question.shown).collect();
        let open =
            |question: &QuestionView| matches!(self.state(&question.id), AnswerState::NotAsked);
        let answered = shown.iter().filter(|question| !open(question)).count()
            + lists.iter().filter(|list| list_is_settled(list)).count();
        let of = shown.len() + lists.len();
        let open_lists = section.lists.iter().zip(&lists);
        let must_open = shown.iter().filter(|it| it.must && open(it)).count()
            + open_lists
                .filter(|(spec, list)| spec.must && !list_is_settled(list))
                .count();
        SectionView {
            id: section.id.clone(),
            title: section.title.clone(),
            hint: section.hint.clone(),
            state: match (answered, must_open) {
                (0, _) => "none",
                (_, 0) if answered == of || must_open == 0 => "done",
                _ => "part",
            }
            .into(),
            answered: small(answered),
            of: small(of),
            must_open: small(must_open),
            lists_first: matches!(section.id.as_str(), "where" | "medicines"),
            scores: self.scores(section),
            forms: self.forms(section),
            addable: self.addable(section),
            questions,
            lists,
        }
    }

    fn questions(&self, section: &Section) -> Vec<QuestionView> {
        let group = |question: &Question| {
            let mut groups = section.groups.iter();
            groups.find(|group| Some(&group.id) == question.group.as_ref())
        };
        let questions = section.questions.iter();
        questions
            .filter(|question| self.stands(question))
            .map(|question| {
                // An item of an added form belongs to that form.
                let form = question.on_request.clone();
                let title = group(question).map(|group| group.title.clone());
                self.question(question, form.or(title).unwrap_or_default())
            })
            .collect()
    }

    pub(super) fn question(&self, question: &Question, group: String) -> QuestionView {
        let (text, asked) = self.worded(question);
        QuestionView {
            id: question.id.clone(),
            text,
            hint: question.hint.clone(),
            kind: kind(&asked),
            must: question.must,
            group,
            shown: self.is_shown(question.show_when.as_ref()),
        }
    }

    pub(super) fn list(&self, list: &ListSpec) -> ListView {
        let rows = |wanted: &dyn Fn(&ItemNow) -> bool| -> Vec<ItemView> {
            self.items
                .iter()
                .filter(|item| item.list == list.id && wanted(item))
                .map(|item| self.item(list, item))
                .collect()
        };
        let here = |item: &ItemNow| {
            item.assessment == self.assessment || self.previous.is_none() || !list.copy_forward
        };
        ListView {
            id: list.id.clone(),
            title: list.title.clone(),
            hint: list.hint.clone(),
            none_words: list.empty_choice.clone(),
            state: to_screen(
                &QuestionKind::YesNo,
                self.lists.get(&list.id).unwrap_or(&AnswerState::NotAsked),
            ),
            fields: list.fields.iter().map(field).collect(),
            items: rows(&here),
            offered: rows(&|item| !here(item)),
        }
    }

    pub(super) fn item(&self, list: &ListSpec, item: &ItemNow) -> ItemView {
        let kind_of = |name: &str| {
            list.fields
                .iter()
                .find(|field| field.id == name)
                .map(|field| &field.kind)
        };
        let mut notes = if list.id == "medicine" {
            self.medicines().notes(item.item)
        } else {
            Vec::new()
        };
        if item.conflict {
            notes.push(view::ItemNote {
                tone: "check".into(),
                words: "Two versions of this row did not see each other. Both are kept.".into(),
            });
        }
        ItemView {
            id: item.item.to_string(),
            fields: item
                .fields
                .iter()
                .map(|(name, value)| {
                    (
                        name.clone(),
                        value_to_screen(kind_of(name).unwrap_or(&QuestionKind::YesNo), value),
                    )
                })
                .collect(),
            words: item_words(list, item),
            notes,
        }
    }
}

pub(super) fn list_is_settled(list: &ListView) -> bool {
    !list.items.is_empty() || !matches!(list.state, AnswerView::NotAsked)
}

pub(super) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(super) fn field(field: &Field) -> QuestionView {
    QuestionView {
        id: field.id.clone(),
        text: field.label.clone(),
        hint: field.hint.clone(),
        kind: kind(&field.kind),
        must: field.required,
        group: String::new(),
        shown: true,
    }
}

pub(crate) fn kind(kind: &QuestionKind) -> view::QuestionKind {
    let choices = |options: &[assessment::question::Labelled]| {
        options
            .iter()
            .map(|option| Choice {
                value: option.value.clone(),
                label: option.label.clone(),
            })
            .collect()
    };
    match kind {
        QuestionKind::Feature => view::QuestionKind::Feature,
        QuestionKind::YesNo => view::QuestionKind::YesNo,
        QuestionKind::Choice { options } => view::QuestionKind::Choice {
            options: choices(options),
        },
        QuestionKind::Choices { options } => view::QuestionKind::Choices {
            options: choices(options),
        },
        QuestionKind::Rating { low, high } => view::QuestionKind::Rating {
            low: low.clone(),
            high: high.clone(),
        },
        QuestionKind::Number { min, max, unit, .. } => view::QuestionKind::Number {
            min: *min,
            max: *max,
            unit: unit.clone(),
        },
        QuestionKind::Decimal { min, max, unit } => view::QuestionKind::Decimal {
            min: *min,
            max: *max,
            unit: unit.clone(),
        },
        QuestionKind::Text { lines } => view::QuestionKind::Text {
            lines: u32::from(*lines),
        },
        QuestionKind::Date => view::QuestionKind::Date,
        QuestionKind::InstrumentItem {
            instrument,
            options,
            ..
        } => view::QuestionKind::Item {
            instrument: instrument.clone(),
            options: choices(options),
        },
    }
}
