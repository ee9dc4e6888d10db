//! Stored dates: days counted from 1900 or 1904, ISO text, and dates as messages show them.

use crate::model::Misread;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// Days between the two calendars of Excel.
const DAYS_TO_1904: i64 = 1462;
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
    let start = if days > 60 { date(1899, 12, 30) } else { date(1899, 12, 31) };
    start.checked_add(days.days()).map_err(|_| Misread::NoSuchDate)
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
