//! Whatever somebody sends, the hub server has an answer and goes on.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sync::deposit::{Leave, Seek};
use sync::http::LineError;
use sync::login::{Hello, Login};
use sync::record::scope::Scope;
use sync::wire::Request;

use crate::laptop::{Laptop, open, signed};
use crate::logins::compare;
use crate::running::Installed;
use crate::service::Service;

/// What is sent: where, with which token, and which message with which bytes changed.
type Sent = (
    usize,
    u8,
    usize,
    Vec<(prop::sample::Index, u8)>,
    Option<prop::sample::Index>,
);

fn sent() -> impl Strategy<Value = Sent> {
    (
        0..PATHS.len(),
        0..3_u8,
        0..MESSAGES,
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        prop::option::of(any::<prop::sample::Index>()),
    )
}

const PATHS: [&str; 8] = [
    "/v1/hello",
    "/v1/login",
    "/v1/exchange",
    "/v1/wait",
    "/health",
    "/v1/../v1/exchange",
    "/v1/leave",
    "/v1/recover",
];

const MESSAGES: usize = 8;

/// Messages as they should be, of each kind.
fn messages(service: &Service, login: &Login) -> [Vec<u8>; MESSAGES] {
    let mut device = service.device("laptop", &[service.site(1)]);
    let envelope = device.write(Scope::Site(service.site(1)), "words");
    let stream = envelope.header().stream();
    let hello = Hello {
        service: service.id(),
        oldest: 1,
        newest: 1,
    };
    let lookup = [5; 32];
    let leave = Leave {
        service: service.id(),
        lookup,
        bytes: vec![6; 100],
        instead_of: Some([4; 32]),
    };
    let ask = |request: Request| request.to_bytes(service.id());
    [
        hello.to_bytes(),
        login.to_bytes(),
        ask(compare()),
        ask(Request::Push {
            envelopes: vec![envelope.to_bytes()],
        }),
        ask(Request::Pull {
            stream,
            have: Vec::new(),
            limit: 1000,
        }),
        ask(Request::Introduce {
            chain: device.chain.clone(),
        }),
        leave.to_bytes(),
        Seek { lookup }.to_bytes(),
    ]
}

proptest! {
    /// The handlers by themselves, which the fuzz target `http` looks for bytes against.
    #[test]
    fn no_request_whatever_is_answered_with_a_fault_of_the_handlers(
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        crate::requests::http(&bytes);
    }
}

#[test]
fn no_request_that_the_fuzzing_kept_is_answered_with_a_fault_of_the_handlers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/http");
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        crate::requests::http(&fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 100, "only {count} are kept");
}

#[test]
fn no_bytes_whatever_end_the_server_or_are_answered_with_a_fault_of_its_own() {
    let service = Service::new("nonsense");
    let installed = Installed::new(&service, None);
    installed.limit(
        "requests-per-second = 1e6\nrequests-at-once = 1e6\nlogins-per-second = 1e6\n\
         logins-at-once = 1e6",
    );
    let hub = installed.serve();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let device = service.device("laptop", &[service.site(1)]);
    let laptop = runtime
        .block_on(Laptop::log_in(&hub.hub_server(), &device))
        .unwrap();
    let login = signed(&device.chain, [7; 32], &hub.hub_server(), &device.key);
    let messages = messages(&service, &login);
    let tokens = [None, Some(laptop.token.clone()), Some("f".repeat(64))];
    let line = RefCell::new(runtime.block_on(open(&hub.hub_server())));
    let mut runner = TestRunner::new(Config::default());
    let tried = runner.run(&sent(), |(path, token, message, changes, cut)| {
        let mut bytes = messages[message].clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let token = tokens[usize::from(token)].as_deref();
        // Who waits for news is not what is tried here.
        let mut open_line = line.borrow_mut();
        let asked = open_line.ask(PATHS[path], token, bytes, Duration::ZERO);
        let answered =
            runtime.block_on(async { tokio::time::timeout(Duration::from_secs(30), asked).await });
        let answered = answered.unwrap();
        prop_assert!(
            !matches!(answered, Err(LineError::Busy { .. })),
            "{answered:?}"
        );
        // A refusal may end the line; the server goes on.
        if answered.is_err() {
            *open_line = runtime.block_on(open(&hub.hub_server()));
        }
        Ok(())
    });
    tried.unwrap();
    assert!(
        runtime
            .block_on(Laptop::log_in(&hub.hub_server(), &device))
            .is_ok()
    );
}
