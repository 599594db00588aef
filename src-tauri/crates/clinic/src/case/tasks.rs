//! What is to be done after a decision, and what the spoke was asked.

use std::cmp::Reverse;

use record::body::{Enquiry, Task};
use record::entry::Kind;
use record::fold::Placed;
use record::id::ItemId;

use super::identity::into_all;
use super::{Case, Found, Held, slots};

/// What the record calls a task that somebody has to do.
pub(crate) const OPEN: &str = "open";
/// The same of one that is done.
pub(crate) const DONE: &str = "done";
/// The same of one that nobody has to do any more.
pub(crate) const NOT_NEEDED: &str = "not-needed";

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskState {
    /// Somebody has to do it.
    Open,
    /// Two decisions did not see each other, and another one is acted on.
    Held,
    /// Done.
    Done,
    /// Nobody has to do it any more.
    NotNeeded,
}

/// One task, as it stands.
pub(crate) struct TaskNow<'a> {
    pub(crate) body: &'a Task,
    pub(crate) placed: &'a Placed,
    pub(crate) state: TaskState,
    /// Why it is held or not needed; empty otherwise.
    pub(crate) why: String,
}

impl TaskNow<'_> {
    /// Whether it is in somebody's list.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.state, TaskState::Open | TaskState::Held)
    }
}

/// Something the spoke was asked, as it stands.
pub(crate) struct EnquiryNow<'a> {
    pub(crate) body: &'a Enquiry,
    /// The entry that asked.
    pub(crate) asked: &'a Placed,
    /// Every answer that stands: two people may have answered without seeing each other.
    pub(crate) answers: Vec<Found<'a, &'a Enquiry>>,
}

impl EnquiryNow<'_> {
    /// Nobody has answered.
    pub(crate) fn is_open(&self) -> bool {
        self.answers.is_empty()
    }
}

/// How the decision stands that a task follows from.
enum Decided {
    Stands,
    Held,
    Gone(&'static str),
}

impl Case {
    /// Every task, the soonest due first.
    pub(crate) fn tasks(&self) -> Vec<TaskNow<'_>> {
        let all = self.under::<Task>("task/").into_iter();
        let mut all: Vec<_> = all.filter_map(|held| self.task_of(held)).collect();
        all.sort_by(|a, b| {
            (&a.body.due, &a.body.words, a.body.task).cmp(&(
                &b.body.due,
                &b.body.words,
                b.body.task,
            ))
        });
        all
    }

    /// One task.
    pub(crate) fn task(&self, task: ItemId) -> Option<TaskNow<'_>> {
        self.task_of(self.held(&slots::task(task)))
    }

    /// Of several values the one that leaves something to do: open before done before not needed.
    /// An opening beside what was made of another opening says no more than that there is the task:
    /// two laptops open the task of one decision alike.
    fn task_of<'a>(&'a self, held: Held<Found<'a, &'a Task>>) -> Option<TaskNow<'a>> {
        let mut all = into_all(held);
        let is_opening = |found: &Found<'_, &Task>| found.placed.entry.parents.is_empty();
        if all.iter().any(|found| !is_opening(found)) {
            all.retain(|found| !is_opening(found));
        }
        let order = |state: &str| match state {
            DONE => 1,
            NOT_NEEDED => 2,
            // Whatever a newer version may call it: it is not known to be done.
            _ => 0,
        };
        all.sort_by_key(|found| {
            (
                order(&found.body.state),
                Reverse(found.placed.entry.lamport),
            )
        });
        let found = all.into_iter().next()?;
        let (state, why) = match order(&found.body.state) {
            1 => (TaskState::Done, String::new()),
            2 => (TaskState::NotNeeded, found.body.told.clone()),
            _ => match self.decision_behind(found.body) {
                Decided::Stands => (TaskState::Open, String::new()),
                Decided::Held => (TaskState::Held, HELD.to_owned()),
                Decided::Gone(why) => (TaskState::NotNeeded, why.to_owned()),
            },
        };
        Some(TaskNow {
            body: found.body,
            placed: found.placed,
            state,
            why,
        })
    }

    fn decision_behind(&self, task: &Task) -> Decided {
        let (Some(decision), Some(assessment)) = (task.decision, task.assessment) else {
            return Decided::Stands;
        };
        // What is not here yet may stand: the safer reading leaves something to do.
        if self.record.entry(&decision).is_none() {
            return Decided::Stands;
        }
        match self.acted_on(assessment) {
            Some(found) if found.placed.id == decision => Decided::Stands,
            Some(_) => {
                let beside = self.decision(assessment);
                let mut beside = beside.all().iter();
                if beside.any(|found| found.placed.id == decision) {
                    Decided::Held
                } else {
                    Decided::Gone("Another decision took the place of the one it followed from")
                }
            }
            None if self.is_withdrawn(assessment) => {
                Decided::Gone("The decision it followed from was withdrawn")
            }
            None => Decided::Gone("The decision it followed from no longer stands"),
        }
    }

    /// Whether the decision on an assessment was withdrawn and none was signed since.
    pub(crate) fn is_withdrawn(&self, assessment: ItemId) -> bool {
        let slot = record::entry::Slot::new(slots::decision(assessment));
        slot.is_ok_and(|slot| {
            let now = self.record.current(&slot);
            let mut heads = now.all().iter();
            heads.any(|placed| placed.entry.kind == Kind::WITHDRAWAL)
        })
    }

    /// Everything the spoke was asked, the newest first.
    pub(crate) fn enquiries(&self) -> Vec<EnquiryNow<'_>> {
        let all = self.under::<Enquiry>("enquiry/").into_iter();
        let mut all: Vec<_> = all.filter_map(|held| self.enquiry_of(held)).collect();
        all.sort_by_key(|now| Reverse((now.asked.entry.lamport, now.body.enquiry)));
        all
    }

    /// Answered as soon as one value says so, with every answer: nobody answers for nothing.
    fn enquiry_of<'a>(&'a self, held: Held<Found<'a, &'a Enquiry>>) -> Option<EnquiryNow<'a>> {
        let all = into_all(held);
        let first = all.first()?;
        let (body, asked) = (first.body, self.began(first.placed));
        let answers = all.into_iter().filter(|found| !found.body.open).collect();
        Some(EnquiryNow {
            body,
            asked,
            answers,
        })
    }

    /// Whether the decision that is acted on saw one of these answers.
    pub(crate) fn decided_with(&self, assessment: ItemId, answers: &[Found<'_, &Enquiry>]) -> bool {
        let Some(decision) = self.acted_on(assessment) else {
            return false;
        };
        let Some(signed) = &decision.placed.entry.signed else {
            return false;
        };
        let seen = self.record.seen_with(&signed.basis.heads);
        answers
            .iter()
            .any(|answer| seen.contains(&answer.placed.id))
    }

    /// The entry with which a slot began, as far as it is here.
    fn began<'a>(&'a self, mut placed: &'a Placed) -> &'a Placed {
        while let Some(before) = placed.entry.parents.first()
            && let Some(earlier) = self.record.entry(before)
        {
            placed = earlier;
        }
        placed
    }
}

/// What is said of the tasks of a decision that is not acted on.
const HELD: &str = "Held: two decisions did not see each other, and the more urgent one is acted on until one is signed that saw both";
