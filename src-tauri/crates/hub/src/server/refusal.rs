use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sync::admitted::NotAdmitted;

use crate::shelf::ShelfError;

/// Why a request is not answered with a message.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("Log in first.")]
    NoPass,
    #[error("{0}")]
    NotAdmitted(NotAdmitted),
    #[error("This hub server keeps another service's records.")]
    OtherService,
    #[error("This device was blocked by an administrator of the hub server.")]
    Blocked,
    #[error(
        "This number was not given out here, has served before, or is too old. Ask for another."
    )]
    Nonce,
    #[error("This version of the exchange is not spoken here. Update Felloe.")]
    Version,
    #[error("That is more than one message may hold.")]
    TooLong,
    #[error("That is no message.")]
    NoMessage,
    #[error("The message did not arrive in time.")]
    TooSlow,
    #[error("That is more than may be asked for in this time. Come again later.")]
    TooMany(Duration),
    #[error("The hub server cannot answer now. Come again later.")]
    Away,
}

/// When to come again while the database is away.
const AWAY: Duration = Duration::from_secs(5);

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoPass | Self::Nonce => StatusCode::UNAUTHORIZED,
            Self::NotAdmitted(_) | Self::OtherService | Self::Blocked => StatusCode::FORBIDDEN,
            Self::Version => StatusCode::UPGRADE_REQUIRED,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoMessage => StatusCode::BAD_REQUEST,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn wait(&self) -> Option<Duration> {
        match self {
            Self::TooMany(wait) => Some(*wait),
            Self::Away => Some(AWAY),
            _ => None,
        }
    }
}

impl From<ShelfError> for Refusal {
    fn from(_: ShelfError) -> Self {
        Self::Away
    }
}

impl From<sync::wire::Error> for Refusal {
    fn from(error: sync::wire::Error) -> Self {
        match error {
            sync::wire::Error::Version { .. } => Self::Version,
            sync::wire::Error::TooLong | sync::wire::Error::TooMany => Self::TooLong,
            _ => Self::NoMessage,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_string()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        let plain = HeaderValue::from_static("text/plain; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, plain);
        if let Some(wait) = self.wait() {
            headers.insert(
                header::RETRY_AFTER,
                HeaderValue::from(wait.as_secs().max(1)),
            );
        }
        if matches!(self, Self::TooSlow | Self::TooLong) {
            // What is still on its way is not read.
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
