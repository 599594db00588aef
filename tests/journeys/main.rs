//! Journeys through the real window: the built program, its real database and keyring,
//! driven from outside by WebDriver as a person would drive it.
//!
//! Run them with `cargo xtask test --only journeys`, which builds the screens and supplies
//! a display and a Secret Service. [`Machine`](machine::Machine) is one laptop's folders;
//! [`Window`](window::Window) is the program open on them.
//!
//! | file | what it proves |
//! |---|---|
//! | `opening.rs` | the window opens, fits the smallest usual screen, and comes back after a kill |
//! | `first_light/` | a referral becomes a signed, printed plan, and a kill loses nothing |
//! | `demo_day.rs` | the triage forms, emergencies lead, the safety record blocks, signing as proposed |
//! | `keys_and_locks.rs` | wrong passphrases, a lost keyring secret, recovery, the lock |
//! | `keeping/` | staff, audit, keys, backups and restoring, erasure and adoption by two people |
//! | `exchange/` | two laptops, a real hub server, the cable out and in; a laptop that joins |
//! | `nothing_readable.rs` | no file holds a name, a number or an answer that can be read |
//! | `rules.rs` | a rule is read, a case is tried, the vignettes run, another ruleset is compared |
//! | `questionnaires.rs` | a form under licence, by number until two people sign for a pack |
//! | `screens.rs` | what each screen looks like at both sizes, kept in `docs/screens` |
#![cfg(target_os = "linux")]
#![allow(missing_docs, unreachable_pub)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

mod accessibility;
mod driver;
mod elements;
mod fields;
mod keyring;
mod keys;
mod machine;
mod process;
mod rows;
mod steps;
mod window;

mod demo_day;
mod exchange;
mod first_light;
mod keeping;
mod keys_and_locks;
mod nothing_readable;
mod opening;
mod questionnaires;
mod rules;
mod screens;
