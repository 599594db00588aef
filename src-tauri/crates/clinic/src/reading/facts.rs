//! The facts of a ruleset in the order in which they are asked.

use assessment::question::{Catalogue, Labelled, QuestionKind};
use assessment::ruleset::{Domain, FactWords, Ruleset};

use crate::words;

/// Facts asked about together.
pub(super) struct FactGroup {
    pub(super) title: String,
    pub(super) facts: Vec<FactRow>,
}

/// One fact.
pub(super) struct FactRow {
    pub(super) id: String,
    pub(super) name: String,
    /// Its type with its values or limits, then for whom it arises.
    pub(super) values: Vec<String>,
}

/// The heading of facts that are not asked.
const WORKED_OUT: &str = "Worked out from answers";

/// The facts by the part of the assessment they are asked in; those worked out come last.
pub(super) fn groups(rules: &Ruleset) -> Vec<FactGroup> {
    let (asked, worked_out): (Vec<FactWords>, Vec<FactWords>) = rules
        .facts_in_words()
        .into_iter()
        .partition(|fact| fact.asked);
    let mut groups: Vec<FactGroup> = Vec::new();
    for (title, id) in asked_in_order() {
        let Some(fact) = asked.iter().find(|fact| fact.id.as_str() == id) else {
            continue;
        };
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.facts.push(row(fact)),
            None => groups.push(FactGroup {
                title: title.to_owned(),
                facts: vec![row(fact)],
            }),
        }
    }
    if !worked_out.is_empty() {
        groups.push(FactGroup {
            title: WORKED_OUT.to_owned(),
            facts: worked_out.iter().map(row).collect(),
        });
    }
    groups
}

/// Every question with the heading it stands under.
fn asked_in_order() -> impl Iterator<Item = (&'static str, &'static str)> {
    Catalogue::shipped().sections.iter().flat_map(|section| {
        section.questions.iter().map(|question| {
            let group = section
                .groups
                .iter()
                .find(|group| group.warning_sign && question.group.as_ref() == Some(&group.id));
            let title = group.map_or(&section.title, |group| &group.title);
            (title.as_str(), question.id.as_str())
        })
    })
}

fn row(fact: &FactWords) -> FactRow {
    let mut values = values(fact);
    values.extend(only_when(fact));
    FactRow {
        id: fact.id.to_string(),
        values,
        name: words::sentence_case(&fact.name),
    }
}

/// For whom a question arises, where that is not everybody.
fn only_when(fact: &FactWords) -> Option<String> {
    let catalogue = Catalogue::shipped();
    let gate = catalogue
        .question(fact.id.as_str())
        .and_then(|question| question.show_when.as_ref());
    let Some(gate) = gate else {
        let open = "Does not arise for everybody";
        return fact.may_not_arise.then(|| open.to_owned());
    };
    let deciding = catalogue.question(&gate.question)?;
    let label = |value: &String| match &deciding.kind {
        QuestionKind::Choice { options } => options
            .iter()
            .find(|option| option.value == *value)
            .map_or_else(|| value.clone(), |option| format!("\"{}\"", option.label)),
        QuestionKind::Feature if value == "yes" => "present".to_owned(),
        QuestionKind::Feature => "absent".to_owned(),
        _ => value.clone(),
    };
    let values: Vec<String> = gate.one_of.iter().map(label).collect();
    let stop = if deciding.text.ends_with('?') {
        ""
    } else {
        ":"
    };
    let values = values.join(" or ");
    Some(format!("Asked only when: {}{stop} {values}", deciding.text))
}

fn values(fact: &FactWords) -> Vec<String> {
    match &fact.domain {
        Domain::YesNo if fact.sign => vec!["Warning sign".to_owned()],
        Domain::YesNo => vec!["Yes or no".to_owned()],
        Domain::Choice(_) => {
            let label = |choice: &Labelled| format!("\"{}\"", choice.label);
            let labels: Vec<String> = fact.choices.iter().map(label).collect();
            vec![format!("One of {}", labels.join(", "))]
        }
        Domain::Number { from, to, whole } => {
            let kind = if *whole { "Whole number" } else { "Number" };
            let limits = match (from, to) {
                (Some(from), Some(to)) => format!(", {from} to {}", fact.amount(*to)),
                (Some(from), None) => format!(", {} or more", fact.amount(*from)),
                (None, Some(to)) => format!(", {} or less", fact.amount(*to)),
                (None, None) => fact
                    .unit
                    .as_ref()
                    .map_or_else(String::new, |unit| format!(", in {unit}")),
            };
            vec![format!("{kind}{limits}")]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_fact_stands_once_with_its_values() {
        let groups = groups(Ruleset::shipped());
        let mut shown: Vec<&str> = groups
            .iter()
            .flat_map(|group| &group.facts)
            .map(|fact| fact.id.as_str())
            .collect();
        let count = shown.len();
        shown.sort_unstable();
        shown.dedup();
        assert_eq!(count, shown.len());
        assert_eq!(count, Ruleset::shipped().facts.len());
        for fact in groups.iter().flat_map(|group| &group.facts) {
            assert!(
                !fact.values.is_empty() && !fact.name.is_empty(),
                "{}",
                fact.id
            );
        }
    }

    #[test]
    fn warning_signs_are_read_under_the_heading_they_are_asked_under() {
        let groups = groups(Ruleset::shipped());
        let holds = |group: &&FactGroup| group.facts.iter().any(|it| it.id == "ces-saddle");
        let group = groups.iter().find(holds).unwrap();
        assert_eq!(group.title, "Nerves at the base of the spine");
        assert_eq!(groups.last().unwrap().title, WORKED_OUT);
    }
}
