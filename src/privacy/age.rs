//! An age beside initials, or of one child: *JS (14)*, *14 yr old*, *Child J, 9*. Cohorts (*16-18 year olds*) are many.

use super::birth::whole;
use super::plain::{after, before, words};
use super::{Rules, names};
use crate::model::{PersonalKind, Sure, Suspect};

/// Two capitals that are no initials in texts of this kind.
const SHORT: &[&str] = &[
    "AD", "AM", "AP", "BU", "CA", "CE", "CI", "CP", "CQ", "CS", "DA", "DC", "DI", "DN", "DS", "DV", "EH",
    "EU", "EY", "FE", "FT", "GP", "HB", "HC", "HE", "HO", "HQ", "HR", "HT", "HV", "IA", "ID", "IP", "IT",
    "KS", "LA", "LD", "MH", "MI", "MP", "NA", "NI", "OT", "PA", "PB", "PC", "PE", "PI", "PM", "PO", "PP",
    "PS", "QA", "RE", "RP", "SA", "SG", "SI", "SM", "SW", "TB", "TM", "TV", "UK", "UN", "US", "VC", "WM",
    "WT", "YJ", "YP", "YR",
];
/// What is said of children of an age in general, behind *2 year old*.
const IN_GENERAL: &[&str] = &[
    "s",
    "offer",
    "funding",
    "funded",
    "check",
    "checks",
    "review",
    "reviews",
    "place",
    "places",
    "entitlement",
    "provision",
    "pathway",
    "programme",
    "program",
    "plan",
    "strategy",
    "policy",
    "project",
    "grant",
    "building",
    "data",
    "scheme",
    "contract",
    "guidance",
    "service",
    "system",
    "report",
    "children",
    "pupils",
    "cohort",
    "population",
    "group",
    "groups",
    "ones",
    "assessment",
    "progress",
    "early",
    "nursery",
    "girls",
    "boys",
    "framework",
    "protocol",
    "document",
    "agreement",
    "database",
    "vehicle",
    "computer",
    "premises",
];
/// What has letters for its name, and may have parts.
const PAPERS: &[&str] = &[
    "appendix",
    "annex",
    "schedule",
    "section",
    "form",
    "table",
    "figure",
    "part",
    "page",
    "code",
    "ref",
    "room",
    "block",
    "unit",
    "group",
    "class",
    "paper",
    "item",
    "document",
    "standard",
    "criterion",
    "domain",
];
/// What makes many of one age: *14 year old and over*.
const MORE: &[&str] = &["over", "under", "above", "below", "older", "younger", "more", "less", "upwards"];
/// Words that end in an s behind an age: of time, and what somebody does.
const VERBS: &[&str] = &[
    "years", "months", "weeks", "days", "lives", "attends", "goes", "does", "remains", "stays", "needs",
    "wants", "says", "feels", "moves", "always", "sees", "lacks", "receives", "suffers", "this", "wishes",
    "presents", "shows",
];
/// One who has an age.
const ONE: &[&str] = &[
    "girl", "boy", "child", "son", "daughter", "sibling", "brother", "sister", "baby", "male", "female",
    "pupil", "person", "he", "she", "who", "yp", "infant", "toddler", "teenager", "student", "victim",
];

/// An age that points to one child.
pub(super) fn found(text: &str, rules: &Rules<'_>) -> Option<Suspect> {
    let lower = text.to_ascii_lowercase();
    let is = by_initials(text, rules) || year_old(&lower) || aged(&lower) || by_letter(text);
    is.then_some(Suspect { kind: PersonalKind::Age, sure: Sure::Medium })
}

/// `JS (14)`, `J.S. (14 yrs)`, `JS (aged 14)`, `(JS, 14 yrs)`, `JS aged 14`.
fn by_initials(text: &str, rules: &Rules<'_>) -> bool {
    let in_brackets = text.match_indices('(').any(|(at, _)| {
        let inside = after(text, at + 1, 16);
        let called = ["aged ", "age "].iter().find_map(|word| inside.strip_prefix(*word));
        let inside = called.unwrap_or(&inside).trim_start();
        let age = number(inside);
        let behind = inside.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let ends = behind.starts_with([')', ',']) || behind.starts_with('y');
        let named = |ahead: &str| {
            ends_in_initials(ahead) || age.is_some_and(|age| age <= 18) && names::ends_in_name(ahead, rules)
        };
        age.is_some_and(is_age) && ends && text.get(..at).is_some_and(named)
    });
    let behind_comma = text.match_indices(", ").any(|(at, _)| {
        let behind = after(text, at + 2, 10);
        let unit = behind.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let years = ["y/o", "yrs", "years", "yr "].iter().any(|word| unit.starts_with(word));
        years && number(&behind).is_some_and(is_age) && text.get(..at).is_some_and(ends_in_initials)
    });
    in_brackets
        || behind_comma
        || whole(&text.to_ascii_lowercase(), "aged").into_iter().any(|(at, end)| {
            let behind = after(text, end, 12);
            number(behind.trim_start()).is_some_and(is_age) && text.get(..at).is_some_and(ends_in_initials)
        })
}

fn ends_in_initials(text: &str) -> bool {
    let text = text.trim_end_matches([' ', ',']);
    let last = text.rsplit([' ', '\n', '(', ',', ';', '/', ':']).next().unwrap_or_default();
    let dotted = last.contains('.');
    let letters: String = last.chars().filter(|letter| *letter != '.').collect();
    let plain = letters.len() == 2 && !SHORT.contains(&letters.as_str());
    let initials = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let before = text.strip_suffix(last).unwrap_or_default().to_ascii_lowercase();
    let of_paper = words(&before).last().is_some_and(|word| PAPERS.contains(&word));
    initials && !of_paper && (dotted && (2..=4).contains(&letters.len()) || !dotted && plain)
}

/// `14 yr old`, `14-year-old girl`, `a 14yo`.
fn year_old(lower: &str) -> bool {
    let of = |word: &str| {
        whole(lower, word).into_iter().any(|(at, end)| {
            let ahead = before(lower, at, 10);
            let ahead = ahead.trim_end_matches([' ', '-']);
            let digits = ahead.bytes().rev().take_while(u8::is_ascii_digit).count();
            let (rest, age) = ahead.split_at(ahead.len() - digits);
            // Between two ages there are many.
            let range = rest.ends_with(['-', '/', '.', ','])
                || [" to ", " and ", " or ", "to ", "&", "+"]
                    .iter()
                    .any(|word| rest.trim_end().ends_with(word.trim()));
            let behind = after(lower, end, 30);
            let old = behind.trim_start_matches([' ', '-', '.']);
            let Some(next) = (if word == "yo" { Some(behind.as_str()) } else { old.strip_prefix("old") })
            else {
                return false;
            };
            let mut next = words(next);
            let (first, second) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
            let more = matches!(first, "and" | "or" | "to")
                && (second.starts_with(|c: char| c.is_ascii_digit()) || MORE.contains(&second));
            let general = more || IN_GENERAL.contains(&first) || old.starts_with("olds");
            age.parse().is_ok_and(is_age) && !range && !general
        })
    };
    ["yr", "yrs", "year", "years", "yo"].into_iter().any(of)
}

/// *a girl aged 14*; *children aged 14 and over* are many.
fn aged(lower: &str) -> bool {
    whole(lower, "aged").into_iter().any(|(at, end)| {
        let ahead = before(lower, at, 24);
        let one = words(&ahead).last().is_some_and(|last| ONE.contains(&last));
        let behind = after(lower, end, 24);
        let behind = behind.trim_start();
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let rest = behind.get(digits..).unwrap_or_default();
        let many = rest.starts_with(['+', '-', '/'])
            || ["to", "and", "or", "-", "plus", "years and", "years or", "years to"]
                .iter()
                .any(|word| rest.trim_start().starts_with(word));
        one && !many && number(behind).is_some_and(is_age)
    })
}

/// `Child J, 9`, `Child J (9)`, `Sibling 2 B aged 9`.
fn by_letter(text: &str) -> bool {
    names::letters(text).into_iter().any(|end| {
        let behind = after(text, end, 40);
        let rest = behind.trim_start_matches([' ', ',', '(', '-']);
        let rest = rest.strip_prefix("aged ").or_else(|| rest.strip_prefix("age ")).unwrap_or(rest);
        let marked = behind.starts_with([',', '(']) || behind.starts_with(" (") || behind.starts_with(" age");
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let next = rest.get(digits..).unwrap_or_default();
        let other = next.starts_with(['/', '-', '.', '%'])
            && next.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
            || words(next).next().is_some_and(|word| super::birth::month(word).is_some());
        // *Child A (9 agencies)*: what is counted is no age.
        let counted = words(next).next().is_some_and(|word| {
            next.starts_with(' ')
                && (word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !VERBS.contains(&word)
                    || matches!(word, "staff" | "agency" | "of" | "out"))
        });
        marked && !other && !counted && number(rest).is_some_and(is_age)
    })
}

fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..digits).filter(|digits| (1..=2).contains(&digits.len()))?.parse().ok()
}

fn is_age(age: u32) -> bool {
    age <= 25
}
