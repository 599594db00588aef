//! A day at a spoke without a network, and its evening on a thin link.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::{Duration, Instant};

use record::envelope::Envelope;
use record::log::EventLog;
use testkit::Fault;
use testkit::cable::Hosts;

use crate::clinic_of_two::{Clinic, Desk, Link, PATIENCE, Side};
use crate::seen::Seen;
use crate::tells::{Carries, Does, Order, Tells};
use crate::written::due;

/// How long nothing new may be seen before a run gives up.
const STUCK: Duration = Duration::from_secs(300);
/// One look at what the programs say.
const GLANCE: Duration = Duration::from_millis(50);

/// What a day is like.
pub(crate) struct Plan {
    assessments: u64,
    seed: u64,
    /// Times faster than the thin link.
    faster: u32,
    loopback: bool,
}

impl Plan {
    pub(crate) fn read(options: &[&str]) -> Result<Self, Fault> {
        let (mut assessments, mut seed, mut faster) = (40, 1, 1);
        let mut numbers = [
            ("--assessments", &mut assessments),
            ("--seed", &mut seed),
            ("--faster", &mut faster),
        ];
        let rest = crate::read(options, &mut numbers)?;
        let loopback = rest == ["--loopback"];
        if !rest.is_empty() && !loopback {
            return Err(format!("'{}' is not an option of day", rest.join(" ")).into());
        }
        Ok(Self {
            assessments: assessments.max(2),
            seed,
            faster: u32::try_from(faster.max(1))?,
            loopback,
        })
    }
}

/// The programs of a day.
struct Day<'a> {
    clinic: Clinic,
    link: Link,
    hub: Desk,
    spoke: Desk,
    seen: Seen<'a>,
    cuts: u32,
}

/// Lives through it. Gives whether nothing was lost and emergencies went first.
pub(crate) fn day(plan: &Plan, out: &mut dyn Write) -> Result<bool, Fault> {
    let hosts = if plan.loopback {
        Hosts::loopback()
    } else {
        Hosts::apart()
    };
    writeln!(out, "On {}.", hosts.in_words())?;
    let kbit = 32 * plan.faster;
    let delay = 600 / plan.faster;
    writeln!(
        out,
        "The link: {kbit} kbit/s and {delay} ms each way, one segment of ten lost, cut now and \
         then, by a proxy with seed {}.",
        plan.seed
    )?;
    let every = Duration::from_secs(20) / plan.faster;
    let mut day = Day::begin(plan, hosts, Seen::new(out, every))?;
    let early = day.work(plan)?;
    let first = day.evening(plan, &early)?;
    let lost = day.go_home()?;
    Ok(first && lost == 0)
}

impl<'a> Day<'a> {
    /// Everybody is in, on a good network.
    fn begin(plan: &Plan, hosts: Hosts, seen: Seen<'a>) -> Result<Self, Fault> {
        let mut clinic = Clinic::open(hosts, None, plan.seed)?;
        clinic.server.start()?;
        let link = clinic.link(plan.faster)?;
        let (hub, spoke) = (clinic.desk(Side::Hub)?, clinic.desk(Side::Spoke)?);
        for desk in [&hub, &spoke] {
            desk.until_up_to_date(PATIENCE)?;
        }
        Ok(Self {
            clinic,
            link,
            hub,
            spoke,
            seen,
            cuts: 0,
        })
    }

    /// The cable is out. The day's assessments, and an emergency in the midst of them.
    fn work(&mut self, plan: &Plan) -> Result<String, Fault> {
        self.link.order(Order::Out)?;
        self.clinic.hosts.plug(false)?;
        let (begun, half) = (Instant::now(), plan.assessments / 2);
        self.assess(1, half)?;
        let emergency = self.emergency(plan.assessments + 1)?;
        self.assess(1 + half, plan.assessments - half)?;
        let took = begun.elapsed().as_secs_f32();
        self.seen.say(&format!(
            "{} assessments and an emergency written with the cable out, in {took:.0} s",
            plan.assessments
        ))?;
        Ok(emergency)
    }

    fn assess(&mut self, first: u64, count: u64) -> Result<(), Fault> {
        self.does(&Does::Assess { first, count }).map(drop)
    }

    fn emergency(&mut self, number: u64) -> Result<String, Fault> {
        let found = self.does(&Does::Emergency { number })?;
        Ok(found.ok_or("no emergency was found")?)
    }

    /// Lets the nurse do something to its end. Gives the patient when it was an emergency.
    fn does(&mut self, what: &Does) -> Result<Option<String>, Fault> {
        self.spoke.say(what)?;
        let (mut last, mut emergency) = (Instant::now(), None);
        loop {
            let left = STUCK.saturating_sub(last.elapsed());
            match self.spoke.hear(left)? {
                Some(Tells::Done) => return Ok(emergency),
                Some(Tells::Emergency { patient }) => emergency = Some(patient),
                Some(Tells::Saved { .. }) => last = Instant::now(),
                Some(told) => self.seen.at_spoke(told)?,
                None => return Err("the nurse does not come to an end".into()),
            }
        }
    }

    /// The cable is put in, and leads to the thin link. Whether emergencies went first.
    fn evening(&mut self, plan: &Plan, early: &str) -> Result<bool, Fault> {
        self.hub.say(&Does::WatchEmergencies)?;
        self.link.order(Order::Thin)?;
        self.link.order(Order::In)?;
        self.clinic.hosts.plug(true)?;
        self.seen.begin();
        self.seen.say("the cable is in")?;
        self.does(&Does::TryNow)?;
        let mut first = self.is_first(plan, early)?;
        while self.seen.sent < plan.assessments / 4 {
            if self.seen.up_to_date {
                return Err("the screen never said how many patients were sent".into());
            }
            self.glance()?;
        }
        let late = self.emergency(plan.assessments + 2)?;
        first &= self.goes_ahead(plan, &late)?;
        while !self.seen.up_to_date {
            self.glance()?;
        }
        self.figures(plan, first)?;
        Ok(first)
    }

    /// An emergency was found just now. Whether it is at the hub server before what was left of the
    /// day's work; a machine that is slow and in a hurry may have nothing left.
    fn goes_ahead(&mut self, plan: &Plan, patient: &str) -> Result<bool, Fault> {
        let (found, left) = (self.seen.since(), self.work_waits(plan));
        self.seen.say("another emergency is found")?;
        let first = self.is_first(plan, patient)?;
        let words = format!(
            "{:.1} s after it was found; {} of {} patients were sent",
            self.seen.since().saturating_sub(found).as_secs_f32(),
            self.seen.sent,
            plan.assessments + 2
        );
        self.seen.say(&words)?;
        if !left {
            self.seen.say("nothing was left for it to go ahead of")?;
        }
        Ok(first || !left)
    }

    /// Looks on until this emergency is at the hub server, and then until it stands red at the hub.
    /// Whether some of the day's work was still on its way when the hub server had it.
    fn is_first(&mut self, plan: &Plan, patient: &str) -> Result<bool, Fault> {
        while !self.seen.at_hub_server.contains(patient) {
            self.glance()?;
        }
        let first = self.work_waits(plan);
        while !self.seen.red.contains(patient) {
            self.glance()?;
        }
        Ok(first)
    }

    /// Whether some of the day's work is still on its way, by what the screen says.
    fn work_waits(&self, plan: &Plan) -> bool {
        !self.seen.up_to_date && self.seen.sent < plan.assessments
    }

    fn glance(&mut self) -> Result<(), Fault> {
        if self.seen.since() > STUCK + Duration::from_secs(3600) {
            return Err("the exchange does not come to an end".into());
        }
        if let Some(told) = self.spoke.hear(GLANCE)? {
            self.seen.at_spoke(told)?;
        }
        if let Some(told) = self.hub.hear(Duration::ZERO)? {
            self.seen.at_hub(told)?;
        }
        if let Some(Carries::Cut { millis, told }) = self.link.hear(Duration::ZERO)? {
            self.cuts += 1;
            let how = if told {
                "the connections break"
            } else {
                "nobody is told"
            };
            let seconds = Duration::from_millis(millis).as_secs_f32();
            self.seen
                .say(&format!("the link is cut for {seconds:.1} s, {how}"))?;
        }
        Ok(())
    }

    fn figures(&mut self, plan: &Plan, first: bool) -> Result<(), Fault> {
        let took = self.seen.since().as_secs_f64();
        self.link.say(&Order::Count)?;
        let counted = self.link.until("a count", PATIENCE, |told| match told {
            Carries::Counted {
                up,
                down,
                segments,
                lost,
            } => Some((up, down, segments, lost)),
            _ => None,
        })?;
        let (up, down, segments, lost) = counted;
        self.seen.say(&format!(
            "{} assessments and 2 emergencies exchanged in {took:.0} s",
            plan.assessments
        ))?;
        self.seen.say(&format!(
            "{up} bytes up, {down} down, TLS and all; {} bytes up for each case",
            up / (plan.assessments + 2)
        ))?;
        self.seen.say(&format!(
            "{segments} segments, {lost} lost on the way; {} cuts",
            self.cuts
        ))?;
        self.seen.say(if first {
            "both emergencies were at the hub server before the day's work"
        } else {
            "AN EMERGENCY WAITED for the day's work"
        })
    }

    /// Everybody locks. What the spoke wrote has to be at the hub, byte for byte. Gives what is not.
    fn go_home(mut self) -> Result<usize, Fault> {
        self.link.order(Order::Free)?;
        // Receipts of the last minute are on their way to and fro yet.
        std::thread::sleep(Duration::from_secs(2));
        for mut desk in [self.spoke, self.hub] {
            desk.say(&Does::End)?;
            desk.ended()?;
        }
        let (spoke, hub) = (
            self.clinic.record(Side::Spoke)?,
            self.clinic.record(Side::Hub)?,
        );
        let written = due(&spoke)?;
        let ids: Vec<_> = written.iter().map(Envelope::id).collect();
        let there: BTreeSet<_> = EventLog::envelopes(&hub.store, &ids)?
            .iter()
            .map(Envelope::to_bytes)
            .collect();
        let lost = written
            .iter()
            .filter(|it| !there.contains(&it.to_bytes()))
            .count();
        self.seen
            .say(&format!("{lost} envelopes lost of {}", written.len()))?;
        Ok(lost)
    }
}
