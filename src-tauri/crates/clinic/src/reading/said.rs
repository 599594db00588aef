//! Sentences that stand in the reading table whatever the rules are.

use assessment::mark::Mark;
use assessment::ruleset::Status;

/// The confidence marks in the order they are explained.
pub(super) const MARKS: [Mark; 4] = [Mark::V, Mark::V2, Mark::M, Mark::D];

/// How the rules are read, a paragraph each.
pub(super) const HOW_TO_READ: [&str; 6] = [
    "Each rule asks something and says what follows. Rules do not stop each other: every rule whose condition holds counts.",
    "The urgency of a case is the most urgent of the rules that hold. Routine stands when none says more.",
    "There is always exactly one lead, the place where the case goes first. It is the lead of the first rule that holds and names one, so the number before a rule is its place in that order.",
    "What else follows (other places, kinds of care, kinds of pain, medicines flags, prompts) is added up over all rules that hold.",
    "A question that is not answered is neither yes nor no. While an open answer can still change a part of the proposal, that part is not settled. Where people have said different things, each of them is tried and the more urgent reading stands, unless the rule says that it waits.",
    "A proposal is never a decision. A named clinician decides and signs.",
];

/// Said over the facts.
pub(super) const FACTS: &str = "What the rules may ask about: the question in words, the answers it can have, and the short name that the file uses. A warning sign is present or absent.";

/// Said over the constraints.
pub(super) const CONSTRAINTS: &str = "Combinations of answers that cannot be. The checks leave them out, so each one is itself something to be agreed.";

/// Said over the claims.
pub(super) const CLAIMS: &str = "Sentences that must be true of these rules, whatever is answered. The check proves each one or shows a case that breaks it.";

/// Said where there are none.
pub(super) const NONE: &str = "There are none.";

/// What a mark means, in a sentence.
pub(super) fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::V => "Read in the issuing body's own page or paper.",
        Mark::V2 => "Read in a secondary copy; to be checked against the original.",
        Mark::M => "From memory; a clinician must check it at the source before live use.",
        Mark::D => {
            "A design decision without an outside source; the service's clinical safety officer decides."
        }
    }
}

/// The standing of the ruleset in one word.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "DRAFT",
        Status::Adopted => "Adopted",
        Status::Withdrawn => "WITHDRAWN",
    }
}

/// What the standing means for those who hold the paper.
pub(super) fn standing(status: Status) -> &'static str {
    match status {
        Status::Draft => {
            "These rules are a draft. No service has adopted them. They must not be used for the care of patients."
        }
        Status::Adopted => {
            "The file says that these rules are adopted. Felloe does not yet record who adopted them: the names at the end of this paper are what counts."
        }
        Status::Withdrawn => "These rules are withdrawn. They must not be used.",
    }
}

/// What stands across each page; nothing on adopted rules.
pub(super) fn across(status: Status) -> Option<&'static str> {
    match status {
        Status::Draft => Some("DRAFT, adopted by nobody"),
        Status::Adopted => None,
        Status::Withdrawn => Some("WITHDRAWN, not to be used"),
    }
}

/// Said over the lines to sign on.
pub(super) const SIGNING: &str = "By signing we say that we have read every rule, every source and every open point of this version, and that the digest above is that of the file we read. Two different people sign.";

/// One person's lines.
pub(super) const SIGNATURE: [&str; 4] = ["Name", "Role", "Signature", "Date"];

/// Over each person's lines.
pub(super) const PEOPLE: [&str; 2] = ["First person", "Second person"];
