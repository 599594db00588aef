//! felloe-hub as a process.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sync::http::HubServer;
use tempfile::TempDir;

use crate::service::Service;

/// The folder of a hub server that was set up.
pub(crate) struct Installed {
    pub(crate) folder: Arc<TempDir>,
    pub(crate) pin: String,
}

/// A hub server that serves.
pub(crate) struct Running {
    child: Child,
    address: SocketAddr,
    metrics: SocketAddr,
    pin: String,
    log: Arc<Mutex<Vec<String>>>,
    /// Gone when the last that serves from it is.
    _folder: Arc<TempDir>,
}

/// Looks at a database, which may not be done in a thread that answers others meanwhile.
pub(crate) fn apart<T: Send>(look: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(look).join().unwrap())
}

/// Runs a command and gives what it ended with.
pub(crate) fn felloe_hub(at: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_felloe-hub"));
    command.arg("--at").arg(at).arg("--json").args(arguments);
    command.output().unwrap()
}

/// The answer of a command that ended well.
pub(crate) fn answered(output: &Output) -> Value {
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    serde_json::from_slice(&output.stdout).unwrap()
}

impl Installed {
    /// A hub server on SQLite, or on PostgreSQL where an address is given.
    pub(crate) fn new(service: &Service, store: Option<&str>) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("felloe-hub-")
            .tempdir()
            .unwrap();
        let file = folder.path().join("service.felloe-hub");
        fs::write(&file, service.set_up().to_bytes()).unwrap();
        let at = folder.path().join("hub");
        let mut arguments = vec!["init", "--service", file.to_str().unwrap()];
        if let Some(store) = store {
            arguments.extend(["--store", store]);
        }
        let made = answered(&felloe_hub(&at, &arguments));
        Self {
            folder: Arc::new(folder),
            pin: made["pin"].as_str().unwrap().to_owned(),
        }
    }

    pub(crate) fn at(&self) -> PathBuf {
        self.folder.path().join("hub")
    }

    pub(crate) fn serve(&self) -> Running {
        Running::over(&self.at(), &self.pin, Arc::clone(&self.folder))
    }

    /// Adds lines to its settings.
    pub(crate) fn limit(&self, lines: &str) {
        let settings = self.at().join("hub.toml");
        let text = fs::read_to_string(&settings).unwrap();
        let before = text.split("[limits]").next().unwrap();
        fs::write(&settings, format!("{before}[limits]\n{lines}\n")).unwrap();
    }
}

impl Running {
    fn over(at: &Path, pin: &str, folder: Arc<TempDir>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_felloe-hub"))
            .arg("--at")
            .arg(at)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--metrics",
                "127.0.0.1:0",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let first = loop {
            let line = lines.next().expect("the hub server serves").unwrap();
            log.lock().unwrap().push(line.clone());
            let line: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
            if line["message"] == "serving" {
                break line;
            }
        };
        let told = Arc::clone(&log);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                told.lock().unwrap().push(line);
            }
        });
        let address = |name: &str| first[name].as_str().unwrap().parse().unwrap();
        Self {
            child,
            address: address("address"),
            metrics: address("metrics"),
            pin: pin.to_owned(),
            log,
            _folder: folder,
        }
    }

    /// How a laptop knows it.
    pub(crate) fn hub_server(&self) -> HubServer {
        HubServer::new(&self.address.to_string(), self.pin.parse().unwrap()).unwrap()
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// What it tells at its address for figures.
    pub(crate) fn told(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(self.metrics).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to stop, as systemd does, and does not wait.
    pub(crate) fn terminate(&self) {
        let process = self.child.id().to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &process])
            .status()
            .unwrap();
        assert!(asked.success());
    }

    /// Its exit code.
    pub(crate) fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Ends it at once, by SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    #[expect(
        clippy::print_stderr,
        reason = "a test that failed says what the server said"
    )]
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("What the hub server said:\n{}", self.log().join("\n"));
        }
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
