//! What the victim says while it works, one line each, so that whoever ends it knows what it had
//! been told was saved.

use serde::{Deserialize, Serialize};

/// One line of the victim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A step begins: from here on it may be there, wholly.
    Begins(Fact),
    /// The use case returned: from here on it has to be there.
    Saved(Fact),
    /// The use case refused, with the sentence a person reads and the code a screen acts on.
    Refused {
        /// The code of the fault.
        code: String,
        /// One sentence.
        sentence: String,
    },
    /// The victim waits for a line before it tries the same again.
    Waits,
    /// The laptop is in this state, and the victim waits for a line.
    Stands(String),
    /// The work is done.
    Ends,
}

/// Something that is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Nothing to look for: the step moves what was saved before.
    Step(String),
    /// An answer, kept as a draft or as an entry.
    Answer {
        /// The assessment.
        assessment: String,
        /// The question.
        question: String,
        /// The answer as JSON.
        answer: String,
    },
    /// Referrals of new people, all of them or none.
    Referrals(Vec<Person>),
    /// A signed decision.
    Signed {
        /// The assessment.
        assessment: String,
    },
    /// The site's emergency number.
    Number(String),
    /// A new passphrase of the person at work, instead of the old one.
    Passphrase(String),
    /// A service with one person on it.
    SetUp,
    /// A backup that can be opened.
    Backup,
    /// The newest backup in the place of the record.
    Restored,
}

/// A made-up person in a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Date of birth, ISO.
    pub born: String,
    /// NHS number of the range kept for tests.
    pub number: String,
    /// Reason for referral.
    pub reason: String,
    /// Whether the letter says that a warning sign is present.
    pub sign: bool,
}
