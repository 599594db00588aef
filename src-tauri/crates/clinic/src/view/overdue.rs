use serde::Serialize;
use ts_rs::TS;

/// What waits too long, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OverdueList {
    /// The steps that are late.
    pub rows: Vec<OverdueRow>,
}

/// One step that is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OverdueRow {
    /// What tells it from the others.
    pub id: String,
    /// Patient id.
    pub patient: String,
    /// The assessment it is about, if any.
    pub assessment: Option<String>,
    /// Patient's name as in lists.
    pub name: String,
    /// What is late: "Decision not back at the spoke".
    pub words: String,
    /// When the step before it was taken.
    pub since: String,
    /// How late it is: "3 hours late".
    pub late: String,
    /// Whom to phone: "the hub", "the spoke".
    pub whom: String,
    /// Their number, when one has been confirmed.
    pub phone: Option<String>,
    /// hub-not-told, not-opened, receipt, back, plan-given, task, enquiry.
    pub kind: String,
    /// The route to open, for hub-not-told.
    pub route: Option<String>,
    /// The one thing to do here, as the button says it.
    pub action: String,
}
