//! The reading table on paper.

use assessment::ruleset::PhraseLine;
use document::{Block, Document, ListKind, Running, Size, Text, Tone};

use super::facts::FactRow;
use super::never::NeverRow;
use super::open::counted;
use super::said;
use super::table::{Group, RuleRow, Table};

/// The whole table as a document.
pub(super) fn document(table: &Table) -> Document {
    let mut blocks = first_page(table);
    blocks.extend(facts(table));
    blocks.extend(nevers("Constraints", said::CONSTRAINTS, &table.constraints));
    blocks.extend([Block::PageBreak, heading(1, "Rules")]);
    for group in &table.groups {
        blocks.extend(rules(group));
    }
    blocks.extend(nevers("Claims", said::CLAIMS, &table.claims));
    blocks.extend(open(table));
    blocks.extend(signatures(table));
    Document {
        title: format!("{}: {} {}", table.title, table.id, table.version),
        language: "en-GB".into(),
        size: Size::Clinician11,
        running: Running {
            head_left: table.title.clone(),
            head_right: format!("Reading table, {} {}", table.id, table.version),
            foot_left: format!(
                "{}. Digest {}.",
                said::status(table.status),
                table.short_digest()
            ),
        },
        watermark: said::across(table.status).map(str::to_owned),
        blocks,
    }
}

/// What stands in a table beside a condition is shorter than the condition.
const COLUMNS: [f32; 3] = [1.2, 2.0, 1.5];

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.into(),
    }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(Text::plain(text))
}

fn table_of(head: &[&str], widths: &[f32], rows: Vec<Vec<Text>>) -> Block {
    Block::Table {
        head: head.iter().map(|&title| title.to_owned()).collect(),
        rows,
        widths: widths.to_vec(),
    }
}

fn first_page(table: &Table) -> Vec<Block> {
    let status = said::status(table.status);
    let mut blocks = vec![
        heading(1, &table.title),
        Block::Callout {
            tone: Tone::Important,
            title: status.into(),
            body: vec![Text::plain(said::standing(table.status))],
        },
        Block::KeyValues(vec![
            ("Ruleset".into(), Text::plain(&table.id)),
            ("Version".into(), Text::plain(&table.version)),
            ("Status".into(), Text::bold(status)),
            (
                "Digest".into(),
                Text::bold(table.short_digest())
                    .then(format!(", in full {}", spaced(&table.digest))),
            ),
        ]),
        heading(2, "How to read this"),
    ];
    blocks.extend(said::HOW_TO_READ.map(paragraph));
    blocks.push(heading(2, "The marks"));
    let marks = table.marks.iter().map(|(mark, count)| {
        vec![
            Text::bold(format!("{mark:?}")),
            Text::plain(said::mark(*mark)),
            Text::plain(count.to_string()),
        ]
    });
    blocks.push(table_of(
        &["Mark", "What it means", "Rules"],
        &[0.5, 4.0, 0.6],
        marks.collect(),
    ));
    blocks
}

/// The digest in groups of eight, which are compared more easily.
fn spaced(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    let groups: Vec<String> = letters.chunks(8).map(|it| it.iter().collect()).collect();
    groups.join(" ")
}

fn facts(table: &Table) -> Vec<Block> {
    let mut blocks = vec![
        Block::PageBreak,
        heading(1, "Facts"),
        paragraph(said::FACTS),
    ];
    for group in &table.facts {
        blocks.push(heading(3, &group.title));
        blocks.push(Block::List {
            kind: ListKind::Bullets,
            items: group.facts.iter().map(fact).collect(),
        });
    }
    blocks
}

/// The fact in words, its values, and its short name.
fn fact(fact: &FactRow) -> Text {
    let stop = if fact.name.ends_with('?') { "" } else { "." };
    Text::plain(format!("{}{stop} {}. ", fact.name, fact.values.join(". ")))
        .then_bold(format!("[{}]", fact.id))
}

fn rules(group: &Group) -> Vec<Block> {
    vec![
        heading(2, &group.title),
        table_of(
            &["Rule and source", "When", "What follows, and why"],
            &COLUMNS,
            group.rules.iter().map(rule).collect(),
        ),
    ]
}

fn rule(rule: &RuleRow) -> Vec<Text> {
    let source = &rule.source;
    let mut about = Text::bold(format!("{}. {}", rule.number, rule.id));
    if let Some(warning) = &rule.warning {
        about = about.then(format!("\n{warning}"));
    }
    about = about
        .then(format!("\n{} ", source.citation))
        .then_bold(format!("[{:?}]", source.mark))
        .then(format!(
            "\nOwner: {}\nReview by {}",
            source.owner, source.review
        ));
    let mut then = Text::default();
    for follows in &rule.follows {
        then = then
            .then_bold(format!("{}: ", follows.part))
            .then(format!("{}\n", follows.words));
    }
    if rule.waits {
        then = then.then("It waits while the records it depends on are in conflict.\n");
    }
    vec![
        about,
        outline(&rule.when),
        then.then(format!("\n{}", rule.words)),
    ]
}

/// Constraints or claims, each with what never holds.
fn nevers(title: &str, about: &str, rows: &[NeverRow]) -> Vec<Block> {
    let mut blocks = vec![heading(1, title), paragraph(about)];
    if rows.is_empty() {
        blocks.push(paragraph(said::NONE));
        return blocks;
    }
    let rows = rows.iter().map(|row| {
        let mut about = Text::bold(&row.id);
        if let Some((citation, mark)) = &row.source {
            about = about
                .then(format!("\n{citation} "))
                .then_bold(format!("[{mark:?}]"));
        }
        vec![about, outline(&row.never), Text::plain(&row.words)]
    });
    blocks.push(table_of(
        &["Name", "Never", "In words"],
        &COLUMNS,
        rows.collect(),
    ));
    blocks
}

/// A condition line by line. What joins the lines under it is bold, and each depth has its mark.
fn outline(lines: &[PhraseLine]) -> Text {
    let mut text = Text::default();
    for (at, line) in lines.iter().enumerate() {
        let indent = "\u{a0}\u{a0}\u{a0}".repeat(line.depth.saturating_sub(1));
        let mark = ["", "\u{2022}\u{a0}", "\u{2013}\u{a0}"]
            .get(line.depth)
            .unwrap_or(&"\u{b7}\u{a0}");
        let ends = if at == 0 { "" } else { "\n" };
        text = text.then(format!("{ends}{indent}{mark}"));
        text = if line.text.ends_with(':') && line.fact.is_none() {
            text.then_bold(&line.text)
        } else {
            text.then(&line.text)
        };
    }
    text
}

fn open(table: &Table) -> Vec<Block> {
    let rows = table.open.iter().map(|point| {
        vec![
            Text::bold(format!("{:?}", point.mark)),
            Text::plain(&point.citation),
            Text::plain(point.rests.join(", ")),
        ]
    });
    let mut blocks = vec![
        Block::PageBreak,
        heading(1, "Open points"),
        paragraph(format!("{}.", counted(&table.open))),
    ];
    if !table.open.is_empty() {
        blocks.push(table_of(
            &["Mark", "Source", "What rests on it"],
            &[0.4, 1.8, 2.8],
            rows.collect(),
        ));
    }
    blocks
}

fn signatures(table: &Table) -> Vec<Block> {
    let mut blocks = vec![
        Block::PageBreak,
        heading(1, "Signatures"),
        Block::KeyValues(vec![
            ("Ruleset".into(), Text::plain(&table.id)),
            ("Version".into(), Text::plain(&table.version)),
            ("Status".into(), Text::bold(said::status(table.status))),
            ("Digest".into(), Text::plain(spaced(&table.digest))),
            ("Open points".into(), Text::plain(counted(&table.open))),
        ]),
        paragraph(said::SIGNING),
    ];
    for person in said::PEOPLE {
        blocks.push(heading(2, person));
        blocks.push(Block::SignatureLines(
            said::SIGNATURE.map(str::to_owned).to_vec(),
        ));
    }
    blocks
}
