//! What a person does in one step.

use clinic::view::{AnswerValue, AnswerView, DecisionForm, LocalNumbers};
use clinic::{assess, decide, door, intake};
use jiff::SignedDuration;

use super::prepared::{form, given};
use super::{Done, Victim};
use crate::names::person;
use crate::{Fact, Fault, PASSPHRASE, Person};

impl Victim<'_> {
    pub(super) fn unlock(&mut self) -> Result<(), Fault> {
        let staff = self.prepared.staff.clone();
        self.step(&Fact::Step("unlock".into()), |desk| {
            door::unlock(desk, staff.clone(), PASSPHRASE.into())
        })?;
        Ok(())
    }

    pub(super) fn lock(&mut self) -> Done<()> {
        self.step(&Fact::Step("lock".into()), |desk| {
            door::lock(desk).map(drop)
        })
    }

    /// Up to a minute passes.
    pub(super) fn pause(&mut self) -> Result<(), Fault> {
        let seconds = i64::try_from(self.pick(60)).unwrap_or(0);
        self.clock.turn(SignedDuration::from_secs(seconds))
    }

    /// The clock is set back a year, forward ten, or to summer time and back.
    pub(super) fn jump(&mut self) -> Result<(), Fault> {
        match self.pick(5) {
            0..=1 => self.clock.turn(SignedDuration::from_hours(-24 * 365)),
            2 => self.clock.turn(SignedDuration::from_hours(24 * 3652)),
            3 => self.clock.change_hour(),
            _ => self.pause(),
        }
    }

    pub(super) fn answer(&mut self) -> Done<()> {
        let (question, answer) = match self.pick(8) {
            0..=2 => {
                let words = format!("Low back, told {} times", self.pick(1000));
                ("pain-main", given(AnswerValue::Text(words)))
            }
            3..=4 => ("pain-average", self.rating()),
            5..=6 => ("pain-worst", self.rating()),
            _ => {
                let sign = if self.pick(2) == 0 {
                    "present"
                } else {
                    "absent"
                };
                ("ces-saddle", given(AnswerValue::Text(sign.into())))
            }
        };
        self.answer_with(question, &answer)
    }

    fn rating(&mut self) -> AnswerView {
        let number = i64::try_from(self.pick(11)).unwrap_or(0);
        given(AnswerValue::Number(number))
    }

    fn answer_with(&mut self, question: &str, answer: &AnswerView) -> Done<()> {
        let assessment = self.prepared.open.clone();
        let fact = Fact::Answer {
            assessment: assessment.clone(),
            question: question.to_owned(),
            answer: serde_json::to_string(answer)?,
        };
        self.step(&fact, |desk| {
            assess::record_answer(
                desk,
                assessment.clone(),
                question.to_owned(),
                answer.clone(),
            )
            .map(drop)
        })
    }

    pub(super) fn leave_section(&mut self) -> Done<()> {
        let assessment = self.prepared.open.clone();
        self.step(&Fact::Step("leave the section".into()), |desk| {
            assess::leave_section(desk, assessment.clone()).map(drop)
        })
    }

    pub(super) fn refer(&mut self) -> Done<()> {
        let sign = self.pick(3) == 0;
        let somebody = person(self.pick(800_000), sign);
        let mut form = form(&somebody);
        form.received = self.clock.now().local().date().to_string();
        self.step(&Fact::Referrals(vec![somebody]), |desk| {
            intake::save_referral(desk, form.clone(), None).map(drop)
        })
    }

    pub(super) fn import(&mut self, rows: u64) -> Done<()> {
        let first = self.pick(800_000);
        let people: Vec<Person> = (first..first + rows)
            .map(|number| person(number, false))
            .collect();
        // A made-up person who looks like one already here is left out by the import, rightly.
        let file = file_of(&people);
        let look = Fact::Step("look at the file".into());
        let offered = self.step(&look, |desk| intake::check_csv(desk, file.clone()))?;
        let Some(offered) = offered else {
            return Ok(None);
        };
        let taken = |line: usize| {
            offered.good.iter().any(|row| {
                usize::try_from(row.line).is_ok_and(|at| at == line) && row.already_known.is_empty()
            })
        };
        let people: Vec<Person> = people
            .into_iter()
            .enumerate()
            .filter(|(row, _)| taken(row + 2))
            .map(|(_, person)| person)
            .collect();
        let text = file_of(&people);
        self.step(&Fact::Referrals(people), |desk| {
            intake::import_csv(desk, text.clone()).map(drop)
        })
    }

    pub(super) fn number(&mut self) -> Done<()> {
        let crisis = format!("01632 960{:03}", self.pick(1000));
        let numbers = LocalNumbers {
            crisis: crisis.clone(),
            ..LocalNumbers::default()
        };
        self.step(&Fact::Number(crisis), |desk| {
            door::save_local_numbers(desk, numbers.clone()).map(drop)
        })
    }

    pub(super) fn sign(&mut self) -> Done<()> {
        let assessment = self.prepared.finished.clone();
        let own = |basis_digest: String| DecisionForm {
            lead: "D05".into(),
            urgency: "soon".into(),
            reason: "clinical-judgement".into(),
            reason_text: "Seen together with the physiotherapist today.".into(),
            basis_digest,
            passphrase: PASSPHRASE.into(),
            ..DecisionForm::default()
        };
        let look = Fact::Step("look at the result".into());
        let Some(mut drawn) = self.step(&look, |desk| {
            decide::triage_result(desk, assessment.clone())
        })?
        else {
            return Ok(None);
        };
        if drawn.triage.hidden {
            let choose = Fact::Step("choose first".into());
            let form = own(drawn.basis_digest.clone());
            if let Some(shown) = self.step(&choose, |desk| {
                decide::choose_first(desk, assessment.clone(), form.clone())
            })? {
                drawn = shown;
            }
        }
        let fact = Fact::Signed {
            assessment: assessment.clone(),
        };
        let form = own(drawn.basis_digest);
        self.step(&fact, |desk| {
            decide::sign_decision(desk, assessment.clone(), form.clone()).map(drop)
        })
    }
}

/// A file of referrals as an office exports it.
fn file_of(people: &[Person]) -> String {
    let mut text =
        String::from("NHS number,Family name,Given name,Date of birth,Received,Referrer,Reason\n");
    for person in people {
        let born: Vec<&str> = person.born.split('-').rev().collect();
        text.push_str(&format_row(person, &born.join("/")));
    }
    text
}

fn format_row(person: &Person, born: &str) -> String {
    format!(
        "{},{},{},{born},20/11/2026,Dr Example,\"{}\"\n",
        person.number, person.family, person.given, person.reason
    )
}
