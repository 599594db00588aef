//! A laptop in a process of its own, which is asked over a pipe what to do.
//!
//! So what the processor does for it is told apart from the hub server, the proxy and the bench.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use clinic::view::DetailsForm;
use clinic::{Desk, line, person};
use record::id::ServiceId;
use serde_json::{Value, json};
use sync::http::HubServer;

use crate::Outcome;
use crate::asked::Asked;
use crate::generate::Clinic;
use crate::joining::unlocked;
use crate::process::processor_time;
use crate::standing::Standing;

/// Starts the laptop of this folder; it is unlocked, and its lists are made, when this returns.
pub(crate) fn start(folder: &Path) -> Outcome<Asked> {
    let mut command = Command::new(std::env::current_exe()?);
    let mut laptop = Asked::start(command.arg("--laptop").arg(folder))?;
    laptop.ask("begin")?;
    Ok(laptop)
}

/// Answers until nothing more is asked.
pub(crate) fn in_this_process(folder: &Path) -> Outcome<String> {
    let mut laptop = Laptop {
        desk: unlocked(folder)?,
        service: std::fs::read_to_string(folder.join("service"))?.parse()?,
        standing: None,
        written: 0,
    };
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (begun, processor) = (Instant::now(), processor_time());
        laptop.do_it(&line)?;
        let processor = processor_time().saturating_sub(processor);
        println!("{}", told(begun, processor.as_secs_f64()));
    }
    Ok(String::new())
}

fn told(begun: Instant, processor: f64) -> Value {
    json!({ "seconds": begun.elapsed().as_secs_f64(), "processor": processor })
}

struct Laptop {
    desk: Desk,
    service: ServiceId,
    standing: Option<Standing>,
    written: usize,
}

impl Laptop {
    fn do_it(&mut self, what: &str) -> Outcome<()> {
        match what {
            "begin" => Ok(()),
            "sync" => self.sync(),
            "open" => self.open(),
            "exchange" => {
                let standing = self.standing.as_mut().ok_or("no connection stands")?;
                standing.exchange(&mut self.desk)
            }
            "write" => self.write(),
            _ => Err(format!("nobody knows how to {what}").into()),
        }
    }

    /// Connects, logs in, exchanges and hangs up.
    fn sync(&mut self) -> Outcome<()> {
        let synced = line::sync_once(&mut self.desk)?;
        if synced.up_to_date {
            Ok(())
        } else {
            Err(synced.words.into())
        }
    }

    fn open(&mut self) -> Outcome<()> {
        let named = line::hub_server(&mut self.desk)?;
        let (address, pin) = (
            named.address.ok_or("no address")?,
            named.pin.ok_or("no pin")?,
        );
        let hub = HubServer::new(&address, pin.parse()?)?;
        self.standing = Some(Standing::open(&mut self.desk, self.service, &hub)?);
        Ok(())
    }

    /// Somebody has another telephone number.
    fn write(&mut self) -> Outcome<()> {
        self.written += 1;
        let number = format!("01632 {:06}", 960_000 + self.written);
        let form = DetailsForm {
            fields: BTreeMap::from([("phone".to_owned(), number)]),
            corrects: false,
            reason: String::new(),
        };
        person::change_details(&mut self.desk, Clinic::patient(0).to_string(), form)?;
        Ok(())
    }
}
