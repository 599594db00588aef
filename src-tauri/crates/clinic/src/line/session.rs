//! One stay with the hub server: connected, logged in, asking, and listening.

use std::time::Duration;

use data_encoding::HEXLOWER;
use sync::deposit::Left;
use sync::http::{HubServer, Line, LineError, Patience};
use sync::login::{Pass, Welcome};
use tokio::task::JoinHandle;

use super::steps;
use super::talk::{Ended, Lend, lent};

/// How long the hub server holds a question back while it has nothing new, by the protocol.
const HELD_BACK: Duration = Duration::from_secs(50);

/// A connection on which this device has logged in.
pub(super) struct Session {
    hub: HubServer,
    line: Line,
    token: String,
    ear: Ear,
}

/// A second connection that the hub server answers when it has something new, so that what is
/// written here meanwhile need not wait for it.
#[derive(Default)]
enum Ear {
    #[default]
    Shut,
    /// Connected, and nothing is asked.
    Open(Line),
    /// A question is out.
    Asking(JoinHandle<(Line, Result<Vec<u8>, LineError>)>),
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Ear::Asking(asked) = &self.ear {
            asked.abort();
        }
    }
}

impl Session {
    /// Connects, makes sure of the hub server, and logs this device in.
    pub(super) async fn open(desk: &impl Lend, hub: HubServer) -> Result<Self, Ended> {
        let mut line = Line::open(&hub, Patience::USUAL).await?;
        let token = log_in(desk, &hub, &mut line).await?;
        Ok(Self {
            hub,
            line,
            token,
            ear: Ear::Shut,
        })
    }

    /// The hub server that this is a stay with.
    pub(super) fn hub(&self) -> &HubServer {
        &self.hub
    }

    /// One message of an exchange, and its answer. A token that has run out is renewed once.
    pub(super) async fn ask(
        &mut self,
        desk: &impl Lend,
        message: Vec<u8>,
    ) -> Result<Vec<u8>, Ended> {
        let token = Some(self.token.as_str());
        let path = "/v1/exchange";
        let asked = self
            .line
            .ask(path, token, message.clone(), Duration::ZERO)
            .await;
        match asked {
            Err(LineError::LogInAgain) => {
                self.token = log_in(desk, &self.hub, &mut self.line).await?;
                let token = Some(self.token.as_str());
                Ok(self.line.ask(path, token, message, Duration::ZERO).await?)
            }
            answer => Ok(answer?),
        }
    }

    /// Leaves something for the recovery sheet.
    pub(super) async fn leave(&mut self, message: Vec<u8>) -> Result<(), LineError> {
        let token = Some(self.token.as_str());
        let asked = self.line.ask("/v1/leave", token, message, Duration::ZERO);
        let answer = asked.await?;
        Left::from_bytes(&answer).map_err(|_| LineError::Unreadable)?;
        Ok(())
    }

    /// Asks to be told when the hub server holds anything else than this. A question that is out
    /// already stays out: it is answered by whatever changed meanwhile.
    pub(super) async fn listen(&mut self, compare: Vec<u8>) -> Result<(), Ended> {
        let mut line = match std::mem::take(&mut self.ear) {
            asking @ Ear::Asking(_) => {
                self.ear = asking;
                return Ok(());
            }
            Ear::Open(line) => line,
            Ear::Shut => Line::open(&self.hub, Patience::USUAL).await?,
        };
        let token = self.token.clone();
        self.ear = Ear::Asking(tokio::spawn(async move {
            let answer = line.ask("/v1/wait", Some(&token), compare, HELD_BACK).await;
            (line, answer)
        }));
        Ok(())
    }

    /// Whether the question that is out was answered.
    pub(super) fn has_heard(&self) -> bool {
        matches!(&self.ear, Ear::Asking(asked) if asked.is_finished())
    }

    /// Returns when the question that is out was answered, whatever the answer.
    pub(super) async fn heard(&mut self) -> Result<(), Ended> {
        let Ear::Asking(asked) = &mut self.ear else {
            return Ok(());
        };
        let answered = asked.await;
        self.ear = Ear::Shut;
        match answered {
            Ok((line, Ok(_))) => {
                self.ear = Ear::Open(line);
                Ok(())
            }
            // The next message renews the token.
            Ok((_, Err(LineError::LogInAgain))) => Ok(()),
            Ok((_, Err(error))) => Err(error.into()),
            Err(_) => Err(LineError::BrokenOff.into()),
        }
    }
}

async fn log_in(desk: &impl Lend, hub: &HubServer, line: &mut Line) -> Result<String, Ended> {
    let unread = |_| LineError::Unreadable;
    let hello = lent(desk, steps::hello)?;
    let answer = line.ask("/v1/hello", None, hello, Duration::ZERO).await?;
    let welcome = Welcome::from_bytes(&answer).map_err(unread)?;
    let login = lent(desk, |desk| steps::log_in(desk, &welcome, hub))?;
    let answer = line.ask("/v1/login", None, login, Duration::ZERO).await?;
    let pass = Pass::from_bytes(&answer).map_err(unread)?;
    Ok(HEXLOWER.encode(&pass.token))
}
