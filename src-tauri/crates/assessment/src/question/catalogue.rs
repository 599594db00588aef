//! The catalogue of questions, parsed from `assets/assessment/questions.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Serialize;

use super::build::{checked_section, dangling};
use super::kind::{Condition, QuestionKind, Validity};
use super::raw::RawCatalogue;
use crate::fact::FactId;
use crate::instrument::Instrument;
use crate::mark::Mark;
use crate::shipped;

/// All questions of an assessment, in the order they are shown.
#[derive(Debug, Clone, Serialize)]
pub struct Catalogue {
    /// The version of the content.
    pub version: String,
    /// `draft` until a service has adopted it.
    pub status: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    #[serde(skip)]
    places: BTreeMap<String, (usize, usize)>,
}

/// One page of the assessment.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// A short fixed name.
    pub id: String,
    /// The heading.
    pub title: String,
    /// One sentence under the heading.
    pub hint: String,
    /// The groups its questions fall into.
    pub groups: Vec<Group>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// The lists, shown after the questions.
    pub lists: Vec<ListSpec>,
}

/// A group of questions under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// A short fixed name.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Whether it holds warning signs, all of which must be asked.
    pub warning_sign: bool,
    /// Where the content comes from.
    pub citation: Option<String>,
    /// The confidence in it.
    pub mark: Option<Mark>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// A fixed name; unique in the catalogue, never reused for another meaning.
    pub id: String,
    /// The question as asked.
    pub text: String,
    /// Help for whoever asks; may be empty.
    pub hint: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Whether "Finish" waits for it.
    pub must: bool,
    /// The group it is shown under.
    pub group: Option<String>,
    /// How long an answer counts.
    pub validity: Validity,
    /// Whether "Copy from last time" offers it.
    pub copy_forward: bool,
    /// When it is shown; always, when there is no condition.
    pub show_when: Option<Condition>,
    /// The fact it gives to the rules.
    pub fact: Option<FactId>,
    /// The instrument it is an item of, where it is asked only once that one is added.
    pub on_request: Option<String>,
}

/// A list of rows, such as medicines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListSpec {
    /// `medicine`, `allergy`, `condition`, `treatment`, `region`, `device` or `person`.
    pub id: String,
    /// The heading.
    pub title: String,
    /// Help for whoever asks; may be empty.
    pub hint: String,
    /// The words of "there are none", which is an answer; an empty list is not.
    pub empty_choice: String,
    /// The fields of one row.
    pub fields: Vec<Field>,
    /// How long the list counts.
    pub validity: Validity,
    /// Whether "Finish" waits for a row or for the empty choice.
    pub must: bool,
    /// Whether the list holds until somebody changes it.
    pub stable: bool,
    /// Whether "Copy from last time" offers it.
    pub copy_forward: bool,
}

/// One field of a list's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// A fixed name, unique in its list.
    pub id: String,
    /// The words beside the box.
    pub label: String,
    /// Help; may be empty.
    pub hint: String,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// Whether a row needs it.
    pub required: bool,
}

/// Why a catalogue cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// The file is not TOML of the right shape.
    #[error("the questions file cannot be read: {0}")]
    Shape(String),
    /// A name is used twice.
    #[error("the name \"{0}\" is used for two things; give one of them another name")]
    Twice(String),
    /// A name points at nothing.
    #[error("\"{name}\" points at \"{target}\", which does not exist{}", .nearest.as_ref().map_or(String::new(), |near| format!("; did you mean \"{near}\"?")))]
    Dangling {
        /// Where the pointer is.
        name: String,
        /// What it points at.
        target: String,
        /// The nearest known name.
        nearest: Option<String>,
    },
    /// A kind of question that may not stand here.
    #[error("\"{0}\" cannot be a field of a list")]
    Misplaced(String),
}

static SHIPPED: LazyLock<Catalogue> = LazyLock::new(|| {
    const TEXT: &str = include_str!("../../../../../assets/assessment/questions.toml");
    shipped::parsed(
        "questions.toml",
        Catalogue::parse(TEXT, Instrument::shipped()),
    )
});

impl Catalogue {
    /// The questions that come with Felloe.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a catalogue, taking the words of instrument items from `instruments`.
    pub fn parse(text: &str, instruments: &[Instrument]) -> Result<Self, CatalogueError> {
        let raw: RawCatalogue =
            toml::from_str(text).map_err(|error| CatalogueError::Shape(error.to_string()))?;
        let sections = raw
            .sections
            .into_iter()
            .map(|section| checked_section(section, instruments))
            .collect::<Result<Vec<_>, _>>()?;
        let mut places = BTreeMap::new();
        for (at, section) in sections.iter().enumerate() {
            for (index, question) in section.questions.iter().enumerate() {
                if places.insert(question.id.clone(), (at, index)).is_some() {
                    return Err(CatalogueError::Twice(question.id.clone()));
                }
            }
        }
        let catalogue = Self {
            version: raw.version,
            status: raw.status,
            sections,
            places,
        };
        catalogue.check_pointers()?;
        Ok(catalogue)
    }

    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let (section, index) = self.places.get(id)?;
        self.sections.get(*section)?.questions.get(*index)
    }

    /// All questions, in the order they are shown.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The list of this id.
    pub fn list(&self, id: &str) -> Option<&ListSpec> {
        self.sections
            .iter()
            .flat_map(|section| &section.lists)
            .find(|list| list.id == id)
    }

    /// The section a question is in.
    pub fn section_of(&self, question: &str) -> Option<&Section> {
        self.places
            .get(question)
            .and_then(|(section, _)| self.sections.get(*section))
    }

    /// The groups of warning signs, in order.
    pub fn warning_groups(&self) -> impl Iterator<Item = &Group> {
        self.sections
            .iter()
            .flat_map(|section| &section.groups)
            .filter(|group| group.warning_sign)
    }

    /// A condition that can never be met would hide a question for ever.
    fn check_condition(&self, id: &str, condition: &Condition) -> Result<(), CatalogueError> {
        let Some(deciding) = self.question(&condition.question) else {
            let known = self.places.keys().map(String::as_str);
            return Err(dangling(id, &condition.question, known));
        };
        let known: Vec<&str> = match &deciding.kind {
            QuestionKind::Feature | QuestionKind::YesNo => vec!["yes", "no"],
            QuestionKind::Choice { options } | QuestionKind::Choices { options } => {
                options.iter().map(|option| option.value.as_str()).collect()
            }
            _ => return Ok(()),
        };
        match condition
            .one_of
            .iter()
            .find(|value| !known.contains(&value.as_str()))
        {
            Some(value) => Err(dangling(id, value, known)),
            None => Ok(()),
        }
    }

    fn check_pointers(&self) -> Result<(), CatalogueError> {
        for section in &self.sections {
            let groups: BTreeSet<&str> = section
                .groups
                .iter()
                .map(|group| group.id.as_str())
                .collect();
            for question in &section.questions {
                if let Some(condition) = &question.show_when {
                    self.check_condition(&question.id, condition)?;
                }
                if let Some(group) = &question.group
                    && !groups.contains(group.as_str())
                {
                    return Err(dangling(&question.id, group, groups.iter().copied()));
                }
            }
        }
        Ok(())
    }
}
