//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use jiff::civil::Date;

/// The use cases of a clinic without a window. Synthetic data only.
#[derive(Parser)]
#[command(name = "felloectl", version, about)]
pub(crate) struct Arguments {
    /// Answer with one JSON value.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// One question.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Score an instrument: answers separated by commas, `-` where there is none.
    Score {
        /// Such as phq-9.
        instrument: String,
        /// Such as 2,2,2,-,1,1,0,0,0.
        #[arg(allow_hyphen_values = true)]
        answers: String,
    },
    /// Oral morphine equivalent of a regimen: a flag and a trend, never a dose to switch to.
    Ome {
        /// Such as "morphine MR 60 mg x2; fentanyl patch 25 microgram/h".
        regimen: String,
    },
    /// Read the waiting-time clock of a pathway on a day.
    Clock {
        /// JSON, described in docs/clock.md: {"events": [{"on": "2026-01-05", "what": "referral-received"}]}. `-` reads standard input.
        events: PathBuf,
        /// The day, such as 2026-05-11.
        #[arg(long)]
        on: Date,
    },
    /// Check an NHS number.
    NhsNumber {
        /// Ten digits, spaces allowed.
        number: String,
    },
    /// The rules.
    Rules {
        #[command(subcommand)]
        rules: Rules,
    },
    /// Plans.
    Plan {
        #[command(subcommand)]
        plan: Plan,
    },
    /// Make a backup of a record: encrypted, opened again and checked whole. Exit code 1 when the
    /// check finds a fault. The passphrase is asked for, or read from standard input.
    Backup {
        #[command(flatten)]
        at: AtRecord,
        /// The folder in which the backup gets a folder of its own.
        #[arg(long)]
        to: PathBuf,
    },
    /// Restore a backup into an empty folder, or beside a record that is moved aside. Asks for the
    /// passphrase of the day of the backup; with `--sheet` for the code of the recovery sheet and a
    /// new passphrase, one a line.
    Restore {
        /// The backup's folder, or a folder of backups, of which the newest is taken.
        backup: PathBuf,
        #[command(flatten)]
        at: AtRecord,
        /// Open it with the recovery sheet: on a new computer, or when a passphrase is lost.
        #[arg(long)]
        sheet: bool,
        /// With `--sheet`: do not use this computer's keyring. The passphrase must then be longer.
        #[arg(long, requires = "sheet")]
        no_keyring: bool,
        /// Move a record that is there into a folder beside it. Without this it is left alone and
        /// nothing is restored.
        #[arg(long)]
        move_aside: bool,
    },
    /// Check a record whole: numbers, signatures, content, and every list against the entries.
    /// Exit code 1 when something is wrong.
    Verify {
        #[command(flatten)]
        at: AtRecord,
    },
    /// Make everything that is derived from the entries again.
    Rebuild {
        #[command(flatten)]
        at: AtRecord,
    },
    /// Exchange once with the hub server of a record: send what waits, fetch what others wrote. Exit
    /// code 1 when the two do not hold the same afterwards.
    Sync {
        #[command(flatten)]
        at: AtRecord,
    },
    /// Bundles: what one laptop has written, carried to another by hand. The passphrase is asked
    /// for, or read from standard input.
    Bundle {
        #[command(subcommand)]
        bundle: Bundle,
    },
    /// Make the demo clinic and live through one day in it, down to a signed plan.
    Demo {
        /// The folder for the record and the plan; it must be new or empty.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Which record, and who opens it.
#[derive(clap::Args)]
pub(crate) struct AtRecord {
    /// The folder of the record.
    #[arg(long)]
    pub(crate) record: PathBuf,
    /// Who opens it: a name or an id. Needed where several people can.
    #[arg(long)]
    pub(crate) staff: Option<String>,
}

/// What can be done with a bundle.
#[derive(Subcommand)]
pub(crate) enum Bundle {
    /// Write a bundle for other laptops of the service: what each of them may read and is not known
    /// to hold. Nothing is removed here.
    Write {
        #[command(flatten)]
        at: AtRecord,
        /// The folder the file goes to, such as that of a stick.
        #[arg(long)]
        to: PathBuf,
        /// A laptop it is for, by its id or its first digits; those of the hub site when none is
        /// named.
        #[arg(long = "for", value_name = "LAPTOP")]
        laptops: Vec<String>,
        /// All that they may read: for a new laptop.
        #[arg(long)]
        everything: bool,
    },
    /// Look at a bundle: from whom, when, what is new in it. Nothing is taken in.
    Inspect {
        /// The bundle.
        file: PathBuf,
        #[command(flatten)]
        at: AtRecord,
    },
    /// Take in what a bundle holds. Exit code 1 when some of it was not taken.
    Read {
        /// The bundle.
        file: PathBuf,
        #[command(flatten)]
        at: AtRecord,
    },
}

/// What can be asked of the rules.
#[derive(Subcommand)]
pub(crate) enum Rules {
    /// What the rules propose for the answers in a file, and why.
    Explain {
        /// JSON: {"on": "2026-11-24", "age": 47, "answers": {"ces-saddle": true, "pain-average": 7}}. `-` reads standard input.
        file: PathBuf,
    },
    /// Who would move if one ruleset took the place of another, from what to what, and why.
    /// Exit code 0 whoever would move: that is for people to judge.
    Impact {
        /// The ruleset that is; `shipped` stands for the rules that come with Felloe.
        old: PathBuf,
        /// The ruleset that would be; `shipped` likewise.
        new: PathBuf,
        /// JSON: {"name": {"on": "2026-11-24", "age": 47, "answers": {"ces-saddle": true}}}; the vignettes when none is given. `-` reads standard input.
        cases: Option<PathBuf>,
    },
    /// Prove what must hold of the rules for every assessment. Exit code 1 when something does
    /// not, with the smallest case that shows it, as a vignette.
    Check {
        /// A ruleset; the shipped one when none is given. `-` reads standard input.
        file: Option<PathBuf>,
        /// The day as of which reviews are due; today when none is given.
        #[arg(long)]
        on: Option<Date>,
    },
    /// Run every vignette over the rules. Exit code 1 when one comes out otherwise.
    Test {
        /// A ruleset; the shipped one when none is given. `-` reads standard input.
        file: Option<PathBuf>,
    },
    /// Make the reading table that a committee reads and signs, as Markdown and as PDF.
    Render {
        /// A ruleset; the shipped one when none is given. `-` reads standard input.
        file: Option<PathBuf>,
        /// The folder the two files go into.
        #[arg(long, default_value = ".")]
        out: PathBuf,
    },
}

/// What can be done with a plan.
#[derive(Subcommand)]
pub(crate) enum Plan {
    /// Set a plan as PDF from a JSON file.
    Render {
        /// The plan: name, number, born, blocks, goals, medicines. `-` reads standard input.
        file: PathBuf,
        /// Where the PDF goes.
        #[arg(long)]
        out: PathBuf,
        /// 18 pt.
        #[arg(long)]
        large: bool,
    },
}
