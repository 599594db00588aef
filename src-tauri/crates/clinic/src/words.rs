//! How things are said: dates, names, numbers. Staff read `24-Nov-2026`, patients `24 November 2026`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use record::entry::{By, Happened};
use record::id::StaffId;
use record::moment::Moment;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1)
        .ok()
        .and_then(|m| MONTHS.get(m))
        .copied()
        .unwrap_or("")
}

/// `23-Nov-2026 14:05, B. Okafor`: when something written up later happened, and who did it.
pub(crate) fn happened(happened: &Happened, names: &BTreeMap<StaffId, String>) -> String {
    let when = staff_moment(happened.at);
    match &happened.by {
        Some(By::Staff(staff)) => match names.get(staff) {
            Some(name) => format!("{when}, {}", short_name(name)),
            None => when,
        },
        Some(By::Named(name)) => format!("{when}, {name}"),
        None => when,
    }
}

/// `24-Nov-2026`, for staff.
pub(crate) fn staff_date(date: Date) -> String {
    let month = month(date);
    format!(
        "{:02}-{}-{:04}",
        date.day(),
        month.get(..3).unwrap_or(month),
        date.year()
    )
}

/// `24 November 2026`, for patients.
pub(crate) fn patient_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `Tue 24-Nov-2026`.
pub(crate) fn weekday_date(date: Date) -> String {
    use jiff::civil::Weekday;
    let day = match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    format!("{day} {}", staff_date(date))
}

/// An ISO date, or none for anything else, the empty string too.
pub(crate) fn iso(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// An ISO date as staff read it; what is not a date is left as it is.
pub(crate) fn staff_iso(text: &str) -> String {
    iso(text).map_or_else(|| text.to_owned(), staff_date)
}

/// A day as far as it is known, as staff read it: `20-Nov-2026`, `Nov-2026`, `2026`, or "date not
/// known" for nothing and for what is no date.
pub(crate) fn partial_date(text: &str) -> String {
    if let Some(date) = iso(text) {
        return staff_date(date);
    }
    if let Some(first) = iso(&format!("{text}-01")) {
        return format!(
            "{}-{:04}",
            month(first).get(..3).unwrap_or_default(),
            first.year()
        );
    }
    match iso(&format!("{text}-01-01")) {
        Some(first) => format!("{:04}", first.year()),
        None => "date not known".into(),
    }
}

/// The first and the last day of a date as far as it is known; none for what is no date.
pub(crate) fn partial_days(text: &str) -> Option<(Date, Date)> {
    if let Some(date) = iso(text) {
        return Some((date, date));
    }
    if let Some(first) = iso(&format!("{text}-01")) {
        return Some((first, first.last_of_month()));
    }
    let first = iso(&format!("{text}-01-01"))?;
    Some((first, first.last_of_year()))
}

/// Whole years between birth and a day.
pub(crate) fn age(born: Date, on: Date) -> i32 {
    let years = i32::from(on.year()) - i32::from(born.year());
    if (on.month(), on.day()) < (born.month(), born.day()) {
        years - 1
    } else {
        years
    }
}

/// `17-Sep-1979 (47y)`; babies in weeks and months as the banner standard has it.
pub(crate) fn born(born: Date, on: Date) -> String {
    let days = (on - born).get_days();
    let years = age(born, on);
    let age = if days < 14 {
        format!("{days}d")
    } else if years < 2 {
        let months = (i32::from(on.year()) - i32::from(born.year())) * 12 + i32::from(on.month())
            - i32::from(born.month())
            - i32::from(on.day() < born.day());
        format!("{months}m")
    } else {
        format!("{years}y")
    };
    format!("{} ({age})", staff_date(born))
}

/// `10:42` at the place where it was written.
pub(crate) fn clock(moment: Moment) -> String {
    let time = moment.local().time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `10:42:13`.
pub(crate) fn clock_seconds(moment: Moment) -> String {
    let time = moment.local().time();
    format!(
        "{:02}:{:02}:{:02}",
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// `24-Nov-2026 10:42`.
pub(crate) fn staff_moment(moment: Moment) -> String {
    format!("{} {}", staff_date(moment.local().date()), clock(moment))
}

/// The day of an instant where the clock shows `like`, `DD-Mmm-YYYY`.
pub(crate) fn day_of(at: jiff::Timestamp, like: Moment) -> String {
    staff_date(date_of(at, like))
}

/// The same as a date.
pub(crate) fn date_of(at: jiff::Timestamp, like: Moment) -> Date {
    Moment::new(at, like.offset_seconds())
        .map_or_else(|_| like.local().date(), |it| it.local().date())
}

/// How a plan was agreed, in words.
pub(crate) fn agreed(state: &str) -> &'static str {
    match state {
        "agreed" => "agreed",
        "agreed-in-part" => "agreed in part",
        _ => "not agreed",
    }
}

/// A count and its noun: `1 entry`, `4 entries`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Bytes as people say them: `412 bytes`, `2 kB`, `3.1 MB`.
pub(crate) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1000 => count(usize::try_from(bytes).unwrap_or(0), "byte", "bytes"),
        1000..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// First letter in capitals.
pub(crate) fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Two letters for a name: first and last word's.
pub(crate) fn initials(name: &str) -> String {
    let letters: Vec<char> = name
        .split_whitespace()
        .filter_map(|w| w.chars().next())
        .collect();
    match letters.as_slice() {
        [] => String::new(),
        [one] => one.to_uppercase().collect(),
        [first, .., last] => first.to_uppercase().chain(last.to_uppercase()).collect(),
    }
}

/// `A. Osei` for "Ama Osei".
pub(crate) fn short_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, .., last] => {
            format!(
                "{}. {last}",
                first
                    .chars()
                    .next()
                    .map(|c| c.to_uppercase().to_string())
                    .unwrap_or_default()
            )
        }
    }
}

/// Words as searched: lower case, accents, apostrophes and hyphens gone.
pub(crate) fn folded(text: &str) -> String {
    let letters = plain(text);
    letters.chars().filter(|c| !joins(*c)).collect()
}

/// What joins the parts of a name: apostrophes and hyphens of every kind.
pub(crate) fn joins(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{a0}'
    ) || is_hyphen(c)
}

/// A hyphen or a dash.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Lower case without accents; what joins parts of a name stays.
pub(crate) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut plain = String::with_capacity(text.len());
    let letters = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    for c in letters {
        match c {
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            // A dot above an I that was taken apart.
            '\u{307}' => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn staff_and_patients_read_dates_that_cannot_be_mistaken() {
        assert_eq!(staff_date(date(2026, 1, 5)), "05-Jan-2026");
        assert_eq!(patient_date(date(2026, 11, 24)), "24 November 2026");
    }

    #[test]
    fn a_date_is_said_as_far_as_it_is_known_and_no_further() {
        assert_eq!(partial_date("2026-11-20"), "20-Nov-2026");
        assert_eq!(partial_date("2026-11"), "Nov-2026");
        assert_eq!(partial_date("2026"), "2026");
        for nothing in ["", "2026-13", "autumn", "20"] {
            assert_eq!(partial_date(nothing), "date not known", "{nothing}");
            assert_eq!(partial_days(nothing), None, "{nothing}");
        }
        let whole = |text| partial_days(text).unwrap();
        assert_eq!(whole("2024-02"), (date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(whole("2026"), (date(2026, 1, 1), date(2026, 12, 31)));
    }

    #[test]
    fn an_age_turns_on_the_birthday() {
        assert_eq!(age(date(1979, 9, 17), date(2026, 9, 16)), 46);
        assert_eq!(age(date(1979, 9, 17), date(2026, 9, 17)), 47);
        assert_eq!(
            born(date(1979, 9, 17), date(2026, 11, 24)),
            "17-Sep-1979 (47y)"
        );
        assert_eq!(
            born(date(2025, 12, 1), date(2026, 11, 24)),
            "01-Dec-2025 (11m)"
        );
    }

    #[test]
    fn a_name_is_found_without_its_accents_and_marks() {
        assert_eq!(folded("Wiśniewska-Țîrlea"), "wisniewskatirlea");
        assert_eq!(folded("O'Neill Öztürk Łukasz"), "oneill ozturk lukasz");
    }

    #[test]
    fn names_are_shortened_for_the_bar() {
        assert_eq!(short_name("Ama Osei"), "A. Osei");
        assert_eq!(initials("Ama Grace Osei"), "AO");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
