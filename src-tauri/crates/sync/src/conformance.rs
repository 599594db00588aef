//! What every log has to do, as checks that each implementation runs on itself.
//!
//! For tests only: a breach panics. [`log`] and [`shelf`] call their argument for a fresh, empty
//! one of the service [`SERVICE`] as often as they need one.

mod ahead;
mod blobs;
mod erasing;
mod forks;
mod pen;
mod streams;

use record::id::ServiceId;
use record::log::EventLog;

use crate::shelf::Shelf;

pub use blobs::blobs;
pub use erasing::proof_of;
pub use pen::Pen;

/// The service that the logs are to be of.
pub const SERVICE: ServiceId = ServiceId::from_random([0x51; 16]);

/// Checks every sentence that [`EventLog`] says of a log.
///
/// # Panics
/// When one of them does not hold of what `make` makes, or when the log reports an error.
pub fn log<L: EventLog>(mut make: impl FnMut() -> L) {
    let checks: [fn(&mut L); 15] = [
        streams::what_is_kept_is_given_back_as_it_was_written,
        streams::sending_twice_changes_nothing,
        streams::an_envelope_of_another_service_is_kept_by_nobody_and_stops_the_rest,
        streams::scopes_are_kept_apart,
        streams::a_limit_gives_as_much_as_fits_and_at_least_one,
        streams::marks_double_on_the_way_back,
        streams::erased_and_whole_are_one_envelope,
        ahead::what_has_a_gap_before_it_waits_and_joins_when_it_is_filled,
        ahead::any_order_ends_the_same,
        ahead::what_waits_is_given_by_its_id_and_not_by_its_stream,
        forks::two_branches_are_both_kept_and_told,
        forks::two_first_envelopes_are_a_fork_too,
        forks::beyond_gives_a_branch_whole_and_nothing_that_is_had,
        forks::marks_run_down_every_branch,
        forks::a_fork_that_waited_is_told_when_it_joins,
    ];
    for check in checks {
        check(&mut make());
    }
}

/// Checks every sentence that [`Shelf`] says of erasures.
///
/// # Panics
/// When one of them does not hold of what `make` makes, or when the shelf reports an error.
pub fn shelf<S: Shelf>(mut make: impl FnMut() -> S) {
    let checks: [fn(&mut S); 6] = [
        blobs::an_erasure_drops_the_documents_of_its_records_and_takes_none_again,
        blobs::a_document_of_two_records_stays_with_the_one_that_is_not_erased,
        erasing::an_erasure_leaves_headers_of_its_records_and_everything_of_others,
        erasing::no_digest_changes_by_an_erasure,
        erasing::what_comes_after_an_erasure_is_kept_without_content_and_joins,
        erasing::an_erasure_that_comes_again_changes_nothing,
    ];
    for check in checks {
        check(&mut make());
    }
}
