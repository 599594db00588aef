//! Reading a ruleset, with the place of each fault.

mod claim;
mod condition;
mod facts;
mod rule;
mod shape;

use std::ops::Range;
use std::sync::Arc;

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

pub(crate) use shape::Shape;

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
    let Shape { expected, nearest } = Shape::of(error);
    RulesetError::at(text, at, expected, nearest.as_deref())
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
                return Err(self.taken(&raw.id, "constraint"));
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
        rules: &[Arc<Rule>],
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
            let name_of = name.get_ref();
            if self.vocabulary.known(name_of).is_some() {
                let expected = format!("expected `{name_of}` to be declared under [facts] first");
                return self.at(&name.span(), &expected);
            }
            let near = nearest(name_of, known());
            let expected = format!("expected a fact declared under [facts], not `{name_of}`");
            RulesetError::at(self.text, name.span().start, expected, near)
        })
    }

    fn number_fact(&self, name: &Spanned<String>) -> Result<usize, RulesetError> {
        let fact = self.fact(name)?;
        if self.declarations[fact].domain.kind() == FactKind::Number {
            return Ok(fact);
        }
        let expected = format!("expected a fact that is a number, not `{}`", name.get_ref());
        Err(self.at(&name.span(), &expected))
    }

    /// A fault at an id that something else of its kind has already.
    fn taken(&self, id: &Spanned<String>, kind: &str) -> RulesetError {
        let expected = format!(
            "expected an id of its own; another {kind} is `{}`",
            id.get_ref()
        );
        self.at(&id.span(), &expected)
    }

    fn at(&self, span: &Range<usize>, expected: &str) -> RulesetError {
        RulesetError::at(self.text, span.start, expected, None)
    }
}
