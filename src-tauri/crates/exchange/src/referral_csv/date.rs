//! Dates as referrers write them.

use jiff::civil::Date;

use super::trouble::Trouble;

const EARLIEST_YEAR: i16 = 1900;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A date between 1900 and `today`, written as `2026-11-24`, `24-Nov-2026` or `24/11/2026`.
pub(super) fn read(text: &str, today: Date) -> Result<Date, Trouble> {
    let (year, month, day) = parts(text).ok_or(Trouble::NotADate)?;
    let date = Date::new(year, month, day).map_err(|_| Trouble::NoSuchDate)?;
    if date > today {
        return Err(Trouble::InTheFuture);
    }
    if date.year() < EARLIEST_YEAR {
        return Err(Trouble::Before1900);
    }
    Ok(date)
}

fn parts(text: &str) -> Option<(i16, i8, i8)> {
    if let Some((day, month, year)) = three(text, '/') {
        return Some((four_digits(year)?, small(month)?, small(day)?));
    }
    let (first, month, last) = three(text, '-')?;
    if first.len() == 4 {
        // ISO is written in full, so that 2026-1-2 is not mistaken for a tidy export.
        let whole = month.len() == 2 && last.len() == 2;
        return whole.then_some((four_digits(first)?, small(month)?, small(last)?));
    }
    Some((four_digits(last)?, named(month)?, small(first)?))
}

fn three(text: &str, separator: char) -> Option<(&str, &str, &str)> {
    let mut parts = text.split(separator);
    let three = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(three)
}

fn small(text: &str) -> Option<i8> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn four_digits(text: &str) -> Option<i16> {
    let fits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn named(month: &str) -> Option<i8> {
    let at = MONTHS
        .iter()
        .position(|name| month.eq_ignore_ascii_case(name))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::referral_csv::Trouble;
    use jiff::civil::date;

    #[test]
    fn the_three_ways_of_writing_a_date_mean_the_same_day() {
        let today = date(2026, 11, 24);
        for text in [
            "1958-03-04",
            "04-Mar-1958",
            "4-mar-1958",
            "04/03/1958",
            "4/3/1958",
        ] {
            assert_eq!(read(text, today), Ok(date(1958, 3, 4)), "{text}");
        }
    }

    #[test]
    fn slashes_are_read_day_first_and_a_month_above_twelve_is_refused() {
        let today = date(2026, 11, 24);
        assert_eq!(read("03/04/1958", today), Ok(date(1958, 4, 3)));
        assert_eq!(read("04/13/1958", today), Err(Trouble::NoSuchDate));
    }

    #[test]
    fn today_is_not_in_the_future_and_tomorrow_is() {
        let today = date(2026, 11, 24);
        assert_eq!(read("24-Nov-2026", today), Ok(today));
        assert_eq!(read("25-Nov-2026", today), Err(Trouble::InTheFuture));
    }

    #[test]
    fn the_last_day_of_1899_is_too_early_and_the_next_is_not() {
        let today = date(2026, 11, 24);
        assert_eq!(read("1899-12-31", today), Err(Trouble::Before1900));
        assert_eq!(read("1900-01-01", today), Ok(date(1900, 1, 1)));
    }

    #[test]
    fn short_years_serial_numbers_and_times_are_not_dates() {
        let today = date(2026, 11, 24);
        let unreadable = [
            "04/03/58",
            "45985",
            "2026-11-24 10:30",
            "04.03.1958",
            "1958-3-4",
            "-",
            "/",
            "",
        ];
        for text in unreadable
            .into_iter()
            .chain(["04-März-1958", "+4/03/1958", "1-2-3-4"])
        {
            assert_eq!(read(text, today), Err(Trouble::NotADate), "{text}");
        }
    }

    #[test]
    fn a_leap_day_exists_only_in_a_leap_year() {
        let today = date(2026, 11, 24);
        assert_eq!(read("29/02/2024", today), Ok(date(2024, 2, 29)));
        assert_eq!(read("29/02/2023", today), Err(Trouble::NoSuchDate));
    }
}
