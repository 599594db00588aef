use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The keys of this laptop, as its settings show them. Nothing of a key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on the screen"
)]
pub struct KeysHere {
    /// How this laptop keeps its half of the key, in one sentence.
    pub keyring: String,
    /// True when the keyring holds that half.
    pub keyring_held: bool,
    /// The recovery sheet, in words: when it was made, whether it was printed, when it was tried.
    pub sheet: String,
    /// True when somebody should see to the sheet: never confirmed, never tried, or a year ago.
    pub sheet_wants_care: bool,
    /// When the data key of the file was last renewed, in words.
    pub data_key: String,
    /// True while a PIN stands in for the passphrase at signing.
    pub pin_set: bool,
    /// Everybody who can unlock this laptop.
    pub people: Vec<KeyHolder>,
    /// True when this person may renew keys, the sheet and a colleague's passphrase.
    pub may_keep: bool,
    /// Shortest passphrase here, in characters.
    pub passphrase_min: u32,
}

/// Somebody with keys on this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyHolder {
    /// Staff id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Role in words.
    pub role: String,
    /// True for whoever asks.
    pub own: bool,
    /// How they stand, in words; empty when they can unlock.
    pub state: String,
}

/// A change of one's own passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePassphrase {
    /// The one of now.
    pub old: String,
    /// The new one.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
}

/// A new passphrase for a colleague who lost theirs.
#[derive(Clone, Deserialize, TS)]
pub struct ResetPassphrase {
    /// Whose.
    pub staff: String,
    /// The passphrase of whoever does it.
    pub own: String,
    /// The colleague's new one, typed by the colleague.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
}

/// A PIN for signing until the screen locks.
#[derive(Clone, Deserialize, TS)]
pub struct SetPin {
    /// The person's passphrase.
    pub passphrase: String,
    /// Four to eight digits.
    pub pin: String,
    /// The same again.
    pub pin_again: String,
}

/// What the recovery sheet opened when it was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SheetTried {
    /// The answer, in words.
    pub words: String,
    /// The keys as they stand after it.
    pub keys: KeysHere,
}
