use zeroize::Zeroizing;

/// Fewest characters of a passphrase when the keyring holds this laptop's secret.
/// NIST SP 800-63B-4 asks 15 for a password that stands alone and 8 with a second
/// factor; 12 is between them, because a stolen laptop may come with its keyring.
pub const LEAST_CHARACTERS: usize = 12;

/// Fewest characters without a keyring: the passphrase then stands alone.
pub const LEAST_CHARACTERS_WITHOUT_KEYRING: usize = 20;

/// Most characters looked at when judging strength; estimating long text is slow
/// and by then its length settles the matter.
const JUDGED_CHARACTERS: usize = 100;

/// How hard a passphrase is to guess, for the screen to say in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Shorter than the minimum.
    TooShort,
    /// Long enough, but among the first things anyone would try.
    EasyToGuess,
    /// Withstands guessing for a while.
    Fair,
    /// Withstands guessing.
    Strong,
}

impl Strength {
    /// The sentence shown beside the field.
    pub fn in_words(self, keyring: bool) -> String {
        match self {
            Self::TooShort => format!("Too short: at least {} characters.", least(keyring)),
            Self::EasyToGuess => "Easy to guess: add an unrelated word or two.".to_owned(),
            Self::Fair => "Fair: one more word makes it strong.".to_owned(),
            Self::Strong => "Strong.".to_owned(),
        }
    }
}

/// Why a passphrase is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// Fewer characters than the minimum.
    #[error(
        "The passphrase is too short: use at least {least} characters, for example four unrelated words."
    )]
    TooShort {
        /// The minimum in characters.
        least: usize,
    },
    /// Long enough and still among the first guesses.
    #[error("The passphrase is too easy to guess: leave out names and use four unrelated words.")]
    EasyToGuess,
}

/// How strong `passphrase` is. `known` are words anyone would try first: the
/// names of the service, the site and the person.
pub fn strength(passphrase: &str, keyring: bool, known: &[&str]) -> Strength {
    if passphrase.chars().count() < least(keyring) {
        return Strength::TooShort;
    }
    let judged: Zeroizing<String> =
        Zeroizing::new(passphrase.chars().take(JUDGED_CHARACTERS).collect());
    let known = with_parts(known);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match u8::from(zxcvbn::zxcvbn(&judged, &known).score()) {
        0..=2 => Strength::EasyToGuess,
        3 => Strength::Fair,
        _ => Strength::Strong,
    }
}

/// Refuses a passphrase that is too short or too easy to guess.
pub fn check_passphrase(
    passphrase: &str,
    keyring: bool,
    known: &[&str],
) -> Result<(), PassphraseError> {
    match strength(passphrase, keyring, known) {
        Strength::TooShort => Err(PassphraseError::TooShort {
            least: least(keyring),
        }),
        Strength::EasyToGuess => Err(PassphraseError::EasyToGuess),
        Strength::Fair | Strength::Strong => Ok(()),
    }
}

fn least(keyring: bool) -> usize {
    if keyring {
        LEAST_CHARACTERS
    } else {
        LEAST_CHARACTERS_WITHOUT_KEYRING
    }
}

// "Hexham Pain Clinic" is guessed whole, without its spaces, and by its words.
fn with_parts(known: &[&str]) -> Vec<String> {
    known
        .iter()
        .flat_map(|name| {
            let words = name.split_whitespace();
            let together: String = words.clone().collect();
            [(*name).to_owned(), together]
                .into_iter()
                .chain(words.map(str::to_owned))
        })
        .filter(|part| part.chars().count() >= 3)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_characters_are_too_short_and_the_sentence_says_twelve() {
        let refused = check_passphrase("qv7!mzk2#xw", true, &[]).unwrap_err();
        assert_eq!(refused, PassphraseError::TooShort { least: 12 });
        assert!(refused.to_string().contains("at least 12"));
    }

    #[test]
    fn without_a_keyring_a_longer_passphrase_is_demanded() {
        assert!(check_passphrase("kettle orbit fern", true, &[]).is_ok());
        assert_eq!(
            check_passphrase("kettle orbit fern", false, &[]),
            Err(PassphraseError::TooShort { least: 20 })
        );
    }

    #[test]
    fn the_names_on_the_door_are_easy_to_guess() {
        let known = ["Hexham Pain Clinic", "Amara Osei"];
        assert_eq!(
            check_passphrase("hexhampainclinic", true, &known),
            Err(PassphraseError::EasyToGuess)
        );
        assert_eq!(strength("password1234", true, &[]), Strength::EasyToGuess);
    }

    #[test]
    fn four_unrelated_words_are_strong() {
        let judged = strength("kettle orbit fern gravel", true, &["Hexham"]);
        assert_eq!(judged, Strength::Strong);
        assert_eq!(judged.in_words(true), "Strong.");
    }
}
