//! Talking with the hub server for as long as the program runs.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use sync::http::{HubServer, LineError};

use super::bell::Bell;
use super::documents;
use super::leaving;
use super::session::Session;
use super::steps::{self, After};
use crate::desk::Desk;
use crate::refusal::Refusal;

/// How long the talk lets what somebody does come to rest, so that a use case that writes five
/// times is one exchange. A design decision: nobody notices it, and it is a tenth of what a new
/// case may take to the hub.
const SETTLES: Duration = Duration::from_millis(200);

/// Whoever lends the desk, for one short step at a time.
pub trait Lend {
    /// Does one step at the desk.
    fn lend<T>(&self, step: impl FnOnce(&mut Desk) -> T) -> T;
}

/// What the window is told of, to ask for what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The line stands otherwise, or an exchange went one step on.
    Line,
    /// Something of others was kept: lists and records may say something else now.
    Arrived,
}

/// Why a talk ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The line failed.
    Line(LineError),
    /// A step at the desk was refused; [`Refusal::Locked`] above all.
    Desk(Refusal),
    /// Another hub server was named meanwhile.
    Renamed,
}

impl From<LineError> for Ended {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl From<Refusal> for Ended {
    fn from(refusal: Refusal) -> Self {
        Self::Desk(refusal)
    }
}

/// Does one step at the desk, also while the screen is locked and an exchange goes on.
pub(super) fn lent<T>(desk: &impl Lend, step: impl FnOnce(&mut Desk) -> T) -> T {
    desk.lend(|desk| desk.on_the_line(step))
}

/// Talks with the hub server whenever somebody is at work: what is written here goes out, what
/// others wrote comes in. When the screen locks, the exchange that runs comes to its end first.
/// Returns only when the machine gives this thread nothing to wait with.
pub fn keep(desk: &impl Lend, bell: &Bell, tell: impl Fn(Told)) {
    match runtime() {
        Ok(runtime) => runtime.block_on(talk_on(desk, bell, &tell)),
        Err(error) => {
            tracing::warn!(kind = ?error.kind(), "nothing is sent until Felloe is opened again");
        }
    }
}

/// One thread is enough: what it does is wait.
pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
}

async fn talk_on(desk: &impl Lend, bell: &Bell, tell: &impl Fn(Told)) {
    loop {
        let Some(hub) = lent(desk, steps::whom_to_call) else {
            bell.rung().await;
            continue;
        };
        tell(Told::Line);
        let Err(ended) = talk(desk, bell, tell, hub).await;
        let pause = lent(desk, |desk| steps::ended(desk, &ended));
        tell(Told::Line);
        rest(desk, bell, tell, pause).await;
    }
}

/// Talks until the line fails or the desk is locked.
async fn talk(
    desk: &impl Lend,
    bell: &Bell,
    tell: &impl Fn(Told),
    hub: HubServer,
) -> Result<Infallible, Ended> {
    let mut session = Session::open(desk, hub).await?;
    loop {
        if !lent(desk, |desk| steps::is_named(desk, session.hub())) {
            return Err(Ended::Renamed);
        }
        let after = exchange(desk, &mut session, tell).await?;
        leave(desk, &mut session).await?;
        match after {
            After::Listen { compare } => {
                session.listen(compare).await?;
                listen(desk, bell, &mut session, tell).await?;
            }
            After::Again => {}
            After::Rest { pause } => rest_from(desk, bell, &mut session, tell, pause).await?,
        }
    }
}

/// Both hold the same: carries documents, and returns when there is something new.
async fn listen(
    desk: &impl Lend,
    bell: &Bell,
    session: &mut Session,
    tell: &impl Fn(Told),
) -> Result<(), Ended> {
    match carry(desk, session, tell, steps::something_new).await? {
        Some(false) => until_something_new(desk, bell, session).await,
        Some(true) if session.has_heard() => session.heard().await,
        _ => Ok(()),
    }
}

/// Not all could be exchanged, and an envelope that is refused may be so for good: documents do not
/// wait for it. Returns when the next exchange is due.
async fn rest_from(
    desk: &impl Lend,
    bell: &Bell,
    session: &mut Session,
    tell: &impl Fn(Told),
    pause: Duration,
) -> Result<(), Ended> {
    let over = Instant::now() + pause;
    if session.has_heard() {
        session.heard().await?;
    }
    let first = |desk: &mut Desk| Ok(Instant::now() >= over || steps::must_not_wait(desk));
    if carry(desk, session, tell, first).await? == Some(false) {
        let pause = over.saturating_duration_since(Instant::now());
        rest(desk, bell, tell, pause).await;
    }
    Ok(())
}

/// Carries documents, and gives whether something goes first; none when the screen has just locked:
/// what was written before still goes out, and documents wait until somebody is at work.
async fn carry(
    desk: &impl Lend,
    session: &mut Session,
    tell: &impl Fn(Told),
    goes_first: impl Fn(&mut Desk) -> Result<bool, Refusal>,
) -> Result<Option<bool>, Ended> {
    match documents::carry(desk, session, tell, goes_first).await {
        Err(Ended::Desk(Refusal::Locked)) => Ok(None),
        carried => carried.map(Some),
    }
}

/// One exchange, from the first message to the last answer.
pub(super) async fn exchange(
    desk: &impl Lend,
    session: &mut Session,
    tell: &impl Fn(Told),
) -> Result<After, Ended> {
    let begun = Instant::now();
    let mut running = lent(desk, steps::begin)?;
    while let Some(message) = lent(desk, |desk| {
        steps::next(desk, &mut running, begun.elapsed())
    })? {
        let answer = match session.ask(desk, message).await {
            Ok(answer) => answer,
            Err(ended) => {
                lent(desk, |desk| steps::cut(desk, &running));
                return Err(ended);
            }
        };
        let arrived = lent(desk, |desk| {
            steps::take(desk, &mut running, &answer, begun.elapsed())
        })?;
        tell(Told::Line);
        if arrived {
            tell(Told::Arrived);
        }
    }
    let after = lent(desk, |desk| steps::finished(desk, &running))?;
    tell(Told::Line);
    Ok(after)
}

/// Leaves at the hub server what the recovery sheet opens, where it has changed.
async fn leave(desk: &impl Lend, session: &mut Session) -> Result<(), Ended> {
    let Some(leaving) = lent(desk, leaving::leaving)? else {
        return Ok(());
    };
    match session.leave(leaving.message.clone()).await {
        Ok(()) => Ok(lent(desk, |desk| leaving::left(desk, &leaving))?),
        // A hub server that takes none, or not this one: the exchange is not to suffer for it.
        Err(LineError::NotAHubServer | LineError::Unreadable) => {
            tracing::warn!("the hub server did not keep what the recovery sheet opens");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

async fn until_something_new(
    desk: &impl Lend,
    bell: &Bell,
    session: &mut Session,
) -> Result<(), Ended> {
    loop {
        tokio::select! {
            heard = session.heard() => return heard,
            () = bell.rung() => {
                tokio::time::sleep(SETTLES).await;
                if lent(desk, steps::something_new)? || lent(desk, documents::something_to_carry)? {
                    return Ok(());
                }
            }
        }
    }
}

/// Leaves the hub server alone, unless there is a reason not to wait. What is written meanwhile is
/// told: nobody may take an old number for what waits.
async fn rest(desk: &impl Lend, bell: &Bell, tell: &impl Fn(Told), pause: Duration) {
    let over = tokio::time::sleep(pause);
    tokio::pin!(over);
    loop {
        tokio::select! {
            () = &mut over => return,
            () = bell.rung() => {
                if lent(desk, steps::must_not_wait) {
                    return;
                }
                if lent(desk, steps::waits_otherwise) {
                    tell(Told::Line);
                }
            }
        }
    }
}
