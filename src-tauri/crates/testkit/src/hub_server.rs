//! A real `felloe-hub`: its own process, its own folder, on a free port of its host. Stopping it is
//! the cable out.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::sync::Arc;

use serde_json::Value;

use crate::Fault;
use crate::cable::{Host, Hosts};

/// A hub server on this machine; stopped when dropped.
#[derive(Debug)]
pub struct HubServer {
    hosts: Arc<Hosts>,
    folder: PathBuf,
    address: SocketAddr,
    pin: String,
    root_words: String,
    running: Option<Child>,
}

impl HubServer {
    /// Sets one up on this machine, in `folder`, for the service of the set-up file `set_up`. It is
    /// not started.
    pub fn init(folder: &Path, set_up: &str) -> Result<Self, Fault> {
        Self::init_on(&Arc::new(Hosts::loopback()), folder, set_up, None)
    }

    /// The same on the hub's host. `store` is a PostgreSQL address, or none for SQLite.
    pub fn init_on(
        hosts: &Arc<Hosts>,
        folder: &Path,
        set_up: &str,
        store: Option<&str>,
    ) -> Result<Self, Fault> {
        let mut command = hosts.command(Host::Hub, &program()?);
        command
            .args(["--json", "init", "--service", set_up])
            .args(["--name", "localhost", "--at"])
            .arg(folder);
        if let Some(store) = store {
            command.args(["--store", store]);
        }
        let answer = command.output()?;
        said_well(&answer)?;
        let said: Value = serde_json::from_slice(&answer.stdout)?;
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            hosts: Arc::clone(hosts),
            folder: folder.to_owned(),
            address: hosts.address(Host::Hub)?,
            pin: text("pin").replace(' ', ""),
            root_words: text("root_words"),
            running: None,
        })
    }

    /// Where it listens when it is started.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Its key, as 64 digits.
    pub fn pin(&self) -> &str {
        &self.pin
    }

    /// The six words of the service's root, as it showed them when it was set up.
    pub fn root_words(&self) -> &str {
        &self.root_words
    }

    /// The cable is in: returns when it serves.
    pub fn start(&mut self) -> Result<(), Fault> {
        let mut command = self.hosts.command(Host::Hub, &program()?);
        let mut child = command
            .args(["serve", "--listen", &self.address()])
            .args(["--metrics", "127.0.0.1:0", "--at"])
            .arg(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let told = child.stderr.take().ok_or("its log cannot be read")?;
        self.running = Some(child);
        let mut lines = BufReader::new(told).lines();
        let mut said = String::new();
        while !said.contains("\"serving\"") {
            let Some(line) = lines.next() else {
                return Err(format!("the hub server did not come up: {said}").into());
            };
            said = line?;
        }
        // Else it would wait for somebody to read on.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(())
    }

    /// Copies all that it holds into the new folder `to`.
    pub fn back_up(&self, to: &Path) -> Result<(), Fault> {
        self.run(&["backup", &to.display().to_string()])
    }

    /// The machine is lost, and another is put back from a copy, at the same address.
    pub fn put_back(&mut self, from: &Path) -> Result<(), Fault> {
        self.kill();
        self.folder = self.folder.with_extension("again");
        self.run(&["restore", &from.display().to_string()])?;
        self.start()
    }

    fn run(&self, arguments: &[&str]) -> Result<(), Fault> {
        let mut command = self.hosts.command(Host::Hub, &program()?);
        command.args(arguments).arg("--at").arg(&self.folder);
        said_well(&command.output()?)
    }

    /// The cable is out: nothing is flushed and nobody is told.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.running.take() {
            // One that has ended by itself is as stopped as one that was killed.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for HubServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Fails with the program's own words.
fn said_well(answer: &Output) -> Result<(), Fault> {
    if answer.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&answer.stderr).into_owned().into())
}

/// `felloe-hub` where a build of the workspace puts it: beside this program, or in the folder above
/// that of the tests.
fn program() -> Result<PathBuf, Fault> {
    let this = std::env::current_exe()?;
    let name = format!("felloe-hub{}", std::env::consts::EXE_SUFFIX);
    let folders = this.ancestors().skip(1).take(2);
    let found = folders
        .map(|folder| folder.join(&name))
        .find(|it| it.exists());
    Ok(found.ok_or_else(|| format!("{name} is not built: cargo build -p hub"))?)
}
