//! The words of a name.

use crate::words::{is_hyphen, joins, plain};

/// The words a name is found by: each word, each part of a joined one, and all of it in one, so that
/// `O'Neill`, `oneill` and `o neill` are one name, and `McDonald` and `Mc Donald`. None twice.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let plain = plain(name);
    let mut words: Vec<String> = Vec::new();
    let mut add = |word: String| {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    };
    let kept = |text: &str| -> String { text.chars().filter(|c| is_letter(*c)).collect() };
    let pieces: Vec<&str> = plain.split(|c| !is_letter(c) && !joins(c)).collect();
    for piece in &pieces {
        add(kept(piece));
        for part in piece.split(is_hyphen) {
            add(kept(part));
            part.split(joins).for_each(|end| add(kept(end)));
        }
    }
    if pieces.len() > 1 {
        add(kept(&plain));
    }
    words
}

/// A letter of any alphabet, or a digit: what the search index takes as part of a word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn a_name_is_found_by_its_parts_and_by_all_of_it_in_one() {
        assert_eq!(words_of("O\u{2019}Neill"), ["oneill", "o", "neill"]);
        assert_eq!(words_of("Smith-Jones"), ["smithjones", "smith", "jones"]);
        assert_eq!(words_of("Mc Donald"), ["mc", "donald", "mcdonald"]);
        assert_eq!(words_of("Wiśniewska Țîrlea")[..2], ["wisniewska", "tirlea"]);
        assert_eq!(words_of("Þórðarson"), ["thordarson"]);
        assert_eq!(words_of("Strauß"), ["strauss"]);
        assert_eq!(words_of("Нина"), ["нина"]);
        assert_eq!(words_of("  "), Vec::<String>::new());
    }
}
