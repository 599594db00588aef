//! What people do, in steps that several journeys share.

pub mod assessment;
pub mod demo;
pub mod door;
pub mod intake;
pub mod paper;
pub mod plan;
pub mod route;
pub mod traces;

use jiff::ToSpan;

/// A day to come, as people type it.
#[expect(
    clippy::disallowed_methods,
    reason = "a journey stands at the edge, where the clock is read"
)]
pub fn in_days(days: i64) -> String {
    let day = jiff::Zoned::now().date().saturating_add(days.days());
    day.strftime("%d-%b-%Y").to_string()
}
