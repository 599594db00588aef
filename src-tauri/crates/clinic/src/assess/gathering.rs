//! Many answers at once, gathered away from the screen.

use std::collections::BTreeMap;

use assessment::question::{Catalogue, check_answer};
use record::body::{AnswerState, AnswerValue as Held, Item, ListState};
use record::id::ItemId;

use super::answering::{answer_line, writable};
use super::convert;
use crate::case::slots;
use crate::desk::{Desk, Line};
use crate::refusal::Refusal;
use crate::route;

/// What was gathered away from the screen: answers, rows of lists and lists that are empty.
pub(crate) struct Gathered {
    pub(crate) answers: Vec<(String, assessment::answer::Answer)>,
    pub(crate) rows: Vec<(String, BTreeMap<String, assessment::answer::Value>)>,
    pub(crate) none: Vec<String>,
}

/// Records everything gathered in one envelope, then leads where its warning signs lead.
pub(crate) fn gather(desk: &mut Desk, assessment: &str, gathered: Gathered) -> Result<(), Refusal> {
    let (id, patient) = writable(desk, assessment)?;
    let mut lines = Vec::new();
    let mut asked = Vec::new();
    for (question, answer) in gathered.answers {
        let question = Catalogue::shipped()
            .question(&question)
            .ok_or(Refusal::NotFound("That question"))?;
        check_answer(question, &answer)
            .map_err(|error| Refusal::field(&question.id, error.to_string()))?;
        lines.push(answer_line(
            id,
            question,
            convert::from_engine(&answer),
            "clinician",
        )?);
        asked.push(question);
    }
    for (list, fields) in gathered.rows {
        let item = ItemId::from_random(desk.random());
        let fields = fields
            .iter()
            .map(|(name, value)| (name.clone(), convert::value_from_engine(value)))
            .collect();
        let body = Item {
            list: list.clone(),
            item,
            assessment: id,
            fields,
            removed: String::new(),
        };
        lines.push(Line::of(slots::item(&list, item), &body)?);
    }
    for list in gathered.none {
        let state = AnswerState::Given {
            value: Held::Bool(true),
        };
        lines.push(Line::of(
            slots::list(id, &list),
            &ListState {
                list: list.clone(),
                assessment: id,
                state,
            },
        )?);
    }
    desk.write(patient, lines)?;
    for question in asked {
        route::after_answer(desk, patient, id, question, false)?;
    }
    Ok(())
}
