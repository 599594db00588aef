//! Waiting for something new.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use sync::admitted::Admitted;
use sync::shelf::answer;
use sync::wire::{self, Answer, Failure};
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, timeout_at};

use crate::clock;

use super::exchange::begin;
use super::front::Front;
use super::login::device;
use super::notices::Notice;
use super::refusal::Refusal;
use super::routes::message;

/// How long a device waits before it is told that nothing has changed: less than the minute after
/// which routers forget a connection on which nothing moves.
const WAITS: Duration = Duration::from_secs(50);
/// After a notice, what else comes at once is waited for. A design decision: it is not felt, and
/// saves looking again for each envelope of a busy minute.
const GATHERS: Duration = Duration::from_millis(100);
/// A question that compares is short.
const QUESTION: usize = 64 * 1024;

/// `POST /v1/wait`: answers a comparison at once when something differs, else as soon as it does.
pub(super) async fn wait(
    front: &Front,
    request: Request,
    mut stop: watch::Receiver<bool>,
) -> Result<Vec<u8>, Refusal> {
    let device = device(front, request.headers()).await?;
    let _running = begin(front, &device)?;
    let asked = message(front, request, QUESTION).await?;
    let _waiting = front.figures.waits();
    // From before the first look, so that nothing falls between them.
    let mut notices = front.notices.subscribe();
    let until = Instant::now() + WAITS;
    loop {
        let answer = look(front, &device, &asked).await?;
        let over = !matches!(answer, Answer::Same { .. }) || Instant::now() >= until;
        if over || *stop.borrow() {
            return Ok(answer.to_bytes(device.service()));
        }
        tokio::select! {
            _ = timeout_at(until, concerned(&mut notices, &device)) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
        let gathered = (Instant::now() + GATHERS).min(until);
        tokio::time::sleep_until(gathered).await;
    }
}

async fn look(front: &Front, device: &Arc<Admitted>, asked: &[u8]) -> Result<Answer, Refusal> {
    let request = match wire::Request::from_bytes(asked) {
        Ok((service, request @ wire::Request::Compare { .. })) if service == device.service() => {
            request
        }
        // It is for comparisons only.
        Ok(_) => return Ok(Answer::Failed(Failure::Malformed)),
        Err(error) => return Err(error.into()),
    };
    let device = Arc::clone(device);
    let looked = front.on_shelf(move |shelf| answer(shelf, &device, request, clock::now()));
    Ok(looked.await?)
}

/// Returns when something may have changed that the device may see.
async fn concerned(notices: &mut broadcast::Receiver<Notice>, device: &Admitted) {
    loop {
        match notices.recv().await {
            Ok(notice) if !notice.concerns(|stream| device.may_read(stream)) => {}
            // Something of its own, or more than it could follow: it looks for itself.
            Ok(_) | Err(_) => return,
        }
    }
}
