//! What people do, in steps that several journeys share.

pub mod assessment;
pub mod demo;
pub mod door;
pub mod intake;
pub mod paper;
pub mod plan;
pub mod route;
pub mod traces;
