//! A second program on the same record, while the first is at work and after it was killed.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use clinic::door;
use clinic::view::Fault as Told;

use super::{Chamber, Counted, Verdict, look};
use crate::victim::Prepared;
use crate::{Fault, PASSPHRASE, Said};

pub(super) fn second(chamber: &Chamber) -> Result<Vec<Counted>, Fault> {
    let mut counted = Counted::of("a second program");
    let (_folder, laptop) = chamber.laptop(false)?;
    let prepared = Prepared::read(&laptop)?;
    let mut first = Command::new(std::env::current_exe()?)
        .arg("stand")
        .arg(laptop.folder())
        .env("TMPDIR", laptop.disk())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let out = first.stdout.take().ok_or("the victim has no output")?;
    let at_work = BufReader::new(out).lines().any(|line| {
        line.is_ok_and(|line| {
            matches!(serde_json::from_str(&line), Ok(Said::Stands(state)) if state == "at work")
        })
    });
    let mut verdict = Verdict::default();
    if !at_work {
        verdict.wrong.push("the first never came to work".into());
    }
    let (mut desk, _) = laptop.desk(11)?;
    match door::unlock(&mut desk, prepared.staff.clone(), PASSPHRASE.into()) {
        Ok(_) => verdict.wrong.push("both were let in".into()),
        Err(refusal) => {
            let sentence = Told::from(refusal).message;
            if !sentence.contains("already open") || !sentence.contains("Use the window") {
                verdict.wrong.push(format!("the person reads: {sentence}"));
            }
        }
    }
    counted.take("while the first is at work", verdict);
    // What a dead program held is free, without anybody having to clear anything away.
    first.kill()?;
    first.wait()?;
    counted.take(
        "after the first was killed",
        look(&laptop, &super::Told::default())?,
    );
    Ok(vec![counted])
}
