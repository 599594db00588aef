//! The servers, each in a process of its own.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Outcome;

/// How long a server may take to come up on a busy machine.
const COMES_UP: Duration = Duration::from_secs(60);

/// Not one limit of the hub server is reached: it is measured, and not its patience.
const LIMITS: &str = "[limits]\nrequests-per-second = 10000.0\nrequests-at-once = 10000.0\n\
     bytes-per-second = 1e12\nbytes-at-once = 1e12\n";

/// A server that runs. It ends when this does.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    fn start(command: &mut Command, address: SocketAddr) -> Outcome<Self> {
        let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
        let process = quiet.spawn()?;
        let mut server = Self { process, address };
        let deadline = Instant::now() + COMES_UP;
        while TcpStream::connect(address).is_err() {
            if Instant::now() > deadline || server.process.try_wait()?.is_some() {
                return Err(format!("{} does not serve", server_name(command)).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    /// A hub server on SQLite in this folder, set up for the service of this file, and the hash of
    /// its key.
    pub(crate) fn hub(folder: &Path, set_up: &str) -> Outcome<(Self, String)> {
        let program = felloe_hub()?;
        let mut init = Command::new(&program);
        init.args(["--json", "init", "--service", set_up, "--at"]);
        let answer = init.arg(folder).output()?;
        if !answer.status.success() {
            return Err(String::from_utf8_lossy(&answer.stderr).into_owned().into());
        }
        let told: Value = serde_json::from_slice(&answer.stdout)?;
        let pin = told["pin"].as_str().ok_or("no pin")?.to_owned();
        let settings = folder.join("hub.toml");
        let text = fs::read_to_string(&settings)?;
        let before = text.split("[limits]").next().unwrap_or_default();
        fs::write(&settings, format!("{before}{LIMITS}"))?;
        let (address, metrics) = (free()?, free()?);
        let mut command = Command::new(program);
        command.args(["serve", "--listen", &address.to_string()]);
        command.args(["--metrics", &metrics.to_string(), "--at"]);
        Ok((Self::start(command.arg(folder), address)?, pin))
    }

    /// `pouchdb-server` as it comes: on leveldb, in this folder.
    pub(crate) fn pouch(program: &Path, folder: &Path) -> Outcome<Self> {
        let address = free()?;
        let mut command = Command::new("node");
        command.arg(program).args(["--no-stdout-logs", "--dir"]);
        command.arg(folder).arg("--config");
        command.arg(folder.join("config.json"));
        command.args(["--port", &address.port().to_string()]);
        Self::start(command.current_dir(folder), address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn server_name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// `felloe-hub` above this bench, where the commands build it first.
fn felloe_hub() -> Outcome<PathBuf> {
    let here = std::env::current_exe()?;
    let above = here.parent().and_then(Path::parent);
    let name = format!("felloe-hub{}", std::env::consts::EXE_SUFFIX);
    let program = above.ok_or("the bench is nowhere")?.join(name);
    if program.exists() {
        Ok(program)
    } else {
        Err(format!("{} is not built", program.display()).into())
    }
}

fn free() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
