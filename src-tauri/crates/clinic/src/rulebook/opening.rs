//! The ruleset screen as it opens.

use assessment::question::{Catalogue, Question};
use assessment::ruleset::{Rule, Ruleset};

use super::condition::Conditions;
use super::head::in_use;
use super::made_up::bases;
use super::rule::follows;
use super::testset::vignettes;
use super::tree::{CLAIM, CONSTRAINT, decided, named};
use crate::assess::kind_view;
use crate::desk::Desk;
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::{ConditionView, QuestionView, RuleLine, Rulebook};
use crate::words;

/// The rules in use, by what they decide, and what the test bench needs.
pub fn open_rulebook(desk: &mut Desk) -> Result<Rulebook, Refusal> {
    desk.allow(Act::Look)?;
    let (ruleset, head) = in_use(desk)?;
    let ruleset = &*ruleset;
    let today = desk.today();
    let conditions = Conditions::of(ruleset);
    let rules = ruleset.rules.iter().map(|rule| RuleLine {
        id: rule.id.clone(),
        words: rule.words.clone(),
        search: search(ruleset, &conditions, rule),
        overdue: rule.review < today,
    });
    let line = |id: String, words: &str| RuleLine {
        search: words::folded(&format!("{id} {words}")),
        id,
        words: words.to_owned(),
        overdue: false,
    };
    let cannot = ruleset.constraints.iter();
    let cannot = cannot.map(|it| line(named(CONSTRAINT, &it.id), &it.words));
    let claimed = ruleset.claims.iter();
    let claimed = claimed.map(|it| line(named(CLAIM, &it.id), &it.words));
    Ok(Rulebook {
        ruleset: head,
        decided: decided(ruleset),
        rules: rules.chain(cannot).chain(claimed).collect(),
        questions: Catalogue::shipped().questions().map(question).collect(),
        vignettes: vignettes(),
        bases: bases(),
        may_compare: desk.may(Act::CompareRules)?,
    })
}

/// All that stands on a rule's page, so that a filter finds a rule by any word of it.
fn search(ruleset: &Ruleset, conditions: &Conditions<'_>, rule: &Rule) -> String {
    let mut all = vec![
        rule.id.clone(),
        rule.words.clone(),
        rule.citation.clone(),
        rule.owner.clone(),
    ];
    all.extend(follows(&rule.then));
    all.extend(facts(ruleset, rule));
    all.extend(conditions.view(&rule.when).iter().flat_map(condition_words));
    words::folded(&all.join(" "))
}

/// The names of the facts it asks, as they stand in the file.
fn facts(ruleset: &Ruleset, rule: &Rule) -> Vec<String> {
    let asked = rule.when.atoms().into_iter();
    let facts = asked.filter_map(|atom| ruleset.facts.get(atom.fact));
    facts.map(|fact| fact.id.to_string()).collect()
}

fn condition_words(condition: &ConditionView) -> Vec<String> {
    let within = condition.parts.iter().flat_map(condition_words);
    std::iter::once(condition.words.clone())
        .chain(within)
        .collect()
}

fn question(question: &Question) -> QuestionView {
    let catalogue = Catalogue::shipped();
    let section = catalogue.section_of(&question.id);
    QuestionView {
        id: question.id.clone(),
        text: question.text.clone(),
        hint: question.hint.clone(),
        kind: kind_view(&question.kind),
        must: question.must,
        group: section
            .map(|section| section.title.clone())
            .unwrap_or_default(),
        shown: true,
    }
}
