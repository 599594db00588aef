use serde::Serialize;
use ts_rs::TS;

/// The worklist as one tab shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Worklist {
    /// Every tab with its count.
    pub tabs: Vec<Tab>,
    /// The tab shown.
    pub tab: String,
    /// Rows after the filter and after those passed over, at most 200.
    pub rows: Vec<WorkRow>,
    /// How many rows match the filter.
    pub matching: u32,
    /// There may be more: counting stopped there.
    pub matching_or_more: bool,
    /// How many rows the tab has without the filter.
    pub total: u32,
    /// The sort in words: "sorted by priority, then by what comes first: due, or 18 weeks".
    pub sorted: String,
    /// Emergencies and open actions that stand above everything.
    pub open_actions: Vec<OpenAction>,
    /// Today's clinic.
    pub today: Vec<ClinicSlot>,
    /// Today, such as "Tue 24-Nov-2026".
    pub today_label: String,
    /// When the record was last written, HH:MM:SS.
    pub last_saved: Option<String>,
    /// What is wrong with the backups, in words; nothing while all is well.
    pub backup_warning: Option<String>,
    /// What of the exchange with the hub a person at the list has to know, in words: sites of which
    /// nothing came for over a day, and what has waited as long to be sent.
    pub line_warnings: Vec<String>,
    /// At the hub: pairs of records of two sites that may be of one person.
    pub duplicates: u32,
    /// What is said of sending: entries kept on this laptop.
    pub entries_kept: u32,
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Tab {
    /// Id sent back.
    pub id: String,
    /// Label.
    pub label: String,
    /// Rows in it.
    pub count: u32,
}

/// Urgency as shown in lists. Words and shape, never colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UrgencyTag {
    /// Emergency.
    Emergency,
    /// Crisis or safeguarding now.
    Crisis,
    /// Same day.
    SameDay,
    /// Within 48 hours.
    TwoDays,
    /// Urgent suspected cancer.
    SuspectedCancer,
    /// Urgent.
    Urgent,
    /// Soon.
    Soon,
    /// Routine.
    Routine,
    /// Not settled.
    NotSettled,
    /// Nothing asked yet.
    NotKnown,
}

/// One patient on the worklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WorkRow {
    /// Patient id.
    pub patient: String,
    /// Urgency tag.
    pub urgency: UrgencyTag,
    /// Its word.
    pub urgency_label: String,
    /// True when a clinician has signed that urgency; a proposal never looks like a decision.
    pub urgency_signed: bool,
    /// FAMILY name as shown.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Title in brackets, may be empty.
    pub title: String,
    /// `17-Sep-1979 (47y)` or "Not known".
    pub born: String,
    /// NHS number 3-3-4 or "No NHS number".
    pub nhs_number: String,
    /// Another patient here has a similar name.
    pub similar_name: bool,
    /// What to do next.
    pub next_step: String,
    /// Stage in words.
    pub stage: String,
    /// When it is due, in words: "Today", "26-Nov-2026".
    pub due: String,
    /// `3 days late`, or none.
    pub late: Option<String>,
    /// The waiting-time clock.
    pub wait: Wait,
    /// Who has it.
    pub owner: String,
    /// "Kept" on this laptop, or "Conflict".
    pub record_state: String,
    /// What pressing Enter opens.
    pub opens: Opens,
    /// Assessment to continue, if any.
    pub assessment: Option<String>,
}

/// Which screen a row opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Opens {
    /// The patient's record.
    Patient,
    /// The running assessment.
    Assessment,
    /// The triage result.
    Result,
    /// The plan.
    Plan,
}

/// The waiting-time clock in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Wait {
    /// "Day 41 of 126", "Local wait, day 41", "Clock stopped", "No national clock".
    pub words: String,
    /// Day number while it runs.
    pub day: Option<u32>,
    /// 0 to 100 for the bar while it runs.
    pub percent: Option<u32>,
    /// ok, mid (from day 84), near (from day 112), over (from day 127).
    pub level: String,
    /// The rule that was applied, in words.
    pub rule: String,
    /// The first day past 18 weeks while it runs, which may have gone by: DD-Mmm-YYYY.
    pub forecast: Option<String>,
    /// A date is missing that it may depend on.
    pub missing: bool,
}

/// A red open action: an emergency acted on before it is recorded, or a hub not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenAction {
    /// Action id.
    pub id: String,
    /// Patient id.
    pub patient: String,
    /// Assessment it arose in.
    pub assessment: Option<String>,
    /// Patient's name as in lists.
    pub name: String,
    /// What is open: "Acting now: record what was done".
    pub words: String,
    /// Since when.
    pub since: String,
    /// Whom to phone, when a number has been confirmed: the hub, or for not-opened the spoke.
    pub phone: Option<String>,
    /// safety-record, emergency-record, hub-not-told, not-opened.
    pub kind: String,
    /// The route to open when it is pressed, such as "ces".
    pub route: Option<String>,
}

/// One line of today's clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ClinicSlot {
    /// HH:MM.
    pub time: String,
    /// Patient id.
    pub patient: String,
    /// Assessment to continue, if any.
    pub assessment: Option<String>,
    /// Name as in lists.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// done, next, later.
    pub state: String,
    /// The button's word: Start, Continue, Open.
    pub button: String,
}

/// Who was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Found {
    /// The likeliest first.
    pub hits: Vec<Hit>,
    /// How many fit, such as "40 of more than 200 people. Type more of the name ...".
    pub words: String,
}

/// A person found by name or number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hit {
    /// Patient id.
    pub patient: String,
    /// `FAMILY, Given (Title)`.
    pub name: String,
    /// Born, in words.
    pub born: String,
    /// NHS number or "No NHS number".
    pub nhs_number: String,
    /// Address or site, to tell two alike apart.
    pub place: String,
    /// Another patient here has a similar name.
    pub similar_name: bool,
    /// Why it was offered, for duplicates: "same NHS number".
    pub why: Option<String>,
}
