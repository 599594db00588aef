//! From the shape of `questions.toml` to checked questions.

use super::catalogue::{CatalogueError, Field, Group, ListSpec, Question, Section};
use super::kind::{Labelled, QuestionKind, ValidityKind};
use super::raw::{RawKind, RawList, RawQuestion, RawSection, RawValid, RawValidWord};
use crate::fact::{FactId, FactKind};
use crate::instrument::{Choice, Instrument};
use crate::nearest::nearest;

pub(super) fn dangling<'a>(
    name: &str,
    target: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> CatalogueError {
    CatalogueError::Dangling {
        name: name.to_owned(),
        target: target.to_owned(),
        nearest: nearest(target, known).map(str::to_owned),
    }
}

pub(super) fn checked_section(
    raw: RawSection,
    instruments: &[Instrument],
) -> Result<Section, CatalogueError> {
    let mut questions = Vec::new();
    for question in raw.questions {
        expand(question, instruments, &mut questions)?;
    }
    let groups = raw.groups.into_iter().map(|group| Group {
        id: group.id,
        title: group.title,
        warning_sign: group.warning_sign,
        citation: group.citation,
        mark: group.mark,
    });
    Ok(Section {
        id: raw.id,
        title: raw.title,
        hint: raw.hint,
        groups: groups.collect(),
        questions,
        lists: raw
            .lists
            .into_iter()
            .map(checked_list)
            .collect::<Result<_, _>>()?,
    })
}

fn expand(
    raw: RawQuestion,
    instruments: &[Instrument],
    into: &mut Vec<Question>,
) -> Result<(), CatalogueError> {
    let feature = matches!(raw.kind, RawKind::Feature {});
    let valid = raw.valid.unwrap_or(if feature {
        RawValid::Word(RawValidWord::ThisContact)
    } else {
        RawValid::Word(RawValidWord::Stable)
    });
    let base = Question {
        id: String::new(),
        text: raw.text,
        hint: raw.hint,
        kind: QuestionKind::YesNo,
        must: raw.must.unwrap_or(feature),
        group: raw.group,
        validity: valid.validity(),
        copy_forward: raw.copy_forward,
        show_when: raw.show_when,
        fact: None,
        on_request: None,
    };
    if let RawKind::Instrument {
        instrument,
        from,
        to,
    } = &raw.kind
    {
        return expand_instrument(&base, instrument, *from..=*to, instruments, into);
    }
    if matches!(raw.kind, RawKind::OnRequest {}) {
        let asked_for = instruments.iter().filter(|form| form.on_request);
        into.extend(asked_for.flat_map(|form| on_request(&base, form)));
        return Ok(());
    }
    let id = raw
        .id
        .ok_or_else(|| CatalogueError::Shape(format!("\"{}\" has no id", base.text)))?;
    if let Some(kind) = raw.kind.checked() {
        let question = Question { id, kind, ..base };
        into.push(with_fact(question));
    }
    Ok(())
}

/// The greatest number of answers that stand side by side; more are typed as a number.
const SIDE_BY_SIDE: usize = 11;

/// The items of an instrument that is asked only where somebody adds it. They give the rules no
/// facts one by one: only what they come to counts.
fn on_request<'a>(base: &'a Question, form: &'a Instrument) -> impl Iterator<Item = Question> + 'a {
    form.items.iter().enumerate().map(|(at, item)| {
        let options = form.options_of(item);
        let (min, max) = form.item_range(item);
        let kind = if options.len() > SIDE_BY_SIDE {
            QuestionKind::Number {
                min,
                max,
                unit: String::new(),
                odd_below: None,
                odd_above: None,
            }
        } else {
            item_kind(&form.id, at + 1, options)
        };
        Question {
            id: format!("{}-{}", form.id, at + 1),
            text: format!("{}: {}", form.name, item.text),
            kind,
            on_request: Some(form.id.clone()),
            ..base.clone()
        }
    })
}

fn item_kind(instrument: &str, item: usize, options: &[Choice]) -> QuestionKind {
    let options = options.iter().map(|option| Labelled {
        value: option.value.to_string(),
        label: option.label.clone(),
    });
    QuestionKind::InstrumentItem {
        instrument: instrument.to_owned(),
        item,
        options: options.collect(),
    }
}

/// A question whose answer the rules can use gives the fact of its own name.
fn with_fact(question: Question) -> Question {
    let fact = FactKind::of(&question).map(|_| FactId::new(&question.id));
    Question { fact, ..question }
}

fn expand_instrument(
    base: &Question,
    id: &str,
    items: std::ops::RangeInclusive<usize>,
    instruments: &[Instrument],
    into: &mut Vec<Question>,
) -> Result<(), CatalogueError> {
    let known = || instruments.iter().map(|instrument| instrument.id.as_str());
    let instrument = instruments
        .iter()
        .find(|instrument| instrument.id == id)
        .ok_or_else(|| dangling("instrument", id, known()))?;
    for number in items {
        let item = number
            .checked_sub(1)
            .and_then(|at| instrument.items.get(at))
            .ok_or_else(|| dangling(id, &number.to_string(), []))?;
        let question = Question {
            id: format!("{id}-{number}"),
            text: item.text.clone(),
            kind: item_kind(id, number, instrument.options_of(item)),
            ..base.clone()
        };
        into.push(with_fact(question));
    }
    Ok(())
}

fn checked_list(raw: RawList) -> Result<ListSpec, CatalogueError> {
    let validity = raw.valid.validity();
    let mut fields: Vec<Field> = Vec::with_capacity(raw.fields.len());
    for field in raw.fields {
        if fields.iter().any(|known| known.id == field.id) {
            return Err(CatalogueError::Twice(format!("{}.{}", raw.id, field.id)));
        }
        let kind = field
            .kind
            .checked()
            .ok_or_else(|| CatalogueError::Misplaced(field.id.clone()))?;
        let Some(kind) = Some(kind).filter(|kind| *kind != QuestionKind::Feature) else {
            return Err(CatalogueError::Misplaced(field.id));
        };
        fields.push(Field {
            id: field.id,
            label: field.label,
            hint: field.hint,
            kind,
            required: field.required,
        });
    }
    Ok(ListSpec {
        id: raw.id,
        title: raw.title,
        hint: raw.hint,
        empty_choice: raw.empty_choice,
        fields,
        validity,
        must: raw.must,
        stable: validity.kind == ValidityKind::Stable,
        copy_forward: raw.copy_forward,
    })
}
