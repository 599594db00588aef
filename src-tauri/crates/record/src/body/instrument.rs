//! Questionnaires, and the words of those that need a licence.

use serde::{Deserialize, Serialize};

use crate::id::ItemId;

/// A questionnaire that an assessment uses beside its own questions. Slot
/// `form/<assessment>/<instrument>`; its answers stand in slots of their own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormUsed {
    /// The assessment.
    pub assessment: ItemId,
    /// Instrument id.
    pub instrument: String,
    /// Version of the scoring rule.
    pub version: String,
    /// Language of the form.
    pub language: String,
    /// It was completed on the licensed form held by the service.
    pub licensed_form: bool,
    /// Digest of the pack whose words were on the screen, or empty.
    pub pack: String,
    /// self, read-aloud, telephone or proxy.
    pub how: String,
    /// ISO date on which it was completed, which may be before it was typed.
    pub completed: String,
    /// Why it was taken away; empty while it stands.
    pub removed: String,
}

/// The wording of an instrument, held under a licence. In the service scope, slot
/// `instrument-pack/<instrument>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentPack {
    /// Instrument id.
    pub instrument: String,
    /// Who gives the licence.
    pub licence_holder: String,
    /// What the licence is filed under.
    pub licence_reference: String,
    /// The organisation that holds the licence.
    pub held_by: String,
    /// ISO date of the last day of the licence.
    pub valid_until: String,
    /// Digest of the pack, hexadecimal.
    pub digest: String,
    /// The pack as it was imported; empty once it is withdrawn.
    pub text: String,
    /// Why it was withdrawn; empty while it stands.
    pub withdrawn: String,
}
