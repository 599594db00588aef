//! What the program fills into a letter: facts of the record, each with the entries it stands in.

mod clinical;
mod lists;
mod own;
mod signed;

use std::collections::BTreeMap;

use assessment::question::Catalogue;
use record::body::{AnswerState, Decision};
use record::fold::Placed;
use record::id::{EntryId, StaffId};

use crate::assess::{Shown, state_words};
use crate::case::{Case, Found};
use crate::view::LocalNumbers;
use crate::words;

/// Every fact that a part may ask for.
#[cfg(test)]
pub(super) const NAMES: [&str; 20] = [
    "decision",
    "plan",
    "referred",
    "assessed",
    "pain",
    "signs",
    "examination",
    "scores",
    "cancer",
    "wishes",
    "medicines",
    "allergies",
    "implants",
    "treatments",
    "met",
    "own-words",
    "plain-decision",
    "own-medicines",
    "warning-signs",
    "contacts",
];

/// Where facts are taken from.
pub(super) struct Source<'a> {
    pub(super) case: &'a Case,
    pub(super) shown: &'a Shown<'a>,
    pub(super) decision: &'a Found<'a, &'a Decision>,
    /// Who signed it, with their role.
    pub(super) signer: String,
    pub(super) numbers: &'a LocalNumbers,
}

/// A fact in words, line by line, and the entries behind it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) lines: Vec<String>,
    pub(super) from: Vec<EntryId>,
}

/// A fact by its name; nothing for a name that is not known.
pub(super) fn fact(name: &str, of: &Source<'_>) -> Fact {
    match name {
        "decision" => signed::decision(of),
        "plan" => signed::plan(of),
        "referred" => clinical::referred(of),
        "assessed" => clinical::assessed(of),
        "pain" => clinical::pain(of),
        "signs" => clinical::signs(of),
        "examination" => clinical::examination(of),
        "scores" => clinical::scores(of),
        "cancer" => clinical::cancer(of),
        "wishes" => clinical::wishes(of),
        "medicines" => lists::medicines(of),
        "allergies" => lists::allergies(of),
        "implants" => lists::implants(of),
        "treatments" => lists::treatments(of),
        "met" => own::met(of),
        "own-words" => own::own_words(of),
        "plain-decision" => own::plain_decision(of),
        "own-medicines" => own::medicines(of),
        "warning-signs" => own::warning_signs(of),
        "contacts" => own::contacts(of),
        _ => Fact::default(),
    }
}

impl Fact {
    fn line(line: impl Into<String>, from: Vec<EntryId>) -> Self {
        Self {
            lines: vec![line.into()],
            from,
        }
    }

    fn and(mut self, more: Self) -> Self {
        self.lines.extend(more.lines);
        self.from.extend(more.from);
        self
    }
}

impl Source<'_> {
    fn names(&self) -> &BTreeMap<StaffId, String> {
        self.shown.names
    }

    /// The entries that hold an answer.
    fn behind(&self, question: &str) -> Vec<EntryId> {
        let all = self.shown.answers.get(question).into_iter().flatten();
        all.map(|now| now.placed.id).collect()
    }

    /// An answer in words, or which of the four unanswered states it has.
    fn said(&self, question: &str) -> String {
        let known = Catalogue::shipped().question(question);
        known.map_or_else(String::new, |known| {
            state_words(&known.kind, &self.shown.state(question))
        })
    }

    fn is_given(&self, question: &str) -> bool {
        matches!(self.shown.state(question), AnswerState::Given { .. })
    }

    /// `label: answer` with what stands behind it, whether or not it was answered.
    fn answered(&self, label: &str, question: &str) -> Fact {
        Fact::line(
            format!("{label}: {}", self.said(question)),
            self.behind(question),
        )
    }

    /// The same, and nothing where nobody answered.
    fn given(&self, label: &str, question: &str) -> Fact {
        if self.is_given(question) {
            self.answered(label, question)
        } else {
            Fact::default()
        }
    }

    /// `24-Nov-2026, in person, by Ama Osei`: when, how and by whom the person was seen.
    fn seen(&self) -> String {
        let day = words::staff_date(self.case.day(self.shown.assessment, self.shown.today));
        let how = self.said("contact-mode").to_lowercase();
        let who = self
            .shown
            .answers
            .get("contact-mode")
            .and_then(|all| all.first())
            .and_then(|now| self.names().get(&now.placed.entry.author));
        match who {
            Some(who) => format!("{day}, {how}, by {who}"),
            None => format!("{day}, {how}"),
        }
    }
}

fn ids<'a>(placed: impl IntoIterator<Item = &'a Placed>) -> Vec<EntryId> {
    placed.into_iter().map(|placed| placed.id).collect()
}
