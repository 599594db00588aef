//! A Secret Service of one machine's own, beside that of the test run.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Says where the session is, and then waits until its input is closed.
const SAY_AND_WAIT: &str =
    r#"printf '%s\n%s\n' "$DBUS_SESSION_BUS_ADDRESS" "$XDG_RUNTIME_DIR"; exec cat"#;

/// A session bus with an unlocked keyring on it; ended when dropped.
pub struct Keyring {
    session: Child,
    bus: String,
    runtime: PathBuf,
}

impl Keyring {
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keyring-session.sh");
        let mut session = Command::new(script)
            .args(["sh", "-c", SAY_AND_WAIT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("tests/keyring-session.sh starts");
        let mut said = BufReader::new(session.stdout.take().unwrap()).lines();
        let mut line = || said.next().expect("a Secret Service starts").unwrap();
        let (bus, runtime) = (line(), PathBuf::from(line()));
        Self {
            session,
            bus,
            runtime,
        }
    }

    /// The session's folder, which the keyring's file is in.
    pub fn folder(&self) -> &Path {
        self.runtime.parent().unwrap()
    }

    /// Makes `command` use this keyring and no other.
    pub fn lend<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("XDG_RUNTIME_DIR", &self.runtime)
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        // The session ends with what runs in it, and that ends with its input.
        drop(self.session.stdin.take());
        let _status = self.session.wait();
    }
}
