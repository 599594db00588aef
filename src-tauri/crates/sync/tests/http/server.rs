//! A server of one test: TLS over a key of its own, and an answer as the test wants it.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rcgen::{CertificateParams, KeyPair, PublicKeyData, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use sync::http::{HubServer, MAX_ANSWER_BYTES, Pin};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the server does with a message.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Echo,
    Never,
    Half,
    TooLong,
    Status(u16),
}

#[derive(Default)]
struct Noted {
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    open: AtomicUsize,
}

pub(crate) struct Server {
    address: String,
    pin: Pin,
    noted: Arc<Noted>,
}

impl Server {
    pub(crate) async fn start(answer: Answer) -> Self {
        Self::start_with_certificate_until(2999, answer).await
    }

    pub(crate) async fn start_with_certificate_until(year: i32, answer: Answer) -> Self {
        let key = KeyPair::generate().unwrap();
        Self::serve(&key, &key, year, answer).await
    }

    /// Shows the certificate of one key and signs with another.
    pub(crate) async fn start_with_stolen_certificate(answer: Answer) -> Self {
        let (shown, held) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        Self::serve(&shown, &held, 2999, answer).await
    }

    async fn serve(shown: &KeyPair, held: &KeyPair, until: i32, answer: Answer) -> Self {
        let mut params = CertificateParams::new(vec!["another.example".into()]).unwrap();
        params.not_before = date_time_ymd(1974, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.self_signed(shown).unwrap();
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(held.serialize_der()));
        let config = tls(certificate.der().clone(), private);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            pin: Pin::of(&shown.subject_public_key_info()),
            noted: Arc::default(),
        };
        let noted = Arc::clone(&server.noted);
        tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(Arc::new(config));
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(one(acceptor.clone(), stream, answer, Arc::clone(&noted)));
            }
        });
        server
    }

    pub(crate) fn hub(&self) -> HubServer {
        HubServer::new(&self.address, self.pin).unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<String> {
        self.noted.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.noted.connections.load(Ordering::SeqCst)
    }

    /// Returns once nobody is connected any more.
    pub(crate) async fn until_alone(&self) {
        for _ in 0..200 {
            if self.connections() > 0 && self.noted.open.load(Ordering::SeqCst) == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("a connection stayed open");
    }
}

/// A configuration that does not check whether key and certificate belong together.
fn tls(
    certificate: rustls::pki_types::CertificateDer<'static>,
    private: PrivateKeyDer<'static>,
) -> ServerConfig {
    #[derive(Debug)]
    struct Always(Arc<rustls::sign::CertifiedKey>);
    impl rustls::server::ResolvesServerCert for Always {
        fn resolve(
            &self,
            _: rustls::server::ClientHello<'_>,
        ) -> Option<Arc<rustls::sign::CertifiedKey>> {
            Some(Arc::clone(&self.0))
        }
    }
    let provider = rustls::crypto::ring::default_provider();
    let key = provider.key_provider.load_private_key(private).unwrap();
    let shown = rustls::sign::CertifiedKey::new(vec![certificate], key);
    ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Always(Arc::new(shown))))
}

async fn one(acceptor: TlsAcceptor, stream: TcpStream, answer: Answer, noted: Arc<Noted>) {
    noted.connections.fetch_add(1, Ordering::SeqCst);
    noted.open.fetch_add(1, Ordering::SeqCst);
    if let Ok(stream) = acceptor.accept(stream).await {
        if matches!(answer, Answer::Half) {
            half(stream).await;
        } else {
            let service = service_fn(|request| respond(request, answer, &noted));
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        }
    }
    noted.open.fetch_sub(1, Ordering::SeqCst);
}

/// Promises a hundred bytes, gives ten, and hangs up.
async fn half(mut stream: tokio_rustls::server::TlsStream<TcpStream>) {
    let mut request = [0; 512];
    let _ = stream.read(&mut request).await;
    let _ = stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n0123456789")
        .await;
    let _ = stream.shutdown().await;
}

async fn respond(
    request: Request<Incoming>,
    answer: Answer,
    noted: &Noted,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let header = |name: &str| {
        let value = request.headers().get(name);
        value.map_or("-", |it| it.to_str().unwrap()).to_owned()
    };
    let line = format!(
        "{} {} {} {}",
        request.method(),
        request.uri().path(),
        header("authorization"),
        header("content-type")
    );
    noted.requests.lock().unwrap().push(line);
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let (status, body) = match answer {
        Answer::Echo | Answer::Half => (200, body),
        Answer::Status(status) => (status, Bytes::new()),
        Answer::TooLong => (200, Bytes::from(vec![0; MAX_ANSWER_BYTES + 1])),
        Answer::Never => std::future::pending().await,
    };
    let answer = Response::builder()
        .status(status)
        .header("retry-after", "7")
        .body(Full::new(body));
    Ok(answer.unwrap())
}

/// Somebody who speaks before being spoken to, and no TLS.
pub(crate) async fn plain_text() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"220 mail.example ready\r\n").await;
            let mut rest = [0; 64];
            let _ = stream.read(&mut rest).await;
        }
    });
    address
}
