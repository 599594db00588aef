use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Choice, TriageResult, UrgencyTag};

/// Second opinions on an assessment, and what is needed to ask for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CaseOpinions {
    /// The newest first.
    pub opinions: Vec<OpinionView>,
    /// Why one is suggested, in words: by the rules, or since the patient wishes for one.
    pub suggested: Vec<String>,
    /// Who wishes for it, as the form begins: a value of `wishes`.
    pub wished: String,
    /// The person at work may ask for one.
    pub may_ask: bool,
    /// The opinion that hides what was decided from the person at work; none while none does.
    pub hidden: Option<String>,
    /// Colleagues to ask.
    pub people: Vec<Choice>,
    /// Roles to ask, where whoever is free answers.
    pub roles: Vec<Choice>,
    /// Questions to choose from.
    pub questions: Vec<Choice>,
    /// Who may wish for one.
    pub wishes: Vec<Choice>,
    /// Who may settle it where the two differ.
    pub settlers: Vec<Choice>,
}

/// One second opinion.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a button or a mark by itself"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpinionView {
    /// Opinion id.
    pub opinion: String,
    /// The assessment it is about.
    pub assessment: String,
    /// The question from the list, in words.
    pub question: String,
    /// The question in the asker's own words; may be empty.
    pub text: String,
    /// Who asked, and when.
    pub asked: String,
    /// Whom: "Dr Imran Hale, consultant", "Any consultant".
    pub of: String,
    /// By when: "30-Nov-2026".
    pub by: String,
    /// How late the answer is: "2 days late"; none while it is not.
    pub late: Option<String>,
    /// What was decided is hidden from whoever answers until they have.
    pub blind: bool,
    /// Who wishes for it, in words.
    pub wished: String,
    /// asked, answered, differs, settled, withdrawn.
    pub state: String,
    /// The same in a sentence.
    pub state_words: String,
    /// The decision it is the second view to; none while there is none, or while it is hidden.
    pub first: Option<OpinionSaid>,
    /// The answers, oldest first: one for each person.
    pub answers: Vec<OpinionSaid>,
    /// Who settles it where the two differ.
    pub settles: String,
    /// How it was settled, by whom and why.
    pub settled: Option<String>,
    /// The person at work is asked and may answer.
    pub may_answer: bool,
    /// The person at work settles it.
    pub may_settle: bool,
    /// The person at work may say that it is no longer asked for.
    pub may_withdraw: bool,
}

/// What one of the two says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpinionSaid {
    /// Who signed it, and when.
    pub who: String,
    /// "Decided first", "Agrees", "Agrees, with a change", "Disagrees", "Given before a decision".
    pub verdict: String,
    /// It disagrees.
    pub disagrees: bool,
    /// It was given without having seen what had been decided.
    pub blind: bool,
    /// Lead disposition in words.
    pub lead: String,
    /// Urgency in words.
    pub urgency: String,
    /// Urgency tag.
    pub urgency_tag: UrgencyTag,
    /// Strands in words.
    pub strands: Vec<String>,
    /// What would be changed, in words.
    pub change: String,
    /// Why, in words.
    pub reason: String,
}

/// An opinion with the case it is about, to be answered or settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpinionCase {
    /// The opinion.
    pub opinion: OpinionView,
    /// The case, without what a blind opinion hides.
    pub result: TriageResult,
    /// What was decided is hidden from the person at work.
    pub hidden: bool,
    /// Ways to answer, where there is a decision to agree or disagree with; else none.
    pub verdicts: Vec<Choice>,
    /// Ways to settle it.
    pub ways: Vec<Choice>,
}

/// Asking for a second opinion.
#[derive(Clone, Default, Deserialize, TS)]
pub struct AskOpinionForm {
    /// The colleague asked; empty where a role is.
    pub of_staff: String,
    /// The role asked; empty where a colleague is.
    pub of_role: String,
    /// ISO date.
    pub by: String,
    /// Value of the question.
    pub question: String,
    /// In one's own words.
    pub text: String,
    /// What was decided stays hidden until the answer.
    pub blind: bool,
    /// Who wishes for it.
    pub wished: String,
    /// Who settles it where the two differ; empty for the lead.
    pub settles: String,
}

/// A second opinion, to be signed.
#[derive(Clone, Default, Deserialize, TS)]
pub struct OpinionForm {
    /// agree, agree-with-change or disagree; empty where it is blind or nothing is decided.
    pub agrees: String,
    /// Disposition code.
    pub lead: String,
    /// Urgency value.
    pub urgency: String,
    /// Strand values.
    pub strands: Vec<String>,
    /// What would be changed, in words.
    pub change: String,
    /// Why, in words.
    pub reason: String,
    /// Digest of the basis it was read on.
    pub basis_digest: String,
    /// Passphrase again: the signature is the person's.
    pub passphrase: String,
}

/// Settling two views that differ, by a new decision.
#[derive(Clone, Default, Deserialize, TS)]
pub struct SettleOpinionForm {
    /// first, second or other.
    pub how: String,
    /// Disposition code, for other.
    pub lead: String,
    /// Urgency value, for other.
    pub urgency: String,
    /// Strand values, for other.
    pub strands: Vec<String>,
    /// Why, in at least a sentence.
    pub words: String,
    /// Digest of the basis it was read on.
    pub basis_digest: String,
    /// Passphrase again: the signature is the person's.
    pub passphrase: String,
}

/// Second opinions that concern the person at work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct OpinionList {
    /// Asked of them or of their role, the earliest day first.
    pub asked: Vec<OpinionRow>,
    /// Two views that differ, and that concern them.
    pub differ: Vec<OpinionRow>,
    /// Asked by them and not answered yet.
    pub waiting: Vec<OpinionRow>,
    /// Asked by them and answered, the newest first.
    pub answered: Vec<OpinionRow>,
    /// The person at work may see how often opinions agree.
    pub may_see_agreement: bool,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpinionRow {
    /// Opinion id.
    pub opinion: String,
    /// Patient id.
    pub patient: String,
    /// Patient's name as in lists.
    pub name: String,
    /// Another patient here has a similar name.
    pub similar_name: bool,
    /// The question in the asker's words; may be empty.
    pub text: String,
    /// Who asked whom, and when.
    pub who: String,
    /// By when.
    pub by: String,
    /// How late it is.
    pub late: Option<String>,
    /// It is asked blind.
    pub blind: bool,
    /// The person at work settles it.
    pub to_settle: bool,
    /// The one thing to do, as the button says it.
    pub action: String,
}

/// How often second opinions agree with the first, never by person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Agreement {
    /// How it was counted, in words.
    pub words: Vec<String>,
    /// All of them together, open and blind apart.
    pub all: Vec<AgreementRow>,
    /// For each disposition that either view chose.
    pub dispositions: Vec<AgreementRow>,
    /// For each rule that proposed the lead.
    pub rules: Vec<AgreementRow>,
}

/// One line of it. A count under eight is "*", and so is what would follow from one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AgreementRow {
    /// What it is of.
    pub label: String,
    /// Pairs of views.
    pub pairs: String,
    /// Of these the same lead and urgency.
    pub agreed: String,
    /// Cohen's kappa over the lead, of blind pairs only; "-" where it is not defined.
    pub kappa: String,
}
