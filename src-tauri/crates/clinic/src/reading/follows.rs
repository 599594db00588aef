//! What follows from a rule, in words.

use assessment::ruleset::{Disposition, Effects};
use serde::Serialize;

use crate::words;

/// A part of what follows, and what it says.
pub(super) struct Follows {
    pub(super) part: &'static str,
    pub(super) words: String,
}

/// All that follows from a rule, the weightiest first.
pub(super) fn follows(effects: &Effects) -> Vec<Follows> {
    let mut all = Vec::new();
    let mut add = |part, words: String| {
        if !words.is_empty() {
            all.push(Follows { part, words });
        }
    };
    let urgency = effects.urgency.map(|it| it.words().to_owned());
    add("Urgency", urgency.unwrap_or_default());
    add("Lead", effects.lead.map(place).unwrap_or_default());
    let also: Vec<String> = effects.also.iter().copied().map(place).collect();
    add("Also", also.join("; "));
    add("Care", words::listed(&named(&effects.strands)));
    let pain = effects.pain_type.as_ref().map(name);
    add("Kind of pain", pain.unwrap_or_default());
    add(
        "Medicines",
        said(effects.medicine_flag, "a flag with the words of this rule"),
    );
    add(
        "Prompt",
        said(
            effects.prompt,
            "the words of this rule are shown to the clinician",
        ),
    );
    let asked = effects.second_opinion;
    add("Second opinion", said(asked, "suggested to the clinician"));
    all
}

/// Words that are said or not.
fn said(given: bool, words: &str) -> String {
    if given {
        words.to_owned()
    } else {
        String::new()
    }
}

/// `D05 Spinal surgery or neurology`.
fn place(disposition: Disposition) -> String {
    format!("{disposition:?} {}", disposition.words())
}

fn named<T: Serialize>(values: &[T]) -> Vec<String> {
    values.iter().map(name).collect()
}

/// The name a value has in a ruleset's file, without its hyphens.
fn name<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use assessment::ruleset::Ruleset;

    #[test]
    fn every_effect_of_every_shipped_rule_is_said() {
        for rule in &Ruleset::shipped().rules {
            let said = follows(&rule.then);
            assert!(!said.is_empty(), "{}", rule.id);
            assert!(said.iter().all(|it| !it.words.is_empty()), "{}", rule.id);
        }
    }

    #[test]
    fn a_place_has_its_code_and_its_words() {
        assert_eq!(place(Disposition::D06), "D06 Rheumatology");
    }
}
