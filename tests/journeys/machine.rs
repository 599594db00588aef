//! One laptop, as far as Felloe can tell: a home folder of its own, removed at the end.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub struct Machine {
    home: TempDir,
    stick: TempDir,
}

impl Machine {
    pub fn new() -> Self {
        let folder = |prefix| tempfile::Builder::new().prefix(prefix).tempdir().unwrap();
        let machine = Self {
            home: folder("journey-"),
            stick: folder("stick-"),
        };
        std::fs::create_dir(machine.temporary()).unwrap();
        machine
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
        let session = ["XDG_RUNTIME_DIR", "XDG_DATA_HOME"];
        let session = session
            .iter()
            .filter_map(std::env::var_os)
            .map(PathBuf::from);
        std::iter::once(self.home().to_owned())
            .chain(session)
            .collect()
    }

    /// Makes `command`, and what it starts, live on this machine only. The display and the
    /// session bus (so: the keyring) stay those of the test run.
    pub fn host<'c>(&self, command: &'c mut Command) -> &'c mut Command {
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
