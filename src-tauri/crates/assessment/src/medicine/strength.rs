//! Strengths and their units.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::token::{Piece, Token, tokens};

/// A unit of mass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// One thousandth of a milligram.
    Microgram,
    /// The unit of almost all tablets.
    Milligram,
    /// A thousand milligrams.
    Gram,
}

impl Unit {
    /// An amount in this unit, in milligrams.
    pub fn milligrams(self, amount: Decimal) -> Decimal {
        match self {
            Self::Microgram => amount / Decimal::ONE_THOUSAND,
            Self::Milligram => amount,
            Self::Gram => amount * Decimal::ONE_THOUSAND,
        }
    }

    /// The unit in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Microgram => "microgram",
            Self::Milligram => "mg",
            Self::Gram => "g",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "mg" | "milligram" | "milligrams" => Self::Milligram,
            "microgram" | "micrograms" | "mcg" | "µg" | "μg" | "ug" => Self::Microgram,
            "g" | "gram" | "grams" => Self::Gram,
            _ => return None,
        })
    }
}

/// The strength of one tablet, patch or measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Strength {
    /// A mass in each one.
    Mass {
        /// The number, as written.
        amount: Decimal,
        /// Its unit.
        unit: Unit,
    },
    /// A combination, in milligrams, in the order on the box: 30/500.
    Combination {
        /// One amount for each part.
        milligrams: Vec<Decimal>,
    },
    /// A liquid.
    Liquid {
        /// The mass in the volume.
        amount: Decimal,
        /// Its unit.
        unit: Unit,
        /// The volume, in millilitres.
        per_ml: Decimal,
    },
    /// A patch, in micrograms each hour.
    PerHour {
        /// Micrograms each hour.
        microgram: Decimal,
    },
}

/// Why a strength cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum StrengthError {
    /// There is no number with a unit.
    #[error(
        "Write the strength with its unit, such as 60 mg, 30/500, 10 mg/5 ml or 25 microgram/h."
    )]
    NotAStrength,
    /// An amount of nothing.
    #[error("An amount of 0 cannot be right. Check the strength.")]
    Zero,
}

/// A strength at the start of some tokens.
pub(super) struct ReadStrength {
    pub(super) strength: Strength,
    pub(super) used: usize,
}

impl Strength {
    /// Reads a strength written by itself.
    pub fn parse(text: &str) -> Result<Self, StrengthError> {
        let tokens = tokens(text, 0);
        let read = read_strength(&tokens)?.ok_or(StrengthError::NotAStrength)?;
        if read.used == tokens.len() {
            Ok(read.strength)
        } else {
            Err(StrengthError::NotAStrength)
        }
    }

    /// The unit of a mass.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Mass { unit, .. } | Self::Liquid { unit, .. } => Some(*unit),
            Self::Combination { .. } | Self::PerHour { .. } => None,
        }
    }
}

/// As it is written on the box, so that reading it gives the same strength.
impl std::fmt::Display for Strength {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mass { amount, unit } => {
                write!(formatter, "{} {}", amount.normalize(), unit.words())
            }
            Self::Combination { milligrams } => {
                let parts: Vec<String> = milligrams
                    .iter()
                    .map(|part| part.normalize().to_string())
                    .collect();
                formatter.write_str(&parts.join("/"))
            }
            Self::Liquid {
                amount,
                unit,
                per_ml,
            } => {
                let (amount, per_ml) = (amount.normalize(), per_ml.normalize());
                write!(formatter, "{amount} {}/{per_ml} ml", unit.words())
            }
            Self::PerHour { microgram } => {
                write!(formatter, "{} microgram/h", microgram.normalize())
            }
        }
    }
}

/// Reads a strength at the start of `tokens`: `None` when there is none there.
pub(super) fn read_strength(tokens: &[Token]) -> Result<Option<ReadStrength>, StrengthError> {
    let Some(amount) = tokens.first().and_then(Token::number) else {
        return Ok(None);
    };
    let piece = |at: usize| tokens.get(at).map(|token| &token.piece);
    let unit = tokens
        .get(1)
        .and_then(Token::word)
        .and_then(Unit::from_word);
    let slash_after_unit = piece(2) == Some(&Piece::Slash);
    let read = match unit {
        Some(Unit::Microgram) if slash_after_unit && is_word(tokens, 3, &HOUR) => ReadStrength {
            strength: Strength::PerHour { microgram: amount },
            used: 4,
        },
        Some(Unit::Microgram)
            if is_word(tokens, 2, &["per", "an"]) && is_word(tokens, 3, &HOUR) =>
        {
            ReadStrength {
                strength: Strength::PerHour { microgram: amount },
                used: 4,
            }
        }
        Some(unit) if slash_after_unit => liquid(tokens, amount, unit),
        Some(unit) => ReadStrength {
            strength: Strength::Mass { amount, unit },
            used: 2,
        },
        None if piece(1) == Some(&Piece::Slash) => {
            let Some(second) = tokens.get(2).and_then(Token::number) else {
                return Ok(None);
            };
            let used = if is_word(tokens, 3, &["mg"]) { 4 } else { 3 };
            if second.is_zero() {
                return Err(StrengthError::Zero);
            }
            ReadStrength {
                strength: Strength::Combination {
                    milligrams: vec![amount, second],
                },
                used,
            }
        }
        None => return Ok(None),
    };
    if amount.is_zero() {
        return Err(StrengthError::Zero);
    }
    Ok(Some(read))
}

const HOUR: [&str; 4] = ["h", "hr", "hour", "hours"];
const MILLILITRE: [&str; 3] = ["ml", "millilitre", "millilitres"];

/// `10 mg/5 ml` or `10 mg/ml`; a mass when what follows the slash is no volume.
fn liquid(tokens: &[Token], amount: Decimal, unit: Unit) -> ReadStrength {
    let volume = tokens
        .get(3)
        .and_then(Token::number)
        .filter(|volume| !volume.is_zero());
    match volume {
        Some(per_ml) if is_word(tokens, 4, &MILLILITRE) => ReadStrength {
            strength: Strength::Liquid {
                amount,
                unit,
                per_ml,
            },
            used: 5,
        },
        None if is_word(tokens, 3, &MILLILITRE) => ReadStrength {
            strength: Strength::Liquid {
                amount,
                unit,
                per_ml: Decimal::ONE,
            },
            used: 4,
        },
        _ => ReadStrength {
            strength: Strength::Mass { amount, unit },
            used: 2,
        },
    }
}

pub(super) fn is_word(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens
        .get(at)
        .and_then(Token::word)
        .is_some_and(|word| words.contains(&word))
}

pub(super) fn is_millilitre(word: &str) -> bool {
    MILLILITRE.contains(&word)
}
