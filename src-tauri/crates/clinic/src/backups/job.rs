//! What takes long, away from the desk.

use std::path::PathBuf;

use record::id::BackupId;
use record::moment::Moment;
use store::{Backup, BackupError, BackupNote, BackupSource, OwnBackup};

use crate::refusal::Refusal;
use crate::soundness::{self, Findings};

/// A backup to be made or tested. Holds the keys it needs and wipes them when it is dropped.
pub struct Job {
    pub(super) work: Work,
    /// When it was handed out.
    pub(super) at: Moment,
    /// Random bits of its own: the desk's source stays at the desk.
    pub(super) seed: zeroize::Zeroizing<[u8; 32]>,
}

pub(super) enum Work {
    Make {
        source: Box<BackupSource>,
        place: PathBuf,
        program: String,
        /// Asked for by a person, rather than by the day.
        asked: bool,
    },
    Test {
        backup: Box<OwnBackup>,
    },
}

/// What came of a [`Job`].
pub struct Done {
    pub(super) at: Moment,
    pub(super) came: Came,
}

pub(super) enum Came {
    Made {
        backup: Box<Backup>,
        note: Box<BackupNote>,
        findings: Result<Findings, Refusal>,
        /// What the rule gave up, or why it could not be removed.
        removed: Result<Vec<BackupId>, BackupError>,
        asked: bool,
    },
    NotMade {
        error: BackupError,
        asked: bool,
    },
    Tested {
        note: Box<BackupNote>,
        found: Result<Findings, Refusal>,
    },
}

impl Done {
    /// The backup that was made, with what its check found or why there was none.
    pub(super) fn made(&self) -> Option<(Backup, Result<Findings, String>)> {
        match &self.came {
            Came::Made {
                backup, findings, ..
            } => {
                let findings = match findings {
                    Ok(findings) => Ok(findings.clone()),
                    Err(refusal) => Err(refusal.to_string()),
                };
                Some((Backup::clone(backup), findings))
            }
            Came::NotMade { .. } | Came::Tested { .. } => None,
        }
    }

    /// Why no backup was made.
    pub(super) fn failed(&self) -> Option<String> {
        match &self.came {
            Came::NotMade { error, .. } => Some(error.to_string()),
            Came::Made { .. } | Came::Tested { .. } => None,
        }
    }
}

impl Job {
    /// Does it. Takes as long as it takes; needs nothing of the desk.
    pub fn run(self) -> Done {
        let mut chance = blake3::Hasher::new_derive_key("felloe 2026 backup job randomness v1")
            .update(self.seed.as_slice())
            .finalize_xof();
        let entropy = &mut |bytes: &mut [u8]| chance.fill(bytes);
        let came = match self.work {
            Work::Make {
                source,
                place,
                program,
                asked,
            } => make(&source, &place, &program, self.at, asked, entropy),
            Work::Test { backup } => test(&backup, entropy),
        };
        Done { at: self.at, came }
    }
}

fn make(
    source: &BackupSource,
    place: &std::path::Path,
    program: &str,
    at: Moment,
    asked: bool,
    entropy: &mut dyn FnMut(&mut [u8]),
) -> Came {
    let mut findings = Ok(Findings::default());
    let made = source.make(place, program, at, entropy, &mut |store| {
        findings = soundness::check(store);
    });
    match made {
        Ok((backup, note)) => {
            let removed = source.prune(place, &backup);
            Came::Made {
                backup: Box::new(backup),
                note: Box::new(note),
                findings,
                removed,
                asked,
            }
        }
        Err(error) => Came::NotMade { error, asked },
    }
}

fn test(backup: &OwnBackup, entropy: &mut dyn FnMut(&mut [u8])) -> Came {
    let found = backup
        .open(entropy)
        .map_err(Refusal::from)
        .and_then(|store| soundness::check(&store));
    Came::Tested {
        note: Box::new(backup.note()),
        found,
    }
}
