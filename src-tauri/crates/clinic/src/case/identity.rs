use jiff::civil::Date;
use record::body::{Appointment, Detail, Referral};
use record::nhs_number::NhsNumber;

use super::{Case, Found, Held, slots};
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
    pub(crate) phone: String,
    pub(crate) address: String,
    pub(crate) needs: String,
    pub(crate) gp: String,
    pub(crate) died: Option<Date>,
    pub(crate) conflict: Option<&'static str>,
}

/// Fields whose conflict stops printing, sending and signing, with their words.
const IDENTITY: [(&str, &str); 5] = [
    ("family", "family name"),
    ("given", "given name"),
    ("born", "date of birth"),
    ("nhs-number", "NHS number"),
    ("died", "date of death"),
];

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
        let text = |field: &str| {
            self.held::<Detail>(&slots::detail(field))
                .all()
                .first()
                .map(|found| found.body.value.clone())
                .unwrap_or_default()
        };
        let conflict = IDENTITY
            .iter()
            .find(|(field, _)| {
                let held = self.held::<Detail>(&slots::detail(field));
                held.all()
                    .windows(2)
                    .any(|pair| matches!(pair, [a, b] if a.body.value != b.body.value))
            })
            .map(|(_, words)| *words);
        Identity {
            family: text("family"),
            given: text("given"),
            title: text("title"),
            preferred: text("preferred"),
            born: words::iso(&text("born")),
            gender: text("gender"),
            nhs_number: text("nhs-number").parse().ok(),
            phone: text("phone"),
            address: text("address"),
            needs: text("needs"),
            gp: text("gp"),
            died: words::iso(&text("died")),
            conflict,
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
        Held::Conflict(values) => values,
    }
}
