//! Whether a medicine is, or is near, something the person reacts to.

use serde::Serialize;

use super::dictionary::Dictionary;

/// How a medicine and an allergy meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "class", rename_all = "kebab-case")]
pub enum AllergyMatch {
    /// The same medicine, or the same word.
    Same,
    /// Another of the same class.
    Class(String),
}

/// Classes wide enough that sharing one says nothing about a reaction.
const NOT_ABOUT_REACTIONS: [&str; 6] = [
    "cns-depressant",
    "serotonergic",
    "constipating",
    "qt",
    "nephrotoxic",
    "anticholinergic",
];

/// Whether `drug` meets what is written as an allergy or intolerance.
///
/// A name that is not in the dictionary is still compared word by word. No match is not a
/// promise: the list of names is short, and the prescriber checks.
pub fn allergy_matches(allergy: &str, drug: &str) -> Option<AllergyMatch> {
    let dictionary = Dictionary::shipped();
    let substance = allergy.trim().to_lowercase();
    let name = drug.trim().to_lowercase();
    if substance.is_empty() || name.is_empty() {
        return None;
    }
    if substance == name {
        return Some(AllergyMatch::Same);
    }
    let medicine = dictionary.find(&name)?;
    if let Some(class) = class_named(&substance)
        && dictionary.is(medicine, class)
    {
        return Some(AllergyMatch::Class(class.to_owned()));
    }
    let other = dictionary
        .find(&substance)
        .or_else(|| first_known(&substance, dictionary))?;
    let ours = dictionary.ingredients(medicine);
    let theirs = dictionary.ingredients(other);
    if ours
        .iter()
        .any(|one| theirs.iter().any(|it| it.name == one.name))
    {
        return Some(AllergyMatch::Same);
    }
    let shared = ours.iter().flat_map(|one| &one.classes).find(|class| {
        !NOT_ABOUT_REACTIONS.contains(&class.as_str())
            && theirs.iter().any(|it| it.classes.contains(class))
    });
    shared.map(|class| AllergyMatch::Class(class.clone()))
}

/// The class a person may have written instead of a medicine.
fn class_named(text: &str) -> Option<&'static str> {
    Some(match text.trim_end_matches('s') {
        "opioid" | "opiate" => "opioid",
        "nsaid" | "anti-inflammatorie" | "anti-inflammatory" => "nsaid",
        "benzodiazepine" => "benzodiazepine",
        "gabapentinoid" => "gabapentinoid",
        "penicillin" => "penicillin",
        "sulfonamide" | "sulphonamide" => "sulfonamide",
        "ssri" => "ssri",
        "tricyclic" => "tca",
        "statin" => "statin",
        _ => return None,
    })
}

/// `aspirin (rash)` or `codeine tablets`: the first word that is a known name.
fn first_known<'a>(
    text: &str,
    dictionary: &'a Dictionary,
) -> Option<&'a super::dictionary::Medicine> {
    text.split(|sign: char| !(sign.is_alphanumeric() || sign == '-'))
        .find_map(|word| dictionary.find(word))
}
