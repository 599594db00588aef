//! The record: what is written, signed, sealed and folded.
//!
//! This crate decides the bytes of Felloe (`docs/format.md`) and what a set of them means. An
//! *entry* is one immutable fact; an *envelope* carries entries on one subject, all or nothing;
//! a *stream* is the envelopes of one device in one scope, numbered without gaps. The *fold*
//! turns any set of entries, in any order, into the same record, where every *slot* has a current
//! value or a *conflict*, and nothing is overwritten.
//!
//! Two small clinical facts of life live here too because the record cannot be read without
//! them: the NHS number and the referral-to-treatment clock.
//!
//! What may not enter: files, sockets, threads, the time of day, randomness, and opinion about
//! care. Time, nonces, keys and ids come in as arguments. No patient's words appear in an error
//! or in `Debug`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod adoption;
pub mod blob;
pub mod body;
pub mod bundle;
pub mod cbor;
pub mod certificate;
pub mod chunks;
pub mod clock;
mod domain;
pub mod enrolment;
pub mod entry;
pub mod envelope;
pub mod erasure;
pub mod fold;
pub mod id;
pub mod keys;
pub mod links;
pub mod log;
pub mod login;
pub mod manifest;
pub mod moment;
pub mod nhs_number;
pub mod parcel;
pub mod patient_key;
pub mod role;
pub mod scope;
mod signed;
pub mod signed_file;
pub mod transfers;
pub mod warrant;
pub mod words;
