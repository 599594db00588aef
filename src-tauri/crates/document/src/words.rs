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

/// What stays with the number before it: a dose broken over two lines is misread.
const UNITS: &[&str] = &[
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
    "tablet",
    "tablets",
    "capsule",
    "capsules",
    "patch",
    "patches",
    "drop",
    "drops",
    "puff",
    "puffs",
    "sachet",
    "sachets",
    "spray",
    "sprays",
    "times",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
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
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(text: &str) -> Result<String, DocumentError> {
        let fonts = Fonts::read().unwrap();
        let text = Text::plain(text);
        Words::ready(&text, false, &fonts, Place::Running).map(|words| words.text)
    }

    #[test]
    fn a_number_and_its_unit_are_held_together() {
        let held = "10\u{a0}mg/5\u{a0}mL, 2\u{a0}tablets in 24\u{a0}hours";
        assert_eq!(ready("10 mg/5 mL, 2 tablets in 24 hours").unwrap(), held);
    }

    #[test]
    fn a_number_before_another_word_is_not_held() {
        assert_eq!(
            ready("in 1979 my leg, 3 mgx").unwrap(),
            "in 1979 my leg, 3 mgx"
        );
    }

    #[test]
    fn a_dose_is_held_where_its_number_is_bold_and_its_unit_is_not() {
        let fonts = Fonts::read().unwrap();
        let text = Text::bold("25").then(" micrograms");
        let words = Words::ready(&text, false, &fonts, Place::Running).unwrap();
        assert_eq!(words.text, "25\u{a0}micrograms");
        assert_eq!(words.spans[1].range, 2..14);
    }

    #[test]
    fn letters_and_their_accents_become_one() {
        assert_eq!(ready("O\u{308}ztu\u{308}rk").unwrap(), "Öztürk");
    }

    #[test]
    fn marks_that_only_steer_software_are_dropped() {
        assert_eq!(
            ready("re\u{ad}fer\u{200b}ral\u{feff}\u{202e}\u{7}").unwrap(),
            "referral"
        );
    }

    #[test]
    fn a_script_that_is_not_printed_yet_is_named() {
        for (text, name) in [("আপনার", "Bengali"), ("علاج", "Arabic"), ("您", "Han")]
        {
            let refused = ready(text).unwrap_err();
            let script = matches!(refused, DocumentError::Script { script, .. } if script == name);
            assert!(script, "{refused:?}");
        }
    }

    #[test]
    fn a_character_in_no_font_is_refused() {
        let refused = ready("well 😀").unwrap_err();
        let place = Place::Running;
        assert_eq!(
            refused,
            DocumentError::Character {
                place,
                character: '😀'
            }
        );
    }
}
