//! Quarters and school terms: `Q3 13/14`, `Quarter 3 (Oct-Dec)`, `Oct - Dec 2013`, `Autumn term 2014`.

use super::{Dates, YEARS, full_year, in_words};
use crate::model::{Misread, PartialDate, Period, Precision};
use crate::parse::date_words::{Token, month};
use jiff::civil::Date;

/// `Q3`, `Q3 13/14`, `2013-14 Q3`; without a year that of the round.
pub(super) fn read(tokens: &[Token<'_>], cx: Dates) -> Option<Result<PartialDate, Misread>> {
    let at = tokens.iter().position(|token| {
        matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("q") || word.eq_ignore_ascii_case("quarter") || word.eq_ignore_ascii_case("qtr"))
    })?;
    // `quarter 3`, or `3rd quarter` and `third quarter`.
    let ordinal = at.checked_sub(1).and_then(|before| match tokens.get(before)? {
        Token::Number(number @ 1..=4, 1) => Some(*number),
        Token::Word(word) => {
            let place = ["first", "second", "third", "fourth"]
                .iter()
                .position(|known| known.eq_ignore_ascii_case(word))?;
            u16::try_from(place + 1).ok()
        }
        _ => None,
    });
    let (number, from, to) = match (tokens.get(at + 1), ordinal) {
        (Some(Token::Number(number @ 1..=4, 1)), _) => (*number, at, at + 2),
        (_, Some(number)) => (number, at - 1, at + 1),
        _ => return None,
    };
    let rest = tokens.get(..from)?.iter().chain(tokens.get(to..)?);
    let rest: Vec<Token<'_>> = rest.copied().collect();
    let years = match without_months(&rest, number, cx)? {
        Months::Year(year) => return Some(month_end_of(year, number, cx)),
        Months::Rest(years) => years,
    };
    let year = match *years.as_slice() {
        [] => cx.period?.year,
        [Token::Number(from, length @ (2 | 4)), Token::Number(to, 2 | 4)] => {
            let from = full_year(from, length)?;
            if to % 100 != (from + 1) % 100 {
                return None;
            }
            i16::try_from(from).ok()?
        }
        // Q3 2014 may be a quarter of the calendar year or of either plan year.
        [Token::Number(year, 4)] => {
            let year = i16::try_from(year).ok()?;
            let end = |year| in_words(Period { year, quarter: u8::try_from(number).ok() }.end(cx.year_start));
            return Some(Err(Misread::Ambiguous(vec![end(year.checked_sub(1)?), end(year)])));
        }
        _ => return None,
    };
    let period = Period { year, quarter: u8::try_from(number).ok() };
    Some(Ok(PartialDate { date: period.end(cx.year_start), precision: Precision::Quarter }))
}

/// `Autumn term 2014` ends with December, the spring term with April, the summer term with July.
pub(super) fn term(tokens: &[Token<'_>]) -> Option<PartialDate> {
    let (season, year, length) = match tokens {
        [Token::Word(season), Token::Word(word), Token::Number(year, length @ (2 | 4))]
            if word.eq_ignore_ascii_case("term") =>
        {
            (season, year, length)
        }
        [Token::Word(season), Token::Number(year, length @ 4)] => (season, year, length),
        _ => return None,
    };
    let (month, day) = match season.to_ascii_lowercase().as_str() {
        "autumn" => (12, 31),
        "spring" => (4, 30),
        "summer" => (7, 31),
        _ => return None,
    };
    let year = i16::try_from(full_year(*year, *length)?).ok()?;
    let date = Date::new(year, month, day).ok().filter(|date| YEARS.contains(&date.year()))?;
    Some(PartialDate { date, precision: Precision::Quarter })
}

/// What stands beside a quarter when its months in brackets are taken out.
enum Months<'a> {
    /// The months named a calendar year.
    Year(i16),
    /// What is left.
    Rest(Vec<Token<'a>>),
}

/// Takes `(Oct-Dec)` or `(Oct to Dec 2013)` out; `None` if those are not the quarter's months.
fn without_months<'a>(tokens: &[Token<'a>], number: u16, cx: Dates) -> Option<Months<'a>> {
    let is_plain = |token: &&Token<'_>| {
        let to = matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("to"));
        !to && !matches!(token, Token::Mark('/' | '-' | '\u{2013}' | '.' | '(' | ')'))
    };
    let opened = tokens.iter().filter(|token| matches!(token, Token::Mark('('))).count();
    let closed = tokens.iter().filter(|token| matches!(token, Token::Mark(')'))).count();
    let plain: Vec<Token<'a>> = tokens.iter().filter(is_plain).copied().collect();
    let named = |token: &Token<'_>| if let Token::Word(word) = token { month(word) } else { None };
    match plain.as_slice() {
        [first, last, rest @ ..] if named(first).is_some() => {
            if named(first)? != first_month(number, cx)? || named(last)? != last_month(number, cx)? {
                return None;
            }
            match rest {
                [Token::Number(year, 4)] => Some(Months::Year(i16::try_from(*year).ok()?)),
                rest => Some(Months::Rest(rest.to_vec())),
            }
        }
        _ if opened + closed > 0 => None,
        rest => Some(Months::Rest(rest.to_vec())),
    }
}

fn first_month(number: u16, cx: Dates) -> Option<i8> {
    let number = i8::try_from(number).ok().filter(|number| (1..=4).contains(number))?;
    Some((cx.year_start - 1 + (number - 1) * 3) % 12 + 1)
}

fn last_month(number: u16, cx: Dates) -> Option<i8> {
    Some((first_month(number, cx)? + 1) % 12 + 1)
}

/// The last day of a quarter whose months are named with their calendar year.
fn month_end_of(year: i16, number: u16, cx: Dates) -> Result<PartialDate, Misread> {
    let last = last_month(number, cx).and_then(|month| Date::new(year, month, 1).ok());
    let last = last.filter(|date| YEARS.contains(&date.year())).ok_or(Misread::NoSuchDate)?;
    Ok(PartialDate { date: last.last_of_month(), precision: Precision::Quarter })
}

/// `Oct - Dec 2013`, `October to December`: the first and last month of a quarter; without a year that of the round.
pub(super) fn of_months(tokens: &[Token<'_>], cx: Dates) -> Option<Result<PartialDate, Misread>> {
    let [Token::Word(first), between, Token::Word(last), year @ ..] = tokens else { return None };
    let to = matches!(between, Token::Word(word) if word.eq_ignore_ascii_case("to"));
    if !to && !matches!(between, Token::Mark('-' | '\u{2013}' | '/')) {
        return None;
    }
    let (first, last) = (month(first)?, month(last)?);
    let number = (1..=4)
        .find(|number| first_month(*number, cx) == Some(first) && last_month(*number, cx) == Some(last))?;
    match year {
        [] => {
            let period = Period { year: cx.period?.year, quarter: u8::try_from(number).ok() };
            Some(Ok(PartialDate { date: period.end(cx.year_start), precision: Precision::Quarter }))
        }
        [Token::Number(year, length @ (2 | 4))] => {
            Some(month_end_of(i16::try_from(full_year(*year, *length)?).ok()?, number, cx))
        }
        _ => None,
    }
}
