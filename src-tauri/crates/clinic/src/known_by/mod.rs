//! What people are found by, and what somebody types to find them.
//!
//! Names are folded the same way on both sides, and so are dates: each form in which a date of birth
//! may be typed has a word of its own that stands among the person's words.

mod asked;
mod born;
mod names;

pub(crate) use asked::asked;
pub(crate) use names::words_of;

use jiff::civil::Date;
use record::body::Detail;
use record::entry::Kind;
use record::nhs_number::NhsNumber;
use store::{KnownBy, Likeness};

use crate::case::{Case, Identity, read};
use crate::words;

/// Days between birth dates that count as near. A design decision.
const NEAR_BIRTH_DAYS: i32 = 366;

/// What a patient is found by. `items` and `days` are left to the caller.
pub(crate) fn known_by(case: &Case) -> KnownBy {
    let identity = case.identity();
    let mut known: Vec<String> = [&identity.given, &identity.preferred]
        .into_iter()
        .flat_map(|name| words_of(name))
        .collect();
    for name in former_names(case, identity) {
        known.extend(words_of(&name));
    }
    known.extend(address_words(&identity.address));
    known.extend(identity.born.map(born::words).unwrap_or_default());
    let family = words_of(&identity.family);
    let mut seen: Vec<String> = family.clone();
    known.retain(|word| {
        let new = !seen.contains(word);
        if new {
            seen.push(word.clone());
        }
        new
    });
    KnownBy {
        family: family.join(" "),
        words: known.join(" "),
        numbers: numbers(identity),
        likeness: likeness(
            &identity.family,
            &identity.given,
            &identity.address,
            identity.born,
        ),
        ..KnownBy::default()
    }
}

/// Items that two records of one person have in common: an NHS number, now or once; or the birth
/// date and both names, in whatever order they stand.
pub(crate) fn same_as(case: &Case) -> Vec<String> {
    let identity = case.identity();
    let now = identity.nhs_number.as_ref().map(NhsNumber::digits);
    let numbers = identity.former_numbers.iter().cloned().chain(now);
    let mut all: Vec<String> = numbers
        .map(|digits| format!("{SAME_NUMBER}{digits}"))
        .collect();
    if let Some(born) = identity.born {
        let given = words::folded(identity.given.trim());
        let families = former_names(case, identity).into_iter();
        for family in families.chain([identity.family.clone()]) {
            let mut names = [words::folded(family.trim()), given.clone()];
            if names.iter().all(|name| !name.is_empty()) {
                names.sort();
                all.push(format!("{SAME_PERSON}{born}/{}", names.join("/")));
            }
        }
    }
    all
}

/// What begins the item of an NHS number, and of a birth date with the names.
pub(crate) const SAME_NUMBER: &str = "same/number/";
pub(crate) const SAME_PERSON: &str = "same/person/";

/// What two people are compared by.
pub(crate) fn likeness(family: &str, given: &str, address: &str, born: Option<Date>) -> Likeness {
    Likeness {
        family: words::folded(family.trim()),
        given: words::folded(given.trim()),
        place: words::folded(address.trim()),
        born: born.map(|born| born.to_string()).unwrap_or_default(),
    }
}

/// The days between which a birth date is near to this one.
pub(crate) fn near(born: Date) -> (String, String) {
    use jiff::ToSpan;
    let days = NEAR_BIRTH_DAYS.days();
    let (first, last) = (born.saturating_sub(days), born.saturating_add(days));
    (first.to_string(), last.to_string())
}

/// Every name the patient had that is not theirs now, unless it was entered in error.
pub(crate) fn former_names(case: &Case, identity: &Identity) -> Vec<String> {
    let now = [&identity.family, &identity.given, &identity.preferred];
    let detail = Kind::from_static("patient-detail");
    let mut names: Vec<String> = Vec::new();
    for placed in case.record.timeline() {
        if placed.entry.kind != detail || case.record.in_error(&placed.id).is_some() {
            continue;
        }
        let Some(found) = read::<Detail>(placed) else {
            continue;
        };
        let body = found.body;
        let is_name = ["family", "given", "preferred"].contains(&body.field.as_str());
        let is_new = !body.value.is_empty() && !names.contains(&body.value);
        if is_name && is_new && !now.contains(&&body.value) {
            names.push(body.value);
        }
    }
    names
}

fn numbers(identity: &Identity) -> Vec<String> {
    let nhs = identity.nhs_number.as_ref().map(NhsNumber::digits);
    let phone: String = identity
        .phone
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let former = identity.former_numbers.iter().cloned();
    let all = nhs.into_iter().chain(former).chain(Some(phone));
    all.filter(|digits| digits.len() >= store::LEAST_DIGITS)
        .collect()
}

/// Words of an address that say something: a house number alone does not.
fn address_words(address: &str) -> Vec<String> {
    let words = words_of(address).into_iter();
    words
        .filter(|word| word.chars().count() > 1 && word.chars().any(char::is_alphabetic))
        .take(MOST_ADDRESS_WORDS)
        .collect()
}

/// An address of more words than this is searched by its beginning. A design decision.
const MOST_ADDRESS_WORDS: usize = 12;
