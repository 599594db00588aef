use document::{Block, Document, ListKind, Running, Size, Text, Tone};

/// What stands on a recovery sheet.
pub(crate) struct SheetPaper<'a> {
    pub(crate) service: &'a str,
    pub(crate) site: &'a str,
    /// The code in groups.
    pub(crate) code: &'a [String],
    /// The root's fingerprint in six words.
    pub(crate) fingerprint: &'a str,
    /// DD-Mmm-YYYY.
    pub(crate) made: &'a str,
    pub(crate) demo: bool,
}

/// The recovery sheet: two copies, two safes.
pub(crate) fn sheet(paper: &SheetPaper<'_>) -> Document {
    let mut blocks = vec![heading(1, "Recovery sheet"), warning()];
    blocks.push(Block::KeyValues(vec![
        ("Service".into(), Text::plain(paper.service)),
        ("Site".into(), Text::plain(paper.site)),
        ("Made".into(), Text::plain(paper.made)),
        ("Service in six words".into(), Text::bold(paper.fingerprint)),
    ]));
    blocks.extend([heading(2, "The code"), code(paper.code)]);
    blocks.extend([
        heading(2, "When it is needed"),
        list(ListKind::Bullets, &NEEDED_WHEN),
    ]);
    blocks.extend([
        heading(2, "What to do then"),
        list(ListKind::Numbers, &TO_DO_THEN),
    ]);
    blocks.push(Block::SignatureLines(vec![
        "Locked away by".into(),
        "Date and place".into(),
    ]));
    Document {
        title: "Felloe recovery sheet".into(),
        language: "en-GB".into(),
        // One page: a second one is lost, or left lying about.
        size: Size::Clinician11,
        running: Running {
            head_left: paper.service.into(),
            head_right: "Recovery sheet".into(),
            foot_left: format!("{}. Made {}.", paper.site, paper.made),
        },
        watermark: paper.demo.then(|| "DEMO".into()),
        blocks,
    }
}

const NEEDED_WHEN: [&str; 4] = [
    "The laptop's keyring is lost, for example after the system was set up again.",
    "Nobody who can unlock the record remembers a passphrase.",
    "A backup is opened on a new laptop.",
    "Every laptop is lost: a blank one and the hub server give the service back.",
];

const TO_DO_THEN: [&str; 4] = [
    "Start Felloe beside the record, or on a blank laptop. It asks for this code.",
    "Type the groups. Capitals and spaces do not matter.",
    "Choose a new passphrase. Felloe makes a new sheet.",
    "Print the new sheet twice and destroy this one: it no longer works.",
];

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.into(),
    }
}

fn list(kind: ListKind, items: &[&str]) -> Block {
    Block::List {
        kind,
        items: items.iter().map(|item| Text::plain(*item)).collect(),
    }
}

fn warning() -> Block {
    Block::Callout {
        tone: Tone::Important,
        title: "Keep this as safe as the records themselves".into(),
        body: vec![Text::plain(
            "This sheet opens every record of the service. Print two copies and lock them in two safes. Do not keep a copy on a computer or take a photograph.",
        )],
    }
}

/// The groups, four in a row, each row with the numbers it holds.
fn code(groups: &[String]) -> Block {
    let row = |(row, groups): (usize, &[String])| {
        let numbers = format!("{} to {}", row * 4 + 1, row * 4 + groups.len());
        let group = |column: usize| groups.get(column).cloned().unwrap_or_default();
        let cells = (0..4).map(|column| Text::bold(group(column)));
        std::iter::once(Text::plain(numbers)).chain(cells).collect()
    };
    let mut head = vec![String::new(); 5];
    head[0] = "Groups".into();
    Block::Table {
        head,
        rows: groups.chunks(4).enumerate().map(row).collect(),
        widths: vec![1.2, 1.0, 1.0, 1.0, 1.0],
    }
}
