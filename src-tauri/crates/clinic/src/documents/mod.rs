//! Documents of a patient's record: letters, reports and pictures that came with them.
//!
//! What a document is stands in an entry, with a key of its own; its bytes are sealed under that
//! key, kept beside the entries, sent when all entries are, and fetched only when somebody asks.
//! Nothing of a document is ever on disk in readable form, unless a person saves a copy of it.

mod attaching;
mod held;
mod kinds;
mod opening;
mod saving;
mod shown;

pub use attaching::{attach_document, bring_document};
pub use opening::{open_document, read_document};
pub use saving::save_document;
pub use shown::{documents, fetch_document};

pub(crate) use attaching::Attaching;
pub(crate) use kinds::name_of as kind_name;
pub(crate) use opening::OnScreen;

/// Bytes of documents that a laptop keeps before it lets some go: some five hundred scanned
/// letters. A design decision. What is the only copy is never let go.
pub(crate) const KEPT_HERE: u64 = 1_000_000_000;
