//! A letter: head, what it is about, its parts, and who approved it.

use document::{Block, Document, ListKind, Running, Size, Text, Tone};

use super::numbered;
use crate::letter::PartTone;

/// What stands in a letter, already in words.
pub(crate) struct LetterPaper {
    pub(crate) service: String,
    pub(crate) site: String,
    /// The clinic's number; empty where the site has not entered it.
    pub(crate) telephone: String,
    /// The letter's own heading.
    pub(crate) heading: String,
    /// "To the GP".
    pub(crate) kind: String,
    /// Name and address, line by line.
    pub(crate) addressee: Vec<String>,
    /// `Thabo Ndlovu`.
    pub(crate) name: String,
    pub(crate) born: String,
    /// 3-3-4 or "No NHS number".
    pub(crate) number: String,
    pub(crate) address: String,
    pub(crate) date: String,
    pub(crate) parts: Vec<LetterPaperPart>,
    /// Who approved it, with their role; empty while nobody has.
    pub(crate) author: String,
    pub(crate) copies: String,
    pub(crate) version: u32,
    pub(crate) approved: bool,
    /// `Made 24-Nov-2026 10:42 by A. Osei`.
    pub(crate) made: String,
    pub(crate) demo: bool,
    /// That of staff, or of a patient, who is then whom it is written to.
    pub(crate) size: Size,
}

impl LetterPaper {
    /// Written to the person themselves.
    fn is_for_patient(&self) -> bool {
        self.size != Size::Clinician11
    }
}

/// One part with its words.
pub(crate) struct LetterPaperPart {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) tone: Option<PartTone>,
}

/// The letter as a document.
pub(crate) fn letter(paper: &LetterPaper) -> Document {
    let mut blocks = vec![Block::Paragraph(head(paper))];
    blocks.push(Block::Heading {
        level: 1,
        text: paper.heading.clone(),
    });
    if paper.is_for_patient() {
        blocks.push(Block::Paragraph(Text::plain(format!(
            "Dear {},",
            paper.name
        ))));
    } else {
        blocks.push(about(paper));
    }
    blocks.extend(paper.parts.iter().flat_map(part));
    blocks.extend(closing(paper));
    let whose = if paper.is_for_patient() {
        "you"
    } else {
        &paper.name
    };
    Document {
        title: format!("{}, about {whose}", paper.heading),
        language: "en-GB".into(),
        size: paper.size,
        running: running(paper),
        watermark: (!paper.approved).then(|| "DRAFT, not approved".into()),
        blocks,
    }
}

/// Where it goes and its date, as a letter begins.
fn head(paper: &LetterPaper) -> Text {
    let mut head = Text::default();
    for (at, line) in paper.addressee.iter().enumerate() {
        head = head.then(format!("{}{line}", if at == 0 { "" } else { "\n" }));
    }
    if !paper.addressee.is_empty() {
        head = head.then("\n\n");
    }
    head.then(&paper.date)
}

/// About whom, for a reader who has many patients.
fn about(paper: &LetterPaper) -> Block {
    let mut lines = vec![
        ("About".to_owned(), Text::bold(&paper.name)),
        (
            "Born".to_owned(),
            Text::plain(format!("{}, {}", paper.born, numbered(&paper.number))),
        ),
    ];
    if !paper.address.is_empty() {
        lines.push(("Address".to_owned(), Text::plain(&paper.address)));
    }
    Block::KeyValues(lines)
}

/// One line is a paragraph; several are a list.
fn part(part: &LetterPaperPart) -> Vec<Block> {
    let lines: Vec<Text> = part
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(labelled)
        .collect();
    if let Some(tone) = part.tone {
        return vec![Block::Callout {
            tone: match tone {
                PartTone::Plain => Tone::Plain,
                PartTone::Important => Tone::Important,
                PartTone::Emergency => Tone::Emergency,
            },
            title: part.title.clone(),
            body: lines,
        }];
    }
    let heading = Block::Heading {
        level: 2,
        text: part.title.clone(),
    };
    let heading = (!part.title.is_empty()).then_some(heading);
    let body = if part.title.is_empty() || lines.len() == 1 {
        lines.into_iter().map(Block::Paragraph).collect()
    } else {
        vec![Block::List {
            kind: ListKind::Bullets,
            items: lines,
        }]
    };
    heading.into_iter().chain(body).collect()
}

/// Longest label that is set bold: longer ones are sentences that hold a colon.
const LABEL: usize = 48;

/// `Decision: ...` with its label in bold, so that an eye in a hurry finds it.
fn labelled(line: &str) -> Text {
    match line.split_once(": ") {
        Some((label, rest)) if label.len() <= LABEL && !rest.is_empty() => {
            Text::bold(format!("{label}: ")).then(rest)
        }
        _ => Text::plain(line),
    }
}

fn closing(paper: &LetterPaper) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !paper.telephone.is_empty() && !paper.is_for_patient() {
        blocks.push(Block::Paragraph(
            Text::plain("Questions about this letter: ")
                .then_bold(paper.telephone.replace(' ', "\u{a0}"))
                .then(format!(", {}.", paper.site)),
        ));
    }
    let signed = if paper.approved {
        Text::plain(if paper.is_for_patient() {
            "With kind regards,\n"
        } else {
            "Approved by "
        })
        .then_bold(&paper.author)
    } else {
        Text::plain("This is a draft. Nobody has approved it.")
    };
    blocks.push(Block::Paragraph(signed));
    if !paper.copies.is_empty() {
        blocks.push(Block::Paragraph(Text::bold("Copies: ").then(&paper.copies)));
    }
    blocks
}

fn running(paper: &LetterPaper) -> Running {
    let demo = if paper.demo {
        " Demo clinic: an invented person."
    } else {
        ""
    };
    Running {
        head_left: [paper.service.as_str(), &paper.site]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        head_right: format!("{}, version {}", paper.kind, paper.version),
        foot_left: format!(
            "{}, {}. {}.{demo}",
            paper.name,
            numbered(&paper.number),
            paper.made
        ),
    }
}
