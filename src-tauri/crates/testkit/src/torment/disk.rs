//! A disk that fails when it is told to: `faults/faults.c`, loaded in front of the C library.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Fault;

const SOURCE: &str = include_str!("../../faults/faults.c");

/// What befalls the program at the k-th call that changes something in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Befalls {
    /// Nothing.
    Nothing,
    /// It is killed in place of the call.
    Killed,
    /// Half of the write reaches the disk, then it is killed.
    Torn,
    /// It is killed right after the call.
    KilledAfter,
    /// The power fails: what was not flushed is gone, wholly (0) or in a part that the number says.
    PowerCut(u32),
    /// The same on a disk that says it flushed and did not.
    PowerCutOnALiar,
    /// The disk is full from then on.
    Full,
    /// The disk fails from then on.
    Failing,
    /// That call fails, and no other.
    FailsOnce,
    /// The disk is read-only from then on.
    ReadOnly,
}

impl Befalls {
    fn word(self) -> &'static str {
        match self {
            Self::Nothing => "count",
            Self::Killed => "kill",
            Self::Torn => "torn",
            Self::KilledAfter => "after",
            Self::PowerCut(_) | Self::PowerCutOnALiar => "cut",
            Self::Full => "full",
            Self::Failing => "io",
            Self::FailsOnce => "once",
            Self::ReadOnly => "readonly",
        }
    }
}

/// The compiled disk.
#[derive(Debug, Clone)]
pub struct Disk {
    library: PathBuf,
}

impl Disk {
    /// Compiles it into `folder` with the system's C compiler.
    pub fn compile(folder: &Path) -> Result<Self, Fault> {
        let source = folder.join("faults.c");
        let library = folder.join("faults.so");
        std::fs::write(&source, SOURCE)?;
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-o"])
            .arg(&library)
            .arg(&source)
            .args(["-ldl", "-lpthread"])
            .status()?;
        if !built.success() {
            return Err("the C compiler refused faults.c".into());
        }
        Ok(Self { library })
    }

    /// Puts `program` on a disk to which `what` happens at call `k` below `folder`. `lasts` is a
    /// file: what lasts does so while it is there. `count` gets the number of calls.
    pub fn put_under(
        &self,
        program: &mut Command,
        folder: &Path,
        what: Befalls,
        k: u64,
        lasts: &Path,
        count: &Path,
    ) {
        program
            .env("LD_PRELOAD", &self.library)
            .env("FELLOE_FAULT_UNDER", folder)
            .env("FELLOE_FAULT", format!("{}:{k}", what.word()))
            .env("FELLOE_FAULT_WHILE", lasts)
            .env("FELLOE_FAULT_COUNT", count);
        match what {
            Befalls::PowerCut(part) => {
                program.env("FELLOE_FAULT_CHANCE", part.to_string());
            }
            Befalls::PowerCutOnALiar => {
                program.env("FELLOE_FAULT_LIES", "1");
            }
            _ => {}
        }
    }
}
