//! Reading a ruleset, with the place of each fault.

mod claim;
mod condition;
mod facts;
mod rule;

use std::ops::Range;

use toml::Spanned;

use super::declaration::{Claim, ClaimTest, Constraint, FactDeclaration, Impossible};
use super::error::RulesetError;
use super::expression::Expression;
use super::file::{Rule, Ruleset};
use super::raw::{RawConstraint, RawRuleset};
use super::vocabulary::Vocabulary;
use crate::engine::Program;
use crate::fact::FactKind;
use crate::nearest::nearest;

pub(super) fn read(text: &str, vocabulary: Vocabulary) -> Result<Ruleset, RulesetError> {
    let raw: RawRuleset = toml::from_str(text).map_err(|error| shape(text, &error))?;
    let declarations = facts::declarations(text, raw.facts, vocabulary)?;
    let reader = Reader {
        text,
        vocabulary,
        declarations,
    };
    let constraints = reader.constraints(raw.constraints)?;
    let rules = reader.rules(raw.rules)?;
    let claims = reader.claims(raw.claims, &rules)?;
    let program = reader.compile(&rules, &constraints, &claims)?;
    Ok(Ruleset {
        id: raw.id,
        version: raw.version,
        status: raw.status,
        title: raw.title,
        facts: reader.declarations,
        constraints,
        rules,
        claims,
        digest: *blake3::hash(text.as_bytes()).as_bytes(),
        program,
    })
}

/// A fault in the shape, with the known key nearest to an unknown one.
fn shape(text: &str, error: &toml::de::Error) -> RulesetError {
    let at = error.span().map_or(0, |span| span.start);
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next().filter(|_| message.starts_with("unknown"));
    let near = unknown.and_then(|word| nearest(word, quoted));
    RulesetError::at(text, at, message, near)
}

struct Reader<'a> {
    text: &'a str,
    vocabulary: Vocabulary,
    declarations: Vec<FactDeclaration>,
}

impl Reader<'_> {
    fn constraints(&self, raw: Vec<RawConstraint>) -> Result<Vec<Constraint>, RulesetError> {
        let mut made: Vec<Constraint> = Vec::with_capacity(raw.len());
        for raw in raw {
            if made.iter().any(|known| known.id == *raw.id.get_ref()) {
                let expected = "expected an id that no other constraint has";
                return Err(self.at(&raw.id.span(), expected));
            }
            let never = match (raw.never, raw.not_less) {
                (Some(when), None) => Impossible::When(self.condition(when, &raw.id)?),
                (None, Some([more, less])) => Impossible::Less {
                    more: self.number_fact(&more)?,
                    less: self.number_fact(&less)?,
                },
                _ => {
                    let expected = "expected either `never` or `not-less`";
                    return Err(self.at(&raw.id.span(), expected));
                }
            };
            made.push(Constraint {
                id: raw.id.into_inner(),
                never,
                words: raw.words,
            });
        }
        Ok(made)
    }

    fn compile(
        &self,
        rules: &[Rule],
        constraints: &[Constraint],
        claims: &[Claim],
    ) -> Result<Program, RulesetError> {
        let further: Vec<&Expression> = claims
            .iter()
            .flat_map(|claim| &claim.never)
            .filter_map(|test| match test {
                ClaimTest::Facts(expression) => Some(expression),
                _ => None,
            })
            .collect();
        Program::compile(&self.declarations, rules, constraints, &further).map_err(|error| {
            let name = format!("\"{}\"", error.about());
            let place = self.text.find(&name).unwrap_or_default();
            RulesetError::at(self.text, place, error.to_string(), None)
        })
    }

    /// The place of a declared fact.
    fn fact(&self, name: &Spanned<String>) -> Result<usize, RulesetError> {
        let known = || self.declarations.iter().map(|it| it.id.as_str());
        known().position(|id| id == name.get_ref()).ok_or_else(|| {
            let near = nearest(name.get_ref(), known());
            let expected = "expected a fact declared under [facts]";
            RulesetError::at(self.text, name.span().start, expected, near)
        })
    }

    fn number_fact(&self, name: &Spanned<String>) -> Result<usize, RulesetError> {
        let fact = self.fact(name)?;
        if self.declarations[fact].domain.kind() == FactKind::Number {
            return Ok(fact);
        }
        Err(self.at(&name.span(), "expected a fact that is a number"))
    }

    fn at(&self, span: &Range<usize>, expected: &str) -> RulesetError {
        RulesetError::at(self.text, span.start, expected, None)
    }
}
