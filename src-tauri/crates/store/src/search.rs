//! Finding people by what is being typed.
//!
//! Words are looked up by their beginnings in a full-text index, numbers by any run of their digits
//! in a table of their ends. Both stop after [`MATCHES`] people, so that one letter typed among a
//! hundred thousand costs no more than among a thousand.

use std::collections::BTreeSet;

use rusqlite::params;

use crate::summaries::{COLUMNS, LEAST_DIGITS, number_keys, summary};
use crate::{KnownBy, Store, StoreError, Summary};

/// People who fit are counted up to this many. A design decision: who finds more than that types on.
pub const MATCHES: usize = 500;

/// What is being looked for: any of several ways to read what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The ways; none finds nobody.
    pub ways: Vec<Way>,
}

/// One way to read what was typed. All of it must hold; an empty way finds nobody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Way {
    words: Vec<String>,
    whole: Vec<String>,
    digits: Option<String>,
}

// Its words are a patient's.
impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Way(..)")
    }
}

/// Who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// The likeliest first: a whole family name, then the beginning of one, then any other word.
    pub rows: Vec<Summary>,
    /// How many fit.
    pub count: usize,
    /// More than `count` may fit: counting stopped there.
    pub or_more: bool,
}

impl Asked {
    /// Whether what somebody is known by fits.
    pub fn fits(&self, known: &KnownBy) -> bool {
        self.ways.iter().any(|way| way.fits(known))
    }
}

impl Way {
    /// A way to read what was typed: beginnings of words, folded; whole words, as the caller writes
    /// dates into [`KnownBy::words`]; and a run of digits of a number. Of a word only letters and
    /// digits count, and digits only from [`crate::LEAST_DIGITS`] on.
    pub fn new(words: Vec<String>, whole: Vec<String>, digits: Option<String>) -> Self {
        let letters = |word: String| -> String {
            let kept = word.chars();
            kept.filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric())
                .collect()
        };
        let kept = |words: Vec<String>| -> Vec<String> {
            let words = words.into_iter().map(letters);
            words.filter(|word| !word.is_empty()).collect()
        };
        Self {
            words: kept(words),
            whole: kept(whole),
            digits: digits.filter(|digits| {
                digits.len() >= LEAST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit())
            }),
        }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.whole.is_empty() && self.digits.is_none()
    }

    /// Whether what somebody is known by fits.
    pub fn fits(&self, known: &KnownBy) -> bool {
        let words = || known.family.split(' ').chain(known.words.split(' '));
        let begins = |part: &String| words().any(|word| word.starts_with(part.as_str()));
        let is = |part: &String| words().any(|word| word == part);
        let has = |digits: &String| known.numbers.iter().any(|number| number.contains(digits));
        !self.is_empty()
            && self.words.iter().all(begins)
            && self.whole.iter().all(is)
            && self.digits.iter().all(has)
    }

    /// The words as the index is asked for them; none without words.
    fn phrase(&self) -> Option<String> {
        let begins = self.words.iter().map(|word| format!("{}*", quoted(word)));
        let whole = self.whole.iter().map(|word| quoted(word));
        let all: Vec<String> = begins.chain(whole).collect();
        (!all.is_empty()).then(|| all.join(" AND "))
    }

    /// The same, of those with one of the words in the family name: whole, or its beginning.
    fn by_family(&self, mark: &str) -> Option<String> {
        let words = self
            .words
            .iter()
            .map(|word| format!("{}{mark}", quoted(word)));
        let any: Vec<String> = words.collect();
        let rest = self.phrase().filter(|_| !any.is_empty())?;
        Some(format!("family : ({}) AND {rest}", any.join(" OR ")))
    }
}

/// A word as the index takes it: [`Way::new`] left no quotation mark in it.
fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

impl Store {
    /// The people who fit, the likeliest first, at most `limit`, and how many there are.
    pub fn search(&self, asked: &Asked, limit: usize) -> Result<People, StoreError> {
        let (places, or_more) = self.places(asked)?;
        let mut rows: Vec<Summary> = Vec::new();
        let mut taken = BTreeSet::new();
        for by in [Some(""), Some("*"), None] {
            if rows.len() >= limit {
                break;
            }
            let mut next = Vec::new();
            for way in &asked.ways {
                let Some(found) = self.ranked(way, by, limit)? else {
                    continue;
                };
                next.extend(found.into_iter().filter(|place| taken.insert(*place)));
            }
            if by.is_none() {
                next.extend(places.iter().copied().filter(|place| taken.insert(*place)));
            }
            next.truncate(limit - rows.len());
            rows.extend(self.in_order_of_name(&next)?);
        }
        Ok(People {
            rows,
            count: places.len(),
            or_more,
        })
    }

    /// The places of everybody who fits, at most [`MATCHES`], and whether there may be more.
    pub(crate) fn places(&self, asked: &Asked) -> Result<(Vec<i64>, bool), StoreError> {
        let mut places = BTreeSet::new();
        for way in asked.ways.iter().filter(|way| !way.is_empty()) {
            places.extend(self.places_of(way)?);
        }
        let or_more = places.len() > MATCHES;
        Ok((places.into_iter().take(MATCHES).collect(), or_more))
    }

    fn places_of(&self, way: &Way) -> Result<Vec<i64>, StoreError> {
        let phrase = way.phrase();
        let Some(digits) = &way.digits else {
            return phrase.map_or(Ok(Vec::new()), |phrase| self.worded(&phrase, MATCHES + 1));
        };
        let numbered = self.numbered(digits)?;
        let Some(phrase) = phrase else {
            return Ok(numbered);
        };
        // The number is the surer of the two unless half the clinic has it.
        let candidates = if numbered.len() > MATCHES {
            self.worded(&phrase, MATCHES + 1)?
        } else {
            numbered
        };
        let mut fitting = Vec::new();
        for place in candidates {
            if way.fits(&self.at(place)?.known_by) {
                fitting.push(place);
            }
        }
        Ok(fitting)
    }

    /// Of those who fit by words, the ones whose family name does.
    fn ranked(
        &self,
        way: &Way,
        by: Option<&str>,
        limit: usize,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let Some(phrase) = by.and_then(|mark| way.by_family(mark)) else {
            return Ok(None);
        };
        if way.digits.is_none() {
            return self.worded(&phrase, limit).map(Some);
        }
        let mut fitting = Vec::new();
        for place in self.worded(&phrase, MATCHES)? {
            if way.fits(&self.at(place)?.known_by) {
                fitting.push(place);
            }
        }
        Ok(Some(fitting))
    }

    fn worded(&self, phrase: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT rowid FROM summary_words WHERE summary_words MATCH ?1 LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![phrase, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn numbered(&self, digits: &str) -> Result<Vec<i64>, StoreError> {
        let (first, last) = number_keys(digits);
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT place FROM found_by WHERE key >= ?1 AND key < ?2 LIMIT ?3",
        )?;
        let limit = i64::try_from(MATCHES + 1).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![first, last, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn at(&self, place: i64) -> Result<Summary, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM summary WHERE place = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([place], summary)?)
    }

    fn in_order_of_name(&self, places: &[i64]) -> Result<Vec<Summary>, StoreError> {
        let rows: Result<Vec<Summary>, _> = places.iter().map(|place| self.at(*place)).collect();
        let mut rows = rows?;
        rows.sort_by(|a, b| {
            let of = |row: &Summary| {
                let like = &row.known_by.likeness;
                (like.family.clone(), like.given.clone(), like.born.clone())
            };
            of(a).cmp(&of(b))
        });
        Ok(rows)
    }
}
