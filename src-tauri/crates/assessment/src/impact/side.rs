//! One ruleset over one case, as far as a comparison needs it.

use std::sync::LazyLock;

use super::moved::MovedPart;
use crate::engine::{Budget, Exact, Program, State, TermSet, Turned};
use crate::fact::Facts;
use crate::proposal::STEPS;
use crate::question::{Catalogue, QuestionKind};
use crate::ruleset::{Disposition, PainType, Rule, Ruleset, Strand, Truth, Urgency};

/// A value of a part of which any number hold. The words of a rule are named by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Goes(Disposition),
    Strand(Strand),
    Pain(PainType),
    Flag(String),
    Prompt(String),
    Opinion(String),
}

/// Whether a value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Never,
    /// An open answer decides.
    Perhaps,
    Surely,
    /// The search was given up.
    NotSearched,
}

/// What is possible of a part of which one value holds.
pub(super) struct Found<T> {
    pub(super) settled: bool,
    pub(super) possible: Vec<T>,
}

/// One ruleset, ready for many cases.
pub(super) struct Side<'r> {
    pub(super) ruleset: &'r Ruleset,
    /// For each value, the terms that give it.
    giving: Vec<TermSet>,
}

/// A case under one ruleset, with how its rules turn out.
pub(super) struct Turning<'s, 'r> {
    side: &'s Side<'r>,
    pub(super) state: State,
    turned: Turned,
    pub(super) truths: Vec<Truth>,
}

/// The same, when its parts are asked for.
pub(super) struct Open<'s, 'r> {
    turning: &'s Turning<'s, 'r>,
    way: Way<'s>,
}

/// How parts are found: at once when nothing is open, else by a search.
enum Way<'s> {
    Complete(TermSet),
    Searched(Exact<'s>),
}

impl<'r> Side<'r> {
    pub(super) fn of(ruleset: &'r Ruleset, values: &[Value]) -> Self {
        let program = ruleset.program();
        let giving = values.iter().map(|value| {
            let rules = ruleset.rules.iter().enumerate();
            program.terms_of(
                rules
                    .filter(|(_, rule)| values_of(rule).contains(value))
                    .map(|(at, _)| at),
            )
        });
        Self {
            ruleset,
            giving: giving.collect(),
        }
    }

    pub(super) fn case(&self, state: State) -> Turning<'_, 'r> {
        let program = self.ruleset.program();
        let turned = program.turn_out(&state);
        Turning {
            side: self,
            truths: program.rule_truths(&turned),
            state,
            turned,
        }
    }
}

impl<'s, 'r> Turning<'s, 'r> {
    pub(super) fn outlook(&'s self) -> Open<'s, 'r> {
        let program = self.program();
        let complete =
            (0..program.facts.len()).all(|fact| self.state.possible(fact).is_power_of_two());
        let way = if complete {
            Way::Complete(program.holding(&self.state))
        } else {
            Way::Searched(Exact::new(
                program,
                &self.state,
                &self.turned,
                Budget::steps(STEPS),
            ))
        };
        Open { turning: self, way }
    }

    fn program(&self) -> &'s Program {
        self.side.ruleset.program()
    }
}

impl Open<'_, '_> {
    pub(super) fn truths(&self) -> &[Truth] {
        &self.turning.truths
    }

    pub(super) fn urgency(&mut self, facts: &Facts) -> Found<Urgency> {
        let (possible, exact) = match &mut self.way {
            Way::Complete(holding) => (vec![self.turning.program().outcome(holding).urgency], true),
            Way::Searched(exact) => {
                let outlook = exact.urgency();
                (outlook.possible, outlook.exact)
            }
        };
        let guarded = possible == [Urgency::Routine] && has_open_sign(facts);
        Found {
            settled: exact && possible.len() == 1 && !guarded,
            possible,
        }
    }

    pub(super) fn lead(&mut self) -> Found<Disposition> {
        let (possible, exact) = match &mut self.way {
            Way::Complete(holding) => (
                Vec::from_iter(self.turning.program().outcome(holding).lead),
                true,
            ),
            Way::Searched(exact) => {
                let outlook = exact.lead();
                (outlook.possible, outlook.exact)
            }
        };
        Found {
            settled: exact && possible.len() == 1,
            possible,
        }
    }

    pub(super) fn value(&mut self, at: usize) -> Held {
        let Some(terms) = self.turning.side.giving.get(at) else {
            return Held::Never;
        };
        match &mut self.way {
            Way::Complete(holding) if holding.meets(terms) => Held::Surely,
            Way::Complete(_) => Held::Never,
            Way::Searched(exact) => match exact.any_of(terms) {
                (Truth::True, _) => Held::Surely,
                (Truth::False, _) => Held::Never,
                (_, true) => Held::Perhaps,
                (_, false) => Held::NotSearched,
            },
        }
    }
}

/// Every value that a rule of either ruleset gives, part by part.
pub(super) fn values(old: &Ruleset, new: &Ruleset) -> Vec<Value> {
    let mut all: Vec<Value> = old
        .rules
        .iter()
        .chain(&new.rules)
        .flat_map(|rule| values_of(rule))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// The values that a rule gives. The default's lead stands in only when nothing else applies.
pub(super) fn values_of(rule: &Rule) -> Vec<Value> {
    let then = &rule.then;
    let lead = then.lead.filter(|_| !rule.default);
    let own = |given: bool, name: fn(String) -> Value| given.then(|| name(rule.id.clone()));
    let mut all: Vec<Value> = lead
        .into_iter()
        .chain(then.also.iter().copied())
        .map(Value::Goes)
        .collect();
    all.extend(then.strands.iter().copied().map(Value::Strand));
    all.extend(then.pain_type.map(Value::Pain));
    all.extend(own(then.medicine_flag, Value::Flag));
    all.extend(own(then.prompt, Value::Prompt));
    all.extend(own(then.second_opinion, Value::Opinion));
    all
}

impl Value {
    pub(super) fn part(&self) -> MovedPart {
        match self {
            Self::Goes(_) => MovedPart::Dispositions,
            Self::Strand(_) => MovedPart::Strands,
            Self::Pain(_) => MovedPart::PainType,
            Self::Flag(_) => MovedPart::MedicineFlags,
            Self::Prompt(_) => MovedPart::Prompts,
            Self::Opinion(_) => MovedPart::SecondOpinion,
        }
    }

    /// In words; those of a rule are the new ruleset's, when it still has the rule.
    pub(super) fn words(&self, old: &Ruleset, new: &Ruleset) -> String {
        match self {
            Self::Goes(to) => to.words().to_owned(),
            Self::Strand(strand) => strand.words().to_owned(),
            Self::Pain(kind) => kind.words().to_owned(),
            Self::Flag(id) | Self::Prompt(id) | Self::Opinion(id) => {
                let rule = new.rule(id).or_else(|| old.rule(id));
                rule.map_or_else(|| id.clone(), |rule| rule.words.clone())
            }
        }
    }
}

/// Whether a warning sign has no answer. Then "routine" is not settled, whatever the rules say.
fn has_open_sign(facts: &Facts) -> bool {
    static SIGNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let questions = Catalogue::shipped().questions();
        let signs = questions.filter(|it| it.kind == QuestionKind::Feature && it.group.is_some());
        signs.map(|it| it.id.as_str()).collect()
    });
    SIGNS
        .iter()
        .any(|id| facts.get(id).is_some_and(|fact| fact.known.is_open()))
}
