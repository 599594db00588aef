//! The hub server's address and pin, handed on to a laptop that joins.

use record::enrolment::{AnswerError, HubServer};
use sync::http::{HubServer as Known, Pin};

use crate::desk::Desk;
use crate::line::{hub_server_here, keep_hub_server};
use crate::refusal::Refusal;

/// The hub server of this laptop, as an answer says it; none where none was named.
pub(super) fn handed_on(desk: &Desk) -> Result<Option<HubServer>, Refusal> {
    Ok(hub_server_here(desk)?.map(|known| HubServer {
        address: known.address(),
        pin: *known.pin.as_bytes(),
    }))
}

/// Keeps what an answer says of the hub server.
pub(super) fn taken(desk: &mut Desk, said: Option<&HubServer>) -> Result<(), Refusal> {
    let Some(said) = said else {
        return Ok(());
    };
    let known = Known::new(&said.address, Pin::from_bytes(said.pin))
        .map_err(|_| Refusal::Answer(AnswerError::Claims))?;
    keep_hub_server(desk, &known)
}
