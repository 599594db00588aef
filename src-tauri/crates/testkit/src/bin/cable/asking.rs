//! The hub server, asked for envelopes one by one over its own protocol: what it does not give it
//! does not have. Nothing is offered to it, so that nothing it lost is healed by the asking.

use std::collections::BTreeMap;
use std::time::Duration;

use clinic::{Desk, door, exchanging, line};
use data_encoding::HEXLOWER;
use record::envelope::Envelope;
use record::id::{EnvelopeId, ServiceId};
use sync::http::{HubServer, Line, Patience};
use sync::login::{Hello, Pass, Welcome};
use sync::wire::{Answer, MAX_BATCH_BYTES, Request};
use testkit::{Fault, PASSPHRASE};

use crate::clinic_of_two::{Clinic, Side};

/// Ids in one question, far below what the protocol allows.
const AT_ONCE: usize = 256;

/// The laptop at the hub, which may read everything, as whoever asks.
pub(crate) struct Asking {
    pub(crate) desk: Desk,
    service: ServiceId,
    hub: HubServer,
    waits: tokio::runtime::Runtime,
}

impl Asking {
    pub(crate) fn at(clinic: &mut Clinic) -> Result<Self, Fault> {
        let service = clinic.record(Side::Hub)?.identity.service;
        let (mut desk, _) = clinic.laptop(Side::Hub)?.desk(clinic.fresh_seed())?;
        let staff = clinic.staff(Side::Hub).to_owned();
        door::unlock(&mut desk, staff, PASSPHRASE.to_owned())?;
        let address = clinic.server.address();
        let waits = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Self {
            desk,
            service,
            hub: HubServer::new(&address, clinic.server.pin().parse()?)?,
            waits,
        })
    }

    /// Those of these envelopes that the hub server gives.
    pub(crate) fn held(
        &mut self,
        ids: &[EnvelopeId],
    ) -> Result<BTreeMap<EnvelopeId, Envelope>, Fault> {
        let Self {
            desk,
            service,
            hub,
            waits,
        } = self;
        waits.block_on(fetch(desk, *service, hub, ids))
    }

    /// One exchange of this laptop with the hub server. Whether both hold the same after it.
    pub(crate) fn exchange(&mut self) -> Result<bool, Fault> {
        Ok(line::sync_once(&mut self.desk)?.up_to_date)
    }
}

async fn fetch(
    desk: &Desk,
    service: ServiceId,
    hub: &HubServer,
    ids: &[EnvelopeId],
) -> Result<BTreeMap<EnvelopeId, Envelope>, Fault> {
    let mut line = Line::open(hub, Patience::USUAL).await?;
    let token = log_in(desk, service, hub, &mut line).await?;
    let mut held = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let mut left = some.to_vec();
        loop {
            let limit = u32::try_from(MAX_BATCH_BYTES)?;
            let request = Request::Fetch {
                ids: left.clone(),
                limit,
            };
            let message = request.to_bytes(service);
            let answer = line
                .ask("/v1/exchange", Some(&token), message, Duration::ZERO)
                .await?;
            let (_, Answer::Range { envelopes, more }) = Answer::from_bytes(&answer)? else {
                return Err("the hub server answers with something else".into());
            };
            for bytes in &envelopes {
                let envelope = Envelope::from_bytes(bytes)?;
                held.insert(envelope.id(), envelope);
            }
            left.retain(|id| !held.contains_key(id));
            if !more || envelopes.is_empty() {
                break;
            }
        }
    }
    Ok(held)
}

async fn log_in(
    desk: &Desk,
    service: ServiceId,
    hub: &HubServer,
    line: &mut Line,
) -> Result<String, Fault> {
    let hello = Hello::of(service).to_bytes();
    let answer = line.ask("/v1/hello", None, hello, Duration::ZERO).await?;
    let welcome = Welcome::from_bytes(&answer)?;
    let login = exchanging::log_in(desk, &welcome, hub.pin.as_bytes())?;
    let answer = line.ask("/v1/login", None, login, Duration::ZERO).await?;
    Ok(HEXLOWER.encode(&Pass::from_bytes(&answer)?.token))
}
