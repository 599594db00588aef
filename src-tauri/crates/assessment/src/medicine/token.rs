//! The words, numbers and signs of a written medicine.

use rust_decimal::Decimal;

/// The largest number read; far above any dose, and small enough that sums cannot overflow.
const LARGEST: u32 = 1_000_000;

/// A word, number or sign, with where it begins (in characters from the start of the text).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) piece: Piece,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Lower case.
    Word(String),
    Number(Decimal),
    /// A number that is too long or too large to be an amount.
    Unreadable,
    Slash,
    Other(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.piece {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<Decimal> {
        match &self.piece {
            Piece::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Splits text into tokens. Commas, brackets and full stops between words only separate.
pub(super) fn tokens(text: &str, offset: usize) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = chars.get(at) {
        let start = at;
        let piece = if first.is_ascii_digit() {
            at = end_of(&chars, at, |sign| sign.is_ascii_digit() || sign == '.');
            number(&chars, start, at)
        } else if first == '×' || times_sign(&chars, at) {
            at += 1;
            Piece::Word("x".to_owned())
        } else if first.is_alphabetic() {
            at = end_of(&chars, at, |sign| {
                sign.is_alphabetic() || "-'’".contains(sign)
            });
            Piece::Word(lowered(&chars, start, at))
        } else {
            at += 1;
            match first {
                '/' => Piece::Slash,
                ',' | '.' | '(' | ')' | ':' => continue,
                sign if sign.is_whitespace() => continue,
                sign => Piece::Other(sign),
            }
        };
        found.push(Token {
            at: offset + start,
            piece,
        });
    }
    found
}

/// An `x` that stands before a number is a times sign.
fn times_sign(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|sign| matches!(sign, 'x' | 'X'))
        && chars
            .get(at + 1)
            .is_some_and(|next| next.is_ascii_digit() || next.is_whitespace())
}

fn end_of(chars: &[char], from: usize, belongs: impl Fn(char) -> bool) -> usize {
    from + chars
        .iter()
        .skip(from)
        .take_while(|sign| belongs(**sign))
        .count()
}

fn lowered(chars: &[char], from: usize, to: usize) -> String {
    chars
        .iter()
        .take(to)
        .skip(from)
        .collect::<String>()
        .to_lowercase()
        .replace('’', "'")
}

fn number(chars: &[char], from: usize, to: usize) -> Piece {
    let text: String = chars.iter().take(to).skip(from).collect();
    let text = text.trim_end_matches('.');
    match text.parse::<Decimal>() {
        Ok(value) if value <= Decimal::from(LARGEST) && value.scale() <= 4 => Piece::Number(value),
        _ => Piece::Unreadable,
    }
}
