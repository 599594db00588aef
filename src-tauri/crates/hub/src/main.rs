//! The hub server.

fn main() {}
