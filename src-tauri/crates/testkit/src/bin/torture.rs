//! `torture --kills N --seed N [--full]`: the tormentor. `torture victim ...` and
//! `torture stand ...` are what it starts.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use testkit::torment::{Plan, torture};
use testkit::victim::{self, Work};
use testkit::{Fault, Laptop};

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let done = match given.as_slice() {
        ["victim", folder, work, seed] => suffer(folder, work, seed).map(|()| true),
        ["stand", folder] => stand(folder).map(|()| true),
        options => plan(options).and_then(|plan| torture(plan, &mut io::stdout().lock())),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            let _ = writeln!(io::stderr(), "{fault}");
            ExitCode::from(3)
        }
    }
}

fn suffer(folder: &str, work: &str, seed: &str) -> Result<(), Fault> {
    let work = Work::named(work).ok_or("there is no such work")?;
    let laptop = Laptop::at(Path::new(folder))?;
    let (mut out, mut go_on) = (io::stdout().lock(), BufReader::new(io::stdin().lock()));
    victim::work(laptop, work, seed.parse()?, &mut out, &mut go_on)
}

fn stand(folder: &str) -> Result<(), Fault> {
    let laptop = Laptop::at(Path::new(folder))?;
    let (mut out, mut go_on) = (io::stdout().lock(), BufReader::new(io::stdin().lock()));
    victim::stand(laptop, &mut out, &mut go_on)
}

fn plan(options: &[&str]) -> Result<Plan, Fault> {
    let mut plan = Plan {
        kills: 60,
        seed: 1,
        full: false,
    };
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let mut number = || options.next().ok_or("a number is missing");
        match *option {
            "--kills" => plan.kills = number()?.parse()?,
            "--seed" => plan.seed = number()?.parse()?,
            "--full" => plan.full = true,
            other => return Err(format!("'{other}' is not an option of torture").into()),
        }
    }
    Ok(plan)
}
