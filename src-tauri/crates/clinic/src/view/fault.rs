use serde::Serialize;
use ts_rs::TS;

/// What the screen can do about a fault. A code exists only where a screen acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FaultCode {
    /// Go back to the unlock screen.
    Locked,
    /// Passphrase was wrong; `wait_seconds` may be set.
    WrongPassphrase,
    /// Show the recovery screen.
    NeedsRecovery,
    /// A field is wrong: see `fields`.
    Invalid,
    /// This person's role may not do this.
    NotAllowed,
    /// Something changed since the screen was drawn; load it again.
    Stale,
    /// The bytes did not reach the disk: show the blocking "not saved" panel.
    NotSaved,
    /// Anything else: show the sentence.
    Other,
}

/// One field that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldFault {
    /// The form's field name.
    pub field: String,
    /// One plain sentence.
    pub message: String,
}

/// The one error that crosses to the screen: a code it can act on and a sentence for the person.
/// Never carries patient data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Fault {
    /// What the screen can do.
    pub code: FaultCode,
    /// One plain sentence that ends with what to do next.
    pub message: String,
    /// For `invalid`: the fields, in the order of the form.
    pub fields: Vec<FieldFault>,
    /// For `wrong-passphrase`: seconds until the next try.
    pub wait_seconds: Option<u32>,
}
