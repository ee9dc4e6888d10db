//! Dates of birth: a day and a word that says what it is.
//!
//! Source: none official; a day that makes somebody 0 to 25 on the day of the report.

use super::plain::{after, before};
use crate::model::{PersonalKind, Sure, Suspect};
use jiff::civil::Date;

/// The ages that are looked for.
const AGES: std::ops::RangeInclusive<i32> = 0..=25;
/// How far behind the words the day may begin, and how far before them end, in bytes.
const BEHIND: usize = 40;
const AHEAD: usize = 20;
/// The same where a place stands between: *born in the County Hospital on*.
const PLACED: usize = 60;

/// Words that say that a day is one of birth.
const WORDS: [&str; 12] = [
    "d.o.b",
    "dob",
    "d o b",
    "d/o/b",
    "d of b",
    "date of b",
    "date of birth",
    "date born",
    "birth date",
    "birthdate",
    "birthday",
    "birth:",
];
/// Words between those and a day that it is not one of birth for: *DOB not recorded on*, *birthday party*.
const NO_BIRTH: &[&str] = &[
    "party",
    "parties",
    "event",
    "celebration",
    "celebrations",
    "card",
    "cards",
    "audit",
    "audited",
    "missing",
    "unknown",
    "checked",
    "checks",
    "field",
    "fields",
    "blank",
    "added",
];
/// What is said not to be known.
const NOT: &[&str] =
    &["recorded", "known", "held", "given", "available", "entered", "completed", "provided", "on", "in"];
/// What else is born, as people say.
const THINGS: &[&str] = &[
    "project",
    "board",
    "programme",
    "idea",
    "group",
    "partnership",
    "service",
    "services",
    "initiative",
    "team",
    "scheme",
    "strategy",
    "charity",
    "panel",
    "hub",
    "mash",
    "concept",
    "plan",
    "campaign",
    "network",
    "trust",
    "forum",
    "organisation",
    "protocol",
    "pilot",
    "framework",
    "lscb",
    "model",
    "policy",
    "it",
    "this",
];

/// A day: year, month, day.
pub(super) type Day = (i32, u8, u8);

/// A date of birth in a text.
pub(super) fn found(text: &str, report: Option<Date>) -> Option<Suspect> {
    let lower = text.to_ascii_lowercase();
    let named = WORDS.iter().flat_map(|word| whole(&lower, word)).filter_map(|(at, end)| {
        let behind = after(text, end, BEHIND);
        if is_no_birth(&behind) {
            return None;
        }
        let day = first_day(&behind, report)
            .or_else(|| packed_short(&behind, report))
            .or_else(|| last_day(&before(text, at, AHEAD), report));
        let Some(day) = day else { return in_year(&behind, report).then_some(Sure::Medium) };
        Some(if AGES.contains(&age(day, report)) { Sure::Strong } else { Sure::Medium })
    });
    let born = whole(&lower, "born").into_iter().filter_map(|(at, end)| {
        let near = after(text, end, PLACED);
        let ahead = before(text, at, 30);
        let many = is_of_many(&near)
            || ends_in(
                &ahead,
                &["children", "babies", "those", "pupils", "people", "persons", "all", "infants"],
            )
            || is_thing(&ahead);
        let day = first_day(&near, report).or_else(|| placed_day(&near, report)).filter(|_| !many)?;
        AGES.contains(&age(day, report)).then_some(Sure::Strong)
    });
    let sure = named.chain(born).max()?;
    Some(Suspect { kind: PersonalKind::BirthDate, sure })
}

/// True if what stands behind a word for a day of birth says that the day is of something else.
fn is_no_birth(behind: &str) -> bool {
    let mut words = gap(behind).peekable();
    while let Some(word) = words.next() {
        if NO_BIRTH.contains(&word) || word == "not" && words.peek().is_some_and(|next| NOT.contains(next)) {
            return true;
        }
    }
    false
}

/// The words up to the first digit.
fn gap(behind: &str) -> impl Iterator<Item = &str> {
    let end = behind.find(|letter: char| letter.is_ascii_digit()).unwrap_or(behind.len());
    super::plain::words(behind.get(..end).unwrap_or_default())
}

/// True if a year, or a month of one, stands right behind a word for a day of birth: *DOB March 2009*, *DOB 03/2009*.
fn in_year(behind: &str, report: Option<Date>) -> bool {
    let behind = behind.trim_start_matches(['.', ' ', ':']);
    let end = behind.find(['.', ';', '\n', ')']).unwrap_or(behind.len());
    let near = behind.get(..end).unwrap_or_default();
    let mut words = near
        .split([' ', ':', ',', '/', '-'])
        .filter(|word| !word.is_empty())
        .skip_while(|word| matches!(*word, "is" | "was" | "in" | "year" | "of" | "birth"));
    let Some(first) = words.next() else { return false };
    let is_month = month(first).is_some()
        || first.len() <= 2 && first.parse().is_ok_and(|one: u8| (1..=12).contains(&one));
    let year_said = if is_month { words.next() } else { Some(first) };
    let Some(year_said) = year_said.filter(|said| said.len() == 4) else { return false };
    // *2013-14* and *2013/14* are years of work.
    let goes_on = near
        .split_once(year_said)
        .is_some_and(|(_, rest)| rest.trim_start_matches(['-', '/', '\u{2013}']).len() < rest.len());
    !goes_on && year(year_said, report).is_some_and(|year| AGES.contains(&age((year, 1, 1), report)))
}

/// True for words behind *born* that speak of a time in which many are: *in March*, *between*; *in Hereford on* is a place.
fn is_of_many(near: &str) -> bool {
    let start = near.trim_start();
    let words: Vec<&str> = gap(start).collect();
    let time = |word: &&str| {
        matches!(*word, "year" | "quarter" | "period" | "month" | "week" | "weeks" | "months" | "years" | "q")
            || month(word).is_some()
    };
    ["by ", "on or ", "to ", "out of ", "of "].iter().any(|word| start.starts_with(word))
        || words
            .iter()
            .any(|word| matches!(*word, "between" | "before" | "after" | "since" | "from" | "during"))
        || start.starts_with("in ")
            && (words.len() == 1 || words.iter().take(4).skip(1).take_while(|word| **word != "on").any(time))
}

/// True if what was born is no person.
fn is_thing(ahead: &str) -> bool {
    let mut words: Vec<&str> = super::plain::words(ahead).collect();
    while words
        .last()
        .is_some_and(|word| matches!(*word, "was" | "were" | "is" | "been" | "being" | "first" | "then"))
    {
        words.pop();
    }
    words.last().is_some_and(|word| THINGS.contains(word))
}

/// The day behind a place, in the same sentence.
fn placed_day(near: &str, report: Option<Date>) -> Option<Day> {
    let start = near.trim_start();
    let (at, day) = days(near, report).into_iter().next()?;
    let parted = near.get(..at)?.contains([';', ':', '\n']) || near.get(..at)?.contains(". ");
    ((start.starts_with("in ") || start.starts_with("at ")) && !parted).then_some(day)
}

/// `120304` right behind a word for it.
fn packed_short(behind: &str, report: Option<Date>) -> Option<Day> {
    let start = behind.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = ["is ", "was "].iter().find_map(|word| start.strip_prefix(word)).unwrap_or(start);
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 6 || start.get(6..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        return None;
    }
    day_of(start.get(..2)?, start.get(2..4)?, start.get(4..6)?, report)
}

/// A day beside an age that it makes.
pub(super) fn with_age(text: &str, report: Option<Date>) -> Option<Suspect> {
    if days(text, report).is_empty() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let is = ["aged", "age", "yrs", "yr", "years old", "year old"]
        .iter()
        .flat_map(|word| whole(&lower, word))
        .any(|(at, end)| agrees(text, at, end, report).is_some());
    is.then_some(Suspect { kind: PersonalKind::BirthDate, sure: Sure::Medium })
}

/// What a text under a heading, or beside one, is that says *date of birth*.
pub(super) fn headed(text: &str, report: Option<Date>) -> Option<Suspect> {
    let day = first_day(text, report).or_else(|| packed_short(text, report))?;
    let sure = if AGES.contains(&age(day, report)) { Sure::Strong } else { Sure::Medium };
    Some(Suspect { kind: PersonalKind::BirthDate, sure })
}

/// A day and the age that it makes, close to each other.
fn agrees(text: &str, at: usize, end: usize, report: Option<Date>) -> Option<()> {
    let (ahead, behind) = (before(text, at, 24), after(text, end, 24));
    let said = number_at_end(&ahead).or_else(|| number_at_start(&behind))?;
    let day = first_day(&behind, report).or_else(|| last_day(&ahead, report))?;
    report?;
    ((age(day, report) - said).abs() <= 1 && AGES.contains(&said)).then_some(())
}

fn number_at_end(text: &str) -> Option<i32> {
    let trimmed = text.trim_end_matches([' ', '-']);
    let digits = trimmed.bytes().rev().take_while(u8::is_ascii_digit).count();
    trimmed.get(trimmed.len() - digits..)?.parse().ok()
}

fn number_at_start(text: &str) -> Option<i32> {
    let trimmed = text.trim_start_matches([' ', ':']);
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    trimmed.get(..digits)?.parse().ok()
}

/// Where a word stands by itself: where it begins and ends.
pub(super) fn whole(lower: &str, word: &str) -> Vec<(usize, usize)> {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    lower
        .match_indices(word)
        .map(|(at, word)| (at, at + word.len()))
        .filter(|(at, end)| {
            let before = lower.get(..*at).and_then(|text| text.chars().next_back());
            let after = lower.get(*end..).and_then(|text| text.chars().next());
            !is_part(before) && !is_part(after)
        })
        .collect()
}

fn ends_in(text: &str, words: &[&str]) -> bool {
    super::plain::words(text).last().is_some_and(|last| words.contains(&last))
}

fn age((year, month, day): Day, report: Option<Date>) -> i32 {
    let Some(report) = report else { return 10 };
    let years = i32::from(report.year()) - year;
    let (this_month, today) = (report.month().unsigned_abs(), report.day().unsigned_abs());
    let age = if (this_month, today) < (month, day) { years - 1 } else { years };
    // A return may be written months after the day that it is about.
    if age == -1 { 0 } else { age }
}

/// The first day in a text that begins near its start.
fn first_day(text: &str, report: Option<Date>) -> Option<Day> {
    days(text, report).first().filter(|(at, _)| *at <= 24).map(|(_, day)| *day)
}

fn last_day(text: &str, report: Option<Date>) -> Option<Day> {
    days(text, report).last().map(|(_, day)| *day)
}

/// The days in a text: `12/03/2004`, `3.4.01`, `3 April 2001`, `2004-03-12`, `12032004`.
pub(super) fn days(text: &str, report: Option<Date>) -> Vec<(usize, Day)> {
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        // A word ends where letters and digits meet: `12mar2004`, `3rd`.
        let turns = |from: usize| {
            text.get(from..at)
                .and_then(|part| part.chars().next())
                .is_some_and(|first| first.is_ascii_digit() != letter.is_ascii_digit())
        };
        if let Some(from) = start.filter(|from| !letter.is_alphanumeric() || turns(*from)) {
            parts.extend(text.get(from..at).map(|part| (from, part)));
            start = None;
        }
        if start.is_none() && letter.is_alphanumeric() {
            start = Some(at);
        }
    }
    parts.retain(|(_, part)| {
        !["of", "the", "on", "st", "nd", "rd", "th"].contains(&&*part.to_ascii_lowercase())
    });
    let mut found: Vec<(usize, Day)> = parts
        .windows(3)
        .filter_map(|window| {
            let [(at, a), (_, b), (_, c)] = window else { return None };
            Some((*at, day_of(a, b, c, report)?))
        })
        .collect();
    found.extend(parts.iter().filter_map(|(at, part)| Some((*at, packed(part)?))));
    found.sort_unstable();
    found
}

fn day_of(a: &str, b: &str, c: &str, report: Option<Date>) -> Option<Day> {
    let number = |part: &str, most: u8| {
        part.parse::<u8>().ok().filter(|number| part.len() <= 2 && (1..=most).contains(number))
    };
    let month = |part: &str| number(part, 12).or_else(|| month(part));
    if let (Some(day), Some(month), Some(year)) = (number(a, 31), month(b), year(c, report)) {
        return Some((year, month, day));
    }
    // As Americans and programs write it.
    if let (Some(month), Some(day), Some(year)) = (month(a), number(b, 31), year(c, report)) {
        return Some((year, month, day));
    }
    match (year(a, report).filter(|_| a.len() == 4), month(b), number(c, 31)) {
        (Some(year), Some(month), Some(day)) => Some((year, month, day)),
        _ => None,
    }
}

/// `12032004` and `20040312`.
fn packed(part: &str) -> Option<Day> {
    if part.len() != 8 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let at = |from: usize, to: usize| part.get(from..to)?.parse::<u16>().ok();
    let sound = |year: u16, month: u16, day: u16| {
        let is = (1900..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        is.then(|| Some((i32::from(year), u8::try_from(month).ok()?, u8::try_from(day).ok()?))).flatten()
    };
    sound(at(4, 8)?, at(2, 4)?, at(0, 2)?).or_else(|| sound(at(0, 4)?, at(4, 6)?, at(6, 8)?))
}

fn year(part: &str, report: Option<Date>) -> Option<i32> {
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = part.parse().ok()?;
    match part.len() {
        4 => (1900..=2100).contains(&number).then_some(number),
        2 => {
            let now = report.map_or(2030, |report| i32::from(report.year())) - 2000;
            Some(if number <= now + 1 { 2000 + number } else { 1900 + number })
        }
        _ => None,
    }
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<u8> {
    crate::model::month(word).and_then(|number| u8::try_from(number).ok())
}
