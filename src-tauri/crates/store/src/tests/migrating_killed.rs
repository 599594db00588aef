//! Kills and power cuts while the tables are brought up to date. The file of an older version can
//! only be made inside this crate, so `cargo xtask torture` has its part of this here: the same
//! disk that fails, under the same program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use data_encoding::HEXLOWER;

use super::laptop::{Laptop, PASSPHRASE, own_key};
use super::migrating::first_version;
use crate::*;
use record::id::StaffId;

const FAULTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testkit/faults/faults.c");
const FOLDER: &str = "FELLOE_TEST_FOLDER";
const SECRET: &str = "FELLOE_TEST_SECRET";

/// A laptop whose tables are of the first version, to be copied for each kill.
struct Older {
    laptop: Laptop,
    staff: StaffId,
    disk: PathBuf,
}

impl Older {
    fn new() -> Self {
        let (laptop, staff, _) = first_version();
        let disk = laptop.dir.path().join("faults.so");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .args([disk.as_os_str(), FAULTS.as_ref()])
            .args(["-ldl", "-lpthread"])
            .status()
            .unwrap();
        assert!(built.success(), "the C compiler refused faults.c");
        Self {
            laptop,
            staff,
            disk,
        }
    }

    /// Opens a copy of the record in a program of its own, to which `fault` happens. Gives the
    /// copy and the number of calls, 0 where it was killed.
    fn opened_under(&self, fault: &str) -> (tempfile::TempDir, u64) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().join("felloe"));
        fs::create_dir(place.dir()).unwrap();
        for file in fs::read_dir(self.laptop.place().dir()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), place.dir().join(file.file_name())).unwrap();
        }
        let count = folder.path().join("calls");
        let Presence::Ready(door) = self.laptop.look() else {
            panic!("not ready")
        };
        let secret = self.laptop.secrets.get(door.device).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap());
        child
            .args([
                "--exact",
                "tests::migrating_killed::the_program_that_migrates_and_is_killed",
            ])
            .args(["--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, place.dir())
            .env(SECRET, HEXLOWER.encode(secret.as_bytes()))
            .env("LD_PRELOAD", &self.disk)
            .env("FELLOE_FAULT_UNDER", place.dir().canonicalize().unwrap())
            .env("FELLOE_FAULT", fault)
            .env("FELLOE_FAULT_COUNT", &count);
        let ended = child.output().unwrap();
        assert!(
            ended.status.success() || ended.status.code().is_none(),
            "{fault}: {}",
            String::from_utf8_lossy(&ended.stdout)
        );
        let calls = fs::read_to_string(count).map_or(0, |text| text.parse().unwrap());
        (folder, calls)
    }

    fn whole(&self, folder: &Path, fault: &str) {
        let place = Place::new(folder.join("felloe"));
        let now = self.laptop.now();
        let opened = unlock(&place, &self.laptop.secrets, self.staff, PASSPHRASE, now)
            .unwrap_or_else(|error| panic!("{fault}: {error}"));
        assert_eq!(opened.store.tables().unwrap(), crate::TABLES, "{fault}");
        let report = opened.store.chain_check(&own_key(&opened)).unwrap();
        assert_eq!((report.envelopes, report.faults.len()), (40, 0), "{fault}");
        assert!(opened.store.pages_sound().unwrap(), "{fault}");
    }
}

#[test]
fn a_migration_that_is_killed_or_loses_its_power_at_any_call_loses_nothing_and_goes_on() {
    let older = Older::new();
    let (folder, calls) = older.opened_under("count:0");
    older.whole(folder.path(), "untouched");
    assert!(calls > 40, "only {calls} calls");
    let step = usize::try_from(calls / 10).unwrap();
    for (first, way) in (1..).zip(["kill", "torn", "after", "cut"]) {
        for k in (first..calls).step_by(step) {
            let fault = format!("{way}:{k}");
            let (folder, ended) = older.opened_under(&fault);
            // A torn write needs a write; at a flush it is a kill.
            assert_eq!(ended, 0, "{fault} came to its end");
            older.whole(folder.path(), &fault);
        }
    }
}

/// The other half of the test above: it opens the older record and closes it again.
#[test]
#[ignore = "started and killed by another test"]
fn the_program_that_migrates_and_is_killed() {
    let (Some(folder), Ok(secret)) = (std::env::var_os(FOLDER), std::env::var(SECRET)) else {
        return;
    };
    let laptop = Laptop::new();
    let place = Place::new(folder);
    let secret: [u8; 32] = HEXLOWER
        .decode(secret.as_bytes())
        .unwrap()
        .try_into()
        .unwrap();
    let Presence::NeedsRecovery { door, .. } = look(&place, &laptop.secrets, laptop.now()) else {
        panic!("the keyring is empty")
    };
    laptop
        .secrets
        .put(door.device, &DeviceSecret::new(secret))
        .unwrap();
    let staff = door.staff[0].id;
    drop(unlock(&place, &laptop.secrets, staff, PASSPHRASE, laptop.now()).unwrap());
}
