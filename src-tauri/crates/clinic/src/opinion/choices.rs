//! What can be chosen when an opinion is asked for, given or settled, and what it is called.

use record::id::{SiteId, StaffId};
use record::role::Role;

use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::{self, Act, may};
use crate::trust::Person;
use crate::view::Choice;

/// Questions to ask. A design decision, for the service to word.
pub(super) const QUESTIONS: [(&str, &str); 5] = [
    (
        "pathway",
        "Is this the right pathway, and the right urgency?",
    ),
    ("diagnosis", "Is there another explanation of the pain?"),
    ("medicines", "Are the medicines right?"),
    ("procedure", "Would a procedure help more than it harms?"),
    ("other", "Something else, in the words below"),
];

/// Who wishes for an opinion.
pub(super) const WISHES: [(&str, &str); 4] = [
    ("clinician", "The clinician"),
    ("rules", "The rules suggest it"),
    ("patient", "The patient"),
    ("referrer", "The referrer"),
];

/// How an open opinion stands to what was decided.
pub(super) const VERDICTS: [(&str, &str); 3] = [
    ("agree", "I agree"),
    ("agree-with-change", "I agree, with a change"),
    ("disagree", "I disagree"),
];

/// How two views that differ are settled.
pub(super) const WAYS: [(&str, &str); 3] = [
    ("first", "The first view holds"),
    ("second", "The second view holds"),
    ("other", "Otherwise than either"),
];

pub(super) fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(value, label): &(&str, &str)| Choice {
        value: (*value).into(),
        label: (*label).into(),
    };
    all.iter().map(choice).collect()
}

/// The words of a value; the value itself where a newer version wrote it.
pub(super) fn words_of<'a>(all: &[(&str, &'a str)], value: &'a str) -> &'a str {
    let known = all.iter().find(|(known, _)| *known == value);
    known.map_or(value, |(_, label)| label)
}

/// Colleagues who may do something for a patient of these sites, by name, without whoever is at
/// work.
pub(super) fn colleagues<'a>(
    desk: &Desk,
    sites: impl IntoIterator<Item = &'a SiteId> + Clone,
    act: Act,
) -> Result<Vec<Person>, Refusal> {
    let (me, now) = (desk.staff()?, desk.now());
    let people = desk.sitting()?.people()?.into_values();
    let mut all: Vec<Person> = people
        .filter(|person| person.staff != me && person.holds(now) && may(person.role, act))
        .filter(|person| sites.clone().into_iter().any(|site| person.works_at(*site)))
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

pub(super) fn choice_of(person: &Person) -> Choice {
    Choice {
        value: person.staff.to_string(),
        label: format!(
            "{}, {}",
            person.name,
            role::words(person.role).to_lowercase()
        ),
    }
}

/// Roles whose people give opinions.
pub(super) fn roles() -> Vec<Choice> {
    let asked = Role::ALL
        .into_iter()
        .filter(|role| may(*role, Act::GiveOpinion));
    asked
        .map(|one| Choice {
            value: role::value(one),
            label: format!("Any {}", role::words(one).to_lowercase()),
        })
        .collect()
}

/// Whom an opinion is asked of, in words.
pub(super) fn whom(
    desk: &Desk,
    of_staff: Option<StaffId>,
    of_role: &str,
) -> Result<String, Refusal> {
    if let Some(staff) = of_staff {
        return desk.name_and_role(staff);
    }
    let known = roles().into_iter().find(|role| role.value == of_role);
    Ok(known.map_or_else(
        || "a role not known here".into(),
        |role| role.label.to_lowercase(),
    ))
}
