//! Running a vignette: what came of it, and where that differs from what is expected.

use std::fmt::Debug;

use serde::Serialize;

use super::Vignette;
use super::expect::{Expected, ExpectedLead};
use crate::fact::{FactValue, Facts, Known};
use crate::proposal::{Part, Proposal, evaluate};
use crate::ruleset::{Disposition, Ruleset, Truth, Urgency};

/// What came of a vignette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// What the rules made of it.
    pub proposal: Proposal,
    /// The rules that fire, in the ruleset's order.
    pub fired: Vec<String>,
    /// Where this differs from what is expected.
    pub differences: Vec<Difference>,
}

/// One thing that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is about, by the name under `expect`.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub got: String,
}

impl Ran {
    /// Whether all came out as expected.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

impl Vignette {
    /// Gathers the facts, evaluates the rules and compares.
    pub fn run(&self, ruleset: &Ruleset) -> Ran {
        let facts = self.facts();
        let proposal = evaluate(ruleset, &facts, Self::ON);
        let fired = fired(ruleset, &facts);
        let differences = differences(&self.expect, &proposal, &fired, &facts, ruleset);
        Ran {
            proposal,
            fired,
            differences,
        }
    }
}

/// The rules that fire, surely or in some reading of facts in conflict.
fn fired(ruleset: &Ruleset, facts: &Facts) -> Vec<String> {
    let program = ruleset.program();
    let truths = program.rule_truths(&program.turn_out(&program.state(facts)));
    let rules = ruleset.rules.iter().zip(truths);
    rules
        .filter(|(_, truth)| *truth >= Truth::InConflict)
        .map(|(rule, _)| rule.id.clone())
        .collect()
}

/// What differs, in the order of `Expected`.
fn differences(
    expected: &Expected,
    made: &Proposal,
    fired: &[String],
    facts: &Facts,
    ruleset: &Ruleset,
) -> Vec<Difference> {
    let mut seen = Seen(Vec::new());
    seen.urgency_and_lead(expected, made);
    seen.parts(expected, made);
    seen.names(expected, made);
    seen.rules(expected, fired, ruleset);
    let checks = made.medicine_prompts.iter().map(|it| it.id.as_str());
    let checks: Vec<&str> = checks.collect();
    for check in &expected.medicine_checks {
        if !checks.contains(&check.as_str()) {
            seen.add("medicine-checks", check.clone(), checks.join(", "));
        }
    }
    for (id, known) in &expected.facts {
        let got = facts.known(id.as_str());
        if got != known {
            seen.add(&format!("facts.{id}"), in_words(known), in_words(got));
        }
    }
    seen.0
}

/// The differences seen so far.
struct Seen(Vec<Difference>);

impl Seen {
    fn add(&mut self, what: &str, expected: impl Into<String>, got: impl Into<String>) {
        self.0.push(Difference {
            what: what.to_owned(),
            expected: expected.into(),
            got: got.into(),
        });
    }

    fn urgency_and_lead(&mut self, expected: &Expected, made: &Proposal) {
        if let Some(urgency) = expected.urgency
            && made.urgency_shown() != urgency
        {
            let got = shown(&made.urgency, Urgency::words);
            self.add("urgency", urgency.words(), got);
        }
        let got = made.lead.value().copied();
        match expected.lead {
            Some(ExpectedLead::Is(lead)) if got != Some(lead) => {
                self.add("lead", code(lead), shown(&made.lead, code));
            }
            Some(ExpectedLead::NotSettled) if got.is_some() => {
                self.add("lead", "Not settled", shown(&made.lead, code));
            }
            _ => {}
        }
        let second = !made.second_opinion.certain.is_empty();
        if let Some(expected) = expected.second_opinion
            && expected != second
        {
            let words = |it: bool| if it { "suggested" } else { "not suggested" };
            self.add("second-opinion", words(expected), words(second));
        }
        if expected.refused.is_some() && expected.refused != made.refused {
            let words = |it: &Option<crate::proposal::Refusal>| {
                it.map_or("not refused", crate::proposal::Refusal::words)
            };
            self.add("refused", words(&expected.refused), words(&made.refused));
        }
    }

    fn parts(&mut self, expected: &Expected, made: &Proposal) {
        let lead = made.lead.value();
        let beside = made.dispositions.certain.iter();
        let beside: Vec<Disposition> = beside.filter(|it| Some(*it) != lead).copied().collect();
        let urgencies = &made.urgency.possible;
        self.set(
            "possible-urgency",
            expected.possible_urgency.as_ref(),
            urgencies,
        );
        let leads = &made.lead.possible;
        self.set("possible-lead", expected.possible_lead.as_ref(), leads);
        self.set("also", expected.also.as_ref(), &beside);
        self.set("strands", expected.strands.as_ref(), &made.strands.certain);
        let kinds = &made.pain_type.certain;
        self.set("pain-type", expected.pain_type.as_ref(), kinds);
    }

    fn names(&mut self, expected: &Expected, made: &Proposal) {
        let flags = &made.medicine_flags;
        let flag = |flags: &[crate::proposal::Reason]| names(flags, |it| &it.id);
        let signs = names(&made.warning_signs.certain, |it| &it.question);
        let open = names(&made.open_warning_signs, |it| &it.question);
        let standing = names(&made.standing, |it| &it.question);
        self.set("flags", expected.flags.as_ref(), &flag(&flags.certain));
        let possible = expected.possible_flags.as_ref();
        self.set("possible-flags", possible, &flag(&flags.possible));
        let prompts = names(&made.prompts.certain, |it| &it.id);
        self.set("prompts", expected.prompts.as_ref(), &prompts);
        self.set("signs", expected.signs.as_ref(), &signs);
        self.set("open-signs", expected.open_signs.as_ref(), &open);
        self.set("standing", expected.standing.as_ref(), &standing);
        self.set("conflicts", expected.conflicts.as_ref(), &made.conflicts);
    }

    fn rules(&mut self, expected: &Expected, fired: &[String], ruleset: &Ruleset) {
        let wanted = expected.fired.iter().map(|id| (id, true));
        let unwanted = expected.not_fired.iter().map(|id| (id, false));
        for (id, wanted) in wanted.chain(unwanted) {
            let what = if wanted { "fired" } else { "not-fired" };
            if ruleset.rule(id).is_none() {
                self.add(what, id.clone(), "no rule of this name");
            } else if fired.contains(id) != wanted {
                self.add(what, id.clone(), fired.join(", "));
            }
        }
    }

    /// Compares as sets: the order of a list is the ruleset's, not the case's.
    fn set<T: Debug + PartialEq>(&mut self, what: &str, expected: Option<&Vec<T>>, got: &[T]) {
        let Some(expected) = expected else { return };
        let within = |one: &[T], other: &[T]| one.iter().all(|it| other.contains(it));
        if !within(expected, got) || !within(got, expected) {
            self.add(what, listed(expected), listed(got));
        }
    }
}

fn names<T>(of: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    of.iter().map(|it| name(it).clone()).collect()
}

fn listed<T: Debug>(values: &[T]) -> String {
    if values.is_empty() {
        return "none".to_owned();
    }
    let values: Vec<String> = values.iter().map(|it| format!("{it:?}")).collect();
    values.join(", ").replace('"', "")
}

fn shown<T: Copy>(part: &Part<T>, words: impl Fn(T) -> &'static str) -> String {
    let possible: Vec<&str> = part.possible.iter().map(|it| words(*it)).collect();
    if part.settled {
        possible.join(", ")
    } else {
        format!("Not settled: {}", possible.join(", "))
    }
}

/// A disposition by its code.
fn code(lead: Disposition) -> &'static str {
    const CODES: [&str; 19] = [
        "D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D12", "D13",
        "D14", "D15", "D16", "D17", "D18", "D19",
    ];
    CODES.get(lead as usize).copied().unwrap_or_default()
}

/// What is known of a fact, in words. Vignettes are made up, so nothing is hidden.
fn in_words(known: &Known) -> String {
    let value = |value: &FactValue| match value {
        FactValue::Bool(true) => "yes".to_owned(),
        FactValue::Bool(false) => "no".to_owned(),
        FactValue::Number(number) => number.normalize().to_string(),
        FactValue::Choice(choice) => choice.clone(),
    };
    let limit = |limit: &Option<rust_decimal::Decimal>| {
        limit.map_or("any".to_owned(), |it| it.normalize().to_string())
    };
    match known {
        Known::Open(state) => state.words().to_owned(),
        Known::Is(known) => value(known),
        Known::Conflict(values) => values.iter().map(value).collect::<Vec<_>>().join(" or "),
        Known::Between { lowest, highest } => {
            format!("from {} to {}", limit(lowest), limit(highest))
        }
        Known::NotApplicable => "does not arise".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Difference, Ruleset, Vignette};

    fn ran(line: &str) -> Vec<Difference> {
        let text = format!("[[vignette]]\nid = \"one\"\n{line}\n");
        let read = Vignette::parse("trial.toml", &text);
        let vignettes = read.unwrap_or_else(|error| panic!("{error}"));
        vignettes[0].run(Ruleset::shipped()).differences
    }

    #[test]
    fn a_difference_says_what_was_expected_and_what_came_out() {
        let differences = ran("expect = { urgency = \"emergency\", lead = \"D15\" }");
        assert_eq!(differences.len(), 1);
        assert_eq!(differences[0].what, "urgency");
        assert_eq!(differences[0].expected, "Emergency");
        assert_eq!(differences[0].got, "Routine");
    }

    #[test]
    fn a_rule_that_is_not_in_the_ruleset_is_a_difference_also_when_it_should_not_fire() {
        let differences = ran("expect = { not-fired = [\"no-such-rule\"] }");
        assert_eq!(differences[0].got, "no rule of this name");
    }

    #[test]
    fn a_fact_set_outright_wins_over_what_was_gathered() {
        let line = "facts = { ome-typical = 120.1, ome-maximum = 120.1, takes-opioid = true }\nexpect = { fired = [\"ome-above-120\"], not-fired = [\"ome-at-120\"] }";
        assert_eq!(ran(line), []);
    }

    #[test]
    fn medicines_are_read_as_a_regimen_and_gathered_as_rows() {
        let line = "medicines = [\"morphine MR 60 mg x2\"]\nexpect = { facts = { ome-typical = 120, ome-maximum = 120, takes-opioid = true } }";
        assert_eq!(ran(line), []);
    }

    #[test]
    fn an_old_answer_one_on_paper_and_one_in_conflict_are_taken_as_such() {
        let line = "days-ago = { ces-saddle = 1 }\nfrom = { ces-bowel = \"paper\" }\nconflict = { ces-bladder = [false, true] }\nexpect = { conflicts = [\"ces-bladder\"], open-signs = [\"ces-saddle\", \"ces-bowel\"], signs = [\"ces-bladder\"] }";
        assert_eq!(ran(line), []);
    }
}
