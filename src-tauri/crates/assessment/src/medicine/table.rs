//! A table of oral morphine equivalence, parsed from `assets/medicines/`.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::mark::Mark;
use crate::shipped;

/// A table of factors, with its name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct OmeTable {
    /// A short fixed name.
    pub id: String,
    /// The name as printed beside each total.
    pub name: String,
    /// The version, as printed beside each total.
    pub version: String,
    /// Where it comes from.
    pub citation: String,
    /// Factors of medicines by mouth.
    #[serde(rename(deserialize = "factor"))]
    pub factors: Vec<OralFactor>,
    /// Patches.
    #[serde(rename(deserialize = "patch"))]
    pub patches: Vec<PatchFactor>,
    /// Medicines that are never totalled.
    #[serde(rename(deserialize = "never"))]
    pub never: Vec<Never>,
}

/// The factor of a medicine by mouth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OralFactor {
    /// The medicine.
    pub drug: String,
    /// Milligrams of oral morphine for each milligram.
    pub factor: Decimal,
    /// The confidence in it.
    pub mark: Mark,
}

/// What a patch counts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct PatchFactor {
    /// The medicine.
    pub drug: String,
    /// Micrograms an hour; any strength, when absent.
    #[serde(default)]
    pub microgram_per_hour: Option<Decimal>,
    /// Milligrams of oral morphine in 24 hours, for one patch of that strength.
    #[serde(default)]
    pub mg_per_day: Option<Decimal>,
    /// Milligrams of oral morphine in 24 hours for each microgram an hour.
    #[serde(default)]
    pub factor: Option<Decimal>,
    /// The confidence in it.
    pub mark: Mark,
}

/// A medicine that is never totalled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all(deserialize = "kebab-case"))]
pub struct Never {
    /// The medicine.
    pub drug: String,
    /// Why.
    pub reason: String,
    /// What the table says, as a fact that may be shown with its source.
    #[serde(default)]
    pub stated_factor: Option<Decimal>,
}

/// How one medicine counts in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counting {
    /// By this factor.
    Factor(Decimal, Mark),
    /// One patch counts for this many milligrams a day.
    PerPatch(Decimal, Mark),
    /// It does not, and this is why.
    Not(String),
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file is not TOML of the right shape.
    #[error("the table cannot be read: {0}")]
    Shape(String),
    /// A factor is not above zero, or a patch has neither or both figures.
    #[error("the figures for {0} cannot be right")]
    Figure(String),
    /// A medicine has a factor and is never totalled.
    #[error("{0} is never totalled, yet it has a factor")]
    NeverYetFactor(String),
}

const FPM_TEXT: &str = include_str!("../../../../../assets/medicines/ome-fpm.toml");
const CDC_TEXT: &str = include_str!("../../../../../assets/medicines/ome-cdc.toml");

static FPM: LazyLock<OmeTable> =
    LazyLock::new(|| shipped::parsed("ome-fpm.toml", OmeTable::parse(FPM_TEXT)));

static CDC: LazyLock<OmeTable> =
    LazyLock::new(|| shipped::parsed("ome-cdc.toml", OmeTable::parse(CDC_TEXT)));

impl OmeTable {
    /// The table of the Faculty of Pain Medicine, which the flags are based on.
    pub fn shipped() -> &'static Self {
        &FPM
    }

    /// The CDC 2022 table, shown as a second column and never used for flags.
    pub fn cdc() -> &'static Self {
        &CDC
    }

    /// Every table that comes with the program, each with its file to the byte: that is what a
    /// service adopts.
    pub fn files() -> [(&'static Self, &'static str); 2] {
        [(&FPM, FPM_TEXT), (&CDC, CDC_TEXT)]
    }

    /// Reads and checks a table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table: Self =
            toml::from_str(text).map_err(|error| TableError::Shape(error.to_string()))?;
        let above_zero = |number: Decimal| number > Decimal::ZERO;
        if let Some(bad) = table.factors.iter().find(|it| !above_zero(it.factor)) {
            return Err(TableError::Figure(bad.drug.clone()));
        }
        let bad_patch = |patch: &&PatchFactor| {
            let by_strength = patch.microgram_per_hour.is_some() && patch.mg_per_day.is_some();
            by_strength == patch.factor.is_some()
        };
        if let Some(bad) = table.patches.iter().find(bad_patch) {
            return Err(TableError::Figure(bad.drug.clone()));
        }
        let has_factor = |never: &&Never| {
            table.factors.iter().any(|it| it.drug == never.drug)
                || table.patches.iter().any(|it| it.drug == never.drug)
        };
        match table.never.iter().find(has_factor) {
            Some(bad) => Err(TableError::NeverYetFactor(bad.drug.clone())),
            None => Ok(table),
        }
    }

    /// How a medicine by mouth counts.
    pub fn by_mouth(&self, drug: &str) -> Counting {
        if let Some(never) = self.never_of(drug) {
            return Counting::Not(never.reason.clone());
        }
        self.factors.iter().find(|it| it.drug == drug).map_or_else(
            || Counting::Not(format!("{} has no factor for {drug}", self.name)),
            |it| Counting::Factor(it.factor, it.mark),
        )
    }

    /// How a patch of this strength counts.
    pub fn patch(&self, drug: &str, microgram_per_hour: Decimal) -> Counting {
        if let Some(never) = self.never_of(drug) {
            return Counting::Not(never.reason.clone());
        }
        let fits = |it: &&PatchFactor| {
            it.drug == drug
                && it
                    .microgram_per_hour
                    .is_none_or(|known| known == microgram_per_hour)
        };
        match self.patches.iter().find(fits) {
            Some(PatchFactor {
                mg_per_day: Some(mg),
                mark,
                ..
            }) => Counting::PerPatch(*mg, *mark),
            Some(PatchFactor {
                factor: Some(factor),
                mark,
                ..
            }) => Counting::Factor(*factor, *mark),
            _ => Counting::Not(format!("{} does not list this patch", self.name)),
        }
    }

    /// What the table states for a medicine that is never totalled.
    pub fn never_of(&self, drug: &str) -> Option<&Never> {
        self.never.iter().find(|it| it.drug == drug)
    }
}
