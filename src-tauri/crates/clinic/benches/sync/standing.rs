//! A connection on which a laptop has logged in and stays, as the window's does.

use std::time::{Duration, Instant};

use clinic::{Desk, exchanging};
use data_encoding::HEXLOWER;
use record::id::ServiceId;
use sync::http::{HubServer, Line, Patience};
use sync::login::{Hello, Pass, Welcome};
use sync::pace::Pace;
use tokio::runtime::Runtime;

use crate::Outcome;

/// The connection, and the one thread that its bytes are moved on.
pub(crate) struct Standing {
    // Dropped before the runtime that carries it.
    line: Line,
    token: String,
    runtime: Runtime,
}

impl Standing {
    pub(crate) fn open(desk: &mut Desk, service: ServiceId, hub: &HubServer) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (line, token) = runtime.block_on(async {
            let mut line = Line::open(hub, Patience::USUAL).await?;
            let hello = Hello::of(service).to_bytes();
            let answer = line.ask("/v1/hello", None, hello, Duration::ZERO).await?;
            let welcome = Welcome::from_bytes(&answer)?;
            let login = exchanging::log_in(desk, &welcome, hub.pin.as_bytes())?;
            let answer = line.ask("/v1/login", None, login, Duration::ZERO).await?;
            let pass = Pass::from_bytes(&answer)?;
            Ok::<_, Box<dyn std::error::Error>>((line, HEXLOWER.encode(&pass.token)))
        })?;
        Ok(Self {
            line,
            token,
            runtime,
        })
    }

    /// Exchanges until both hold the same and nothing was written at the end of it.
    pub(crate) fn exchange(&mut self, desk: &mut Desk) -> Outcome<()> {
        loop {
            let begun = Instant::now();
            let mut running = exchanging::begin(desk, Pace::default())?;
            while let Some(message) = exchanging::next(desk, &mut running, begun.elapsed())? {
                let token = Some(self.token.as_str());
                let asked = self
                    .line
                    .ask("/v1/exchange", token, message, Duration::ZERO);
                let answer = self.runtime.block_on(asked)?;
                exchanging::take(desk, &mut running, &answer, begun.elapsed())?;
            }
            let finished = exchanging::finished(desk, &running)?;
            if !finished.outcome.up_to_date {
                return Err("the two do not hold the same".into());
            }
            if !finished.wrote {
                return Ok(());
            }
        }
    }
}
