//! The phrase bank: the plan's blocks with phrases to start from. Draft content with its sources.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Bank {
    #[serde(rename = "block")]
    blocks: Vec<Block>,
}

/// One block of the plan.
#[derive(Debug, Deserialize)]
pub(crate) struct Block {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) hint: String,
    #[serde(default, rename = "phrase")]
    pub(crate) phrases: Vec<Phrase>,
}

/// One phrase.
#[derive(Debug, Deserialize)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    pub(crate) source: String,
    pub(crate) mark: String,
}

static BANK: LazyLock<Result<Bank, toml::de::Error>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../../assets/phrases/plan.toml")));

/// The blocks in the order they are printed. Compiled in; a test reads them.
pub(crate) fn blocks() -> &'static [Block] {
    BANK.as_ref().map_or(&[], |bank| bank.blocks.as_slice())
}

/// The warning signs that belong on everything a patient is given; the line about a pump is for
/// those who have one.
pub(crate) fn warning_signs(implanted: bool) -> Vec<&'static str> {
    let block = blocks().iter().find(|block| block.id == "warning-signs");
    let phrases = block.map_or(&[][..], |block| block.phrases.as_slice());
    let texts = phrases.iter().map(|phrase| phrase.text.as_str());
    texts
        .filter(|text| implanted || !text.contains("pump"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_has_a_heading_and_every_phrase_a_source_and_a_mark() {
        assert!(blocks().len() >= 10);
        for block in blocks() {
            assert!(
                !block.title.is_empty() && !block.phrases.is_empty(),
                "{}",
                block.id
            );
            for phrase in &block.phrases {
                assert!(
                    !phrase.source.is_empty()
                        && ["V", "V2", "M", "D"].contains(&phrase.mark.as_str()),
                    "{}",
                    block.id
                );
            }
        }
    }
}
