//! From the record to what the rules read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use assessment::answer::{Answer, Unanswered};
use assessment::fact::{Dated, Facts, Inputs, ListAnswer, Origin, Row, RowVersion};
use assessment::instrument::Instrument;
use assessment::proposal::{Proposal, evaluate};
use assessment::question::{Catalogue, Question};
use assessment::ruleset::Ruleset;
use jiff::civil::Date;
use record::body::{AnswerState, AnswerValue, Answered, Item, ListState};
use record::id::ItemId;

use crate::assess::{to_engine, value_to_engine};
use crate::case::{Case, ItemNow, may_count};
use crate::route::{raises, route_of};

/// The facts of an assessment as of a day.
pub(crate) fn of(case: &Case, assessment: ItemId, on: Date) -> Facts {
    Facts::gather(&inputs(case, assessment, on), on)
}

/// The facts of an assessment as of a day, and what the rules propose for them.
pub(crate) struct Judged {
    pub(crate) facts: Facts,
    /// The rules it is judged by.
    pub(crate) rules: Arc<Ruleset>,
    proposal: OnceLock<Proposal>,
}

impl Judged {
    /// Gathers the facts. Ask [`Case::judged`], which does so once.
    pub(crate) fn of(case: &Case, assessment: ItemId, on: Date) -> Self {
        Self::by(&case.in_use().rules, of(case, assessment, on))
    }

    /// Facts and the rules to judge them by.
    pub(crate) fn by(rules: &Arc<Ruleset>, facts: Facts) -> Self {
        Self {
            facts,
            rules: Arc::clone(rules),
            proposal: OnceLock::new(),
        }
    }

    /// What the rules propose.
    pub(crate) fn proposal(&self) -> &Proposal {
        self.proposal
            .get_or_init(|| evaluate(&self.rules, &self.facts, self.facts.on))
    }
}

fn inputs(case: &Case, assessment: ItemId, on: Date) -> Inputs {
    Inputs {
        answers: answers(case, assessment, on),
        lists: lists(case, assessment, on),
        age: case.identity().age(on).map(i64::from),
        once_present: once_present(case, assessment),
        forms: forms(case, assessment),
    }
}

/// Every answer that stands, each on the day it was given.
fn answers(case: &Case, assessment: ItemId, on: Date) -> BTreeMap<String, Vec<Dated>> {
    let mut answers: BTreeMap<String, Vec<Dated>> = BTreeMap::new();
    for (question, all) in case.answers(assessment) {
        let dated = all.into_iter().map(|now| Dated {
            answer: to_engine(now.state),
            on: now.placed.entry.took_place().local().date(),
            origin: origin(now.source),
        });
        answers.insert(question, dated.collect());
    }
    // A newer version of Felloe may have written anything: to the rules nobody has asked.
    for slot in case.unread::<Answered>(&format!("answer/{assessment}")) {
        if let Some(question) = slot.segments().last() {
            let unknown = Dated::asked(Answer::Unanswered(Unanswered::NotAsked), on);
            answers
                .entry(question.to_owned())
                .or_default()
                .push(unknown);
        }
    }
    answers
}

/// The questionnaires that were added and count.
fn forms(case: &Case, assessment: ItemId) -> BTreeSet<String> {
    let used = case.forms(assessment);
    used.into_iter()
        .filter(|(id, used)| Instrument::by_id(id).is_some_and(|form| may_count(form, used)))
        .map(|(id, _)| id)
        .collect()
}

fn origin(source: &str) -> Origin {
    match source {
        "letter" => Origin::Paper,
        "patient" => Origin::Patient,
        _ => Origin::Clinician,
    }
}

/// Rows count from the assessment they were recorded or confirmed in; one that is only offered
/// from last time counts for nothing, save allergies and implanted devices, which never lapse. Of
/// versions that did not see each other all count as soon as one does.
fn lists(case: &Case, assessment: ItemId, on: Date) -> BTreeMap<String, ListAnswer> {
    let mut lists: BTreeMap<String, ListAnswer> = BTreeMap::new();
    let items = case.items(assessment);
    let here: BTreeSet<ItemId> = items
        .iter()
        .filter(|item| item.assessment == assessment)
        .map(|item| item.item)
        .collect();
    for item in items {
        let lapses = !matches!(item.list.as_str(), "allergy" | "device");
        if lapses && !here.contains(&item.item) {
            continue;
        }
        let version = version(&item);
        let rows = &mut lists.entry(item.list).or_default().rows;
        let row = row_of(rows, item.item.to_string());
        row.versions.push(version);
        row.taken_off |= item.taken_off;
    }
    unread_rows(case, &mut lists, on);
    for (list, state) in case.list_states(assessment) {
        let asked = Dated::asked(to_engine(&state), on);
        lists.entry(list).or_default().none = Some(asked);
    }
    for slot in case.unread::<ListState>(&format!("list/{assessment}")) {
        if let Some(list) = slot.segments().last() {
            let unknown = Dated::asked(Answer::Unanswered(Unanswered::NotAsked), on);
            lists.entry(list.to_owned()).or_default().none = Some(unknown);
        }
    }
    lists
}

fn version(item: &ItemNow) -> RowVersion {
    let field = |(name, value): (&String, &AnswerValue)| {
        (name.clone(), Answer::Given(value_to_engine(value)))
    };
    RowVersion {
        fields: item.fields.iter().map(field).collect(),
        on: item.asked.local().date(),
    }
}

fn row_of(rows: &mut Vec<Row>, id: String) -> &mut Row {
    let at = rows.iter().position(|row| row.id == id);
    let at = at.unwrap_or_else(|| {
        rows.push(Row {
            id,
            versions: Vec::new(),
            taken_off: false,
        });
        rows.len() - 1
    });
    &mut rows[at]
}

/// A row that a newer version of Felloe wrote counts as something of which nothing is known: a
/// medicine without a name, so that no total is complete.
fn unread_rows(case: &Case, lists: &mut BTreeMap<String, ListAnswer>, on: Date) {
    for slot in case.unread::<Item>("item") {
        let mut segments = slot.segments().skip(1);
        if let (Some(list), Some(item)) = (segments.next(), segments.next()) {
            let rows = &mut lists.entry(list.to_owned()).or_default().rows;
            row_of(rows, item.to_owned()).versions.push(RowVersion {
                fields: BTreeMap::new(),
                on,
            });
        }
    }
}

/// Warning signs that were present, or item 9 above 0, at any time in this assessment. They stay listed, whoever
/// changed them, until a decision is signed.
fn once_present(case: &Case, assessment: ItemId) -> BTreeSet<String> {
    if case.decision(assessment).one().is_some() {
        return BTreeSet::new();
    }
    case.record
        .timeline()
        .into_iter()
        .filter(|placed| case.record.stands(&placed.id))
        .filter_map(|placed| case.read::<Answered>(placed))
        .filter(|found| found.body.assessment == assessment)
        .filter(|found| {
            Catalogue::shipped()
                .question(&found.body.question)
                .is_some_and(|question| is_raised(question, &found.body.answer))
        })
        .map(|found| found.body.question.clone())
        .collect()
}

/// Present, or item 9 above 0.
pub(crate) fn is_raised(question: &Question, answer: &AnswerState) -> bool {
    let given = matches!(answer, AnswerState::Given { .. });
    given && route_of(question).is_some() && raises(question, answer)
}
