//! What follows from the rules beside urgency and lead.

use std::ops::Range;
use std::sync::Arc;

use super::term_set::TermSet;
use crate::ruleset::{Disposition, Effects, PainType, Rule, Strand};

/// Each value that a rule can give, in the order the file first names it, with the terms of all
/// rules that give it. A flag, a prompt or a suggestion is named by its rule's place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// Leads and what stands beside them. The default's lead stands in only when nothing else
    /// applies, so it is not among them.
    pub dispositions: Vec<(Disposition, TermSet)>,
    /// Kinds of care.
    pub strands: Vec<(Strand, TermSet)>,
    /// Kinds of pain.
    pub pain_types: Vec<(PainType, TermSet)>,
    /// Medicines flags.
    pub medicine_flags: Vec<(usize, TermSet)>,
    /// Prompts.
    pub prompts: Vec<(usize, TermSet)>,
    /// Suggestions of a second opinion.
    pub second_opinions: Vec<(usize, TermSet)>,
}

impl Values {
    pub(super) fn of(rules: &[Arc<Rule>], ranges: &[Range<usize>], terms: usize) -> Self {
        let mut made = Self::default();
        for (at, (rule, range)) in rules.iter().zip(ranges).enumerate() {
            let own = TermSet::of(terms, range.clone());
            let Effects {
                lead,
                also,
                strands,
                pain_type,
                ..
            } = &rule.then;
            let lead = lead.filter(|_| !rule.default);
            for disposition in lead.iter().chain(also) {
                add(&mut made.dispositions, *disposition, &own);
            }
            for strand in strands {
                add(&mut made.strands, *strand, &own);
            }
            if let Some(kind) = pain_type {
                add(&mut made.pain_types, *kind, &own);
            }
            for (given, named) in [
                (rule.then.medicine_flag, &mut made.medicine_flags),
                (rule.then.prompt, &mut made.prompts),
                (rule.then.second_opinion, &mut made.second_opinions),
            ] {
                if given {
                    named.push((at, own.clone()));
                }
            }
        }
        made
    }
}

fn add<T: PartialEq>(named: &mut Vec<(T, TermSet)>, value: T, terms: &TermSet) {
    match named.iter_mut().find(|(known, _)| *known == value) {
        Some((_, known)) => known.add(terms),
        None => named.push((value, terms.clone())),
    }
}
