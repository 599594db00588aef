//! A real `felloe-hub`: its own process, its own folder, on a free port of this machine. Stopping it
//! is the cable out.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a server may take to come up on a busy machine.
const COMES_UP: Duration = Duration::from_secs(60);

/// A hub server on this machine.
pub(crate) struct HubServer {
    folder: PathBuf,
    port: u16,
    /// Its key, as 64 digits.
    pub(crate) pin: String,
    running: Option<Child>,
}

impl HubServer {
    /// Sets one up for the service of this set-up file.
    pub(crate) fn init(folder: &Path, set_up: &str) -> Self {
        let answer = Command::new(program())
            .args(["--json", "init", "--service", set_up])
            .args(["--name", "localhost", "--at"])
            .arg(folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert!(answer.status.success(), "{said}");
        let json: Value = serde_json::from_slice(&answer.stdout).unwrap();
        let pin = json["pin"].as_str().unwrap();
        Self {
            folder: folder.to_owned(),
            port: free_port(),
            pin: pin.replace(' ', ""),
            running: None,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The cable is in.
    pub(crate) fn start(&mut self) {
        let metrics = format!("127.0.0.1:{}", free_port());
        let child = Command::new(program())
            .args(["serve", "--listen", &self.address(), "--metrics", &metrics])
            .arg("--at")
            .arg(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.running = Some(child.unwrap());
        let deadline = Instant::now() + COMES_UP;
        while TcpStream::connect(self.address()).is_err() {
            assert!(Instant::now() < deadline, "the hub server did not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Copies all that it holds into the new folder `to`.
    pub(crate) fn back_up(&self, to: &Path) {
        self.run(&["backup", &to.display().to_string()]);
    }

    /// The machine is lost, and another is put back from a copy, at the same address.
    pub(crate) fn put_back(&mut self, from: &Path) {
        self.kill();
        self.folder = self.folder.with_extension("again");
        self.run(&["restore", &from.display().to_string()]);
        self.start();
    }

    fn run(&self, arguments: &[&str]) {
        let answer = Command::new(program())
            .args(arguments)
            .arg("--at")
            .arg(&self.folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert!(answer.status.success(), "{said}");
    }

    /// The cable is out: nothing is flushed and nobody is told.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

impl Drop for HubServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// `felloe-hub` beside the programs of this crate, where a build of the workspace puts it.
fn program() -> PathBuf {
    let beside = Path::new(env!("CARGO_BIN_EXE_torture"));
    let program = beside.with_file_name(format!("felloe-hub{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{} is not built: cargo build -p hub",
        program.display()
    );
    program
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
