//! What holds of a ruleset for every assessment, and where it does not.

use assessment::mark::Mark;
use assessment::proof::{Failure, Obligation, Overdue, Report, Verdict, check, overdue};
use assessment::ruleset::Ruleset;
use assessment::vignette::Vignette;
use jiff::civil::Date;
use serde::Serialize;

use crate::refusal::Refusal;
use crate::words;

/// What the proof says of a ruleset.
#[derive(Debug, Clone, Serialize)]
pub struct CheckedRules {
    /// Each obligation, and what came of it.
    pub report: Report,
    /// The rules whose review is due. That is told and fails nothing.
    pub overdue: Vec<Overdue>,
    /// Every obligation on a line, with what shows that it does not hold.
    #[serde(skip)]
    pub words: String,
}

impl CheckedRules {
    /// Whether every obligation is proved.
    pub fn all_proved(&self) -> bool {
        self.report.passed()
    }
}

/// Proves what must hold of a ruleset, given as its file's name and text; of the shipped one when
/// none is given. Reviews are looked at as of a day.
pub fn check_rules(file: Option<(&str, &str)>, on: Date) -> Result<CheckedRules, Refusal> {
    let read = file
        .map(|(name, text)| super::ruleset(name, text))
        .transpose()?;
    let ruleset = read.as_ref().unwrap_or_else(|| Ruleset::shipped());
    let report = check(ruleset, Vignette::shipped());
    let overdue = overdue(ruleset, on);
    Ok(CheckedRules {
        words: in_words(&report, &overdue),
        report,
        overdue,
    })
}

fn in_words(report: &Report, overdue: &[Overdue]) -> String {
    let mut lines = vec![format!(
        "{} {}: {} rules over {} facts.",
        report.ruleset, report.version, report.rules, report.facts
    )];
    for obligation in &report.obligations {
        lines.extend(said(obligation));
    }
    let marks = report
        .marks
        .iter()
        .map(|it| format!("{} {}", it.count, mark(it.mark)));
    let marks: Vec<String> = marks.collect();
    lines.push(format!("Confidence marks: {}.", marks.join(", ")));
    for late in overdue {
        lines.push(format!(
            "Review due: {}, since {}, by {}.",
            late.rule,
            words::staff_date(late.review),
            late.owner
        ));
    }
    lines.push(last_word(report));
    lines.join("\n")
}

fn said(obligation: &Obligation) -> Vec<String> {
    let verdict = match obligation.verdict() {
        Verdict::Proved => "proved    ",
        Verdict::Failed => "FAILED    ",
        Verdict::NotShown => "NOT SHOWN ",
    };
    let of = match obligation.of {
        1 => String::new(),
        of => format!(" ({of})"),
    };
    let mut lines = vec![format!("{verdict}{}{of}", obligation.words)];
    let remarks = obligation.remarks.iter();
    lines.extend(remarks.map(|remark| format!("  {remark}")));
    let not_shown = obligation.not_shown.iter();
    lines.extend(not_shown.map(|about| format!("  {about}: the search was given up.")));
    lines.extend(obligation.failures.iter().flat_map(shown));
    lines
}

/// A failure, and the vignette that shows it, ready to be put into a file.
fn shown(failure: &Failure) -> Vec<String> {
    let mut lines = vec![format!("  {}: {}", failure.about, failure.words)];
    if let Some(case) = &failure.counterexample {
        lines.extend([String::new(), case.to_string(), String::new()]);
    }
    lines
}

/// The mark as a file writes it, and what it means.
fn mark(mark: Mark) -> String {
    format!("{mark:?} ({})", mark.words())
}

fn last_word(report: &Report) -> String {
    let all = report.obligations.len();
    let proved = report.obligations.iter().map(Obligation::verdict);
    let proved = proved.filter(|it| *it == Verdict::Proved).count();
    let cost = format!("{} questions, {} steps", report.searches, report.steps);
    if proved == all {
        format!("All {all} proved for every assessment ({cost}).")
    } else {
        format!("{proved} of {all} proved ({cost}).")
    }
}
