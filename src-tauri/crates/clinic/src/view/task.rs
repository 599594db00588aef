use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Choice, Labelled, Tab};

/// What is to be done, as one tab of the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskList {
    /// Every tab with its count.
    pub tabs: Vec<Tab>,
    /// The tab shown: mine, here, overdue or all.
    pub tab: String,
    /// What is due first stands first.
    pub rows: Vec<TaskRow>,
    /// Which content the tasks come from, and that nobody has adopted it.
    pub content: String,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskRow {
    /// What tells it from the others.
    pub id: String,
    /// task, enquiry (the spoke is asked) or reply (the spoke has answered).
    pub kind: String,
    /// Patient id.
    pub patient: String,
    /// The assessment it belongs to, if any.
    pub assessment: Option<String>,
    /// Patient's name as in lists.
    pub name: String,
    /// What is to be done.
    pub words: String,
    /// Whose it is: "You", "A. Osei, for L. Byrne", "Nurse, Hexham spoke".
    pub who: String,
    /// By when: "Today", "26-Nov-2026", "No date".
    pub due: String,
    /// `3 days late`, or none.
    pub late: Option<String>,
    /// Another decision is acted on until somebody has settled it.
    pub held: bool,
}

/// The tasks of one patient, and what the spoke was asked of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TasksOf {
    /// Patient id.
    pub patient: String,
    /// The day at the desk, ISO: until when something can have been done.
    pub today: String,
    /// Which content the tasks come from, and that nobody has adopted it.
    pub content: String,
    /// How many are done: "2 of 4 done"; empty while there is none.
    pub said: String,
    /// Why no task of the newest decision is open yet; none where there are, or nothing is decided.
    pub waits: Option<String>,
    /// An assessment whose decision has no task and opens none by itself.
    pub unopened: Option<String>,
    /// Open first, the soonest due first.
    pub tasks: Vec<TaskView>,
    /// The newest first.
    pub enquiries: Vec<EnquiryView>,
    /// The assessment about which the spoke can be asked now, if any.
    pub ask_about: Option<String>,
    /// The site that is asked.
    pub ask_whom: String,
    /// What is said of the clock to whoever asks.
    pub clock: String,
    /// Steps to choose from when a task is added.
    pub steps: Vec<StepChoice>,
    /// Roles that do tasks.
    pub roles: Vec<Choice>,
    /// Colleagues to whom one can be given.
    pub colleagues: Vec<Choice>,
    /// May take, give, finish and add tasks.
    pub may_keep: bool,
    /// May ask the spoke, and answer.
    pub may_ask: bool,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskView {
    /// Task id.
    pub id: String,
    /// What is to be done.
    pub words: String,
    /// Whose it is.
    pub who: String,
    /// The person at work has taken it or was given it.
    pub yours: bool,
    /// By when.
    pub due: String,
    /// The same as an ISO date.
    pub due_on: String,
    /// `3 days late`, or none.
    pub late: Option<String>,
    /// open, held, done or not-needed.
    pub state: String,
    /// The state in words: "Done 24-Nov-2026. Told: Dr Example. Reference: 1234".
    pub state_words: String,
    /// The letter that goes with it, in words.
    pub letter: Option<String>,
    /// What is written down when it is done: none, told or reference.
    pub asks: String,
}

/// A step of the pathways, to be added by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StepChoice {
    /// Step id.
    pub value: String,
    /// What is to be done.
    pub label: String,
    /// The role that does it.
    pub role: String,
}

/// Something the spoke was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EnquiryView {
    /// Enquiry id.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// "The hub asks" or "Asked".
    pub title: String,
    /// By whom and when.
    pub asked: String,
    /// Of which site.
    pub to: String,
    /// By when the answer is wanted.
    pub by: String,
    /// `3 days late`, or none.
    pub late: Option<String>,
    /// Nobody has answered.
    pub open: bool,
    /// Every answer, with whoever gave it and when.
    pub answers: Vec<Labelled>,
    /// What is said of the clock meanwhile.
    pub clock: String,
}

/// A task that is done.
#[derive(Clone, Default, Deserialize, TS)]
pub struct FinishTaskForm {
    /// ISO date.
    pub done_on: String,
    /// Who was told.
    pub told: String,
    /// Their reference, or the date they gave.
    pub receipt: String,
}

/// To whom a task is given, and by when it is to be done.
#[derive(Clone, Default, Deserialize, TS)]
pub struct GiveTaskForm {
    /// Staff id; empty to leave it with whoever has it.
    pub to: String,
    /// ISO date.
    pub due: String,
}

/// A task that a person adds.
#[derive(Clone, Default, Deserialize, TS)]
pub struct AddTaskForm {
    /// A step of the pathways; empty for one's own words.
    pub step: String,
    /// One's own words.
    pub words: String,
    /// The role that does it, with one's own words.
    pub role: String,
    /// Staff id; empty for whoever of that role takes it.
    pub to: String,
    /// ISO date.
    pub due: String,
}

/// What the spoke is asked.
#[derive(Clone, Default, Deserialize, TS)]
pub struct AskForm {
    /// The question.
    pub text: String,
    /// ISO date by which the answer is wanted.
    pub by: String,
}
