//! The details of a person: what each is called, and what it may hold.

use jiff::civil::Date;
use record::nhs_number::NhsNumber;

use crate::view::Choice;
use crate::words;

/// A detail is not longer than this. The record's own limits are far beyond.
const LONGEST: usize = 400;

/// A detail of a person.
pub(super) struct Field {
    /// As in the record, `detail/<id>`.
    pub(super) id: &'static str,
    pub(super) label: &'static str,
    /// It says who this is: SAFETY 1, last row.
    pub(super) identifies: bool,
    pub(super) choices: &'static [(&'static str, &'static str)],
}

const fn field(id: &'static str, label: &'static str) -> Field {
    Field {
        id,
        label,
        identifies: false,
        choices: &[],
    }
}

const fn identifying(id: &'static str, label: &'static str) -> Field {
    Field {
        identifies: true,
        ..field(id, label)
    }
}

/// Every detail, in the order of the form.
pub(super) const FIELDS: [Field; 14] = [
    identifying("family", "Family name"),
    identifying("given", "Given names"),
    field("title", "Title"),
    field("preferred", "Preferred name"),
    identifying("born", "Date of birth"),
    Field {
        choices: &[
            ("female", "Female"),
            ("male", "Male"),
            ("other", "Other"),
            ("not-known", "Not known"),
        ],
        ..field("gender", "Gender")
    },
    identifying("nhs-number", "NHS number"),
    Field {
        choices: &[
            ("verified", "Traced and verified"),
            ("not-traced", "Not yet traced"),
            ("no-match", "Traced, no single match"),
        ],
        ..field("nhs-number-status", "NHS number status")
    },
    field("phone", "Telephone"),
    field("address", "Address"),
    field("gp", "GP"),
    field("needs", "Needs"),
    Field {
        choices: &[
            ("phone", "Telephone"),
            ("text", "Text message"),
            ("letter", "Letter"),
            ("email", "Email"),
        ],
        ..field("contact-by", "Prefers to be reached by")
    },
    field("contact-not", "Do not"),
];

/// The field of that id.
pub(super) fn by_id(id: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.id == id)
}

impl Field {
    /// The choices, for the screen.
    pub(super) fn offered(&self) -> Vec<Choice> {
        let choice = |(value, label): &(&str, &str)| Choice {
            value: (*value).into(),
            label: (*label).into(),
        };
        self.choices.iter().map(choice).collect()
    }

    /// A value as staff read it.
    pub(super) fn words(&self, value: &str) -> String {
        let chosen = self.choices.iter().find(|(known, _)| *known == value);
        match (self.id, chosen) {
            (_, Some((_, label))) => (*label).into(),
            (_, None) if value.is_empty() => "Not known".into(),
            ("born", None) => words::staff_iso(value),
            ("nhs-number", None) => value
                .parse::<NhsNumber>()
                .map_or_else(|_| value.to_owned(), |number| number.to_string()),
            _ => value.to_owned(),
        }
    }

    /// The value as it is kept, or what is wrong with it.
    pub(super) fn kept(&self, typed: &str, today: Date) -> Result<String, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return match self.id {
                "family" => Err("Enter the family name, or the only name a person has.".to_owned()),
                _ => Ok(String::new()),
            };
        }
        if typed.chars().count() > LONGEST {
            return Err(format!("At most {LONGEST} characters."));
        }
        if !self.choices.is_empty() && !self.choices.iter().any(|(known, _)| *known == typed) {
            return Err("Choose from the list.".into());
        }
        match self.id {
            "born" => born(typed, today),
            "nhs-number" => NhsNumber::parse(typed)
                .map(|number| number.digits())
                .map_err(|error| error.to_string()),
            _ => Ok(typed.to_owned()),
        }
    }
}

fn born(typed: &str, today: Date) -> Result<String, String> {
    match words::iso(typed) {
        None => Err("Enter a date that exists.".into()),
        Some(date) if date > today => Err("This date is in the future.".into()),
        Some(date) if date.year() < 1900 => Err("This date is before 1900.".into()),
        Some(date) => Ok(date.to_string()),
    }
}
