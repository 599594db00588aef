//! A real `felloe-hub`: its own process, its own folder, on a free port of this machine. Stopping it
//! is the cable out.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Fault;

/// How long a server may take to come up on a busy machine.
const COMES_UP: Duration = Duration::from_secs(60);

/// A hub server on this machine; stopped when dropped.
#[derive(Debug)]
pub struct HubServer {
    folder: PathBuf,
    port: u16,
    pin: String,
    root_words: String,
    running: Option<Child>,
}

impl HubServer {
    /// Sets one up in `folder` for the service of the set-up file `set_up`. It is not started.
    pub fn init(folder: &Path, set_up: &str) -> Result<Self, Fault> {
        let answer = Command::new(program()?)
            .args(["--json", "init", "--service", set_up])
            .args(["--name", "localhost", "--at"])
            .arg(folder)
            .output()?;
        said_well(&answer)?;
        let said: Value = serde_json::from_slice(&answer.stdout)?;
        let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            folder: folder.to_owned(),
            port: free_port()?,
            pin: text("pin").replace(' ', ""),
            root_words: text("root_words"),
            running: None,
        })
    }

    /// Where it listens when it is started.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its key, as 64 digits.
    pub fn pin(&self) -> &str {
        &self.pin
    }

    /// The six words of the service's root, as it showed them when it was set up.
    pub fn root_words(&self) -> &str {
        &self.root_words
    }

    /// The cable is in: returns when it listens.
    pub fn start(&mut self) -> Result<(), Fault> {
        let metrics = format!("127.0.0.1:{}", free_port()?);
        let child = Command::new(program()?)
            .args(["serve", "--listen", &self.address(), "--metrics", &metrics])
            .arg("--at")
            .arg(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        self.running = Some(child);
        let deadline = Instant::now() + COMES_UP;
        while TcpStream::connect(self.address()).is_err() {
            if Instant::now() > deadline {
                return Err("the hub server did not come up".into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
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
        let answer = Command::new(program()?)
            .args(arguments)
            .arg("--at")
            .arg(&self.folder)
            .output()?;
        said_well(&answer)
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

/// `felloe-hub` where a build of the workspace puts it: in the folder above that of the tests.
fn program() -> Result<PathBuf, Fault> {
    let test = std::env::current_exe()?;
    let folder = test.parent().and_then(Path::parent).unwrap_or(&test);
    let program = folder.join(format!("felloe-hub{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        return Err(format!("{} is not built: cargo build -p hub", program.display()).into());
    }
    Ok(program)
}

fn free_port() -> Result<u16, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}
