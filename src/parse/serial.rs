//! Stored dates: days counted from 1900 or 1904, ISO text, and dates as messages show them.

use crate::model::{Misread, Raw};
use jiff::civil::Date;

/// Days between the two calendars of Excel.
const DAYS_TO_1904: i64 = 1462;
/// Days from Excel's day 0 (30 December 1899, as it counts after February 1900) to 1 January 1970.
const DAYS_TO_1970: i64 = 25_569;
/// Excel's last day, 31 December 9999.
const LAST_DAY: i64 = 2_958_465;
/// The day of a stored date. Times are rounded to the second first, so that a hair before midnight is the next day.
#[expect(clippy::float_arithmetic, reason = "a stored date is a floating number of days")]
pub(super) fn from_serial(serial: f64, from_1904: bool) -> Result<Date, Misread> {
    if !serial.is_finite() || !(0.0..=3_000_000.0).contains(&serial) {
        return Err(Misread::NoSuchDate);
    }
    let days = ((serial * 86_400.0).round() / 86_400.0).floor();
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 3,000,000 and whole")]
    let days = days as i64;
    let days = if from_1904 { days + DAYS_TO_1904 } else { days };
    if !(1..=LAST_DAY).contains(&days) || days == 60 {
        // Day 60 is 29 February 1900, which there never was.
        return Err(Misread::NoSuchDate);
    }
    // Before that day Excel counts one day less.
    let since_1970 = days - if days > 60 { DAYS_TO_1970 } else { DAYS_TO_1970 - 1 };
    civil(since_1970).ok_or(Misread::NoSuchDate)
}

/// The time of a stored date, unless it is midnight: `14:30`, or `14:30:05`.
#[expect(clippy::float_arithmetic, reason = "a stored date is a floating number of days")]
pub(super) fn time(raw: Raw<'_>) -> Option<String> {
    let seconds = match raw {
        Raw::Date(serial) if (0.0..=3_000_000.0).contains(&serial) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a few hundred thousand million at most, and whole"
            )]
            let seconds = (serial * 86_400.0).round() as i64;
            seconds.rem_euclid(86_400)
        }
        Raw::IsoDate(text) => {
            let mut parts = text.trim().get(11..)?.splitn(3, ':');
            let mut part = || parts.next().and_then(|part| part.get(..2)?.parse::<i64>().ok());
            let (hours, minutes) = (part()?, part()?);
            hours * 3_600 + minutes * 60 + part().unwrap_or(0)
        }
        _ => 0,
    };
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, seconds) {
        (0, 0, 0) => None,
        (_, _, 0) => Some(format!("{hours:02}:{minutes:02}")),
        _ => Some(format!("{hours:02}:{minutes:02}:{seconds:02}")),
    }
}

/// The day so many days after 1 January 1970. Counts in eras of 400 years that begin in March, which is many times quicker
/// than adding a span to a date, and dates are frequent.
fn civil(days: i64) -> Option<Date> {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A date as messages show it: `28 March 2014`.
pub(super) fn in_words(date: Date) -> String {
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
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// `2014-03-28`, with or without a time behind it.
pub(super) fn iso(text: &str) -> Option<Result<Date, Misread>> {
    let text = text.trim();
    let mut parts = text.get(..10)?.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || !matches!(text.as_bytes().get(10), None | Some(b'T' | b' ')) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(Date::new(year, month, day).map_err(|_| Misread::NoSuchDate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn both_ends_of_the_calendar_are_reached() {
        assert_eq!(from_serial(1.0, false), Ok(date(1900, 1, 1)));
        assert_eq!(from_serial(59.0, false), Ok(date(1900, 2, 28)));
        assert_eq!(from_serial(60.0, false), Err(Misread::NoSuchDate));
        assert_eq!(from_serial(61.0, false), Ok(date(1900, 3, 1)));
        assert_eq!(from_serial(2_958_465.9, false), Ok(date(9999, 12, 31)));
        assert_eq!(from_serial(2_958_466.0, false), Err(Misread::NoSuchDate));
        assert_eq!(from_serial(0.0, true), Ok(date(1904, 1, 1)));
    }

    #[test]
    fn times_are_told_to_the_second() {
        for (raw, told) in [
            (Raw::Date(41_729.0), None),
            (Raw::Date(41_729.604_166_666_7), Some("14:30")),
            (Raw::Date(41_729.604_224_537), Some("14:30:05")),
            (Raw::Date(41_729.999_999_999), None),
            (Raw::IsoDate("2014-03-31"), None),
            (Raw::IsoDate("2014-03-31T00:00:00"), None),
            (Raw::IsoDate("2014-03-31T14:30:00"), Some("14:30")),
            (Raw::IsoDate("2014-03-31T14:30:05.5"), Some("14:30:05")),
            (Raw::Number(0.5), None),
        ] {
            assert_eq!(time(raw).as_deref(), told, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn days_are_counted_as_the_calendar_does(days in 61_i32..2_958_466) {
            let added = date(1899, 12, 30).checked_add(days.days()).expect("within the calendar");
            prop_assert_eq!(from_serial(f64::from(days), false), Ok(added));
        }
    }
}
