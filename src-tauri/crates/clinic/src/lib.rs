//! The use cases of a clinic: what staff do, from the first unlock to the printed plan.
//!
//! Everything below meets here: the record's entries become a patient's case, the case becomes
//! facts for the rules, and the answer becomes one view model. Permission is checked here, time and
//! randomness come in through [`Clinic`], and no screen, window or command line may enter.

pub mod view;
