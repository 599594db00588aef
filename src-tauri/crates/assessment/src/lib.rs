//! What Felloe works out from an assessment: questions and answers, questionnaire scores,
//! opioid totals, facts, rules, and the proposal made from them.
//!
//! Terms: a *question* is asked and has an *answer*, which may be one of four unanswered
//! states. An *instrument* is a questionnaire with a scoring rule. A *fact* is a named,
//! typed input of the rules. A *ruleset* is a versioned set of rules, and a *proposal* is
//! what the rules work out. A proposal is never a decision.
//!
//! What may not enter: clocks, files, randomness, the network, storage, names of people.
//! Dates come in as arguments and the same input always gives the same output. The content
//! (questions, instruments, tables, rules) is TOML under `assets/`, compiled in.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod answer;
pub mod engine;
pub mod explain;
pub mod fact;
pub mod impact;
pub mod instrument;
pub mod mark;
pub mod medicine;
pub mod nearest;
pub mod proof;
pub mod proposal;
pub mod question;
pub mod route;
pub mod ruleset;
mod shipped;
pub mod vignette;
