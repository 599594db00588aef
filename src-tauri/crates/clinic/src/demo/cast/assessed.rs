use std::collections::BTreeMap;

use assessment::answer::{Answer, Unanswered, Value};
use assessment::question::{Catalogue, Question, QuestionKind};
use jiff::civil::Date;
use serde::Deserialize;

use super::days_after;

/// What was gathered at an assessment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Assessed {
    pub(crate) by: String,
    pub(crate) days_ago: i32,
    other_warning_signs: OtherSigns,
    /// Why it closes although warning signs were declined or cannot be answered.
    #[serde(default)]
    pub(crate) reason: String,
    /// Safety-net given.
    #[serde(default)]
    pub(crate) safety_net: String,
    answers: BTreeMap<String, Value>,
    #[serde(default)]
    unanswered: BTreeMap<String, Unanswered>,
    /// Lists that were asked about and are empty, such as "no known allergies".
    #[serde(default)]
    pub(crate) none: Vec<String>,
    lists: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
}

/// A later contact, with scores only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FollowUp {
    pub(crate) by: String,
    pub(crate) days_ago: i32,
    answers: BTreeMap<String, Value>,
}

/// What holds for each warning sign that is shown and not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OtherSigns {
    Absent,
    NotAsked,
}

impl Assessed {
    /// in-person, video or phone.
    pub(crate) fn mode(&self) -> &str {
        mode(&self.answers)
    }

    /// Every answer given on `day`, in the order the questions are asked. A question that is not
    /// here was not asked.
    pub(crate) fn answers(&self, catalogue: &Catalogue, day: Date) -> Vec<(String, Answer)> {
        let asked = catalogue.questions().filter_map(|question| {
            let id = &question.id;
            let answer = if let Some(value) = self.answers.get(id) {
                Answer::Given(dated(&question.kind, value, day))
            } else if let Some(state) = self.unanswered.get(id) {
                Answer::Unanswered(*state)
            } else if self.is_absent(question) {
                Answer::Given(Value::Bool(false))
            } else {
                return None;
            };
            Some((id.clone(), answer))
        });
        asked.collect()
    }

    /// Every row of every list, as (list, field -> value).
    pub(crate) fn rows(
        &self,
        catalogue: &Catalogue,
        day: Date,
    ) -> Vec<(String, BTreeMap<String, Value>)> {
        let rows = self
            .lists
            .iter()
            .flat_map(|(list, rows)| rows.iter().map(move |row| (list, row)));
        rows.map(|(list, row)| {
            let fields = row.iter().map(|(field, value)| {
                let known = catalogue
                    .list(list)
                    .and_then(|spec| spec.fields.iter().find(|known| known.id == *field));
                let value =
                    known.map_or_else(|| value.clone(), |known| dated(&known.kind, value, day));
                (field.clone(), value)
            });
            (list.clone(), fields.collect())
        })
        .collect()
    }

    /// Whether a warning sign counts as absent because the others were all asked.
    fn is_absent(&self, question: &Question) -> bool {
        let shown = question.show_when.as_ref().is_none_or(|condition| {
            let deciding = self
                .answers
                .get(&condition.question)
                .cloned()
                .map(Answer::Given);
            condition.met_by(deciding.as_ref()) == Some(true)
        });
        self.other_warning_signs == OtherSigns::Absent
            && question.kind == QuestionKind::Feature
            && shown
    }

    #[cfg(test)]
    pub(super) fn written(&self) -> impl Iterator<Item = &String> {
        self.answers.keys().chain(self.unanswered.keys())
    }

    #[cfg(test)]
    pub(super) fn lists(&self) -> impl Iterator<Item = &String> {
        self.lists.keys().chain(&self.none)
    }
}

impl FollowUp {
    /// in-person, video or phone.
    pub(crate) fn mode(&self) -> &str {
        mode(&self.answers)
    }

    /// Every answer given, in the order the questions are asked.
    pub(crate) fn answers(&self, catalogue: &Catalogue) -> Vec<(String, Answer)> {
        let asked = catalogue.questions().filter_map(|question| {
            let value = self.answers.get(&question.id)?;
            Some((question.id.clone(), Answer::Given(value.clone())))
        });
        asked.collect()
    }

    #[cfg(test)]
    pub(super) fn written(&self) -> impl Iterator<Item = &String> {
        self.answers.keys()
    }
}

fn mode(answers: &BTreeMap<String, Value>) -> &str {
    answers
        .get("contact-mode")
        .and_then(Value::as_text)
        .unwrap_or("in-person")
}

/// A value with its date worked out: `-64` and `+3` are days from `day`.
fn dated(kind: &QuestionKind, value: &Value, day: Date) -> Value {
    let days = value.as_text().and_then(|text| text.parse::<i32>().ok());
    match (kind, days) {
        (QuestionKind::Date, Some(days)) => Value::Text(days_after(day, days).to_string()),
        _ => value.clone(),
    }
}
