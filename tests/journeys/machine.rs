//! One laptop, as far as Felloe can tell: a home folder of its own, removed at the end.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub struct Machine {
    home: TempDir,
}

impl Machine {
    pub fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("journey-")
            .tempdir()
            .unwrap();
        Self { home }
    }

    /// The home folder: everything the program may write is under it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder Felloe keeps its database in.
    pub fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    /// Makes `command`, and what it starts, live on this machine only. The display and the
    /// session bus (so: the keyring) stay those of the test run.
    pub fn host<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("HOME", self.home())
            .env("XDG_DATA_HOME", self.home().join("share"))
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_CACHE_HOME", self.home().join("cache"))
            .env("FELLOE_DATA", self.data())
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
    }
}
