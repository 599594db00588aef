//! The letters there are: their parts, and phrases to add. Draft content with its sources.

use std::sync::LazyLock;

use serde::Deserialize;

/// The content that ships.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Letters {
    #[cfg_attr(not(test), expect(dead_code, reason = "said in the file, for people"))]
    version: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "said in the file, for people"))]
    status: String,
    #[serde(rename = "letter")]
    all: Vec<Spec>,
    plain: Vec<Plain>,
}

/// Who a letter is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reader {
    /// A colleague in care.
    Clinician,
    /// The person themselves: plain words, no score and no label.
    Patient,
}

/// How a part stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PartTone {
    /// A pale box.
    Plain,
    /// A box that is read first.
    Important,
    /// A box for warning signs.
    Emergency,
}

/// One kind of letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spec {
    /// As the record has it.
    pub(super) to: String,
    pub(super) title: String,
    pub(super) heading: String,
    pub(super) reader: Reader,
    #[serde(rename = "part")]
    pub(super) parts: Vec<PartSpec>,
}

/// One part of a letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartSpec {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) tone: Option<PartTone>,
    #[serde(default)]
    pub(super) needed: bool,
    #[serde(default)]
    pub(super) facts: Vec<String>,
    #[serde(default, rename = "phrase")]
    pub(super) phrases: Vec<PhraseSpec>,
}

/// One phrase.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseSpec {
    pub(super) text: String,
    pub(super) source: String,
    pub(super) mark: String,
    /// The decisions it is offered for; none for every one.
    #[serde(default)]
    leads: Vec<String>,
    /// Only where no other condition explains the pain.
    #[serde(default)]
    primary: bool,
}

/// A decision in words for the patient.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    lead: String,
    text: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "said in the file, for people"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "said in the file, for people"))]
    mark: String,
}

impl PhraseSpec {
    /// Whether it is offered for a decision, where the pain is chronic primary pain or is not.
    pub(super) fn fits(&self, lead: &str, primary: bool) -> bool {
        let for_lead = self.leads.is_empty() || self.leads.iter().any(|known| known == lead);
        for_lead && (primary || !self.primary)
    }
}

static LETTERS: LazyLock<Result<Letters, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../../assets/phrases/letters.toml")));

/// The letters in the order they are offered. Compiled in; a test reads them.
pub(super) fn letters() -> &'static [Spec] {
    LETTERS
        .as_ref()
        .map_or(&[], |shipped| shipped.all.as_slice())
}

/// One of them.
pub(super) fn letter(to: &str) -> Option<&'static Spec> {
    letters().iter().find(|spec| spec.to == to)
}

/// A decision in words for the patient; none for one that is never put in a letter.
pub(super) fn plain(lead: &str) -> Option<&'static str> {
    let mut known = LETTERS.as_ref().ok()?.plain.iter();
    let found = known.find(|plain| plain.lead == lead)?;
    Some(&found.text)
}

#[cfg(test)]
mod tests {
    use super::super::facts::NAMES;
    use super::*;

    fn shipped() -> &'static Letters {
        LETTERS.as_ref().unwrap()
    }

    #[test]
    fn every_letter_of_the_record_is_there_once_with_parts_that_a_person_must_write() {
        let kinds: Vec<&str> = letters().iter().map(|spec| spec.to.as_str()).collect();
        assert_eq!(kinds, ["gp", "patient", "hospital", "hospice", "discharge"]);
        for spec in letters() {
            let own = |part: &&PartSpec| part.needed && part.facts.is_empty();
            assert!(spec.parts.iter().any(|part| own(&part)), "{}", spec.to);
        }
        assert_eq!(shipped().status, "draft");
        assert!(shipped().version.contains("draft"));
    }

    #[test]
    fn every_fact_a_part_asks_for_can_be_filled_in_and_every_phrase_has_a_source_and_a_mark() {
        let marks = ["V", "V2", "M", "D"];
        for part in letters().iter().flat_map(|spec| &spec.parts) {
            for fact in &part.facts {
                assert!(NAMES.contains(&fact.as_str()), "{}: {fact}", part.id);
            }
            for phrase in &part.phrases {
                assert!(!phrase.source.is_empty(), "{}", phrase.text);
                assert!(marks.contains(&phrase.mark.as_str()), "{}", phrase.text);
                let known = |lead: &String| crate::decide::lead_words(lead) != *lead;
                assert!(phrase.leads.iter().all(known), "{}", phrase.text);
            }
        }
    }

    #[test]
    fn safety_16_every_decision_but_safeguarding_has_plain_words() {
        for number in 1..=19 {
            let lead = format!("D{number:02}");
            assert_eq!(
                plain(&lead).is_some(),
                lead != super::super::NEVER,
                "{lead}"
            );
        }
        for plain in &shipped().plain {
            assert!(!plain.source.is_empty() && !plain.mark.is_empty());
        }
    }

    #[test]
    fn what_holds_for_chronic_primary_pain_alone_is_offered_for_no_other() {
        let phrases = letters().iter().flat_map(|spec| &spec.parts);
        let phrases = phrases.flat_map(|part| &part.phrases);
        let only: Vec<_> = phrases.filter(|phrase| phrase.primary).collect();
        assert!(only.len() >= 3);
        for phrase in only {
            let lead = phrase.leads.first().map_or("D10", String::as_str);
            assert!(phrase.fits(lead, true) && !phrase.fits(lead, false));
        }
    }
}
