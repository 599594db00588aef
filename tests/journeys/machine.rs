//! One laptop, as far as Felloe can tell: a home folder of its own, removed at the end.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::keyring::Keyring;

pub struct Machine {
    home: TempDir,
    stick: TempDir,
    /// None where it is the only machine and has the keyring of the test run.
    keyring: Option<Keyring>,
}

impl Machine {
    pub fn new() -> Self {
        let folder = |prefix| tempfile::Builder::new().prefix(prefix).tempdir().unwrap();
        let machine = Self {
            home: folder("journey-"),
            stick: folder("stick-"),
            keyring: None,
        };
        std::fs::create_dir(machine.temporary()).unwrap();
        machine
    }

    /// One of several machines, with a keyring that the others do not see.
    pub fn beside_another() -> Self {
        Self {
            keyring: Some(Keyring::start()),
            ..Self::new()
        }
    }

    /// The home folder: everything the program may write is under it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder Felloe keeps its database in.
    pub fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    /// A memory stick: what a person takes away, such as a PDF or a file of referrals.
    pub fn stick(&self) -> &Path {
        self.stick.path()
    }

    /// Every folder the program, its webview and its keyring may write into.
    pub fn folders(&self) -> Vec<PathBuf> {
        let session = match &self.keyring {
            Some(own) => vec![own.folder().to_owned()],
            None => ["XDG_RUNTIME_DIR", "XDG_DATA_HOME"]
                .iter()
                .filter_map(std::env::var_os)
                .map(PathBuf::from)
                .collect(),
        };
        std::iter::once(self.home().to_owned())
            .chain(session)
            .collect()
    }

    /// Makes `command`, and what it starts, live on this machine only. The display stays that of the
    /// test run, and so does the keyring where the machine has none of its own.
    pub fn host<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if let Some(keyring) = &self.keyring {
            keyring.lend(command);
        }
        command
            .env("HOME", self.home())
            .env("TMPDIR", self.temporary())
            .env("XDG_DATA_HOME", self.home().join("share"))
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_CACHE_HOME", self.home().join("cache"))
            .env("XDG_STATE_HOME", self.home().join("state"))
            .env("FELLOE_DATA", self.data())
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
    }

    fn temporary(&self) -> PathBuf {
        self.home().join("tmp")
    }
}
