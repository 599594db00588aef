//! Where the programs stand: each on a host of its own, or all on this machine's loopback.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Fault;

/// Who stands where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// The hub server and the laptop at the hub.
    Hub,
    /// What lies between.
    Link,
    /// The laptop at the spoke. It reaches the link and nothing else.
    Spoke,
}

/// The link as the spoke sees it, and the hub as the link sees it: of the ranges that are kept for
/// documentation (RFC 5737), so that they are nobody's.
const LINK: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);
const SPOKE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const HUB: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 2);
const LINK_AT_HUB: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 1);

/// The hosts of one run. Dropping them takes them away.
#[derive(Debug)]
pub struct Hosts {
    /// The name that the namespaces begin with; none on loopback.
    named: Option<String>,
    why: String,
}

impl Hosts {
    /// All on loopback.
    pub fn loopback() -> Self {
        Self {
            named: None,
            why: "asked for".to_owned(),
        }
    }

    /// Network namespaces, joined by cables; loopback where this machine does not allow them.
    pub fn apart() -> Self {
        let mut hosts = Self {
            named: Some(format!("felloe-{}", std::process::id())),
            why: String::new(),
        };
        if let Err(fault) = hosts.build() {
            hosts.take_away();
            hosts.named = None;
            hosts.why = fault.to_string();
        }
        hosts
    }

    /// What they are, for whoever reads the output.
    pub fn in_words(&self) -> String {
        match &self.named {
            Some(_) => "three network namespaces: hub, link, spoke".to_owned(),
            None => format!("loopback, no network namespaces: {}", self.why),
        }
    }

    /// A command that runs `program` there.
    pub fn command(&self, host: Host, program: &Path) -> Command {
        let Some(space) = self.space(host) else {
            return Command::new(program);
        };
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &space]).arg(program);
        command
    }

    /// An address of the hub, or of the link on the spoke's side, with a port that is free there.
    pub fn address(&self, host: Host) -> Result<SocketAddr, Fault> {
        let (ip, port) = match (host, &self.named) {
            (Host::Hub, Some(_)) => (HUB, 8443),
            (Host::Link, Some(_)) => (LINK, 7443),
            (Host::Spoke, Some(_)) => (SPOKE, 6443),
            (_, None) => {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                (Ipv4Addr::LOCALHOST, listener.local_addr()?.port())
            }
        };
        Ok(SocketAddr::new(IpAddr::V4(ip), port))
    }

    /// Pulls the spoke's cable out, or puts it in. False on loopback, which has none to pull.
    pub fn plug(&self, into: bool) -> Result<bool, Fault> {
        let Some(space) = self.space(Host::Spoke) else {
            return Ok(false);
        };
        let state = if into { "up" } else { "down" };
        ip(&["-n", &space, "link", "set", "cable", state])?;
        Ok(true)
    }

    fn space(&self, host: Host) -> Option<String> {
        let named = self.named.as_ref()?;
        let host = match host {
            Host::Hub => "hub",
            Host::Link => "link",
            Host::Spoke => "spoke",
        };
        Some(format!("{named}-{host}"))
    }

    fn build(&self) -> Result<(), Fault> {
        let space = |host| self.space(host).ok_or("no namespaces are asked for");
        let (hub, link, spoke) = (space(Host::Hub)?, space(Host::Link)?, space(Host::Spoke)?);
        for one in [&hub, &link, &spoke] {
            ip(&["netns", "add", one])?;
            ip(&["-n", one, "link", "set", "lo", "up"])?;
        }
        cable(&spoke, ("cable", SPOKE), &link, ("to-spoke", LINK))?;
        cable(&hub, ("cable", HUB), &link, ("to-hub", LINK_AT_HUB))
    }

    fn take_away(&self) {
        for host in [Host::Hub, Host::Link, Host::Spoke] {
            if let Some(space) = self.space(host) {
                // One that was never made cannot be taken away, and need not be.
                let _ = ip(&["netns", "del", &space]);
            }
        }
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        self.take_away();
    }
}

type End<'a> = (&'a str, Ipv4Addr);

/// A cable between two namespaces, plugged in at both ends.
fn cable(one: &str, near: End<'_>, other: &str, far: End<'_>) -> Result<(), Fault> {
    ip(&[
        "link", "add", near.0, "netns", one, "type", "veth", "peer", "name", far.0, "netns", other,
    ])?;
    for (space, (name, address)) in [(one, near), (other, far)] {
        let address = format!("{address}/30");
        ip(&["-n", space, "address", "add", &address, "dev", name])?;
        ip(&["-n", space, "link", "set", name, "up"])?;
    }
    Ok(())
}

fn ip(arguments: &[&str]) -> Result<(), Fault> {
    let done = Command::new("ip")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|fault| format!("the program ip does not start ({fault})"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(format!("ip {}: {}", arguments.join(" "), said.trim()).into())
}
