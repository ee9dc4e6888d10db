//! Stored dates and times as `inspect --cells` prints them: ISO 8601, to the second.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time, date};
use std::fmt::Write as _;

/// Excel's last day, 31 December 9999, in the calendar of 1900.
const LAST_DAY: i64 = 2_958_465;
/// Days between the two calendars of Excel.
const DAYS_TO_1904: i64 = 1_462;
const SECONDS: i64 = 86_400;

/// A date or a time of day.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A day, with the time unless it is midnight.
    Day(String),
    /// A time of day alone.
    Time(String),
}

/// What a stored number of days shows as a date or, below one day, as a time; `None` outside Excel's calendar.
pub(super) fn from_serial(serial: f64, from_1904: bool) -> Option<Moment> {
    if !(0.0..=3_000_000.0).contains(&serial) {
        return None;
    }
    let seconds = seconds(serial);
    let (days, second) = (seconds / SECONDS, seconds % SECONDS);
    if days == 0 {
        return Some(Moment::Time(clock(second)));
    }
    let days = if from_1904 { days + DAYS_TO_1904 } else { days };
    let mut text = match days {
        // Excel counts a leap day in 1900 that there never was, and shows it.
        60 => "1900-02-29".to_owned(),
        1..=59 => day(days + 1)?.to_string(),
        61..=LAST_DAY => day(days)?.to_string(),
        _ => return None,
    };
    if second > 0 {
        let _ = write!(text, "T{}", clock(second));
    }
    Some(Moment::Day(text))
}

/// A date or time that is stored as text; `None` if it is neither.
pub(super) fn from_iso(text: &str) -> Option<Moment> {
    let text = text.trim().trim_end_matches('Z');
    if let Some(clock) = text.strip_prefix('T').or(text.get(2..3).filter(|c| *c == ":").map(|_| text)) {
        let time: Time = clock.parse().ok()?;
        let rounded = DateTime::from_parts(date(2000, 1, 1), time).round(jiff::Unit::Second).ok()?;
        return Some(Moment::Time(rounded.time().to_string()));
    }
    let stored: DateTime = text.parse().ok()?;
    let rounded = stored.round(jiff::Unit::Second).ok()?;
    let midnight = rounded.time() == Time::midnight();
    Some(Moment::Day(if midnight { rounded.date().to_string() } else { rounded.to_string() }))
}

#[expect(clippy::float_arithmetic, clippy::cast_possible_truncation, reason = "days below 3,000,000")]
fn seconds(serial: f64) -> i64 {
    (serial * 86_400.0).round() as i64
}

fn day(days: i64) -> Option<Date> {
    date(1899, 12, 30).checked_add(days.days()).ok()
}

fn clock(second: i64) -> String {
    format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_rounded_to_the_second() {
        let day = |serial, from_1904, text: &str| {
            assert_eq!(from_serial(serial, from_1904), Some(Moment::Day(text.to_owned())));
        };
        day(41_729.0, false, "2014-03-31");
        day(41_729.5, false, "2014-03-31T12:00:00");
        day(41_729.999_999_999, false, "2014-04-01");
        day(40_267.0, true, "2014-03-31");
        day(1.0, false, "1900-01-01");
        day(59.0, false, "1900-02-28");
        day(60.0, false, "1900-02-29");
        day(61.0, false, "1900-03-01");
        day(2_958_465.0, false, "9999-12-31");
        assert_eq!(from_serial(2_958_466.0, false), None);
        assert_eq!(from_serial(-1.0, false), None);
        assert_eq!(from_serial(f64::NAN, false), None);
    }

    #[test]
    fn less_than_a_day_is_a_time() {
        assert_eq!(from_serial(0.75, false), Some(Moment::Time("18:00:00".to_owned())));
        assert_eq!(from_serial(0.0, true), Some(Moment::Time("00:00:00".to_owned())));
    }

    #[test]
    fn text_dates_are_made_alike() {
        let day = |text: &str| Some(Moment::Day(text.to_owned()));
        assert_eq!(from_iso("2014-03-31"), day("2014-03-31"));
        assert_eq!(from_iso("2014-03-31T00:00:00"), day("2014-03-31"));
        assert_eq!(from_iso("2014-03-31T11:59:59.7"), day("2014-03-31T12:00:00"));
        assert_eq!(from_iso("2014-03-31T12:00:00Z"), day("2014-03-31T12:00:00"));
        assert_eq!(from_iso("12:30:00"), Some(Moment::Time("12:30:00".to_owned())));
        assert_eq!(from_iso("soon"), None);
    }
}
