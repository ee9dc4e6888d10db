//! Dates: real ones in both calendars, ISO, UK order, months, quarters, terms.

use super::cell::Got;
use super::date_words::{Token, is_lead_in, is_to_be_confirmed, is_without_end, month, tokens};
use super::serial::{from_serial, in_words, iso};
use crate::model::{ChangeKind, Misread, PartialDate, Period, Precision, Raw, Shown, Value, fold};
use jiff::civil::Date;

/// What reading dates depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dates {
    /// True if stored dates count from 1904.
    pub from_1904: bool,
    /// The round's period.
    pub period: Option<Period>,
    /// First month of the plan year.
    pub year_start: i8,
}

/// Years outside are more likely slips than dates.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2079;

/// Years after the round's from which on a day is asked about: 2041 is more likely to be 2014.
const FAR: i16 = 25;

/// A date field.
pub(super) fn read(raw: Raw<'_>, cx: Dates) -> Got {
    match raw {
        Raw::Date(serial) => stored(serial, Shown::General, cx),
        // A number that would be a day of our time has probably lost its date format.
        Raw::Number(number) => match from_serial(number, cx.from_1904) {
            Ok(date) if (1990..=2079).contains(&date.year()) => {
                Got::Held(Misread::DateToConfirm(in_words(date)))
            }
            _ => Got::Held(Misread::NotThis),
        },
        Raw::IsoDate(text) => written(text, Shown::General, cx),
        Raw::Text(text) => from_text(text, cx),
        _ => Got::Held(Misread::NotThis),
    }
}

/// A date field's stored date, which Excel shows in this form.
///
/// What is typed as `Mar 15` Excel takes for a day of this year and shows as `15-Mar` (its own article 214327); what it
/// takes for a month it keeps as the month's first day and shows as `Oct-14`.
pub(super) fn stored(serial: f64, shown: Shown, cx: Dates) -> Got {
    let date = match from_serial(serial, cx.from_1904) {
        Ok(date) => date,
        Err(why) => return Got::Held(why),
    };
    as_shown(date, cx.from_1904.then_some(ChangeKind::Date1904), shown, cx)
}

/// A date field's stored date where the file writes it out, as OpenDocument does.
pub(super) fn written(text: &str, shown: Shown, cx: Dates) -> Got {
    match iso(text) {
        Some(Ok(date)) => as_shown(date, None, shown, cx),
        Some(Err(why)) => Got::Held(why),
        None => Got::Held(Misread::NotThis),
    }
}

fn as_shown(date: Date, change: Option<ChangeKind>, shown: Shown, cx: Dates) -> Got {
    match shown {
        Shown::MonthYear if date.day() == 1 => {
            let date = PartialDate { date: date.last_of_month(), precision: Precision::Month };
            Got::Value(Value::Date(date), Some(ChangeKind::EndOfPeriod))
        }
        Shown::DayMonth => match mistaken(date, cx) {
            Some(month) => Got::Held(Misread::MonthMistaken(month)),
            None => day(date, change, cx),
        },
        _ => day(date, change, cx),
    }
}

/// The month that was perhaps typed, if the day would be a year near the round's.
fn mistaken(date: Date, cx: Dates) -> Option<String> {
    let year = 2000 + i16::from(date.day());
    let near = match cx.period {
        Some(period) => (period.year - 1..=period.year + 5).contains(&year),
        None => (10..=31).contains(&date.day()),
    };
    near.then(|| format!("{} {year}", date.strftime("%B")))
}

fn day(date: Date, change: Option<ChangeKind>, cx: Dates) -> Got {
    let far = cx.period.is_some_and(|period| date.year() > period.year.saturating_add(FAR));
    if YEARS.contains(&date.year()) && !far {
        Got::Value(Value::Date(PartialDate { date, precision: Precision::Day }), change)
    } else {
        Got::Held(Misread::DateToConfirm(in_words(date)))
    }
}

fn from_text(text: &str, cx: Dates) -> Got {
    let text = text.trim();
    let folded = if text.len() <= 40 { fold(text) } else { String::new() };
    if is_to_be_confirmed(&folded) || !text.is_empty() && text.chars().all(|letter| letter == '?') {
        return Got::Held(Misread::ToBeConfirmed);
    }
    if is_without_end(&folded) {
        return Got::Blank(Some(ChangeKind::NoEndDate));
    }
    match found(text, cx) {
        Some(Ok(found)) => value(found, cx),
        Some(Err(why)) => Got::Held(why),
        None => revised(text, cx),
    }
}

fn value(found: PartialDate, cx: Dates) -> Got {
    let kind = match found.precision {
        Precision::Day => ChangeKind::DateAsText,
        Precision::Month | Precision::Quarter => ChangeKind::EndOfPeriod,
    };
    match found.precision {
        Precision::Day => day(found.date, Some(kind), cx),
        _ => Got::Value(Value::Date(found), Some(kind)),
    }
}

/// The first date and the new one of `Sept 13 (revised Dec 13)`.
pub(super) fn first_and_revised(text: &str, cx: Dates) -> Option<(PartialDate, PartialDate)> {
    const WORDS: [&str; 6] = ["revised to", "revised", "moved to", "now", "extended to", "rescheduled to"];
    const BACKWARDS: [&str; 6] = ["(was ", " was ", "originally", "previously", "revised from", "moved from"];
    let lower = text.to_ascii_lowercase();
    for word in BACKWARDS {
        let Some(at) = lower.find(word) else { continue };
        let (new, old) = (text.get(..at)?, text.get(at + word.len()..)?);
        let new = new.trim_end_matches([' ', '(', ',', ';', '-', ':']);
        let old = old.trim_start_matches([' ', ':']).trim_end_matches([')', '.', ' ']);
        return match (found(old, cx), found(new, cx)) {
            (Some(Ok(first)), Some(Ok(second))) => Some((first, second)),
            _ => None,
        };
    }
    for word in WORDS {
        let Some(at) = lower.find(word) else { continue };
        let first = text.get(..at).unwrap_or_default().trim_end_matches([' ', '(', ',', ';', '-', ':']);
        let second = text.get(at + word.len()..).unwrap_or_default();
        let second = second.trim_start_matches([' ', ':']).trim_end_matches([')', '.', ' ']);
        return match (found(first, cx), found(second, cx)) {
            (Some(Ok(first)), Some(Ok(second))) => Some((first, second)),
            _ => None,
        };
    }
    None
}

/// `Sept 13 (revised Dec 13)`: the later of the two. Two dates without such a word are two values.
fn revised(text: &str, cx: Dates) -> Got {
    if let Some((first, second)) = first_and_revised(text, cx) {
        let later = if second.date >= first.date { second } else { first };
        return Got::Value(Value::Date(later), Some(ChangeKind::RevisedDate));
    }
    for between in [" and ", " & ", ";", "\n", " or ", " to ", ", "] {
        if let Some((first, second)) = text.split_once(between)
            && let (Some(Ok(_)), Some(Ok(_))) = (found(first, cx), found(second, cx))
        {
            return Got::Held(Misread::TwoValues);
        }
    }
    Got::Held(Misread::NotThis)
}

/// The one date that a text is, perhaps with a time of day behind it; `None` if it is none.
fn found(text: &str, cx: Dates) -> Option<Result<PartialDate, Misread>> {
    let all = tokens(text)?;
    let Some(date) = before_time(&all) else { return date_of(&all, cx) };
    // Only a day has hours: `Q3 13:14` is something else. A sign before the hours says that more was meant.
    if date.last().is_none_or(|token| matches!(token, Token::Mark(_))) {
        return None;
    }
    date_of(date, cx).filter(|found| !found.as_ref().is_ok_and(|found| found.precision != Precision::Day))
}

fn date_of(all: &[Token<'_>], cx: Dates) -> Option<Result<PartialDate, Misread>> {
    let skip = all.iter().take_while(|token| matches!(token, Token::Word(word) if is_lead_in(word))).count();
    let (lead, rest) = all.split_at_checked(skip)?;
    if let Some(month) = part_of_month(rest) {
        return date_of(month, cx)
            .filter(|found| found.as_ref().is_ok_and(|found| found.precision == Precision::Month));
    }
    // What has an end has a month before it, not a day: `end 10/14`.
    if lead.iter().any(|token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("end")))
        && let [Token::Number(number @ 1..=12, 1..=2), Token::Mark('/' | '-' | '.'), Token::Number(year, 2)] =
            *rest
    {
        return Some(month_end(full_year(year, 2)?, i8::try_from(number).ok()?));
    }
    if let Some(quarter) = quarter::read(rest, cx).or_else(|| quarter::of_months(rest, cx)) {
        return Some(quarter);
    }
    if let Some(term) = quarter::term(rest) {
        return Some(Ok(term));
    }
    let marks = rest.iter().all(|token| !matches!(token, Token::Mark(mark) if !matches!(mark, '/' | '-' | '.' | '\u{2013}' | '\'' | '\u{2019}')));
    if !marks {
        return None;
    }
    let parts: Vec<Token<'_>> =
        rest.iter().copied().filter(|token| !matches!(token, Token::Mark(_)) && !is_of(token)).collect();
    match *parts.as_slice() {
        [Token::Number(year, 4), Token::Number(month, _), Token::Number(day, _)] => {
            Some(ymd(year, month, day))
        }
        [Token::Number(day, 1..=2), Token::Number(month, 1..=2), Token::Number(year, length @ (2 | 4))] => {
            Some(ymd(full_year(year, length)?, month, day))
        }
        [Token::Number(day, 1..=2), Token::Word(name), Token::Number(year, length @ (2 | 4))]
        | [Token::Word(name), Token::Number(day, 1..=2), Token::Number(year, length @ 4)] => {
            let month = u16::try_from(month(name)?).ok()?;
            Some(ymd(full_year(year, length)?, month, day))
        }
        [Token::Word(name), Token::Number(year, length @ (2 | 4))] => {
            Some(month_end(full_year(year, length)?, month(name)?))
        }
        [Token::Number(number @ 1..=12, 1..=2), Token::Number(year, length @ 4)] => {
            Some(month_end(full_year(year, length)?, i8::try_from(number).ok()?))
        }
        [Token::Number(day, 1..=2), Token::Word(name)] => without_year(month(name)?, Some(day), cx),
        [Token::Word(name)] => without_year(month(name)?, None, cx),
        [Token::Number(day, 1..=2), Token::Number(number, 1..=2)] => {
            without_year(i8::try_from(number).ok().filter(|number| (1..=12).contains(number))?, Some(day), cx)
        }
        _ => None,
    }
}

/// What follows *mid*, *early* or *late*: the month counts to its end.
fn part_of_month<'a, 'b>(tokens: &'b [Token<'a>]) -> Option<&'b [Token<'a>]> {
    let [Token::Word(word), rest @ ..] = tokens else { return None };
    let part = ["mid", "early", "late"].iter().any(|known| known.eq_ignore_ascii_case(word));
    let rest = if let [Token::Mark('-'), rest @ ..] = rest { rest } else { rest };
    part.then_some(rest)
}

/// True for the *of* of `31st of October`.
fn is_of(token: &Token<'_>) -> bool {
    matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("of"))
}

/// What stands before a time of day at the very end, `00:00` or `T00:00:00.000Z`; `None` if none stands there.
fn before_time<'a, 'b>(tokens: &'b [Token<'a>]) -> Option<&'b [Token<'a>]> {
    let body = match tokens {
        [body @ .., Token::Word(word)]
            if ["z", "am", "pm"].iter().any(|end| end.eq_ignore_ascii_case(word)) =>
        {
            body
        }
        all => all,
    };
    let ([
        before @ ..,
        hour,
        Token::Mark(':'),
        Token::Number(0..=59, 2),
        Token::Mark(':'),
        Token::Number(0..=59, 2),
        Token::Mark('.'),
        Token::Number(..),
    ]
    | [
        before @ ..,
        hour,
        Token::Mark(':'),
        Token::Number(0..=59, 2),
        Token::Mark(':'),
        Token::Number(0..=59, 2),
    ]
    | [before @ .., hour, Token::Mark(':'), Token::Number(0..=59, 2)]) = body
    else {
        return None;
    };
    if !matches!(hour, Token::Number(0..=23, 1 | 2)) {
        return None;
    }
    match before {
        [before @ .., Token::Word(word)] if word.eq_ignore_ascii_case("t") => Some(before),
        before => Some(before),
    }
}

fn full_year(year: u16, length: usize) -> Option<u16> {
    match (length, year) {
        (4, _) => Some(year),
        (2, 0..=69) => Some(2000 + year),
        (2, _) => Some(1900 + year),
        _ => None,
    }
}

/// A day by its numbers. Month and day the other way about is asked, not turned.
fn ymd(year: u16, month: u16, day: u16) -> Result<PartialDate, Misread> {
    let real = |month: u16, day: u16| {
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if let Some(date) = real(month, day) {
        return Ok(PartialDate { date, precision: Precision::Day });
    }
    if month > 12
        && let Some(turned) = real(day, month)
    {
        return Err(Misread::DateToConfirm(in_words(turned)));
    }
    Err(Misread::NoSuchDate)
}

fn month_end(year: u16, month: i8) -> Result<PartialDate, Misread> {
    let first = i16::try_from(year).ok().and_then(|year| Date::new(year, month, 1).ok());
    let Some(first) = first else { return Err(Misread::NoSuchDate) };
    if !YEARS.contains(&first.year()) {
        return Err(Misread::DateToConfirm(in_words(first.last_of_month())));
    }
    Ok(PartialDate { date: first.last_of_month(), precision: Precision::Month })
}

/// A day or month without its year is asked about, in the round's plan year.
fn without_year(month: i8, day: Option<u16>, cx: Dates) -> Option<Result<PartialDate, Misread>> {
    let period = cx.period?;
    let year = if month >= cx.year_start { period.year } else { period.year.checked_add(1)? };
    let first = Date::new(year, month, 1).ok()?;
    let date = match day {
        Some(day) => Date::new(year, month, i8::try_from(day).ok()?).ok()?,
        None => first.last_of_month(),
    };
    Some(Err(Misread::DateToConfirm(in_words(date))))
}

mod quarter;
#[cfg(test)]
mod tests;
