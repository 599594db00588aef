//! The medicines of a case, as the arithmetic and the prompts read them.

use std::collections::{BTreeMap, BTreeSet};

use assessment::answer::Answer;
use assessment::fact::{Facts, fields_of};
use assessment::medicine::{Dictionary, Item, MedicinePrompt, Ome, Problem, PromptKind, Total};
use record::body::AnswerValue;
use record::id::ItemId;
use rust_decimal::Decimal;

use super::convert::value_to_engine;
use crate::adoption::InUse;
use crate::case::ItemNow;
use crate::view::ItemNote;

/// Above this many mg a day the table's authors say harm outweighs benefit: the figure at which a
/// case is discussed at the hub. FPM Opioids Aware, older text [V]; the newer page dropped it.
const ABOVE_MG: i64 = 120;

/// Every medicine that stands, worked out together.
pub(crate) struct Medicines<'a> {
    /// Rows in the order of the list, each with its item or what is wrong with it.
    rows: Vec<(ItemId, Result<Item, Problem>)>,
    ome: Option<&'a Ome>,
    prompts: &'a [MedicinePrompt],
    drafts: &'a BTreeSet<String>,
}

impl<'a> Medicines<'a> {
    /// Reads the medicine rows beside what the facts made of them.
    pub(crate) fn of(items: &[ItemNow], facts: &'a Facts, in_use: &'a InUse) -> Self {
        let rows = items
            .iter()
            .filter(|row| row.list == "medicine")
            .map(|row| (row.item, item(&row.fields)))
            .collect();
        Self {
            rows,
            ome: facts.ome.as_ref(),
            prompts: &facts.medicine_prompts,
            drafts: &in_use.draft_tables,
        }
    }

    /// OME in words for the banner and the list, with its table, and that this is a draft where the
    /// service has not adopted it; none without opioids.
    pub(crate) fn ome_words(&self) -> Option<String> {
        let Ome {
            typical,
            maximum,
            table,
            version,
            ..
        } = self.ome?;
        if *typical == Total::None && *maximum == Total::None {
            return None;
        }
        let both = if typical == maximum {
            typical.words()
        } else {
            format!("{} usual, {} at most", typical.words(), maximum.words())
        };
        let draft = if self.drafts.contains(table) {
            ", DRAFT"
        } else {
            ""
        };
        Some(format!("{both} ({table} {version}{draft})"))
    }

    /// The total is not sure, or stands above the table's figure of concern.
    pub(crate) fn ome_flagged(&self) -> bool {
        let incomplete =
            |total: Total| matches!(total, Total::AtLeast(_) | Total::CannotBeWorkedOut);
        self.ome.is_some_and(|ome| {
            let above = ome
                .maximum
                .mg()
                .is_some_and(|mg| mg > Decimal::from(ABOVE_MG));
            incomplete(ome.typical) || incomplete(ome.maximum) || above
        })
    }

    /// What to act on beside one row.
    pub(crate) fn notes(&self, item: ItemId) -> Vec<ItemNote> {
        let Some((_, row)) = self.rows.iter().find(|(id, _)| *id == item) else {
            return Vec::new();
        };
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                return vec![ItemNote {
                    tone: "stop".into(),
                    words: problem.to_string(),
                }];
            }
        };
        let mut notes: Vec<ItemNote> = self
            .ome
            .iter()
            .flat_map(|ome| &ome.items)
            .filter(|worked| worked.text == row.text)
            .take(1)
            .map(|worked| match (&worked.reason_not, worked.mg_per_day) {
                (Some(reason), _) => ItemNote {
                    tone: "check".into(),
                    words: reason.clone(),
                },
                (None, Some(mg)) => ItemNote {
                    tone: "info".into(),
                    words: format!("OME {}\u{a0}mg a day", mg.normalize()),
                },
                (None, None) => ItemNote {
                    tone: "check".into(),
                    words: "How often it is taken is missing, so it is not in the OME.".into(),
                },
            })
            .collect();
        notes.extend(
            self.prompts
                .iter()
                .filter(|prompt| prompt.medicines.contains(&row.name))
                .map(note),
        );
        notes
    }
}

fn note(prompt: &MedicinePrompt) -> ItemNote {
    let tone = if prompt.kind == PromptKind::Allergy {
        "stop"
    } else {
        "check"
    };
    ItemNote {
        tone: tone.into(),
        words: format!("{} {} [{:?}]", prompt.words, prompt.citation, prompt.mark),
    }
}

/// A row of the medicine list as the arithmetic takes it.
pub(crate) fn item(fields: &BTreeMap<String, AnswerValue>) -> Result<Item, Problem> {
    let answers = fields
        .iter()
        .map(|(name, value)| (name.clone(), Answer::Given(value_to_engine(value))))
        .collect();
    Item::from_fields(&fields_of(&answers), Dictionary::shipped())
}

/// The name by which a row is the same medicine as another: the dictionary's, else as it is typed.
pub(crate) fn name(fields: &BTreeMap<String, AnswerValue>) -> String {
    let typed = text(fields, "name").unwrap_or_default();
    item(fields).map_or_else(|_| typed.to_lowercase(), |item| item.name.to_lowercase())
}

/// A field's text, a number's digits too; none when it is empty.
pub(crate) fn text(fields: &BTreeMap<String, AnswerValue>, name: &str) -> Option<String> {
    match fields.get(name)? {
        AnswerValue::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        AnswerValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// One medicine as it is said: name, strength, how it is taken.
pub(crate) fn in_words(fields: &BTreeMap<String, AnswerValue>) -> [String; 3] {
    let part = |name: &str| text(fields, name).unwrap_or_default();
    let name = [part("name"), part("strength")].join(" ").trim().to_owned();
    let times = text(fields, "taken-times").or_else(|| text(fields, "times"));
    let as_needed = matches!(fields.get("as-needed"), Some(AnswerValue::Bool(true)));
    let mut taken = part("dose");
    if let Some(days) = text(fields, "change-days") {
        taken = format!("one patch, changed every {days} days");
    } else if let Some(times) = times {
        let often = match times.as_str() {
            "1" => "once a day".to_owned(),
            "2" => "twice a day".to_owned(),
            more => format!("{more} times a day"),
        };
        taken = if taken.is_empty() {
            often
        } else {
            format!("{taken}, {often}")
        };
    }
    if as_needed {
        taken = if taken.is_empty() {
            "when needed".into()
        } else {
            format!("{taken}, when needed")
        };
    }
    [name, crate::words::sentence_case(&taken), part("for")]
}
