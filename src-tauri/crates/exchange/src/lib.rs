//! What comes in from other systems and goes out to people: today, referrals in a CSV file, and
//! tables as one.
//!
//! A file from outside is testimony, not record. This crate reads it, checks each cell and says in
//! plain words what is wrong, and hands on rows that are whole. It writes nothing, knows no patient
//! already on record, and never merges people: that is for whoever calls it.
//!
//! Terms: a *row* is one referral; a *heading* names a column; a *trouble* is one thing wrong with
//! one row. Neither a trouble nor an error ever repeats what a cell holds, because both end up on
//! screens and in logs.
//!
//! What may not enter: a clock (the date is an argument), the file system, and any use case.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod referral_csv;
pub mod table_csv;
