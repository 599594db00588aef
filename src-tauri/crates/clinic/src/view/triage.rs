use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Banner, Choice, OpenAction, UrgencyTag};

/// "Triage so far". A proposal, never a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Triage {
    /// Parts in the order of the panel: not settled first.
    pub parts: Vec<PartView>,
    /// How many are settled.
    pub settled: u32,
    /// The best question to ask next.
    pub next: Option<NextView>,
    /// "Rules uk-community-pain 2026.1 DRAFT".
    pub ruleset: String,
    /// "Not a decision until a clinician signs".
    pub footer: String,
    /// A live service without an adopted ruleset: proposals are off, in one sentence.
    pub off: Option<String>,
    /// Under 18, or another reason for which the rules refuse: one sentence.
    pub refused: Option<String>,
    /// Urgency as proposed for tags, `not-settled` unless settled.
    pub urgency: UrgencyTag,
    /// Hidden until the clinician has chosen (one case in ten).
    pub hidden: bool,
}

/// One part of the proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PartView {
    /// warning-signs, urgency, lead, strands, pain-type, medicine-flags.
    pub id: String,
    /// Name.
    pub name: String,
    /// Settled, or not.
    pub settled: bool,
    /// The value, or the values still possible, in words.
    pub value: String,
    /// Reasons, shortest first.
    pub because: Vec<ReasonView>,
    /// For urgency and pathway: the fewest answers that carry the value once it is settled.
    pub findings: Vec<FindingView>,
    /// What else there is to know of it: that it could not be worked out to the end.
    pub note: Option<String>,
    /// Questions that would settle it.
    pub missing: Vec<Choice>,
}

/// An answer, or something worked out from answers, that a value rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// The question, when it was asked; none when it is worked out.
    pub question: Option<String>,
    /// "Losing weight without trying: present".
    pub words: String,
}

/// Why a proposal is not otherwise, and what would change it. A measure of how much hangs on an
/// answer, never advice to answer otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Explanation {
    /// Why nothing is said: proposals are off, or hidden until a clinician has chosen.
    pub withheld: Option<String>,
    /// More urgent rules for which something that was found speaks, and why they do not hold.
    pub considered: Vec<ConsideredView>,
    /// "If ... were present, the rules would give Emergency"; each by another rule.
    pub raises: Vec<String>,
    /// How many single answers would make it more urgent; empty when none would.
    pub raised_by_one: String,
    /// The same for less urgent.
    pub lowers: Vec<String>,
    /// The same for another pathway with the same urgency.
    pub lead: Vec<String>,
    /// That not all could be worked out.
    pub note: Option<String>,
}

/// A rule that was considered and does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConsideredView {
    /// What it would give: "Same day, Another specialist, urgently".
    pub would_give: String,
    /// Why it does not hold, or what is still open.
    pub because: String,
    /// What speaks for it.
    pub found: Vec<FindingView>,
    /// Rule id.
    pub rule: String,
    /// Citation.
    pub citation: String,
    /// V, V2, M or D.
    pub mark: String,
}

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReasonView {
    /// Words a patient could hear.
    pub words: String,
    /// Rule id.
    pub rule: String,
    /// Citation.
    pub citation: String,
    /// V, V2, M or D.
    pub mark: String,
}

/// The best question to ask next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NextView {
    /// Question id.
    pub question: String,
    /// Section it stands in.
    pub section: String,
    /// Text.
    pub text: String,
    /// "Settles Urgency and Pathway".
    pub settles: String,
}

/// The triage result screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TriageResult {
    /// Assessment id.
    pub assessment: String,
    /// Banner.
    pub banner: Banner,
    /// The proposal.
    pub triage: Triage,
    /// Signed decision, if any.
    pub decision: Option<DecisionView>,
    /// Whether "Sign as proposed" may be pressed, and if not, why.
    pub sign_as_proposed: SignOffer,
    /// Dispositions to choose.
    pub dispositions: Vec<Choice>,
    /// Urgencies to choose, most urgent first.
    pub urgencies: Vec<Choice>,
    /// Strands to choose.
    pub strands: Vec<Choice>,
    /// Reasons to choose when something else is signed.
    pub reasons: Vec<Choice>,
    /// The proposal's own values, for filling the form: empty when not settled or hidden.
    pub proposed: DecisionForm,
    /// Warning signs that stay listed until a decision is signed.
    pub warning_signs: Vec<String>,
    /// Red actions open on this patient.
    pub open_actions: Vec<OpenAction>,
    /// What the signature will cover: "47 entries, the last 24-Nov-2026 10:42".
    pub basis: String,
    /// Digest of that basis; sent back, so that an entry which arrives meanwhile blocks signing.
    pub basis_digest: String,
    /// Answers in short, for the signer: label and value.
    pub summary: Vec<super::Labelled>,
    /// Scores.
    pub scores: Vec<super::ScoreView>,
    /// This person may sign.
    pub may_sign: bool,
    /// What a doctor in training decided, until it is countersigned.
    pub supervised: Option<SupervisedView>,
    /// Who may be asked to countersign; only for a doctor in training.
    pub supervisors: Vec<Choice>,
    /// Warning signs, allergies and medicines that are unverified: ask the patient again.
    pub unverified: Vec<String>,
}

/// What a doctor in training decided: it counts as proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SupervisedView {
    /// Lead disposition in words.
    pub lead: String,
    /// Urgency in words.
    pub urgency: String,
    /// Urgency tag.
    pub urgency_tag: UrgencyTag,
    /// Strands in words.
    pub strands: Vec<String>,
    /// Reason, if it is not as proposed.
    pub reason: Option<String>,
    /// Comment.
    pub comment: String,
    /// Signed by, role, when.
    pub signed: String,
    /// Who is asked to countersign.
    pub supervisor: String,
    /// The person at work may countersign it.
    pub may_countersign: bool,
    /// Entries that arrived after: "made without seeing ...".
    pub not_seen: Vec<String>,
}

/// A supervisor's signature under what a doctor in training decided.
#[derive(Clone, Default, Deserialize, TS)]
pub struct CountersignForm {
    /// Digest of the basis it was read on.
    pub basis_digest: String,
    /// The supervisor's comment, if any.
    pub comment: String,
    /// Passphrase again: the signature is the person's.
    pub passphrase: String,
}

/// Whether a button may be pressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignOffer {
    /// It may.
    pub allowed: bool,
    /// If not: why, in one sentence.
    pub why_not: Option<String>,
}

/// A decision as signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DecisionView {
    /// Lead disposition in words.
    pub lead: String,
    /// Urgency in words.
    pub urgency: String,
    /// Urgency tag.
    pub urgency_tag: UrgencyTag,
    /// Strands in words.
    pub strands: Vec<String>,
    /// As proposed, or changed with a reason.
    pub as_proposed: bool,
    /// Reason, if something else was signed.
    pub reason: Option<String>,
    /// Comment.
    pub comment: String,
    /// Signed by, role, when.
    pub signed: String,
    /// The doctor in training whose decision this countersigns, with when.
    pub countersigns: Option<String>,
    /// Ruleset it was made under.
    pub ruleset: String,
    /// That those rules were withdrawn since, and why.
    pub withdrawn: Option<String>,
    /// Entries that arrived after: "made without seeing ...".
    pub not_seen: Vec<String>,
}

/// What a clinician signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecisionForm {
    /// Disposition code, D01 to D19.
    pub lead: String,
    /// Urgency value.
    pub urgency: String,
    /// Strand values.
    pub strands: Vec<String>,
    /// Reason value when it differs from the proposal.
    pub reason: String,
    /// At least a sentence when it differs.
    pub reason_text: String,
    /// The clinician's comment.
    pub comment: String,
    /// Digest of the basis the form was made on.
    pub basis_digest: String,
    /// Passphrase again: the signature is the person's.
    pub passphrase: String,
}

/// The emergency route of a warning sign: one thing at a time, numbers, times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RouteView {
    /// Route id, such as "ces".
    pub id: String,
    /// Banner.
    pub banner: Banner,
    /// Assessment it arose in.
    pub assessment: Option<String>,
    /// "Possible cauda equina syndrome".
    pub title: String,
    /// What is present: features in words with who and when.
    pub features: Vec<String>,
    /// What to do now, in order.
    pub steps: Vec<String>,
    /// By when.
    pub within: String,
    /// Whom to phone: label and number, or "Enter it in settings".
    pub phones: Vec<super::Labelled>,
    /// Source and mark.
    pub citation: String,
    /// V, V2, M or D.
    pub mark: String,
    /// Outcomes to choose.
    pub outcomes: Vec<Choice>,
    /// For the safety record after item 9: which fields are required.
    pub safety_record: bool,
    /// What a declined route says.
    pub decline_note: String,
    /// What has been recorded already.
    pub recorded: Vec<String>,
    /// "Hub NOT told: phone ..." until someone has been.
    pub hub_not_told: Option<String>,
}

/// What was done about a warning sign or about safety.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RouteForm {
    /// Outcome value; "acting-now" leaves a red open action, "decline" needs a reason.
    pub outcome: String,
    /// What was done or said.
    pub done: String,
    /// Who was told.
    pub told: String,
    /// HH:MM they were told.
    pub told_at: String,
    /// Safety-net given.
    pub safety_net: String,
    /// Reason to decline the route.
    pub reason: String,
    /// Safety record: what was said.
    pub said: String,
    /// Intent.
    pub intent: String,
    /// Plan.
    pub plan: String,
    /// Means, including stockpiled medicines.
    pub means: String,
    /// Protective factors.
    pub protective: String,
    /// Review date of an agreed safety plan, ISO.
    pub review: String,
    /// Who took the call at the hub; empty: the hub has not been told.
    pub hub_call: String,
    /// When it was done and by whom, where it is written up later.
    pub late: super::LateEntry,
}
