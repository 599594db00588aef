use document::{Block, Document, ListKind, Running, Size, Text, Tone};

use super::numbered;
use crate::view::{Goal, Labelled};
use crate::words;

/// What stands on a plan, already in the patient's words.
pub(crate) struct PlanPaper {
    pub(crate) service: String,
    pub(crate) site: String,
    /// `Thabo Ndlovu`.
    pub(crate) name: String,
    /// 3-3-4 or "No NHS number".
    pub(crate) number: String,
    /// Born, for patients: `17 September 1979`.
    pub(crate) born: String,
    /// `24 November 2026`.
    pub(crate) date: String,
    pub(crate) version: u32,
    /// Who wrote it, with their role.
    pub(crate) author: String,
    /// Block id, heading and text, in order; empty ones are left out.
    pub(crate) blocks: Vec<PlanPart>,
    pub(crate) goals: Vec<Goal>,
    /// Name, how it is taken, what for.
    pub(crate) medicines: Vec<[String; 3]>,
    pub(crate) allergies: String,
    /// Review date for patients, empty when not chosen.
    pub(crate) review: String,
    /// Whom to call.
    pub(crate) contacts: Vec<Labelled>,
    /// "Agreed with you on ...", or why it is not signed.
    pub(crate) agreed: String,
    pub(crate) signed: bool,
    /// `Printed 24-Nov-2026 10:42 by A. Osei`.
    pub(crate) printed: String,
    /// `Rules uk-community-pain 2026.1 DRAFT`; empty where no rules are in force.
    pub(crate) ruleset: String,
    pub(crate) demo: bool,
    pub(crate) large: bool,
}

/// One text block.
pub(crate) struct PlanPart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// The treatment plan as a document.
pub(crate) fn plan(paper: &PlanPaper) -> Document {
    let mut blocks = vec![
        Block::Heading {
            level: 1,
            text: "Your treatment plan".into(),
        },
        Block::Paragraph(
            Text::plain("For ")
                .then_bold(&paper.name)
                .then(format!(
                    ", born {}. Written with you on {} by ",
                    paper.born, paper.date
                ))
                .then_bold(&paper.author)
                .then(". It is yours to keep. Bring it to every visit."),
        ),
    ];
    for part in &paper.blocks {
        blocks.extend(section(part));
        match part.id.as_str() {
            "what-we-agreed" => blocks.extend(goals(&paper.goals)),
            "medicines" => blocks.extend(medicines(paper)),
            "contacts" => blocks.extend(contacts(&paper.contacts)),
            _ => {}
        }
    }
    blocks.extend(review(&paper.review));
    blocks.push(Block::Paragraph(Text::plain(&paper.agreed)));
    blocks.push(Block::SignatureLines(vec![
        "You".into(),
        "For the clinic".into(),
    ]));
    Document {
        title: "Your treatment plan".into(),
        language: "en-GB".into(),
        size: if paper.large {
            Size::Large18
        } else {
            Size::Patient12
        },
        running: running(paper),
        watermark: (!paper.signed).then(|| "DRAFT, not signed".into()),
        blocks,
    }
}

fn running(paper: &PlanPaper) -> Running {
    let demo = if paper.demo {
        " Demo clinic: an invented person."
    } else {
        ""
    };
    let number = numbered(&paper.number);
    let rules = if paper.ruleset.is_empty() {
        String::new()
    } else {
        format!(" {}.", paper.ruleset)
    };
    Running {
        head_left: [paper.service.as_str(), &paper.site]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        head_right: format!("Treatment plan, version {}", paper.version),
        foot_left: format!("{}, {number}. {}.{rules}{demo}", paper.name, paper.printed),
    }
}

/// A block of text: lines are list items when there are several, a paragraph when there is one.
fn section(part: &PlanPart) -> Vec<Block> {
    let lines: Vec<&str> = part
        .text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let texts: Vec<Text> = lines.iter().map(|line| Text::plain(*line)).collect();
    if part.id == "warning-signs" {
        return vec![Block::Callout {
            tone: Tone::Emergency,
            title: part.title.clone(),
            body: texts,
        }];
    }
    let heading = Block::Heading {
        level: 2,
        text: part.title.clone(),
    };
    match part.id.as_str() {
        "what-matters" => vec![Block::Callout {
            tone: Tone::Plain,
            title: part.title.clone(),
            body: texts,
        }],
        "what-we-agreed" if lines.is_empty() => Vec::new(),
        _ if lines.is_empty() => vec![heading],
        _ if lines.len() == 1 => {
            let mut blocks = vec![heading];
            blocks.extend(texts.into_iter().map(Block::Paragraph));
            blocks
        }
        _ => {
            let kind = if part.id == "flare-up" {
                ListKind::Numbers
            } else {
                ListKind::Bullets
            };
            vec![heading, Block::List { kind, items: texts }]
        }
    }
}

fn goals(goals: &[Goal]) -> Vec<Block> {
    if goals.is_empty() {
        return Vec::new();
    }
    let items = goals
        .iter()
        .map(|goal| {
            let by = words::iso(&goal.by)
                .map(|by| format!(" By {}.", words::patient_date(by)))
                .unwrap_or_default();
            let sure = goal
                .confidence
                .map(|sure| format!(" How sure you feel: {sure} out of 10."))
                .unwrap_or_default();
            Text::bold(&goal.text).then(format!("{by}{sure}"))
        })
        .collect();
    vec![
        Block::Heading {
            level: 2,
            text: "Your goals".into(),
        },
        Block::List {
            kind: ListKind::Numbers,
            items,
        },
    ]
}

fn medicines(paper: &PlanPaper) -> Vec<Block> {
    let allergies = Block::Paragraph(Text::bold("Allergies: ").then(&paper.allergies));
    if paper.medicines.is_empty() {
        return vec![allergies];
    }
    let rows = paper
        .medicines
        .iter()
        .map(|[name, taken, why]| vec![Text::bold(name), Text::plain(taken), Text::plain(why)])
        .collect();
    vec![
        Block::Table {
            head: vec![
                "Medicine".into(),
                "How you take it now".into(),
                "What it is for".into(),
            ],
            rows,
            widths: vec![1.1, 1.3, 1.2],
        },
        allergies,
        Block::Callout {
            tone: Tone::Important,
            title: "Do not stop a medicine suddenly".into(),
            body: vec![Text::plain(
                "Talk to us, your GP or your pharmacist first. A change is made step by step and together.",
            )],
        },
    ]
}

fn contacts(contacts: &[Labelled]) -> Vec<Block> {
    if contacts.is_empty() {
        return Vec::new();
    }
    vec![Block::KeyValues(
        contacts
            .iter()
            .map(|line| (line.label.clone(), Text::bold(&line.value)))
            .collect(),
    )]
}

fn review(review: &str) -> Vec<Block> {
    let text = if review.is_empty() {
        Text::plain("We have not set a date yet. Call the clinic if you do not hear from us.")
    } else {
        Text::plain("We look at this plan again together on ")
            .then_bold(review)
            .then(". You can come back sooner if things change.")
    };
    vec![
        Block::Heading {
            level: 2,
            text: "When we meet again".into(),
        },
        Block::Paragraph(text),
    ]
}
