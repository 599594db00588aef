//! Many answers at once, gathered away from the screen.

use std::collections::BTreeMap;

use assessment::answer::{Answer, Value};
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
    pub(crate) answers: Vec<(String, Answer)>,
    pub(crate) rows: Vec<(String, BTreeMap<String, Value>)>,
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
        let state = convert::from_engine(&answer);
        lines.push(answer_line(id, question, state, "clinician")?);
        asked.push(question);
    }
    for (list, fields) in gathered.rows {
        lines.push(row(desk, id, list, &fields)?);
    }
    for list in gathered.none {
        lines.push(none(id, list)?);
    }
    desk.whole(|desk| {
        desk.write(patient, lines)?;
        for question in asked {
            route::after_answer(desk, patient, id, question, false)?;
        }
        Ok(())
    })
}

fn row(
    desk: &mut Desk,
    assessment: ItemId,
    list: String,
    fields: &BTreeMap<String, Value>,
) -> Result<Line, Refusal> {
    let item = ItemId::from_random(desk.random());
    let slot = slots::item(&list, item);
    let fields = fields
        .iter()
        .map(|(name, value)| (name.clone(), convert::value_from_engine(value)))
        .collect();
    let body = Item {
        list,
        item,
        assessment,
        fields,
        removed: String::new(),
    };
    Line::of(slot, &body)
}

fn none(assessment: ItemId, list: String) -> Result<Line, Refusal> {
    let slot = slots::list(assessment, &list);
    let state = AnswerState::Given {
        value: Held::Bool(true),
    };
    let body = ListState {
        list,
        assessment,
        state,
    };
    Line::of(slot, &body)
}
