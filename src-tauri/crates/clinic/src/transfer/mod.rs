//! A patient who goes on at another site.
//!
//! Nothing is written anew: the record's keys are wrapped for the other site's scope, and what was
//! written so far is passed on in parcels, as it was written. Whoever carries it out holds the keys
//! of both sites. What is still written at the old site, by somebody who had not heard of it, is
//! passed on when it arrives.

mod originals;
mod passing;
mod transferring;

pub use transferring::{transfer_form, transfer_patient};

pub(crate) use transferring::grounds_words;
