//! What the lists show of each patient: one derived row, written with the envelopes it comes from.

use std::collections::BTreeSet;
use std::{fmt, iter};

use record::id::PatientId;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params_from_iter};

use crate::{Store, StoreError};

/// What the lists show of one patient. Derived; can be made again from entries.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    /// The patient.
    pub patient: PatientId,
    /// What they are found by.
    pub known_by: KnownBy,
    /// Where they stand in the lists.
    pub standing: Standing,
    /// The rest, in the caller's form.
    pub json: String,
}

/// What a patient is found by, folded by the caller: lower case, no accents, no apostrophes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KnownBy {
    /// Words of the family name, joined ones too: `oneill o neill`.
    pub family: String,
    /// Words of every other name, present and former, and of the date of birth.
    pub words: String,
    /// Numbers, digits only: any run of at least [`crate::LEAST_DIGITS`] of them finds the patient.
    pub numbers: Vec<String>,
    /// Items that belong to the patient, such as assessments.
    pub items: Vec<String>,
    /// ISO days on which they are expected.
    pub days: Vec<String>,
    /// What they are compared by with others.
    pub likeness: Likeness,
}

/// What two people are compared by, folded. Empty where it is not known.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Address.
    pub place: String,
    /// ISO date of birth.
    pub born: String,
}

/// Where a patient stands in the lists.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The list.
    pub list: String,
    /// Lower comes first.
    pub priority: u8,
    /// ISO day by which equals are put in order; empty comes first.
    pub due: String,
    /// ISO day from which there is something to be done; empty when there is now.
    pub rests_until: String,
    /// First ISO day past 18 weeks of a wait that runs; empty when none does.
    pub breach: String,
    /// Something is open that stands above everything.
    pub red: bool,
    /// When the patient's record was last written; text that sorts.
    pub written: String,
}

// Every word of it is a patient's.
impl fmt::Debug for KnownBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KnownBy(..)")
    }
}

impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Summary")
            .field("patient", &self.patient)
            .finish_non_exhaustive()
    }
}

/// Columns of a [`Summary`], in the order that [`summary`] reads them.
pub(crate) const COLUMNS: &str = "patient, family, words, keys, like_family, like_given, \
    like_place, born, list, priority, due, rests_until, breach, red, written, json";

impl Store {
    /// One patient's summary.
    pub fn summary(&self, patient: PatientId) -> Result<Option<Summary>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM summary WHERE patient = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement
            .query_row([patient.as_bytes()], summary)
            .optional()?)
    }

    /// Items that begin so and belong to several patients, with whose they are; at most `limit`
    /// items, in their order.
    pub fn shared(
        &self,
        begins: &str,
        limit: u32,
    ) -> Result<Vec<(String, Vec<PatientId>)>, StoreError> {
        let (first, last) = (item_key(begins), item_key(&format!("{begins}\u{7f}")));
        let mut statement = self.connection.prepare_cached(
            "SELECT key, patient FROM (
                 SELECT key FROM found_by WHERE key >= ?1 AND key < ?2
                 GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT ?3
             ) JOIN found_by USING (key) JOIN summary USING (place) ORDER BY key, patient",
        )?;
        let rows = statement.query_map((first, last, limit), |row| {
            Ok((row.get::<_, String>(0)?, PatientId::from_bytes(row.get(1)?)))
        })?;
        let mut all: Vec<(String, Vec<PatientId>)> = Vec::new();
        for row in rows {
            let (key, patient) = row?;
            let item = key.strip_prefix(ITEM).unwrap_or(&key).to_owned();
            match all.last_mut() {
                Some((last, patients)) if *last == item => patients.push(patient),
                _ => all.push((item, vec![patient])),
            }
        }
        Ok(all)
    }

    /// How many patients there are.
    pub fn count(&self) -> Result<u64, StoreError> {
        self.tally("*")
    }

    /// Whose an item is.
    pub fn patient_of(&self, item: &str) -> Result<Option<PatientId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT patient FROM summary JOIN found_by USING (place) WHERE key = ?1",
        )?;
        let read = |row: &Row<'_>| Ok(PatientId::from_bytes(row.get(0)?));
        Ok(statement.query_row([item_key(item)], read).optional()?)
    }
}

// Kinds of keys, each by its first letter. Numbers have one key for every end of theirs.
const NUMBER: char = 'n';
const ITEM: char = 'i';
const DAY: char = 'd';

/// Fewer digits than this are no number but part of a date.
pub const LEAST_DIGITS: usize = 3;

/// The key under which the patient an item belongs to is found.
pub(crate) fn item_key(item: &str) -> String {
    format!("{ITEM}{item}")
}

/// The key under which patients expected on a day are found.
pub(crate) fn day_key(day: &str) -> String {
    format!("{DAY}{day}")
}

/// Where the keys of numbers with this run of digits begin and end.
pub(crate) fn number_keys(digits: &str) -> (String, String) {
    // A colon follows the digits in ASCII.
    (format!("{NUMBER}{digits}"), format!("{NUMBER}{digits}:"))
}

impl KnownBy {
    /// Every key they are found by: of a number, each end of it that is long enough.
    fn keys(&self) -> BTreeSet<String> {
        let ends = self.numbers.iter().flat_map(|number| ends(number));
        let ends = ends.map(|end| format!("{NUMBER}{end}"));
        let items = self.items.iter().map(|item| format!("{ITEM}{item}"));
        let days = self.days.iter().map(|day| format!("{DAY}{day}"));
        ends.chain(items).chain(days).collect()
    }

    fn keys_json(&self) -> String {
        serde_json::Value::from_iter(self.keys()).to_string()
    }

    /// The same for finding, in whatever order its numbers, items and days stand.
    fn is_known_as(&self, other: &Self) -> bool {
        (&self.family, &self.words, &self.likeness)
            == (&other.family, &other.words, &other.likeness)
            && self.keys() == other.keys()
    }

    /// The seven of [`COLUMNS`] after the patient, with the keys as they are kept.
    fn values<'a>(&'a self, keys: &'a dyn ToSql) -> [&'a dyn ToSql; 7] {
        let likeness = &self.likeness;
        [
            &self.family,
            &self.words,
            keys,
            &likeness.family,
            &likeness.given,
            &likeness.place,
            &likeness.born,
        ]
    }

    /// From the second column on, in the order of [`COLUMNS`].
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let keys: String = row.get(3)?;
        let keys: Vec<String> = serde_json::from_str(&keys).unwrap_or_default();
        let of = |kind: char| -> Vec<String> {
            let keys = keys.iter();
            keys.filter_map(|key| key.strip_prefix(kind).map(str::to_owned))
                .collect()
        };
        Ok(Self {
            family: row.get(1)?,
            words: row.get(2)?,
            numbers: whole(&of(NUMBER)),
            items: of(ITEM),
            days: of(DAY),
            likeness: Likeness {
                family: row.get(4)?,
                given: row.get(5)?,
                place: row.get(6)?,
                born: row.get(7)?,
            },
        })
    }
}

/// The ends of a number of at least [`LEAST_DIGITS`] digits, the whole included.
fn ends(digits: &str) -> impl Iterator<Item = &str> {
    (0..digits.len())
        .filter_map(|from| digits.get(from..))
        .filter(|end| end.len() >= LEAST_DIGITS)
}

/// Of the ends of numbers, those that are the end of no other.
fn whole(ends: &[String]) -> Vec<String> {
    let is_end = |end: &String| {
        ends.iter()
            .any(|one| one.len() > end.len() && one.ends_with(end.as_str()))
    };
    ends.iter().filter(|end| !is_end(end)).cloned().collect()
}

impl Summary {
    /// Whether the two are one row: what a patient is found by is compared as it is kept, in
    /// whatever order it is given.
    pub fn is_same_row(&self, other: &Self) -> bool {
        (self.patient, &self.standing, &self.json) == (other.patient, &other.standing, &other.json)
            && self.known_by.is_known_as(&other.known_by)
    }

    /// Writes the row. What a patient is found by changes seldom, so most writes leave every index
    /// of names and numbers alone.
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        let before = connection
            .prepare_cached(
                "SELECT place, family, words, keys, like_family, like_given, like_place, born
                 FROM summary WHERE patient = ?1",
            )?
            .query_row([self.patient.as_bytes()], |row| {
                Ok((row.get::<_, i64>(0)?, KnownBy::read(row)?))
            })
            .optional()?;
        match before {
            None => self.insert(connection),
            Some((place, known)) => {
                if !known.is_known_as(&self.known_by) {
                    self.rename(connection, place)?;
                }
                self.stand(connection, place)
            }
        }
    }

    fn insert(&self, connection: &Connection) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO summary ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
        );
        let (patient, keys) = (self.patient.as_bytes(), self.known_by.keys_json());
        let values = self.known_by.values(&keys).into_iter().chain(self.stands());
        let values = iter::once(&patient as &dyn ToSql).chain(values);
        connection
            .prepare_cached(&sql)?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Moves the patient in the lists.
    fn stand(&self, connection: &Connection, place: i64) -> Result<(), StoreError> {
        let values = iter::once(&place as &dyn ToSql).chain(self.stands());
        connection
            .prepare_cached(
                "UPDATE summary SET list = ?2, priority = ?3, due = ?4, rests_until = ?5,
                     breach = ?6, red = ?7, written = ?8, json = ?9 WHERE place = ?1",
            )?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Changes what the patient is known by.
    fn rename(&self, connection: &Connection, place: i64) -> Result<(), StoreError> {
        let keys = self.known_by.keys_json();
        let values = iter::once(&place as &dyn ToSql).chain(self.known_by.values(&keys));
        connection
            .prepare_cached(
                "UPDATE summary SET family = ?2, words = ?3, keys = ?4, like_family = ?5,
                     like_given = ?6, like_place = ?7, born = ?8 WHERE place = ?1",
            )?
            .execute(params_from_iter(values))?;
        Ok(())
    }

    /// Where the patient stands, and the rest: the last eight of [`COLUMNS`].
    fn stands(&self) -> [&dyn ToSql; 8] {
        let stands = &self.standing;
        [
            &stands.list,
            &stands.priority,
            &stands.due,
            &stands.rests_until,
            &stands.breach,
            &stands.red,
            &stands.written,
            &self.json,
        ]
    }
}

pub(crate) fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        patient: PatientId::from_bytes(row.get(0)?),
        known_by: KnownBy::read(row)?,
        standing: Standing {
            list: row.get(8)?,
            priority: row.get(9)?,
            due: row.get(10)?,
            rests_until: row.get(11)?,
            breach: row.get(12)?,
            red: row.get(13)?,
            written: row.get(14)?,
        },
        json: row.get(15)?,
    })
}
