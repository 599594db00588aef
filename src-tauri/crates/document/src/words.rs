//! Words made ready for setting: composed, cleaned, doses held together, and every character
//! known to be printable.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use crate::fonts::Fonts;
use crate::{DocumentError, Place, Text};

/// Words that can be set as they stand.
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) spans: Vec<Stretch>,
}

/// A stretch of the text in one style.
pub(crate) struct Stretch {
    pub(crate) range: Range<usize>,
    pub(crate) bold: bool,
    pub(crate) language: Option<String>,
}

/// Units of measurement that stay with their number: a dose broken over two lines is misread.
const UNITS: [&str; 29] = [
    "mg",
    "g",
    "kg",
    "mcg",
    "ng",
    "mL",
    "ml",
    "L",
    "l",
    "mmol",
    "micromol",
    "unit",
    "units",
    "microgram",
    "micrograms",
    "nanogram",
    "nanograms",
    "milligram",
    "milligrams",
    "gram",
    "grams",
    "millilitre",
    "millilitres",
    "litre",
    "litres",
    "mm",
    "cm",
    "m",
    "kcal",
];

impl Words {
    /// Checks and cleans a text. `bold` is whether the whole of it is set bold.
    pub(crate) fn ready(
        text: &Text,
        bold: bool,
        fonts: &Fonts,
        place: Place,
    ) -> Result<Self, DocumentError> {
        let mut letters: Vec<(char, usize)> = Vec::new();
        for (index, span) in text.spans.iter().enumerate() {
            for character in span.text.nfc().filter_map(cleaned) {
                check(character, bold || span.bold, fonts, place)?;
                letters.push((character, index));
            }
        }
        hold_doses(&mut letters);
        let mut words = Self {
            text: String::with_capacity(letters.len()),
            spans: Vec::with_capacity(text.spans.len()),
        };
        for (index, span) in text.spans.iter().enumerate() {
            let start = words.text.len();
            let own = letters.iter().filter(|(_, of)| *of == index);
            words.text.extend(own.map(|(character, _)| character));
            words.spans.push(Stretch {
                range: start..words.text.len(),
                bold: bold || span.bold,
                language: span.language.clone(),
            });
        }
        Ok(words)
    }
}

/// A character as it is printed; none for those that only steer other software (zero-width and
/// direction marks, soft hyphens), which pasted text is full of and paper has no use for.
fn cleaned(character: char) -> Option<char> {
    match character {
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}' => None,
        other if other.is_control() => None,
        other => Some(other),
    }
}

fn check(character: char, bold: bool, fonts: &Fonts, place: Place) -> Result<(), DocumentError> {
    let script = character.script();
    match script {
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Common | Script::Inherited => {}
        Script::Unknown => return Err(DocumentError::Character { place, character }),
        other => {
            let script = other.full_name();
            return Err(DocumentError::Script { place, script });
        }
    }
    if character == '\n' || fonts.faces.has(character, bold) {
        Ok(())
    } else {
        Err(DocumentError::Character { place, character })
    }
}

/// Makes the space in `10 mg` and `5 mL` one that does not break.
fn hold_doses(letters: &mut [(char, usize)]) {
    for at in 1..letters.len().saturating_sub(1) {
        let (before, rest) = letters.split_at_mut(at);
        let Some(((space, _), after)) = rest.split_first_mut() else {
            return;
        };
        let after_number = before.last().is_some_and(|(c, _)| c.is_ascii_digit());
        if *space == ' ' && after_number && starts_with_unit(after) {
            *space = '\u{a0}';
        }
    }
}

fn starts_with_unit(letters: &[(char, usize)]) -> bool {
    let word: String = letters
        .iter()
        .map(|(character, _)| *character)
        .take_while(|character| character.is_alphabetic())
        .take(12)
        .collect();
    UNITS.contains(&word.as_str())
}
