//! The one desk of this process, shared by all commands, one at a time.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clinic::door::{WATCH_EVERY, Watched};
use clinic::line::Bell;
use clinic::view::{Fault, FaultCode};
use clinic::{Desk, Refusal};

/// How often it is looked whether a backup is due or asked for.
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_secs(2);

/// The desk behind every command, and the bell that says that somebody did something at it.
#[derive(Clone)]
pub(crate) struct SharedDesk(Arc<Mutex<Desk>>, Bell);

impl SharedDesk {
    /// A locked desk over the folder of this account, or over that of the demo clinic.
    pub(crate) fn new(demo: bool) -> Self {
        let data = data_folder();
        let demo_folder = data.join("demo");
        let place = if demo { demo_folder.clone() } else { data };
        let desk = clinic::desk_here(place, env!("CARGO_PKG_VERSION"), Some(demo_folder));
        let shared = Self(Arc::new(Mutex::new(desk)), Bell::default());
        if demo {
            let making = shared.clone();
            // The first status call waits for it, and the screen says what it waits for.
            let desk = making.0.clone();
            let guard = std::thread::spawn(move || {
                let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
                let _ = clinic::door::set_up_demo(&mut desk);
            });
            drop(guard);
        }
        shared
    }

    /// The desk, for a moment.
    pub(crate) fn held(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rung whenever somebody did something.
    pub(crate) fn bell(&self) -> &Bell {
        &self.1
    }

    /// Runs a use case off the thread that draws the window: a keyring may ask the person, and a
    /// passphrase takes its time.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut Desk) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Fault> {
        let desk = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
            desk.turn();
            task(&mut desk).map_err(Fault::from)
        });
        let answer = done.await.unwrap_or_else(|_| Err(broken()));
        // Somebody sat down, wrote or locked: there may be something to send, or nobody to send for.
        self.1.ring();
        answer
    }

    /// Looks every few seconds whether it is time to lock, for as long as the program runs. The
    /// window has a clock of its own for what it shows; this one does not depend on it. `then` is
    /// called when the desk was locked.
    pub(crate) fn keep_watch(&self, then: impl Fn() + Send + 'static) {
        let desk = self.clone();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(WATCH_EVERY);
                let watched = clinic::door::watch(&mut desk.held());
                match watched {
                    Ok(Watched::Nothing) => {}
                    Ok(Watched::Followed) => desk.bell().ring(),
                    _ => {
                        desk.bell().ring();
                        then();
                    }
                }
            }
        });
    }

    /// Makes and tests backups for as long as the program runs, beside whatever else is done: the
    /// desk is held for a moment to hand a job out and to take back what came of it.
    pub(crate) fn keep_backups(&self) {
        let desk = Arc::clone(&self.0);
        std::thread::spawn(move || {
            let held = || desk.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                std::thread::sleep(BETWEEN_LOOKS);
                let next = clinic::backups::next(&mut held());
                // What cannot be read or written now is tried again; the person at the desk is told
                // of it by whatever they do there.
                if let Ok(Some(job)) = next {
                    let _ = match std::thread::spawn(move || job.run()).join() {
                        Ok(done) => clinic::backups::done(&mut held(), done),
                        Err(_) => clinic::backups::broken_off(&mut held()),
                    };
                }
            }
        });
    }

    /// Seals before the window closes.
    pub(crate) fn seal(&self) {
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = clinic::door::seal(&mut desk);
    }
}

/// A use case that panicked: a fault of the program, said without its details.
fn broken() -> Fault {
    Fault {
        code: FaultCode::Other,
        message: "Felloe met a fault in itself and stopped this step. What was saved is safe. Close Felloe and open it again.".into(),
        fields: Vec::new(),
        wait_seconds: None,
    }
}

/// Where this account's records are: `FELLOE_DATA`, else the platform's folder for program data.
fn data_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("FELLOE_DATA") {
        return PathBuf::from(folder);
    }
    let home = || {
        std::env::var_os("HOME")
            .map(PathBuf::from)
            .unwrap_or_default()
    };
    let base = if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA")
            .map(PathBuf::from)
            .unwrap_or_default()
    } else if cfg!(target_os = "macos") {
        home().join("Library/Application Support")
    } else {
        std::env::var_os("XDG_DATA_HOME").map_or_else(|| home().join(".local/share"), PathBuf::from)
    };
    base.join("felloe")
}
