//! Who would move if one ruleset took the place of another, without a window.

use std::collections::BTreeMap;

use assessment::fact::Facts;
use assessment::impact::{Difference, Impact, Moved};
use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;
use serde::Serialize;

use super::explained::{Question, inputs};
use super::ruleset::ruleset;
use crate::refusal::Refusal;
use crate::words;

/// Stands for the rules that come with Felloe.
const SHIPPED: &str = "shipped";

/// Who would move.
#[derive(Debug, Clone, Serialize)]
pub struct Impacted {
    /// The ruleset that is, and its version.
    pub old: String,
    /// The ruleset that would be, and its version.
    pub new: String,
    /// Rules that differ.
    pub differences: Vec<Difference>,
    /// How many cases were compared.
    pub cases: usize,
    /// Those who would move, by name.
    pub movers: Vec<Mover>,
    /// The whole in words.
    #[serde(skip)]
    pub words: String,
}

/// A case that would move.
#[derive(Debug, Clone, Serialize)]
pub struct Mover {
    /// The case's name.
    pub case: String,
    /// What would change, and why.
    #[serde(flatten)]
    pub moved: Moved,
}

/// A file's name and its text; no text for the rules that come with Felloe, named `shipped`.
pub type Named<'a> = (&'a str, Option<&'a str>);

/// Compares two rulesets over the cases of a JSON object, by name; over the vignettes when none
/// are given.
pub fn impact(old: Named<'_>, new: Named<'_>, cases: Option<&str>) -> Result<Impacted, Refusal> {
    let (old, new) = (read(old)?, read(new)?);
    let cases = cases.map_or_else(|| Ok(vignettes()), named_cases)?;
    let between = Impact::between(&old, &new);
    let moved = cases.iter().filter_map(|(name, facts)| {
        let case = name.clone();
        between.of(facts).map(|moved| Mover { case, moved })
    });
    let mut made = Impacted {
        old: format!("{} {}", old.id, old.version),
        new: format!("{} {}", new.id, new.version),
        movers: moved.collect(),
        differences: between.differences().to_vec(),
        cases: cases.len(),
        words: String::new(),
    };
    made.words = in_words(&made);
    Ok(made)
}

/// Whether a name stands for the rules that come with Felloe.
pub fn is_shipped(name: &str) -> bool {
    name == SHIPPED
}

fn read((name, text): Named<'_>) -> Result<Ruleset, Refusal> {
    text.map_or_else(
        || Ok(Ruleset::shipped().clone()),
        |text| ruleset(name, text),
    )
}

fn vignettes() -> Vec<(String, Facts)> {
    let all = Vignette::shipped().iter();
    all.map(|it| (it.id.clone(), it.facts())).collect()
}

fn named_cases(json: &str) -> Result<Vec<(String, Facts)>, Refusal> {
    let asked: BTreeMap<String, Question> = serde_json::from_str(json)
        .map_err(|error| Refusal::plain(format!("The cases cannot be read: {error}.")))?;
    let gathered = asked.into_iter().map(|(name, asked)| {
        let on = asked.on;
        let inputs = inputs(asked).map_err(|error| Refusal::plain(format!("{name}: {error}")))?;
        Ok((name, Facts::gather(&inputs, on)))
    });
    gathered.collect()
}

fn in_words(made: &Impacted) -> String {
    let mut lines = vec![format!("From {} to {}", made.old, made.new)];
    for difference in &made.differences {
        let how: Vec<String> = difference
            .changes
            .iter()
            .map(|it| it.words().to_owned())
            .collect();
        lines.push(format!("  {} {}", difference.rule, words::listed(&how)));
    }
    for mover in &made.movers {
        lines.push(mover.case.clone());
        for step in &mover.moved.moves {
            let (part, from, to) = (step.part.words(), step.from.words(), step.to.words());
            lines.push(format!("  {part}: {from} -> {to}"));
        }
        for (rules, why) in [
            (&mover.moved.newly, "would fire"),
            (&mover.moved.no_longer, "would no longer fire"),
            (&mover.moved.may_newly, "might fire"),
            (&mover.moved.may_no_longer, "could no longer fire"),
            (&mover.moved.otherwise, "would say something else"),
        ] {
            lines.extend(rules.iter().map(|rule| format!("  because {rule} {why}")));
        }
    }
    let cases = words::count(made.cases, "case", "cases");
    lines.push(format!("{} of {cases} would move", made.movers.len()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = include_str!("../../../../../assets/rulesets/uk-community-pain.toml");

    #[test]
    fn nobody_moves_from_a_ruleset_to_itself() {
        let found = impact(("shipped", None), ("same.toml", Some(RULES)), None).unwrap();
        assert!(found.movers.is_empty() && found.differences.is_empty());
        assert_eq!(found.cases, Vignette::shipped().len());
        assert!(found.words.contains("0 of "));
    }

    #[test]
    fn a_case_of_a_file_that_would_move_is_named_with_what_and_why() {
        let at = RULES.find("id = \"ces-new\"").unwrap();
        let (before, after) = RULES.split_at(at);
        let later = after.replacen("urgency = \"emergency\"", "urgency = \"same-day\"", 1);
        let later = later.replacen("lead = \"D01\"", "prompt = true", 1);
        let changed = format!("{before}{later}");
        let cases = r#"{ "saddle": {"on": "2026-11-24", "age": 47, "answers": {"ces-saddle": true}},
                         "nothing": {"on": "2026-11-24", "age": 47} }"#;
        let found = impact(("shipped", None), ("new.toml", Some(&changed)), Some(cases)).unwrap();
        let saddle = found.movers.iter().find(|it| it.case == "saddle").unwrap();
        assert_eq!(saddle.moved.moves[0].from.words(), "Emergency");
        assert!(
            found
                .words
                .contains("because ces-new would say something else"),
            "{}",
            found.words
        );
    }

    #[test]
    fn a_fault_in_either_file_or_in_a_case_says_where() {
        let wrong = RULES.replacen("fact = \"ces-saddle\"", "fact = \"ces-sadle\"", 1);
        let fault = impact(("shipped", None), ("new.toml", Some(&wrong)), None).unwrap_err();
        assert!(fault.to_string().starts_with("new.toml:"), "{fault}");
        let cases = r#"{ "one": {"on": "2026-11-24", "answers": {"ces-sadle": true}} }"#;
        let fault = impact(("shipped", None), ("shipped", None), Some(cases)).unwrap_err();
        assert!(fault.to_string().starts_with("one: "), "{fault}");
    }
}
