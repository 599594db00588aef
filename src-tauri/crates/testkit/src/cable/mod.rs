//! A hub, a spoke and the cable between them: what tests over real sockets are made of.
//!
//! Each laptop and the hub server is a program of its own, on a host of its own where this machine
//! has network namespaces. Only time, randomness and the keyring are stand-ins, as everywhere here.

mod hosts;
mod nurse;
mod service;
mod talking;

pub use hosts::{Host, Hosts};
pub use nurse::{Assessed, Nurse};
pub use service::{Service, join, name};
pub use talking::Talking;
