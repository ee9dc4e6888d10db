//! Lists in one cell: separated by semicolons, slashes, commas, `&`, *and* or new lines.

use super::agency::Agencies;
use super::cell::Got;
use super::code::{Codes, unknown};
use crate::model::{ChangeKind, Misread, PartnerId, Value};

/// The items of a list, trimmed, without bullets.
pub(super) fn parts(text: &str) -> Vec<&str> {
    split(text, &[';', '/', ',', '&', '\n', '+'])
        .into_iter()
        .flat_map(|part| part.split(" and "))
        .map(clean)
        .filter(|part| !part.is_empty())
        .collect()
}

fn split<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    text.split(marks).map(clean).filter(|part| !part.is_empty()).collect()
}

fn clean(part: &str) -> &str {
    part.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '•' | '·' | '*'))
        .trim_end_matches('.')
}

/// True for *All*, *All agencies*, *all six*, *Everyone*.
pub(super) fn is_all(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "agencies",
        "agency",
        "partners",
        "partner",
        "members",
        "organisations",
        "bodies",
        "of",
        "the",
        "them",
        "us",
        "board",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "listed",
    ];
    let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let all = ["all", "every", "everyone", "everybody"];
    words.next().is_some_and(|first| all.iter().any(|word| first.eq_ignore_ascii_case(word)))
        && words.all(|word| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// A field for several partners.
pub(super) fn agencies(agencies: &Agencies<'_>, text: &str) -> Got {
    if let Some((id, change)) = agencies.find(text) {
        return Got::Value(Value::Agencies([id].into()), change);
    }
    if is_all(text) {
        return Got::Value(Value::Agencies(agencies.all().into()), Some(ChangeKind::AllAgencies));
    }
    let mut found: Vec<PartnerId> = Vec::new();
    let mut change: Option<ChangeKind> = None;
    for group in split(text, &[';', '/', ',', '\n', '+']) {
        // A name may hold *and* or *&* itself, so a whole item is tried before it is split further.
        let names = if agencies.find(group).is_some() { vec![group] } else { parts(group) };
        for name in names {
            let Some((id, how)) = agencies.find(name) else {
                return Got::Held(Misread::Unknown { nearest: agencies.nearest(name) });
            };
            change = change.max(how);
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    if found.is_empty() {
        return Got::Held(Misread::NotThis);
    }
    Got::Value(Value::Agencies(found.into()), change)
}

/// A field for several words of a list.
pub(super) fn codes(codes: &Codes<'_>, text: &str) -> Got {
    if let Some((code, other)) = codes.find(text) {
        return Got::Value(Value::Codes([code].into()), other.then_some(ChangeKind::Synonym));
    }
    let mut found: Vec<u16> = Vec::new();
    let mut changed = false;
    for group in split(text, &[';', '\n']) {
        let words = if codes.find(group).is_some() {
            vec![group]
        } else {
            let words = split(group, &['/', ',', '+']);
            let words = words
                .into_iter()
                .flat_map(|word| if codes.find(word).is_some() { vec![word] } else { parts(word) });
            words.collect()
        };
        for word in words {
            let Some((code, other)) = codes.find(word) else { return unknown(codes, word) };
            changed |= other;
            if !found.contains(&code) {
                found.push(code);
            }
        }
    }
    if found.is_empty() {
        return Got::Held(Misread::NotThis);
    }
    Got::Value(Value::Codes(found.into()), changed.then_some(ChangeKind::Synonym))
}
