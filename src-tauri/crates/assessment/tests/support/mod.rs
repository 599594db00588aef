//! Made-up assessments to try the rules on.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

use std::collections::BTreeMap;

use assessment::answer::{Answer, Unanswered, Value};
use assessment::fact::{Dated, Facts, Inputs, ListAnswer, Origin, Row, RowVersion};
use assessment::proposal::{Proposal, evaluate};
use assessment::question::{Catalogue, Question, QuestionKind};
use assessment::ruleset::Ruleset;
use jiff::civil::{Date, date};

/// The day of every made-up assessment.
pub(crate) const TODAY: Date = date(2026, 11, 24);

/// A made-up assessment.
#[derive(Clone)]
pub(crate) struct Case(pub(crate) Inputs);

/// Shown in full when a property fails: the assessment is made up.
impl std::fmt::Debug for Case {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&serde_json::to_string(&self.0).unwrap_or_default())
    }
}

impl Case {
    /// An adult of 44 of whom nothing has been asked.
    pub(crate) fn not_asked() -> Self {
        Self(Inputs {
            age: Some(44),
            ..Inputs::default()
        })
    }

    /// An adult of 44 of whom everything was asked, and nothing of note was found.
    pub(crate) fn unremarkable() -> Self {
        let mut case = Self::not_asked();
        for question in Catalogue::shipped().questions() {
            if let Some(value) = unremarkable(question) {
                case.set(&question.id, Answer::Given(value));
            }
        }
        case.place("knee").no_medicines()
    }

    fn set(&mut self, id: &str, answer: Answer) {
        assert!(
            Catalogue::shipped().question(id).is_some(),
            "no question {id}"
        );
        self.0
            .answers
            .insert(id.to_owned(), vec![Dated::asked(answer, TODAY)]);
    }

    pub(crate) fn with(mut self, id: &str, value: Value) -> Self {
        self.set(id, Answer::Given(value));
        self
    }

    pub(crate) fn yes(self, id: &str) -> Self {
        self.with(id, Value::Bool(true))
    }

    pub(crate) fn no(self, id: &str) -> Self {
        self.with(id, Value::Bool(false))
    }

    pub(crate) fn choose(self, id: &str, value: &str) -> Self {
        self.with(id, Value::Text(value.to_owned()))
    }

    pub(crate) fn number(self, id: &str, value: i64) -> Self {
        self.with(id, Value::Number(value))
    }

    pub(crate) fn unanswered(mut self, id: &str, state: Unanswered) -> Self {
        self.set(id, Answer::Unanswered(state));
        self
    }

    pub(crate) fn without(mut self, id: &str) -> Self {
        self.0.answers.remove(id);
        self
    }

    /// A second answer that did not see the first.
    pub(crate) fn also(mut self, id: &str, value: Value) -> Self {
        let answer = Dated::asked(Answer::Given(value), TODAY);
        self.0
            .answers
            .entry(id.to_owned())
            .or_default()
            .push(answer);
        self
    }

    pub(crate) fn also_unanswered(mut self, id: &str, state: Unanswered) -> Self {
        let answer = Dated::asked(Answer::Unanswered(state), TODAY);
        self.0
            .answers
            .entry(id.to_owned())
            .or_default()
            .push(answer);
        self
    }

    pub(crate) fn on(mut self, id: &str, day: Date) -> Self {
        self.0
            .answers
            .get_mut(id)
            .unwrap()
            .iter_mut()
            .for_each(|dated| dated.on = day);
        self
    }

    pub(crate) fn from(mut self, id: &str, origin: Origin) -> Self {
        self.0
            .answers
            .get_mut(id)
            .unwrap()
            .iter_mut()
            .for_each(|dated| dated.origin = origin);
        self
    }

    pub(crate) fn aged(mut self, age: Option<i64>) -> Self {
        self.0.age = age;
        self
    }

    /// Pain in one place of the body map, and in no other.
    pub(crate) fn place(mut self, region: &str) -> Self {
        let field = |value: &str| Answer::Given(Value::Text(value.to_owned()));
        let fields = [("region", field(region)), ("side", field("left"))];
        let row = Row {
            id: region.to_owned(),
            versions: vec![RowVersion {
                fields: fields.map(|(id, value)| (id.to_owned(), value)).into(),
                on: TODAY,
            }],
            taken_off: false,
        };
        let rows = ListAnswer {
            rows: vec![row],
            none: None,
        };
        self.0.lists.insert("region".to_owned(), rows);
        self
    }

    pub(crate) fn no_medicines(mut self) -> Self {
        let none = Some(Dated::asked(Answer::Given(Value::Bool(true)), TODAY));
        self.0.lists.insert(
            "medicine".to_owned(),
            ListAnswer {
                rows: Vec::new(),
                none,
            },
        );
        self
    }

    /// An implanted stimulator, which holds no opioid.
    pub(crate) fn stimulator(self) -> Self {
        let mut case = self.yes("implanted-device");
        let fields = [("opioid".to_owned(), Answer::Given(Value::Bool(false)))].into();
        let versions = vec![RowVersion { fields, on: TODAY }];
        let rows = vec![Row {
            id: "device".to_owned(),
            versions,
            taken_off: false,
        }];
        case.0
            .lists
            .insert("device".to_owned(), ListAnswer { rows, none: None });
        case
    }

    /// One medicine: name, form, strength, times a day.
    pub(crate) fn takes(mut self, medicine: [&str; 4]) -> Self {
        let row = row(medicine);
        self.0
            .lists
            .entry("medicine".to_owned())
            .or_default()
            .rows
            .push(row);
        self
    }

    /// Another version of the last medicine that did not see the first.
    pub(crate) fn or_takes(mut self, medicine: [&str; 4]) -> Self {
        let list = self.0.lists.get_mut("medicine").unwrap();
        list.rows
            .last_mut()
            .unwrap()
            .versions
            .extend(row(medicine).versions);
        self
    }

    /// Somebody takes the last medicine off the list without having seen its row as it is.
    pub(crate) fn or_takes_off(mut self) -> Self {
        let list = self.0.lists.get_mut("medicine").unwrap();
        list.rows.last_mut().unwrap().taken_off = true;
        self
    }

    pub(crate) fn facts(&self) -> Facts {
        Facts::gather(&self.0, TODAY)
    }

    pub(crate) fn proposal(&self) -> Proposal {
        evaluate(Ruleset::shipped(), &self.facts(), TODAY)
    }
}

fn row([name, form, strength, times]: [&str; 4]) -> Row {
    let text = |value: &str| Answer::Given(Value::Text(value.to_owned()));
    let fields: BTreeMap<String, Answer> = [
        ("name", name),
        ("form", form),
        ("strength", strength),
        ("times", times),
    ]
    .into_iter()
    .map(|(id, value)| (id.to_owned(), text(value)))
    .collect();
    Row {
        id: format!("{name} {strength}"),
        versions: vec![RowVersion { fields, on: TODAY }],
        taken_off: false,
    }
}

/// The answer of somebody with long-standing pain that another condition explains, and no more.
fn unremarkable(question: &Question) -> Option<Value> {
    Some(match &question.kind {
        QuestionKind::Feature => Value::Bool(false),
        QuestionKind::YesNo => {
            Value::Bool(["medicines-complete", "medicine-benefit"].contains(&question.id.as_str()))
        }
        QuestionKind::Choice { options } => match question.id.as_str() {
            "self-harm-outcome" | "self-harm-seen-again" => return None,
            "phq-9-full" | "gad-7-full" => Value::Text("not-now".into()),
            "group-willing" => Value::Text("no".into()),
            _ => Value::Text(options.first()?.value.clone()),
        },
        QuestionKind::Rating { .. } => Value::Number(3),
        QuestionKind::InstrumentItem { .. } => Value::Number(0),
        QuestionKind::Number { .. } => Value::Number(40),
        _ => return None,
    })
}
