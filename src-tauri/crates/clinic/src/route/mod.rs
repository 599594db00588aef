//! Warning signs and the routes they lead to. A route never waits for a signature.

mod card;
mod opening;
mod recording;
mod shown;
mod signs;

pub use card::{call_card, print_call_card, save_call_card};
pub use recording::{record_hub_call, record_route};

pub(crate) use opening::{after_answer, after_crash, after_letter, leads_to};
pub(crate) use signs::{in_short, open_signs, raises, route_of};

use assessment::route::Routes;

use crate::desk::{Desk, patient_id};
use crate::refusal::Refusal;
use crate::role::Act;
use crate::view::RouteView;

/// A route: what to do now, one thing after the other.
pub fn open_route(desk: &mut Desk, patient: String, route: String) -> Result<RouteView, Refusal> {
    desk.allow(Act::Look)?;
    let patient = patient_id(&patient)?;
    let route = Routes::shipped()
        .route(&route)
        .ok_or(Refusal::NotFound("That route"))?;
    shown::view(desk, patient, route)
}
