//! One medicine as it is taken.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::dictionary::{Dictionary, Medicine};
use super::regimen::Problem;
use super::strength::{Strength, StrengthError, Unit, is_millilitre};

/// How a medicine is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Tablet or capsule.
    Tablet,
    /// Slow release by mouth.
    ModifiedRelease,
    /// Liquid by mouth.
    Liquid,
    /// On the skin, releasing for days.
    Patch,
    /// Under the tongue or in the cheek.
    Sublingual,
    /// By needle.
    Injection,
    /// Into the nose.
    Nasal,
    /// Into the back passage.
    Suppository,
    /// Cream or gel.
    Topical,
    /// An implanted pump.
    Pump,
    /// Anything else.
    Other,
}

impl Form {
    /// Whether it is swallowed.
    pub fn by_mouth(self) -> bool {
        matches!(self, Self::Tablet | Self::ModifiedRelease | Self::Liquid)
    }

    /// The form in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tablet => "by mouth",
            Self::ModifiedRelease => "MR by mouth",
            Self::Liquid => "liquid by mouth",
            Self::Patch => "patch",
            Self::Sublingual => "under the tongue",
            Self::Injection => "injection",
            Self::Nasal => "nose spray",
            Self::Suppository => "suppository",
            Self::Topical => "on the skin",
            Self::Pump => "implanted pump",
            Self::Other => "other form",
        }
    }
}

/// Where a medicine comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The GP.
    Gp,
    /// A hospital or clinic.
    Hospital,
    /// A drug service, as treatment for dependence.
    DrugService,
    /// Bought in a shop or pharmacy.
    Shop,
    /// Bought online.
    Internet,
    /// From family or friends.
    Borrowed,
    /// From the street.
    Street,
}

/// How often, in times each 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Times {
    /// What is really taken; `None` when that is not known.
    pub typical: Option<Decimal>,
    /// The most that is prescribed; `None` when no limit was given.
    pub maximum: Option<Decimal>,
    /// Whether it is taken only when needed.
    pub as_needed: bool,
    /// Whether the amount was given without how often, and read as all of 24 hours.
    pub assumed_daily: bool,
}

/// One medicine as it is taken.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// As it was written.
    pub text: String,
    /// The approved name, or the name as written when it is not known.
    pub name: String,
    /// Whether the name is in the dictionary.
    pub known: bool,
    /// The form; `None` when neither written nor usual for this medicine.
    pub form: Option<Form>,
    /// The strength of one; `None` when not written.
    pub strength: Option<Strength>,
    /// How many at a time: tablets, patches worn together, or millilitres of a liquid.
    /// `None` when the volume of a liquid was not given.
    pub per_dose: Option<Decimal>,
    /// How often.
    pub times: Times,
    /// Days between patch changes; never used in the total.
    pub change_days: Option<Decimal>,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Whether it is taken as treatment for dependence.
    pub for_dependence: bool,
    /// For a name that is not known: whether somebody said that it is an opioid.
    pub said_opioid: Option<bool>,
}

/// What a patient takes never reaches a log through `Debug`.
impl std::fmt::Debug for Item {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Item(..)")
    }
}

/// The fields of one row of the medicine list, as the screen holds them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ItemFields {
    /// The name as typed.
    pub name: String,
    /// The form.
    pub form: Option<Form>,
    /// The strength as typed, such as `60 mg`; may be empty.
    pub strength: String,
    /// How many at a time, such as `2` or `5 ml`; one, when empty.
    pub dose: String,
    /// Times in 24 hours.
    pub times: Option<Decimal>,
    /// Whether only when needed.
    pub as_needed: bool,
    /// At most, times in 24 hours.
    pub max_times: Option<Decimal>,
    /// Really taken, times in 24 hours.
    pub taken_times: Option<Decimal>,
    /// Days between patch changes.
    pub change_days: Option<Decimal>,
    /// Where it comes from.
    pub source: Option<Source>,
    /// For a name that is not known: whether it is an opioid.
    pub said_opioid: Option<bool>,
}

impl Item {
    /// Makes an item from the fields of one row.
    ///
    /// A name that is not in the dictionary is kept; a strength that cannot be right is refused.
    pub fn from_fields(fields: &ItemFields, dictionary: &Dictionary) -> Result<Self, Problem> {
        let medicine = dictionary.find(&fields.name);
        let strength = match fields.strength.trim() {
            "" => None,
            text => Some(patch_strength(text, fields.form)?),
        };
        let form = resolved_form(fields.form, strength.as_ref(), medicine);
        check_unit(medicine, form, strength.as_ref())?;
        let per_dose = dose_count(&fields.dose, strength.as_ref())?;
        let typical = if fields.as_needed {
            fields.taken_times
        } else {
            fields.taken_times.or(fields.times)
        };
        let maximum = fields.max_times.or(fields.times);
        Ok(Self {
            text: written(fields),
            name: medicine.map_or_else(|| fields.name.trim().to_owned(), |it| it.name.clone()),
            known: medicine.is_some(),
            form,
            strength,
            per_dose,
            times: Times {
                typical,
                maximum,
                as_needed: fields.as_needed,
                assumed_daily: false,
            },
            change_days: fields.change_days,
            source: fields.source,
            for_dependence: fields.source == Some(Source::DrugService),
            said_opioid: fields.said_opioid,
        })
    }

    /// The dictionary's entry for it.
    pub fn medicine<'a>(&self, dictionary: &'a Dictionary) -> Option<&'a Medicine> {
        dictionary.find(&self.name)
    }

    /// Milligrams of ingredient `part` (0 unless a combination) at one time.
    pub fn milligrams_per_dose(&self, part: usize) -> Option<Decimal> {
        let count = self.per_dose?;
        match self.strength.as_ref()? {
            Strength::Mass { amount, unit } if part == 0 => Some(unit.milligrams(*amount) * count),
            Strength::Combination { milligrams } => Some(*milligrams.get(part)? * count),
            // Multiplied before dividing, so that a third is rounded once at most.
            Strength::Liquid {
                amount,
                unit,
                per_ml,
            } if part == 0 => Some(unit.milligrams(*amount) * count / per_ml),
            _ => None,
        }
    }
}

/// A bare number on a patch is micrograms an hour only if the unit says so.
fn patch_strength(text: &str, form: Option<Form>) -> Result<Strength, Problem> {
    Strength::parse(text).map_err(|error| match (error, form) {
        (StrengthError::NotAStrength, Some(Form::Patch)) => Problem::PatchUnit,
        (error, _) => Problem::Strength(error),
    })
}

/// The form written; else the one the strength means; else the medicine's usual one.
pub(super) fn resolved_form(
    written: Option<Form>,
    strength: Option<&Strength>,
    medicine: Option<&Medicine>,
) -> Option<Form> {
    written.or_else(|| match strength {
        Some(Strength::PerHour { .. }) => Some(Form::Patch),
        Some(Strength::Liquid { .. }) => Some(Form::Liquid),
        _ => medicine.and_then(|medicine| medicine.usual_form),
    })
}

/// Refuses a unit that cannot be right for this medicine in this form.
pub(super) fn check_unit(
    medicine: Option<&Medicine>,
    form: Option<Form>,
    strength: Option<&Strength>,
) -> Result<(), Problem> {
    let Some(strength) = strength else {
        return Ok(());
    };
    let per_hour = matches!(strength, Strength::PerHour { .. });
    let opioid_patch = form == Some(Form::Patch)
        && medicine.is_some_and(|it| it.classes.iter().any(|class| class == "opioid"));
    if opioid_patch && !per_hour {
        return Err(Problem::PatchUnit);
    }
    if per_hour && (form != Some(Form::Patch) || medicine.is_some_and(|it| !it.patch)) {
        return Err(Problem::PerHourNotPatch);
    }
    let Some(medicine) = medicine else {
        return Ok(());
    };
    if matches!(strength, Strength::Combination { .. }) && medicine.parts.len() < 2 {
        return Err(Problem::NotACombination);
    }
    match strength.unit() {
        Some(unit) if !permitted(medicine).contains(&unit) => Err(Problem::Unit {
            given: unit,
            wanted: permitted(medicine)
                .first()
                .copied()
                .unwrap_or(Unit::Milligram),
        }),
        _ => Ok(()),
    }
}

fn permitted(medicine: &Medicine) -> &[Unit] {
    if medicine.units.is_empty() {
        &[Unit::Milligram]
    } else {
        &medicine.units
    }
}

/// `2`, `2 tablets`, `5 ml` or `10 mg`. Empty means one, but of a liquid it means not known.
pub(super) fn dose_count(
    text: &str,
    strength: Option<&Strength>,
) -> Result<Option<Decimal>, Problem> {
    let tokens = super::token::tokens(text, 0);
    let liquid = matches!(strength, Some(Strength::Liquid { .. }));
    let Some(first) = tokens.first() else {
        return Ok((!liquid).then_some(Decimal::ONE));
    };
    let number = first
        .number()
        .filter(|number| !number.is_zero())
        .ok_or(Problem::Dose)?;
    let word = tokens.get(1).and_then(super::token::Token::word);
    if word.is_some_and(is_millilitre) != liquid && word.and_then(Unit::from_word).is_none() {
        return Err(Problem::Dose);
    }
    let Some(unit) = word.and_then(Unit::from_word) else {
        return Ok(Some(number));
    };
    let wanted = unit.milligrams(number);
    match strength {
        Some(Strength::Mass { amount, unit }) => Ok(Some(wanted / unit.milligrams(*amount))),
        Some(Strength::Liquid {
            amount,
            unit,
            per_ml,
        }) => Ok(Some(wanted * per_ml / unit.milligrams(*amount))),
        _ => Err(Problem::Dose),
    }
}

fn written(fields: &ItemFields) -> String {
    let form = fields
        .form
        .filter(|form| *form != Form::Tablet)
        .map(Form::words);
    [
        fields.name.trim(),
        form.unwrap_or(""),
        fields.strength.trim(),
        fields.dose.trim(),
    ]
    .iter()
    .filter(|part| !part.is_empty())
    .copied()
    .collect::<Vec<_>>()
    .join(" ")
}
