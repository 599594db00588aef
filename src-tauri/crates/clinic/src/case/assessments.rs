use std::collections::BTreeMap;

use jiff::civil::Date;
use record::body::{
    AnswerState, AnswerValue, Answered, AssessmentFinished, AssessmentStarted, Item, ListState,
    OpenAction, RouteRecord,
};
use record::entry::Happened;
use record::fold::Placed;
use record::id::ItemId;
use record::moment::Moment;

use super::identity::into_all;
use super::safer::{safer_first, unanswered_first};
use super::{Case, Found, Held, slots};

/// One answer that stands, with its place.
#[derive(Debug, Clone)]
pub(crate) struct AnswerNow<'a> {
    pub(crate) state: &'a AnswerState,
    pub(crate) source: &'a str,
    pub(crate) placed: &'a Placed,
}

/// One row of a list that stands.
#[derive(Debug, Clone)]
pub(crate) struct ItemNow {
    pub(crate) item: ItemId,
    pub(crate) list: String,
    pub(crate) assessment: ItemId,
    pub(crate) fields: BTreeMap<String, AnswerValue>,
    /// When it was asked, as far as anybody said.
    pub(crate) asked: Moment,
    /// Two versions of this row did not see each other.
    pub(crate) conflict: bool,
    /// One of them takes it off the list.
    pub(crate) taken_off: bool,
}

impl ItemNow {
    fn of(found: &Found<'_, &Item>, conflict: bool) -> Self {
        Self {
            item: found.body.item,
            list: found.body.list.clone(),
            assessment: found.body.assessment,
            fields: found.body.fields.clone(),
            asked: found.placed.entry.took_place(),
            conflict,
            taken_off: false,
        }
    }

    /// Every version of one row that stands. A row that one version takes off the list and another
    /// does not is on it until somebody settles it.
    fn versions(held: Held<Found<'_, &Item>>) -> Vec<Self> {
        let conflict = held.is_unsettled();
        let all = into_all(held);
        let taken_off = all.iter().any(|found| !found.body.removed.is_empty());
        all.iter()
            .filter(|found| found.body.removed.is_empty())
            .map(|found| Self {
                taken_off,
                ..Self::of(found, conflict)
            })
            .collect()
    }
}

/// One assessment: when it was started and whether it is finished.
#[derive(Debug, Clone)]
pub(crate) struct AssessmentFacts {
    pub(crate) id: ItemId,
    pub(crate) mode: String,
    pub(crate) started: Moment,
    pub(crate) finished: Option<Moment>,
    /// When it happened and who made it, where it is written up later.
    pub(crate) late: Option<Happened>,
}

impl AssessmentFacts {
    /// The day it counts as made on: when it was finished, when it happened if it is written up
    /// later, else the day it is looked at.
    pub(crate) fn day(&self, today: Date) -> Date {
        let late = self.late.as_ref().map(|late| late.at);
        let when = self.finished.or(late);
        when.map_or(today, |moment| moment.local().date())
    }
}

impl Case {
    /// Assessments, newest first.
    pub(crate) fn assessments(&self) -> &[AssessmentFacts] {
        self.assessments.get_or_init(|| self.read_assessments())
    }

    fn read_assessments(&self) -> Vec<AssessmentFacts> {
        let mut all: Vec<_> = self
            .under::<AssessmentStarted>("assessment/")
            .into_iter()
            .filter_map(|held| {
                held.all().first().map(|found| {
                    (
                        found.body.clone(),
                        found.placed.entry.took_place(),
                        found.placed.entry.lamport,
                        found.placed.entry.happened.clone(),
                    )
                })
            })
            .map(|(body, started, lamport, late)| {
                let closing = self.held::<AssessmentFinished>(&slots::finished(body.assessment));
                let first = closing.all().first();
                let facts = AssessmentFacts {
                    id: body.assessment,
                    mode: body.mode,
                    started,
                    finished: first.map(|found| found.placed.entry.took_place()),
                    late,
                };
                (lamport, facts)
            })
            .collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.id.cmp(&a.1.id)));
        all.into_iter().map(|(_, facts)| facts).collect()
    }

    /// One assessment.
    pub(crate) fn assessment(&self, id: ItemId) -> Option<&AssessmentFacts> {
        self.assessments().iter().find(|facts| facts.id == id)
    }

    /// The day an assessment counts as made on.
    pub(crate) fn day(&self, assessment: ItemId, today: Date) -> Date {
        self.assessment(assessment)
            .map_or(today, |facts| facts.day(today))
    }

    /// Every answer of an assessment that stands, by question; several are a conflict, the safer
    /// first.
    pub(crate) fn answers(&self, assessment: ItemId) -> BTreeMap<String, Vec<AnswerNow<'_>>> {
        let mut all: BTreeMap<String, Vec<AnswerNow<'_>>> = BTreeMap::new();
        for held in self.under::<Answered>(&format!("answer/{assessment}/")) {
            for found in into_all(held) {
                let Found { body, placed } = found;
                all.entry(body.question.clone())
                    .or_default()
                    .push(AnswerNow {
                        state: &body.answer,
                        source: &body.source,
                        placed,
                    });
            }
        }
        for (question, answers) in &mut all {
            safer_first(question, answers);
        }
        all
    }

    /// Every row of every list that stands. Body regions belong to their assessment; the other
    /// lists belong to the patient and go on from one assessment to the next.
    pub(crate) fn items(&self, assessment: ItemId) -> Vec<ItemNow> {
        self.under::<Item>("item/")
            .into_iter()
            .flat_map(ItemNow::versions)
            .filter(|item| item.list != "region" || item.assessment == assessment)
            .collect()
    }

    /// Rows that an assessment took off a list, each with the reason and the entry that says so.
    pub(crate) fn items_taken_off(
        &self,
        assessment: ItemId,
        list: &str,
    ) -> Vec<(ItemNow, &str, &Placed)> {
        self.under::<Item>(&format!("item/{list}/"))
            .into_iter()
            .flat_map(into_all)
            .filter(|found| found.body.assessment == assessment && !found.body.removed.is_empty())
            .map(|found| {
                let (body, placed) = (found.body, found.placed);
                (ItemNow::of(&found, false), body.removed.as_str(), placed)
            })
            .collect()
    }

    /// What is known of whole lists in an assessment ("no known allergies"), by list.
    pub(crate) fn list_states(&self, assessment: ItemId) -> BTreeMap<String, AnswerState> {
        self.under::<ListState>(&format!("list/{assessment}/"))
            .into_iter()
            .filter_map(|held| {
                let all = into_all(held);
                let list = all.first()?.body.list.clone();
                let states = all.into_iter().map(|found| &found.body.state);
                // "None" holds only where nobody says that the list is unanswered.
                let safest = states.min_by_key(|state| unanswered_first(state))?;
                Some((list, safest.clone()))
            })
            .collect()
    }

    /// Red actions that are open.
    pub(crate) fn open_actions(&self) -> Vec<Found<'_, &OpenAction>> {
        self.under::<OpenAction>("action/")
            .into_iter()
            .flat_map(into_all)
            .filter(|found| found.body.open && !self.hub_was_told(found))
            .collect()
    }

    /// What was done on a route, oldest first.
    pub(crate) fn route_records(&self, route: &str) -> Vec<Found<'_, &RouteRecord>> {
        self.appended::<RouteRecord>()
            .into_iter()
            .filter(|found| found.body.route == route)
            .collect()
    }
}
