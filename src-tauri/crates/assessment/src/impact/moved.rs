//! What would change for somebody.

use serde::Serialize;

use super::side::{Found, Held};

/// Somebody who would move: what would change, and which of the differing rules make it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Moved {
    /// The parts that would change.
    pub moves: Vec<Move>,
    /// Rules that would newly fire.
    pub newly: Vec<String>,
    /// Rules that would no longer fire.
    pub no_longer: Vec<String>,
    /// Rules that an open answer could newly make fire.
    pub may_newly: Vec<String>,
    /// Rules that no open answer could make fire any more.
    pub may_no_longer: Vec<String>,
    /// Rules that fire, or may, as before, and give something else or stand in another place.
    pub otherwise: Vec<String>,
}

/// One part that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// Which.
    pub part: MovedPart,
    /// As it is.
    pub from: Stood,
    /// As it would be.
    pub to: Stood,
}

/// A part of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovedPart {
    /// How soon.
    Urgency,
    /// The lead disposition.
    Lead,
    /// Dispositions beside the lead.
    Dispositions,
    /// The kinds of care.
    Strands,
    /// The kinds of pain.
    PainType,
    /// Medicines flags.
    MedicineFlags,
    /// Prompts to the clinician.
    Prompts,
    /// That a second opinion is suggested.
    SecondOpinion,
}

/// How a part stands, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stood {
    /// Whether no open answer can change it.
    pub settled: bool,
    /// The values that hold whatever is answered.
    pub certain: Vec<String>,
    /// The values that may hold beside them.
    pub possible: Vec<String>,
}

impl Stood {
    /// A part of which any number of values hold.
    pub(super) fn of_values(values: impl Iterator<Item = (String, Held)>) -> Self {
        let mut made = Self {
            settled: true,
            certain: Vec::new(),
            possible: Vec::new(),
        };
        for (words, held) in values {
            match held {
                Held::Never => {}
                Held::Surely => made.certain.push(words),
                Held::Perhaps => {
                    made.settled = false;
                    made.possible.push(words);
                }
                Held::NotSearched => made.settled = false,
            }
        }
        made
    }

    /// In one line: `Soon`, or `not settled: Soon or Routine`.
    pub fn words(&self) -> String {
        let (certain, possible) = (self.certain.join(", "), few(&self.possible));
        match (self.settled, self.certain.is_empty(), possible.is_empty()) {
            (true, true, _) => "none".to_owned(),
            (true, false, _) => certain,
            (false, true, true) => "not settled".to_owned(),
            (false, true, false) => format!("not settled: {possible}"),
            (false, false, true) => format!("{certain}, not settled"),
            (false, false, false) => format!("{certain}, perhaps {possible}"),
        }
    }
}

/// How many values are named before the rest is counted: as many as there are urgencies, so that
/// one which comes or goes is seen.
const FEW: usize = 8;

/// `Soon or Routine`; of many, the first of them and how many more.
fn few(values: &[String]) -> String {
    match values {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if values.len() <= FEW => format!("{} or {last}", first.join(", ")),
        many => {
            let (first, rest) = many.split_at(FEW - 1);
            format!("{} or {} more", first.join(", "), rest.len())
        }
    }
}

impl MovedPart {
    /// The part in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Urgency => "Urgency",
            Self::Lead => "Pathway",
            Self::Dispositions => "Beside the pathway",
            Self::Strands => "Who takes part",
            Self::PainType => "Kind of pain",
            Self::MedicineFlags => "Medicines",
            Self::Prompts => "Prompts",
            Self::SecondOpinion => "Second opinion",
        }
    }
}

/// A part of which exactly one value holds in the end, if it would change.
pub(super) fn one<T: Copy + PartialEq>(
    part: MovedPart,
    from: &Found<T>,
    to: &Found<T>,
    say: impl Fn(T) -> String,
) -> Option<Move> {
    let stood = |found: &Found<T>| {
        let values = found.possible.iter().map(|it| say(*it)).collect();
        let (certain, possible) = if found.settled {
            (values, Vec::new())
        } else {
            (Vec::new(), values)
        };
        Stood {
            settled: found.settled,
            certain,
            possible,
        }
    };
    let same = from.settled == to.settled && alike(&from.possible, &to.possible);
    (!same).then(|| Move {
        part,
        from: stood(from),
        to: stood(to),
    })
}

/// Whether two lists name the same values, in whatever order.
fn alike<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && one.iter().all(|value| other.contains(value))
}
