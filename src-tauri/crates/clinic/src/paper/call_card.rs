//! The call card: one page to read out on the telephone while an emergency is handed over, in the
//! order in which hospitals take such calls: situation, background, assessment, request.

use document::{Block, Document, DocumentError, Running, Size, Text, Tone};

use super::numbered;
use crate::view::Labelled;

/// Dots to write on with a pen.
const TO_WRITE: &str = "............................................";

/// What stands on a call card, already in words.
pub(crate) struct CallPaper {
    /// `Possible cauda equina syndrome`.
    pub(crate) title: String,
    /// `Ama Osei, nurse`.
    pub(crate) caller: String,
    /// Site and service.
    pub(crate) place: String,
    /// The clinic's number; empty where the site has not entered it.
    pub(crate) ring_back: String,
    pub(crate) name: String,
    /// `17-Sep-1979 (47y)`, or "Not known".
    pub(crate) born: String,
    /// As the person describes it; "gender not known" where nobody said.
    pub(crate) gender: String,
    /// 3-3-4 or "No NHS number".
    pub(crate) number: String,
    /// Why the name cannot be relied on.
    pub(crate) in_conflict: Option<String>,
    pub(crate) signs: Vec<CallSign>,
    /// What to ask the person and write in.
    pub(crate) ask: Vec<String>,
    pub(crate) background: Vec<Labelled>,
    pub(crate) assessment: Vec<Labelled>,
    /// What is asked for, and by when.
    pub(crate) within: String,
    /// Whom to phone, with the number; an empty number has to be found.
    pub(crate) phones: Vec<Labelled>,
    /// Where the route comes from, and that it is a draft.
    pub(crate) source: String,
    /// `Made 24-Nov-2026 10:42 by A. Osei`.
    pub(crate) made: String,
    pub(crate) demo: bool,
}

/// A sign that is present, and who said so when.
pub(crate) struct CallSign {
    pub(crate) words: String,
    pub(crate) told: String,
}

/// The card as a document: on one page, set closer where it would otherwise need a second. The second
/// sheet of a call is the one that is not to hand.
pub(crate) fn call_card(paper: &CallPaper) -> Result<Document, DocumentError> {
    let card = set(paper, Size::Clinician11);
    if card.typeset()?.pages() > 1 {
        return Ok(set(paper, Size::Compact10));
    }
    Ok(card)
}

/// It never bears DRAFT: nothing on it is a proposal or a decision, and whoever takes the call must
/// not doubt that the person is there.
fn set(paper: &CallPaper, size: Size) -> Document {
    let mut blocks = vec![
        Block::Heading {
            level: 1,
            text: paper.title.clone(),
        },
        Block::Callout {
            tone: Tone::Emergency,
            title: "Read this out. Do not wait for it to print.".into(),
            body: Vec::new(),
        },
    ];
    blocks.extend(paper.in_conflict.as_ref().map(|why| Block::Callout {
        tone: Tone::Important,
        title: "Check name and date of birth with the person".into(),
        body: vec![Text::plain(why)],
    }));
    blocks.push(phones(&paper.phones));
    blocks.push(to_say(paper));
    Document {
        title: format!("Call card: {}", paper.title),
        language: "en-GB".into(),
        size,
        running: Running {
            head_left: paper.place.clone(),
            head_right: "Call card".into(),
            foot_left: foot(paper),
        },
        watermark: paper.demo.then(|| "DEMO".into()),
        blocks,
    }
}

fn foot(paper: &CallPaper) -> String {
    let demo = if paper.demo {
        " Demo clinic: an invented person."
    } else {
        ""
    };
    format!(
        "{}, {}. {}. {}{demo}",
        paper.name,
        numbered(&paper.number),
        paper.made,
        paper.source
    )
}

/// Whom to phone, with room for who answered and when.
fn phones(phones: &[Labelled]) -> Block {
    let rows = phones
        .iter()
        .map(|phone| {
            let number = if phone.value.is_empty() {
                Text::plain("not entered")
            } else {
                Text::bold(unbroken(&phone.value))
            };
            vec![
                Text::plain(&phone.label),
                number,
                Text::default(),
                Text::default(),
            ]
        })
        .collect();
    Block::Table {
        head: vec![
            "Whom to phone".into(),
            "Number".into(),
            "Who answered".into(),
            "Time".into(),
        ],
        rows,
        widths: vec![1.5, 1.2, 1.6, 0.6],
    }
}

fn to_say(paper: &CallPaper) -> Block {
    let row = |name: &str, said: Text| vec![Text::bold(name), said];
    Block::Table {
        head: vec![String::new(), "Say".into()],
        rows: vec![
            row("Situation", situation(paper)),
            row("Background", lines(&paper.background)),
            row("Assessment", lines(&paper.assessment)),
            row("Request", request(paper)),
        ],
        widths: vec![0.16, 0.84],
    }
}

fn situation(paper: &CallPaper) -> Text {
    let mut said = Text::plain("I am ")
        .then_bold(&paper.caller)
        .then(format!(", at {}.", paper.place));
    if !paper.ring_back.is_empty() {
        said = said
            .then(" Ring back on ")
            .then_bold(unbroken(&paper.ring_back))
            .then(".");
    }
    said = said
        .then("\nI am phoning about ")
        .then_bold(&paper.name)
        .then(", born ")
        .then_bold(unbroken(&paper.born))
        .then(format!(", {}, ", paper.gender))
        .then_bold(unbroken(&numbered(&paper.number)))
        .then(".\n")
        .then_bold(format!("{}. ", paper.title));
    let present = present(&paper.signs);
    if present.is_empty() {
        said = said.then("No sign of it is on the record: say what you found.");
    } else {
        said = said.then(format!("Present: {present}."));
    }
    for question in std::iter::once("Since when").chain(paper.ask.iter().map(String::as_str)) {
        said = said.then(format!("\n{question}: ")).then(TO_WRITE);
    }
    said
}

/// The signs, those that one person recorded at one time together: `a; b (24-Nov-2026 10:31, A. Osei)`.
fn present(signs: &[CallSign]) -> String {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for sign in signs {
        match told.iter_mut().find(|(by, _)| *by == sign.told) {
            Some((_, words)) => words.push(&sign.words),
            None => told.push((&sign.told, vec![&sign.words])),
        }
    }
    let groups = told
        .iter()
        .map(|(by, words)| format!("{} ({by})", together(words)));
    groups.collect::<Vec<_>>().join("; ")
}

/// Signs that begin alike up to a colon say that once: the page is short, and so is the caller's
/// breath.
fn together(words: &[&str]) -> String {
    let begins = |text: &&str| text.split_once(": ").map(|(begin, _)| (*begin).to_owned());
    let first = words.first().and_then(begins);
    let (Some(first), true) = (first, words.len() > 1) else {
        return words.join("; ");
    };
    if words
        .iter()
        .any(|text| begins(text).as_deref() != Some(&first))
    {
        return words.join("; ");
    }
    let rests = words.iter().filter_map(|text| text.split_once(": "));
    let rests: Vec<&str> = rests.map(|(_, rest)| rest).collect();
    format!("{first}: {}", rests.join("; "))
}

fn lines(lines: &[Labelled]) -> Text {
    let mut said = Text::default();
    for (at, line) in lines.iter().enumerate() {
        let label = format!("{}{}: ", if at == 0 { "" } else { "\n" }, line.label);
        said = said
            .then_bold(label)
            .then(format!("{}.", ended(&line.value)));
    }
    said
}

fn request(paper: &CallPaper) -> Text {
    Text::bold(&paper.within)
        .then("\nWho will see them, where and when: ")
        .then(TO_WRITE)
}

fn ended(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// What must not be broken at the end of a line: a number is read out as one.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(words: &str, told: &str) -> CallSign {
        CallSign {
            words: words.into(),
            told: told.into(),
        }
    }

    #[test]
    fn signs_of_one_sitting_that_begin_alike_say_it_once() {
        let signs = [
            sign("New in the last days: leaking", "10:31, A. Osei"),
            sign("New in the last days: numbness", "10:31, A. Osei"),
            sign("A new lump", "10:40, B. Hale"),
        ];
        assert_eq!(
            present(&signs),
            "New in the last days: leaking; numbness (10:31, A. Osei); A new lump (10:40, B. Hale)"
        );
    }

    #[test]
    fn signs_that_begin_otherwise_are_said_in_full() {
        let signs = [
            sign("New: leaking", "10:31, A. Osei"),
            sign("Worse: numbness", "10:31, A. Osei"),
        ];
        assert_eq!(
            present(&signs),
            "New: leaking; Worse: numbness (10:31, A. Osei)"
        );
    }
}
