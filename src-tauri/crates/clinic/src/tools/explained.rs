//! What the rules propose for given answers, and why.

use std::collections::BTreeMap;

use assessment::answer::{Answer, Value};
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
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// What the rules propose for answers given as JSON, and why.
pub fn explain(json: &str) -> Result<Explained, Refusal> {
    let asked: Question = serde_json::from_str(json)
        .map_err(|error| Refusal::plain(format!("The answers cannot be read: {error}.")))?;
    let on = asked.on;
    let facts = Facts::gather(&inputs(asked)?, on);
    let made = evaluate(Ruleset::shipped(), &facts, on);
    let proposal = serde_json::to_value(&made)
        .map_err(|_| Refusal::plain("The proposal could not be written."))?;
    Ok(Explained {
        proposal,
        words: in_words(&made),
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
