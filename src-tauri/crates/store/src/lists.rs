//! The worklist and its neighbours, drawn by index: nothing here reads every patient.

use rusqlite::{OptionalExtension, Row, ToSql, params, params_from_iter};

use crate::search::Asked;
use crate::summaries::{COLUMNS, day_key, item_key, summary};
use crate::{Likeness, Store, StoreError, Summary};

/// A list of patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List<'a> {
    /// Everybody.
    All,
    /// Those who stand in the list of that name.
    Named(&'a str),
    /// Those with something to be done on that ISO day or before.
    ToDo(&'a str),
    /// Those whose wait passes 18 weeks on that ISO day or before, if nothing stops it.
    Breaching(&'a str),
    /// Those with something open that stands above everything.
    Red,
    /// Those expected on that ISO day.
    On(&'a str),
    /// Those an item belongs to, such as an assessment or an owner.
    With(&'a str),
}

/// Some rows of a list, in order: by priority, then due, then patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Summary>,
    /// How many there are with those that are not shown.
    pub count: u64,
    /// There may be more than `count`: counting stopped there.
    pub or_more: bool,
}

/// A list of at most this many is filtered by reading it. A design decision: it takes about as long
/// as one frame of the screen.
const READ_WHOLE: u64 = 2000;

/// Of a longer list, those who fit are found first, up to this many. A design decision.
const MATCHES: usize = 500;

const ORDER: &str = "ORDER BY priority, due, patient";

impl List<'_> {
    /// The condition, with at most one parameter.
    fn condition(&self) -> (&'static str, Option<String>) {
        match self {
            Self::All => ("1", None),
            Self::Named(list) => ("list = ?1", Some((*list).to_owned())),
            Self::ToDo(day) => ("rests_until <= ?1", Some((*day).to_owned())),
            Self::Breaching(day) => ("breach <> '' AND breach <= ?1", Some((*day).to_owned())),
            Self::Red => ("red = 1", None),
            Self::On(day) => (
                "place IN (SELECT place FROM found_by WHERE key = ?1)",
                Some(day_key(day)),
            ),
            Self::With(item) => (
                "place IN (SELECT place FROM found_by WHERE key = ?1)",
                Some(item_key(item)),
            ),
        }
    }
}

impl Store {
    /// Some rows of a list, from the one after `skip` on.
    pub fn list(&self, list: List<'_>, skip: u32, limit: u32) -> Result<Rows, StoreError> {
        let (condition, value) = list.condition();
        let from = match list {
            // What waits for no day stands in order in the index; what a day woke is put among it.
            List::ToDo(_) => format!(
                "SELECT * FROM (SELECT place, priority, due, patient FROM summary
                     WHERE rests_until = '' {ORDER} LIMIT {most})
                 UNION ALL
                 SELECT * FROM (SELECT place, priority, due, patient FROM summary
                     WHERE rests_until > '' AND rests_until <= ?1 {ORDER} LIMIT {most})",
                most = u64::from(skip) + u64::from(limit),
            ),
            _ => format!("SELECT place, priority, due, patient FROM summary WHERE {condition}"),
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM summary WHERE place IN (
                 SELECT place FROM ({from}) {ORDER} LIMIT {limit} OFFSET {skip}) {ORDER}"
        );
        Ok(Rows {
            rows: self.rows(&sql, value)?,
            count: self.count_of(list)?,
            or_more: false,
        })
    }

    /// How many stand in a list.
    pub fn count_of(&self, list: List<'_>) -> Result<u64, StoreError> {
        match list {
            List::All => self.tally("*"),
            List::Named(name) => self.tally(name),
            List::ToDo(day) => {
                let woken =
                    "SELECT count(*) FROM summary WHERE rests_until > '' AND rests_until <= ?1";
                Ok(self.tally("!")? + self.number(woken, [day])?)
            }
            _ => {
                let (condition, value) = list.condition();
                let sql = format!("SELECT count(*) FROM summary WHERE {condition}");
                self.number(&sql, params_from_iter(value))
            }
        }
    }

    /// The rows of a list that are also asked for. A long list is not read through: the first
    /// 500 people who fit are, and `or_more` says so.
    pub fn filtered(
        &self,
        list: List<'_>,
        asked: &Asked,
        skip: u32,
        limit: u32,
    ) -> Result<Rows, StoreError> {
        let length = self.count_of(list)?;
        let (mut rows, or_more) = if length <= READ_WHOLE {
            let whole = self.list(list, 0, u32::try_from(length).unwrap_or(u32::MAX))?;
            let fit = |row: &Summary| asked.fits(&row.known_by);
            (
                whole.rows.into_iter().filter(fit).collect::<Vec<_>>(),
                false,
            )
        } else {
            let (places, or_more) = self.places(asked, MATCHES)?;
            (self.those_in(list, &places)?, or_more)
        };
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let from = usize::try_from(skip).unwrap_or(usize::MAX).min(rows.len());
        rows.drain(..from);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(Rows {
            rows,
            count,
            or_more,
        })
    }

    /// Of these places, those in a list, in its order.
    fn those_in(&self, list: List<'_>, places: &[i64]) -> Result<Vec<Summary>, StoreError> {
        let (condition, value) = list.condition();
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM summary WHERE place IN ({}) AND {condition} {ORDER}",
            places.join(",")
        );
        // Not cached: it is another statement each time.
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(value), summary)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The patient whose record was last written.
    pub fn last_written(&self) -> Result<Option<Summary>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM summary ORDER BY written DESC LIMIT 1");
        Ok(self.rows(&sql, None::<&str>)?.pop())
    }

    /// Who is easily taken for this one, at most `limit`: the same family name and a birth date
    /// between the two days, or none known, or the same given name or address; or the same birth
    /// date and given name. With no birth date of their own, everybody of that family name.
    pub fn likes(
        &self,
        patient: Option<record::id::PatientId>,
        one: &Likeness,
        near: Option<(&str, &str)>,
        limit: usize,
    ) -> Result<Vec<record::id::PatientId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT patient FROM summary WHERE place = ?1")?;
        let places = self.like_places(patient, one, near, limit)?.into_iter();
        places
            .map(|place| {
                let id = statement.query_row([place], |row| row.get(0))?;
                Ok(record::id::PatientId::from_bytes(id))
            })
            .collect()
    }

    /// Whether anybody is easily taken for this patient. Reads no rows, only indexes.
    pub fn has_like(
        &self,
        patient: record::id::PatientId,
        one: &Likeness,
        near: Option<(&str, &str)>,
    ) -> Result<bool, StoreError> {
        Ok(!self.like_places(Some(patient), one, near, 1)?.is_empty())
    }

    fn like_places(
        &self,
        patient: Option<record::id::PatientId>,
        one: &Likeness,
        near: Option<(&str, &str)>,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let own = match patient {
            Some(patient) => self
                .connection
                .prepare_cached("SELECT place FROM summary WHERE patient = ?1")?
                .query_row([patient.as_bytes()], |row| row.get(0))
                .optional()?,
            None => None,
        };
        let own: i64 = own.unwrap_or_default();
        let (first, last) = near.unwrap_or(("", "~"));
        let mut statement = self.connection.prepare_cached(LIKE)?;
        let rows = statement.query_map(
            params![own, one.family, one.given, one.place, one.born, first, last],
            |row| row.get(0),
        )?;
        let mut found = Vec::new();
        for place in rows {
            if found.len() >= limit {
                break;
            }
            let place = place?;
            if !found.contains(&place) {
                found.push(place);
            }
        }
        Ok(found)
    }

    pub(crate) fn tally(&self, list: &str) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(patients), 0) FROM tally WHERE list = ?1";
        self.number(sql, [list])
    }

    fn number(&self, sql: &str, with: impl rusqlite::Params) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(with, |row: &Row<'_>| row.get(0))?)
    }

    fn rows(&self, sql: &str, with: Option<impl ToSql>) -> Result<Vec<Summary>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(with), summary)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Each arm goes by an index of its own. Not `UNION`, which would read every arm to its end before
/// it gives the first: a Smith among a hundred thousand has a thousand namesakes. Each gives what
/// its index holds, so that no row is read.
const LIKE: &str = "
    SELECT place FROM summary INDEXED BY summary_like_near
        WHERE like_family = ?2 AND ?2 <> '' AND born BETWEEN ?6 AND ?7 AND place <> ?1
    UNION ALL
    SELECT place FROM summary INDEXED BY summary_like_near
        WHERE like_family = ?2 AND ?2 <> '' AND born = '' AND place <> ?1
    UNION ALL
    SELECT place FROM summary INDEXED BY summary_like
        WHERE like_family = ?2 AND ?2 <> '' AND like_given = ?3 AND place <> ?1
    UNION ALL
    SELECT place FROM summary INDEXED BY summary_like_place
        WHERE like_family = ?2 AND ?2 <> '' AND like_place = ?4 AND ?4 <> '' AND place <> ?1
    UNION ALL
    SELECT place FROM summary INDEXED BY summary_like_born
        WHERE born = ?5 AND ?5 <> '' AND like_given = ?3 AND place <> ?1";
