//! What the rules propose for given answers, and why.

use std::collections::BTreeMap;

use assessment::answer::{Answer, Value};
use assessment::explain::{
    About, Changes, Why, WhyNot, what_would_change, why, why_not_more_urgent,
};
use assessment::fact::{Dated, Facts, Inputs};
use assessment::proposal::{Part, Proposal, evaluate};
use assessment::question::{Catalogue, check_answer};
use assessment::ruleset::Ruleset;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::words;

/// What is asked of the rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub(super) on: Date,
    age: Option<i64>,
    #[serde(default)]
    answers: BTreeMap<String, Value>,
    #[serde(default)]
    unanswered: BTreeMap<String, assessment::answer::Unanswered>,
}

/// What the rules propose.
#[derive(Debug, Clone, Serialize)]
pub struct Explained {
    /// The proposal.
    pub proposal: serde_json::Value,
    /// Why, why not and what would change it; none when the rules settle nothing for this person.
    pub explanation: Option<Explanation>,
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// Why a proposal is as it is, why not more urgent, and what would change it.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The answers that carry the urgency once it is settled.
    pub urgency: Option<Why>,
    /// The answers that carry the lead once it is settled.
    pub lead: Option<Why>,
    /// More urgent rules for which something speaks, and what they lack.
    pub considered: Vec<WhyNot>,
    /// The smallest changes that lead to another outcome.
    pub changes: Changes,
}

/// More rules that were considered would not be read.
const MOST: usize = 5;

/// What the rules propose for answers given as JSON, and why.
pub fn explain(json: &str) -> Result<Explained, Refusal> {
    let asked: Question = serde_json::from_str(json)
        .map_err(|error| Refusal::plain(format!("The answers cannot be read: {error}.")))?;
    let on = asked.on;
    let facts = Facts::gather(&inputs(asked)?, on);
    let made = evaluate(Ruleset::shipped(), &facts, on);
    let proposal = serde_json::to_value(&made)
        .map_err(|_| Refusal::plain("The proposal could not be written."))?;
    // Of somebody for whom the rules settle nothing there is nothing to explain.
    let explanation = made
        .refused
        .is_none()
        .then(|| Explanation::of(&facts, &made));
    let mut words = in_words(&made);
    if let Some(explanation) = &explanation {
        words = format!("{words}\n{}", explanation.in_words());
    }
    Ok(Explained {
        proposal,
        explanation,
        words,
    })
}

/// The answers, each of which its question can have.
pub(super) fn inputs(asked: Question) -> Result<Inputs, Refusal> {
    let given = asked
        .answers
        .into_iter()
        .map(|(id, value)| (id, Answer::Given(value)));
    let open = asked
        .unanswered
        .into_iter()
        .map(|(id, state)| (id, Answer::Unanswered(state)));
    let mut answers = BTreeMap::new();
    for (id, answer) in given.chain(open) {
        let question = Catalogue::shipped()
            .question(&id)
            .ok_or_else(|| Refusal::plain(format!("There is no question \"{id}\".")))?;
        check_answer(question, &answer)
            .map_err(|error| Refusal::plain(format!("{id}: {error}")))?;
        answers.insert(id, vec![Dated::asked(answer, asked.on)]);
    }
    Ok(Inputs {
        answers,
        age: asked.age,
        ..Inputs::default()
    })
}

impl Explanation {
    fn of(facts: &Facts, made: &Proposal) -> Self {
        let rules = Ruleset::shipped();
        let why = |about: About| why(rules, facts, &about);
        Self {
            urgency: made.urgency.value().and_then(|it| why(About::Urgency(*it))),
            lead: made.lead.value().and_then(|it| why(About::Lead(*it))),
            considered: why_not_more_urgent(rules, facts, MOST),
            changes: what_would_change(rules, facts),
        }
    }

    fn in_words(&self) -> String {
        let mut lines = Vec::new();
        for (name, why) in [("Urgency", &self.urgency), ("Pathway", &self.lead)] {
            let findings = why.iter().flat_map(|why| &why.findings);
            let words: Vec<&str> = findings.map(|it| it.words.as_str()).collect();
            if !words.is_empty() {
                lines.push(format!("{name} rests on: {}", words.join("; ")));
            }
        }
        for not in &self.considered {
            let urgency = not.urgency.map_or("", |it| it.words());
            lines.push(format!(
                "Considered: {urgency}, by {}. {}",
                not.rule.id,
                not.words()
            ));
        }
        let changes = &self.changes;
        for (name, all) in [
            ("More urgent", &changes.raises),
            ("Less urgent", &changes.lowers),
            ("Another pathway", &changes.lead),
        ] {
            lines.extend(all.iter().map(|it| format!("{name}: {}", it.words)));
        }
        if !changes.exact {
            lines.push("There may be further or smaller changes: not all could be tried.".into());
        }
        lines.join("\n")
    }
}

fn in_words(made: &Proposal) -> String {
    let mut lines = vec![format!("Rules {} {} DRAFT", made.ruleset, made.version)];
    lines.extend(made.refused.map(|refusal| refusal.words().to_owned()));
    lines.push(said("Urgency", &made.urgency, |urgency| {
        urgency.words().to_owned()
    }));
    lines.push(said("Pathway", &made.lead, |lead| lead.words().to_owned()));
    lines.push(format!("Warning signs: {}", made.counted));
    for reason in made.warning_signs.because.iter().chain(&made.lead.because) {
        lines.push(format!(
            "  {} [{}, {:?}]",
            reason.words, reason.citation, reason.mark
        ));
    }
    let next = made.next_question.iter();
    lines.extend(next.map(|next| format!("Ask next: {}", next.text)));
    lines.join("\n")
}

fn said<T>(name: &str, part: &Part<T>, say: impl Fn(&T) -> String) -> String {
    let values: Vec<String> = part.possible.iter().map(say).collect();
    if part.settled {
        format!("{name}: {}", words::listed(&values))
    } else {
        format!("{name}: not settled. Possible: {}", values.join(", "))
    }
}
