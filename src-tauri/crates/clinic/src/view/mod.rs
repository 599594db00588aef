//! What the screen is told: view models, already in words, and the one error that crosses.
//!
//! Every type here crosses to TypeScript (`ui/src/backend/bindings.ts` is generated from them and
//! checked for drift). Nothing here decides anything; a screen that needs a rule asks for another
//! field instead.

mod adoption;
mod assessment;
mod audit;
mod backups;
mod bench;
mod bundles;
mod clock;
mod comparison;
mod corrections;
mod documents;
mod door;
mod duplicates;
mod enrol;
mod fault;
mod instruments;
mod intake;
mod keys;
mod letter;
mod line;
mod opinion;
mod overdue;
mod patient;
mod person;
mod plan;
mod recover;
mod review;
mod rulebook;
mod sites;
mod staff;
mod task;
mod transfer;
mod triage;
mod worklist;

pub use adoption::*;
pub use assessment::*;
pub use audit::*;
pub use backups::*;
pub use bench::*;
pub use bundles::*;
pub use clock::*;
pub use comparison::*;
pub use corrections::*;
pub use documents::*;
pub use door::*;
pub use duplicates::*;
pub use enrol::*;
pub use fault::*;
pub use instruments::*;
pub use intake::*;
pub use keys::*;
pub use letter::*;
pub use line::*;
pub use opinion::*;
pub use overdue::*;
pub use patient::*;
pub use person::*;
pub use plan::*;
pub use recover::*;
pub use review::*;
pub use rulebook::*;
pub use sites::*;
pub use staff::*;
pub use task::*;
pub use transfer::*;
pub use triage::*;
pub use worklist::*;
