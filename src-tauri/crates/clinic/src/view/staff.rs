use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// The staff of this laptop, and what whoever is at work may do about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StaffScreen {
    /// Everybody with a certificate here, those at work first.
    pub people: Vec<StaffRow>,
    /// The sites that may be chosen.
    pub sites: Vec<Choice>,
    /// The roles that may be given.
    pub roles: Vec<Choice>,
    /// May add, renew, change and revoke colleagues.
    pub may_keep: bool,
    /// May let locums in; for a lead that is all.
    pub may_grant: bool,
    /// Days for which a lead lets a locum in, at most.
    pub longest_days: u32,
    /// Absences that are covered now or will be.
    pub covers: Vec<CoverRow>,
    /// Who may cover and be covered.
    pub colleagues: Vec<Choice>,
    /// May say who covers whom.
    pub may_cover: bool,
}

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark or a button of its own"
)]
pub struct StaffRow {
    /// Staff id.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Role in words, with "administrator" where they are that too.
    pub role: String,
    /// The role's value.
    pub role_value: String,
    /// Names of the sites.
    pub sites: String,
    /// Ids of the sites.
    pub site_values: Vec<String>,
    /// holds, ends-soon, later, past or ended.
    pub state: String,
    /// The state in words: "Until 24-Nov-2027".
    pub words: String,
    /// When they last unlocked this laptop, if they did.
    pub last_used: Option<String>,
    /// Let in by a lead for a short time.
    pub locum: bool,
    /// Whoever is at work.
    pub you: bool,
    /// The person at work may renew it.
    pub may_renew: bool,
    /// The person at work may change role or sites.
    pub may_change: bool,
    /// The person at work may end it.
    pub may_end: bool,
}

/// A colleague to be added on this laptop.
#[derive(Clone, Default, Deserialize, TS)]
pub struct ColleagueForm {
    /// Full name.
    pub name: String,
    /// Role value.
    pub role: String,
    /// Site ids.
    pub sites: Vec<String>,
    /// Their passphrase, which they type themselves.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
    /// ISO date of the first day; empty for today.
    pub first_day: String,
    /// ISO date of the last day; empty for a year.
    pub last_day: String,
    /// The passphrase of whoever adds them.
    pub own_passphrase: String,
}

/// Another role or other sites for a colleague.
#[derive(Clone, Default, Deserialize, TS)]
pub struct StaffChangeForm {
    /// Role value.
    pub role: String,
    /// Site ids.
    pub sites: Vec<String>,
    /// The passphrase of whoever changes it.
    pub own_passphrase: String,
}

/// The end of a colleague's account.
#[derive(Clone, Default, Deserialize, TS)]
pub struct StaffEndForm {
    /// left: they went, and what they wrote so far counts. lost: somebody else may have used it.
    pub why: String,
    /// In words, for the audit.
    pub reason: String,
    /// The passphrase of whoever ends it.
    pub own_passphrase: String,
}

/// An absence and who covers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CoverRow {
    /// Its id.
    pub id: String,
    /// Who is away.
    pub absent: String,
    /// Who covers.
    pub by: String,
    /// "24-Nov-2026 to 28-Nov-2026".
    pub dates: String,
    /// Today lies within.
    pub now: bool,
    /// What whoever covers should know.
    pub note: String,
    /// The person at work may take it back.
    pub may_end: bool,
}

/// An absence to be covered.
#[derive(Clone, Default, Deserialize, TS)]
pub struct CoverForm {
    /// Staff id of who is away.
    pub absent: String,
    /// Staff id of who covers.
    pub by: String,
    /// ISO date of the first day.
    pub from: String,
    /// ISO date of the last day.
    pub to: String,
    /// What whoever covers should know; nothing of a patient.
    pub note: String,
}

/// A case to be given to a colleague, with its open tasks.
#[derive(Clone, Default, Deserialize, TS)]
pub struct HandOverForm {
    /// Staff id of whose it will be.
    pub to: String,
    /// What they should know.
    pub note: String,
}
