//! What somebody typed to find a person, in every way it can be meant.

use store::{Asked, LEAST_DIGITS, Way};

use super::born::{self, Part};
use super::names::is_letter;
use crate::words::{is_hyphen, joins, plain};

/// More ways than these are not tried: who types that much has said enough by the first of them.
/// A design decision.
const MOST_WAYS: usize = 8;

/// Reads what was typed: parts of names, of numbers and of a date of birth, in any order.
pub(crate) fn asked(text: &str) -> Asked {
    let plain = plain(text);
    let typed = parts(&plain);
    let mut ways = Vec::new();
    let runs: Vec<Vec<Reading>> = typed.runs.iter().map(|run| readings(run)).collect();
    for words in typed.names() {
        for chosen in choices(&runs) {
            let whole = chosen.iter().filter_map(|reading| match reading {
                Reading::Born(word) => Some(word.clone()),
                _ => None,
            });
            let digits = chosen.iter().find_map(|reading| match reading {
                Reading::Number(digits) => Some(digits.clone()),
                _ => None,
            });
            let way = Way::new(words.clone(), whole.collect(), digits);
            if !ways.contains(&way) && ways.len() < MOST_WAYS {
                ways.push(way);
            }
        }
    }
    Asked { ways }
}

/// What a run of digits and months may mean.
#[derive(Clone)]
enum Reading {
    Born(String),
    Number(String),
    /// Too short to mean anything yet: the person is still typing.
    Unfinished,
}

/// A text in its parts.
struct Typed<'a> {
    /// Words of names, what joins their parts still in them.
    words: Vec<&'a str>,
    /// Digits and months that stand side by side.
    runs: Vec<Vec<Part<'a>>>,
}

fn parts(text: &str) -> Typed<'_> {
    let mut typed = Typed {
        words: Vec::new(),
        runs: Vec::new(),
    };
    let mut run: Vec<(Part<'_>, &str)> = Vec::new();
    let pieces = text.split(|c: char| !is_letter(c) && !joins(c));
    for piece in pieces.flat_map(pieces_of).filter(|piece| !piece.is_empty()) {
        let part = if piece.bytes().all(|b| b.is_ascii_digit()) {
            Some(Part::Digits(piece))
        } else {
            born::month(piece).map(Part::Month)
        };
        if let Some(part) = part {
            run.push((part, piece));
        } else {
            typed.end(&mut run);
            typed.words.push(piece);
        }
    }
    typed.end(&mut run);
    typed
}

/// A piece between spaces: with digits in it, it is a date or a number and a hyphen parts it, as a
/// month parts `5jan1979`.
fn pieces_of(piece: &str) -> Vec<&str> {
    if piece.chars().any(|c| c.is_ascii_digit()) {
        piece.split(joins).flat_map(around_month).collect()
    } else {
        vec![piece.trim_matches(joins)]
    }
}

/// The digits before and after a month that is written without spaces; anything else as it is.
fn around_month(piece: &str) -> Vec<&str> {
    let word = piece.trim_matches(|c: char| c.is_ascii_digit());
    let Some(at) = piece.find(word).filter(|_| born::month(word).is_some()) else {
        return vec![piece];
    };
    let (before, rest) = piece.split_at(at);
    let (month, after) = rest.split_at(word.len());
    vec![before, month, after]
}

impl<'a> Typed<'a> {
    /// A run ends. A month without a digit beside it is a name: there are people called May.
    fn end(&mut self, run: &mut Vec<(Part<'a>, &'a str)>) {
        let has_digits = run.iter().any(|(part, _)| matches!(part, Part::Digits(_)));
        if has_digits {
            self.runs.push(run.iter().map(|(part, _)| *part).collect());
        } else {
            self.words.extend(run.iter().map(|(_, word)| *word));
        }
        run.clear();
    }

    /// The words as they may be meant: joined parts apart, joined, and all of it in one.
    fn names(&self) -> Vec<Vec<String>> {
        let kept = |text: &str| -> String { text.chars().filter(|c| is_letter(*c)).collect() };
        let apart: Vec<String> = self
            .words
            .iter()
            .flat_map(|word| word.split(is_hyphen).map(kept))
            .collect();
        let joined: Vec<String> = self.words.iter().map(|word| kept(word)).collect();
        let mut names = vec![apart];
        if !names.contains(&joined) {
            names.push(joined.clone());
        }
        if joined.len() > 1 {
            names.push(vec![joined.concat()]);
        }
        names
    }
}

fn readings(run: &[Part<'_>]) -> Vec<Reading> {
    let mut readings: Vec<Reading> = born::read(run).into_iter().map(Reading::Born).collect();
    let digits: Option<Vec<&str>> = run
        .iter()
        .map(|part| match part {
            Part::Digits(digits) => Some(*digits),
            Part::Month(_) => None,
        })
        .collect();
    match digits.map(|digits| digits.concat()) {
        Some(digits) if digits.len() >= LEAST_DIGITS => readings.push(Reading::Number(digits)),
        Some(_) if readings.is_empty() => readings.push(Reading::Unfinished),
        _ => {}
    }
    readings
}

/// One reading of each run, in every combination.
fn choices(runs: &[Vec<Reading>]) -> Vec<Vec<Reading>> {
    let mut all: Vec<Vec<Reading>> = vec![Vec::new()];
    for readings in runs {
        let mut next = Vec::new();
        for before in &all {
            for reading in readings.iter().take(MOST_WAYS) {
                let mut chosen = before.clone();
                chosen.push(reading.clone());
                next.push(chosen);
            }
        }
        next.truncate(MOST_WAYS);
        all = next;
    }
    all
}

#[cfg(test)]
mod tests;
