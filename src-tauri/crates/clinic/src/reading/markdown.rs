//! The reading table as Markdown.

use std::fmt::Write as _;

use assessment::ruleset::PhraseLine;

use super::facts::FactGroup;
use super::never::NeverRow;
use super::open::counted;
use super::said;
use super::table::{Group, RuleRow, Table};

/// The whole table.
pub(super) fn written(table: &Table) -> String {
    let mut text = String::new();
    head(&mut text, table);
    facts(&mut text, &table.facts);
    nevers(
        &mut text,
        "Constraints",
        said::CONSTRAINTS,
        &table.constraints,
    );
    text.push_str("\n## Rules\n");
    for group in &table.groups {
        rules(&mut text, group);
    }
    nevers(&mut text, "Claims", said::CLAIMS, &table.claims);
    open(&mut text, table);
    signatures(&mut text, table);
    text
}

/// Adds one line. Writing to a string cannot fail.
fn line(text: &mut String, words: impl std::fmt::Display) {
    let _ = writeln!(text, "{words}");
}

fn head(text: &mut String, table: &Table) {
    let status = said::status(table.status);
    line(text, format_args!("# {}\n", escaped(&table.title)));
    line(
        text,
        format_args!("**{status}.** {}\n", said::standing(table.status)),
    );
    line(text, "| | |\n|---|---|");
    for (name, value) in [
        ("Ruleset", table.id.as_str()),
        ("Version", &table.version),
        ("Status", status),
        ("Digest, first 12", table.short_digest()),
        ("Digest", &table.digest),
    ] {
        line(text, format_args!("| {name} | {} |", escaped(value)));
    }
    line(text, "\n## How to read this\n");
    for paragraph in said::HOW_TO_READ {
        line(text, format_args!("{paragraph}\n"));
    }
    line(text, "## The marks\n");
    line(text, "| mark | what it means | rules |\n|---|---|---|");
    for (mark, count) in &table.marks {
        line(
            text,
            format_args!("| {mark:?} | {} | {count} |", said::mark(*mark)),
        );
    }
}

fn facts(text: &mut String, groups: &[FactGroup]) {
    line(text, format_args!("\n## Facts\n\n{}", said::FACTS));
    for group in groups {
        line(text, format_args!("\n### {}\n", escaped(&group.title)));
        line(
            text,
            "| fact | type and values | short name |\n|---|---|---|",
        );
        for fact in &group.facts {
            let (name, values) = (escaped(&fact.name), escaped(&fact.values.join("; ")));
            line(text, format_args!("| {name} | {values} | `{}` |", fact.id));
        }
    }
}

fn rules(text: &mut String, group: &Group) {
    line(text, format_args!("\n### {}", group.title));
    for rule in &group.rules {
        one_rule(text, rule);
    }
}

fn one_rule(text: &mut String, rule: &RuleRow) {
    line(text, format_args!("\n#### {}. {}\n", rule.number, rule.id));
    if let Some(warning) = &rule.warning {
        line(text, format_args!("Warning signs: {}\n", escaped(warning)));
    }
    line(text, "When:\n");
    outline(text, &rule.when);
    line(text, "\nThen:\n");
    for follows in &rule.follows {
        line(
            text,
            format_args!("- {}: {}", follows.part, escaped(&follows.words)),
        );
    }
    if rule.waits {
        line(
            text,
            "- It waits while the records it depends on are in conflict.",
        );
    }
    line(text, format_args!("\n> {}\n", escaped(&rule.words)));
    let source = &rule.source;
    line(
        text,
        format_args!(
            "Source: {} [{:?}]. Owner: {}. Review by {}.",
            escaped(&source.citation),
            source.mark,
            escaped(&source.owner),
            source.review
        ),
    );
}

/// A condition as a list within a list.
fn outline(text: &mut String, lines: &[PhraseLine]) {
    for phrase in lines {
        let indent = "  ".repeat(phrase.depth);
        line(text, format_args!("{indent}- {}", escaped(&phrase.text)));
    }
}

fn nevers(text: &mut String, title: &str, about: &str, rows: &[NeverRow]) {
    line(text, format_args!("\n## {title}\n\n{about}"));
    if rows.is_empty() {
        line(text, format_args!("\n{}", said::NONE));
    }
    for row in rows {
        line(
            text,
            format_args!("\n### {}\n\n> {}\n\nNever:\n", row.id, escaped(&row.words)),
        );
        outline(text, &row.never);
        if let Some((citation, mark)) = &row.source {
            line(
                text,
                format_args!("\nSource: {} [{mark:?}].", escaped(citation)),
            );
        }
    }
}

fn open(text: &mut String, table: &Table) {
    line(text, "\n## Open points\n");
    line(text, format_args!("{}.\n", counted(&table.open)));
    if table.open.is_empty() {
        return;
    }
    line(text, "| mark | source | what rests on it |\n|---|---|---|");
    for point in &table.open {
        let (citation, rests) = (escaped(&point.citation), escaped(&point.rests.join(", ")));
        line(
            text,
            format_args!("| {:?} | {citation} | {rests} |", point.mark),
        );
    }
}

fn signatures(text: &mut String, table: &Table) {
    line(text, "\n## Signatures\n");
    line(
        text,
        format_args!(
            "{}, version {}, {}, digest {}.\n",
            escaped(&table.id),
            escaped(&table.version),
            said::status(table.status),
            table.digest
        ),
    );
    line(text, format_args!("{}\n", said::SIGNING));
    line(text, format_args!("| | {} |", said::SIGNATURE.join(" | ")));
    line(
        text,
        format_args!("|---|{}", "---|".repeat(said::SIGNATURE.len())),
    );
    for person in said::PEOPLE {
        line(
            text,
            format_args!("| {person} |{}", " |".repeat(said::SIGNATURE.len())),
        );
    }
}

/// Words in which nothing is read as Markdown.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            safe.push('\\');
        }
        safe.push(if letter.is_control() { ' ' } else { letter });
    }
    safe
}
