//! Amounts as text: `£1,234.50`, `(500)`, `500-`, `500 CR`, `£20k`, `nil`.

use super::number::{Digits, digits_with_separators};
use crate::model::Misread;

/// An amount as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub digits: Digits,
    pub negative: bool,
    /// Power of ten that it names itself: 3 for `k`, 6 for `m`.
    pub multiplier: Option<i8>,
    /// True if it names pounds.
    pub pounds: bool,
    /// True if nothing but a pound sign, spaces and separators stands beside the digits.
    pub plain: bool,
}

/// Words beside an amount that do not change it.
const HARMLESS: [&str; 46] = [
    "paid",
    "received",
    "invoiced",
    "invoice",
    "raised",
    "in",
    "on",
    "at",
    "by",
    "the",
    "total",
    "only",
    "cash",
    "contribution",
    "agreed",
    "actual",
    "net",
    "gross",
    "inc",
    "incl",
    "including",
    "ex",
    "excl",
    "excluding",
    "vat",
    "of",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "q",
];
/// Further month names and ordinals.
const MORE_HARMLESS: [&str; 9] =
    ["august", "september", "october", "november", "december", "st", "nd", "rd", "th"];

/// Reads a repaired text as one amount.
pub(super) fn read(text: &str) -> Result<Written, Misread> {
    let text = text.trim();
    if is_nothing(text) {
        let digits = Digits { value: rust_decimal::Decimal::ZERO, decimals: 0 };
        return Ok(Written { digits, negative: false, multiplier: None, pounds: true, plain: false });
    }
    if text.contains('%') {
        return Err(Misread::PercentInMoney);
    }
    let joined = without_spaces(text);
    let text = joined.as_deref().unwrap_or(text);
    match strict(text) {
        Some(outcome) => outcome,
        None => but_for_means(text).unwrap_or_else(|| among_words(text)),
    }
}

/// `7,541.25 (BACS)`: how it was paid stands in brackets behind an amount to the penny.
fn but_for_means(text: &str) -> Option<Result<Written, Misread>> {
    const MEANS: [&str; 6] = ["bacs", "chaps", "cheque", "journal", "transfer", "invoiced"];
    let (amount, means) = text.strip_suffix(')')?.split_once('(')?;
    let means = means.trim();
    MEANS.iter().any(|known| known.eq_ignore_ascii_case(means)).then_some(())?;
    let outcome = strict(amount.trim_end())?;
    Some(outcome.map(|written| Written { plain: false, ..written }))
}

/// `11 300.75`: spaces between thousands taken out, where pennies say that it is one amount.
fn without_spaces(text: &str) -> Option<String> {
    let space = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let body = text.strip_prefix('£').or_else(|| strip_word(text, "gbp")).unwrap_or(text).trim_start();
    let (whole, pennies) = body.split_once('.').unwrap_or((body, ""));
    let mut groups = whole.split(space);
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let grouped = (1..=3).contains(&first.len())
        && digits(first)
        && !rest.is_empty()
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    let one = pennies.len() == 2 && digits(pennies);
    (grouped && one).then(|| text.chars().filter(|letter| !space(*letter)).collect())
}

/// Words and signs for no money.
fn is_nothing(text: &str) -> bool {
    let bare = text.strip_prefix('£').unwrap_or(text).trim();
    matches!(bare, "-" | "--" | "\u{2013}" | "\u{2014}" | "\u{2212}")
        || ["nil", "zero", "nil return", "none"].iter().any(|word| bare.eq_ignore_ascii_case(word))
}

/// An amount with nothing but its own signs; `None` if there is anything else.
fn strict(text: &str) -> Option<Result<Written, Misread>> {
    let mut negative = false;
    let mut pounds = false;
    let mut plain = true;
    let mut signs = 0;
    let mut rest = text;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (negative, plain, signs, rest) = (true, false, 1, inner.trim());
    } else if let Some(inner) = rest.strip_prefix("£(").and_then(|rest| rest.strip_suffix(')')) {
        (negative, pounds, plain, signs, rest) = (true, true, false, 1, inner.trim());
    }
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}', '\u{2013}', '\u{2014}']) {
            (negative, signs, rest) = (true, signs + 1, after);
            plain &= text.starts_with(['-', '\u{2212}']);
        } else if let Some(after) = rest.strip_prefix('+') {
            (signs, plain, rest) = (signs + 1, false, after);
        } else if let Some(after) = rest.strip_prefix('£').or_else(|| strip_word(rest, "gbp")) {
            if pounds {
                return None;
            }
            (pounds, rest) = (true, after);
        } else {
            break;
        }
    }
    let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
    let (digits, after) = rest.split_at_checked(length)?;
    if digits.is_empty() {
        return None;
    }
    let (multiplier, after) = multiplier(after);
    let (sign, after) = trailing_sign(after);
    let (named, after) = unit_name(after, digits);
    pounds |= named;
    if !after.trim().is_empty() || signs + u8::from(sign.is_some()) > 1 {
        return None;
    }
    let digits = match digits_with_separators(digits) {
        Ok(digits) => digits,
        Err(why) => return Some(Err(why)),
    };
    // £12.345 may be twelve pounds or twelve thousand; k takes the doubt away.
    if digits.decimals == 3 && multiplier.is_none() && digits.value >= rust_decimal::Decimal::ONE {
        let whole: String = rest.chars().filter(char::is_ascii_digit).collect();
        let readings = vec![rest.trim().to_owned(), whole];
        return Some(Err(Misread::Ambiguous(readings)));
    }
    plain &= sign.is_none() && multiplier.is_none();
    negative |= sign == Some(true);
    Some(Ok(Written { digits, negative, multiplier, pounds, plain }))
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

fn multiplier(text: &str) -> (Option<i8>, &str) {
    let after = text.trim_start();
    for (word, power) in [("thousand", 3), ("million", 6), ("mn", 6), ("k", 3), ("m", 6)] {
        if let Some(rest) = strip_word(after, word)
            && !rest.starts_with(char::is_alphanumeric)
        {
            return (Some(power), rest);
        }
    }
    (None, text)
}

/// `500-` and `500 CR` are below zero, `500 DR` is not.
fn trailing_sign(text: &str) -> (Option<bool>, &str) {
    let after = text.trim_start();
    if let Some(rest) = after.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        return (Some(true), rest);
    }
    for (word, negative) in [("cr", true), ("dr", false)] {
        if let Some(rest) = strip_word(after, word)
            && rest.trim().is_empty()
        {
            return (Some(negative), rest);
        }
    }
    (None, text)
}

/// `500 pounds`, `£11.50p`: the unit's name behind an amount.
fn unit_name<'a>(text: &'a str, digits: &str) -> (bool, &'a str) {
    let after = text.trim_start();
    for word in ["pounds sterling", "pounds", "pound", "gbp"] {
        if let Some(rest) = strip_word(after, word).filter(|rest| rest.trim().is_empty()) {
            return (true, rest);
        }
    }
    let pennies = digits.rsplit_once('.').is_some_and(|(_, pennies)| pennies.len() == 2);
    match strip_word(text, "p").filter(|rest| pennies && rest.is_empty()) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

/// An amount with words in brackets behind it, as `£500 (invoiced)`: without the brackets.
fn without_brackets(text: &str) -> Option<String> {
    let (before, inside) = text.strip_suffix(')')?.split_once('(')?;
    let amount = before.contains(|letter: char| letter.is_ascii_digit());
    let words = inside.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
    (amount && words && !inside.trim().is_empty()).then(|| format!("{before} {inside}"))
}

/// One amount in pounds among words that do not change it; two amounts are told, anything else is no amount.
fn among_words(text: &str) -> Result<Written, Misread> {
    let undated = without_dates(text);
    let text = undated.as_deref().unwrap_or(text);
    let open = without_brackets(text);
    let text = open.as_deref().unwrap_or(text);
    let tokens = tokens(text);
    let amounts: Vec<&Token<'_>> = tokens.iter().filter(|token| token.pounds).collect();
    let numbers = tokens.iter().filter(|token| token.is_number && !token.pounds && !token.is_date).count();
    match amounts.as_slice() {
        [only] if numbers == 0 => {
            // Who gives the pennies does not mean *about*.
            let exact = only.text.rsplit_once('.').is_some_and(|(_, pennies)| pennies.len() == 2);
            let harmless = |word: &str| {
                HARMLESS.iter().chain(&MORE_HARMLESS).any(|known| known.eq_ignore_ascii_case(word))
                    || exact
                        && ["approx", "about", "circa"].iter().any(|known| known.eq_ignore_ascii_case(word))
            };
            // *No 1234* numbers a paper; *no £500* says that there is none.
            let numbers_one = |place: usize| {
                is_numbering(tokens[place].text)
                    && tokens
                        .get(place + 1)
                        .is_some_and(|next| next.is_number && !next.pounds || is_numbering(next.text))
            };
            let passed = |(place, token): (usize, &Token<'_>)| {
                token.is_number || harmless(token.text) || numbers_one(place)
            };
            if !tokens.iter().enumerate().all(passed) || text.contains(['-', '(', '+', '~', '?']) {
                return Err(Misread::NotThis);
            }
            let digits = digits_with_separators(only.text)?;
            if digits.decimals > 2 && only.multiplier.is_none() {
                return Err(Misread::NotThis);
            }
            Ok(Written { digits, negative: false, multiplier: only.multiplier, pounds: true, plain: false })
        }
        [] if numbers < 2 => Err(Misread::NotThis),
        _ => Err(Misread::TwoAmounts),
    }
}

/// A word or a number of a text.
struct Token<'a> {
    text: &'a str,
    is_number: bool,
    pounds: bool,
    /// True for years, days beside a month and the like.
    is_date: bool,
    multiplier: Option<i8>,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut rest = text;
    let mut pounds = false;
    while let Some(letter) = rest.chars().next() {
        if letter.is_ascii_digit() {
            let length =
                rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')).count();
            let (run, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            let number = run.trim_end_matches(['.', ',']);
            let (multiplier, after) = multiplier(after);
            tokens.push(Token { text: number, is_number: true, pounds, is_date: false, multiplier });
            (rest, pounds) = (after, false);
        } else if letter.is_alphabetic() {
            let length = rest.find(|next: char| !next.is_alphabetic()).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            tokens.push(Token {
                text: word,
                is_number: false,
                pounds: false,
                is_date: false,
                multiplier: None,
            });
            (rest, pounds) = (after, false);
        } else {
            pounds = letter == '£' || pounds && letter == ' ';
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    mark_dates(&mut tokens);
    tokens
}

/// Words that the number of a paper follows.
fn is_numbering(word: &str) -> bool {
    ["inv", "invoice", "ref", "reference", "no", "number"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// A text without days such as `14/01/14` or `(14/01/2014)`, and without a dash before words; `None` if it has neither.
fn without_dates(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let mut changed = false;
    let mut words = text.split(' ').enumerate().peekable();
    while let Some((index, word)) = words.next() {
        let next = words.peek().map(|(_, next)| *next);
        let dash = matches!(word, "-" | "\u{2013}")
            && next.is_some_and(|next| next.starts_with(char::is_alphabetic));
        if index > 0 && (dash || is_day(word)) {
            changed = true;
            continue;
        }
        if index > 0 {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    changed.then_some(kept)
}

/// True for a day in digits: two or four for the year, and one or two for the others.
fn is_day(word: &str) -> bool {
    let bare = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).unwrap_or(word);
    ['/', '.', '-'].iter().any(|mark| {
        let parts: Vec<&str> = bare.split(*mark).collect();
        let [day, month, year] = parts.as_slice() else { return false };
        let within = |part: &str, most: u8| {
            part.len() <= 2 && part.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
        };
        within(day, 31)
            && within(month, 12)
            && matches!(year.len(), 2 | 4)
            && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Days and years beside a month's name, and years of four digits.
fn mark_dates(tokens: &mut [Token<'_>]) {
    let month: Vec<bool> =
        tokens.iter().map(|token| super::date_words::month(token.text).is_some()).collect();
    for index in 0..tokens.len() {
        let beside = |offset: isize| {
            index.checked_add_signed(offset).and_then(|at| month.get(at)).copied().unwrap_or(false)
        };
        let near =
            beside(-1) || beside(1) || beside(2) && tokens.get(index + 1).is_some_and(|next| !next.is_number);
        let Some(token) = tokens.get_mut(index) else { break };
        let digits = token.text.len();
        let year = digits == 4 && (token.text.starts_with("19") || token.text.starts_with("20"));
        token.is_date = token.is_number && !token.pounds && (digits <= 2 && near || year);
    }
    let numbers: Vec<bool> = tokens.iter().map(|token| is_numbering(token.text)).collect();
    for index in 1..tokens.len() {
        let numbered = numbers.get(index - 1).copied().unwrap_or(false);
        let Some(token) = tokens.get_mut(index) else { break };
        token.is_date |= numbered && token.is_number && !token.pounds && token.multiplier.is_none();
    }
}
