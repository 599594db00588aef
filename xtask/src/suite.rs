//! `cargo xtask test`: every check there is, one stage after the other.

use std::process::Command;
use std::time::Duration;

use crate::counts::Counts;
use crate::stage::{self, Finished, Outcome};
use crate::system::Purpose;
use crate::terminal::{announce, say};
use crate::tool::{cargo, npm, program, python, reader, target};
use crate::{cable, setup, simulate, torture, usage};

/// The window's program takes in the built screens, so whatever compiles it comes after them.
const SCREENS: &str = "screens";
const JOURNEYS: &str = "journeys";
const TORTURE: &str = "torture";
const CABLE: &str = "cable";
/// Seeds of the simulator in the long tier.
const SIMULATED: &str = "20000";
/// Kills in the long tier.
const KILLS: &str = "1000";
const READER: &str = "reader";
const RUST_STAGES: &[&str] = &["lint", "rust", "docs", READER, "architecture", JOURNEYS];

/// A stage's name and what it runs, one command after the other.
type Stage = (&'static str, fn(Tier) -> Vec<Command>);

const STAGES: &[Stage] = &[
    ("format", |_| {
        vec![
            cargo(&["fmt", "--all", "--check"]),
            npm(&["run", "--silent", "format:check"]),
        ]
    }),
    (SCREENS, |_| vec![npm(&["run", "--silent", "build"])]),
    ("types", |_| vec![npm(&["run", "--silent", "check"])]),
    ("ui", |_| vec![npm(&["run", "--silent", "test"])]),
    ("lint", |_| {
        vec![cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])]
    }),
    ("rust", |tier| {
        vec![in_keyring(
            tier,
            "not binary(journeys) and not binary(printing) and not binary(architecture)",
        )]
    }),
    ("docs", |_| vec![cargo(&["test", "--workspace", "--doc"])]),
    (READER, another_reader),
    ("architecture", |tier| {
        vec![nextest(tier, "binary(architecture)")]
    }),
    ("simulation", |tier| match tier {
        Tier::Usual => simulate::stage(None),
        Tier::Full => simulate::stage(Some(SIMULATED)),
    }),
    (TORTURE, |tier| match tier {
        Tier::Usual => torture::stage(None, false),
        Tier::Full => torture::stage(Some(KILLS), true),
    }),
    (CABLE, |tier| cable::stage(tier == Tier::Full)),
    (JOURNEYS, |tier| {
        vec![on_display(tier, "binary(journeys) or binary(printing)")]
    }),
];

/// How long the tests may take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    Usual,
    /// Sixteen times the seeds, and time for them.
    Full,
}

/// Runs what `options` ask for and ends with the counts; an error when anything failed.
pub(crate) fn test(options: &[&str]) -> crate::Outcome {
    let (tier, only) = read(options)?;
    setup::set_up(Purpose::Tests)?;
    let finished = run_stages(tier, only);
    summarise(&finished)
}

fn read<'o>(options: &[&'o str]) -> Result<(Tier, Option<&'o str>), String> {
    let (mut tier, mut only) = (Tier::Usual, None);
    let mut options = options.iter().copied();
    while let Some(option) = options.next() {
        match option {
            "--full" => tier = Tier::Full,
            "--only" => only = Some(options.next().and_then(known).ok_or_else(stage_names)?),
            _ => return Err(usage(&format!("'{option}' is not an option of test."))),
        }
    }
    Ok((tier, only))
}

fn known(stage: &str) -> Option<&str> {
    STAGES
        .iter()
        .any(|(name, _)| *name == stage)
        .then_some(stage)
}

fn stage_names() -> String {
    let names: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
    format!("--only takes one of these stages: {}.", names.join(", "))
}

fn run_stages(tier: Tier, only: Option<&str>) -> Vec<Finished> {
    let mut finished: Vec<Finished> = Vec::new();
    for (stage, commands) in STAGES {
        if [JOURNEYS, TORTURE, CABLE].contains(stage) && !cfg!(target_os = "linux") {
            continue;
        }
        let needs_screens = RUST_STAGES.contains(stage);
        let wanted = only.is_none_or(|only| {
            only == *stage || (*stage == SCREENS && RUST_STAGES.contains(&only))
        });
        if !wanted {
            continue;
        }
        let screens_failed = finished
            .iter()
            .any(|done| done.stage == SCREENS && done.outcome != Outcome::Passed);
        finished.push(if needs_screens && screens_failed {
            stage::leave_out(stage, SCREENS)
        } else {
            stage::run(stage, commands(tier))
        });
    }
    finished
}

fn summarise(finished: &[Finished]) -> crate::Outcome {
    announce("Summary");
    let mut sum = Counts::default();
    let mut took = Duration::ZERO;
    for done in finished {
        let word = match done.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::NotRun => "not run",
        };
        let Counts { passed, failed } = done.counts;
        let seconds = done.took.as_secs_f32();
        say(&format!(
            "{:<14}{word:<9}{seconds:>7.1} s  {passed:>5} passed {failed:>4} failed",
            done.stage
        ));
        sum += done.counts;
        took += done.took;
    }
    say(&format!("{:<23}{:>7.1} s", "all", took.as_secs_f32()));
    let last = format!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed > 0 {
        Err(last)
    } else {
        say(&last);
        Ok(())
    }
}

/// Cases of each property in the long tier; 256 in the usual one.
const SEEDS: &str = "4096";

const NEXTEST: &[&str] = &["nextest", "run", "--workspace", "--no-tests=fail"];

fn nextest(tier: Tier, filter: &str) -> Command {
    let mut command = cargo(NEXTEST);
    choose(&mut command, tier, filter);
    command
}

/// The program writes a journal and what it finds in it; a reader that was written from the page of
/// the format alone has to find the same.
fn another_reader(tier: Tier) -> Vec<Command> {
    let journal = target().join("reader/journal");
    let mut written = in_keyring(tier, "test(for_another_reader)");
    let mut read = python(&[&reader().to_string_lossy()]);
    for command in [&mut written, &mut read] {
        command.env("FELLOE_JOURNAL", &journal);
    }
    vec![written, read]
}

/// With a real Secret Service, because the keys are kept in a real keyring.
fn in_keyring(tier: Tier, filter: &str) -> Command {
    if !cfg!(target_os = "linux") {
        return nextest(tier, filter);
    }
    let mut command = program("tests/keyring-session.sh", &["cargo"]);
    command.args(NEXTEST);
    choose(&mut command, tier, filter);
    command
}

/// With a Secret Service, a printer, and a display the size of a usual clinic laptop's.
pub(crate) fn display() -> Command {
    let screen = "-screen 0 1366x768x24";
    let mut command = program("xvfb-run", &["--auto-servernum", "--server-args", screen]);
    command
        .args([
            "tests/keyring-session.sh",
            "tests/printer-session.sh",
            "cargo",
        ])
        .args(NEXTEST);
    command
}

fn on_display(tier: Tier, filter: &str) -> Command {
    let mut command = display();
    choose(&mut command, tier, filter);
    command
}

fn choose(command: &mut Command, tier: Tier, filter: &str) {
    command.args(["-E", filter]);
    if tier == Tier::Full {
        command
            .args(["--profile", "full"])
            .env("PROPTEST_CASES", SEEDS);
    }
}
