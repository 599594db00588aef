//! Coming to every state a laptop can be in, and standing still in each.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use clinic::view::{AgreeForm, AnswerValue, Goal, PrintForm, ReferralForm};
use clinic::{Desk, assess, door, intake, plan};
use store::{RestoreWith, restore, unlock};

use super::prepared::given;
use super::{Prepared, Victim};
use crate::torment::{SECRETS, newest};
use crate::{Fault, Laptop, PASSPHRASE, Said};

/// Comes to each state, says so, and waits for a line before it goes on.
pub fn stand(laptop: Laptop, out: &mut dyn Write, go_on: &mut dyn BufRead) -> Result<(), Fault> {
    let (desk, clock) = laptop.desk(0x57A7)?;
    let prepared = Prepared::read(&laptop)?;
    let mut victim = Victim {
        desk,
        clock,
        laptop,
        prepared,
        chance: crate::laptop::chance(1),
        out,
        go_on,
    };
    victim.come_to_every_state()?;
    drop(victim.desk);
    Said::Ends.to(victim.out)
}

impl Victim<'_> {
    fn come_to_every_state(&mut self) -> Result<(), Fault> {
        let staff = self.prepared.staff.clone();
        door::unlock(&mut self.desk, staff.clone(), PASSPHRASE.into())?;
        let patient = self.somebody()?;
        let assessment = assess::start_assessment(&mut self.desk, patient, "in-person".into())?;
        let words = given(AnswerValue::Text(SECRETS[6].into()));
        assess::record_answer(
            &mut self.desk,
            assessment.clone(),
            "pain-main".into(),
            words,
        )?;
        assess::leave_section(&mut self.desk, assessment.clone())?;
        self.stand("at work")?;
        let words = given(AnswerValue::Text(SECRETS[7].into()));
        assess::record_answer(&mut self.desk, assessment, "pain-main".into(), words)?;
        self.stand("typing")?;
        // The printer stands still with the paper in hand, and the program with it.
        self.print()?;
        door::lock(&mut self.desk)?;
        self.stand("locked")?;
        self.back_up_and_bring_back(&staff)
    }

    fn stand(&mut self, state: &str) -> Result<(), Fault> {
        Said::Stands(state.to_owned()).to(self.out)?;
        let mut line = String::new();
        if self.go_on.read_line(&mut line)? == 0 {
            return Err("nobody says to go on".into());
        }
        Ok(())
    }

    fn somebody(&mut self) -> Result<String, Fault> {
        let form = ReferralForm {
            family: SECRETS[0].into(),
            given: SECRETS[1].into(),
            nhs_number: SECRETS[2].into(),
            address: SECRETS[4].into(),
            born: SECRETS[5].into(),
            received: "2026-11-20".into(),
            referrer: "Dr Example".into(),
            reason: SECRETS[7].into(),
            letter: SECRETS[6].into(),
            ..ReferralForm::default()
        };
        Ok(intake::save_referral(&mut self.desk, form, None)?.patient)
    }

    /// A plan with a goal in it goes to the printer.
    fn print(&mut self) -> Result<(), Fault> {
        let id = self.prepared.finished.clone();
        self.sign()?;
        let desk: &mut Desk = &mut self.desk;
        for block in ["what-matters", "what-we-agreed", "flare-up"] {
            plan::save_plan_block(desk, id.clone(), block.into(), SECRETS[8].into())?;
        }
        let goal = Goal {
            text: SECRETS[8].into(),
            by: "2027-01-15".into(),
            confidence: Some(7),
        };
        plan::save_plan_goals(desk, id.clone(), vec![goal])?;
        plan::save_plan_review(desk, id.clone(), "2027-02-24".into())?;
        let agreed = AgreeForm {
            state: "agreed".into(),
            present: vec!["patient".into()],
            passphrase: PASSPHRASE.into(),
            ..AgreeForm::default()
        };
        plan::agree_plan(desk, id.clone(), agreed)?;
        plan::preview_plan(desk, id.clone(), true)?;
        let form = PrintForm {
            printer: "Slow".into(),
            copies: 2,
            large: false,
        };
        plan::print_plan(desk, id, form)?;
        Ok(())
    }

    fn back_up_and_bring_back(&mut self, staff: &str) -> Result<(), Fault> {
        let now = self.clock.now();
        let (place, keyring) = (self.laptop.place(), self.laptop.keyring());
        let mut chance = crate::laptop::chance(2);
        let opened = unlock(&place, &keyring, staff.parse()?, PASSPHRASE, now.at())?;
        let source = opened.backup_source();
        drop(opened);
        let to: PathBuf = self.laptop.backups();
        // In the midst of it: the copy is open to be looked at and has no name yet.
        let mut stood = Ok(());
        source.make(
            &to,
            "0.0.0-test",
            now,
            &mut |bytes| chance.fill(bytes),
            &mut |_| stood = self.stand("backing up"),
        )?;
        stood?;
        self.stand("backed up")?;
        let with = RestoreWith::Passphrase {
            staff: staff.parse()?,
            passphrase: PASSPHRASE,
        };
        let restored = restore(
            &newest(&self.laptop)?,
            &place,
            &keyring,
            &with,
            true,
            &mut |bytes| chance.fill(bytes),
            now.at(),
        )?;
        self.stand("restoring")?;
        drop(restored);
        self.stand("restored")
    }
}
