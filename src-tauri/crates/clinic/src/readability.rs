//! Reading age of a text, by the Flesch-Kincaid grade (Kincaid and others, 1975) plus five years.
//!
//! A guide for whoever writes, never a judgement of whoever reads.

/// Fewer words than this say nothing about a text.
const LEAST_WORDS: usize = 20;

/// `Reading age about 10 (Flesch-Kincaid)`, or none for a text too short to say.
pub(crate) fn reading_age(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    if words.len() < LEAST_WORDS {
        return None;
    }
    let sentences = text
        .split(['.', '!', '?', '\n'])
        .filter(|part| part.chars().any(char::is_alphabetic))
        .count()
        .max(1);
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    // In hundredths, so that the same text gives the same words on every machine.
    let grade = 39 * words.len() / sentences + 1180 * syllables / words.len();
    let age = (grade.saturating_sub(1559) + 550) / 100;
    Some(format!("Reading age about {} (Flesch-Kincaid)", age.max(5)))
}

/// Groups of vowels, a silent e at the end left out.
fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = letters
        .chunk_by(|a, b| vowel(a) == vowel(b))
        .filter(|group| group.first().is_some_and(vowel))
        .count();
    let silent = letters.len() > 2 && letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    (groups - usize::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(text: &str) -> u32 {
        let words = reading_age(text).unwrap();
        words
            .split_whitespace()
            .find_map(|word| word.parse().ok())
            .unwrap()
    }

    #[test]
    fn short_plain_sentences_are_younger_than_long_ones() {
        let plain = "You can walk a bit more each week. Rest when you need to. Call us if it gets bad. We will help you. It is fine to stop.";
        let hard = "Rehabilitation necessitates progressively increasing participation in individually negotiated occupational and recreational activities notwithstanding anticipated exacerbations";
        assert!(age(plain) <= 9, "{}", age(plain));
        assert!(reading_age(hard).is_none() || age(hard) > 16);
    }

    #[test]
    fn a_few_words_have_no_reading_age() {
        assert_eq!(reading_age("Walk to the shop."), None);
    }
}
