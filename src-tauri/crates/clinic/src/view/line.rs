use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Labelled;

/// How the line to the hub server stands, for the app bar: said once, never in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncChip {
    /// Which look it has.
    pub state: SyncState,
    /// "Offline since 09:12 · 14 entries to send", "12 of 40 patients sent, about 6 minutes", "Up to date 09:41".
    pub words: String,
    /// One sentence more, for whoever asks.
    pub detail: String,
}

/// The look of the chip. Never red: offline is ordinary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SyncState {
    /// No hub server is named: everything is kept here, and nothing is sent.
    Alone,
    /// The hub server is not reached.
    Offline,
    /// Something is on its way, or about to be.
    Sending,
    /// This laptop and the hub server hold the same, by digest.
    UpToDate,
    /// A person has to look: something was refused, withheld or forked.
    Look,
}

/// The sync screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncScreen {
    /// As in the app bar.
    pub chip: SyncChip,
    /// Address of the hub server, and when something last went to and fro.
    pub facts: Vec<Labelled>,
    /// How old what is here is, site by site.
    pub sites: Vec<SiteAsOf>,
    /// What waits to be sent, emergencies first, then the oldest; at most 200.
    pub queue: Vec<QueueRow>,
    /// "14 entries in 3 envelopes, 4 kB", or that nothing waits.
    pub queue_words: String,
    /// What a person has to know of or look at, each under its own name.
    pub problems: Vec<SyncProblem>,
    /// What happened, newest first.
    pub log: Vec<SyncLine>,
    /// There is a hub server to be tried now.
    pub may_try: bool,
}

/// How old what is here of a site is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SiteAsOf {
    /// The site.
    pub site: String,
    /// "24-Nov-2026 10:12", or "Nothing received yet".
    pub as_of: String,
    /// Older than a day.
    pub stale: bool,
}

/// How far one case has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CaseSync {
    /// Saved, at the hub server, opened at the hub, decided, back at the spoke, plan given; those
    /// that have no meaning here are left out.
    pub steps: Vec<ReceiptStep>,
    /// As of when what is here of each other site is.
    pub as_of: Vec<SiteAsOf>,
}

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptStep {
    /// Its name.
    pub step: String,
    /// When and by whom, or that it is not done.
    pub words: String,
    /// It is done.
    pub done: bool,
}

/// One envelope that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QueueRow {
    /// Tells rows apart.
    pub id: String,
    /// What sort of entries it holds: "Answers", "Decision".
    pub kind: String,
    /// Initials of the patient, or whom else it is about.
    pub about: String,
    /// How many entries.
    pub entries: u32,
    /// "412 bytes", "2 kB".
    pub size: String,
    /// When it was written.
    pub since: String,
    /// Sent before everything else.
    pub emergency: bool,
}

/// Something that a person has to know of, under its own name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncProblem {
    /// Tells problems apart.
    pub id: String,
    /// "Refused", "Withheld", "Copied disk", "Clock".
    pub name: String,
    /// What it means and what to do.
    pub words: String,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncLine {
    /// When, by this laptop's clock.
    pub at: String,
    /// What happened.
    pub words: String,
}

/// The hub server of this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubServerView {
    /// `host:port`, where one is named.
    pub address: Option<String>,
    /// Its key in 16 groups of four digits.
    pub pin: Option<String>,
    /// The person at work may name another.
    pub may_change: bool,
}

/// Names the hub server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
pub struct HubServerForm {
    /// `host` or `host:port`.
    pub address: String,
    /// 64 hexadecimal digits; spaces and hyphens are passed over.
    pub pin: String,
}

/// Where the set-up file of the hub server was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedHubSetUp {
    /// Full path.
    pub path: String,
    /// The service's root, as the hub server shows it when it is set up: compare them.
    pub six_words: String,
}
