//! The medicines Felloe knows by name, parsed from `assets/medicines/medicines.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::item::Form;
use super::strength::Unit;
use crate::mark::Mark;
use crate::nearest::nearest;
use crate::shipped;

/// A class of medicines, as the checks use it.
pub type Class = String;

/// The medicines, and the checks made over them.
#[derive(Debug, Clone)]
pub struct Dictionary {
    /// The version of the content.
    pub version: String,
    /// The medicines.
    pub medicines: Vec<Medicine>,
    /// The checks.
    pub rules: Vec<Rule>,
    names: BTreeMap<String, usize>,
}

/// One medicine or combination product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Medicine {
    /// The approved name, in lower case.
    pub name: String,
    /// Other names and brands, in lower case.
    #[serde(default)]
    pub also: Vec<String>,
    /// The classes it is in; a combination also has those of its parts.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// The parts of a combination, in the order on the box.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// The units its strength may be in; milligrams, when empty.
    #[serde(default)]
    pub units: Vec<Unit>,
    /// The form meant when none is written.
    #[serde(default)]
    pub usual_form: Option<Form>,
    /// Whether it comes as a patch measured in micrograms an hour.
    #[serde(default)]
    pub patch: bool,
    /// Above this many milligrams by mouth in 24 hours, ask for a check.
    #[serde(default)]
    pub check_above_mg: Option<Decimal>,
    /// The confidence in that figure.
    #[serde(default)]
    pub mark: Option<Mark>,
}

/// One part of a combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The medicine's name.
    pub name: String,
}

/// One check over what is taken, what is known of the person, and what was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Rule {
    /// A short fixed name.
    pub id: String,
    /// What it looks for.
    pub kind: RuleKind,
    /// The first class or medicine.
    pub first: Vec<String>,
    /// The second class or medicine; for `with-fact`, the facts of the person.
    #[serde(default)]
    pub second: Vec<String>,
    /// What to think about, in plain words.
    pub words: String,
    /// Where it comes from.
    pub citation: String,
    /// The confidence in it.
    pub mark: Mark,
}

/// What a check looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleKind {
    /// One medicine of the first set and another of the second.
    Together,
    /// A medicine of the first set in a person with one of these facts.
    WithFact,
    /// Two different rows of the first set.
    Duplicate,
}

/// Why a dictionary cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DictionaryError {
    /// The file is not TOML of the right shape.
    #[error("the medicines file cannot be read: {0}")]
    Shape(String),
    /// A name belongs to two medicines.
    #[error("the name \"{0}\" belongs to two medicines")]
    Twice(String),
    /// A part or a check names something that does not exist.
    #[error("\"{0}\" is neither a medicine nor a class in this file")]
    Dangling(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDictionary {
    version: String,
    #[serde(rename = "medicine")]
    medicines: Vec<Medicine>,
    #[serde(rename = "check")]
    rules: Vec<Rule>,
}

static SHIPPED: LazyLock<Dictionary> = LazyLock::new(|| {
    const TEXT: &str = include_str!("../../../../../assets/medicines/medicines.toml");
    shipped::parsed("medicines.toml", Dictionary::parse(TEXT))
});

impl Dictionary {
    /// The dictionary that comes with Felloe.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads and checks a dictionary.
    pub fn parse(text: &str) -> Result<Self, DictionaryError> {
        let raw: RawDictionary =
            toml::from_str(text).map_err(|error| DictionaryError::Shape(error.to_string()))?;
        let mut names = BTreeMap::new();
        for (at, medicine) in raw.medicines.iter().enumerate() {
            for name in std::iter::once(&medicine.name).chain(&medicine.also) {
                if names.insert(name.clone(), at).is_some() {
                    return Err(DictionaryError::Twice(name.clone()));
                }
            }
        }
        let dictionary = Self {
            version: raw.version,
            medicines: raw.medicines,
            rules: raw.rules,
            names,
        };
        dictionary.check_names()?;
        Ok(dictionary)
    }

    /// The medicine of this name or brand, in any case.
    pub fn find(&self, name: &str) -> Option<&Medicine> {
        let lowered = name.trim().to_lowercase();
        self.names
            .get(&lowered)
            .and_then(|at| self.medicines.get(*at))
    }

    /// The known name nearest to a misspelt one.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names.keys().map(String::as_str))
    }

    /// The medicine itself, or the parts of a combination.
    pub fn ingredients<'a>(&'a self, medicine: &'a Medicine) -> Vec<&'a Medicine> {
        if medicine.parts.is_empty() {
            return vec![medicine];
        }
        medicine
            .parts
            .iter()
            .filter_map(|part| self.find(&part.name))
            .collect()
    }

    /// Whether a medicine, or a part of it, has this name or is in this class.
    pub fn is(&self, medicine: &Medicine, name_or_class: &str) -> bool {
        let fits = |one: &Medicine| {
            one.name == name_or_class || one.classes.iter().any(|class| class == name_or_class)
        };
        fits(medicine) || self.ingredients(medicine).into_iter().any(fits)
    }

    /// Whether a name is a class of at least one medicine.
    pub fn has_class(&self, class: &str) -> bool {
        self.medicines
            .iter()
            .any(|medicine| medicine.classes.iter().any(|known| known == class))
    }

    fn check_names(&self) -> Result<(), DictionaryError> {
        let known = |name: &str| self.find(name).is_some() || self.has_class(name);
        for part in self.medicines.iter().flat_map(|medicine| &medicine.parts) {
            if self.find(&part.name).is_none() {
                return Err(DictionaryError::Dangling(part.name.clone()));
            }
        }
        for rule in &self.rules {
            let second = rule
                .second
                .iter()
                .filter(|_| rule.kind != RuleKind::WithFact);
            if let Some(name) = rule.first.iter().chain(second).find(|name| !known(name)) {
                return Err(DictionaryError::Dangling(name.clone()));
            }
        }
        Ok(())
    }
}
