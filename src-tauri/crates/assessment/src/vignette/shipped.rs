//! The vignettes that come with Felloe, compiled in.

use std::sync::LazyLock;

use super::Vignette;
use crate::shipped;

/// The bases that every file may build on.
pub(super) const BASES: (&str, &str) = (
    "bases.toml",
    include_str!("../../../../../assets/rulesets/vignettes/bases.toml"),
);

/// A file of `assets/rulesets/vignettes/`, by name and text.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../../assets/rulesets/vignettes/", $name)))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "closing.toml",
    "crisis.toml",
    "dispositions.toml",
    "emergency.toml",
    "guidelines.toml",
    "medicines.toml",
    "opioids.toml",
    "palliative.toml",
    "precedence.toml",
    "same-day.toml",
    "unanswered.toml",
    "urgent.toml",
];

static SHIPPED: LazyLock<Vec<Vignette>> = LazyLock::new(|| {
    FILES
        .iter()
        .flat_map(|(file, text)| shipped::parsed(file, Vignette::parse(file, text)))
        .collect()
});

/// Every vignette, file by file.
pub(super) fn all() -> &'static [Vignette] {
    &SHIPPED
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BASES, FILES, all};

    #[test]
    fn every_file_in_the_folder_is_compiled_in() {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../assets/rulesets/vignettes"
        );
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let here: BTreeSet<String> = FILES
            .iter()
            .chain([&BASES])
            .map(|(file, _)| (*file).to_owned())
            .collect();
        assert_eq!(there, here);
    }

    #[test]
    fn no_two_vignettes_have_one_name() {
        let names: BTreeSet<&str> = all().iter().map(|it| it.id.as_str()).collect();
        assert_eq!(names.len(), all().len());
    }

    #[test]
    fn each_vignette_says_who_it_is_about_and_why_and_expects_something() {
        for vignette in all() {
            assert!(!vignette.words.is_empty(), "{} has no words", vignette.id);
            assert!(!vignette.reason.is_empty(), "{} has no reason", vignette.id);
            assert!(!vignette.theme.is_empty(), "{} has no theme", vignette.file);
            assert!(
                !vignette.expect.is_empty(),
                "{} expects nothing",
                vignette.id
            );
        }
    }
}
