use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Joining;

/// Where the program stands when its window opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "phase", rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each call of the screen and none is kept"
)]
pub enum Status {
    /// No record on this laptop: set it up, or look round the demo clinic.
    FirstRun(About),
    /// This laptop asked to join a service and waits for the answer.
    Joining(Joining),
    /// A record is here and nobody has unlocked it.
    Locked(Door),
    /// The record is here but a key is missing; the recovery sheet opens it.
    Recovery(Door),
    /// Somebody is at work.
    Open(Session),
    /// The record cannot be opened: one sentence that says why and what to do.
    Broken(Broken),
}

/// What every screen may say of the program itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct About {
    /// Version of the program.
    pub version: String,
    /// The intended-use statement, in paragraphs.
    pub intended_use: Vec<String>,
    /// Roles that can be chosen for a first account.
    pub roles: Vec<Choice>,
    /// Whether this machine offers a keyring, in one sentence.
    pub keyring: KeyringNote,
    /// Shortest passphrase with and without a keyring, in characters.
    pub passphrase_min: u32,
    /// The same without a keyring.
    pub passphrase_min_without_keyring: u32,
}

/// Whether the machine's keyring can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyringNote {
    /// True when a secret can be kept there.
    pub usable: bool,
    /// One plain sentence.
    pub words: String,
}

/// A value to choose and its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    /// What is sent back.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// A locked record, seen from outside: counts only, no patient data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Door {
    /// Name of the service.
    pub service: String,
    /// Name of the site.
    pub site: String,
    /// True for the demo clinic: striped bar on each screen.
    pub demo: bool,
    /// Everyone who can unlock this laptop.
    pub staff: Vec<StaffTile>,
    /// For `recovery`: one sentence that says what is missing.
    pub reason: Option<String>,
    /// Shown on the demo's lock screen only: the demo passphrase.
    pub demo_passphrase: Option<String>,
    /// False when the laptop keeps its key without a keyring; said in settings and here.
    pub keyring_held: bool,
    /// Emergencies found here that the hub has not been told of: shown at lock too.
    pub hub_not_told: u32,
    /// Version of the program and its intended use.
    pub about: About,
}

/// One person on the unlock screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StaffTile {
    /// Staff id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Two letters.
    pub initials: String,
    /// Role in words.
    pub role: String,
    /// Seconds until the next try is allowed; 0 when it is.
    pub wait_seconds: u32,
    /// "Until 24-Nov-2026" or "Ended on 24-Nov-2026", for an account that ends by itself.
    pub ends: Option<String>,
}

/// A record that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Broken {
    /// One plain sentence that ends with what to do.
    pub message: String,
    /// The record was moved aside by a restore that was cut short, and can be put back.
    pub left_aside: bool,
}

/// The first-run form.
#[derive(Clone, Deserialize, TS)]
pub struct SetUpForm {
    /// Name of the service.
    pub service: String,
    /// Name of the site.
    pub site: String,
    /// True for the hub site, false for a spoke.
    pub hub: bool,
    /// First staff member's full name.
    pub name: String,
    /// Role value from `About::roles`.
    pub role: String,
    /// Passphrase.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
    /// False only when the person accepted to go without a keyring.
    pub use_keyring: bool,
    /// The person has read the intended-use statement.
    pub read_intended_use: bool,
}

/// The recovery sheet, shown once.
#[derive(Clone, Serialize, TS)]
pub struct RecoverySheetView {
    /// The code in groups, as printed.
    pub code: Vec<String>,
    /// Which groups must be typed again to go on, counted from 1.
    pub confirm: [u32; 2],
    /// Pages of the printable sheet as SVG.
    pub pages: Vec<String>,
}

/// Somebody at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on the screen"
)]
pub struct Session {
    /// Staff id.
    pub staff: String,
    /// Full name.
    pub name: String,
    /// Short name for the app bar, such as "Nurse A. Osei".
    pub short_name: String,
    /// Role in words.
    pub role: String,
    /// Service name.
    pub service: String,
    /// Site name.
    pub site: String,
    /// Id of the site the person is working at.
    pub at: String,
    /// The sites where they may work.
    pub sites: Vec<Choice>,
    /// What has to be said of their certificate, or of those they renew: it ends soon, or ended.
    pub certificate: Option<String>,
    /// Whom they cover today.
    pub covering: Vec<String>,
    /// What was typed before and cannot be read.
    pub unread: Option<Unread>,
    /// True for the demo clinic.
    pub demo: bool,
    /// True when this role signs decisions.
    pub may_sign: bool,
    /// Minutes without a key until the screen locks.
    pub idle_minutes: u32,
    /// Text size in per cent: 100, 112, 125 or 150.
    pub text_size: u32,
    /// Single-letter keys on.
    pub letter_keys: bool,
    /// What is said about the rules on every screen, such as "Rules 2026.1 DRAFT".
    pub ruleset: String,
    /// True while no ruleset has been adopted by this service.
    pub draft_rules: bool,
    /// True in a live service without an adopted ruleset: checklists, scores and OME only.
    pub proposals_off: bool,
    /// Today, DD-Mmm-YYYY.
    pub today: String,
    /// A recovery sheet that has not been confirmed yet must be dealt with first.
    pub sheet_to_confirm: bool,
    /// Local emergency numbers have been entered and confirmed.
    pub numbers_confirmed: bool,
    /// True when the keyring holds this laptop's half of the key.
    pub keyring_held: bool,
    /// True while a PIN signs in the place of the passphrase.
    pub pin_set: bool,
    /// True when more than one person unlocks this laptop: finishing asks who is there.
    pub shared: bool,
    /// About box.
    pub about: About,
}

/// What was typed, did not become an entry and cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Unread {
    /// How much it is, where it is, and what to do.
    pub words: String,
    /// The patients it is about, by id.
    pub patients: Vec<String>,
}

/// The recovery form.
#[derive(Clone, Deserialize, TS)]
pub struct RecoverForm {
    /// Code from the sheet, as typed.
    pub code: String,
    /// Whose account to reopen.
    pub staff: String,
    /// New passphrase.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
    /// False only when the person accepted to go without a keyring.
    pub use_keyring: bool,
}

/// Local emergency numbers. None is shipped; the site enters and confirms its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LocalNumbers {
    /// The hub's number for an emergency found at a spoke.
    pub hub: String,
    /// Crisis team.
    pub crisis: String,
    /// Metastatic spinal cord compression coordinator.
    pub mscc: String,
    /// Local safeguarding.
    pub safeguarding: String,
    /// Spinal or musculoskeletal urgent pathway.
    pub spinal: String,
    /// The clinic, for the printed plan, in hours.
    pub clinic: String,
    /// Out of hours, for the printed plan.
    pub out_of_hours: String,
    /// Somebody rang each of them and says they are right.
    pub confirmed: bool,
}

/// A person's own settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Preferences {
    /// 100, 112, 125 or 150.
    pub text_size: u32,
    /// Single-letter keys on.
    pub letter_keys: bool,
}
