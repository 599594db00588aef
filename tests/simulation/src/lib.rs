//! Laptops and hub servers by the dozen, and weeks of bad luck in a second.
//!
//! The real exchange (the crate `sync`) and the real record (seals, signatures, certificates, the
//! fold) run here over a made-up network, made-up disks and made-up clocks. A *schedule* follows
//! from a seed: a service, and a list of what happens to it. A *run* is a function of the schedule
//! and nothing else, so the same seed leaves the same *trace*, and a schedule that breaks a *law*
//! can be made shorter until every event that is left matters.
//!
//! What really happened is kept in the *truth*, which asks none of the code that is tested. That
//! the laws can be broken at all is shown by *defects*, each of which some seed finds.
//!
//! What may not enter: a clock, a file, a socket, and numbers by chance that no seed gives. Nothing of this crate is shipped.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod befall;
mod chance;
mod counts;
mod defect;
mod disk;
mod draft;
mod event;
mod heal;
mod hearing;
mod journal;
mod journal_log;
mod laptop;
mod law;
mod line;
mod machines;
pub mod model;
mod pry;
mod schedule;
mod server;
mod service;
mod shrink;
mod stick;
mod talk;
mod truth;
mod verdict;
mod words;
mod world;

pub use counts::Counts;
pub use defect::Defect;
pub use event::{Event, Fate, Node, Timed, What};
pub use law::{Breach, Law};
pub use schedule::{Schedule, Shape};
pub use shrink::shrink;

/// What went wrong in a run, in words for whoever reads it.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// How a run went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// What happened, a line each.
    pub trace: Vec<String>,
    /// The same in numbers.
    pub counts: Counts,
    /// The first law that was broken; none when all held.
    pub breach: Option<Breach>,
}

/// Runs a schedule, with a defect or as things are.
pub fn run(schedule: &Schedule, defect: Option<Defect>) -> Ran {
    match world::World::new(schedule, defect) {
        Ok(world) => world.run(),
        Err(fault) => Ran {
            trace: Vec::new(),
            counts: Counts::default(),
            breach: Some(Breach::of(Law::Works, fault.to_string())),
        },
    }
}
