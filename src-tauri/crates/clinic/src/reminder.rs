//! How many emergencies the hub has not been told of, kept where the lock screen can read it.
//!
//! A count and nothing else: the file stands outside the encryption.

use store::Place;

const FILE: &str = "felloe.hub-not-told";

/// The count, 0 when there is none or it cannot be read.
pub(crate) fn read(place: &Place) -> u32 {
    std::fs::read_to_string(place.dir().join(FILE))
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
}

/// Keeps the count. A failure to do so loses a reminder, not the action, which is in the record.
pub(crate) fn write(place: &Place, open: u32) {
    let path = place.dir().join(FILE);
    let kept = if open == 0 {
        std::fs::remove_file(path)
    } else {
        std::fs::write(path, open.to_string())
    };
    if let Err(error) = kept
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(kind = ?error.kind(), "the reminder for the lock screen was not kept");
    }
}
