//! Conditions in plain words, for those who read and sign the rules.
//!
//! The words of a test are the question's own, with the answer that is meant; nothing is left
//! out and nothing is summed up, so that the page says what the program does.

use serde::Serialize;

use super::declaration::{Claim, ClaimTest, Constraint, Impossible};
use super::expression::{Atom, Expression};
use super::fact_words::FactWords;
use super::file::Ruleset;
use crate::fact::FactId;

/// A condition in words, in the shape it was written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Phrase {
    /// It asks nothing, as the default does.
    Always,
    /// One test of one fact.
    Test {
        /// The fact.
        fact: FactId,
        /// The test in words, such as `age is 50 years or more`.
        words: String,
    },
    /// Something that is said of the outcome, as claims do: `the lead is D14 Acupuncture`.
    Outcome {
        /// The words.
        words: String,
    },
    /// Parts joined.
    Joined {
        /// How.
        by: Join,
        /// The parts, in the order written; at least one.
        parts: Vec<Phrase>,
    },
}

/// How the parts of a condition are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// All must hold.
    All,
    /// At least one must hold.
    Any,
    /// None may hold.
    None,
}

/// One line of a condition that is set out as a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhraseLine {
    /// How far it is indented: 0 for the first level.
    pub depth: usize,
    /// The words. A line that introduces those below it ends in a colon.
    pub text: String,
    /// The fact, for a test.
    pub fact: Option<FactId>,
}

impl Join {
    /// The words before a list of parts.
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all of",
            Self::Any => "any of",
            Self::None => "none of",
        }
    }
}

impl Ruleset {
    /// A condition of this ruleset in plain words.
    pub fn in_words(&self, condition: &Expression) -> Phrase {
        match condition {
            Expression::All(parts) if parts.is_empty() => Phrase::Always,
            Expression::All(parts) => self.joined(Join::All, parts),
            Expression::Any(parts) => self.joined(Join::Any, parts),
            Expression::None(parts) => self.joined(Join::None, parts),
            Expression::Is(atom) => self.test_in_words(atom),
        }
    }

    /// What a constraint rules out, in plain words.
    pub fn impossible_in_words(&self, constraint: &Constraint) -> Phrase {
        match &constraint.never {
            Impossible::When(condition) => self.in_words(condition),
            Impossible::Less { more, less } => {
                let name = |fact: &usize| {
                    let declared = self.facts.get(*fact);
                    declared.map_or_else(String::new, |it| FactWords::of(it).name)
                };
                Phrase::Outcome {
                    words: format!("{} less than {}", name(more), name(less)),
                }
            }
        }
    }

    /// What a claim says never happens together, in plain words.
    pub fn never_in_words(&self, claim: &Claim) -> Phrase {
        let mut parts: Vec<Phrase> = claim
            .never
            .iter()
            .map(|test| self.claimed_in_words(test))
            .collect();
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => Phrase::Joined {
                by: Join::All,
                parts,
            },
        }
    }

    /// What the facts of this ruleset are called, in the order declared.
    pub fn facts_in_words(&self) -> Vec<FactWords> {
        self.facts.iter().map(FactWords::of).collect()
    }

    fn claimed_in_words(&self, test: &ClaimTest) -> Phrase {
        let words = match test {
            ClaimTest::Facts(condition) => return self.in_words(condition),
            ClaimTest::Fires(rule) => {
                let id = self.rules.get(*rule).map_or("", |rule| rule.id.as_str());
                format!("the rule {id} fires")
            }
            ClaimTest::Lead(lead) => format!("the lead is {lead:?} {}", lead.words()),
            ClaimTest::Disposition(place) => {
                format!(
                    "the lead or a place beside it is {place:?} {}",
                    place.words()
                )
            }
            ClaimTest::Urgency(urgency) => format!("the urgency is {}", urgency.words()),
            ClaimTest::LessUrgentThan(urgency) => {
                format!("the urgency is less than {}", urgency.words())
            }
        };
        Phrase::Outcome { words }
    }

    fn joined(&self, by: Join, parts: &[Expression]) -> Phrase {
        let mut parts: Vec<Phrase> = parts.iter().map(|part| self.in_words(part)).collect();
        // All or any of one thing is that thing.
        if parts.len() == 1
            && by != Join::None
            && let Some(only) = parts.pop()
        {
            return only;
        }
        Phrase::Joined { by, parts }
    }

    fn test_in_words(&self, atom: &Atom) -> Phrase {
        let Some(declared) = self.facts.get(atom.fact) else {
            return Phrase::Always;
        };
        let fact = FactWords::of(declared);
        Phrase::Test {
            words: fact.test(&atom.test),
            fact: fact.id,
        }
    }
}

impl Phrase {
    /// The condition as lines of a list, the parts of a part indented under it.
    pub fn lines(&self) -> Vec<PhraseLine> {
        let mut lines = Vec::new();
        self.add_lines(0, &mut lines);
        lines
    }

    /// The condition in one sentence without its full stop.
    pub fn sentence(&self) -> String {
        match self {
            Self::Always => "always".to_owned(),
            Self::Test { words, .. } | Self::Outcome { words } => words.clone(),
            Self::Joined {
                by: Join::All,
                parts,
            } => {
                let parts: Vec<String> = parts.iter().map(Self::within).collect();
                parts.join(", and ")
            }
            Self::Joined { by, parts } => {
                let parts: Vec<String> = parts.iter().map(Self::within).collect();
                format!("{}: {}", by.words(), parts.join("; "))
            }
        }
    }

    /// A part of a sentence; what has parts of its own is bracketed, so that it can only be
    /// read one way.
    fn within(&self) -> String {
        match self {
            Self::Joined { .. } => format!("({})", self.sentence()),
            _ => self.sentence(),
        }
    }

    fn add_lines(&self, depth: usize, lines: &mut Vec<PhraseLine>) {
        let line = |text: String, fact: Option<FactId>| PhraseLine { depth, text, fact };
        match self {
            Self::Always => lines.push(line("always".to_owned(), None)),
            Self::Test { fact, words } => lines.push(line(words.clone(), Some(fact.clone()))),
            Self::Outcome { words } => lines.push(line(words.clone(), None)),
            Self::Joined { by, parts } => {
                lines.push(line(format!("{}:", by.words()), None));
                for part in parts {
                    part.add_lines(depth + 1, lines);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(id: &str) -> Phrase {
        let rules = Ruleset::shipped();
        rules.in_words(&rules.rule(id).unwrap().when)
    }

    #[test]
    fn a_condition_reads_as_its_questions_and_the_answers_that_are_meant() {
        assert_eq!(
            rule("limb-acute").sentence(),
            "A limb in the last two weeks painful and pale, cold, numb, weak or without pulse: present"
        );
        assert_eq!(
            rule("pain-of-cancer").sentence(),
            "Is the pain from cancer now, or from its treatment? yes"
        );
        let mood = rule("mood").sentence();
        assert!(
            mood.starts_with("PHQ-9 total is 10 ") && mood.ends_with("or more"),
            "{mood}"
        );
    }

    #[test]
    fn parts_within_parts_are_bracketed_so_that_a_sentence_has_one_reading() {
        let words = rule("giant-cell").sentence();
        assert!(
            words.starts_with("age is 50 years or more, and (any of: New headache: present; "),
            "{words}"
        );
        assert!(words.ends_with(')'), "{words}");
    }

    #[test]
    fn as_a_list_each_test_stands_on_a_line_under_what_joins_it() {
        let lines = rule("giant-cell").lines();
        let shown: Vec<(usize, &str)> = lines
            .iter()
            .map(|it| (it.depth, it.text.as_str()))
            .collect();
        assert_eq!(
            shown[..4],
            [
                (0, "all of:"),
                (1, "age is 50 years or more"),
                (1, "any of:"),
                (2, "New headache: present"),
            ]
        );
        assert_eq!(lines[1].fact, Some(FactId::new("age")));
    }

    #[test]
    fn the_default_holds_always() {
        assert_eq!(rule("default").sentence(), "always");
    }

    #[test]
    fn choices_are_quoted_as_they_are_labelled() {
        let words = rule("programme").sentence();
        assert!(
            words.contains("life? \"A good deal: some things are given up\" or \"Severely"),
            "{words}"
        );
    }

    #[test]
    fn every_shipped_condition_has_words_for_each_of_its_tests() {
        let rules = Ruleset::shipped();
        for rule in rules.rules.iter().filter(|rule| !rule.default) {
            let lines = rules.in_words(&rule.when).lines();
            let tests = lines.iter().filter(|line| line.fact.is_some()).count();
            assert_eq!(tests, rule.when.atoms().len(), "{}", rule.id);
            assert!(
                lines.iter().all(|line| !line.text.trim().is_empty()),
                "{}",
                rule.id
            );
        }
    }
}
