use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

use super::Choice;

/// A figure of a questionnaire. A number on the wire: whole, or with the decimals it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TS)]
#[ts(type = "number")]
pub struct Figure(pub Decimal);

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0.is_integer().then(|| self.0.to_i64()).flatten() {
            Some(whole) => to.serialize_i64(whole),
            None => to.serialize_f64(self.0.to_f64().unwrap_or_default()),
        }
    }
}

/// A questionnaire that can be added to an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormChoice {
    /// Instrument id.
    pub instrument: String,
    /// Name.
    pub name: String,
    /// What it measures, in own words.
    pub measures: String,
    /// Items on it.
    pub items: u32,
    /// Why it cannot be added here; none when it can.
    pub unfit: Option<String>,
}

/// A questionnaire that was added to an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormView {
    /// Instrument id.
    pub instrument: String,
    /// Name.
    pub name: String,
    /// What it measures, in own words.
    pub measures: String,
    /// Version of the scoring rule and language of the form.
    pub version: String,
    /// The holder's line.
    pub attribution: String,
    /// The terms of use.
    pub licence: String,
    /// Whose words the items have: `numbers`, `pack` or `own`.
    pub wording: String,
    /// Of the pack: "Licence X of Y, held by Z until 31-Mar-2027".
    pub pack: Option<String>,
    /// The tick "completed on the licensed form held by this service" is needed.
    pub needs_tick: bool,
    /// It is set.
    pub licensed_form: bool,
    /// Its answers count.
    pub counts: bool,
    /// How it was completed.
    pub how: String,
    /// Ways to choose from.
    pub ways: Vec<Choice>,
    /// ISO date it was completed on.
    pub completed: String,
}

/// How a questionnaire was completed, as entered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct FormFields {
    /// Completed on the licensed form held by this service.
    pub licensed_form: bool,
    /// Way: self, read-aloud, telephone or proxy.
    pub how: String,
    /// ISO date it was completed on; empty stands for today while it is being added.
    pub completed: String,
}

/// Every instrument in use here, with its licence note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InstrumentsInUse {
    /// Instruments, those that take a pack first.
    pub instruments: Vec<InstrumentRow>,
    /// This person may import and withdraw packs.
    pub may_change: bool,
}

/// One instrument and what its wording is used under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InstrumentRow {
    /// Instrument id.
    pub instrument: String,
    /// Name.
    pub name: String,
    /// Terms of use, with how sure they are.
    pub licence: String,
    /// Whose words: `shipped`, `own`, `numbers` or `pack`.
    pub wording: String,
    /// Of its pack, where one was imported.
    pub pack: Option<PackView>,
}

/// A pack that was imported, or is about to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PackView {
    /// Name of the instrument.
    pub name: String,
    /// Version of the form.
    pub version: String,
    /// Language of the form.
    pub language: String,
    /// Who gives the licence.
    pub licence_holder: String,
    /// What it is filed under.
    pub licence_reference: String,
    /// Who holds it.
    pub held_by: String,
    /// DD-Mmm-YYYY, last day.
    pub valid_until: String,
    /// Digest of the file.
    pub digest: String,
    /// Number of items worded.
    pub items: u32,
    /// `in-use`, `to-adopt` until two people have signed for it, `expired`, `withdrawn`, `unsettled` or `new`.
    pub state: String,
    /// "Imported 22-Nov-2026 10:20 by Ama Osei"; empty before that.
    pub imported: String,
    /// "Withdrawn ... : why", where it was.
    pub withdrawn: Option<String>,
}
