//! One message of an exchange.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use sync::admitted::Admitted;
use sync::record::id::DeviceId;
use sync::shelf::respond;
use sync::wire::MAX_MESSAGE_BYTES;

use crate::clock;

use super::front::Front;
use super::login::device;
use super::rates::Rate;
use super::refusal::Refusal;
use super::routes::message;

/// `POST /v1/exchange`.
pub(super) async fn exchange(front: &Front, request: Request) -> Result<Vec<u8>, Refusal> {
    // Who it is comes before the message: nobody fills the memory without a token.
    let device = device(front, request.headers()).await?;
    let _running = begin(front, &device)?;
    let asked = message(front, request, MAX_MESSAGE_BYTES).await?;
    front.by_device.sent(&device.device(), asked.len());
    let who = Arc::clone(&device);
    let answer = front
        .on_shelf(move |shelf| {
            let answer = respond(shelf, &who, &asked, clock::now());
            // What was carried out is told, also where something failed after it.
            for one in shelf.take_erased() {
                tracing::info!(
                    device = %who.device(), erasure = %one.id, records = one.records,
                    envelopes = one.envelopes, "content erased"
                );
            }
            answer
        })
        .await?;
    front.by_device.sent(&device.device(), answer.len());
    Ok(answer)
}

/// A request of a device while it is answered.
pub(super) struct Running<'a> {
    front: &'a Front,
    device: DeviceId,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.front.by_device.end(&self.device);
    }
}

/// Turns away a device that asks for too much.
pub(super) fn begin<'a>(front: &'a Front, device: &Admitted) -> Result<Running<'a>, Refusal> {
    let limits = &front.limits;
    let requests = Rate {
        per_second: limits.requests_per_second,
        at_once: limits.requests_at_once,
    };
    let bytes = Rate {
        per_second: limits.bytes_per_second,
        at_once: limits.bytes_at_once,
    };
    let device = device.device();
    front
        .by_device
        .take(device, [requests, bytes], 0, Instant::now())
        .map_err(Refusal::TooMany)?;
    if front.by_device.begin(&device, limits.requests_side_by_side) {
        Ok(Running { front, device })
    } else {
        Err(Refusal::TooMany(std::time::Duration::from_secs(1)))
    }
}
