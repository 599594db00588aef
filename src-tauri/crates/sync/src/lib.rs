//! What two places that keep envelopes say to each other.
