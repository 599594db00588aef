//! A PostgreSQL of the tests' own: a free port, a folder of its own, gone afterwards.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Who runs it when the tests are run by root, whom PostgreSQL refuses.
const ACCOUNT: &str = "postgres";
const STARTS_WITHIN: Duration = Duration::from_secs(60);

pub(crate) struct Postgres {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    settings: &'static [&'static str],
    running: Option<Child>,
}

impl Postgres {
    /// A new one, running. Says what to install when there is none, and never passes without.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same, with settings of its own.
    pub(crate) fn start_with(settings: &'static [&'static str]) -> Self {
        Self::start_with_files(settings, &[])
    }

    /// The same, with files beside its data, which are its account's alone.
    pub(crate) fn start_with_files(
        settings: &'static [&'static str],
        files: &[(&str, &str)],
    ) -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new()
            .prefix("felloe-postgres-")
            .tempdir()
            .unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        if is_root() {
            fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
            run(Command::new("chown").arg(ACCOUNT).arg(&data));
        }
        let mut init = as_account(&programs.join("initdb"));
        init.args([
            "--username=felloe",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]);
        init.args(["--no-instructions", "--no-sync"]);
        run(init.arg("--pgdata").arg(&data));
        for (name, text) in files {
            let file = data.join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
            if is_root() {
                run(Command::new("chown").arg(ACCOUNT).arg(&file));
            }
        }
        let mut made = Self {
            programs,
            folder,
            port: free_port(),
            settings,
            running: None,
        };
        made.go_on();
        made
    }

    /// Where the hub server finds a database in it.
    pub(crate) fn address(&self) -> String {
        self.address_of("postgres")
    }

    /// Makes another database in it.
    pub(crate) fn fresh(&self, name: &str) -> String {
        let mut client = postgres::Client::connect(&self.address(), postgres::NoTls).unwrap();
        client
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .unwrap();
        self.address_of(name)
    }

    fn address_of(&self, database: &str) -> String {
        format!("postgres://felloe@127.0.0.1:{}/{database}", self.port)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts it over what is there.
    pub(crate) fn go_on(&mut self) {
        let mut server = as_account(&self.programs.join("postgres"));
        server
            .arg("-D")
            .arg(self.data())
            .args(["-p", &self.port.to_string(), "-h", "127.0.0.1", "-k", ""])
            .args(["-c", "shared_buffers=32MB", "-c", "max_connections=60"])
            .args(self.settings)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.running = Some(server.spawn().unwrap());
        let until = Instant::now() + STARTS_WITHIN;
        while !self.answers() {
            assert!(Instant::now() < until, "PostgreSQL does not start");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn answers(&self) -> bool {
        let mut asked = Command::new(self.programs.join("pg_isready"));
        asked.args([
            "--quiet",
            "--host=127.0.0.1",
            "--username=felloe",
            "--dbname=postgres",
        ]);
        asked.arg(format!("--port={}", self.port));
        asked.status().unwrap().success()
    }

    /// Ends it and every process of its own as a power cut of the program would: by SIGKILL.
    pub(crate) fn kill(&mut self) {
        let Some(mut running) = self.running.take() else {
            return;
        };
        let main = main_process(&self.data());
        let mut ended = children(main);
        ended.push(main);
        let numbers: Vec<String> = ended.iter().map(ToString::to_string).collect();
        // Some may have ended by themselves in the meantime.
        let _ = Command::new("kill")
            .arg("-KILL")
            .args(&numbers)
            .stderr(Stdio::null())
            .status();
        running.wait().unwrap();
        let until = Instant::now() + STARTS_WITHIN;
        while ended
            .iter()
            .any(|process| Path::new(&format!("/proc/{process}")).exists())
        {
            assert!(Instant::now() < until, "PostgreSQL does not end");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.running.is_some() {
            self.kill();
        }
    }
}

fn programs() -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> = installed
        .filter_map(Result::ok)
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    let found = folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists());
    found.expect(
        "PostgreSQL is not here, so nothing was tested on it. Install it \
         (apt-get install postgresql), or let cargo xtask test do so",
    )
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

fn as_account(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command
            .args(["-u", ACCOUNT, "--"])
            .arg(program)
            .current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn run(command: &mut Command) {
    let done = command.output().unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// A port that nothing listens on at the moment.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn main_process(data: &Path) -> u32 {
    let file = fs::read_to_string(data.join("postmaster.pid")).unwrap();
    file.lines().next().unwrap().trim().parse().unwrap()
}

fn children(of: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let numbers = processes.filter_map(|it| it.file_name().to_str()?.parse::<u32>().ok());
    numbers
        .filter(|number| {
            let stat = fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
            // The name before it may hold anything; the parent is the second after it.
            let parent = stat
                .rsplit_once(')')
                .and_then(|(_, rest)| rest.split(' ').nth(2));
            parent == Some(of.to_string().as_str())
        })
        .collect()
}
