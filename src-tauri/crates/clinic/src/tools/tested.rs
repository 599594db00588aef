//! The vignettes, run over the rules.

use assessment::ruleset::{Disposition, Ruleset, Status};
use assessment::vignette::{Difference, Ran, Vignette};
use serde::Serialize;

use crate::refusal::Refusal;

/// What came of every vignette.
#[derive(Debug, Clone, Serialize)]
pub struct TestedRules {
    /// The ruleset, its version, and that it is a draft or withdrawn.
    pub ruleset: String,
    /// How many came out as expected.
    pub passed: usize,
    /// How many there are.
    pub of: usize,
    /// Each of them, file by file.
    pub vignettes: Vec<TestedVignette>,
    /// The whole as a table.
    #[serde(skip)]
    pub words: String,
}

/// What came of one vignette.
#[derive(Debug, Clone, Serialize)]
pub struct TestedVignette {
    /// Its name.
    pub id: String,
    /// The file it stands in.
    pub file: String,
    /// The line it begins on.
    pub line: usize,
    /// What its file is about.
    pub theme: String,
    /// The case.
    pub words: String,
    /// Why this is expected.
    pub reason: String,
    /// Whether it came out as expected.
    pub passed: bool,
    /// The urgency that came out.
    pub urgency: String,
    /// The lead that came out, by code; absent while it is not settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<Disposition>,
    /// The rules that fired.
    pub fired: Vec<String>,
    /// What came out otherwise.
    pub differences: Vec<Difference>,
}

impl TestedRules {
    /// Whether every vignette came out as expected.
    pub fn all_passed(&self) -> bool {
        self.passed == self.of
    }
}

/// Runs every vignette over a ruleset, given as its file's name and text; over the shipped one
/// when none is given.
pub fn test_rules(file: Option<(&str, &str)>) -> Result<TestedRules, Refusal> {
    let read = file
        .map(|(name, text)| super::ruleset(name, text))
        .transpose()?;
    let ruleset = read.as_ref().unwrap_or_else(|| Ruleset::shipped());
    let vignettes: Vec<TestedVignette> = Vignette::shipped()
        .iter()
        .map(|vignette| tested(vignette, &vignette.run(ruleset)))
        .collect();
    let draft = match ruleset.status {
        Status::Adopted => "",
        Status::Draft => " DRAFT",
        Status::Withdrawn => " WITHDRAWN",
    };
    let passed = vignettes.iter().filter(|it| it.passed).count();
    let mut made = TestedRules {
        ruleset: format!("{} {}{draft}", ruleset.id, ruleset.version),
        passed,
        of: vignettes.len(),
        vignettes,
        words: String::new(),
    };
    made.words = table(&made);
    Ok(made)
}

fn tested(vignette: &Vignette, ran: &Ran) -> TestedVignette {
    TestedVignette {
        id: vignette.id.clone(),
        file: vignette.file.clone(),
        line: vignette.line,
        theme: vignette.theme.clone(),
        words: vignette.words.clone(),
        reason: vignette.reason.clone(),
        passed: ran.passed(),
        urgency: ran.proposal.urgency_shown().words().to_owned(),
        lead: ran.proposal.lead.value().copied(),
        fired: ran.fired.clone(),
        differences: ran.differences.clone(),
    }
}

/// A row for each vignette, and under it a line for each thing that came out otherwise.
fn table(made: &TestedRules) -> String {
    let width = made.vignettes.iter().map(|it| it.id.len()).max();
    let width = width.unwrap_or_default();
    let mut lines = vec![format!("Rules {}", made.ruleset)];
    for one in &made.vignettes {
        let lead = one
            .lead
            .map_or("not settled".to_owned(), |it| format!("{it:?}"));
        let passed = if one.passed { "pass" } else { "FAIL" };
        lines.push(format!(
            "{passed}  {:width$}  {}, {lead}",
            one.id, one.urgency
        ));
        for difference in &one.differences {
            lines.push(format!(
                "      {}, line {}: {}",
                one.file, one.line, difference.what
            ));
            lines.push(format!("        expected {}", difference.expected));
            lines.push(format!("        got      {}", difference.got));
        }
    }
    lines.push(format!("{} of {} as expected", made.passed, made.of));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::test_rules;

    #[test]
    fn every_shipped_vignette_comes_out_as_expected() {
        let tested = test_rules(None).unwrap();
        assert!(tested.all_passed(), "{}", tested.words);
        assert!(
            tested
                .words
                .ends_with(&format!("{0} of {0} as expected", tested.of))
        );
    }
}
