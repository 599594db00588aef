use jiff::civil::Date;
use record::body::{Appointment, Death, Detail, Referral};
use record::nhs_number::NhsNumber;
use serde::{Deserialize, Serialize};

use super::{Case, Found, Held, slots};
use crate::refusal::Refusal;
use crate::words;

/// Who the patient is, as far as is known. Where two values are in conflict the first is shown
/// and `conflict` names the field; nothing is printed, sent or signed until it is settled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub(crate) family: String,
    pub(crate) given: String,
    pub(crate) title: String,
    pub(crate) preferred: String,
    pub(crate) born: Option<Date>,
    pub(crate) gender: String,
    pub(crate) nhs_number: Option<NhsNumber>,
    /// The number is known to be this person's: traced, and matched.
    pub(crate) number_status: String,
    pub(crate) phone: String,
    pub(crate) address: String,
    pub(crate) needs: String,
    pub(crate) gp: String,
    /// How the person wishes to be reached.
    pub(crate) contact_by: String,
    /// How not.
    pub(crate) contact_not: String,
    pub(crate) died: Option<Died>,
    /// NHS numbers that stand no more, ten digits each: people still ask for somebody by them.
    pub(crate) former_numbers: Vec<String>,
    pub(crate) conflict: Option<&'static str>,
    /// Details to reach the person by of which two values are in conflict: none is used.
    pub(crate) unreachable: Vec<&'static str>,
}

/// That the person has died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Died {
    /// The day, where the whole of it is known.
    pub(crate) on: Option<Date>,
    /// `20-Nov-2026`, `Nov-2026`, `2026`, or "date not known".
    pub(crate) words: String,
}

/// Fields whose conflict stops printing, sending and signing, with their words.
const IDENTITY: [(&str, &str); 4] = [
    ("family", "family name"),
    ("given", "given name"),
    ("born", "date of birth"),
    ("nhs-number", "NHS number"),
];

/// Fields to reach the person by: in a conflict none is used.
const REACH: [(&str, &str); 4] = [
    ("phone", "telephone"),
    ("address", "address"),
    ("contact-by", "way to be reached"),
    ("contact-not", "way not to be reached"),
];

/// The words of a detail that says who the patient is; none for any other.
pub(crate) fn identity_field(field: &str) -> Option<&'static str> {
    let known = IDENTITY.iter().find(|(name, _)| *name == field);
    known.map(|(_, words)| *words)
}

impl Identity {
    /// `Thabo Ndlovu`, as printed for the patient.
    pub(crate) fn spoken(&self) -> String {
        [self.given.as_str(), self.family.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Born in words, or "Not known".
    pub(crate) fn born_words(&self, today: Date) -> String {
        self.born
            .map_or_else(|| "Not known".to_owned(), |born| words::born(born, today))
    }

    /// The number in words, or "No NHS number".
    pub(crate) fn number_words(&self) -> String {
        self.nhs_number
            .as_ref()
            .map_or_else(|| "No NHS number".to_owned(), ToString::to_string)
    }

    /// Age in whole years, if the birth date is known.
    pub(crate) fn age(&self, on: Date) -> Option<i32> {
        self.born.map(|born| words::age(born, on))
    }
}

impl Case {
    /// Who the patient is.
    pub(crate) fn identity(&self) -> &Identity {
        self.identity.get_or_init(|| self.read_identity())
    }

    fn read_identity(&self) -> Identity {
        let text = |field: &str| self.first(field);
        // In a conflict of what reaches the person none is used: SAFETY 1.
        let reach = |field: &str| {
            if self.differs(field) {
                String::new()
            } else {
                self.first(field)
            }
        };
        let number: Option<NhsNumber> = text("nhs-number").parse().ok();
        let differing = IDENTITY.iter().find(|(field, _)| self.differs(field));
        let conflict = differing
            .map(|(_, words)| *words)
            .or_else(|| self.death_differs().then_some("death"))
            .or_else(|| (!self.disputed().is_empty()).then_some("link with another record"));
        Identity {
            family: text("family"),
            given: text("given"),
            title: text("title"),
            preferred: text("preferred"),
            born: words::iso(&text("born")),
            gender: text("gender"),
            number_status: status_of(&text("nhs-number-status"), number.as_ref()),
            nhs_number: number,
            phone: reach("phone"),
            address: reach("address"),
            needs: text("needs"),
            gp: reach("gp"),
            contact_by: reach("contact-by"),
            contact_not: reach("contact-not"),
            died: self.died(),
            former_numbers: self.former_numbers(),
            conflict,
            unreachable: REACH
                .iter()
                .filter(|(field, _)| self.differs(field))
                .map(|(_, words)| *words)
                .collect(),
        }
    }

    /// The value of a detail; of several the first in the order for display.
    fn first(&self, field: &str) -> String {
        self.held::<Detail>(&slots::detail(field))
            .all()
            .first()
            .map(|found| found.body.value.clone())
            .unwrap_or_default()
    }

    /// Whether a detail holds values that did not see each other and are not the same.
    pub(crate) fn differs(&self, field: &str) -> bool {
        let held = self.held::<Detail>(&slots::detail(field));
        let differ =
            |pair: &[Found<'_, &Detail>]| matches!(pair, [a, b] if a.body.value != b.body.value);
        matches!(held, Held::Newer(_)) || held.all().windows(2).any(differ)
    }

    /// Whether what is said of a death differs. The words beside it may.
    pub(crate) fn death_differs(&self) -> bool {
        let held = self.held::<Death>(slots::DEATH);
        let newer = matches!(held, Held::Newer(_));
        newer || held.all().windows(2).any(|pair| {
            matches!(pair, [a, b] if (a.body.died, &a.body.date) != (b.body.died, &b.body.date))
        })
    }

    /// The death, when all that is said agrees that there was one; somebody who may be alive stays
    /// on the lists until it is settled.
    fn died(&self) -> Option<Died> {
        let held = self.held::<Death>(slots::DEATH);
        let said = held.all();
        let first = said.first()?;
        said.iter().all(|found| found.body.died).then(|| Died {
            on: words::iso(&first.body.date),
            words: words::partial_date(&first.body.date),
        })
    }

    /// Numbers that were written and stand no more, newest first, and those that stand beside the
    /// first one in a conflict.
    fn former_numbers(&self) -> Vec<String> {
        let first = self.first("nhs-number");
        let mut once = Vec::new();
        for placed in self.record.timeline().into_iter().rev() {
            let Some(found) = self.read::<Detail>(placed) else {
                continue;
            };
            let value = &found.body.value;
            let former = found.body.field == "nhs-number" && !value.is_empty() && *value != first;
            if former && !once.contains(value) && self.record.in_error(&placed.id).is_none() {
                once.push(value.clone());
            }
        }
        once
    }

    /// Refuses what goes out or bears a name while it is not settled who the patient is, or whether
    /// they live: no value is the safer one (SAFETY 1).
    pub(crate) fn settled(&self) -> Result<(), Refusal> {
        match self.identity().conflict {
            Some(what) => Err(Refusal::plain(format!(
                "The {what} is in conflict. Settle it before anything is printed, sent or signed."
            ))),
            None => Ok(()),
        }
    }

    /// Referrals, newest first.
    pub(crate) fn referrals(&self) -> Vec<Found<'_, &Referral>> {
        let mut all: Vec<_> = self
            .under::<Referral>("referral/")
            .into_iter()
            .flat_map(into_all)
            .collect();
        all.sort_by(|a, b| b.body.received.cmp(&a.body.received));
        all
    }

    /// Places in clinic lists, soonest first.
    pub(crate) fn appointments(&self) -> Vec<Appointment> {
        let mut all: Vec<_> = self
            .under::<Appointment>("appointment/")
            .into_iter()
            .flat_map(into_all)
            .map(|found| found.body.clone())
            .collect();
        all.sort_by(|a, b| (&a.date, &a.time).cmp(&(&b.date, &b.time)));
        all
    }
}

pub(super) fn into_all<T>(held: Held<T>) -> Vec<T> {
    match held {
        Held::Nothing => Vec::new(),
        Held::One(value) => vec![value],
        Held::Conflict(values) | Held::Newer(values) => values,
    }
}

/// The status of an NHS number, if it was said of the number that stands now.
fn status_of(said: &str, number: Option<&NhsNumber>) -> String {
    let (of, status) = said.split_once(' ').unwrap_or_default();
    match number {
        Some(number) if number.digits() == of => status.to_owned(),
        _ => String::new(),
    }
}
