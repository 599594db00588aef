//! What is left for recovery sheets, and what is asked for with one.

use axum::extract::Request;
use sync::deposit::{Found, Leave, Left, MAX_DEPOSIT_BYTES, Seek};
use sync::shelf::Shelf as _;

use crate::clock;

use super::exchange::begin;
use super::front::Front;
use super::login::{admit, device};
use super::refusal::Refusal;
use super::routes::message;

/// The most bytes of what frames a deposit.
const FRAME: usize = 1024;

/// `POST /v1/leave`: a laptop leaves what its sheet opens.
pub(super) async fn leave(front: &Front, request: Request) -> Result<Vec<u8>, Refusal> {
    let device = device(front, request.headers()).await?;
    let _running = begin(front, &device)?;
    let asked = message(front, request, MAX_DEPOSIT_BYTES + FRAME).await?;
    let service = front.about().service;
    let leave = Leave::from_bytes(&asked)?;
    if leave.service != service {
        return Err(Refusal::OtherService);
    }
    let who = device.device();
    let now = clock::now().as_millisecond();
    front
        .on_shelf(move |shelf| {
            if shelf.is_blocked(who)? {
                return Ok(Err(Refusal::Blocked));
            }
            shelf.leave(who, &leave, now).map(Ok)
        })
        .await??;
    Ok(Left { service }.to_bytes())
}

/// `POST /v1/recover`: a blank laptop with a sheet asks for what was left for it. Nobody is logged
/// in: as with logins, an address from which too many come is turned away.
pub(super) async fn recover(front: &Front, request: Request) -> Result<Vec<u8>, Refusal> {
    admit(front, &request)?;
    let seek = Seek::from_bytes(&message(front, request, FRAME).await?)?;
    let service = front.about().service;
    let found = front
        .on_shelf(move |shelf| {
            Ok(Found {
                service,
                deposits: shelf.left_for(&seek.lookup)?,
                put_back_from: shelf.put_back_from()?,
            })
        })
        .await?;
    tracing::info!(found = found.deposits.len(), "asked with a recovery sheet");
    Ok(found.to_bytes())
}
