//! Facts: the named, typed inputs of the rules, gathered from answers, scores and medicines.

mod id;

pub use id::FactId;
