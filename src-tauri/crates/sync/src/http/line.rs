//! One connection to the hub server.

use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, RETRY_AFTER};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{HubServer, LineError, pinned};

/// The longest answer that is read, in bytes: 8 MiB, a batch of the largest envelopes and its frame.
pub const MAX_ANSWER_BYTES: usize = 8 * 1024 * 1024;

/// What both sides call the form of their messages.
const CBOR: &str = "application/cbor";

/// How long each step may take. Design decisions, for a thin link with long delays: a batch is
/// sized to take about two seconds, so a minute of silence is a dead line and not a slow one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands, its handshake included.
    pub connect: Duration,
    /// Until one message is answered.
    pub answer: Duration,
}

impl Patience {
    /// What the program uses.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(15),
        answer: Duration::from_secs(60),
    };
}

/// One connection, kept open from question to question. A question that failed ends it.
pub struct Line {
    host: String,
    sender: SendRequest<Full<Bytes>>,
    /// Moves the bytes; ended with the line.
    carrier: JoinHandle<()>,
    patience: Patience,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.carrier.abort();
    }
}

impl Line {
    /// Connects, and makes sure that whoever answers holds the pinned key.
    pub async fn open(hub: &HubServer, patience: Patience) -> Result<Self, LineError> {
        let stream = timeout(patience.connect, secured(hub))
            .await
            .map_err(|_| LineError::Unreachable)??;
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|_| LineError::BrokenOff)?;
        let carrier = tokio::spawn(async move {
            // What ended it is told to whoever waits for an answer.
            drop(connection.await);
        });
        Ok(Self {
            host: hub.address(),
            sender,
            carrier,
            patience,
        })
    }

    /// Posts one message and gives what was answered. `token` is that of the login, where there was
    /// one; `longer` is how much longer than usual the answer may take.
    pub async fn ask(
        &mut self,
        path: &str,
        token: Option<&str>,
        message: Vec<u8>,
        longer: Duration,
    ) -> Result<Vec<u8>, LineError> {
        let request = self.request(path, token, message)?;
        let asked = async {
            self.sender
                .ready()
                .await
                .map_err(|_| LineError::BrokenOff)?;
            let answer = self
                .sender
                .send_request(request)
                .await
                .map_err(|_| LineError::BrokenOff)?;
            read(answer).await
        };
        timeout(self.patience.answer + longer, asked)
            .await
            .map_err(|_| LineError::BrokenOff)?
    }

    fn request(
        &self,
        path: &str,
        token: Option<&str>,
        message: Vec<u8>,
    ) -> Result<Request<Full<Bytes>>, LineError> {
        let mut request = Request::post(path)
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, CBOR);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        // Only a token that is no text fails here, and that came from the server.
        request
            .body(Full::new(Bytes::from(message)))
            .map_err(|_| LineError::Unreadable)
    }
}

async fn secured(hub: &HubServer) -> Result<TlsStream<TcpStream>, LineError> {
    let tls = pinned::config(hub.pin).map_err(|_| LineError::NotAHubServer)?;
    let name = ServerName::try_from(hub.host().to_owned()).map_err(|_| LineError::Unreachable)?;
    let stream = TcpStream::connect((hub.host(), hub.port()))
        .await
        .map_err(|_| LineError::Unreachable)?;
    // Small questions and answers: waiting to fill a packet would cost each of them a delay.
    stream
        .set_nodelay(true)
        .map_err(|_| LineError::Unreachable)?;
    TlsConnector::from(tls)
        .connect(name, stream)
        .await
        .map_err(|error| handshake_error(&error))
}

fn handshake_error(error: &std::io::Error) -> LineError {
    match error
        .get_ref()
        .and_then(|it| it.downcast_ref::<rustls::Error>())
    {
        Some(found) if *found == pinned::OTHER_KEY => LineError::OtherKey,
        Some(_) => LineError::NotAHubServer,
        None => LineError::BrokenOff,
    }
}

async fn read(answer: Response<Incoming>) -> Result<Vec<u8>, LineError> {
    let status = answer.status();
    if status != StatusCode::OK {
        return Err(refused(status, &answer));
    }
    let body = Limited::new(answer.into_body(), MAX_ANSWER_BYTES);
    let whole = body.collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            LineError::Unreadable
        } else {
            LineError::BrokenOff
        }
    })?;
    Ok(whole.to_bytes().to_vec())
}

fn refused(status: StatusCode, answer: &Response<Incoming>) -> LineError {
    match status {
        StatusCode::UNAUTHORIZED => LineError::LogInAgain,
        StatusCode::FORBIDDEN => LineError::NotAdmitted,
        StatusCode::UPGRADE_REQUIRED => LineError::OtherVersion,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => LineError::NotAHubServer,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => LineError::Busy {
            wait: wait_asked(answer),
        },
        status if status.is_server_error() => LineError::Busy { wait: None },
        _ => LineError::Unreadable,
    }
}

/// `Retry-After` in seconds; a server that asks for longer than an hour is asked again after one.
fn wait_asked(answer: &Response<Incoming>) -> Option<Duration> {
    let seconds: u64 = answer
        .headers()
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}
