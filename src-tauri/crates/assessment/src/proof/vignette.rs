//! That the vignettes between them exercise every rule and reach every lead.

use std::collections::BTreeSet;

use super::counterexample::{Counterexample, Expectation};
use super::obligation::{Kind, Obligation};
use super::prover::{Answer, Prover};
use super::question::Question;
use super::rule::{leading_before, smallest};
use crate::engine::{Budget, Exact};
use crate::ruleset::{Disposition, Ruleset, Truth};
use crate::vignette::Vignette;

/// Nothing is asked where no vignettes are given.
pub(super) fn obligations(prover: &mut Prover<'_>, vignettes: &[Vignette]) -> Vec<Obligation> {
    if vignettes.is_empty() {
        return Vec::new();
    }
    let met = met(prover.ruleset, vignettes);
    vec![exercised(prover, &met), leads_reached(prover, &met)]
}

/// What the vignettes meet.
struct Met {
    /// For each rule, whether one fires it.
    fired: Vec<bool>,
    leads: BTreeSet<Disposition>,
}

/// The steps of search for the lead of one vignette; each of those shipped needs a few.
const STEPS: u32 = 20_000;

fn met(ruleset: &Ruleset, vignettes: &[Vignette]) -> Met {
    let program = ruleset.program();
    let mut met = Met {
        fired: vec![false; ruleset.rules.len()],
        leads: BTreeSet::new(),
    };
    for vignette in vignettes {
        let state = program.state(&vignette.facts());
        let turned = program.turn_out(&state);
        for (fired, truth) in met.fired.iter_mut().zip(program.rule_truths(&turned)) {
            *fired |= truth >= Truth::InConflict;
        }
        let mut exact = Exact::new(program, &state, &turned, Budget::steps(STEPS));
        if let [lead] = exact.lead().possible.as_slice() {
            met.leads.insert(*lead);
        }
    }
    met
}

fn exercised(prover: &mut Prover<'_>, met: &Met) -> Obligation {
    let words = "Every rule is exercised: at least one vignette fires it.";
    let mut made = Obligation::new(Kind::Exercised, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    made.of = ruleset.rules.len();
    let idle = ruleset.rules.iter().enumerate().zip(&met.fired);
    for ((at, rule), _) in idle.filter(|(_, fired)| !**fired) {
        let shown = smallest(prover, at, "fires", "Every rule is tried on a case.");
        let shown = shown.map(|(_, shown)| shown);
        made.fail(&rule.id, "No vignette fires it.", shown);
    }
    made.since(prover, before)
}

fn leads_reached(prover: &mut Prover<'_>, met: &Met) -> Obligation {
    let words = "Every lead that can be reached is reached by a vignette.";
    let mut made = Obligation::new(Kind::LeadsReached, words);
    let before = (prover.searches, prover.steps);
    let ruleset = prover.ruleset;
    let leads: BTreeSet<Disposition> = ruleset
        .rules
        .iter()
        .filter_map(|rule| rule.then.lead)
        .collect();
    made.of = leads.len();
    for lead in leads.difference(&met.leads) {
        let naming = ruleset.rules.iter().enumerate();
        let naming = naming.filter(|(_, rule)| rule.then.lead == Some(*lead));
        for (at, rule) in naming {
            let question = Question::fires(at).without(leading_before(ruleset, at));
            if let Answer::Possible(case) = prover.ask(&question) {
                let shown = Counterexample::of_case(prover, format!("{}-leads", rule.id), &case)
                    .that(
                        format!("The smallest case that \"{}\" leads.", rule.id),
                        words,
                    )
                    .expecting(Expectation {
                        lead: Some(*lead),
                        ..Expectation::default()
                    });
                made.fail(lead.words(), "No vignette reaches it.", Some(shown));
                break;
            }
        }
    }
    made.since(prover, before)
}
