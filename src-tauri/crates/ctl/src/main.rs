//! felloectl: the use cases of a clinic without a window.
fn main() {}
