//! WebKitWebDriver: it starts the program and passes our clicks and keys to its window.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::machine::Machine;
use crate::process;

/// The program under test, built by cargo for this test run.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_felloe");

/// A running driver; ended when dropped, with whatever it started and was not closed.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver whose windows live on `machine`.
    pub fn start(machine: &Machine) -> Self {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={port}")]);
        let process = machine
            .host(&mut command)
            // Without this the webview refuses to be driven.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // The program is to choose its renderer by itself, as on anyone's machine.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .spawn()
            .expect("WebKitWebDriver starts (apt: webkit2gtk-driver)");
        let driver = Self { process, port };
        driver.wait_until_listening();
        driver
    }

    /// Starts the program with `arguments` and connects to its window.
    pub async fn open(&self, arguments: &[&str]) -> Client {
        let wanted = json!({
            "webkitgtk:browserOptions": { "binary": PROGRAM, "args": arguments }
        });
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("the program opens a window that can be driven")
    }

    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    fn wait_until_listening(&self) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            assert!(Instant::now() < deadline, "WebKitWebDriver does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let all = process::family(self.pid());
        let _already_ended = self.process.kill();
        let _status = self.process.wait();
        process::kill_what_is_left(&all);
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port()
}
