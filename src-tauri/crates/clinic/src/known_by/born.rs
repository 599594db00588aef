//! Dates of birth, as words among a person's words and as they are typed.
//!
//! Each word ends in a letter that says what it is, so that none is taken for another: `1979y`,
//! `79y`, `0105d` (month and day), `197901m` and `7901m` (month of a year), `790105s` (a short
//! year), `19790105` (all of it).

use jiff::civil::Date;

/// The words under which a date of birth is found.
pub(super) fn words(born: Date) -> Vec<String> {
    let (year, month, day) = (born.year(), born.month(), born.day());
    let short = year.rem_euclid(100);
    vec![
        format!("{year:04}y"),
        format!("{short:02}y"),
        format!("{month:02}{day:02}d"),
        format!("{year:04}{month:02}m"),
        format!("{short:02}{month:02}m"),
        format!("{short:02}{month:02}{day:02}s"),
        format!("{year:04}{month:02}{day:02}"),
    ]
}

/// One part of a date as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Digits.
    Digits(&'a str),
    /// A month by its name, from 1.
    Month(i8),
}

/// The month a word names: its name, or at least the first three letters of it.
pub(super) fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = NAMES
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

/// Every word a typed date may stand for: day before month always. None when it is no date.
pub(super) fn read(parts: &[Part<'_>]) -> Vec<String> {
    use Part::{Digits, Month};
    match parts {
        [Digits(one)] => alone(one),
        [Digits(day), Month(month)] | [Month(month), Digits(day)] => month_with(*month, day),
        [Digits(first), Digits(second)] => pair(first, second),
        [Digits(day), Month(month), Digits(year)] | [Month(month), Digits(day), Digits(year)] => {
            whole(year, Some(*month), day)
        }
        [Digits(year), Digits(month), Digits(day)] if year.len() == 4 => {
            whole(year, number(month), day)
        }
        [Digits(day), Digits(month), Digits(year)] => whole(year, number(month), day),
        _ => Vec::new(),
    }
}

fn number(digits: &str) -> Option<i8> {
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

/// `1979`, `79`, `05011979`, `19790105`, `050179`.
fn alone(digits: &str) -> Vec<String> {
    let cut = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    match digits.len() {
        2 => vec![format!("{digits}y")],
        4 if is_year(digits) => vec![format!("{digits}y")],
        6 => whole(cut(4, 6), number(cut(2, 4)), cut(0, 2)),
        8 => [
            whole(cut(4, 8), number(cut(2, 4)), cut(0, 2)),
            whole(cut(0, 4), number(cut(4, 6)), cut(6, 8)),
        ]
        .concat(),
        _ => Vec::new(),
    }
}

/// `5 jan`, `jan 1979`, `jan 79`.
fn month_with(month: i8, digits: &str) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(day) = number(digits).filter(|day| (1..=31).contains(day)) {
        words.push(format!("{month:02}{day:02}d"));
    }
    match digits.len() {
        2 => words.push(format!("{digits}{month:02}m")),
        4 if is_year(digits) => words.push(format!("{digits}{month:02}m")),
        _ => {}
    }
    words
}

/// `5/1`, `1/1979`, `1/79`, `1979-01`.
fn pair(first: &str, second: &str) -> Vec<String> {
    let is_month = |digits: &str| number(digits).filter(|month| (1..=12).contains(month));
    let mut words = Vec::new();
    if let (Some(day), Some(month)) = (number(first), is_month(second))
        && (1..=31).contains(&day)
    {
        words.push(format!("{month:02}{day:02}d"));
    }
    if let Some(month) = is_month(first)
        && (second.len() == 2 || is_year(second))
    {
        words.push(format!("{second}{month:02}m"));
    }
    if let Some(month) = is_month(second)
        && is_year(first)
    {
        words.push(format!("{first}{month:02}m"));
    }
    words
}

fn whole(year: &str, month: Option<i8>, day: &str) -> Vec<String> {
    let (Some(month), Some(day)) = (month, number(day)) else {
        return Vec::new();
    };
    let of_leap_year = year.len() == 2;
    let in_year = if of_leap_year {
        Some(2000)
    } else {
        year.parse().ok()
    };
    let real = in_year.is_some_and(|year: i16| Date::new(year, month, day).is_ok());
    match year.len() {
        2 if real => vec![format!("{year}{month:02}{day:02}s")],
        4 if real && is_year(year) => vec![format!("{year}{month:02}{day:02}")],
        _ => Vec::new(),
    }
}

/// Years in which somebody who is alive, or was of late, can be born.
fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && (digits.starts_with("18") || digits.starts_with("19") || digits.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::{month, words};
    use jiff::civil::date;

    #[test]
    fn a_month_is_known_by_three_letters_or_more() {
        assert_eq!(month("jan"), Some(1));
        assert_eq!(month("septem"), Some(9));
        assert_eq!(month("ju"), None);
        assert_eq!(month("june"), Some(6));
        assert_eq!(month("jane"), None);
    }

    #[test]
    fn every_word_of_a_date_is_different() {
        let mut all = words(date(1979, 1, 5));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 7);
    }
}
