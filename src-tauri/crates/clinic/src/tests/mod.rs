//! What the use cases promise, proved on a desk with the real encrypted record.
//!
//! Only the clock, the randomness and the keyring are stand-ins, and the passphrase is cheap to
//! stretch. A test named `safety_NN_...` shows the control of that number of the safety page.

mod adoption;
mod another_device;
mod another_reader;
mod audit_screen;
mod audited;
mod backups;
mod bundles;
mod call_card;
mod comparison;
mod conflicts;
mod corrections;
mod crisis;
mod demo;
mod deposits;
mod documents;
mod drafts;
mod duplicates;
mod elsewhere;
mod enquiries;
mod enrolling;
mod erasing;
mod exchanging;
mod explained;
mod faults;
mod finding;
mod forms;
mod intake;
mod keys;
mod letters;
mod linking;
mod locking;
mod matrix;
mod medicines;
mod notes;
mod on_its_way;
mod opinions;
mod overdue;
mod person;
mod plan;
mod proposals;
mod questionnaires;
mod receipts;
mod recovery;
mod review;
mod roles;
mod room;
mod rulebook;
mod safekeeping;
mod signing;
mod signs;
mod soundness;
mod staff;
mod states;
mod tasks;
mod trail;
mod transferring;
mod typing;
mod upgrade;
mod urgency;
mod waits;
mod wild_clock;

use room::Room;
