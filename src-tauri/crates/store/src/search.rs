//! Finding people by what is being typed.
//!
//! What is shown comes in three steps: those one of whose family names was typed whole, then those
//! with a family name that begins so, then those who are found by another name, their address, a
//! number or their date of birth. In each step they stand in order of name. Whoever types more of a
//! surname therefore sees its bearers first, and a Smith is not lost among the people of Smith
//! Street. When more fit than are shown, a whole step comes before the next one, but which people of
//! a step are shown is not by name: what helps then is another letter, and the screen says so.
//!
//! Words are looked up by their beginnings in a full-text index, numbers by any run of their digits
//! in a table of their ends. Only the rows that are shown are read. Reading the index stops when the
//! screen is full and when [`COUNTED`] people were counted, so that one letter typed among a hundred
//! thousand costs what it costs among a thousand. Of several words all are gone through side by side
//! up to there: two that many have and hardly anybody together cost most.

use std::collections::BTreeSet;

use rusqlite::{Params, params};

use crate::summaries::{COLUMNS, LEAST_DIGITS, number_keys, summary};
use crate::{KnownBy, Store, StoreError, Summary};

/// People who fit are counted up to this many, or up to as many as are asked for. A design decision:
/// who finds more than that types on.
pub const COUNTED: usize = 200;

/// What is being looked for: any of several ways to read what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The ways; none finds nobody.
    pub ways: Vec<Way>,
}

/// One way to read what was typed. All of it must hold; an empty way finds nobody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Way {
    pub(crate) words: Vec<String>,
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
    /// The likeliest first: a whole family name, then the beginning of one, then the rest; each in
    /// order of name.
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

    /// How near a fitting person is to what was typed.
    fn nearness(&self, known: &KnownBy) -> Nearness {
        let fitting = self.ways.iter().filter(|way| way.fits(known));
        let nearest = fitting.map(|way| way.nearness(known)).min();
        nearest.unwrap_or(Nearness::Otherwise)
    }
}

/// How somebody is found, the likeliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// A word of the family name is what was typed.
    FamilyName,
    /// A word of the family name begins so.
    BeginsFamilyName,
    /// By anything else.
    Otherwise,
}

impl Nearness {
    /// What follows a word in the index for it; nothing is asked for by the last.
    const fn mark(self) -> &'static str {
        match self {
            Self::FamilyName => "",
            Self::BeginsFamilyName | Self::Otherwise => "*",
        }
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

    fn nearness(&self, known: &KnownBy) -> Nearness {
        let family = || known.family.split(' ');
        let any = |is: fn(&str, &str) -> bool| {
            let mut words = self.words.iter();
            words.any(|word| family().any(|part| is(part, word)))
        };
        if any(|part, word| part == word) {
            Nearness::FamilyName
        } else if any(|part, word| part.starts_with(word)) {
            Nearness::BeginsFamilyName
        } else {
            Nearness::Otherwise
        }
    }

    /// The words as the index is asked for them; none without words.
    fn phrase(&self) -> Option<String> {
        let all = self.parts(None);
        (!all.is_empty()).then(|| all.join(" AND "))
    }

    /// The same, of those with one of the words in the family name: whole, or its beginning.
    fn by_family(&self, nearness: Nearness) -> Option<String> {
        let branches = self.words.iter().map(|word| {
            let mut all = self.parts(Some(word));
            all.insert(0, format!("\"{FAMILY}{word}\"{}", nearness.mark()));
            format!("({})", all.join(" AND "))
        });
        let branches: Vec<String> = branches.collect();
        (!branches.is_empty()).then(|| branches.join(" OR "))
    }

    /// Each word as the index takes it: [`Way::new`] left no quotation mark in it. Without the one
    /// that is asked for in another way.
    fn parts(&self, without: Option<&String>) -> Vec<String> {
        let words = self.words.iter().filter(|word| Some(*word) != without);
        let begins = words.map(|word| format!("\"{word}\"*"));
        let whole = self.whole.iter().map(|word| format!("\"{word}\""));
        begins.chain(whole).collect()
    }
}

/// Stands before the words of a family name in the index, beside the words themselves.
const FAMILY: char = '=';

impl Store {
    /// The people who fit, the likeliest first, at most `limit`, and how many there are.
    pub fn search(&self, asked: &Asked, limit: usize) -> Result<People, StoreError> {
        let (places, or_more) = self.places(asked, limit.max(COUNTED))?;
        let count = places.len();
        let shown = if count <= limit {
            places
        } else {
            self.likeliest(asked, places, limit)?
        };
        let rows: Result<Vec<Summary>, _> = shown.iter().map(|place| self.at(*place)).collect();
        let mut rows = rows?;
        rows.sort_by_cached_key(|row| {
            let like = &row.known_by.likeness;
            let name = (like.family.clone(), like.given.clone(), like.born.clone());
            (asked.nearness(&row.known_by), name)
        });
        Ok(People {
            rows,
            count,
            or_more,
        })
    }

    /// The places of everybody who fits, at most `most`, and whether there may be more.
    pub(crate) fn places(
        &self,
        asked: &Asked,
        most: usize,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        let mut places = BTreeSet::new();
        for way in &asked.ways {
            let phrase = way.phrase();
            places.extend(self.found(phrase.as_deref(), way.digits.as_deref(), most + 1)?);
        }
        let or_more = places.len() > most;
        Ok((places.into_iter().take(most).collect(), or_more))
    }

    /// Of more than can be shown, the `limit` likeliest; in no order.
    fn likeliest(
        &self,
        asked: &Asked,
        places: Vec<i64>,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let (mut taken, mut likeliest) = (BTreeSet::new(), Vec::new());
        for nearness in [Nearness::FamilyName, Nearness::BeginsFamilyName] {
            for way in &asked.ways {
                // Those who were taken may be among them, so as many as are shown are asked for.
                if likeliest.len() >= limit {
                    break;
                }
                let phrase = way.by_family(nearness);
                let Some(phrase) = phrase.as_deref() else {
                    continue;
                };
                let found = self.found(Some(phrase), way.digits.as_deref(), limit)?;
                likeliest.extend(found.into_iter().filter(|place| taken.insert(*place)));
            }
        }
        likeliest.extend(places.into_iter().filter(|place| taken.insert(*place)));
        likeliest.truncate(limit);
        Ok(likeliest)
    }

    /// Where the people stand who have these words and these digits; nobody has none.
    fn found(
        &self,
        phrase: Option<&str>,
        digits: Option<&str>,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let keys = digits.map(number_keys);
        match (phrase, keys) {
            (None, None) => Ok(Vec::new()),
            (Some(phrase), None) => self.numbers(
                "SELECT rowid FROM summary_words WHERE summary_words MATCH ?1 LIMIT ?2",
                params![phrase, limit],
            ),
            (None, Some((first, last))) => self.numbers(
                "SELECT DISTINCT place FROM found_by WHERE key >= ?1 AND key < ?2 LIMIT ?3",
                params![first, last, limit],
            ),
            // The plus sign has the words gone through once: without it each of the places would be
            // a search of its own.
            (Some(phrase), Some((first, last))) => self.numbers(
                "SELECT rowid FROM summary_words WHERE summary_words MATCH ?1
                     AND +rowid IN (SELECT place FROM found_by WHERE key >= ?2 AND key < ?3)
                 LIMIT ?4",
                params![phrase, first, last, limit],
            ),
        }
    }

    fn numbers(&self, sql: &str, with: impl Params) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(with, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn at(&self, place: i64) -> Result<Summary, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM summary WHERE place = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([place], summary)?)
    }
}
