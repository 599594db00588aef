//! A ruleset in the order it is read.

use assessment::mark::Mark;
use assessment::question::Catalogue;
use assessment::ruleset::{ConflictPolicy, Effects, PhraseLine, Rule, Ruleset, Status};

use super::facts::FactGroup;
use super::follows::{Follows, follows};
use super::never::NeverRow;
use super::open::OpenPoint;
use super::sources::Source;

/// All that stands in a reading table.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) id: String,
    pub(super) version: String,
    pub(super) status: Status,
    /// 64 hexadecimal digits.
    pub(super) digest: String,
    pub(super) facts: Vec<FactGroup>,
    pub(super) constraints: Vec<NeverRow>,
    pub(super) groups: Vec<Group>,
    pub(super) claims: Vec<NeverRow>,
    /// How many rules and claims carry each mark.
    pub(super) marks: Vec<(Mark, usize)>,
    pub(super) open: Vec<OpenPoint>,
}

/// Rules of one urgency or one effect.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) rules: Vec<RuleRow>,
}

/// One rule.
pub(super) struct RuleRow {
    /// Its place in the order of precedence, from 1.
    pub(super) number: usize,
    pub(super) id: String,
    /// The group of warning signs it belongs to, in words.
    pub(super) warning: Option<String>,
    pub(super) when: Vec<PhraseLine>,
    pub(super) follows: Vec<Follows>,
    /// Whether it waits for a conflict to be settled.
    pub(super) waits: bool,
    /// The reason.
    pub(super) words: String,
    pub(super) source: Source,
}

impl Table {
    pub(super) fn of(rules: &Ruleset) -> Self {
        Self {
            title: rules.title.clone(),
            id: rules.id.clone(),
            version: rules.version.clone(),
            status: rules.status,
            digest: blake3::Hash::from_bytes(rules.digest).to_hex().to_string(),
            facts: super::facts::groups(rules),
            constraints: super::never::constraints(rules),
            groups: groups(rules),
            claims: super::never::claims(rules),
            marks: super::said::MARKS
                .into_iter()
                .map(|mark| (mark, counted(rules, mark)))
                .collect(),
            open: super::open::points(rules),
        }
    }

    /// The first 12 digits of the digest, which are read aloud.
    pub(super) fn short_digest(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
}

fn counted(rules: &Ruleset, mark: Mark) -> usize {
    let rules_so = rules.rules.iter().filter(|rule| rule.mark == mark);
    let claims_so = rules.claims.iter().filter(|claim| claim.mark == mark);
    rules_so.count() + claims_so.count()
}

/// Groups in order of urgency, then of effect; within a group, the order of precedence.
fn groups(rules: &Ruleset) -> Vec<Group> {
    let mut groups: Vec<(Place, Vec<RuleRow>)> = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        let place = Place::of(rule);
        let row = row(rules, at, rule);
        match groups.iter_mut().find(|(other, _)| *other == place) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((place, vec![row])),
        }
    }
    groups.sort_by_key(|(place, _)| *place);
    groups
        .into_iter()
        .map(|(place, rules)| Group {
            title: place.title(),
            rules,
        })
        .collect()
}

fn row(rules: &Ruleset, at: usize, rule: &Rule) -> RuleRow {
    let group = |id: &String| {
        let mut groups = Catalogue::shipped().warning_groups();
        groups
            .find(|group| group.id == *id)
            .map_or_else(|| id.clone(), |group| group.title.clone())
    };
    RuleRow {
        number: at + 1,
        id: rule.id.clone(),
        warning: rule.warning.as_ref().map(group),
        when: rules.in_words(&rule.when).lines(),
        follows: follows(&rule.then),
        waits: rule.in_conflict == ConflictPolicy::Waits,
        words: rule.words.clone(),
        source: Source::of(rule),
    }
}

/// Where a rule is read: by its urgency, else by its weightiest effect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Urgency(assessment::ruleset::Urgency),
    Lead,
    Pain,
    Medicines,
    Prompt,
    SecondOpinion,
    Care,
    Default,
}

impl Place {
    fn of(rule: &Rule) -> Self {
        let Effects {
            urgency,
            lead,
            pain_type,
            medicine_flag,
            prompt,
            second_opinion,
            ..
        } = &rule.then;
        match (urgency, lead) {
            _ if rule.default => Self::Default,
            (Some(urgency), _) => Self::Urgency(*urgency),
            (None, Some(_)) => Self::Lead,
            _ if pain_type.is_some() => Self::Pain,
            _ if *medicine_flag => Self::Medicines,
            _ if *prompt => Self::Prompt,
            _ if *second_opinion => Self::SecondOpinion,
            _ => Self::Care,
        }
    }

    fn title(self) -> String {
        match self {
            Self::Urgency(urgency) => urgency.words().to_owned(),
            Self::Lead => "Where the case goes, without an urgency of its own".to_owned(),
            Self::Pain => "Kinds of pain".to_owned(),
            Self::Medicines => "Medicines flags".to_owned(),
            Self::Prompt => "Prompts to the clinician".to_owned(),
            Self::SecondOpinion => "Second opinion suggested".to_owned(),
            Self::Care => "Kinds of care beside the lead".to_owned(),
            Self::Default => "When nothing else names a lead".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_in_one_group_and_each_group_in_order_of_precedence() {
        let rules = Ruleset::shipped();
        let table = Table::of(rules);
        let mut numbers: Vec<usize> = Vec::new();
        for group in &table.groups {
            let own: Vec<usize> = group.rules.iter().map(|rule| rule.number).collect();
            assert!(own.is_sorted(), "{}", group.title);
            numbers.extend(own);
        }
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=rules.rules.len()));
    }

    #[test]
    fn the_most_urgent_stands_first_and_the_default_last() {
        let table = Table::of(Ruleset::shipped());
        assert_eq!(table.groups[0].title, "Emergency");
        let last = table.groups.last().unwrap();
        assert_eq!(last.rules.len(), 1);
        assert_eq!(last.rules[0].id, "default");
    }
}
