//! A program that was started, and what it says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::marker::PhantomData;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;
use testkit::Fault;

/// A program that hears `H` and says `S`. Dropping it ends it.
pub(crate) struct Program<H, S> {
    name: &'static str,
    child: Child,
    input: Option<ChildStdin>,
    says: Receiver<S>,
    hears: PhantomData<H>,
}

impl<H: Serialize, S: DeserializeOwned + Send + 'static> Program<H, S> {
    pub(crate) fn start(name: &'static str, mut command: Command) -> Result<Self, Fault> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = child.stdout.take().ok_or("its output cannot be read")?;
        let (say, says) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let Ok(words) = serde_json::from_str(&line) else {
                    return;
                };
                if say.send(words).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            name,
            input: child.stdin.take(),
            child,
            says,
            hears: PhantomData,
        })
    }

    pub(crate) fn say(&mut self, words: &H) -> Result<(), Fault> {
        let input = self.input.as_mut().ok_or("it does not listen any more")?;
        writeln!(input, "{}", serde_json::to_string(words)?)?;
        Ok(input.flush()?)
    }

    /// The next thing that it says within `patience`; none when it says nothing.
    pub(crate) fn hear(&self, patience: Duration) -> Result<Option<S>, Fault> {
        match self.says.recv_timeout(patience) {
            Ok(words) => Ok(Some(words)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(format!("{} ended", self.name).into()),
        }
    }

    /// Hears it until `so`, and gives what that was.
    pub(crate) fn until<T>(
        &self,
        what: &str,
        patience: Duration,
        mut so: impl FnMut(S) -> Option<T>,
    ) -> Result<T, Fault> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Some(words) = self.hear(left)? else {
                return Err(format!("{}: waited in vain for {what}", self.name).into());
            };
            if let Some(found) = so(words) {
                return Ok(found);
            }
        }
    }

    /// SIGKILL. Gives what it had said until then and nobody heard.
    pub(crate) fn kill(mut self) -> Result<Vec<S>, Fault> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.says.iter().collect())
    }

    /// Waits until it has ended by itself. Gives what it said and nobody heard.
    pub(crate) fn ended(mut self) -> Result<Vec<S>, Fault> {
        drop(self.input.take());
        let rest = self.says.iter().collect();
        let status = self.child.wait()?;
        if status.success() {
            Ok(rest)
        } else {
            Err(format!("{} ended with {status}", self.name).into())
        }
    }
}

impl<H, S> Drop for Program<H, S> {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
