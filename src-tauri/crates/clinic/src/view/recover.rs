use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Choice;

/// What is typed from the recovery sheet on a blank laptop, and where the hub server is.
#[derive(Clone, Deserialize, TS)]
pub struct SheetForm {
    /// The code on the sheet, as typed.
    pub code: String,
    /// The service's six words on the sheet, as typed.
    pub words: String,
    /// Address of the hub server.
    pub address: String,
    /// The hub server's key, 64 digits.
    pub pin: String,
}

/// The service that a sheet opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundService {
    /// Name of the service.
    pub service: String,
    /// Where the laptop stood whose sheet it is.
    pub site: String,
    /// When its keys were left at the hub server, DD-Mmm-YYYY.
    pub left: String,
    /// Of how many sites there are keys.
    pub sites: u32,
    /// Who could unlock that laptop: whoever recovers is one of them.
    pub staff: Vec<Choice>,
    /// Said when the hub server was put back from a copy.
    pub put_back: Option<String>,
}

/// The form by which a blank laptop becomes one of the service again.
#[derive(Clone, Deserialize, TS)]
pub struct BlankForm {
    /// What is typed from the sheet.
    pub sheet: SheetForm,
    /// Who recovers, of `FoundService::staff`.
    pub staff: String,
    /// New passphrase.
    pub passphrase: String,
    /// The same again.
    pub passphrase_again: String,
    /// False only when the person accepted to go without a keyring.
    pub use_keyring: bool,
    /// The person has read the intended-use statement.
    pub read_intended_use: bool,
}
