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
    let rows = paper
        .code
        .chunks(4)
        .enumerate()
        .map(|(row, groups)| {
            let mut cells = vec![Text::plain(format!(
                "{} to {}",
                row * 4 + 1,
                row * 4 + groups.len()
            ))];
            cells.extend(
                (0..4).map(|column| Text::bold(groups.get(column).cloned().unwrap_or_default())),
            );
            cells
        })
        .collect();
    let blocks = vec![
        Block::Heading {
            level: 1,
            text: "Recovery sheet".into(),
        },
        Block::Callout {
            tone: Tone::Important,
            title: "Keep this as safe as the records themselves".into(),
            body: vec![Text::plain(
                "This sheet opens every record of the service. Print two copies and lock them in two safes. Do not keep a copy on a computer or take a photograph.",
            )],
        },
        Block::KeyValues(vec![
            ("Service".into(), Text::plain(paper.service)),
            ("Site".into(), Text::plain(paper.site)),
            ("Made".into(), Text::plain(paper.made)),
            ("Service in six words".into(), Text::bold(paper.fingerprint)),
        ]),
        Block::Heading {
            level: 2,
            text: "The code".into(),
        },
        Block::Table {
            head: vec![
                "Groups".into(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ],
            rows,
            widths: vec![1.2, 1.0, 1.0, 1.0, 1.0],
        },
        Block::Heading {
            level: 2,
            text: "When it is needed".into(),
        },
        Block::List {
            kind: ListKind::Bullets,
            items: vec![
                Text::plain(
                    "The laptop's keyring is lost, for example after the system was set up again.",
                ),
                Text::plain("Nobody who can unlock the record remembers a passphrase."),
                Text::plain("A backup is opened on a new laptop."),
            ],
        },
        Block::Heading {
            level: 2,
            text: "What to do then".into(),
        },
        Block::List {
            kind: ListKind::Numbers,
            items: vec![
                Text::plain("Start Felloe beside the record. It asks for this code."),
                Text::plain("Type the groups. Capitals and spaces do not matter."),
                Text::plain("Choose a new passphrase. Felloe makes a new sheet."),
                Text::plain("Print the new sheet twice and destroy this one: it no longer works."),
            ],
        },
        Block::SignatureLines(vec!["Locked away by".into(), "Date and place".into()]),
    ];
    Document {
        title: "Felloe recovery sheet".into(),
        language: "en-GB".into(),
        size: Size::Patient12,
        running: Running {
            head_left: paper.service.into(),
            head_right: "Recovery sheet".into(),
            foot_left: format!("{}. Made {}.", paper.site, paper.made),
        },
        watermark: paper.demo.then(|| "DEMO".into()),
        blocks,
    }
}
