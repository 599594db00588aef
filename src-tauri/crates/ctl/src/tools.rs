//! Sums and rules: one call into `clinic`, and its answer in words.

use std::io::Read;
use std::path::Path;

use clinic::tools;
use jiff::civil::Date;

use crate::arguments::Rules;
use crate::{Outcome, Trouble};

/// Scores an instrument.
pub(crate) fn score(instrument: &str, answers: &str) -> Result<Outcome, Trouble> {
    let score = tools::score(instrument, answers).map_err(|refusal| Trouble::input(&refusal))?;
    let words = score.words.clone();
    Ok(Outcome::new(score, words, true))
}

/// Adds up opioids.
pub(crate) fn ome(regimen: &str) -> Result<Outcome, Trouble> {
    let ome = tools::ome(regimen).map_err(|refusal| Trouble::input(&refusal))?;
    let words = ome.words.clone();
    Ok(Outcome::new(ome, words, true))
}

/// Reads a clock.
pub(crate) fn clock(events: &Path, on: Date) -> Result<Outcome, Trouble> {
    let answer = tools::clock(&read(events)?, on)
        .map_err(|refusal| Trouble::input(&format!("{}: {refusal}", events.display())))?;
    let words = answer.words.clone();
    Ok(Outcome::new(answer, words, true))
}

/// Checks a number. Exit code 1 when it cannot be one.
pub(crate) fn nhs_number(number: &str) -> Outcome {
    let check = tools::nhs_number(number);
    let (words, valid) = (check.words.clone(), check.valid);
    Outcome::new(check, words, valid)
}

/// What is asked of the rules.
pub(crate) fn rules(rules: &Rules) -> Result<Outcome, Trouble> {
    match rules {
        Rules::Explain { file } => explain(file),
        Rules::Impact { old, new, cases } => impact(old, new, cases.as_deref()),
        Rules::Check { file, on } => check(file.as_deref(), *on),
        Rules::Test { file } => test(file.as_deref()),
        Rules::Render { file, out } => crate::render::rules(file.as_deref(), out),
    }
}

/// Proves what must hold of the rules.
fn check(file: Option<&Path>, on: Option<Date>) -> Result<Outcome, Trouble> {
    let text = file.map(read).transpose()?;
    let name = file.map(|file| file.display().to_string());
    let on = on.unwrap_or_else(today);
    let checked = tools::check_rules(name.as_deref().zip(text.as_deref()), on)
        .map_err(|refusal| Trouble::input(&refusal))?;
    let (words, proved) = (checked.words.clone(), checked.all_proved());
    Ok(Outcome::new(checked, words, proved))
}

/// Today, where this machine is.
#[expect(
    clippy::disallowed_methods,
    reason = "felloectl is the edge; everything within takes the day as an argument"
)]
fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Runs every vignette.
fn test(file: Option<&Path>) -> Result<Outcome, Trouble> {
    let text = file.map(read).transpose()?;
    let name = file.map(|file| file.display().to_string());
    let tested = tools::test_rules(name.as_deref().zip(text.as_deref()))
        .map_err(|refusal| Trouble::input(&refusal))?;
    let (words, passed) = (tested.words.clone(), tested.all_passed());
    Ok(Outcome::new(tested, words, passed))
}

/// Compares two rulesets.
fn impact(old: &Path, new: &Path, cases: Option<&Path>) -> Result<Outcome, Trouble> {
    let text = |file: &Path| -> Result<Option<String>, Trouble> {
        let shipped = tools::is_shipped(&file.to_string_lossy());
        (!shipped).then(|| read(file)).transpose()
    };
    let names = [old, new].map(|file| file.display().to_string());
    let texts = [text(old)?, text(new)?];
    let cases = cases.map(read).transpose()?;
    let found = tools::impact(
        (&names[0], texts[0].as_deref()),
        (&names[1], texts[1].as_deref()),
        cases.as_deref(),
    )
    .map_err(|refusal| Trouble::input(&refusal))?;
    let words = found.words.clone();
    Ok(Outcome::new(found, words, true))
}

/// Explains what the rules propose.
fn explain(file: &Path) -> Result<Outcome, Trouble> {
    let explained = tools::explain(&read(file)?).map_err(|refusal| Trouble::input(&refusal))?;
    let words = explained.words.clone();
    Ok(Outcome::new(explained, words, true))
}

/// A file's text, or standard input for `-`.
pub(crate) fn read(file: &Path) -> Result<String, Trouble> {
    if file == Path::new("-") {
        let mut text = String::new();
        let said = std::io::stdin().read_to_string(&mut text);
        return said
            .map(|_| text)
            .map_err(|error| Trouble::input(&format!("Standard input cannot be read: {error}")));
    }
    std::fs::read_to_string(file)
        .map_err(|error| Trouble::input(&format!("{} cannot be read: {error}", file.display())))
}
