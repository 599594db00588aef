//! Sets of the small service's envelopes.

/// A set of envelopes, a bit each.
pub(super) type Set = u16;

/// The spoke's first envelope, its second, and the copy's at the second's place.
pub(super) const FIRST: Set = 1;
pub(super) const SECOND: Set = 1 << 1;
pub(super) const COPY: Set = 1 << 2;
/// The transfer to the other spoke, which the hub site writes on the patient.
pub(super) const TRANSFER: Set = 1 << 3;
/// The end of the spoke's certificate, after its first envelope or after its second.
pub(super) const ENDED_AFTER_ONE: Set = 1 << 4;
pub(super) const ENDED_AFTER_TWO: Set = 1 << 5;
/// The two signatures of an erasure.
pub(super) const ASKED: Set = 1 << 6;
pub(super) const CONFIRMED: Set = 1 << 7;

/// In the spoke's scope.
pub(super) const SPOKE: Set = FIRST | SECOND | COPY | TRANSFER;
/// In the service's.
pub(super) const SERVICE: Set = ENDED_AFTER_ONE | ENDED_AFTER_TWO | ASKED | CONFIRMED;
/// In the other spoke's.
pub(super) const PARCELS: Set = SPOKE << PASSED_ON;
const PASSED_ON: u32 = 8;

/// The parcel that one of the spoke's envelopes is passed on in.
pub(super) fn parcel_of(one: Set) -> Set {
    one << PASSED_ON
}

/// What is in a set, in words.
pub(super) fn named(set: Set) -> String {
    let names = [
        "its first",
        "its second",
        "another second",
        "a transfer",
        "the end after one",
        "the end after two",
        "an erasure",
        "its confirmation",
        "the first passed on",
        "the second passed on",
        "the other second passed on",
        "the transfer passed on",
    ];
    let held = names.iter().enumerate();
    let held = held.filter(|(bit, _)| set & (1 << bit) != 0);
    let held: Vec<&str> = held.map(|(_, name)| *name).collect();
    held.join(" and ")
}
