//! The process list, read from `/proc`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One running process, as any user of the machine may see it.
#[derive(Clone, Debug)]
pub struct Process {
    pub pid: u32,
    pub parent: u32,
    /// The program's file; none for a process that has ended and waits for its parent.
    pub program: Option<PathBuf>,
    pub command_line: Vec<String>,
    /// `NAME=value`, as the process was started.
    pub environment: Vec<String>,
}

/// Every process of this machine.
pub fn all() -> Vec<Process> {
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(read)
        .collect()
}

/// `root` and everything it started that is still running.
pub fn family(root: u32) -> Vec<Process> {
    let all = all();
    let mut found: Vec<Process> = all.iter().filter(|p| p.pid == root).cloned().collect();
    let mut next = 0;
    while next < found.len() {
        let parent = found[next].pid;
        found.extend(all.iter().filter(|p| p.parent == parent).cloned());
        next += 1;
    }
    found
}

/// The process running `program` among what `root` started.
pub fn running(root: u32, program: &Path) -> Option<Process> {
    family(root)
        .into_iter()
        .find(|process| process.program.as_deref() == Some(program))
}

/// Ends a process as a power cut would: nothing is flushed, nothing is asked.
pub fn kill(pid: u32) {
    assert!(
        send_kill(pid),
        "process {pid} had ended before it was killed"
    );
}

/// Ends what is left of these processes.
pub fn kill_what_is_left(of: &[Process]) {
    for process in of.iter().filter(|process| is_running(process.pid)) {
        send_kill(process.pid);
    }
    wait_until_ended(of);
}

/// Waits until each of these processes has ended.
pub fn wait_until_ended(all: &[Process]) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while let Some(left) = all.iter().find(|process| is_running(process.pid)) {
        assert!(Instant::now() < deadline, "{left:?} does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether there was such a process to kill.
fn send_kill(pid: u32) -> bool {
    let kill = Command::new("kill")
        .args(["-KILL", &pid.to_string()])
        .stderr(Stdio::null())
        .status();
    kill.unwrap().success()
}

fn is_running(pid: u32) -> bool {
    read(pid).is_some_and(|process| process.program.is_some())
}

fn read(pid: u32) -> Option<Process> {
    let folder = PathBuf::from(format!("/proc/{pid}"));
    let status = fs::read_to_string(folder.join("status")).ok()?;
    let parent = status
        .lines()
        .find_map(|line| line.strip_prefix("PPid:"))?
        .trim()
        .parse()
        .ok()?;
    Some(Process {
        pid,
        parent,
        program: fs::read_link(folder.join("exe")).ok(),
        command_line: words(&folder.join("cmdline")),
        environment: words(&folder.join("environ")),
    })
}

/// The parts of a file that separates them with NUL.
fn words(file: &Path) -> Vec<String> {
    let bytes = fs::read(file).unwrap_or_default();
    String::from_utf8_lossy(&bytes)
        .split('\0')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
