//! The known name a misspelt one was probably meant to be.

/// The closest of `known` to `word`, when it is close enough to be worth offering.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lowered = word.to_lowercase();
    known
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lowered, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, name)| {
            let letters = name.chars().count();
            // With every letter changed it is another word.
            *distance <= 1 + letters.min(12) / 4 && *distance < letters
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_one_letter_finds_the_name() {
        assert_eq!(
            nearest("morphin", ["morphine", "codeine"]),
            Some("morphine")
        );
    }

    #[test]
    fn a_single_letter_is_not_near_another() {
        assert_eq!(nearest("X", ["V", "M", "D"]), None);
    }

    #[test]
    fn a_word_like_nothing_finds_nothing() {
        assert_eq!(nearest("xyzzy", ["morphine", "codeine"]), None);
    }
}
