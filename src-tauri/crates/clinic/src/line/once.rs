//! One exchange and no more, for the command line.

use std::cell::RefCell;

use serde::Serialize;

use super::documents;
use super::session::Session;
use super::steps::{self, After};
use super::talk::{self, Ended, Lend, Told};
use crate::desk::Desk;
use crate::refusal::Refusal;

/// What one exchange came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synced {
    /// Both hold the same, by digest, and nothing waits to be sent.
    pub up_to_date: bool,
    /// In words.
    pub words: String,
}

/// A desk that is lent by whoever holds it alone.
struct Alone<'a>(RefCell<&'a mut Desk>);

impl Lend for Alone<'_> {
    fn lend<T>(&self, step: impl FnOnce(&mut Desk) -> T) -> T {
        step(&mut self.0.borrow_mut())
    }
}

/// Connects, exchanges once with the hub server and hangs up. The person at work must have unlocked.
pub fn sync_once(desk: &mut Desk) -> Result<Synced, Refusal> {
    desk.sitting()?;
    let Some(hub) = steps::whom_to_call(desk) else {
        return Err(Refusal::plain(
            "This laptop has no hub server yet. An administrator names one in the settings.",
        ));
    };
    let runtime = talk::runtime()
        .map_err(|_| Refusal::plain("This computer gives no network to Felloe. Try again."))?;
    let lent = Alone(RefCell::new(desk));
    let ended: Result<(), Ended> = runtime.block_on(async {
        let mut session = Session::open(&lent, hub).await?;
        loop {
            let after = talk::exchange(&lent, &mut session, &|_: Told| ()).await?;
            let more = match after {
                After::Again => true,
                After::Listen { .. } => {
                    let first = steps::something_new;
                    documents::carry(&lent, &mut session, &|_: Told| (), first).await?
                }
                After::Rest { .. } => {
                    let nothing = |_: &mut Desk| Ok(false);
                    documents::carry(&lent, &mut session, &|_: Told| (), nothing).await?
                }
            };
            if !more {
                return Ok(());
            }
        }
    });
    drop(runtime);
    let desk = lent.0.into_inner();
    match ended {
        Ok(()) => super::chip::synced(desk),
        Err(ended) => {
            steps::ended(desk, &ended);
            Err(match ended {
                Ended::Line(error) => Refusal::plain(error.to_string()),
                Ended::Desk(refusal) => refusal,
                Ended::Renamed => {
                    Refusal::Stale("Another hub server was named meanwhile. Try again.")
                }
            })
        }
    }
}
