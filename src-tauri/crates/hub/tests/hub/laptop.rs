//! A device that talks to a hub server over TLS.

use std::time::Duration;

use record::certificate::Certificate;
use record::envelope::Envelope;
use record::id::ServiceId;
use record::keys::SigningKey;
use sync::http::{HubServer, Line, LineError, Patience};
use sync::login::{Hello, Login, Pass, Welcome};
use sync::wire::{Answer, Request};

use crate::service::Device;

pub(crate) struct Laptop {
    pub(crate) line: Line,
    pub(crate) token: String,
    service: ServiceId,
}

/// A greeting, and the nonce that it got.
pub(crate) async fn greet(line: &mut Line, service: ServiceId) -> Result<[u8; 32], LineError> {
    let hello = Hello {
        service,
        oldest: 1,
        newest: 1,
    };
    let welcome = line
        .ask("/v1/hello", None, hello.to_bytes(), Duration::ZERO)
        .await?;
    Ok(Welcome::from_bytes(&welcome).unwrap().nonce)
}

pub(crate) async fn open(hub: &HubServer) -> Line {
    Line::open(hub, Patience::USUAL).await.unwrap()
}

/// A login as a device would sign it.
pub(crate) fn signed(
    chain: &[Certificate],
    nonce: [u8; 32],
    hub: &HubServer,
    key: &SigningKey,
) -> Login {
    Login::sign(chain.to_vec(), nonce, *hub.pin.as_bytes(), key).unwrap()
}

pub(crate) async fn send(line: &mut Line, login: &Login) -> Result<Pass, LineError> {
    let pass = line
        .ask("/v1/login", None, login.to_bytes(), Duration::ZERO)
        .await?;
    Ok(Pass::from_bytes(&pass).unwrap())
}

impl Laptop {
    pub(crate) async fn log_in(hub: &HubServer, device: &Device) -> Result<Self, LineError> {
        let mut line = Line::open(hub, Patience::USUAL).await?;
        let service = device.chain[0].claims().service;
        let nonce = greet(&mut line, service).await?;
        let login = signed(&device.chain, nonce, hub, &device.key);
        let pass = send(&mut line, &login).await?;
        Ok(Self {
            line,
            token: data_encoding::HEXLOWER.encode(&pass.token),
            service,
        })
    }

    pub(crate) async fn ask(&mut self, request: &Request) -> Result<Answer, LineError> {
        self.post("/v1/exchange", request.to_bytes(self.service))
            .await
    }

    pub(crate) async fn wait(&mut self, request: &Request) -> Result<Answer, LineError> {
        self.post("/v1/wait", request.to_bytes(self.service)).await
    }

    async fn post(&mut self, path: &str, message: Vec<u8>) -> Result<Answer, LineError> {
        let token = self.token.clone();
        let answer = self
            .line
            .ask(path, Some(&token), message, Duration::from_secs(60))
            .await?;
        let (_, answer) = Answer::from_bytes(&answer).unwrap();
        Ok(answer)
    }

    /// How many of these were new there.
    pub(crate) async fn push(&mut self, envelopes: &[Envelope]) -> Result<u64, LineError> {
        let envelopes = envelopes.iter().map(Envelope::to_bytes).collect();
        match self.ask(&Request::Push { envelopes }).await? {
            Answer::Kept { new, refused } => {
                assert!(refused.is_empty(), "{refused:?}");
                Ok(new)
            }
            other => panic!("{other:?}"),
        }
    }
}
