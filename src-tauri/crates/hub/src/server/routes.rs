//! What can be asked for, and where.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::sync::watch;
use tokio::time::timeout;

use super::deposits;
use super::exchange;
use super::figures::Asked;
use super::front::Front;
use super::login;
use super::refusal::Refusal;
use super::wait;

/// What both sides call the form of their messages.
const CBOR: &str = "application/cbor";
/// How long one message may take to arrive. A batch is sized to take two seconds; a design
/// decision with room for a link that has become much slower since.
const ARRIVES_WITHIN: Duration = Duration::from_secs(120);
/// How long the database may take to say that it is there.
const IS_THERE_WITHIN: Duration = Duration::from_secs(5);

/// What laptops may ask for.
pub(super) fn laptops(front: Arc<Front>, stop: watch::Receiver<bool>) -> Router {
    let waits = move |State(front): State<Arc<Front>>, request| {
        let stop = stop.clone();
        async move {
            let answered = wait::wait(&front, request, stop);
            counted(&front, Asked::Wait, answered).await
        }
    };
    Router::new()
        .route("/v1/hello", post(hello))
        .route("/v1/login", post(log_in))
        .route("/v1/exchange", post(exchange))
        .route("/v1/wait", post(waits))
        .route("/v1/leave", post(leave))
        .route("/v1/recover", post(recover))
        .route("/health", get(health))
        .with_state(front)
}

/// What whoever looks after the hub server may ask for.
pub(super) fn figures(front: Arc<Front>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/health", get(health))
        .with_state(front)
}

async fn hello(State(front): State<Arc<Front>>, request: Request) -> Response {
    counted(&front, Asked::Hello, login::hello(&front, request)).await
}

async fn log_in(State(front): State<Arc<Front>>, request: Request) -> Response {
    counted(&front, Asked::Login, login::log_in(&front, request)).await
}

async fn exchange(State(front): State<Arc<Front>>, request: Request) -> Response {
    counted(&front, Asked::Exchange, exchange::exchange(&front, request)).await
}

async fn leave(State(front): State<Arc<Front>>, request: Request) -> Response {
    counted(&front, Asked::Leave, deposits::leave(&front, request)).await
}

async fn recover(State(front): State<Arc<Front>>, request: Request) -> Response {
    counted(&front, Asked::Recover, deposits::recover(&front, request)).await
}

async fn health(State(front): State<Arc<Front>>) -> Response {
    let there = timeout(IS_THERE_WITHIN, front.on_shelf(|shelf| shelf.is_there()));
    if matches!(there.await, Ok(Ok(()))) {
        "fine\n".into_response()
    } else {
        Refusal::Away.into_response()
    }
}

async fn metrics(State(front): State<Arc<Front>>) -> Response {
    let text = HeaderValue::from_static("text/plain; version=0.0.4");
    ([(header::CONTENT_TYPE, text)], front.figures.text()).into_response()
}

async fn counted(
    front: &Front,
    asked: Asked,
    answer: impl Future<Output = Result<Vec<u8>, Refusal>>,
) -> Response {
    let begun = Instant::now();
    let _answering = front.figures.answers();
    let response = match answer.await {
        Ok(message) => {
            front.figures.moved(0, message.len());
            told(message)
        }
        Err(refusal) => {
            tracing::info!(asked = ?asked, reason = %refusal, "refused");
            refusal.into_response()
        }
    };
    front
        .figures
        .answered(asked, response.status().as_u16(), begun.elapsed());
    response
}

fn told(message: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(message));
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CBOR));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The message that a request brings, of `most` bytes.
pub(super) async fn message(
    front: &Front,
    request: Request,
    most: usize,
) -> Result<Bytes, Refusal> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != CBOR) {
        return Err(Refusal::NoMessage);
    }
    let whole = Limited::new(request.into_body(), most).collect();
    let arrived = timeout(ARRIVES_WITHIN, whole)
        .await
        .map_err(|_| Refusal::TooSlow)?;
    let bytes = arrived
        .map_err(|error| {
            if error.is::<LengthLimitError>() {
                Refusal::TooLong
            } else {
                Refusal::NoMessage
            }
        })?
        .to_bytes();
    front.figures.moved(bytes.len(), 0);
    Ok(bytes)
}
