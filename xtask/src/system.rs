//! Packages of the operating system: what is needed, what is missing, and getting it.

use std::fs;
use std::process::Command;

use crate::Outcome;
use crate::terminal::say;
use crate::tool::{call, program, succeeds};

/// To build and open the window. WebKitGTK draws it, Perl and the compiler build OpenSSL,
/// `lp` prints, and the keyring holds the device's secret.
const WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "libwebkit2gtk-4.1-dev",
    "dbus",
    "gnome-keyring",
    "cups-client",
];

/// Besides, to test it: a display, a driver for the window, `kill`, a printing service of its own,
/// readers of PDF files, a solver that the proof is held against, a database, hosts of their own for
/// laptops and hub server, and what the other reader of the format runs in.
const TESTS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "procps",
    "cups-daemon",
    "qpdf",
    "poppler-utils",
    "z3",
    "postgresql",
    "iproute2",
    "python3-venv",
];

/// To build `felloectl` alone.
const NO_WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "perl",
    "dbus",
    "gnome-keyring",
];

/// What the machine is to be made ready for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Headless,
    Window,
    Tests,
}

impl Purpose {
    fn packages(self) -> Vec<&'static str> {
        match self {
            Self::Headless => NO_WINDOW.to_vec(),
            Self::Window => WINDOW.to_vec(),
            Self::Tests => [WINDOW, TESTS].concat(),
        }
    }
}

/// Installs what is missing for `purpose`, or says what to install.
pub(crate) fn prepare(purpose: Purpose) -> Outcome {
    if !cfg!(target_os = "linux") {
        elsewhere(purpose);
        return Ok(());
    }
    let needed = purpose.packages();
    if !succeeds(program("dpkg-query", &["--version"])) {
        say(
            "Only Debian 12 and Ubuntu 24.04 are set up by this command. On this system, please see that",
        );
        say(&format!(
            "the equivalents of these Debian packages are installed: {}.",
            needed.join(" ")
        ));
        return Ok(());
    }
    let missing: Vec<&str> = needed.into_iter().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        say("System packages: all there.");
        return Ok(());
    }
    say(&format!(
        "System packages: {} will install {}.",
        system_name(),
        missing.join(" ")
    ));
    install(&missing)
}

fn elsewhere(purpose: Purpose) {
    if purpose == Purpose::Tests {
        say(
            "The journeys need Linux (WebKitGTK, Xvfb, a Secret Service) and are left out on this system.",
        );
    }
    if cfg!(windows) {
        say(
            "Please see that the Visual Studio C++ build tools, WebView2 and Strawberry Perl are installed.",
        );
    } else {
        say("Please see that the Xcode command line tools are installed (xcode-select --install).");
    }
}

fn installed(package: &str) -> bool {
    let asked = program(
        "dpkg-query",
        &["--show", "--showformat=${db:Status-Abbrev}", package],
    )
    .output();
    asked.is_ok_and(|answer| answer.stdout.starts_with(b"ii"))
}

fn install(packages: &[&str]) -> Outcome {
    call(
        as_root(&["apt-get", "update", "-qq"]),
        "refresh the list of packages",
    )?;
    let mut arguments = vec![
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
    ];
    arguments.extend(["-y", "-qq", "--no-install-recommends"]);
    arguments.extend(packages);
    call(
        as_root(&arguments),
        &format!("install {}", packages.join(" ")),
    )
}

fn as_root(arguments: &[&str]) -> Command {
    let id = program("id", &["-u"]).output();
    let root = id.is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if root {
        return program(arguments[0], &arguments[1..]);
    }
    say("This needs the administrator's rights: sudo may ask for your password.");
    program("sudo", arguments)
}

fn system_name() -> String {
    let about = fs::read_to_string("/etc/os-release").unwrap_or_default();
    about
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map_or_else(
            || "apt".to_owned(),
            |name| format!("apt on {}", name.trim_matches('"')),
        )
}
