//! What has to hold of any request. It panics where it does not.
//!
//! The first bytes choose where it goes, who asks, and which message as it should be is taken; the
//! rest change that message, byte by byte. So what is tried is near to what is understood. The fuzz
//! target looks for bytes that break it, and the usual tests try random ones.
#![allow(dead_code, clippy::panic, clippy::expect_used, clippy::unwrap_used)]

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request as HttpRequest, StatusCode};
use http_body_util::BodyExt as _;
use hub::Address;
use hub::server::Serving;
use hub::server_key::ServerKey;
use hub::settings::{Limits, Settings};
use hub::shelf::Shelves;
use sync::deposit::{Leave, Seek};
use sync::login::{Hello, Login, Pass, Welcome};
use sync::record::blob::BlobHash;
use sync::record::log::ScopesDigest;
use sync::record::scope::Scope;
use sync::wire::{BlobName, Request};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;

use crate::service::{Device, Service, patient};

// What is added comes last, here and among the messages, so that what was kept means what it meant as
// long as its first bytes are below the old counts.
const PATHS: [&str; 8] = [
    "/v1/hello",
    "/v1/login",
    "/v1/exchange",
    "/v1/wait",
    "/health",
    "/v1/other",
    "/v1/leave",
    "/v1/recover",
];
/// How long an answer may take. Who waits for news is answered at once, since it holds nothing.
const PATIENCE: Duration = Duration::from_secs(20);

/// A hub server without sockets, on SQLite, and a device that has logged in.
struct Door {
    runtime: Runtime,
    router: Router,
    tokens: [Option<String>; 3],
    messages: Vec<Vec<u8>>,
    _folder: TempDir,
}

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let service = Service::new("requests");
    let folder = TempDir::new().unwrap();
    let at = Address::File(folder.path().join("hub.db"));
    Shelves::set_up(&at, &service.set_up()).unwrap();
    let key = ServerKey::generate("localhost").unwrap();
    let pin = *key.pin().as_bytes();
    let settings = Settings::default();
    let serving = Serving {
        shelves: Shelves::open(&at, 2).unwrap(),
        key,
        listen: settings.listen,
        metrics: settings.metrics,
        at_once: 2,
        limits: unlimited(),
    };
    let router = serving.without_sockets();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let device = service.device("laptop", &[service.site(1)]);
    let token = runtime.block_on(logged_in(&router, &service, &device, pin));
    Door {
        messages: messages(&service, &device, pin),
        tokens: [None, Some(token), Some("f".repeat(64))],
        runtime,
        router,
        _folder: folder,
    }
});

/// Answers a request made from these bytes. The server may refuse it, and may not fail.
pub(crate) fn http(bytes: &[u8]) {
    let Some(([path, token, message], changes)) = bytes.split_first_chunk() else {
        return;
    };
    let door = &*DOOR;
    let of = |byte: &u8, count: usize| usize::from(*byte) % count;
    let mut body = door.messages[of(message, door.messages.len())].clone();
    for change in changes.chunks(3) {
        match change {
            [high, low, value] => {
                let at = usize::from(u16::from_be_bytes([*high, *low])) % body.len().max(1);
                if let Some(byte) = body.get_mut(at) {
                    *byte = *value;
                }
            }
            // What is left over cuts it short.
            [cut, ..] => body.truncate(usize::from(*cut)),
            [] => {}
        }
    }
    let token = door.tokens[of(token, door.tokens.len())].as_deref();
    let path = PATHS[of(path, PATHS.len())];
    let (status, _) = door.runtime.block_on(async {
        let asked = ask(&door.router, path, token, body);
        tokio::time::timeout(PATIENCE, asked)
            .await
            .expect("it is answered")
    });
    assert!(!status.is_server_error(), "{path}: {status}");
}

async fn ask(
    router: &Router,
    path: &str,
    token: Option<&str>,
    body: Vec<u8>,
) -> (StatusCode, Vec<u8>) {
    let mut request = HttpRequest::post(path).header("content-type", "application/cbor");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let request = request.body(Body::from(body)).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap();
    (status, body.to_bytes().to_vec())
}

async fn logged_in(router: &Router, service: &Service, device: &Device, pin: [u8; 32]) -> String {
    let (_, welcome) = ask(router, "/v1/hello", None, hello(service)).await;
    let nonce = Welcome::from_bytes(&welcome).unwrap().nonce;
    let login = Login::sign(device.chain.clone(), nonce, pin, &device.key).unwrap();
    let (_, pass) = ask(router, "/v1/login", None, login.to_bytes()).await;
    data_encoding::HEXLOWER.encode(&Pass::from_bytes(&pass).unwrap().token)
}

fn hello(service: &Service) -> Vec<u8> {
    Hello::of(service.id()).to_bytes()
}

/// Messages as they should be, of each kind.
fn messages(service: &Service, device: &Device, pin: [u8; 32]) -> Vec<Vec<u8>> {
    let mut writer = service.device("laptop", &[service.site(1)]);
    let scope = Scope::Site(service.site(1));
    let envelope = writer.write(scope, "words");
    let login = Login::sign(device.chain.clone(), [7; 32], pin, &device.key).unwrap();
    let erasure = service.erasure_of(&[patient()]);
    let requests = [
        Request::Compare {
            digest: ScopesDigest::of(&[]),
        },
        Request::Tips {
            scope,
            streams: Vec::new(),
        },
        Request::Push {
            envelopes: vec![envelope.to_bytes()],
        },
        Request::Pull {
            stream: envelope.header().stream(),
            have: Vec::new(),
            limit: 1000,
        },
        Request::Fetch {
            ids: vec![envelope.id()],
            limit: 1000,
        },
        Request::Introduce {
            chain: device.chain.clone(),
        },
        Request::Erasures {
            ids: erasure.id().into_iter().collect(),
        },
        Request::Erase {
            proofs: vec![erasure.to_bytes()],
        },
    ];
    let asked = requests.map(|request| request.to_bytes(service.id()));
    [hello(service), login.to_bytes()]
        .into_iter()
        .chain(asked)
        .chain(of_the_sheet(service))
        .chain(of_blobs(service))
        .collect()
}

/// What is left for a recovery sheet, in the place of another, and asked for.
fn of_the_sheet(service: &Service) -> [Vec<u8>; 2] {
    let lookup = [5; 32];
    let leave = Leave {
        service: service.id(),
        lookup,
        bytes: vec![6; 100],
        instead_of: Some([4; 32]),
    };
    [leave.to_bytes(), Seek { lookup }.to_bytes()]
}

fn of_blobs(service: &Service) -> [Vec<u8>; 3] {
    let piece = b"a made-up letter".to_vec();
    let mut hash = BlobHash::new();
    hash.put(&piece);
    let blob = BlobName {
        site: service.site(1),
        patient: patient(),
        id: hash.id(),
        size: piece.len() as u64,
    };
    let (site, id) = (blob.site, blob.id);
    [
        Request::BlobAsk { blob },
        Request::BlobPut { blob, at: 0, piece },
        Request::BlobGet {
            site,
            id,
            at: 0,
            limit: 1000,
        },
    ]
    .map(|request| request.to_bytes(service.id()))
}

/// The handlers are tried, and not their patience.
fn unlimited() -> Limits {
    Limits {
        requests_per_second: 1e9,
        requests_at_once: 1e9,
        bytes_per_second: 1e12,
        bytes_at_once: 1e12,
        logins_per_second: 1e9,
        logins_at_once: 1e9,
        ..Limits::default()
    }
}
