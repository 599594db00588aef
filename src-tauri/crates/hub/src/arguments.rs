use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use sync::record::id::DeviceId;

/// The hub server of a Felloe service: keeps sealed envelopes and passes them on, and reads
/// nothing.
///
/// Exit codes: 0 fine, 1 the answer is no, 2 bad usage or input, 3 the environment.
#[derive(Parser)]
#[command(name = "felloe-hub", version)]
pub(crate) struct Arguments {
    /// The folder of the hub server.
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        default_value = "/var/lib/felloe-hub"
    )]
    pub(crate) at: PathBuf,
    /// Where the envelopes are, in place of what hub.toml says: sqlite, or postgres://...
    #[arg(long, global = true, value_name = "PLACE")]
    pub(crate) store: Option<String>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a hub server for a service.
    Init {
        /// The set-up file that Felloe wrote at the hub site; - for standard input.
        #[arg(long, value_name = "FILE")]
        service: PathBuf,
        /// The DNS name or number by which laptops reach it.
        #[arg(long, value_name = "DNS", default_value = "localhost")]
        name: String,
    },
    /// Answer laptops until stopped.
    Serve {
        /// Where to listen, in place of what hub.toml says.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
        /// Where to tell figures, in place of what hub.toml says.
        #[arg(long, value_name = "ADDRESS")]
        metrics: Option<SocketAddr>,
    },
    /// Let a blocked device speak again, or get to know a device from a file.
    Admit(Admit),
    /// Let a device speak no more.
    Block {
        /// The device's id, as Felloe shows it in its settings.
        device: DeviceId,
    },
    /// Say how it stands.
    Status,
    /// Copy all of it into a new folder. It may go on serving.
    Backup {
        /// The folder to make.
        to: PathBuf,
    },
    /// Put a backup back, into an empty place.
    Restore {
        /// The folder that a backup made.
        from: PathBuf,
    },
    /// Make a new key for the server. Every laptop then has to be told the new pin.
    Rotate,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Admit {
    /// The id of a blocked device.
    pub(crate) device: Option<DeviceId>,
    /// A file of certificates from the root down to a device, as an enrolment answer holds them.
    #[arg(long, value_name = "FILE")]
    pub(crate) chain: Option<PathBuf>,
}
