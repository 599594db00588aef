//! From what a base or a vignette writes to the inputs of a case.

use std::collections::BTreeMap;

use toml::{Spanned, Value as Toml};

use super::Vignette;
use super::answers::{answer, question};
use super::error::{Place, VignetteError};
use super::fact::fact;
use super::raw::{RawCase, RawSigns};
use super::rows::{days_before, list_row, medicine_row};
use crate::answer::{Answer, Unanswered, Value};
use crate::fact::{Dated, FactId, Inputs, Known, ListAnswer, Origin, Row};
use crate::question::{Catalogue, QuestionKind};

/// The medicine list's name in the catalogue.
const MEDICINES: &str = "medicine";

/// What a case rests on.
#[derive(Clone, Default)]
pub(super) struct Case {
    pub(super) inputs: Inputs,
    pub(super) set: BTreeMap<FactId, Known>,
}

impl Case {
    /// This case with what a base or a vignette says beside it.
    pub(super) fn with(mut self, place: Place<'_>, raw: &RawCase) -> Result<Self, VignetteError> {
        if let Some(age) = &raw.age {
            self.inputs.age = age_of(place, age)?;
        }
        if let Some(signs) = raw.signs {
            self.all_signs(signs);
        }
        for (name, value) in &raw.answers {
            let given = answer(place, name, value)?;
            self.answer(name.get_ref(), vec![given]);
        }
        for (name, values) in &raw.conflict {
            let given = values.iter().map(|value| answer(place, name, value));
            self.answer(name.get_ref(), given.collect::<Result<_, _>>()?);
        }
        for (name, state) in &raw.unanswered {
            self.leave_unanswered(place, name, *state)?;
        }
        self.dates_and_origins(place, raw)?;
        self.lists(place, raw)?;
        for name in &raw.once_present {
            question(place, name)?;
            self.inputs.once_present.insert(name.get_ref().clone());
        }
        for (name, value) in &raw.facts {
            let (id, known) = fact(place, name, value)?;
            self.set.insert(id, known);
        }
        Ok(self)
    }

    fn answer(&mut self, id: &str, answers: Vec<Answer>) {
        let dated = answers.into_iter().map(|it| Dated::asked(it, Vignette::ON));
        self.inputs.answers.insert(id.to_owned(), dated.collect());
    }

    fn all_signs(&mut self, signs: RawSigns) {
        let features = Catalogue::shipped().questions();
        for sign in features.filter(|it| it.kind == QuestionKind::Feature) {
            match signs {
                RawSigns::AllAbsent => {
                    self.answer(&sign.id, vec![Answer::Given(Value::Bool(false))]);
                }
                RawSigns::NotAsked => {
                    self.inputs.answers.remove(&sign.id);
                }
            }
        }
    }

    /// Leaves a question or a list unanswered. What was not asked leaves no trace at all.
    fn leave_unanswered(
        &mut self,
        place: Place<'_>,
        name: &Spanned<String>,
        state: Unanswered,
    ) -> Result<(), VignetteError> {
        let id = name.get_ref();
        if Catalogue::shipped().list(id).is_some() {
            self.inputs.lists.remove(id);
            if state != Unanswered::NotAsked {
                let none = Dated::asked(Answer::Unanswered(state), Vignette::ON);
                self.inputs.lists.insert(
                    id.clone(),
                    ListAnswer {
                        rows: Vec::new(),
                        none: Some(none),
                    },
                );
            }
            return Ok(());
        }
        question(place, name)?;
        if state == Unanswered::NotAsked {
            self.inputs.answers.remove(id);
        } else {
            self.answer(id, vec![Answer::Unanswered(state)]);
        }
        Ok(())
    }

    fn dates_and_origins(&mut self, place: Place<'_>, raw: &RawCase) -> Result<(), VignetteError> {
        for (name, days) in &raw.days_ago {
            self.answered(place, name)?
                .iter_mut()
                .for_each(|dated| dated.on = days_before(*days));
        }
        for (name, origin) in &raw.from {
            let origin: Origin = *origin;
            self.answered(place, name)?
                .iter_mut()
                .for_each(|dated| dated.origin = origin);
        }
        Ok(())
    }

    fn answered(
        &mut self,
        place: Place<'_>,
        name: &Spanned<String>,
    ) -> Result<&mut Vec<Dated>, VignetteError> {
        question(place, name)?;
        let expected = "expected a question that this case answers";
        self.inputs
            .answers
            .get_mut(name.get_ref())
            .ok_or_else(|| place.fault(name.span().start, expected))
    }

    fn lists(&mut self, place: Place<'_>, raw: &RawCase) -> Result<(), VignetteError> {
        if let Some(medicines) = &raw.medicines {
            let rows = medicines
                .iter()
                .enumerate()
                .map(|(at, it)| medicine_row(place, at, it));
            let rows = rows.collect::<Result<_, _>>()?;
            self.list(MEDICINES, rows);
        }
        for (name, rows) in &raw.lists {
            let rows = rows
                .iter()
                .enumerate()
                .map(|(at, fields)| list_row(place, name, at, fields));
            let rows = rows.collect::<Result<_, _>>()?;
            self.list(name.get_ref(), rows);
        }
        Ok(())
    }

    /// A list with these rows; without any, one that was answered "none".
    fn list(&mut self, id: &str, rows: Vec<Row>) {
        let none = Dated::asked(Answer::Given(Value::Bool(true)), Vignette::ON);
        let none = rows.is_empty().then_some(none);
        let answer = ListAnswer { rows, none };
        self.inputs.lists.insert(id.to_owned(), answer);
    }
}

fn age_of(place: Place<'_>, age: &Spanned<Toml>) -> Result<Option<i64>, VignetteError> {
    match age.get_ref() {
        Toml::Integer(years) if (0..=130).contains(years) => Ok(Some(*years)),
        Toml::String(text) if text == "not-known" => Ok(None),
        _ => {
            let expected = "expected an age in whole years, or \"not-known\"";
            Err(place.fault(age.span().start, expected))
        }
    }
}
