//! A ruleset from a file, and its reading table.

use assessment::ruleset::Ruleset;

use crate::reading::{ReadingTable, reading_table};
use crate::refusal::Refusal;

/// A ruleset as the people who answer for it read it and sign it.
pub struct RenderedRules {
    /// The ruleset's name and version, fit to be the name of a file.
    pub name: String,
    /// 64 hexadecimal digits, which say which content this is.
    pub digest: String,
    /// As Markdown and as PDF.
    pub table: ReadingTable,
}

/// Reads a ruleset. What is wrong with it is said as `file:line:column: what was expected`.
pub fn ruleset(file: &str, text: &str) -> Result<Ruleset, Refusal> {
    Ruleset::parse(text).map_err(|fault| {
        let near = fault.nearest.as_deref();
        let near = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
        Refusal::plain(format!(
            "{file}:{}:{}: {}{near}",
            fault.line, fault.column, fault.expected
        ))
    })
}

/// Makes the reading table of a ruleset, given as its file's name and text; of the shipped one
/// when none is given.
pub fn render_rules(file: Option<(&str, &str)>) -> Result<RenderedRules, Refusal> {
    let read = file.map(|(name, text)| ruleset(name, text)).transpose()?;
    let rules = read.as_ref().unwrap_or_else(|| Ruleset::shipped());
    Ok(RenderedRules {
        name: file_name(&format!("{}-{}", rules.id, rules.version)),
        digest: blake3::Hash::from_bytes(rules.digest).to_hex().to_string(),
        table: reading_table(rules)?,
    })
}

/// Letters, digits, dots and hyphens; anything else could point out of the folder.
fn file_name(words: &str) -> String {
    let safe = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '.' || letter == '-' {
            letter
        } else {
            '-'
        }
    };
    let name: String = words.chars().map(safe).collect();
    name.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_said_with_the_file_the_line_and_the_column() {
        let Err(refusal) = ruleset("mine.toml", "id = \"a\"\nversion = 1\n") else {
            panic!("a version that is a number was read");
        };
        let said = refusal.to_string();
        assert!(said.starts_with("mine.toml:2:11: "), "{said}");
    }

    #[test]
    fn the_name_of_a_file_stays_in_its_folder() {
        assert_eq!(file_name("../a b/c-2026.1"), "-a-b-c-2026.1");
    }
}
